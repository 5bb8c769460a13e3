"""Sliding blocks as columns (`im2col`, torch.nn.functional.unfold) and columns summed back into an image (`col2im`, fold).

The two are each other's transpose. A kernel walks the block tap by tap; the decompositions read and add by one map of places.
"""

from ..kinds import MOVEMENT
from ..op import op
from ..registry import OPS
from .creation import arange
from .index import sizes
from .reduction import scalar_type

im2col = op(
    "im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor",
    "Every block of a sliding window as one column. Shape (N, C, H, W) -> (N, C * kH * kW, L).",
    kind=MOVEMENT,
    variants="",
    out=True,
)
col2im = op(
    "col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor",
    "Columns added back where their blocks were. Shape (N, C * kH * kW, L) -> (N, C, H, W).",
    kind=MOVEMENT,
    variants="",
    out=True,
)


def block_counts(size, kernel_size, dilation, padding, stride):
    """How many blocks fit along height and width."""
    each = zip(size, kernel_size, dilation, padding, stride, strict=True)
    return tuple((n + 2 * p - (d * (k - 1) + 1)) // s + 1 for n, k, d, p, s in each)


def _check_params(kernel_size, dilation, padding, stride):
    for word, values, least in (
        ("kernel", kernel_size, 1),
        ("dilation", dilation, 1),
        ("padding", padding, 0),
        ("stride", stride, 1),
    ):
        if min(values) < least:
            what = "size should be" if word == "kernel" else "should be"
            bound = "non-negative" if least == 0 else "greater than zero"
            raise RuntimeError(f"{word} {what} {bound}, but got {word}_height: {values[0]} {word}_width: {values[1]}")


def _check_dtype(name, self):
    if self.dtype.category == 1:
        raise NotImplementedError(f"\"{name}\" not implemented for '{scalar_type(self.dtype)}'")


@im2col.meta
def _(self, kernel_size, dilation, padding, stride):
    _check_params(kernel_size, dilation, padding, stride)
    shape = sizes(self)
    if self.ndim not in (3, 4) or 0 in shape[-3:]:
        raise RuntimeError(
            "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, "
            f"but got: {list(shape)}"
        )
    counts = block_counts(shape[-2:], kernel_size, dilation, padding, stride)
    if min(counts) < 1:
        raise RuntimeError(
            f"Given input with spatial size {shape[-2:]}, kernel_size={kernel_size}, dilation={dilation}, padding={padding}, "
            f"stride={stride}, calculated shape of the array of sliding blocks as {counts}, but its components must be at least one."
        )
    _check_dtype("im2col_out_cpu", self)
    return (*shape[:-3], shape[-3] * kernel_size[0] * kernel_size[1], counts[0] * counts[1]), self.dtype


@col2im.meta
def _(self, output_size, kernel_size, dilation, padding, stride):
    _check_params(kernel_size, dilation, padding, stride)
    if min(output_size) < 1:
        raise RuntimeError(
            f"output_size should be greater than zero, but got output_height: {output_size[0]} output_width: {output_size[1]}"
        )
    shape = sizes(self)
    if self.ndim not in (2, 3) or 0 in shape[-2:]:
        raise RuntimeError(
            "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, "
            f"but got: {list(shape)}"
        )
    taps = kernel_size[0] * kernel_size[1]
    if shape[-2] % taps:
        raise RuntimeError(
            "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got "
            f"input.size(1)={shape[-2]} and kernel_size={kernel_size}."
        )
    counts = block_counts(output_size, kernel_size, dilation, padding, stride)
    if min(counts) < 1 or shape[-1] != counts[0] * counts[1]:
        given = f"Given output_size={tuple(output_size)}, kernel_size={kernel_size}, dilation={dilation}, padding={padding}, stride={stride}"
        raise RuntimeError(
            f"{given}, expected size of input's dimension 2 to match the calculated number of sliding blocks "
            f"{counts[0]} * {counts[1]} = {counts[0] * counts[1]}, but got input.size(2)={shape[-1]}."
        )
    _check_dtype("col2im_out_cpu", self)
    return (*shape[:-2], shape[-2] // taps, *output_size), self.dtype


def _places(self, size, kernel_size, dilation, padding, stride):
    """Place in the padded plane of every tap of every block, flat in the order of the columns."""
    counts = block_counts(size, kernel_size, dilation, padding, stride)
    width = size[1] + 2 * padding[1]
    rows, columns = (
        (arange(0, k, device=self.device) * d).unsqueeze(1) + arange(0, n, device=self.device) * s
        for k, d, n, s in zip(kernel_size, dilation, counts, stride, strict=True)
    )
    return (rows[:, None, :, None] * width + columns[None, :, None, :]).reshape(-1)


@im2col.decompose
def _(self, kernel_size, dilation, padding, stride):
    shape, _ = im2col.meta_rule(self, kernel_size, dilation, padding, stride)
    if 0 in shape:
        return self.new_zeros(shape)
    high, wide = padding
    x = OPS["constant_pad_nd"].wrapper(self, (wide, wide, high, high), 0)
    places = _places(self, self.shape[-2:], kernel_size, dilation, padding, stride)
    return x.reshape((*self.shape[:-2], -1)).index_select(-1, places).reshape(shape)


@col2im.decompose
def _(self, output_size, kernel_size, dilation, padding, stride):
    shape, _ = col2im.meta_rule(self, output_size, kernel_size, dilation, padding, stride)
    lead, (high, wide) = shape[:-2], padding
    padded = (output_size[0] + 2 * high, output_size[1] + 2 * wide)
    places = _places(self, output_size, kernel_size, dilation, padding, stride)
    blocks = self.reshape((*lead, len(places)))
    y = self.new_zeros((*lead, padded[0] * padded[1])).index_add(-1, places, blocks).reshape((*lead, *padded))
    return OPS["constant_pad_nd"].wrapper(y, (-wide, -wide, -high, -high), 0)
