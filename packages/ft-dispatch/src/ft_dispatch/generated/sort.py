"""Wrappers of the `sort` family, generated from ft_dispatch/ops/sort.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__unique2 = OPS['_unique2']


def _unique2(input, sorted=True, return_inverse=False, return_counts=False):
    """Distinct elements.

    aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)
    """
    return call(__unique2, _unique2, (input, sorted, return_inverse, return_counts))


_argsort = OPS['argsort']


def argsort(input, dim=-1, descending=False):
    """Places in order.

    aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor
    """
    return call(_argsort, argsort, (input, dim, descending))


_argsort_stable = OPS['argsort.stable']


def argsort_stable(input, *, stable, dim=-1, descending=False):
    """Places in order, equal ones in theirs.

    aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor
    """
    return call(_argsort_stable, argsort_stable, (input, stable, dim, descending))


_bucketize_Tensor = OPS['bucketize.Tensor']
_bucketize_Tensor_table = _bucketize_Tensor.table


def bucketize_Tensor(input, boundaries, *, out_int32=False, right=False, out=None):
    """The bucket between sorted boundaries each value is in.

    aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | boundaries._k | st.bits
        leaf, dest, rec, dense, memo = _bucketize_Tensor_table[k]
        if out is not None:
            raise KeyError
        ok, out_int32, right, = memo[input._a.shape, boundaries._a.shape, out_int32, right]
        a = st.run(leaf, input._a, boundaries._a, out_int32, right, out=dest)
    except _MISS:
        return call(_bucketize_Tensor, bucketize_Tensor, (input, boundaries, out_int32, right), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, boundaries, out_int32, right)


_isin_Tensor_Tensor = OPS['isin.Tensor_Tensor']
_isin_Tensor_Tensor_table = _isin_Tensor_Tensor.table


def isin_Tensor_Tensor(elements, test_elements, *, assume_unique=False, invert=False):
    """Whether each element is one of the test elements.

    aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor
    """
    try:
        st = TL.st
        k = elements._k | test_elements._k | st.bits
        leaf, dest, rec, dense, memo = _isin_Tensor_Tensor_table[k]
        ok, assume_unique, invert, = memo[elements._a.shape, test_elements._a.shape, assume_unique, invert]
        a = st.run(leaf, elements._a, test_elements._a, assume_unique, invert, out=dest)
    except _MISS:
        return call(_isin_Tensor_Tensor, isin_Tensor_Tensor, (elements, test_elements, assume_unique, invert))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, elements, test_elements, assume_unique, invert)


_kthvalue = OPS['kthvalue']
_kthvalue_table = _kthvalue.table


def kthvalue(input, k, dim=-1, keepdim=False, *, out=None):
    """The k-th smallest and where it was.

    aten::kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _kthvalue_table[k]
        if out is not None:
            raise KeyError
        ok, k, dim, keepdim, = memo[input._a.shape, k, dim, keepdim]
        a = st.run(leaf, input._a, k, dim, keepdim, out=dest)
    except _MISS:
        return call(_kthvalue, kthvalue, (input, k, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, k, dim, keepdim)


_msort = OPS['msort']


def msort(input, *, out=None):
    """Sorted along the first dim.

    aten::msort(Tensor self) -> Tensor
    """
    return call(_msort, msort, (input,), out)


_searchsorted_Tensor = OPS['searchsorted.Tensor']
_searchsorted_Tensor_table = _searchsorted_Tensor.table


def searchsorted_Tensor(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None, out=None):
    """Places where values would go into sorted rows.

    aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor
    """
    try:
        st = TL.st
        k = sorted_sequence._k | input._k | st.bits
        a_sorter = None
        if sorter is not None:
            k |= sorter._k
            a_sorter = sorter._a
        leaf, dest, rec, dense, memo = _searchsorted_Tensor_table[k]
        if out is not None:
            raise KeyError
        ok, out_int32, right, side, = memo[sorted_sequence._a.shape, input._a.shape, None if a_sorter is None else a_sorter.shape, out_int32, right, side]
        a = st.run(leaf, sorted_sequence._a, input._a, out_int32, right, side, a_sorter, out=dest)
    except _MISS:
        return call(_searchsorted_Tensor, searchsorted_Tensor, (sorted_sequence, input, out_int32, right, side, sorter), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, sorted_sequence, input, out_int32, right, side, sorter)


_sort = OPS['sort']
_sort_table = _sort.table


def sort(input, dim=-1, descending=False, *, out=None):
    """Values in order and where they were.

    aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _sort_table[k]
        if out is not None:
            raise KeyError
        ok, dim, descending, = memo[input._a.shape, dim, descending]
        a = st.run(leaf, input._a, dim, descending, out=dest)
    except _MISS:
        return call(_sort, sort, (input, dim, descending), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, descending)


_sort_stable = OPS['sort.stable']
_sort_stable_table = _sort_stable.table


def sort_stable(input, *, stable, dim=-1, descending=False, out=None):
    """sort, equal elements in their order.

    aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _sort_stable_table[k]
        if out is not None:
            raise KeyError
        ok, stable, dim, descending, = memo[input._a.shape, stable, dim, descending]
        a = st.run(leaf, input._a, stable, dim, descending, out=dest)
    except _MISS:
        return call(_sort_stable, sort_stable, (input, stable, dim, descending), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, stable, dim, descending)


_topk = OPS['topk']
_topk_table = _topk.table


def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    """The k largest or smallest and where they were.

    aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _topk_table[k]
        if out is not None:
            raise KeyError
        ok, k, dim, largest, sorted, = memo[input._a.shape, k, dim, largest, sorted]
        a = st.run(leaf, input._a, k, dim, largest, sorted, out=dest)
    except _MISS:
        return call(_topk, topk, (input, k, dim, largest, sorted), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, k, dim, largest, sorted)


_unique_consecutive = OPS['unique_consecutive']


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """Runs of equal elements as one.

    aten::unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)
    """
    return call(_unique_consecutive, unique_consecutive, (input, return_inverse, return_counts, dim))


_unique_dim = OPS['unique_dim']


def unique_dim(input, dim, sorted=True, return_inverse=False, return_counts=False):
    """Distinct slices.

    aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)
    """
    return call(_unique_dim, unique_dim, (input, dim, sorted, return_inverse, return_counts))
