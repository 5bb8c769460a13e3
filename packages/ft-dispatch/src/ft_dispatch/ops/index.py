"""Reading places named by data: advanced indexing, gather, nonzero, triangles, and the backwards of views.

`x[...]` is parsed in ft_dispatch/indexing.py and ends in the ops here. Bounds are data, so kernels check them; everything else
about the arguments is refused here, in torch's words. Writing is in `scatter`.
"""

from ft_core import Tensor, int32, int64, sparse_coo, uint8
from ft_core.dtype import bool_ as bool_dtype
from ft_core.layout import broadcast_shapes, column_major_strides

from ..kinds import COMPOSITE, INDEX, MOVEMENT, OPAQUE
from ..op import op
from ..registry import binding
from .reduction import scalar_type

index = op(
    "index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
    "Elements at places given by index tensors and masks.",
    kind=INDEX,
    variants="",
)
unsafe_index = op(
    "_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
    "index whose places are known to exist.",
    kind=INDEX,
    variants="",
)
index_select = op(
    "index_select(Tensor self, int dim, Tensor index) -> Tensor", "Slices along a dim, by a vector of places.", kind=INDEX, out=True
)
gather = op(
    "gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor",
    "Elements along a dim, each place its own.",
    kind=INDEX,
    out=True,
)
take = op("take(Tensor self, Tensor index) -> Tensor", "Elements by their offset in row-major order.", kind=INDEX, out=True)
nonzero = op(
    "nonzero(Tensor self) -> Tensor",
    "Places of the elements that are not zero, one per row.",
    kind=INDEX,
    variants="",
    out=True,
    data_dependent=True,
    differentiable=False,
)
nonzero_static = op(
    "nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor",
    "nonzero with a given number of rows.",
    kind=INDEX,
    out=True,
    differentiable=False,
)
tril = op(
    "tril(Tensor self, SymInt diagonal=0) -> Tensor", "Lower triangle of the last two dims.", kind=MOVEMENT, inplace=True, out=True
)
triu = op(
    "triu(Tensor self, SymInt diagonal=0) -> Tensor", "Upper triangle of the last two dims.", kind=MOVEMENT, inplace=True, out=True
)
_TRIANGLE = (
    "int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None"
)
slice_backward = op(
    "slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor",
    "Zeros with the cotangent in the slice.",
    kind=MOVEMENT,
    variants="",
    dims_of=0,
)
select_backward = op(
    "select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor",
    "Zeros with the cotangent at one place of a dim.",
    kind=MOVEMENT,
    variants="",
    dim_extra=1,
)
gather_backward = op(
    "gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor",
    "The cotangent added at the places gathered from.",
    kind=COMPOSITE,
    variants="",
)
index_select_backward = op(
    "index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor",
    "The cotangent's slices added at their places.",
    kind=COMPOSITE,
    variants="",
    dim_extra=0,
)
value_selecting_reduction_backward = op(
    "value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor",
    "The cotangent at the places a reduction chose.",
    kind=COMPOSITE,
    variants="",
    dim_extra=1,
)
take_along_dim = op(
    "take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor",
    "gather with broadcasting; without dim, of the flat input.",
    kind=COMPOSITE,
    out=True,
)
argwhere = op(
    "argwhere(Tensor self) -> Tensor",
    "Places of the elements that are not zero, one per row.",
    kind=OPAQUE,
    differentiable=False,
    data_dependent=True,
)

nonzero.lies(column_major_strides)  # one dim's places side by side, as torch's CPU kernel leaves them

INDEX_DTYPES = (int32, int64)


def is_mask(tensor):
    """Whether an index tensor is a mask (uint8 counts as one, as torch still allows)."""
    return tensor.dtype is bool_dtype or tensor.dtype is uint8


def sizes(tensor):
    """The shape as a tuple of ints."""
    return tuple(tensor.shape)  # not the payload's: inside vmap that has one dimension more


def indexed_shape(x, indices):
    """Shape of x[indices], None where a mask decides it. IndexError in torch's words."""
    if len(indices) == 1 and indices[0].dtype is int64 and x.ndim:
        return sizes(indices[0]) + sizes(x)[1:]
    at, blocks, masked = 0, [], False
    for position in indices:
        if position is None:
            blocks.append(None)
            at += 1
            continue
        if not is_mask(position) and position.dtype not in INDEX_DTYPES:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        masked = masked or is_mask(position)
        blocks.append(sizes(position))
        at += position.ndim if is_mask(position) else 1
    if at > max(x.ndim, 1 if masked else 0):
        raise IndexError(f"too many indices for tensor of dimension {x.ndim} (got {at})")
    if masked:
        return None
    given = [b for b in blocks if b is not None]
    try:
        common = broadcast_shapes(*given)
    except RuntimeError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes " + ", ".join(str(list(b)) for b in given)
        ) from None
    shape = sizes(x)
    places = [i for i, b in enumerate(blocks) if b is not None]
    rest = [n for i, n in enumerate(shape) if i not in places]
    together = places == list(range(places[0], places[0] + len(places)))
    front = places[0] if together else 0
    return (*rest[:front], *common, *rest[front:])


@index.meta
@unsafe_index.meta
def _(self, indices):
    if not any(i is not None for i in indices):
        raise RuntimeError("index: expected at least one index tensor; got none")
    shape = indexed_shape(self, indices)
    return [None if shape is None else (shape, self.dtype)]


@index_select.meta
def _(self, dim, index):
    if index.ndim > 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    if index.dtype not in INDEX_DTYPES:
        raise RuntimeError("index_select(): Expected dtype int32 or int64 for index")
    shape = list(sizes(self))
    if shape:
        shape[dim] = index.numel()
    elif index.numel() != 1:
        raise RuntimeError(f"index_select(): Index to scalar can have only 1 value, got {index.numel()} value(s)")
    return [(tuple(shape), self.dtype)]


@gather.meta
def _(self, dim, index, sparse_grad):
    if index.numel() and index.dtype not in INDEX_DTYPES:
        raise RuntimeError("gather(): Expected dtype int32/int64 for index")
    shape, wanted = sizes(self), sizes(index)
    if index.numel() == 0:
        return [(wanted, self.dtype)]
    if max(len(shape), 1) != max(len(wanted), 1):
        raise RuntimeError("Index tensor must have the same number of dimensions as input tensor")
    for d, (n, m) in enumerate(zip(shape, wanted)):
        if d != dim and m > n:
            raise RuntimeError(
                f"Size does not match at dimension {d} expected index {list(wanted)} to be no larger than self {list(shape)} "
                f"apart from dimension {dim}"
            )
    return [(wanted, self.dtype)]


@take.meta
def _(self, index):
    if index.dtype is not int64:
        raise RuntimeError(f"take(): Expected a long tensor for index, but got {scalar_type(index.dtype)}")
    return [(sizes(index), self.dtype)]


@nonzero_static.meta
def _(self, size, fill_value):
    if size < 0:
        raise RuntimeError("nonzero_static: 'size' must be an non-negative integer")
    return [((size, self.ndim), int64)]


def _triangle_meta(name):
    def meta(self, diagonal):
        if self.ndim < 2:
            raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")
        return [(sizes(self), self.dtype)]

    return meta


tril.meta(_triangle_meta("tril"))
triu.meta(_triangle_meta("triu"))


@slice_backward.meta
@select_backward.meta
def _(grad_output, input_sizes, *params):
    return [(input_sizes, grad_output.dtype)]


# -- decompositions ----------------------------------------------------------------------------------------------------------


@unsafe_index.decompose
def _(self, indices):
    return index(self, indices)


@index_select.decompose
def _(self, dim, index_):
    if self.ndim == 0:
        return self.clone()
    return index(self, [None] * dim + [index_.reshape(-1)])


@take.decompose
def _(self, index_):
    return index(self.reshape(-1), [index_])


def _grid(self):
    rows, columns = self.shape[-2:]
    steps = self.new_ones((max(rows, columns),), dtype=int64).cumsum(0)
    return steps[:columns] - steps[:rows].unsqueeze(1)


@tril.decompose
def _(self, diagonal):
    return self.masked_fill(_grid(self) > diagonal, 0)


@triu.decompose
def _(self, diagonal):
    return self.masked_fill(_grid(self) < diagonal, 0)


@slice_backward.decompose
def _(grad_output, input_sizes, dim, start, end, step):
    made = grad_output.new_zeros(input_sizes)
    made[(slice(None),) * dim + (slice(start, end, step),)].copy_(grad_output)
    return made


@select_backward.decompose
def _(grad_output, input_sizes, dim, place):
    made = grad_output.new_zeros(input_sizes)
    made.select(dim, place).copy_(grad_output)
    return made


def _gathered_from(grad, self, dim, index_):
    """The cotangent at the places gathered from, as a COO tensor."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file
    from .sparse import coo_tensor, coordinates  # noqa: PLC0415  # it loads after this file

    places = index_.reshape((1, -1)).to(int64)
    if self.ndim > 1:
        every = coordinates(surface.arange(index_.numel(), device=grad.device), sizes(index_))
        places = surface.cat([every[:dim], places, every[dim + 1 :]])
    return coo_tensor.wrapper(places.shape[0], 0, sizes(self), places, grad.reshape(-1), layout=sparse_coo)


@gather_backward.decompose
def _(grad, self, dim, index_, sparse_grad):
    if sparse_grad:
        return _gathered_from(grad, self, dim, index_)
    return grad.new_zeros(sizes(self)).scatter_add(dim, index_, grad)


@index_select_backward.decompose
def _(grad, self_sizes, dim, index_):
    return grad.new_zeros(self_sizes).index_add(dim, index_, grad)


@value_selecting_reduction_backward.decompose
def _(grad, dim, indices, sizes_, keepdim):
    if not keepdim and sizes_:
        grad, indices = grad.unsqueeze(dim), indices.unsqueeze(dim)
    return grad.new_zeros(sizes_).scatter(dim, indices, grad)


@take_along_dim.decompose
def _(self, indices, dim):
    if indices.dtype is not int64:
        raise RuntimeError("torch.take_along_dim(): dtype of indices should be Long but got " + scalar_type(indices.dtype))
    if dim is None:
        return self.reshape(-1).gather(0, _wrapped(indices.reshape(-1), self.numel()))
    if self.ndim != indices.ndim:
        raise RuntimeError(
            "torch.take_along_dim(): input and indices should have the same number of dimensions, but got "
            f"{self.ndim} dimensions for input, and {indices.ndim} dimensions for indices"
        )
    lead = broadcast_shapes(_without(sizes(self), dim), _without(sizes(indices), dim))
    x = self.expand((*lead[:dim], self.shape[dim], *lead[dim + 1 :]))
    return x.gather(dim, _wrapped(indices, self.shape[dim]).expand((*lead[:dim], indices.shape[dim], *lead[dim + 1 :])))


def _wrapped(indices, n):
    """Negative indices counted from the end."""
    return (indices < 0) * n + indices


def _without(shape, dim):
    return (*shape[:dim], 1, *shape[dim + 1 :])


@argwhere.decompose
def _(self):
    return nonzero.wrapper(self)


# -- what users type -----------------------------------------------------------------------------------------------------------


@binding("nonzero")
def nonzero_binding(input, *, out=None, as_tuple=False):
    """Places of the elements that are not zero: (count, ndim) int64, or a tuple of vectors, one per dim."""
    if out is not None and as_tuple:
        if not isinstance(out, Tensor):
            raise TypeError(f"nonzero(): argument 'out' must be Tensor, not {type(out).__name__}")
        raise RuntimeError("nonzero does not support the out kwarg when as_tuple is True")
    if not as_tuple:
        return nonzero.wrapper(input, out=out)
    found = nonzero.wrapper(input.unsqueeze(0) if input.ndim == 0 else input)
    if found.numel() == 0:
        return tuple([found.new_empty((0,)) for _ in range(found.shape[1])])
    return tuple(found.t().contiguous().unbind(0))


def _triangle_places(upper):
    def places(row, col, offset=0, *, dtype=int64, device=None, layout=None, pin_memory=None):
        from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

        if device is not None and torch.device(device).type == "meta":
            # places of each row before the diagonal ends
            before = [min(max(r + offset + (not upper), 0), col) for r in range(row)]
            count = row * col - sum(before) if upper else sum(before)
            return torch.empty((2, count), dtype=dtype, device=device)
        rows = torch.arange(row, device=device)
        # the first column of a row's part, or the one behind its last
        edge = (rows + (offset if upper else offset + 1)).clamp(0, col)
        lengths = col - edge if upper else edge
        starts = (edge if upper else 0) - (lengths.cumsum(0) - lengths)
        line, start = (values.repeat_interleave(lengths) for values in (rows, starts))
        return torch.stack((line, torch.arange(line.shape[0], device=device) + start)).to(dtype)

    return places


_lower, _upper = _triangle_places(False), _triangle_places(True)


@binding("tril_indices", method=False)
def tril_indices(row, col, offset=0, *, dtype=int64, device=None, layout=None, pin_memory=None):
    """(2, count): places of the lower triangle of a row x col matrix, row by row."""
    return _lower(row, col, offset, dtype=dtype, device=device)


@binding("triu_indices", method=False)
def triu_indices(row, col, offset=0, *, dtype=int64, device=None, layout=None, pin_memory=None):
    """(2, count): places of the upper triangle of a row x col matrix, row by row."""
    return _upper(row, col, offset, dtype=dtype, device=device)


@binding("one_hot", method=False, python="nn.functional.one_hot")
def one_hot(tensor, num_classes=-1):
    """A new last dim with 1 at the class, 0 elsewhere; num_classes -1 counts from the data. Needs int64; RuntimeError as
    torch's.
    """
    if tensor.dtype is not int64:
        raise RuntimeError(f"one_hot is only applicable to index tensor of type LongTensor. Got {scalar_type(tensor.dtype)}")
    if tensor.numel() == 0:
        if num_classes <= 0:
            raise RuntimeError("Can not infer total number of classes from empty tensor.")
        return tensor.new_zeros((*sizes(tensor), num_classes))
    if tensor.is_meta and num_classes > 0:
        return tensor.new_zeros((*sizes(tensor), num_classes))
    if int(tensor.min()) < 0:
        raise RuntimeError("Class values must be non-negative.")
    largest = int(tensor.max())
    if num_classes == -1:
        num_classes = largest + 1
    elif num_classes < 1:
        raise RuntimeError("num_classes should be positive")
    elif largest >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    return tensor.new_zeros((*sizes(tensor), num_classes)).scatter(-1, tensor.unsqueeze(-1), 1)


from . import _flat_places  # noqa: E402, F401  # its bindings
