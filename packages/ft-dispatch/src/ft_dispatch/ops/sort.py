"""Order: sort, topk, kthvalue, unique, places in sorted sequences, membership.

Sorts are stable and NaN is the largest number. Gradients go back to the places values came from, so values and indices leave one
op together.
"""

from ft_core import Tensor, int32, int64
from ft_core.dtype import bool_ as bool_dtype

from ..call import call
from ..canonical import to_index, wrap_dim
from ..kinds import COMPOSITE, INDEX, OPAQUE
from ..op import op
from ..registry import binding
from ..return_types import structure
from ..spelling import numpy_names
from ..views import owned
from .index import sizes
from .reduction import scalar_type

_PAIR = "(Tensor values, Tensor indices)"
sort_default = op(
    f"sort(Tensor self, int dim=-1, bool descending=False) -> {_PAIR}",
    "Values in order and where they were.",
    kind=OPAQUE,
    variants="",
    out=True,
)
sort_stable = op(
    f"sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> {_PAIR}",
    "sort, equal elements in their order.",
    kind=OPAQUE,
    variants="",
    out=True,
)
topk = op(
    f"topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> {_PAIR}",
    "The k largest or smallest and where they were.",
    kind=OPAQUE,
    variants="",
    out=True,
)
kthvalue = op(
    f"kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> {_PAIR}",
    "The k-th smallest and where it was.",
    kind=OPAQUE,
    variants="",
    out=True,
)
unique2 = op(
    "_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)",
    "Distinct elements.",
    kind=OPAQUE,
    variants="",
    data_dependent=True,
    differentiable=False,
)
unique_dim = op(
    "unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, "
    "Tensor, Tensor)",
    "Distinct slices.",
    kind=OPAQUE,
    variants="",
    data_dependent=True,
    differentiable=False,
)
unique_consecutive = op(
    "unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, "
    "Tensor)",
    "Runs of equal elements as one.",
    kind=OPAQUE,
    variants="",
    data_dependent=True,
    differentiable=False,
)
searchsorted = op(
    "searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, "
    "Tensor? sorter=None) -> Tensor",
    "Places where values would go into sorted rows.",
    kind=INDEX,
    variants="",
    out=True,
    differentiable=False,
)
bucketize = op(
    "bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
    "The bucket between sorted boundaries each value is in.",
    kind=INDEX,
    variants="",
    out=True,
    differentiable=False,
)
isin = op(
    "isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor",
    "Whether each element is one of the test elements.",
    kind=INDEX,
    variants="",
    differentiable=False,
)
argsort_default = op(
    "argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor", "Places in order.", kind=COMPOSITE, variants=""
)
argsort_stable = op(
    "argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
    "Places in order, equal ones in theirs.",
    kind=COMPOSITE,
    variants="",
)
msort = op("msort(Tensor self) -> Tensor", "Sorted along the first dim.", kind=COMPOSITE, out=True)


# -- shapes and checks -----------------------------------------------------------------------------------------------------


def _ordered(self):
    if self.dtype.is_complex:
        raise RuntimeError(" Sort does not support complex dtypes on CPU")


@sort_default.meta
def _(self, dim, descending):
    _ordered(self)
    return [(sizes(self), self.dtype), (sizes(self), int64)]


@sort_stable.meta
def _(self, stable, dim, descending):
    _ordered(self)
    return [(sizes(self), self.dtype), (sizes(self), int64)]


@topk.meta
def _(self, k, dim, largest, sorted):
    n = self.shape[dim] if self.ndim else 1
    if not 0 <= k <= n:
        raise RuntimeError("selected index k out of range")
    if self.dtype.is_complex:
        raise RuntimeError("topk(): Expected a real tensor, got " + scalar_type(self.dtype))
    if self.dtype.category == 0 and not self.is_cuda:
        raise RuntimeError("topk does not support bool dtypes on CPU")
    shape = tuple(k if d == dim else m for d, m in enumerate(sizes(self))) if self.ndim else (() if k == 1 else (k,))
    return [(shape, self.dtype), (shape, int64)]


@kthvalue.meta
def _(self, k, dim, keepdim):
    n = self.shape[dim] if self.ndim else 1
    if self.ndim and n == 0:
        raise IndexError(f"kthvalue(): Expected reduction dim {dim} to have non-zero size.")
    if not 1 <= k <= n:
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {dim}")
    shape = tuple(1 if d == dim else m for d, m in enumerate(sizes(self)) if keepdim or d != dim)
    return [(shape, self.dtype), (shape, int64)]


@unique2.meta
@unique_dim.meta
@unique_consecutive.meta
def _(self, *params):
    if self.dtype.is_complex:
        raise NotImplementedError(f"\"unique\" not implemented for '{scalar_type(self.dtype)}'")
    return [None, None, None]


def _places_dtype(out_int32):
    return int32 if out_int32 else int64


@searchsorted.meta
def _(sorted_sequence, self, out_int32, right, side, sorter):
    if side is not None and side not in ("left", "right"):
        raise RuntimeError(f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError("torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True")
    lines, values = sizes(sorted_sequence), sizes(self)
    if sorter is not None and sizes(sorter) != lines:
        raise RuntimeError(
            "torch.searchsorted(): boundary and sorter must have the same size, but got boundary tensor "
            f"{list(lines)}and got sorter tensor {list(sizes(sorter))}"
        )
    if len(lines) != 1 and (len(values) != len(lines) or values[:-1] != lines[:-1]):
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and "
            f"input value tensor must match, but we got boundaries tensor {list(lines)} and input value tensor {list(values)}"
        )
    return [(values, _places_dtype(out_int32))]


@bucketize.meta
def _(self, boundaries, out_int32, right):
    if boundaries.ndim != 1:
        raise RuntimeError(f"bucketize(): boundaries tensor must be 1 dimension, but got dim({boundaries.ndim})")
    return [(sizes(self), _places_dtype(out_int32))]


@isin.meta
def _(elements, test_elements, assume_unique, invert):
    return [(sizes(elements), bool_dtype)]


# -- decompositions ----------------------------------------------------------------------------------------------------------


@sort_default.decompose
def _(self, dim, descending):
    return sort_stable(self, stable=True, dim=dim, descending=descending)


@topk.decompose
def _(self, k, dim, largest, sorted):
    if self.ndim == 0:
        return self.clone(), self.new_zeros((), dtype=int64)
    values, places = sort_stable(self, stable=True, dim=dim, descending=largest)
    return values.narrow(dim, 0, k).clone(), places.narrow(dim, 0, k).clone()


@kthvalue.decompose
def _(self, k, dim, keepdim):
    if self.ndim == 0:
        return self.clone(), self.new_zeros((), dtype=int64)
    values, places = sort_stable(self, stable=True, dim=dim, descending=False)
    values, places = values.narrow(dim, k - 1, 1), places.narrow(dim, k - 1, 1)
    return (values.clone(), places.clone()) if keepdim else (values.squeeze(dim).clone(), places.squeeze(dim).clone())


@bucketize.decompose
def _(self, boundaries, out_int32, right):
    return searchsorted(boundaries, self, out_int32=out_int32, right=right)


@isin.decompose
def _(elements, test_elements, assume_unique, invert):
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)
    return found.logical_not() if invert else found


@argsort_default.decompose
def _(self, dim, descending):
    return sort_default.wrapper(self, dim, descending)[1]


@argsort_stable.decompose
def _(self, stable, dim, descending):
    return sort_stable.wrapper(self, stable=stable, dim=dim, descending=descending)[1]


@msort.decompose
def _(self):
    return sort_default.wrapper(self, 0, False)[0]


# -- what users type -----------------------------------------------------------------------------------------------------------

_SORT, _TOPK, _KTH = (structure(name, "values indices") for name in ("sort", "topk", "kthvalue"))


@binding("sort")
@numpy_names
def sort(input, dim=-1, descending=False, stable=None, *, out=None):
    """(values, indices) in ascending or descending order along `dim`; NaN counts as the largest."""
    if isinstance(dim, bool):
        dim, descending = -1, dim
    if stable is None:
        return _SORT(*sort_default.wrapper(input, dim, descending, out=out))
    return _SORT(*sort_stable.wrapper(input, stable=stable, dim=dim, descending=descending, out=out))


@binding("argsort")
@numpy_names
def argsort(input, dim=-1, descending=False, stable=False):
    """Indices that sort along `dim`."""
    if stable:
        return argsort_stable.wrapper(input, stable=True, dim=dim, descending=descending)
    return argsort_default.wrapper(input, dim, descending)


@binding("topk")
@numpy_names
def topk_binding(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    """(values, indices) of the k largest or smallest elements along `dim`, in order."""
    if out is None:
        return _TOPK(*topk.wrapper(input, k, dim, largest, sorted))
    return _TOPK(*call(topk, topk_binding, (input, k, dim, largest, sorted), out))


@binding("kthvalue")
@numpy_names
def kthvalue_binding(input, k, dim=-1, keepdim=False, *, out=None):
    """(values, indices) of the k-th smallest element along `dim`, counted from 1."""
    if out is None:
        return _KTH(*kthvalue.wrapper(input, k, dim, keepdim))
    return _KTH(*call(kthvalue, kthvalue_binding, (input, k, dim, keepdim), out))


def _asked(values, inverse, counts, return_inverse, return_counts):
    found = [values] + [inverse] * return_inverse + [counts] * return_counts
    return tuple(found) if len(found) > 1 else values


def _slices(input, dim, reduce):
    """`reduce` over the slices along `dim`, which it finds first: their values are rows in memory, as torch's."""
    dim = wrap_dim(to_index(dim), input.ndim)
    empty = [n for n in input.shape if n == 0]
    if len(empty) > 1:
        raise RuntimeError("Number of zero sized dimensions is more than one, so unique cannot be applied ")
    if empty and input.shape[dim]:
        raise RuntimeError("There are 0 sized dimensions, and they aren't selected, so unique cannot be applied")
    values, *rest = reduce(input.movedim(dim, 0) if dim else input)
    return (owned(values.movedim(0, dim)) if dim else values, *rest)


@binding("unique")
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """Distinct elements, or slices along `dim`; where asked also where each one went and how often it occurs."""
    if dim is None:
        found = unique2.wrapper(input, sorted, return_inverse, return_counts)
    else:
        found = _slices(input, dim, lambda x: unique_dim.wrapper(x, 0, sorted, return_inverse, return_counts))
    return _asked(*found, return_inverse, return_counts)


@binding("unique_consecutive")
def unique_consecutive_binding(input, return_inverse=False, return_counts=False, dim=None):
    """Runs of equal elements (or slices along `dim`) as one; where asked also which run each is in and how long runs are."""
    if dim is None:
        found = unique_consecutive.wrapper(input, return_inverse, return_counts, None)
    else:
        found = _slices(input, dim, lambda x: unique_consecutive.wrapper(x, return_inverse, return_counts, 0))
    return _asked(*found, return_inverse, return_counts)


@binding("searchsorted", method=False)
def searchsorted_binding(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None, out=None):
    """Where values (a tensor or a number) would go into the sorted last dim of sorted_sequence, before equals or after."""
    if not isinstance(input, Tensor):
        if sorted_sequence.ndim != 1:
            raise RuntimeError(
                "torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got "
                "boundaries "
                f"tensor dim({sorted_sequence.ndim}) and input value's dim(0) numel(1)"
            )
        input = sorted_sequence.new_full((), input)
    return searchsorted.wrapper(sorted_sequence, input, out_int32=out_int32, right=right, side=side, sorter=sorter, out=out)


@binding("bucketize", method=False)
def bucketize_binding(input, boundaries, *, out_int32=False, right=False, out=None):
    """The bucket between sorted boundaries that each value (a tensor or a number) falls into."""
    if not isinstance(input, Tensor):
        input = boundaries.new_full((), input)
    return bucketize.wrapper(input, boundaries, out_int32=out_int32, right=right, out=out)


@binding("isin", method=False, out="exact")
def isin_binding(elements, test_elements, *, assume_unique=False, invert=False):
    """Whether each element occurs among the test elements; one of the two may be a number."""
    if not isinstance(test_elements, Tensor):
        return elements != test_elements if invert else elements == test_elements
    if not isinstance(elements, Tensor):
        elements = test_elements.new_full((), elements)
    return isin.wrapper(elements, test_elements, assume_unique=assume_unique, invert=invert)
