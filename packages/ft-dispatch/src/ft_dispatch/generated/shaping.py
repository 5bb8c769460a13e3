"""Wrappers of the `shaping` family, generated from ft_dispatch/ops/shaping.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_reshape = OPS['reshape']
table_reshape = op_reshape.table


def reshape(input, shape):
    """Another shape, copied only where strides demand it.

    aten::reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_reshape, reshape, (input, shape))
    if keys & 4331608735776:
        return call(op_reshape, reshape, (input, shape))
    try:
        if keys & 4397174096120:
            raise KeyError
        shape, = table_reshape[shape]
    except (KeyError, TypeError):
        return op_reshape.decomposition(*settled(op_reshape, (input, shape), keys))
    return op_reshape.decomposition(input, shape)
