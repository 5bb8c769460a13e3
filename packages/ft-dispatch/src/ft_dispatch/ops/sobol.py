"""Sobol sequences: points that fill the unit cube evenly. `quasirandom.SobolEngine` is made of these.

A sequence is its direction numbers (dimension, 30), int64, and the last point drawn, `quasi` (dimension,), in units of 2^-30. Point n
follows from point n - 1 by one exclusive or, with the direction number at the lowest 0 of n - 1 (Antonov and Saleev, 1979).
"""

from ft_core import float32, int64

from ..kinds import OPAQUE
from ..op import op


def _advance(schema, doc, **more):
    return op(schema, doc, kind=OPAQUE, variants="function", differentiable=False, **more)


draw = _advance(
    "_sobol_engine_draw(Tensor quasi, int n, Tensor sobolstate, int dimension, int num_generated, ScalarType? dtype) -> (Tensor, Tensor)",
    "The next n points, (n, dimension), and the last of them as integers.",
)
fast_forward = _advance(
    "_sobol_engine_ff(Tensor self, int n, Tensor sobolstate, int dimension, int num_generated) -> Tensor",
    "The last point after n more.",
    inplace=True,
)
scramble = _advance(
    "_sobol_engine_scramble(Tensor self, Tensor ltm, int dimension) -> Tensor",
    "Direction numbers multiplied by a lower triangular matrix of bits for each dimension.",
    inplace=True,
)
initialize_state = _advance(
    "_sobol_engine_initialize_state(Tensor self, int dimension) -> Tensor",
    "Direction numbers of the first dimensions, up to 21201.",
    inplace=True,
)


def _integers(name, *tensors):
    for t in tensors:
        if t.dtype is not int64:
            raise RuntimeError(f"{name}: expected tensors of torch.int64, but got one of {t.dtype}")


@draw.meta
def _(quasi, n, sobolstate, dimension, num_generated, dtype):
    _integers("_sobol_engine_draw", quasi, sobolstate)
    return [((n, dimension), dtype or float32), (tuple(quasi.shape), int64)]


@fast_forward.meta
def _(self, n, sobolstate, dimension, num_generated):
    _integers("_sobol_engine_ff_", self, sobolstate)
    return [(tuple(self.shape), int64)]


@scramble.meta
def _(self, ltm, dimension):
    _integers("_sobol_engine_scramble_", self, ltm)
    return [(tuple(self.shape), int64)]


@initialize_state.meta
def _(self, dimension):
    _integers("_sobol_engine_initialize_state_", self)
    if not 1 <= dimension <= 21201 or tuple(self.shape) != (dimension, 30):
        raise RuntimeError(
            f"expected a state of 30 numbers for each of {dimension} dimensions, at most 21201, but got {list(self.shape)}"
        )
    return [(tuple(self.shape), int64)]
