"""Wrappers of the `scatter` family, generated from ft_dispatch/ops/scatter.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__unsafe_index_put = OPS['_unsafe_index_put']


def _unsafe_index_put(input, indices, values, accumulate=False):
    """index_put whose places are known to exist.

    aten::_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor
    """
    return call(op__unsafe_index_put, _unsafe_index_put, (input, indices, values, accumulate))


op_index_add = OPS['index_add']
table_index_add = op_index_add.table


def index_add(input, dim, index, source, *, alpha=1, out=None):
    """Slices of source added to the slices named.

    aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | source._k | st.bits
        dest, rec, dense, memo = table_index_add[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, alpha, = memo[input._a.shape, index._a.shape, source._a.shape, dim, alpha]
        arr = st.run(leaf, input._a, dim, index._a, source._a, alpha, out=dest)
    except _MISS:
        return call(op_index_add, index_add, (input, dim, index, source, alpha), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, source, alpha)


def index_add_(input, dim, index, source, *, alpha=1):
    """In-place form of `index_add`."""
    return call_inplace(op_index_add, index_add_, (input, dim, index, source, alpha))


op_index_copy = OPS['index_copy']
table_index_copy = op_index_copy.table


def index_copy(input, dim, index, source, *, out=None):
    """Slices of source in place of the slices named.

    aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | source._k | st.bits
        dest, rec, dense, memo = table_index_copy[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, index._a.shape, source._a.shape, dim]
        arr = st.run(leaf, input._a, dim, index._a, source._a, out=dest)
    except _MISS:
        return call(op_index_copy, index_copy, (input, dim, index, source), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, source)


def index_copy_(input, dim, index, source):
    """In-place form of `index_copy`."""
    return call_inplace(op_index_copy, index_copy_, (input, dim, index, source))


op_index_fill_int_Scalar = OPS['index_fill.int_Scalar']
table_index_fill_int_Scalar = op_index_fill_int_Scalar.table


def index_fill_int_Scalar(input, dim, index, value):
    """One number in the slices named.

    aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_index_fill_int_Scalar[keys]
        leaf, ok, dim, value, = memo[input._a.shape, index._a.shape, dim, value]
        arr = st.run(leaf, input._a, dim, index._a, value, out=dest)
    except _MISS:
        return call(op_index_fill_int_Scalar, index_fill_int_Scalar, (input, dim, index, value))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, value)


def index_fill_int_Scalar_(input, dim, index, value):
    """In-place form of `index_fill_int_Scalar`."""
    return call_inplace(op_index_fill_int_Scalar, index_fill_int_Scalar_, (input, dim, index, value))


op_index_fill_int_Tensor = OPS['index_fill.int_Tensor']
table_index_fill_int_Tensor = op_index_fill_int_Tensor.table


def index_fill_int_Tensor(input, dim, index, value):
    """A 0-dim tensor's number in the slices named.

    aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | value._k | st.bits
        dest, rec, dense, memo = table_index_fill_int_Tensor[keys]
        leaf, ok, dim, = memo[input._a.shape, index._a.shape, value._a.shape, dim]
        arr = st.run(leaf, input._a, dim, index._a, value._a, out=dest)
    except _MISS:
        return call(op_index_fill_int_Tensor, index_fill_int_Tensor, (input, dim, index, value))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, value)


def index_fill_int_Tensor_(input, dim, index, value):
    """In-place form of `index_fill_int_Tensor`."""
    return call_inplace(op_index_fill_int_Tensor, index_fill_int_Tensor_, (input, dim, index, value))


op_index_put = OPS['index_put']


def index_put(input, indices, values, accumulate=False):
    """input with elements at given places replaced, or added to.

    aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor
    """
    return call(op_index_put, index_put, (input, indices, values, accumulate))


def index_put_(input, indices, values, accumulate=False):
    """In-place form of `index_put`."""
    return call_inplace(op_index_put, index_put_, (input, indices, values, accumulate))


op_index_reduce = OPS['index_reduce']
table_index_reduce = op_index_reduce.table


def index_reduce(input, dim, index, source, reduce, *, include_self=True, out=None):
    """Slices of source reduced into the slices named: prod, mean, amax or amin.

    aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | source._k | st.bits
        dest, rec, dense, memo = table_index_reduce[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, reduce, include_self, = memo[input._a.shape, index._a.shape, source._a.shape, dim, reduce, include_self]
        arr = st.run(leaf, input._a, dim, index._a, source._a, reduce, include_self, out=dest)
    except _MISS:
        return call(op_index_reduce, index_reduce, (input, dim, index, source, reduce, include_self), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, source, reduce, include_self)


def index_reduce_(input, dim, index, source, reduce, *, include_self=True):
    """In-place form of `index_reduce`."""
    return call_inplace(op_index_reduce, index_reduce_, (input, dim, index, source, reduce, include_self))


op_put = OPS['put']
table_put = op_put.table


def put(input, index, source, accumulate=False):
    """Elements of source at offsets in row-major order.

    aten::put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | source._k | st.bits
        dest, rec, dense, memo = table_put[keys]
        leaf, ok, accumulate, = memo[input._a.shape, index._a.shape, source._a.shape, accumulate]
        arr = st.run(leaf, input._a, index._a, source._a, accumulate, out=dest)
    except _MISS:
        return call(op_put, put, (input, index, source, accumulate))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, index, source, accumulate)


def put_(input, index, source, accumulate=False):
    """In-place form of `put`."""
    return call_inplace(op_put, put_, (input, index, source, accumulate))


op_scatter_reduce = OPS['scatter.reduce']
table_scatter_reduce = op_scatter_reduce.table


def scatter_reduce(input, dim, index, src, *, reduce, out=None):
    """scatter that adds or multiplies.

    aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | src._k | st.bits
        dest, rec, dense, memo = table_scatter_reduce[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, reduce, = memo[input._a.shape, index._a.shape, src._a.shape, dim, reduce]
        arr = st.run(leaf, input._a, dim, index._a, src._a, reduce, out=dest)
    except _MISS:
        return call(op_scatter_reduce, scatter_reduce, (input, dim, index, src, reduce), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, src, reduce)


def scatter_reduce_(input, dim, index, src, *, reduce):
    """In-place form of `scatter_reduce`."""
    return call_inplace(op_scatter_reduce, scatter_reduce_, (input, dim, index, src, reduce))


op_scatter_src = OPS['scatter.src']
table_scatter_src = op_scatter_src.table


def scatter_src(input, dim, index, src, *, out=None):
    """Elements of src written along a dim, each to its own place.

    aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | src._k | st.bits
        dest, rec, dense, memo = table_scatter_src[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, index._a.shape, src._a.shape, dim]
        arr = st.run(leaf, input._a, dim, index._a, src._a, out=dest)
    except _MISS:
        return call(op_scatter_src, scatter_src, (input, dim, index, src), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, src)


def scatter_src_(input, dim, index, src):
    """In-place form of `scatter_src`."""
    return call_inplace(op_scatter_src, scatter_src_, (input, dim, index, src))


op_scatter_value = OPS['scatter.value']
table_scatter_value = op_scatter_value.table


def scatter_value(input, dim, index, value, *, out=None):
    """One number written along a dim.

    aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_scatter_value[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, value, = memo[input._a.shape, index._a.shape, dim, value]
        arr = st.run(leaf, input._a, dim, index._a, value, out=dest)
    except _MISS:
        return call(op_scatter_value, scatter_value, (input, dim, index, value), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, value)


def scatter_value_(input, dim, index, value):
    """In-place form of `scatter_value`."""
    return call_inplace(op_scatter_value, scatter_value_, (input, dim, index, value))


op_scatter_value_reduce = OPS['scatter.value_reduce']
table_scatter_value_reduce = op_scatter_value_reduce.table


def scatter_value_reduce(input, dim, index, value, *, reduce, out=None):
    """scatter of one number that adds or multiplies.

    aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_scatter_value_reduce[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, value, reduce, = memo[input._a.shape, index._a.shape, dim, value, reduce]
        arr = st.run(leaf, input._a, dim, index._a, value, reduce, out=dest)
    except _MISS:
        return call(op_scatter_value_reduce, scatter_value_reduce, (input, dim, index, value, reduce), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, value, reduce)


def scatter_value_reduce_(input, dim, index, value, *, reduce):
    """In-place form of `scatter_value_reduce`."""
    return call_inplace(op_scatter_value_reduce, scatter_value_reduce_, (input, dim, index, value, reduce))


op_scatter_add = OPS['scatter_add']
table_scatter_add = op_scatter_add.table


def scatter_add(input, dim, index, src, *, out=None):
    """Elements of src added along a dim, each at its own place.

    aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | src._k | st.bits
        dest, rec, dense, memo = table_scatter_add[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, index._a.shape, src._a.shape, dim]
        arr = st.run(leaf, input._a, dim, index._a, src._a, out=dest)
    except _MISS:
        return call(op_scatter_add, scatter_add, (input, dim, index, src), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, src)


def scatter_add_(input, dim, index, src):
    """In-place form of `scatter_add`."""
    return call_inplace(op_scatter_add, scatter_add_, (input, dim, index, src))


op_scatter_reduce_two = OPS['scatter_reduce.two']
table_scatter_reduce_two = op_scatter_reduce_two.table


def scatter_reduce_two(input, dim, index, src, reduce, *, include_self=True, out=None):
    """Elements of src reduced into their places: sum, prod, mean, amax or amin.

    aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | src._k | st.bits
        dest, rec, dense, memo = table_scatter_reduce_two[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, reduce, include_self, = memo[input._a.shape, index._a.shape, src._a.shape, dim, reduce, include_self]
        arr = st.run(leaf, input._a, dim, index._a, src._a, reduce, include_self, out=dest)
    except _MISS:
        return call(op_scatter_reduce_two, scatter_reduce_two, (input, dim, index, src, reduce, include_self), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, src, reduce, include_self)


def scatter_reduce_two_(input, dim, index, src, reduce, *, include_self=True):
    """In-place form of `scatter_reduce_two`."""
    return call_inplace(op_scatter_reduce_two, scatter_reduce_two_, (input, dim, index, src, reduce, include_self))
