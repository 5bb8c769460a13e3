"""Views written through, functionally: a copy of the input with src in a slice, at a place, on a diagonal, at given strides."""

from ..kinds import MOVEMENT
from ..op import op
from .index import sizes

slice_scatter = op(
    "slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor",
    "input with src in a slice.",
    kind=MOVEMENT,
    out=True,
)
select_scatter = op(
    "select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor",
    "input with src at one place of a dim.",
    kind=MOVEMENT,
)
diagonal_scatter = op(
    "diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor",
    "input with src on a diagonal.",
    kind=MOVEMENT,
)
as_strided_scatter = op(
    "as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor",
    "input with src at given strides.",
    kind=MOVEMENT,
)


@slice_scatter.meta
@select_scatter.meta
@diagonal_scatter.meta
@as_strided_scatter.meta
def _(self, src, *params):
    return [(sizes(self), self.dtype)]


def _written(self, view_of, src):
    """A copy of self whose view holds src; RuntimeError where the shapes differ."""
    made = self.clone()
    part = view_of(made)
    if sizes(part) != sizes(src):
        raise RuntimeError(
            f"expected src to have a size equal to the slice of self. src size = {list(src.shape)}, slice size = {list(part.shape)}"
        )
    part.copy_(src)
    return made


@slice_scatter.decompose
def _(self, src, dim, start, end, step):
    place = (slice(None),) * dim + (slice(start, end, step),)
    return _written(self, lambda made: made[place], src)


@select_scatter.decompose
def _(self, src, dim, index):
    return _written(self, lambda made: made.select(dim, index), src)


@diagonal_scatter.decompose
def _(self, src, offset, dim1, dim2):
    return _written(self, lambda made: made.diagonal(offset, dim1, dim2), src)


@as_strided_scatter.decompose
def _(self, src, size, stride, storage_offset):
    return _written(self, lambda made: made.as_strided(size, stride, storage_offset), src)
