"""Writing into a tensor that exists: fill, zero, copy, resize, set. The in-place forms are what users call."""

from ft_core import Tensor
from ft_core.backend import backend_for
from ft_core.dtype import bool_
from ft_core.keys import DEVICE_OF, DEVICES, DTYPE_OF, DTYPES, GRAD, NOGRAD
from ft_core.shapes import expand_strides
from ft_core.state import TL

from ..canonical import to_number
from ..inplace import bump
from ..kinds import ELEMENTWISE, NONE, OPAQUE
from ..op import op
from ..registry import binding
from .cast import warn_of_real
from .creation import full

_REGULAR = DEVICES | DTYPES | NOGRAD  # regular tensors outside the graph: writing one is a copy and a version

fill = op(
    "fill.Scalar(Tensor self, Scalar value) -> Tensor",
    "Every element set to one number.",
    kind=ELEMENTWISE,
    promote=NONE,
    variants="",
    inplace=True,
    out=False,
)
copy = op(
    "copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor",
    "src in the shape, dtype and device of self.",
    kind=OPAQUE,
    variants="",
    inplace=True,
)


@fill.meta
def _(self, value):
    return tuple(self._a.shape), self.dtype


@copy.meta
def _(self, src, non_blocking):
    expand_strides(tuple(src.shape), src.stride(), tuple(self.shape))
    return tuple(self._a.shape), self.dtype


@fill.decompose
def _(self, value):
    return full(tuple(self.shape), value, dtype=self.dtype, device=self.device)


@copy.decompose
def _(self, src, non_blocking):
    return src.to(self.device, self.dtype).expand(self.shape).clone()


@binding("fill_", function=True)
def fill_(input, value):
    """Every element set to one number (or a 0-dim tensor's value), in place."""
    if isinstance(value, Tensor):
        if value.ndim:
            raise RuntimeError(f"fill_ only supports 0-dimension value tensor but got tensor with {value.ndim} dimensions.")
        if value._k & GRAD:
            return copy.inplace_wrapper(input, value)
    return fill.inplace_wrapper(input, to_number(value))


@binding("fill")
def fill_binding(input, value):
    """A copy with every element set to one number."""
    return input.clone().fill_(value)


def _quick_zero(careful):
    table = fill.inplace_table

    def zero_(input):
        try:
            st = TL.st
            _, kernel = table[input._k | st.bits]
            array = input._a
            st.run(kernel, array, 0, out=array)
        except (AttributeError, KeyError):
            return careful(input)
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input

    return zero_


@binding("zero_", function=True, quick=_quick_zero)
def zero_(input):
    """Every element set to 0, in place."""
    return fill.inplace_wrapper(input, 0)


@binding("copy_", function=False)
def copy_(self, src, non_blocking=False):
    """Elements of `src`, broadcast and cast, written into this tensor."""
    if not isinstance(src, Tensor):
        if isinstance(src, (bool, int, float, complex)):
            return fill_(self, src)
        raise TypeError(f"copy_(): argument 'other' (position 1) must be Tensor, not {type(src).__name__}")
    k, mine = self._k | src._k | TL.st.bits, self._storage
    write = copy.inplace_table.get(k)
    if write is not None and (mine is None or mine is not src._storage):
        try:
            TL.st.run(write, self._a, src._a)
        except ValueError:  # shapes that do not broadcast: the careful road says so
            return copy.inplace_wrapper(self, src, non_blocking)
        bump(self)
        return self
    if src.device != self.device:
        src = src.to(self.device)
    if src.is_complex() and not self.is_complex():
        warn_of_real(self.dtype)
        return copy.inplace_wrapper(self, src != 0 if self.dtype is bool_ else src, non_blocking)
    made = copy.inplace_wrapper(self, src, non_blocking)
    regular = not k & ~(_REGULAR | GRAD if k & NOGRAD else _REGULAR)
    if regular and k & DTYPES in DTYPE_OF and k & DEVICES in DEVICE_OF and self._a.shape == src._a.shape:
        backend = backend_for(self.device)
        if backend.aliasing and backend.device_type != "meta":
            copy.inplace_table[k] = backend.copy_within
    return made
