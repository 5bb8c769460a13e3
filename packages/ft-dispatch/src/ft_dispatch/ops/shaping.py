"""Shapes as users ask for them: reshape, flatten, split, movedim and the forms in which torch's methods take sizes.

Everything here is plain Python over the VIEW ops; reshape alone may copy, where no strides would do. Copies into new
arrangements (cat, flip, repeat) are in `movement`.
"""

from itertools import pairwise

from ft_core import Size, Tensor, contiguous_format, notices
from ft_core import dtype as dtype_class
from ft_core.dtype import of_python
from ft_core.keys import IRREG
from ft_core.shapes import broadcast_shapes, infer_size, view_strides

from ..canonical import to_index, wrap_dim
from ..dtype_view import view_as_dtype
from ..kinds import COMPOSITE
from ..op import op
from ..registry import binding
from ..routes import UNROUTED
from ..views import MULTI, owned
from .view import (
    _numel,
    expand,
    one_or_more,
    permute,
    sizes_of,
    slice_,
    split,
    split_with_sizes,
    squeeze,
    squeeze_dims,
    unbind,
    view,
)

_ODD = UNROUTED | IRREG  # keys of tensors whose strides say more than their shape, or on which something interposes

reshape = op(
    "reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)",
    "Another shape, copied only where strides demand it.",
    kind=COMPOSITE,
    variants="function",
)


@reshape.decompose
def _(self, shape):
    if not self._k & _ODD:
        return view.wrapper(self, shape)  # elements in order have every other shape as a view
    sizes = tuple(self.shape)
    wanted = infer_size(shape, _numel(sizes))
    if view_strides(sizes, self.stride(), wanted) is not None:
        return view.wrapper(self, wanted)
    return view.wrapper(self.clone(memory_format=contiguous_format), wanted)


@binding("view", function=False, shown_by=(view,))
def view_method(self, *shape, dtype=None, size=None):
    """Another shape, or another dtype of the same bytes, over the same memory."""
    if dtype is None and size is None and shape and shape[0].__class__ is int:
        return view.wrapper(self, shape)
    kind = dtype if dtype is not None else shape[0] if shape and isinstance(shape[0], (dtype_class, type)) else None
    if kind is not None:
        return view_as_dtype(self, of_python(kind, "view") if kind.__class__ is type else kind)
    if size is None:
        size = sizes_of(shape)
        if not shape or any(isinstance(n, float) for n in size):
            got = ", ".join(type(n).__name__ for n in shape)
            raise TypeError(
                f"view() received an invalid combination of arguments - got ({got}), but expected one of:\n * (torch.dtype dtype)\n"
                " * (tuple of ints size)\n"
            )
    return view.wrapper(self, size)


@binding("reshape", function=False, shown_by=(reshape,))
def reshape_method(self, *shape, **kwargs):
    """Another shape; a view where strides allow it, else a copy."""
    if shape and not kwargs and not self._k & _ODD:
        return view.wrapper(self, sizes_of(shape))
    return reshape.wrapper(self, one_or_more("reshape", "shape", shape, kwargs))


@binding("permute", function=False, shown_by=(permute,))
def permute_method(self, *dims, **kwargs):
    """Dimensions in another order."""
    return permute.wrapper(self, one_or_more("permute", "dims", dims, kwargs))


@binding("expand", function=False, shown_by=(expand,))
def expand_method(self, *sizes, **kwargs):
    """Dimensions of size 1 repeated; -1 keeps a size."""
    return expand.wrapper(self, one_or_more("expand", "size", sizes, kwargs))


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
    if start_dim == 0 and end_dim == -1 and not input._k & _ODD and len(input._a.shape) > 1:
        return view.wrapper(input, (-1,))
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
    at = wrap_dim(to_index(dim), input.ndim)
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    sizes = infer_size(tuple(sizes), input.shape[at])
    return view.wrapper(input, (*input.shape[:at], *sizes, *input.shape[at + 1 :]))


@binding("ravel")
def ravel(input):
    """One dimension, its elements side by side; a view where they are."""
    return input.contiguous().reshape(-1)


@binding("narrow")
def narrow(input, dim, start, length):
    """`length` elements of a dimension from `start` on."""
    if input.ndim == 0:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    if isinstance(start, Tensor) and (start.ndim or start.dtype.category != 1):
        raise RuntimeError("start must be an 0-dim integral Tensor.")
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
def split_binding(tensor, split_size_or_sections=None, dim=0, *, split_size=None):
    """Pieces of one size (the last may be smaller), or of the given sizes. `split_size` is what torch's method calls them."""
    if split_size_or_sections is None:
        if split_size is None:
            raise TypeError("split() missing 1 required positional argument: 'split_size_or_sections'")
        split_size_or_sections = split_size
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


@binding("adjoint")
def adjoint(input):
    """Last two dimensions exchanged, and conjugated where complex."""
    turned = input.transpose(-2, -1)
    return turned.conj() if input.is_complex() else turned


@binding("unbind")
def unbind_binding(input, dim=0):
    """All slices along one dimension, as a tuple of views."""
    return tuple(unbind.wrapper(input, dim))


@binding("split_with_sizes")
def split_with_sizes_binding(input, split_sizes, dim=0):
    """Views of the given sizes along one dimension."""
    return tuple(split_with_sizes.wrapper(input, split_sizes, dim))


@binding("unsafe_split")
def unsafe_split(tensor, split_size, dim=0):
    """`split` whose pieces may be written to; here a write reaches the whole as through any view."""
    return tuple(_writable(split.wrapper(tensor, split_size, dim)))


@binding("unsafe_split_with_sizes")
def unsafe_split_with_sizes(input, split_sizes, dim=0):
    """`split_with_sizes` whose pieces may be written to."""
    return tuple(_writable(split_with_sizes.wrapper(input, split_sizes, dim)))


@binding("unsafe_chunk")
def unsafe_chunk(input, chunks, dim=0):
    """`chunk` whose pieces may be written to."""
    return tuple(_writable(chunk(input, chunks, dim)))


def _writable(pieces):
    for piece in pieces:
        if piece._creation == MULTI:
            piece._creation = 0
    return [owned(piece) for piece in pieces]


@binding("tensor_split")
def tensor_split(input, indices_or_sections, dim=0):
    """`sections` pieces whose sizes differ by one at most, or the pieces between given indices."""
    if input.ndim == 0:
        raise RuntimeError("tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
    at = wrap_dim(to_index(dim), input.ndim)
    if hasattr(indices_or_sections, "tolist"):
        if indices_or_sections.ndim > 1 or indices_or_sections.dtype.name != "int64":
            raise RuntimeError(
                "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor of type long, "
                f"but got a tensor with {indices_or_sections.ndim} dims"
            )
        indices_or_sections = indices_or_sections.tolist()
    n = input.shape[at]
    if isinstance(indices_or_sections, (list, tuple)):
        bounds = [0, *[to_index(i) for i in indices_or_sections], n]
    else:
        count = to_index(indices_or_sections)
        if count <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {count}")
        size, longer = divmod(n, count)
        bounds = [i * size + min(i, longer) for i in range(count + 1)]
    return tuple([slice_.wrapper(input, at, a, b, 1) for a, b in pairwise(bounds)])


def _axis_split(name, least, dim):
    def split_along(input, indices_or_sections):
        if input.ndim < least:
            raise RuntimeError(
                f"torch.{name} requires a tensor with at least {least} dimension{'s' * (least > 1)}, "
                f"but got a tensor with {input.ndim} dimensions!"
            )
        at = 0 if name == "hsplit" and input.ndim == 1 else dim
        sections = indices_or_sections
        if isinstance(sections, int) and (sections <= 0 or input.shape[at] % sections):
            raise RuntimeError(
                f"torch.{name} attempted to split along dimension {at}, but the size of the dimension {input.shape[at]} is not "
                f"divisible by the split_size {sections}!"
            )
        return tensor_split(input, indices_or_sections, at)

    split_along.__name__ = split_along.__qualname__ = name
    split_along.__doc__ = f"`tensor_split` along dimension {dim}; a number of sections must divide its size. Source: torch.{name}."
    return binding(name)(split_along)


hsplit, vsplit, dsplit = _axis_split("hsplit", 1, 1), _axis_split("vsplit", 2, 0), _axis_split("dsplit", 3, 2)


@binding("broadcast_to")
def broadcast_to(input, size):
    """Expanded to a shape it broadcasts to."""
    return expand.wrapper(input, size)


@binding("broadcast_tensors", method=False)
def broadcast_tensors(*tensors):
    """All tensors expanded to the shape they broadcast to together, as a tuple."""
    tensors = _several(tensors)
    shape = broadcast_shapes(*[tuple(t.shape) for t in tensors])
    return tuple([expand.wrapper(t, shape) for t in tensors])


@binding("broadcast_shapes", method=False)
def broadcast_shapes_binding(*shapes):
    """The shape that all of `shapes` (sizes or ints) broadcast to."""
    return Size(broadcast_shapes(*[(s,) if isinstance(s, int) else tuple(s) for s in shapes]))


def _several(tensors):
    """`f(a, b)` and `f((a, b))`: the tensors either way."""
    return tuple(tensors[0]) if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)) else tensors


def _at_least(rank, raise_one):
    def atleast(*tensors):
        if len(tensors) == 1 and not isinstance(tensors[0], (tuple, list)):
            return raise_one(tensors[0])
        return tuple([raise_one(t) for t in _several(tensors)])

    atleast.__name__ = atleast.__qualname__ = f"atleast_{rank}d"
    atleast.__doc__ = f"A view of each tensor with at least {rank} dimension{'s' * (rank > 1)}. Source: torch.atleast_{rank}d."
    return binding(f"atleast_{rank}d", method=False)(atleast)


def _one(x):
    return x.reshape(1) if x.ndim == 0 else x


def _two(x):
    return x.reshape(1, 1) if x.ndim == 0 else x.unsqueeze(0) if x.ndim == 1 else x


def _three(x):
    if x.ndim == 0:
        return x.reshape(1, 1, 1)
    return x.unsqueeze(0).unsqueeze(-1) if x.ndim == 1 else x.unsqueeze(-1) if x.ndim == 2 else x


atleast_1d, atleast_2d, atleast_3d = _at_least(1, _one), _at_least(2, _two), _at_least(3, _three)


@binding("meshgrid", method=False)
def meshgrid(*tensors, indexing=None):
    """Coordinate grids of 0- or 1-dim tensors, as views.

    `indexing`: "ij" (the default) or "xy", which exchanges the first two dimensions.
    """
    tensors = _several(tensors)
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    for t in tensors:
        if t.ndim > 1:
            raise RuntimeError(f"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {t.ndim}")
        if t.dtype is not tensors[0].dtype:
            raise RuntimeError("torch.meshgrid expects all tensors to have the same dtype")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}')
    if indexing is None:
        notices.once("torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument.")
    swap = indexing == "xy" and len(tensors) > 1
    rows = [tensors[1], tensors[0], *tensors[2:]] if swap else list(tensors)
    shape = [t.numel() for t in rows]
    grids = [t.reshape([1] * i + [-1] + [1] * (len(rows) - i - 1)).expand(shape) for i, t in enumerate(rows)]
    return (grids[1], grids[0], *grids[2:]) if swap else tuple(grids)
