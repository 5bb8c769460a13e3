"""Writing to places named by data: index_put, scatter in all its forms, index_add and its kin.

Nothing here promotes: source and destination share a dtype, as torch demands. The in-place forms are what indexing assignment uses.
"""

from ft_core import Tensor, int64

from ..kinds import INDEX
from ..op import op
from ..registry import binding
from ._scatter_checks import check_fill, check_reduce, check_scatter, check_slices
from .index import indexed_shape, sizes
from .reduction import scalar_type

_INTO = "Tensor self, int dim, Tensor index"
index_put = op(
    "index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
    "input with elements at given places replaced, or added to.",
    kind=INDEX,
    inplace=True,
)
unsafe_index_put = op(
    "_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
    "index_put whose places are known to exist.",
    kind=INDEX,
    variants="",
)
scatter_src = op(
    f"scatter.src({_INTO}, Tensor src) -> Tensor",
    "Elements of src written along a dim, each to its own place.",
    kind=INDEX,
    variants="",
    inplace=True,
    out=True,
)
scatter_value = op(
    f"scatter.value({_INTO}, Scalar value) -> Tensor",
    "One number written along a dim.",
    kind=INDEX,
    variants="",
    inplace=True,
    out=True,
)
scatter_with = op(
    f"scatter.reduce({_INTO}, Tensor src, *, str reduce) -> Tensor",
    "scatter that adds or multiplies.",
    kind=INDEX,
    variants="",
    inplace=True,
    out=True,
)
scatter_value_with = op(
    f"scatter.value_reduce({_INTO}, Scalar value, *, str reduce) -> Tensor",
    "scatter of one number that adds or multiplies.",
    kind=INDEX,
    variants="",
    inplace=True,
    out=True,
)
scatter_add = op(
    f"scatter_add({_INTO}, Tensor src) -> Tensor",
    "Elements of src added along a dim, each at its own place.",
    kind=INDEX,
    inplace=True,
    out=True,
)
scatter_reduce = op(
    f"scatter_reduce.two({_INTO}, Tensor src, str reduce, *, bool include_self=True) -> Tensor",
    "Elements of src reduced into their places: sum, prod, mean, amax or amin.",
    kind=INDEX,
    variants="",
    inplace=True,
    out=True,
)
index_add = op(
    f"index_add({_INTO}, Tensor source, *, Scalar alpha=1) -> Tensor",
    "Slices of source added to the slices named.",
    kind=INDEX,
    inplace=True,
    out=True,
)
index_reduce = op(
    f"index_reduce({_INTO}, Tensor source, str reduce, *, bool include_self=True) -> Tensor",
    "Slices of source reduced into the slices named: prod, mean, amax or amin.",
    kind=INDEX,
    inplace=True,
    out=True,
)
index_fill_value = op(
    f"index_fill.int_Scalar({_INTO}, Scalar value) -> Tensor",
    "One number in the slices named.",
    kind=INDEX,
    variants="",
    inplace=True,
)
index_fill_tensor = op(
    f"index_fill.int_Tensor({_INTO}, Tensor value) -> Tensor",
    "A 0-dim tensor's number in the slices named.",
    kind=INDEX,
    variants="",
    inplace=True,
)
index_copy = op(
    f"index_copy({_INTO}, Tensor source) -> Tensor",
    "Slices of source in place of the slices named.",
    kind=INDEX,
    inplace=True,
    out=True,
)
put = op(
    "put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor",
    "Elements of source at offsets in row-major order.",
    kind=INDEX,
    inplace=True,
)


# -- shapes and checks ---------------------------------------------------------------------------------------------------------


@index_put.meta
@unsafe_index_put.meta
def _(self, indices, values, accumulate):
    if values.dtype is not self.dtype:
        raise RuntimeError(
            f"Index put requires the source and destination dtypes match, got {scalar_type(self.dtype)} for the destination "
            f"and {scalar_type(values.dtype)} for the source."
        )
    shape = indexed_shape(self, indices)
    if shape is not None:
        given = sizes(values)
        fits = len(given) <= len(shape) and all(n in (1, m) for n, m in zip(reversed(given), reversed(shape)))
        if not fits:
            raise RuntimeError(
                f"shape mismatch: value tensor of shape {list(given)} cannot be broadcast to indexing result of shape {list(shape)}"
            )
    return [(sizes(self), self.dtype)]


@scatter_src.meta
def _(self, dim, index, src):
    check_scatter(self, dim, index, src)
    return [(sizes(self), self.dtype)]


@scatter_value.meta
def _(self, dim, index, value):
    check_scatter(self, dim, index, None)
    return [(sizes(self), self.dtype)]


@scatter_with.meta
def _(self, dim, index, src, reduce):
    check_reduce(reduce)
    check_scatter(self, dim, index, src)
    return [(sizes(self), self.dtype)]


@scatter_value_with.meta
def _(self, dim, index, value, reduce):
    check_reduce(reduce)
    check_scatter(self, dim, index, None)
    return [(sizes(self), self.dtype)]


@scatter_add.meta
def _(self, dim, index, src):
    check_scatter(self, dim, index, src)
    return [(sizes(self), self.dtype)]


@scatter_reduce.meta
def _(self, dim, index, src, reduce, include_self):
    if reduce not in ("sum", "prod", "mean", "amax", "amin"):
        raise RuntimeError(f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}")
    check_scatter(self, dim, index, src)
    return [(sizes(self), self.dtype)]


@index_add.meta
def _(self, dim, index, source, alpha):
    check_slices("index_add", self, dim, index, source)
    return [(sizes(self), self.dtype)]


@index_reduce.meta
def _(self, dim, index, source, reduce, include_self):
    if reduce not in ("prod", "mean", "amax", "amin"):
        raise RuntimeError(f"index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got {reduce}.")
    check_slices("index_reduce", self, dim, index, source)
    return [(sizes(self), self.dtype)]


@index_fill_value.meta
def _(self, dim, index, value):
    check_fill(index)
    return [(sizes(self), self.dtype)]


@index_fill_tensor.meta
def _(self, dim, index, value):
    check_fill(index)
    if value.ndim:
        raise RuntimeError(
            f"index_fill_ only supports a 0-dimensional value tensor, but got tensor with {value.ndim} dimension(s)."
        )
    return [(sizes(self), self.dtype)]


@index_copy.meta
def _(self, dim, index, source):
    if index.ndim > 1:
        raise IndexError(f"index_copy_(): Index should have dimension 1 or 0 (got {index.ndim})")
    if index.dtype is not int64:
        raise RuntimeError(f"index_copy_(): Expected a long tensor for index, but got {scalar_type(index.dtype)}")
    if self.dtype is not source.dtype:
        raise RuntimeError(
            "index_copy_(): self and source expected to have the same dtype, but got (self) "
            f"{scalar_type(self.dtype)} and (source) {scalar_type(source.dtype)}"
        )
    along = source.shape[dim] if source.ndim else 1
    if index.numel() != along:
        raise IndexError(f"index_copy_(): Number of indices ({index.numel()}) should be equal to source.size(dim) ({along})")
    mine, theirs = sizes(self), sizes(source)
    if mine and theirs and mine[:dim] + mine[dim + 1 :] != theirs[:dim] + theirs[dim + 1 :]:
        raise RuntimeError(
            f"index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: "
            f"{list(mine[:dim] + mine[dim + 1 :])} at dimension {dim} and source slice shape: "
            f"{list(theirs[:dim] + theirs[dim + 1 :])} at dimension {dim}."
        )
    return [(mine, self.dtype)]


@put.meta
def _(self, index, source, accumulate):
    if index.dtype is not int64:
        raise RuntimeError(f"put_(): Expected a long tensor for index, but got {scalar_type(index.dtype)}")
    if self.dtype is not source.dtype:
        raise RuntimeError(
            "put_(): self and source expected to have the same dtype, but got self.dtype = "
            f"{scalar_type(self.dtype)} and source.dtype = {scalar_type(source.dtype)}"
        )
    if index.numel() != source.numel():
        raise IndexError(
            "put_(): Expected source and index to have the same number of elements, but got source.numel() = "
            f"{source.numel()}, index.numel() = {index.numel()}"
        )
    return [(sizes(self), self.dtype)]


# -- decompositions ----------------------------------------------------------------------------------------------------------


@unsafe_index_put.decompose
def _(self, indices, values, accumulate):
    return index_put(self, indices, values, accumulate)


@scatter_value.decompose
def _(self, dim, index, value):
    return scatter_src(self, dim, index, self.new_full(sizes(index), value))


@scatter_with.decompose
def _(self, dim, index, src, reduce):
    return scatter_reduce(self, dim, index, src, "sum" if reduce == "add" else "prod")


@scatter_value_with.decompose
def _(self, dim, index, value, reduce):
    return scatter_with(self, dim, index, self.new_full(sizes(index), value), reduce=reduce)


def _lane(dim, index):
    return [None] * dim + [index.reshape(-1)]


@index_add.decompose
def _(self, dim, index, source, alpha):
    source = source if alpha == 1 else (source * alpha).to(self.dtype)
    if self.ndim == 0:
        return (self + source.sum()).to(self.dtype)
    return index_put(self, _lane(dim, index), source, True)


@index_fill_value.decompose
def _(self, dim, index, value):
    return index_fill_tensor(self, dim, index, self.new_full((), value))


@index_fill_tensor.decompose
def _(self, dim, index, value):
    if self.ndim == 0:
        return value.to(self.dtype).clone() if index.numel() else self.clone()
    return index_put(self, _lane(dim, index), value.to(self.dtype))


@index_copy.decompose
def _(self, dim, index, source):
    if self.ndim == 0:
        return source.reshape(-1)[-1].clone() if index.numel() else self.clone()
    return index_put(self, _lane(dim, index), source.reshape([index.numel() if d == dim else n for d, n in enumerate(sizes(self))]))


@put.decompose
def _(self, index, source, accumulate):
    return index_put(self.reshape(-1), [index.reshape(-1)], source.reshape(-1), accumulate).reshape(sizes(self))


# -- what users type -----------------------------------------------------------------------------------------------------------


def _scatter_record(src, reduce):
    """The overload and its argument for `scatter(input, dim, index, src or value, reduce=)`."""
    tensor = isinstance(src, Tensor)
    if reduce is None:
        return (scatter_src if tensor else scatter_value), {}
    return (scatter_with if tensor else scatter_value_with), {"reduce": reduce}


@binding("scatter")
def scatter(input, dim, index, src=None, *, value=None, reduce=None, out=None):
    """input with src (a tensor or a number) written to the places of index along dim; `reduce` "add" or "multiply" combines."""
    src = value if src is None else src
    record, more = _scatter_record(src, reduce)
    return record.wrapper(input, dim, index, src, **more, out=out)


@binding("scatter_", function=False)
def scatter_(input, dim, index, src=None, *, value=None, reduce=None):
    """In-place form of `scatter`."""
    src = value if src is None else src
    record, more = _scatter_record(src, reduce)
    return record.inplace_wrapper(input, dim, index, src, **more)


@binding("scatter_reduce")
def scatter_reduce_binding(input, dim, index, src, reduce, *, include_self=True, out=None):
    """input with src reduced into the places of index along dim: "sum", "prod", "mean", "amax" or "amin"."""
    return scatter_reduce.wrapper(input, dim, index, src, reduce, include_self=include_self, out=out)


@binding("scatter_reduce_", function=False)
def scatter_reduce_(input, dim, index, src, reduce, *, include_self=True):
    """In-place form of `scatter_reduce`."""
    return scatter_reduce.inplace_wrapper(input, dim, index, src, reduce, include_self=include_self)


@binding("index_fill")
def index_fill(input, dim, index, value):
    """input with `value` (a number or a 0-dim tensor) in the slices that the vector index names."""
    return (index_fill_tensor if isinstance(value, Tensor) else index_fill_value).wrapper(input, dim, index, value)


@binding("index_fill_", function=False)
def index_fill_(input, dim, index, value):
    """In-place form of `index_fill`."""
    return (index_fill_tensor if isinstance(value, Tensor) else index_fill_value).inplace_wrapper(input, dim, index, value)


from .. import indexing  # noqa: E402, F401  # its bindings; it writes through the records above, so it comes last
