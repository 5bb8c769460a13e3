"""Draws by rejection, and their pathwise derivatives: gamma, Dirichlet, Poisson, binomial.

Apart from `random` because these take parameters as tensors and an unknown number of words an element. The draws follow torch's
algorithms over the stream, so the default engine gives torch's numbers. `_standard_gamma_grad` and `_dirichlet_grad` are what the
draws' gradients are made of: how a sample moves with its parameter while its quantile stays.
"""

from ft_core.layout import broadcast_shapes

from ..kinds import ELEMENTWISE, RANDOM, SAME
from ..op import op


def _draw(schema, doc, variants=""):
    return op(schema, doc, kind=RANDOM, variants=variants, nondeterministic=True)


_standard_gamma = _draw("_standard_gamma(Tensor self, Generator? generator=None) -> Tensor", "Gamma(self, 1).", "function")
_sample_dirichlet = _draw(
    "_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor", "Dirichlet(self) along the last dimension.", "function"
)
poisson = _draw("poisson(Tensor self, Generator? generator=None) -> Tensor", "Counts of mean self.", "function")
binomial = _draw(
    "binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor", "Successes in count trials.", "function"
)
_standard_gamma_grad = op(
    "_standard_gamma_grad(Tensor self, Tensor output) -> Tensor",
    "d output / d self of a Gamma(self, 1) draw at its quantile.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="function",
    inplace=False,
    out=False,
)
_dirichlet_grad = op(
    "_dirichlet_grad(Tensor x, Tensor alpha, Tensor total) -> Tensor",
    "d x / d alpha of a Beta(alpha, total - alpha) draw at its quantile, over 1 - x.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="function",
    inplace=False,
    out=False,
)

_WIDE = ("float32", "float64")


def _supported(name, tensor, halves=False):
    kind = tensor.dtype
    if kind.name not in _WIDE and not (halves and kind.name in ("float16", "bfloat16")):
        raise NotImplementedError(f"\"{name}\" not implemented for '{kind.scalar_name}'")


@_standard_gamma.meta
def _(self, generator):
    _supported("gamma_cpu", self)
    return tuple(self._a.shape), self.dtype


@_sample_dirichlet.meta
def _(self, generator):
    _supported("dirichlet", self)
    return tuple(self._a.shape), self.dtype


@poisson.meta
def _(self, generator):
    _supported("poisson_cpu", self, halves=True)
    return tuple(self._a.shape), self.dtype


@binomial.meta
def _(count, prob, generator):
    for name, tensor in (("count", count), ("prob", prob)):
        if not tensor.dtype.is_floating_point:
            raise ValueError(f"binomial only supports floating-point dtypes for {name}, got: {tensor.dtype.scalar_name}")
    if count.dtype is not prob.dtype:
        raise RuntimeError(
            f"Found dtype {prob.dtype.scalar_name} but expected {count.dtype.scalar_name}: give count and prob one dtype"
        )
    _supported("binomial_cpu", count)
    return broadcast_shapes(tuple(count._a.shape), tuple(prob._a.shape)), count.dtype
