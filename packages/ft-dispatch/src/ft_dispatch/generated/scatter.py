"""Wrappers of the `scatter` family, generated from ft_dispatch/ops/scatter.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__unsafe_index_put = OPS['_unsafe_index_put']


def _unsafe_index_put(input, indices, values, accumulate=False):
    """index_put whose places are known to exist.

    aten::_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor
    """
    return call(__unsafe_index_put, _unsafe_index_put, (input, indices, values, accumulate))


_index_add = OPS['index_add']
_index_add_table = _index_add.table


def index_add(input, dim, index, source, *, alpha=1, out=None):
    """Slices of source added to the slices named.

    aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | source._k | st.bits
        leaf, dest, rec, dense, memo = _index_add_table[k]
        if out is not None:
            raise KeyError
        ok, dim, alpha, = memo[input._a.shape, index._a.shape, source._a.shape, dim, alpha]
        a = st.run(leaf, input._a, dim, index._a, source._a, alpha, out=dest)
    except _MISS:
        return call(_index_add, index_add, (input, dim, index, source, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, source, alpha)


def index_add_(input, dim, index, source, *, alpha=1):
    """In-place form of `index_add`."""
    return call_inplace(_index_add, index_add_, (input, dim, index, source, alpha))


_index_copy = OPS['index_copy']
_index_copy_table = _index_copy.table


def index_copy(input, dim, index, source, *, out=None):
    """Slices of source in place of the slices named.

    aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | source._k | st.bits
        leaf, dest, rec, dense, memo = _index_copy_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, index._a.shape, source._a.shape, dim]
        a = st.run(leaf, input._a, dim, index._a, source._a, out=dest)
    except _MISS:
        return call(_index_copy, index_copy, (input, dim, index, source), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, source)


def index_copy_(input, dim, index, source):
    """In-place form of `index_copy`."""
    return call_inplace(_index_copy, index_copy_, (input, dim, index, source))


_index_fill_int_Scalar = OPS['index_fill.int_Scalar']
_index_fill_int_Scalar_table = _index_fill_int_Scalar.table


def index_fill_int_Scalar(input, dim, index, value):
    """One number in the slices named.

    aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _index_fill_int_Scalar_table[k]
        ok, dim, value, = memo[input._a.shape, index._a.shape, dim, value]
        a = st.run(leaf, input._a, dim, index._a, value, out=dest)
    except _MISS:
        return call(_index_fill_int_Scalar, index_fill_int_Scalar, (input, dim, index, value))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, value)


def index_fill_int_Scalar_(input, dim, index, value):
    """In-place form of `index_fill_int_Scalar`."""
    return call_inplace(_index_fill_int_Scalar, index_fill_int_Scalar_, (input, dim, index, value))


_index_fill_int_Tensor = OPS['index_fill.int_Tensor']
_index_fill_int_Tensor_table = _index_fill_int_Tensor.table


def index_fill_int_Tensor(input, dim, index, value):
    """A 0-dim tensor's number in the slices named.

    aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | value._k | st.bits
        leaf, dest, rec, dense, memo = _index_fill_int_Tensor_table[k]
        ok, dim, = memo[input._a.shape, index._a.shape, value._a.shape, dim]
        a = st.run(leaf, input._a, dim, index._a, value._a, out=dest)
    except _MISS:
        return call(_index_fill_int_Tensor, index_fill_int_Tensor, (input, dim, index, value))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, value)


def index_fill_int_Tensor_(input, dim, index, value):
    """In-place form of `index_fill_int_Tensor`."""
    return call_inplace(_index_fill_int_Tensor, index_fill_int_Tensor_, (input, dim, index, value))


_index_put = OPS['index_put']


def index_put(input, indices, values, accumulate=False):
    """input with elements at given places replaced, or added to.

    aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor
    """
    return call(_index_put, index_put, (input, indices, values, accumulate))


def index_put_(input, indices, values, accumulate=False):
    """In-place form of `index_put`."""
    return call_inplace(_index_put, index_put_, (input, indices, values, accumulate))


_index_reduce = OPS['index_reduce']
_index_reduce_table = _index_reduce.table


def index_reduce(input, dim, index, source, reduce, *, include_self=True, out=None):
    """Slices of source reduced into the slices named: prod, mean, amax or amin.

    aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | source._k | st.bits
        leaf, dest, rec, dense, memo = _index_reduce_table[k]
        if out is not None:
            raise KeyError
        ok, dim, reduce, include_self, = memo[input._a.shape, index._a.shape, source._a.shape, dim, reduce, include_self]
        a = st.run(leaf, input._a, dim, index._a, source._a, reduce, include_self, out=dest)
    except _MISS:
        return call(_index_reduce, index_reduce, (input, dim, index, source, reduce, include_self), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, source, reduce, include_self)


def index_reduce_(input, dim, index, source, reduce, *, include_self=True):
    """In-place form of `index_reduce`."""
    return call_inplace(_index_reduce, index_reduce_, (input, dim, index, source, reduce, include_self))


_put = OPS['put']
_put_table = _put.table


def put(input, index, source, accumulate=False):
    """Elements of source at offsets in row-major order.

    aten::put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | source._k | st.bits
        leaf, dest, rec, dense, memo = _put_table[k]
        ok, accumulate, = memo[input._a.shape, index._a.shape, source._a.shape, accumulate]
        a = st.run(leaf, input._a, index._a, source._a, accumulate, out=dest)
    except _MISS:
        return call(_put, put, (input, index, source, accumulate))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, index, source, accumulate)


def put_(input, index, source, accumulate=False):
    """In-place form of `put`."""
    return call_inplace(_put, put_, (input, index, source, accumulate))


_scatter_reduce = OPS['scatter.reduce']
_scatter_reduce_table = _scatter_reduce.table


def scatter_reduce(input, dim, index, src, *, reduce, out=None):
    """scatter that adds or multiplies.

    aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_reduce_table[k]
        if out is not None:
            raise KeyError
        ok, dim, reduce, = memo[input._a.shape, index._a.shape, src._a.shape, dim, reduce]
        a = st.run(leaf, input._a, dim, index._a, src._a, reduce, out=dest)
    except _MISS:
        return call(_scatter_reduce, scatter_reduce, (input, dim, index, src, reduce), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, src, reduce)


def scatter_reduce_(input, dim, index, src, *, reduce):
    """In-place form of `scatter_reduce`."""
    return call_inplace(_scatter_reduce, scatter_reduce_, (input, dim, index, src, reduce))


_scatter_src = OPS['scatter.src']
_scatter_src_table = _scatter_src.table


def scatter_src(input, dim, index, src, *, out=None):
    """Elements of src written along a dim, each to its own place.

    aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_src_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, index._a.shape, src._a.shape, dim]
        a = st.run(leaf, input._a, dim, index._a, src._a, out=dest)
    except _MISS:
        return call(_scatter_src, scatter_src, (input, dim, index, src), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, src)


def scatter_src_(input, dim, index, src):
    """In-place form of `scatter_src`."""
    return call_inplace(_scatter_src, scatter_src_, (input, dim, index, src))


_scatter_value = OPS['scatter.value']
_scatter_value_table = _scatter_value.table


def scatter_value(input, dim, index, value, *, out=None):
    """One number written along a dim.

    aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_value_table[k]
        if out is not None:
            raise KeyError
        ok, dim, value, = memo[input._a.shape, index._a.shape, dim, value]
        a = st.run(leaf, input._a, dim, index._a, value, out=dest)
    except _MISS:
        return call(_scatter_value, scatter_value, (input, dim, index, value), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, value)


def scatter_value_(input, dim, index, value):
    """In-place form of `scatter_value`."""
    return call_inplace(_scatter_value, scatter_value_, (input, dim, index, value))


_scatter_value_reduce = OPS['scatter.value_reduce']
_scatter_value_reduce_table = _scatter_value_reduce.table


def scatter_value_reduce(input, dim, index, value, *, reduce, out=None):
    """scatter of one number that adds or multiplies.

    aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_value_reduce_table[k]
        if out is not None:
            raise KeyError
        ok, dim, value, reduce, = memo[input._a.shape, index._a.shape, dim, value, reduce]
        a = st.run(leaf, input._a, dim, index._a, value, reduce, out=dest)
    except _MISS:
        return call(_scatter_value_reduce, scatter_value_reduce, (input, dim, index, value, reduce), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, value, reduce)


def scatter_value_reduce_(input, dim, index, value, *, reduce):
    """In-place form of `scatter_value_reduce`."""
    return call_inplace(_scatter_value_reduce, scatter_value_reduce_, (input, dim, index, value, reduce))


_scatter_add = OPS['scatter_add']
_scatter_add_table = _scatter_add.table


def scatter_add(input, dim, index, src, *, out=None):
    """Elements of src added along a dim, each at its own place.

    aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_add_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, index._a.shape, src._a.shape, dim]
        a = st.run(leaf, input._a, dim, index._a, src._a, out=dest)
    except _MISS:
        return call(_scatter_add, scatter_add, (input, dim, index, src), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, src)


def scatter_add_(input, dim, index, src):
    """In-place form of `scatter_add`."""
    return call_inplace(_scatter_add, scatter_add_, (input, dim, index, src))


_scatter_reduce_two = OPS['scatter_reduce.two']
_scatter_reduce_two_table = _scatter_reduce_two.table


def scatter_reduce_two(input, dim, index, src, reduce, *, include_self=True, out=None):
    """Elements of src reduced into their places: sum, prod, mean, amax or amin.

    aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _scatter_reduce_two_table[k]
        if out is not None:
            raise KeyError
        ok, dim, reduce, include_self, = memo[input._a.shape, index._a.shape, src._a.shape, dim, reduce, include_self]
        a = st.run(leaf, input._a, dim, index._a, src._a, reduce, include_self, out=dest)
    except _MISS:
        return call(_scatter_reduce_two, scatter_reduce_two, (input, dim, index, src, reduce, include_self), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, src, reduce, include_self)


def scatter_reduce_two_(input, dim, index, src, reduce, *, include_self=True):
    """In-place form of `scatter_reduce_two`."""
    return call_inplace(_scatter_reduce_two, scatter_reduce_two_, (input, dim, index, src, reduce, include_self))
