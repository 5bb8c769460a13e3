"""Wrappers of the `cast` family, generated from ft_dispatch/ops/cast.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__to_copy = OPS['_to_copy']
table__to_copy = op__to_copy.table


def _to_copy(input, *, dtype=None, layout=None, device=None, pin_memory=None, non_blocking=False, memory_format=None):
    """A copy in another dtype, device or memory format.

    aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__to_copy[keys]
        leaf, ok, dtype, layout, device, pin_memory, non_blocking, memory_format, = memo[input._a.shape, dtype, layout, device, pin_memory, non_blocking, memory_format]
        arr = st.run(leaf, input._a, dtype, layout, device, pin_memory, non_blocking, memory_format, out=dest)
    except _MISS:
        return call(op__to_copy, _to_copy, (input, dtype, layout, device, pin_memory, non_blocking, memory_format))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dtype, layout, device, pin_memory, non_blocking, memory_format)


op_clone = OPS['clone']
table_clone = op_clone.table


def clone(input, *, memory_format=None):
    """A copy in memory of its own.

    aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_clone[input._k | st.bits]
        if memory_format is None:
            arr = st.run(leaf, input._a, out=dest)
        else:
            arr = st.run(whole, input._a, memory_format, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, memory_format)
    return call(op_clone, clone, (input, memory_format))


op_expand_copy = OPS['expand_copy']
table_expand_copy = op_expand_copy.table


def expand_copy(input, size, *, implicit=False, out=None):
    """Repeated along dimensions of size 1, in memory of its own.

    aten::expand_copy(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_expand_copy[keys]
        if out is not None:
            raise KeyError
        if size.__class__ is list:
            size = tuple(size)
        leaf, ok, size, implicit, = memo[input._a.shape, size, implicit]
        arr = st.run(leaf, input._a, size, implicit, out=dest)
    except _MISS:
        return call(op_expand_copy, expand_copy, (input, size, implicit), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, size, implicit)
