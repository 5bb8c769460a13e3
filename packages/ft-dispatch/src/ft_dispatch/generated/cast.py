"""Wrappers of the `cast` family, generated from ft_dispatch/ops/cast.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__to_copy = OPS['_to_copy']
__to_copy_table = __to_copy.table


def _to_copy(input, *, dtype=None, layout=None, device=None, pin_memory=None, non_blocking=False, memory_format=None):
    """A copy in another dtype, device or memory format.

    aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __to_copy_table[k]
        ok, dtype, layout, device, pin_memory, non_blocking, memory_format, = memo[input._a.shape, dtype, layout, device, pin_memory, non_blocking, memory_format]
        a = st.run(leaf, input._a, dtype, layout, device, pin_memory, non_blocking, memory_format, out=dest)
    except _MISS:
        return call(__to_copy, _to_copy, (input, dtype, layout, device, pin_memory, non_blocking, memory_format))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dtype, layout, device, pin_memory, non_blocking, memory_format)


_clone = OPS['clone']
_clone_table = _clone.table


def clone(input, *, memory_format=None):
    """A copy in memory of its own.

    aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _clone_table[input._k | st.bits]
        if memory_format is None:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, memory_format, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, memory_format)
    return call(_clone, clone, (input, memory_format))
