"""Wrappers of the `hashing` family, generated from ft_dispatch/ops/hashing.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.canonical import canonical
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

op_hash_tensor = OPS['hash_tensor']
table_hash_tensor = op_hash_tensor.table


def hash_tensor(input, dim=(), *, keepdim=False, mode=0, out=None):
    """Exclusive or of the elements' bits (of float64 for floats, of 64-bit integers for the rest): uint64.

    aten::hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        leaf, dest, rec, dense, memo = table_hash_tensor[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        ok, dim, keepdim, mode, = memo[input._a.shape, dim, keepdim, mode]
        arr = st.run(leaf, input._a, dim, keepdim, mode, out=dest)
    except _MISS:
        return call(op_hash_tensor, hash_tensor, (input, dim, keepdim, mode), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, mode)
