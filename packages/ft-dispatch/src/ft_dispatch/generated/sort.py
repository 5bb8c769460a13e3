"""Wrappers of the `sort` family, generated from ft_dispatch/ops/sort.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__unique2 = OPS['_unique2']


def _unique2(input, sorted=True, return_inverse=False, return_counts=False):
    """Distinct elements.

    aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)
    """
    return call(op__unique2, _unique2, (input, sorted, return_inverse, return_counts))


op_argsort = OPS['argsort']


def argsort(input, dim=-1, descending=False):
    """Places in order.

    aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_argsort, argsort, (input, dim, descending))
    if keys & 4331608735776:
        return call(op_argsort, argsort, (input, dim, descending))
    return op_argsort.decomposition(*canonical(op_argsort, (input, dim, descending)))


op_argsort_stable = OPS['argsort.stable']


def argsort_stable(input, *, stable, dim=-1, descending=False):
    """Places in order, equal ones in theirs.

    aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_argsort_stable, argsort_stable, (input, stable, dim, descending))
    if keys & 4331608735776:
        return call(op_argsort_stable, argsort_stable, (input, stable, dim, descending))
    return op_argsort_stable.decomposition(*canonical(op_argsort_stable, (input, stable, dim, descending)))


op_bucketize_Tensor = OPS['bucketize.Tensor']
table_bucketize_Tensor = op_bucketize_Tensor.table


def bucketize_Tensor(input, boundaries, *, out_int32=False, right=False, out=None):
    """The bucket between sorted boundaries each value is in.

    aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | boundaries._k | st.bits
        dest, rec, dense, memo = table_bucketize_Tensor[keys]
        if out is not None:
            raise KeyError
        leaf, ok, out_int32, right, = memo[input._a.shape, boundaries._a.shape, out_int32, right]
        arr = st.run(leaf, input._a, boundaries._a, out_int32, right, out=dest)
    except _MISS:
        return call(op_bucketize_Tensor, bucketize_Tensor, (input, boundaries, out_int32, right), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, boundaries, out_int32, right)


op_isin_Tensor_Tensor = OPS['isin.Tensor_Tensor']
table_isin_Tensor_Tensor = op_isin_Tensor_Tensor.table


def isin_Tensor_Tensor(elements, test_elements, *, assume_unique=False, invert=False):
    """Whether each element is one of the test elements.

    aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor
    """
    try:
        st = TL.st
        keys = elements._k | test_elements._k | st.bits
        dest, rec, dense, memo = table_isin_Tensor_Tensor[keys]
        leaf, ok, assume_unique, invert, = memo[elements._a.shape, test_elements._a.shape, assume_unique, invert]
        arr = st.run(leaf, elements._a, test_elements._a, assume_unique, invert, out=dest)
    except _MISS:
        return call(op_isin_Tensor_Tensor, isin_Tensor_Tensor, (elements, test_elements, assume_unique, invert))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, elements, test_elements, assume_unique, invert)


op_kthvalue = OPS['kthvalue']
table_kthvalue = op_kthvalue.table


def kthvalue(input, k, dim=-1, keepdim=False, *, out=None):
    """The k-th smallest and where it was.

    aten::kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_kthvalue[keys]
        if out is not None:
            raise KeyError
        leaf, ok, k, dim, keepdim, = memo[input._a.shape, k, dim, keepdim]
        arr = st.run(leaf, input._a, k, dim, keepdim, out=dest)
    except _MISS:
        return call(op_kthvalue, kthvalue, (input, k, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, k, dim, keepdim)


op_msort = OPS['msort']


def msort(input, *, out=None):
    """Sorted along the first dim.

    aten::msort(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_msort, msort, (input,), out)
    if keys & 4331608735776:
        return call(op_msort, msort, (input,), out)
    if out is not None:
        return call(op_msort, msort, (input,), out)
    return op_msort.decomposition(*canonical(op_msort, (input,)))


op_searchsorted_Tensor = OPS['searchsorted.Tensor']
table_searchsorted_Tensor = op_searchsorted_Tensor.table


def searchsorted_Tensor(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None, out=None):
    """Places where values would go into sorted rows.

    aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor
    """
    try:
        st = TL.st
        keys = sorted_sequence._k | input._k | st.bits
        a_sorter = None
        if sorter is not None:
            keys |= sorter._k
            a_sorter = sorter._a
        dest, rec, dense, memo = table_searchsorted_Tensor[keys]
        if out is not None:
            raise KeyError
        leaf, ok, out_int32, right, side, = memo[sorted_sequence._a.shape, input._a.shape, None if a_sorter is None else a_sorter.shape, out_int32, right, side]
        arr = st.run(leaf, sorted_sequence._a, input._a, out_int32, right, side, a_sorter, out=dest)
    except _MISS:
        return call(op_searchsorted_Tensor, searchsorted_Tensor, (sorted_sequence, input, out_int32, right, side, sorter), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, sorted_sequence, input, out_int32, right, side, sorter)


op_sort = OPS['sort']
table_sort = op_sort.table


def sort(input, dim=-1, descending=False, *, out=None):
    """Values in order and where they were.

    aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_sort[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, descending, = memo[input._a.shape, dim, descending]
        arr = st.run(leaf, input._a, dim, descending, out=dest)
    except _MISS:
        return call(op_sort, sort, (input, dim, descending), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, descending)


op_sort_stable = OPS['sort.stable']
table_sort_stable = op_sort_stable.table


def sort_stable(input, *, stable, dim=-1, descending=False, out=None):
    """sort, equal elements in their order.

    aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_sort_stable[keys]
        if out is not None:
            raise KeyError
        leaf, ok, stable, dim, descending, = memo[input._a.shape, stable, dim, descending]
        arr = st.run(leaf, input._a, stable, dim, descending, out=dest)
    except _MISS:
        return call(op_sort_stable, sort_stable, (input, stable, dim, descending), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, stable, dim, descending)


op_topk = OPS['topk']
table_topk = op_topk.table


def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    """The k largest or smallest and where they were.

    aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_topk[keys]
        if out is not None:
            raise KeyError
        leaf, ok, k, dim, largest, sorted, = memo[input._a.shape, k, dim, largest, sorted]
        arr = st.run(leaf, input._a, k, dim, largest, sorted, out=dest)
    except _MISS:
        return call(op_topk, topk, (input, k, dim, largest, sorted), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, k, dim, largest, sorted)


op_unique_consecutive = OPS['unique_consecutive']


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """Runs of equal elements as one.

    aten::unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)
    """
    return call(op_unique_consecutive, unique_consecutive, (input, return_inverse, return_counts, dim))


op_unique_dim = OPS['unique_dim']


def unique_dim(input, dim, sorted=True, return_inverse=False, return_counts=False):
    """Distinct slices.

    aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)
    """
    return call(op_unique_dim, unique_dim, (input, dim, sorted, return_inverse, return_counts))
