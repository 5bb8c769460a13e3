"""MOVEMENT ops: elements copied to other places. Joining, turning, repeating, padding, diagonals, pixels.

The backward of a view (`slice_backward` and its like) is such an op as well: zeros with the cotangent put where the view
looked. Their many-armed relatives (hstack, tile, block_diag, …) are in `_arranging`, over these.
"""

from ft_core.layout import contiguous_format, memory_format_strides, suggest_memory_format

from ..canonical import wrap_dim
from ..kinds import MOVEMENT, OPAQUE
from ..meta import common_dtype
from ..op import op
from ..registry import OPS
from ..views import owned
from . import _arranging  # noqa: F401  # its bindings
from .cast import strides_like
from .view import diagonal_dims

cat = op("cat(Tensor[] tensors, int dim=0) -> Tensor", "Joined along a dimension.", kind=MOVEMENT, variants="", out=True)
stack = op(
    "stack(Tensor[] tensors, int dim=0) -> Tensor",
    "Joined along a new dimension.",
    kind=MOVEMENT,
    variants="",
    out=True,
    dim_extra=1,
)
flip = op("flip(Tensor self, int[] dims) -> Tensor", "Order of the elements reversed along dimensions.", kind=MOVEMENT, variants="")
roll = op(
    "roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor",
    "Shifted along dimensions, what leaves at the end comes in at the front.",
    kind=MOVEMENT,
)
rot90 = op(
    "rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor",
    "Turned by quarter turns in the plane of two dimensions.",
    kind=MOVEMENT,
    variants="",
)
repeat = op(
    "repeat(Tensor self, SymInt[] repeats) -> Tensor", "Copied a number of times along each dimension.", kind=MOVEMENT, variants=""
)
repeat_index = op(
    "repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor",
    "Index i, repeats[i] times.",
    kind=OPAQUE,
    variants="",
    data_dependent=True,
    differentiable=False,
)
diag_embed = op(
    "diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor",
    "The last dimension as diagonal of two new ones.",
    kind=MOVEMENT,
    dim_extra=1,
)
trace = op("trace(Tensor self) -> Tensor", "Sum of a matrix's diagonal.", kind=OPAQUE)
constant_pad_nd = op(
    "constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor",
    "Borders of one number; negative widths cut off. Pairs count from the last dimension.",
    kind=MOVEMENT,
    variants="function",
)
pixel_shuffle = op(
    "pixel_shuffle(Tensor self, int upscale_factor) -> Tensor",
    "Channels spread over r by r pixels.",
    kind=MOVEMENT,
    variants="function",
    python="nn.functional.pixel_shuffle",
)
pixel_unshuffle = op(
    "pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor",
    "r by r pixels gathered into channels.",
    kind=MOVEMENT,
    variants="function",
    python="nn.functional.pixel_unshuffle",
)
channel_shuffle = op(
    "channel_shuffle(Tensor self, SymInt groups) -> Tensor",
    "Channels of `groups` groups dealt round.",
    kind=MOVEMENT,
    variants="function",
    python="nn.functional.channel_shuffle",
    aliases="native_channel_shuffle",
)

# A view's backward: zeros with the cotangent where the view looked.
diagonal_backward = op(
    "diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor",
    "Zeros of input_sizes with the cotangent on a diagonal.",
    kind=MOVEMENT,
    variants="",
    dim_extra=1,
)
unfold_backward = op(
    "unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor",
    "Cotangents of overlapping windows, added up where they came from.",
    kind=MOVEMENT,
    variants="",
)


# -- joining ---------------------------------------------------------------------------------------------------------------


def skipped(t):
    """Whether cat passes over it: a 1-dim tensor without elements joins with anything (torch's legacy)."""
    return tuple(t.shape) == (0,)


@cat.meta
def _(tensors, dim):
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    for i, t in enumerate(tensors):
        if t.ndim == 0:
            raise RuntimeError(f"zero-dimensional tensor (at position {i}) cannot be concatenated")
    kept = [t for t in tensors if not skipped(t)] or list(tensors[:1])
    first, total = tuple(kept[0].shape), 0
    for i, t in enumerate(kept):
        shape = tuple(t.shape)
        if len(shape) != len(first):
            raise RuntimeError(f"Tensors must have same number of dimensions: got {len(first)} and {len(shape)}")
        for d, (a, b) in enumerate(zip(first, shape, strict=True)):
            if a != b and d != dim:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {dim}. Expected size {a} but got size {b} "
                    f"for tensor number {i} in the list."
                )
        total += shape[dim]
    shape = (*first[:dim], total, *first[dim + 1 :])
    return shape, common_dtype(list(tensors)), _joined_strides(tensors, shape)


def _joined_strides(tensors, shape):
    """Channels last where every tensor is, else None."""
    forms = {suggest_memory_format(tuple(t.shape), t.stride()) for t in tensors}
    form = forms.pop() if len(forms) == 1 else contiguous_format
    return None if form is contiguous_format else memory_format_strides(shape, form)


@stack.meta
def _(tensors, dim):
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    shapes = [tuple(t._a.shape) for t in tensors]
    first = shapes[0]
    if shapes.count(first) != len(shapes):
        i, other = next((i, shape) for i, shape in enumerate(shapes) if shape != first)
        raise RuntimeError(
            f"stack expects each tensor to be equal size, but got {list(first)} at entry 0 and {list(other)} at entry {i}"
        )
    return (*first[:dim], len(tensors), *first[dim:]), common_dtype(list(tensors))


# -- turning and repeating -------------------------------------------------------------------------------------------------


def _preserved(self):
    """(shape, dtype, strides) of a result that lies as its input does."""
    return tuple(self._a.shape), self.dtype, strides_like(self, None)


@flip.meta
def _(self, dims):
    for i, dim in enumerate(dims):
        if dim in dims[:i]:
            raise RuntimeError(f"dim {dim} appears multiple times in the list of dims")
    return _preserved(self)


@roll.meta
def _(self, shifts, dims):
    if not shifts:
        raise RuntimeError("`shifts` required")
    if dims and not self.ndim:
        raise IndexError(f"Dimension specified as {dims[0]} but tensor has no dimensions")
    if len(dims) != len(shifts) and not (not dims and len(shifts) == 1):
        raise RuntimeError(f"shifts and dimensions must align. shifts: {len(shifts)}, dims:{len(dims)}")
    return tuple(self._a.shape), self.dtype


@rot90.decompose
def _(self, k, dims):
    a, b = dims
    turns = k % 4
    if turns == 0:
        return self.clone()
    if turns == 2:
        return flip(self, dims)
    return owned(flip(self, (b,) if turns == 1 else (a,)).transpose(a, b))


@repeat_index.meta
def _(repeats, output_size):
    return [None if output_size is None else ((output_size,), repeats.dtype)]


@repeat.meta
def _(self, repeats):
    shape = tuple(self._a.shape)
    if len(repeats) < len(shape):
        raise RuntimeError("Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor")
    if any(n < 0 for n in repeats):
        raise RuntimeError(f"Trying to create tensor with negative dimension {min(repeats)}: {list(repeats)}")
    shape = (1,) * (len(repeats) - len(shape)) + shape
    return tuple([n * r for n, r in zip(shape, repeats, strict=True)]), self.dtype


# -- diagonals -------------------------------------------------------------------------------------------------------------


def embedded_dims(rank, offset, dim1, dim2, n):
    """(dim1, dim2, size) of diag_embed: both dims counted from the front of the result, and the two new dimensions' size."""
    first, second = wrap_dim(dim1, rank + 1), wrap_dim(dim2, rank + 1)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return first, second, n + abs(offset)


@diag_embed.meta
def _(self, offset, dim1, dim2):
    shape = tuple(self._a.shape)
    first, second, n = embedded_dims(len(shape), offset, dim1, dim2, shape[-1] if shape else 1)
    made = list(shape[:-1])
    for dim in sorted((first, second)):
        made.insert(dim, n)
    return tuple(made), self.dtype


@trace.decompose
def _(self):
    if self.ndim != 2:
        raise RuntimeError("trace: expected a matrix, but got tensor with dim " + str(self.ndim))
    if self.dtype.category == 0:
        raise NotImplementedError("\"trace\" not implemented for 'Bool'")
    return self.diagonal().sum()


# -- padding and pixels ----------------------------------------------------------------------------------------------------


@constant_pad_nd.meta
def _(self, pad, value):
    shape = tuple(self._a.shape)
    if len(pad) % 2:
        raise RuntimeError(f"Length of pad must be even but instead it equals {len(pad)}")
    if len(pad) > 2 * len(shape):
        raise RuntimeError(
            "Length of pad should be no more than twice the number of dimensions of the input. "
            f"Pad length is {len(pad)} while the input has {len(shape)} dimensions."
        )
    made = list(shape)
    for i in range(len(pad) // 2):
        dim = len(shape) - 1 - i
        low, high = pad[2 * i], pad[2 * i + 1]
        made[dim] += low + high
        if made[dim] < 0:
            raise RuntimeError(
                f"The input size {shape[dim]}, plus negative padding {low} and {high} resulted in "
                "a negative output size, which is invalid. "
                f"Check dimension {dim} of your input."
            )
    return tuple(made), self.dtype, _suggested(self, tuple(made))


def _suggested(self, shape):
    """Strides of a result of `shape` in the memory format of `self`; None where that is contiguous."""
    form = suggest_memory_format(tuple(self._a.shape), self.stride())
    return None if form is contiguous_format else memory_format_strides(shape, form)


@pixel_shuffle.meta
def _(self, upscale_factor):
    shape, r = tuple(self._a.shape), upscale_factor
    if len(shape) < 3:
        raise RuntimeError(
            f"pixel_shuffle expects input to have at least 3 dimensions, but got input with {len(shape)} dimension(s)"
        )
    if r <= 0:
        raise RuntimeError(f"pixel_shuffle expects a positive upscale_factor, but got {r}")
    c, h, w = shape[-3:]
    if c % (r * r):
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
            f"of upscale_factor, but input.size(-3)={c} "
            f"is not divisible by {r * r}"
        )
    made = (*shape[:-3], c // (r * r), h * r, w * r)
    return made, self.dtype, _suggested(self, made)


@pixel_unshuffle.meta
def _(self, downscale_factor):
    shape, r = tuple(self._a.shape), downscale_factor
    if len(shape) < 3:
        raise RuntimeError(
            f"pixel_unshuffle expects input to have at least 3 dimensions, but got input with {len(shape)} dimension(s)"
        )
    if r <= 0:
        raise RuntimeError(f"pixel_unshuffle expects a positive downscale_factor, but got {r}")
    c, h, w = shape[-3:]
    for name, n, which in (("height", h, -2), ("width", w, -1)):
        if n % r:
            raise RuntimeError(
                f"pixel_unshuffle expects {name} to be divisible by downscale_factor, but "
                f"input.size({which})={n} is not divisible by {r}"
            )
    made = (*shape[:-3], c * r * r, h // r, w // r)
    return made, self.dtype, _suggested(self, made)


@channel_shuffle.meta
def _(self, groups):
    shape = tuple(self._a.shape)
    if len(shape) < 3:
        raise RuntimeError(f"channel_shuffle expects input with > 2 dims, but got input with sizes {list(shape)}")
    if groups <= 0:
        raise RuntimeError(f"Number of groups to divide channels in must be positive. Value of groups:{groups}")
    if shape[1] % groups:
        raise RuntimeError(f"Number of channels must be divisible by groups. Got {shape[1]} channels and {groups} groups.")
    return shape, self.dtype, _suggested(self, shape)


@diagonal_backward.meta
def _(grad_output, input_sizes, offset, dim1, dim2):
    diagonal_dims(dim1, dim2, len(input_sizes))
    return tuple(input_sizes), grad_output.dtype


@unfold_backward.meta
def _(grad_in, input_sizes, dim, size, step):
    return tuple(input_sizes), grad_in.dtype


# -- in terms of views: what a backend without these kernels runs ------------------------------------------------------------


@diagonal_backward.decompose
def _(grad_output, input_sizes, offset, dim1, dim2):
    made = grad_output.new_zeros(input_sizes)
    made.diagonal(offset, dim1, dim2).copy_(grad_output)
    return made


@unfold_backward.decompose
def _(grad_in, input_sizes, dim, size, step):
    made = grad_in.new_zeros(input_sizes)
    if not input_sizes:
        return grad_in.sum()
    windows = grad_in.shape[dim]
    for i in range(size):
        part = OPS["slice.Tensor"](made, dim, i, i + (windows - 1) * step + 1, step)
        part.add_(grad_in.select(-1, i))
    return made


@diag_embed.decompose
def _(self, offset, dim1, dim2):
    shape, _ = diag_embed.meta_rule(self, offset, dim1, dim2)
    first, second, _ = embedded_dims(self.ndim, offset, dim1, dim2, 0)
    made = self.new_zeros(shape)
    made.diagonal(offset, first, second).copy_(self)
    return made
