"""Writes and reads under a mask: masked_fill, masked_select, masked_scatter. The mask is bool and broadcasts with the input."""

from ft_core import Tensor
from ft_core.dtype import bool_ as bool_dtype
from ft_core.layout import broadcast_shapes

from ..kinds import COMPOSITE, INDEX
from ..op import op
from ..registry import binding
from .compare import where_self
from .index import INDEX_DTYPES, index, nonzero, sizes, unsafe_index
from .reduction import scalar_type

masked_fill_value = op(
    "masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor",
    "One number where a mask is true.",
    kind=INDEX,
    variants="",
    inplace=True,
)
masked_fill_tensor = op(
    "masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor",
    "A 0-dim tensor's number where a mask is true.",
    kind=INDEX,
    variants="",
    inplace=True,
)
masked_select = op(
    "masked_select(Tensor self, Tensor mask) -> Tensor",
    "Elements where a mask is true, as a vector.",
    kind=INDEX,
    out=True,
    data_dependent=True,
)
masked_scatter = op(
    "masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor",
    "Elements of source, in order, where a mask is true.",
    kind=INDEX,
    inplace=True,
)
masked_scatter_backward = op(
    "masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor",
    "The cotangent of what was scattered, zeros for the rest.",
    kind=COMPOSITE,
    variants="",
)
unsafe_masked_index = op(
    "_unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor",
    "Elements at given places where a mask is true, one number elsewhere; there the places need not exist.",
    kind=COMPOSITE,
    variants="function",
)
unsafe_masked_index_put = op(
    "_unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor",
    "input with values added at given places where a mask is true.",
    kind=COMPOSITE,
    variants="function",
)


@masked_select.meta
def _(self, mask):
    if mask.dtype is not bool_dtype:
        raise RuntimeError("masked_select: expected BoolTensor for mask")
    broadcast_shapes(sizes(self), sizes(mask))
    return [None]


def _masked(self, mask):
    if mask.dtype is not bool_dtype:
        raise RuntimeError(f"masked_fill_ only supports boolean masks, but got mask with dtype {_c_name(mask.dtype)}")
    return [(broadcast_shapes(sizes(self), sizes(mask)), self.dtype)]


def _c_name(dtype):
    return {"float32": "float", "float64": "double", "int64": "long int", "int32": "int", "uint8": "unsigned char"}.get(
        str(dtype).removeprefix("torch."), str(dtype).removeprefix("torch.")
    )


@masked_fill_value.meta
def _(self, mask, value):
    return _masked(self, mask)


@masked_fill_tensor.meta
def _(self, mask, value):
    if value.ndim:
        raise RuntimeError(
            f"masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {value.ndim} dimension(s)."
        )
    return _masked(self, mask)


@masked_scatter.meta
def _(self, mask, source):
    if self.dtype is not source.dtype:
        raise RuntimeError(
            "masked_scatter: expected self and source to have same dtypes but got"
            f"{scalar_type(self.dtype)} and {scalar_type(source.dtype)}"
        )
    if mask.dtype is not bool_dtype:
        raise RuntimeError(f"masked_scatter_ only supports boolean masks, but got mask with dtype {scalar_type(mask.dtype)}")
    return [(broadcast_shapes(sizes(self), sizes(mask)), self.dtype)]


@masked_select.decompose
def _(self, mask):
    shape = broadcast_shapes(sizes(self), sizes(mask))
    return index(self.expand(shape), [mask.expand(shape)])


@masked_fill_value.decompose
@masked_fill_tensor.decompose
def _(self, mask, value):
    if isinstance(value, Tensor) and value.dtype is not self.dtype:
        value = value.to(self.dtype)
    made = where_self(mask, value, self)
    return made if made.dtype is self.dtype else made.to(self.dtype)


@masked_scatter.decompose
def _(self, mask, source):
    shape = broadcast_shapes(sizes(self), sizes(mask))
    places = nonzero(mask.expand(shape).reshape(-1)).reshape(-1)
    if places.numel() > source.numel():
        raise RuntimeError("Number of elements of source < number of ones in mask")
    made = self.expand(shape).reshape(-1).index_copy(0, places, source.reshape(-1)[: places.numel()])
    return made.reshape(shape)


@masked_scatter_backward.decompose
def _(grad_output, mask, sizes):
    taken = grad_output.masked_select(mask)
    count = 1
    for n in sizes:
        count *= n
    if taken.numel() < count:
        made = grad_output.new_zeros((count,))
        made[: taken.numel()].copy_(taken)
        taken = made
    return taken.view(sizes)


def _inside(self, indices):
    """The indices, drawn into the tensor where they lie outside."""
    for i in indices:
        if i is not None and i.dtype not in INDEX_DTYPES:
            raise RuntimeError(f"_unsafe_masked_index found unexpected index type {scalar_type(i.dtype)}")
    return [None if i is None else i.clamp(-n, n - 1) for i, n in zip(indices, sizes(self), strict=False)]


@unsafe_masked_index.decompose
def _(self, mask, indices, fill):
    if self.numel() == 0:  # nowhere to read from: one element stands in for each dim that has none
        self = self.new_full([max(n, 1) for n in sizes(self)], fill)
    return unsafe_index(self, _inside(self, indices)).masked_fill(mask.logical_not(), fill)


@unsafe_masked_index_put.decompose
def _(self, mask, indices, values):
    if self.numel() == 0:
        return self.clone()
    from .scatter import unsafe_index_put  # noqa: PLC0415  # scatter imports indexing, which comes last

    return unsafe_index_put(self, _inside(self, indices), values.masked_fill(mask.logical_not(), 0), True)


@binding("masked_fill")
def masked_fill(input, mask, value):
    """input with `value` (a number or a 0-dim tensor) where `mask` is true. RuntimeError for a mask that is not bool."""
    return (masked_fill_tensor if isinstance(value, Tensor) else masked_fill_value).wrapper(input, mask, value)


@binding("masked_fill_", function=False)
def masked_fill_(input, mask, value):
    """In-place form of `masked_fill`."""
    return (masked_fill_tensor if isinstance(value, Tensor) else masked_fill_value).inplace_wrapper(input, mask, value)


from . import _masked_reductions  # noqa: E402, F401  # attaches torch.masked
