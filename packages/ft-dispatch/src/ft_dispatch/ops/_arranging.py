"""Joining, turning and repeating in the forms users call: plain Python over the MOVEMENT ops and views, imported by `movement`."""

from itertools import pairwise

from ft_core import Tensor, contiguous_format
from ft_core.keys import DTYPES
from ft_core.state import TL
from ft_core.tensor import wrap

from ..canonical import to_index, wrap_dim
from ..layouts import COO
from ..meta import common_dtype
from ..registry import OPS, binding
from .view import one_or_more


def _alike(tensors):
    """All tensors in the dtype they have in common, so that kernels see one."""
    kinds = {t._k & DTYPES for t in tensors}
    if len(kinds) == 1 and 0 not in kinds:  # 0: a tensor of a transform, whose dtype is its payload's
        return tensors
    kind = common_dtype(list(tensors))
    return [t if t.dtype is kind else t.to(kind) for t in tensors]


def _checked(name, tensors):
    if not isinstance(tensors, (tuple, list)):
        raise TypeError(f"{name}(): argument 'tensors' (position 1) must be tuple of Tensors, not {type(tensors).__name__}")
    for i, t in enumerate(tensors):
        if not isinstance(t, Tensor):
            raise TypeError(f"expected Tensor as element {i} in argument 0, but got {type(t).__name__}")
    return tensors


def _joining(name):
    """The quick form of cat or stack: the route of the op for such shapes, which is left once the careful form has been there."""

    def quick(careful):
        table = OPS[name].table

        def join(tensors, dim=0, *, axis=None, out=None):
            if axis is out is None and (tensors.__class__ is list or tensors.__class__ is tuple):
                try:
                    st = TL.st
                    k = st.bits
                    for t in tensors:
                        k |= t._k
                    leaf, dest, rec, _, memo = table[k]
                    key, at = memo[tuple([t._a.shape for t in tensors]), dim]
                    array = st.run(leaf, [t._a for t in tensors], at, out=dest)
                except (AttributeError, KeyError, TypeError, ValueError):
                    return careful(tensors, dim)
                made = wrap(array, key)
                return made if rec is None else rec(made, tuple(tensors), at)
            return careful(tensors, dim) if axis is out is None else careful(tensors, dim, axis=axis, out=out)

        return join

    return quick


@binding("cat", method=False, aliases="concat concatenate", quick=_joining("cat"))
def cat(tensors, dim=0, *, axis=None, out=None):
    """Tensors joined along a dimension; they promote to their common dtype. 1-dim tensors without elements are passed over."""
    tensors = _checked("cat", tensors)
    dim = dim if axis is None else axis
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    if any(
        tuple(t.shape) == (0,) for t in tensors
    ):  # these go last, where they change nothing: the first tensor says what dim means
        tensors = sorted(tensors, key=lambda t: tuple(t.shape) == (0,))
    return OPS["cat"].wrapper(_alike(tensors), dim, out=out)


@binding("stack", method=False, quick=_joining("stack"))
def stack(tensors, dim=0, *, axis=None, out=None):
    """Tensors of one shape joined along a new dimension."""
    tensors = _checked("stack", tensors)
    return OPS["stack"].wrapper(_alike(tensors) if tensors else tensors, dim if axis is None else axis, out=out)


def _raised(tensors, least):
    from .shaping import atleast_1d, atleast_2d, atleast_3d  # noqa: PLC0415  # shaping and movement are peers

    return (atleast_1d, atleast_2d, atleast_3d)[least - 1](tuple(tensors))


def _nonempty(name, tensors):
    tensors = _checked(name, tensors)
    if not tensors:
        raise RuntimeError(f"{name} expects a non-empty TensorList")
    return _checked(name, tensors)


@binding("hstack", method=False)
def hstack(tensors, *, out=None):
    """Joined along columns (along the only dimension where they are 1-dim)."""
    tensors = _raised(_nonempty("hstack", tensors), 1)
    return cat(tensors, 0 if tensors[0].ndim == 1 else 1, out=out)


@binding("vstack", method=False, aliases="row_stack")
def vstack(tensors, *, out=None):
    """Joined along rows."""
    return cat(_raised(_nonempty("vstack", tensors), 2), 0, out=out)


@binding("dstack", method=False)
def dstack(tensors, *, out=None):
    """Joined along depth."""
    return cat(_raised(_nonempty("dstack", tensors), 3), 2, out=out)


@binding("column_stack", method=False)
def column_stack(tensors, *, out=None):
    """Joined along columns, 1-dim tensors as columns."""
    tensors = _nonempty("column_stack", tensors)
    return cat([t.reshape(t.numel(), 1) if t.ndim <= 1 else t for t in tensors], 1, out=out)


@binding("flip")
def flip(input, *dims, **named):
    """Order of the elements reversed along dimensions."""
    return OPS["flip"].wrapper(input, one_or_more("flip", "dims", dims, named))


@binding("fliplr")
def fliplr(input):
    """Columns in reverse order."""
    if input.ndim < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return flip(input, 1)


@binding("flipud")
def flipud(input):
    """Rows in reverse order."""
    if input.ndim < 1:
        raise RuntimeError("Input must be >= 1-d.")
    return flip(input, 0)


@binding("rot90")
def rot90(input, k=1, dims=(0, 1)):
    """Turned by k quarter turns from the first of two dimensions towards the second."""
    dims = tuple([to_index(d) for d in dims])
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input.ndim < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input.ndim}")
    if dims[0] == dims[1] or abs(dims[0] - dims[1]) == input.ndim:
        raise RuntimeError(f"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}")
    for i, dim in enumerate(dims):
        if not -input.ndim <= dim < input.ndim:
            raise RuntimeError(f"Rotation dim{i} out of range, dim{i} = {dim}")
    return OPS["rot90"](input, k, dims)


@binding("repeat", function=False)
def repeat(self, *repeats, **named):
    """Copied a number of times along each dimension; further counts make new leading dimensions."""
    return OPS["repeat"].wrapper(self, one_or_more("repeat", "repeats", repeats, named))


@binding("tile")
def tile(input, *dims, **named):
    """Like repeat, but missing counts are 1."""
    counts = tuple(one_or_more("tile", "dims", dims, named))
    return OPS["repeat"].wrapper(input, (1,) * (input.ndim - len(counts)) + counts)


@binding("repeat_interleave")
def repeat_interleave(input, repeats=None, dim=None, *, output_size=None):
    """Each element a number of times in a row, the same for all or one count per element; flattened unless a dimension is given.

    With one tensor of counts: index i, input[i] times.
    """
    if repeats is None:
        return OPS["repeat_interleave.Tensor"].wrapper(input, output_size=output_size)
    x, at = (input.flatten(), 0) if dim is None else (input, wrap_dim(to_index(dim), input.ndim))
    if isinstance(repeats, (list, tuple)):
        repeats = OPS["empty.memory_format"]((0,)).new_tensor(repeats)
    if isinstance(repeats, Tensor) and (repeats.ndim == 0 or repeats.numel() == 1):
        repeats = repeats.reshape(()).item()
    if not isinstance(repeats, Tensor):
        if repeats < 0:
            raise RuntimeError("Repeats must be non-negative")
        x = x.reshape(1) if x.ndim == 0 else x
        shape = tuple(x.shape)
        wide = x.unsqueeze(at + 1).expand(*shape[: at + 1], repeats, *shape[at + 1 :])
        return wide.clone(memory_format=contiguous_format).flatten(at, at + 1)
    if repeats.numel() != x.shape[at]:
        raise RuntimeError(
            f"repeats must have the same size as input along dim, but got repeats.size(0) = {repeats.numel()} and "
            f"input.size({at}) = {x.shape[at]}"
        )
    return x.index_select(at, OPS["repeat_interleave.Tensor"].wrapper(repeats, output_size=output_size))


@binding("diag", out="exact")
def diag(input, diagonal=0):
    """A vector as diagonal of a matrix, or a copy of a matrix's diagonal."""
    if input.ndim not in (1, 2):
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input.ndim}D")
    if input.ndim == 1:
        return OPS["diag_embed"].wrapper(input, diagonal)
    return input.diagonal(diagonal).clone(memory_format=contiguous_format)


@binding("diagflat")
def diagflat(input, offset=0):
    """All elements, in order, as diagonal of a matrix."""
    return OPS["diag_embed"].wrapper(input.reshape(-1), offset)


@binding("block_diag", method=False)
def block_diag(*tensors):
    """Matrices along the diagonal of one, zeros elsewhere; vectors count as rows."""
    if not tensors:
        return OPS["empty.memory_format"]((1, 0))
    for i, t in enumerate(tensors):
        if t.ndim > 2:
            raise RuntimeError(
                f"torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {i} has {t.ndim} dimensions"
            )
    blocks = _alike([t.reshape(1, -1) if t.ndim < 2 else t for t in tensors])
    total, before, rows = sum(t.shape[1] for t in blocks), 0, []
    for t in blocks:
        after = total - before - t.shape[1]
        rows.append(OPS["constant_pad_nd"].wrapper(t, (before, after)))
        before += t.shape[1]
    return cat(rows, 0)


@binding("cartesian_prod", method=False)
def cartesian_prod(*tensors):
    """All combinations of one element of each 1-dim tensor, as rows."""
    from .shaping import meshgrid  # noqa: PLC0415  # shaping and movement are peers

    if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)):
        tensors = tuple(tensors[0])
    for t in tensors:
        if t.ndim != 1:
            raise RuntimeError(f"Expect a 1D vector, but got shape {list(t.shape)}")
    if len(tensors) == 1:
        return tensors[0]
    return stack([grid.flatten() for grid in meshgrid(*tensors, indexing="ij")], 1)


@binding("combinations", method=False)
def combinations(input, r=2, with_replacement=False):
    """All combinations of r elements of a 1-dim tensor in their order, as rows."""
    from .shaping import meshgrid  # noqa: PLC0415  # shaping and movement are peers

    if input.ndim != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input.shape)}")
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return OPS["empty.memory_format"]((0,), dtype=input.dtype, device=input.device)
    n = input.shape[0]
    grids = meshgrid(*[OPS["arange.start_step"](0, n, device=input.device)] * r, indexing="ij")
    chosen = OPS["full"]((n,) * r, True, device=input.device)
    for a, b in pairwise(grids):
        chosen = chosen & (a <= b if with_replacement else a < b)
    return stack([input.index_select(0, grid.masked_select(chosen)) for grid in grids], 1)


@binding("fill_diagonal_", function=False)
def fill_diagonal_(self, fill_value, wrap=False):
    """The main diagonal set to one number, in place; `wrap` starts it again below the square part of a tall matrix."""
    if self.ndim < 2:
        raise RuntimeError("dimensions must larger than 1")
    n = min(self.shape)
    if self.ndim > 2 and any(size != n for size in self.shape):
        raise RuntimeError("all dimensions of input must be of equal length")
    step = sum(self.stride())
    height, width = self.shape[0], self.shape[1]
    self.as_strided((n,), (step,), self.storage_offset()).fill_(fill_value)
    if wrap and self.ndim == 2 and height > width + 1:
        # the next diagonal begins one row below the last element of this one, as if rows were written on end
        at = width + 1
        while at < height:
            count = min(width, height - at)
            start = self.storage_offset() + at * self.stride(0)
            self.as_strided((count,), (step,), start).fill_(fill_value)
            at += width + 1
    return self


_COPIES = (
    "alias as_strided detach diagonal permute select slice split "
    "split_with_sizes squeeze t transpose unbind unfold unsqueeze "
    "view view_as_complex view_as_real"
)


def _copying(name):
    def copied(input, *args, **kwargs):
        from ..surface import METHODS, raw  # noqa: PLC0415  # the surface is assembled from this table

        function = METHODS.get(name) or getattr(raw, name)
        made = function(input, *args, **kwargs)
        if isinstance(made, (tuple, list)):
            return tuple([t.clone(memory_format=contiguous_format) for t in made])
        return made.clone(memory_format=contiguous_format)

    def copied_into(input, *args, out=None, **kwargs):
        made = copied(input, *args, **kwargs)
        if out is None:
            return made
        from ..outputs import leave_in  # noqa: PLC0415  # it imports the table, which imports this file

        if not isinstance(made, tuple):
            return leave_in(f"{name}_copy", out, made, False)
        if len(out) != len(made):
            raise RuntimeError(f"{name}_copy() expected an out= argument of size {len(made)}, got size {len(out)}")
        leave_in(f"{name}_copy", tuple(out), made, False)
        return None  # as torch: a list of destinations is filled, and nothing comes back

    copied_into.__name__ = copied_into.__qualname__ = f"{name}_copy"
    copied_into.__doc__ = f"Like `{name}`, with memory of its own. Source: torch.{name}_copy."
    return binding(f"{name}_copy", method=False)(copied_into)


@binding("narrow_copy", out="exact")
def narrow_copy(input, dim, start, length):
    """Like `narrow`, with memory of its own. Source: torch.narrow_copy."""
    if dim >= input.ndim:
        raise RuntimeError(f"narrow_copy: expected dim < {input.ndim}, the number of dimensions, but got {dim}")
    if input._k & COO:
        from ..layout_rules.coo import narrow_copy as narrow_coo  # noqa: PLC0415  # loaded with the first sparse tensor

        return narrow_coo(input.detach(), dim, start, length)
    return input.narrow(dim, start, length).clone(memory_format=contiguous_format)


for _name in _COPIES.split():
    _copying(_name)
