"""VIEW ops: the same memory with other sizes, strides or offset.

Each states one map and, where writing through it is possible, its inverse write. Maps count in elements. `put` is what
functionalisation, CopySlices and backends without aliasing use; it is written with other ops. What decides between view and
copy (reshape, flatten, …) or takes arguments in several forms is in `shaping`.
"""

from ft_core import Size
from ft_core.shapes import expand_strides, infer_size, view_strides

from ..canonical import wrap_dim
from ..dtype_view import viewed_as
from ..kinds import VIEW
from ..op import op
from ..registry import OPS

alias = op("alias(Tensor(a) self) -> Tensor(a)", "The same elements.", kind=VIEW, variants="")
as_strided = op(
    "as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)",
    "Any sizes, strides and offset over the storage.",
    kind=VIEW,
)
diagonal = op(
    "diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)",
    "Diagonal of two dimensions, moved last.",
    kind=VIEW,
)
expand = op(
    "expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)",
    "Dimensions of size 1 repeated without a copy.",
    kind=VIEW,
    variants="",
)
permute = op("permute(Tensor(a) self, int[] dims) -> Tensor(a)", "Dimensions in another order.", kind=VIEW, variants="function")
select = op("select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)", "One slice, its dimension dropped.", kind=VIEW)
slice_ = op(
    "slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)",
    "Part of one dimension.",
    kind=VIEW,
    variants="",
)
squeeze = op("squeeze(Tensor(a) self) -> Tensor(a)", "All dimensions of size 1 dropped.", kind=VIEW, variants="")
squeeze_dims = op(
    "squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)", "Dimensions of size 1 among `dim` dropped.", kind=VIEW, variants=""
)
t = op("t(Tensor(a) self) -> Tensor(a)", "Transpose of a matrix.", kind=VIEW)
transpose = op(
    "transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
    "Two dimensions exchanged.",
    kind=VIEW,
    aliases="swapaxes swapdims",
)
split = op(
    "split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]", "Pieces of one size.", kind=VIEW, variants=""
)
split_with_sizes = op(
    "split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]",
    "Pieces of given sizes.",
    kind=VIEW,
    variants="",
)
unbind = op("unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]", "All slices along one dimension.", kind=VIEW, variants="")
unfold = op(
    "unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)",
    "All windows of `size` along a dimension, as a new last dimension.",
    kind=VIEW,
    variants="method",
)
unsqueeze = op("unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", "A dimension of size 1 put in.", kind=VIEW, dim_extra=1)
view = op(
    "view(Tensor(a) self, SymInt[] size) -> Tensor(a)",
    "Another shape of the same elements, without a copy.",
    kind=VIEW,
    variants="",
)
view_dtype = op(
    "view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)",
    "The same bytes read as another dtype.",
    kind=VIEW,
    variants="",
    differentiable=False,
)


@alias.view
def _(sizes, strides, offset):
    return sizes, strides, offset


@alias.put
def _(base, value):
    return value


@as_strided.view
def _(sizes, strides, offset, size, stride, storage_offset):
    if len(size) != len(stride):
        raise RuntimeError(f"mismatch in length of strides and shape: got size {list(size)} and stride {list(stride)}")
    if any(s < 0 for s in stride):
        raise RuntimeError(f"as_strided: Negative strides are not supported at the moment, got strides: {list(stride)}")
    return size, stride, offset if storage_offset is None else storage_offset


@as_strided.put
def _(base, value, size, stride, storage_offset):
    return OPS["as_strided_scatter"](base, value, size, stride, storage_offset)


def diagonal_dims(dim1, dim2, rank):
    """Both dimensions of a diagonal counted from the front; RuntimeError where they are one."""
    first, second = wrap_dim(dim1, rank), wrap_dim(dim2, rank)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return first, second


@diagonal.view
def _(sizes, strides, offset, shift, dim1, dim2):
    dim1, dim2 = diagonal_dims(dim1, dim2, len(sizes))
    n = min(sizes[dim1], sizes[dim2] - shift) if shift >= 0 else min(sizes[dim1] + shift, sizes[dim2])
    n = max(n, 0)
    if n:
        offset += shift * strides[dim2] if shift >= 0 else -shift * strides[dim1]
    keep = [i for i in range(len(sizes)) if i not in (dim1, dim2)]
    return (*[sizes[i] for i in keep], n), (*[strides[i] for i in keep], strides[dim1] + strides[dim2]), offset


@diagonal.put
def _(base, value, shift, dim1, dim2):
    return OPS["diagonal_scatter"](base, value, shift, dim1, dim2)


@expand.view
def _(sizes, strides, offset, size, implicit):
    return (*expand_strides(sizes, strides, size), offset)


@expand.put
def _(base, value, size, implicit):
    # every copy of an element was given the same value, or the write would have been refused: any one will do
    lead = value.ndim - base.ndim
    for dim in range(lead):
        value = value.narrow(dim, 0, 1)
    for dim, n in enumerate(base.shape):
        value = value.narrow(lead + dim, 0, n)
    return value.reshape(base.shape)


@permute.view
def _(sizes, strides, offset, dims):
    if len(dims) != len(sizes):
        raise RuntimeError(
            f"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of "
            f"dimensions i.e. input.dim() = {len(sizes)} is not equal to len(dims) = {len(dims)}"
        )
    if len(set(dims)) != len(dims):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    return tuple([sizes[d] for d in dims]), tuple([strides[d] for d in dims]), offset


@permute.put
def _(base, value, dims):
    inverse = [0] * len(dims)
    for i, d in enumerate(dims):
        inverse[d] = i
    return value.permute(inverse)


@select.view
def _(sizes, strides, offset, dim, index):
    if not sizes:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    n = sizes[dim]
    if not -n <= index < n:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(sizes)} at dimension {dim}")
    index += n if index < 0 else 0
    return sizes[:dim] + sizes[dim + 1 :], strides[:dim] + strides[dim + 1 :], offset + index * strides[dim]


@select.put
def _(base, value, dim, index):
    return OPS["select_scatter"](base, value, dim, index)


def slice_bounds(n, start, end, step):
    """(first, length) of a slice of a dimension of size n, as torch clamps it; step > 0."""
    start = 0 if start is None else start
    end = n if end is None else end
    start = min(max(start + n if start < 0 else start, 0), n)
    end = min(max(end + n if end < 0 else end, start), n)
    return start, (end - start + step - 1) // step


@slice_.view
def _(sizes, strides, offset, dim, start, end, step):
    if not sizes:
        raise RuntimeError("slice() cannot be applied to a 0-dim tensor.")
    if step <= 0:
        raise RuntimeError("slice step must be positive")
    first, length = slice_bounds(sizes[dim], start, end, step)
    return (
        (*sizes[:dim], length, *sizes[dim + 1 :]),
        (*strides[:dim], strides[dim] * step, *strides[dim + 1 :]),
        offset + first * strides[dim],
    )


@slice_.put
def _(base, value, dim, start, end, step):
    return OPS["slice_scatter"](base, value, dim, start, end, step)


def _kept(sizes, dims):
    return [i for i, n in enumerate(sizes) if n != 1 or i not in dims]


@squeeze.view
def _(sizes, strides, offset):
    keep = _kept(sizes, range(len(sizes)))
    return tuple([sizes[i] for i in keep]), tuple([strides[i] for i in keep]), offset


@squeeze_dims.view
def _(sizes, strides, offset, dim):
    keep = _kept(sizes, dim)
    return tuple([sizes[i] for i in keep]), tuple([strides[i] for i in keep]), offset


@t.view
def _(sizes, strides, offset):
    if len(sizes) > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {len(sizes)}D")
    return sizes[::-1], strides[::-1], offset


@t.put
def _(base, value):
    return value.t()


@transpose.view
def _(sizes, strides, offset, dim0, dim1):
    if dim0 == dim1:
        return sizes, strides, offset
    sizes, strides = list(sizes), list(strides)
    sizes[dim0], sizes[dim1] = sizes[dim1], sizes[dim0]
    strides[dim0], strides[dim1] = strides[dim1], strides[dim0]
    return tuple(sizes), tuple(strides), offset


@transpose.put
def _(base, value, dim0, dim1):
    return value.transpose(dim0, dim1)


@split.view
def _(sizes, strides, offset, split_size, dim):
    if not sizes:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    n = sizes[dim]
    if split_size < 0 or (split_size == 0 and n):
        raise RuntimeError(
            f"split expects split_size be non-negative, but got split_size={split_size}"
            if split_size < 0
            else f"split_size can only be 0 if dimension size is 0, but got dimension size of {n}"
        )
    count = max((n + split_size - 1) // split_size, 1) if split_size else 1
    pieces = [split_size] * (count - 1) + [n - split_size * (count - 1)]
    return _pieces(sizes, strides, offset, pieces, dim)


@split.put
def _(base, value, split_size, dim, i):
    return OPS["slice_scatter"](base, value, dim, i * split_size, (i + 1) * split_size, 1)


def _pieces(sizes, strides, offset, pieces, dim):
    found, at = [], 0
    for n in pieces:
        found.append(((*sizes[:dim], n, *sizes[dim + 1 :]), strides, offset + at * strides[dim]))
        at += n
    return found


@split_with_sizes.view
def _(sizes, strides, offset, split_sizes, dim):
    if not sizes:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    if any(n < 0 for n in split_sizes) or sum(split_sizes) != sizes[dim]:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {sizes[dim]} (input tensor's size at dimension {dim}), "
            f"but got split_sizes={list(split_sizes)}"
        )
    return _pieces(sizes, strides, offset, split_sizes, dim)


@split_with_sizes.put
def _(base, value, split_sizes, dim, i):
    start = sum(split_sizes[:i])
    return OPS["slice_scatter"](base, value, dim, start, start + split_sizes[i], 1)


@unbind.view
def _(sizes, strides, offset, dim):
    if not sizes:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    rest, steps = sizes[:dim] + sizes[dim + 1 :], strides[:dim] + strides[dim + 1 :]
    return [(rest, steps, offset + i * strides[dim]) for i in range(sizes[dim])]


@unbind.put
def _(base, value, dim, i):
    return OPS["select_scatter"](base, value, dim, i)


@unfold.view
def _(sizes, strides, offset, dimension, size, step):
    dimension = wrap_dim(dimension, len(sizes))
    n = sizes[dimension] if sizes else 1
    if size > n:
        raise RuntimeError(f"maximum size for tensor at dimension {dimension} is {n} but size is {size}")
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    if not sizes:
        return (size,), (1,), offset
    windows = (n - size) // step + 1
    return (
        (*sizes[:dimension], windows, *sizes[dimension + 1 :], size),
        (*strides[:dimension], strides[dimension] * step, *strides[dimension + 1 :], strides[dimension]),
        offset,
    )


@unfold.put
def _(base, value, dimension, size, step):
    made = base.clone()
    made.unfold(dimension, size, step).copy_(value)
    return made


@unsqueeze.view
def _(sizes, strides, offset, dim):
    step = sizes[dim] * strides[dim] if dim < len(sizes) else 1
    return (*sizes[:dim], 1, *sizes[dim:]), (*strides[:dim], step, *strides[dim:]), offset


@unsqueeze.put
def _(base, value, dim):
    return value.reshape(base.shape)


def _numel(sizes):
    n = 1
    for size in sizes:
        n *= size
    return n


@view.view
def _(sizes, strides, offset, size):
    wanted = infer_size(size, _numel(sizes))
    steps = view_strides(sizes, strides, wanted)
    if steps is None:
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
            "subspaces). Use .reshape(...) instead."
        )
    return wanted, steps, offset


@view.put
@squeeze.put
def _(base, value, *params):
    return value.reshape(base.shape)


@squeeze_dims.put
def _(base, value, dim):
    return value.reshape(base.shape)


@view_dtype.view
def _(sizes, strides, offset, dtype, **facts):
    return viewed_as(sizes, strides, offset, facts["dtype_of_self"], dtype)


def one_or_more(function, name, args, named):
    """The ints of a call that takes them one by one, in one sequence, or as `name=`. TypeError without any, or for another name."""
    if args and not named:
        return sizes_of(args)
    if name not in named:
        raise TypeError(f'{function}() missing 1 required positional arguments: "{name}"')
    if len(named) > 1:
        raise TypeError(f"{function}() got an unexpected keyword argument '{next(key for key in named if key != name)}'")
    return named[name]


def sizes_of(args):
    """`x.view(2, 3)`, `x.view((2, 3))`, `x.view(Size)`: the sizes either way."""
    if len(args) == 1 and isinstance(args[0], (tuple, list, Size)):
        return tuple(args[0])
    return args
