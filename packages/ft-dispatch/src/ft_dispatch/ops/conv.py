"""Convolution: one op for one to three dims, plain and transposed, as in ATen; conv1d … conv_transpose3d are composites over it.

Shapes and arguments are checked in `convolution`'s shape rule, in torch's words and order. Strings for padding ("valid", "same")
are resolved above; "same" with an odd total pads by one more at the end.
"""

from ..kinds import COMPOSITE, CONTRACTION
from ..meta import follows_format
from ..op import op
from ..registry import binding
from ._matmul_checks import c_name
from .index import sizes
from .reduction import scalar_type

_GEOMETRY = "SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups"
convolution = op(
    f"convolution(Tensor input, Tensor weight, Tensor? bias, {_GEOMETRY}) -> Tensor",
    "Convolution in one to three dims.",
    kind=CONTRACTION,
    variants="function",
    accumulate="float32",
)
convolution_backward = op(
    f"convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, {_GEOMETRY}, bool[3] "
    "output_mask) "
    "-> (Tensor, Tensor, Tensor)",
    "Gradients of input, weight and bias of a convolution.",
    kind=CONTRACTION,
    variants="",
    accumulate="float32",
)


def _records(n):
    sizes_ = f"SymInt[{n}] stride={[1] * n}, {{}}, SymInt[{n}] dilation={[1] * n}, SymInt groups=1"
    head = f"conv{n}d{{}}(Tensor input, Tensor weight, Tensor? bias=None, "
    plain = op(
        f"{head.format('')}{sizes_.format(f'SymInt[{n}] padding={[0] * n}')}) -> Tensor",
        f"Convolution in {n} dims.",
        kind=COMPOSITE,
        variants="",
    )
    named = op(
        f"{head.format('.padding')}{sizes_.format('str padding=' + chr(34) + 'valid' + chr(34))}) -> Tensor",
        f"Convolution in {n} dims with padding by name.",
        kind=COMPOSITE,
        variants="",
    )
    overload = "" if n == 1 else ".input"
    turned = op(
        f"conv_transpose{n}d{overload}(Tensor input, Tensor weight, Tensor? bias=None, SymInt[{n}] stride={[1] * n}, "
        f"SymInt[{n}] padding={[0] * n}, SymInt[{n}] output_padding={[0] * n}, SymInt groups=1, SymInt[{n}] dilation={[1] * n}) "
        "-> Tensor",
        f"Transposed convolution in {n} dims.",
        kind=COMPOSITE,
        variants="",
    )
    return plain, named, turned


conv1d_plain, conv1d_named, conv_transpose1d = _records(1)
conv2d_plain, conv2d_named, conv_transpose2d = _records(2)
conv3d_plain, conv3d_named, conv_transpose3d = _records(3)
conv_tbc = op(
    "conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor",
    "Convolution of (time, batch, channels).",
    kind=COMPOSITE,
    variants="function",
    python="nn.functional.conv_tbc",
)


def _each(values, n):
    return tuple(values) * n if len(values) == 1 else tuple(values)


def _check_numbers(stride, padding, dilation, output_padding, groups):
    if groups <= 0:
        raise RuntimeError("non-positive groups is not supported")
    if any(p < 0 for p in padding):
        raise RuntimeError("negative padding is not supported")
    if any(p < 0 for p in output_padding):
        raise RuntimeError("negative output_padding is not supported")
    if any(s <= 0 for s in stride):
        raise RuntimeError("non-positive stride is not supported")
    if any(d <= 0 for d in dilation):
        raise RuntimeError("dilation should be greater than zero")


def _check_ranks(input, weight):
    x, w = list(sizes(input)), list(sizes(weight))
    if len(x) != len(w):
        raise RuntimeError(
            f"Expected {len(w)}-dimensional input for {len(w)}-dimensional weight {w}, but got {len(x)}-dimensional input of "
            f"size {x} instead"
        )


def _check_lengths(n, **lists):
    for name, values in lists.items():
        if len(values) not in (1, n):
            raise RuntimeError(
                f"expected {name} to be a single integer value or a list of {n} values to match the convolution dimensions, "
                f"but got {name}={list(values)}"
            )


def _check_channels(input, weight, bias, transposed, groups):
    _check_ranks(input, weight)
    x, w = list(sizes(input)), list(sizes(weight))
    if w[0] < groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be at least {groups} at dimension 0, but got weight of size {w} instead"
        )
    if w[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, but got weight of size [{w}] "
            "instead"
        )
    expected = w[0] if transposed else w[1] * groups
    if x[1] != expected:
        kind = "transposed=1, " if transposed else f"groups={groups}, "
        raise RuntimeError(
            f"Given {kind}weight of size {w}, expected input{x} to have {expected} channels, but got {x[1]} channels instead"
        )
    filters = w[1] * groups if transposed else w[0]
    if bias is not None and (bias.ndim != 1 or bias.shape[0] != filters):
        which = "transposed=1, weight" if transposed else "weight"
        raise RuntimeError(
            f"Given {which} of size {w}, expected bias to be 1-dimensional with {filters} elements, but got bias of size "
            f"{list(bias.shape)} instead"
        )
    return filters


def _check_dtypes(input, weight, bias):
    if bias is not None and bias.dtype is not input.dtype:
        raise RuntimeError(f"Input type ({c_name(input.dtype)}) and bias type ({c_name(bias.dtype)}) should be the same")
    if weight.dtype is not input.dtype:
        raise RuntimeError(f"expected scalar type {scalar_type(input.dtype)} but found {scalar_type(weight.dtype)}")


def _format(input, weight, shape):
    """The memory format of a convolution's result: that of its input, and in two dimensions also that of its weight."""
    return follows_format(input, shape) or (follows_format(weight, shape) if weight.ndim == 4 else None)


@convolution.meta
def _(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups):
    n = weight.ndim - 2
    if n < 1:
        raise RuntimeError(f"weight should have at least three dimensions, but got weight of size {list(weight.shape)}")
    _check_lengths(n, stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    stride, padding, dilation, output_padding = (_each(v, n) for v in (stride, padding, dilation, output_padding))
    _check_numbers(stride, padding, dilation, output_padding, groups)
    filters = _check_channels(input, weight, bias, transposed, groups)
    _check_dtypes(input, weight, bias)
    k, x = sizes(weight)[2:], sizes(input)[2:]
    if transposed:
        each = zip(x, k, stride, padding, dilation, output_padding, strict=True)
        outs = tuple((m - 1) * s - 2 * p + d * (w - 1) + o + 1 for m, w, s, p, d, o in each)
        shape = (input.shape[0], filters, *outs)
        return [(shape, input.dtype, _format(input, weight, shape))]
    padded = [m + 2 * p for m, p in zip(x, padding, strict=True)]
    reach = [d * (w - 1) + 1 for w, d in zip(k, dilation, strict=True)]
    if any(m < w for m, w in zip(padded, reach, strict=True)):
        raise RuntimeError(
            f"Calculated padded input size per channel: ({' x '.join(map(str, padded))}). Kernel size: "
            f"({' x '.join(map(str, reach))}). "
            "Kernel size can't be greater than actual input size"
        )
    outs = tuple((m - w) // s + 1 for m, w, s in zip(padded, reach, stride, strict=True))
    shape = (input.shape[0], filters, *outs)
    return [(shape, input.dtype, _format(input, weight, shape))]


@convolution_backward.meta
def _(grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask):
    filters = weight.shape[1] * groups if transposed else weight.shape[0]
    found = [(sizes(input), input.dtype), (sizes(weight), weight.dtype), ((filters,), weight.dtype)]
    return [spec if wanted else None for spec, wanted in zip(found, output_mask, strict=True)]


# -- compositions --------------------------------------------------------------------------------------------------------------


def _batched(input, n, name):
    """(input with a batch dim, whether it had one)."""
    if input.ndim == n + 2:
        return input, True
    if input.ndim == n + 1:
        return input.unsqueeze(0), False
    raise RuntimeError(
        f"Expected {n + 1}D (unbatched) or {n + 2}D (batched) input to {name}, but got input of size: {list(input.shape)}"
    )


def _plain(record, n):
    @record.decompose
    def _(input, weight, bias, stride, padding, dilation, groups):
        x, batched = _batched(input, n, record.base)
        made = convolution.wrapper(x, weight, bias, stride, padding, dilation, False, (0,) * n, groups)
        return made if batched else made.squeeze(0)


def _named(record, n):
    @record.decompose
    def _(input, weight, bias, stride, padding, dilation, groups):
        x, batched = _batched(input, n, record.base)
        _check_ranks(x, weight)
        _check_lengths(n, stride=stride, dilation=dilation)
        if padding == "same":
            x, pads = _same(x, weight, stride, dilation, n)
        elif padding == "valid":
            pads = (0,) * n
        else:
            raise RuntimeError(f"Invalid padding string: '{padding}'")
        made = convolution.wrapper(x, weight, bias, stride, pads, dilation, False, (0,) * n, groups)
        return made if batched else made.squeeze(0)


def _same(x, weight, stride, dilation, n):
    """(input, padding) that keep the spatial sizes; what cannot be split evenly is put behind the input."""
    if any(s != 1 for s in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    totals = [d * (k - 1) for d, k in zip(_each(dilation, n), weight.shape[2:], strict=True)]
    if any(t % 2 for t in totals):
        from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

        x = torch.constant_pad_nd(x, [v for t in reversed(totals) for v in (0, t % 2)], 0)
    return x, tuple(t // 2 for t in totals)


def _turned(record, n):
    @record.decompose
    def _(input, weight, bias, stride, padding, output_padding, groups, dilation):
        x, batched = _batched(input, n, record.base)
        made = convolution.wrapper(x, weight, bias, stride, padding, dilation, True, output_padding, groups)
        return made if batched else made.squeeze(0)


for _n, _family in enumerate(
    (
        (conv1d_plain, conv1d_named, conv_transpose1d),
        (conv2d_plain, conv2d_named, conv_transpose2d),
        (conv3d_plain, conv3d_named, conv_transpose3d),
    ),
    1,
):
    _plain(_family[0], _n)
    _named(_family[1], _n)
    _turned(_family[2], _n)


@conv_tbc.decompose
def _(self, weight, bias, pad):
    made = convolution.wrapper(self.permute((1, 2, 0)), weight.permute((2, 1, 0)), bias, (1,), (pad,), (1,), False, (0,), 1)
    return made.permute((2, 0, 1))


# -- what users type -----------------------------------------------------------------------------------------------------------


def _public(n, plain, named, turned):
    def conv(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
        record = named if isinstance(padding, str) else plain
        return record.wrapper(input, weight, bias, stride, padding, dilation, groups)

    conv.__name__ = conv.__qualname__ = f"conv{n}d"
    conv.__doc__ = (
        f"Convolution of (batch, channels, {n} dims) or (channels, {n} dims) with weight (filters, channels / groups, kernel).\n\n"
        '    padding: numbers, "valid" or "same". RuntimeError where shapes do not fit. Source: torch.nn.functional.'
    )
    binding(f"conv{n}d", method=False, python=f"nn.functional.conv{n}d")(conv)

    def conv_transpose(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
        return turned.wrapper(input, weight, bias, stride, padding, output_padding, groups, dilation)

    conv_transpose.__name__ = conv_transpose.__qualname__ = f"conv_transpose{n}d"
    conv_transpose.__doc__ = (
        f"Transposed convolution of (batch, channels, {n} dims) with weight (channels, filters / groups, kernel).\n\n"
        "    RuntimeError where shapes do not fit. Source: torch.nn.functional."
    )
    binding(f"conv_transpose{n}d", method=False, python=f"nn.functional.conv_transpose{n}d")(conv_transpose)


_public(1, conv1d_plain, conv1d_named, conv_transpose1d)
_public(2, conv2d_plain, conv2d_named, conv_transpose2d)
_public(3, conv3d_plain, conv3d_named, conv_transpose3d)
