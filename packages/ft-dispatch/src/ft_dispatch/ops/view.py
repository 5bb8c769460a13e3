"""VIEW ops: the same memory with other sizes, strides or offset. Each states one map and, where writing through it is possible, its inverse write.

Maps count in elements. `put` is what functionalisation, CopySlices and backends without aliasing use; it is written with other ops. The
composites at the end (reshape, flatten, chunk, …) decide between view and copy as torch does.
"""

from ft_core import Size
from ft_core.shapes import expand_strides, infer_size, view_strides

from ..canonical import to_index
from ..kinds import COMPOSITE, VIEW
from ..op import op
from ..registry import binding

alias = op("alias(Tensor(a) self) -> Tensor(a)", "The same elements.", kind=VIEW, variants="")
as_strided = op("as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)",
                "Any sizes, strides and offset over the storage.", kind=VIEW)
diagonal = op("diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)",
              "Diagonal of two dimensions, moved last.", kind=VIEW)
expand = op("expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)",
            "Dimensions of size 1 repeated without a copy.", kind=VIEW, variants="")
permute = op("permute(Tensor(a) self, int[] dims) -> Tensor(a)", "Dimensions in another order.", kind=VIEW, variants="function")
select = op("select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)", "One slice, its dimension dropped.", kind=VIEW)
slice_ = op("slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)",
            "Part of one dimension.", kind=VIEW, variants="")
squeeze = op("squeeze(Tensor(a) self) -> Tensor(a)", "All dimensions of size 1 dropped.", kind=VIEW, variants="")
squeeze_dims = op("squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)", "Dimensions of size 1 among `dim` dropped.", kind=VIEW, variants="")
t = op("t(Tensor(a) self) -> Tensor(a)", "Transpose of a matrix.", kind=VIEW)
transpose = op("transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", "Two dimensions exchanged.",
               kind=VIEW, aliases="swapaxes swapdims")
split = op("split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]", "Pieces of one size.", kind=VIEW, variants="")
split_with_sizes = op("split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]",
                      "Pieces of given sizes.", kind=VIEW)
unbind = op("unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]", "All slices along one dimension.", kind=VIEW)
unfold = op("unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)",
            "All windows of `size` along a dimension, as a new last dimension.", kind=VIEW, variants="method")
unsqueeze = op("unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", "A dimension of size 1 put in.", kind=VIEW, dim_extra=1)
view = op("view(Tensor(a) self, SymInt[] size) -> Tensor(a)", "Another shape of the same elements, without a copy.", kind=VIEW, variants="")
reshape = op("reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)", "Another shape, copied only where strides demand it.",
             kind=COMPOSITE, variants="function")


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
    made = base.clone()
    made.as_strided(size, stride, storage_offset).copy_(value)
    return made


@diagonal.view
def _(sizes, strides, offset, shift, dim1, dim2):
    if dim1 == dim2:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    n = min(sizes[dim1], sizes[dim2] - shift) if shift >= 0 else min(sizes[dim1] + shift, sizes[dim2])
    n = max(n, 0)
    if n:
        offset += shift * strides[dim2] if shift >= 0 else -shift * strides[dim1]
    keep = [i for i in range(len(sizes)) if i not in (dim1, dim2)]
    return (*[sizes[i] for i in keep], n), (*[strides[i] for i in keep], strides[dim1] + strides[dim2]), offset


@expand.view
def _(sizes, strides, offset, size, implicit):
    return (*expand_strides(sizes, strides, size), offset)


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


@unbind.view
def _(sizes, strides, offset, dim):
    if not sizes:
        raise RuntimeError("Dimension specified as 0 but tensor has no dimensions")
    rest, steps = sizes[:dim] + sizes[dim + 1 :], strides[:dim] + strides[dim + 1 :]
    return [(rest, steps, offset + i * strides[dim]) for i in range(sizes[dim])]


@unfold.view
def _(sizes, strides, offset, dimension, size, step):
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


@reshape.decompose
def _(self, shape):
    sizes = tuple(self.shape)
    wanted = infer_size(shape, _numel(sizes))
    if view_strides(sizes, self.stride(), wanted) is not None:
        return view.wrapper(self, wanted)
    return _unsafe_view(self.clone(memory_format=None, contiguous=True), wanted)


def _unsafe_view(x, shape):
    return view.wrapper(x, shape)


def sizes_of(args):
    """`x.view(2, 3)`, `x.view((2, 3))`, `x.view(Size)`: the sizes either way."""
    if len(args) == 1 and isinstance(args[0], (tuple, list, Size)):
        return tuple(args[0])
    return args


@binding("view", function=False)
def view_method(self, *shape, dtype=None, size=None):
    """Another shape, or another dtype of the same bytes, over the same memory."""
    from ft_core import dtype as dtype_class  # noqa: PLC0415

    kind = dtype if dtype is not None else shape[0] if shape and isinstance(shape[0], dtype_class) else None
    if kind is not None:
        from ..dtype_view import view_dtype  # noqa: PLC0415

        return view_dtype(self, kind)
    return view.wrapper(self, sizes_of(shape) if size is None else size)


@binding("reshape", function=False)
def reshape_method(self, *shape, **kwargs):
    """Another shape; a view where strides allow it, else a copy."""
    return reshape.wrapper(self, kwargs.get("shape", sizes_of(shape)))


@binding("permute", function=False)
def permute_method(self, *dims, **kwargs):
    """Dimensions in another order."""
    return permute.wrapper(self, kwargs.get("dims", sizes_of(dims)))


@binding("expand", function=False)
def expand_method(self, *sizes, **kwargs):
    """Dimensions of size 1 repeated; -1 keeps a size."""
    return expand.wrapper(self, kwargs.get("size", sizes_of(sizes)))


@binding("expand_as", function=False)
def expand_as(self, other):
    """Expanded to the shape of `other`."""
    return expand.wrapper(self, other.shape)


@binding("view_as", function=False)
def view_as(self, other):
    """Viewed in the shape of `other`."""
    return view.wrapper(self, other.shape)


@binding("reshape_as", function=False)
def reshape_as(self, other):
    """Reshaped to the shape of `other`."""
    return reshape.wrapper(self, other.shape)


@binding("squeeze")
def squeeze_binding(input, dim=None):
    """Dimensions of size 1 dropped: all, one, or several."""
    if dim is None:
        return squeeze.wrapper(input)
    return squeeze_dims.wrapper(input, dim if isinstance(dim, (tuple, list)) else (dim,))


@binding("flatten")
def flatten(input, start_dim=0, end_dim=-1):
    """Dimensions from start_dim to end_dim joined into one."""
    from ..canonical import wrap_dim  # noqa: PLC0415

    rank = input.ndim
    start, end = wrap_dim(to_index(start_dim), rank), wrap_dim(to_index(end_dim), rank)
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if rank == 0:
        return input.reshape(1)
    if start == end:
        return input
    shape = tuple(input.shape)
    return input.reshape((*shape[:start], _numel(shape[start : end + 1]), *shape[end + 1 :]))


@binding("unflatten")
def unflatten(input, dim, sizes):
    """One dimension split into `sizes`, of which one may be -1."""
    from ..canonical import wrap_dim  # noqa: PLC0415

    at = wrap_dim(to_index(dim), input.ndim)
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    sizes = infer_size(tuple(sizes), input.shape[at])
    return view.wrapper(input, (*input.shape[:at], *sizes, *input.shape[at + 1 :]))


@binding("ravel")
def ravel(input):
    """One dimension; a view where possible."""
    return input.reshape(-1)


@binding("narrow")
def narrow(input, dim, start, length):
    """`length` elements of a dimension from `start` on."""
    from ..canonical import wrap_dim  # noqa: PLC0415

    if input.ndim == 0:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    at, start, length = wrap_dim(to_index(dim), input.ndim), to_index(start), to_index(length)
    n = input.shape[at]
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    if not -n <= start <= n:
        raise IndexError(f"start out of range (expected to be in range of [{-n}, {n}], but got {start})")
    start += n if start < 0 else 0
    if start + length > n:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({n}).")
    return slice_.wrapper(input, at, start, start + length, 1)


@binding("split")
def split_binding(tensor, split_size_or_sections, dim=0):
    """Pieces of one size (the last may be smaller), or of the given sizes."""
    if isinstance(split_size_or_sections, (list, tuple)):
        return tuple(split_with_sizes.wrapper(tensor, split_size_or_sections, dim))
    return tuple(split.wrapper(tensor, split_size_or_sections, dim))


@binding("chunk")
def chunk(input, chunks, dim=0):
    """At most `chunks` pieces of equal size (the last may be smaller)."""
    if input.ndim == 0:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    n = input.shape[dim]
    size = (n + chunks - 1) // chunks
    if size == 0 and n == 0:
        return tuple(split_with_sizes.wrapper(input, [0] * chunks, dim))
    return tuple(split.wrapper(input, size, dim))


@binding("movedim", aliases="moveaxis")
def movedim(input, source, destination):
    """Dimensions moved from `source` to `destination`, the others in their order."""
    from ..canonical import wrap_dim  # noqa: PLC0415

    rank = input.ndim
    sources = [wrap_dim(to_index(d), rank) for d in (source if isinstance(source, (tuple, list)) else (source,))]
    targets = [wrap_dim(to_index(d), rank) for d in (destination if isinstance(destination, (tuple, list)) else (destination,))]
    if len(sources) != len(targets):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({sources} dims) should contain the same number of dims as "
            f"destination ({targets} dims)"
        )
    for name, dims in (("source", sources), ("destination", targets)):
        if len(set(dims)) != len(dims):
            raise RuntimeError(f"movedim: repeated dim in `{name}` ({dims})")
    order = [-1] * rank
    for s, d in zip(sources, targets, strict=True):
        order[d] = s
    rest = iter([i for i in range(rank) if i not in sources])
    return permute.wrapper(input, [next(rest) if o == -1 else o for o in order])


def _transposed(self):
    """All dimensions reversed (`x.T`)."""
    return permute.wrapper(self, tuple(range(self.ndim - 1, -1, -1)))


@binding("adjoint")
def adjoint(input):
    """Last two dimensions exchanged, and conjugated where complex."""
    turned = input.transpose(-2, -1)
    return turned.conj() if input.is_complex() else turned


