"""Adaptive pooling: windows that cover the input evenly, as many as the output has places.

The public averages are composites in `pool`. Apart from it, because the private ops here and the public ones there differ by
an underscore only.
"""

from ft_core import int64

from ..kinds import OPAQUE
from ..meta import follows_format
from ..op import op
from .index import sizes


def _records(n):
    forward = op(
        f"_adaptive_avg_pool{n}d(Tensor self, SymInt[{n}] output_size) -> Tensor",
        "Mean of windows that cover the input.",
        kind=OPAQUE,
        variants="",
        accumulate="float32",
        keeps_format=n == 2,
    )
    backward = op(
        f"_adaptive_avg_pool{n}d_backward(Tensor grad_output, Tensor self) -> Tensor",
        "The cotangent shared among each window's elements.",
        kind=OPAQUE,
        variants="",
    )
    largest = op(
        f"adaptive_max_pool{n}d(Tensor self, int[{n}] output_size) -> (Tensor, Tensor)",
        "Largest of windows that cover the input.",
        kind=OPAQUE,
        variants="",
        keeps_format=n == 2,
    )
    largest_backward = op(
        f"adaptive_max_pool{n}d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor",
        "The cotangent at the places of the maxima.",
        kind=OPAQUE,
        variants="",
    )
    for record in (backward, largest_backward):
        record.meta(_like_self)
    return forward, largest


def _like_self(grad_output, self, *params):
    return [(sizes(self), grad_output.dtype, _flat_format(self, sizes(self)))]


def _flat_format(self, shape):
    """Strides of a result: image batches keep channels_last, volumes do not."""
    return follows_format(self, shape) if len(shape) == 4 else None


average2d, largest2d = _records(2)
average3d, largest3d = _records(3)


def adaptive_shape(name, self, output_size):
    """Shape of an adaptive pool's output; RuntimeError in torch's words."""
    n = len(output_size)
    if self.ndim not in (n + 1, n + 2):
        raise RuntimeError(f"{name}(): Expected {n + 1}D or {n + 2}D tensor, but got {list(self.shape)}")
    for d in range(self.ndim - n, self.ndim):
        if self.shape[d] == 0:
            raise RuntimeError(
                f"{name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes "
                f"{list(self.shape)} with dimension {d} being empty"
            )
    if any(size < 0 for size in output_size):
        raise RuntimeError(f"{name}: elements of output_size must be greater than or equal to 0 but received {list(output_size)}")
    return (*sizes(self)[: self.ndim - n], *output_size)


@average2d.meta
@average3d.meta
def _(self, output_size):
    shape = adaptive_shape(f"adaptive_avg_pool{len(output_size)}d", self, output_size)
    return [(shape, self.dtype, _flat_format(self, shape))]


@largest2d.meta
@largest3d.meta
def _(self, output_size):
    shape = adaptive_shape(f"adaptive_max_pool{len(output_size)}d", self, output_size)
    strides = _flat_format(self, shape)
    return [(shape, self.dtype, strides), (shape, int64, strides)]
