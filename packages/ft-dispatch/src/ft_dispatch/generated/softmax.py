"""Wrappers of the `softmax` family, generated from ft_dispatch/ops/softmax.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__log_softmax = OPS['_log_softmax']
__log_softmax_table = __log_softmax.table


def _log_softmax(input, dim, half_to_float):
    """Logarithm of softmax along one dimension.

    aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __log_softmax_table[k]
        ok, dim, half_to_float, = memo[input._a.shape, dim, half_to_float]
        a = st.run(leaf, input._a, dim, half_to_float, out=dest)
    except _MISS:
        return call(__log_softmax, _log_softmax, (input, dim, half_to_float))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, half_to_float)


__log_softmax_backward_data = OPS['_log_softmax_backward_data']
__log_softmax_backward_data_table = __log_softmax_backward_data.table


def _log_softmax_backward_data(grad_output, output, dim, input_dtype):
    """g - exp(output) * sum(g).

    aten::_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | output._k | st.bits
        leaf, dest, rec, dense, memo = __log_softmax_backward_data_table[k]
        ok, dim, input_dtype, = memo[grad_output._a.shape, output._a.shape, dim, input_dtype]
        a = st.run(leaf, grad_output._a, output._a, dim, input_dtype, out=dest)
    except _MISS:
        return call(__log_softmax_backward_data, _log_softmax_backward_data, (grad_output, output, dim, input_dtype))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, output, dim, input_dtype)


__softmax = OPS['_softmax']
__softmax_table = __softmax.table


def _softmax(input, dim, half_to_float):
    """Softmax along one dimension.

    aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __softmax_table[k]
        ok, dim, half_to_float, = memo[input._a.shape, dim, half_to_float]
        a = st.run(leaf, input._a, dim, half_to_float, out=dest)
    except _MISS:
        return call(__softmax, _softmax, (input, dim, half_to_float))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, half_to_float)


__softmax_backward_data = OPS['_softmax_backward_data']
__softmax_backward_data_table = __softmax_backward_data.table


def _softmax_backward_data(grad_output, output, dim, input_dtype):
    """output * (g - sum(g * output)).

    aten::_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | output._k | st.bits
        leaf, dest, rec, dense, memo = __softmax_backward_data_table[k]
        ok, dim, input_dtype, = memo[grad_output._a.shape, output._a.shape, dim, input_dtype]
        a = st.run(leaf, grad_output._a, output._a, dim, input_dtype, out=dest)
    except _MISS:
        return call(__softmax_backward_data, _softmax_backward_data, (grad_output, output, dim, input_dtype))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, output, dim, input_dtype)


_log_softmax_int = OPS['log_softmax.int']


def log_softmax_int(input, dim, dtype=None):
    """Logarithm of softmax along one dimension.

    aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor
    """
    return call(_log_softmax_int, log_softmax_int, (input, dim, dtype))


_softmax_int = OPS['softmax.int']


def softmax_int(input, dim, dtype=None):
    """Softmax along one dimension.

    aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor
    """
    return call(_softmax_int, softmax_int, (input, dim, dtype))
