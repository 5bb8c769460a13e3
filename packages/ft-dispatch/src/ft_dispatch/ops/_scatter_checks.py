"""What torch says to indices and sources that do not fit. Used by the shape rules in `scatter`."""

from ft_core import int64

from .index import INDEX_DTYPES, sizes
from .reduction import scalar_type


def check_scatter(self, dim, index, src, name="scatter"):
    """Refuse an index or a source that scatter cannot use; `src` None where a number is written."""
    if index.numel() and index.dtype not in INDEX_DTYPES:
        raise RuntimeError(f"{name}(): Expected dtype int32/int64 for index")
    if src is not None and src.dtype is not self.dtype:
        raise RuntimeError(f"{name}(): Expected self.dtype to be equal to src.dtype")
    if not index.numel():
        return
    rank = max(self.ndim, 1)
    if max(index.ndim, 1) != rank:
        raise RuntimeError("Index tensor must have the same number of dimensions as self tensor")
    if src is not None and max(src.ndim, 1) != rank:
        raise RuntimeError("Index tensor must have the same number of dimensions as src tensor")
    shape, wanted = sizes(self), sizes(index)
    larger = any(d != dim and m > n for d, (n, m) in enumerate(zip(shape, wanted)))
    if src is None:
        if larger:
            raise RuntimeError(f"Expected index {list(wanted)} to be no larger than self {list(shape)} apart from dimension {dim}")
    elif larger or any(m > n for n, m in zip(sizes(src), wanted)):
        raise RuntimeError(
            f"Expected index {list(wanted)} to be no larger than self {list(shape)} apart from dimension {dim} "
            f"and to be no larger size than src {list(src.shape)}"
        )


def check_reduce(reduce):
    """Refuse a reduction the deprecated form of scatter does not have."""
    if reduce not in ("add", "multiply"):
        raise RuntimeError("reduce argument must be either add or multiply.")


def check_slices(name, self, dim, index, source):
    """Refuse an index that does not fit the slices of source, or slices that do not fit self."""
    if index.ndim > 1:
        raise IndexError(
            f"{name}_(): Index is supposed to be a vector, but got dim: {index.ndim} with type: {scalar_type(index.dtype)} "
            f"and size: {list(index.shape)}"
        )
    if index.dtype not in INDEX_DTYPES:
        raise RuntimeError(f"{name}_(): Expected dtype int32/int64 for index but got: {scalar_type(index.dtype)}")
    if self.dtype is not source.dtype:
        raise RuntimeError(
            f"{name}_(): self ({scalar_type(self.dtype)}) and source ({scalar_type(source.dtype)}) must have the same scalar type"
        )
    along = source.shape[dim] if source.ndim else 1
    if index.numel() != along:
        raise RuntimeError(
            f"{name}_(): Number of indices ({index.numel()}) should be equal to source.size(dim): ({along}), for dim: {dim}"
        )
    mine, theirs = list(sizes(self)), list(sizes(source))
    if mine and theirs and (len(mine) != len(theirs) or mine[:dim] + mine[dim + 1 :] != theirs[:dim] + theirs[dim + 1 :]):
        raise RuntimeError(
            "source tensor shape must match self tensor shape, excluding the specified dimension. Got "
            f"self.shape = {list(self.shape)} source.shape = {list(source.shape)}"
        )


def check_fill(index):
    """Refuse an index that is no vector of places."""
    if index.dtype is not int64:
        raise IndexError("index_fill_(): Expected dtype int64 for index.")
    if index.ndim > 1:
        raise IndexError("Index has to be a vector/scalar")
