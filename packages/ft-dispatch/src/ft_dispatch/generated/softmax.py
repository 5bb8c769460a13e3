"""Wrappers of the `softmax` family, generated from ft_dispatch/ops/softmax.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__log_softmax = OPS['_log_softmax']
table__log_softmax = op__log_softmax.table


def _log_softmax(input, dim, half_to_float):
    """Logarithm of softmax along one dimension.

    aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__log_softmax[keys]
        leaf, ok, dim, half_to_float, = memo[input._a.shape, dim, half_to_float]
        arr = st.run(leaf, input._a, dim, half_to_float, out=dest)
    except _MISS:
        return call(op__log_softmax, _log_softmax, (input, dim, half_to_float))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, half_to_float)


op__log_softmax_backward_data = OPS['_log_softmax_backward_data']
table__log_softmax_backward_data = op__log_softmax_backward_data.table


def _log_softmax_backward_data(grad_output, output, dim, input_dtype):
    """g - exp(output) * sum(g).

    aten::_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | output._k | st.bits
        dest, rec, dense, memo = table__log_softmax_backward_data[keys]
        leaf, ok, dim, input_dtype, = memo[grad_output._a.shape, output._a.shape, dim, input_dtype]
        arr = st.run(leaf, grad_output._a, output._a, dim, input_dtype, out=dest)
    except _MISS:
        return call(op__log_softmax_backward_data, _log_softmax_backward_data, (grad_output, output, dim, input_dtype))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output, dim, input_dtype)


op__softmax = OPS['_softmax']
table__softmax = op__softmax.table


def _softmax(input, dim, half_to_float):
    """Softmax along one dimension.

    aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__softmax[keys]
        leaf, ok, dim, half_to_float, = memo[input._a.shape, dim, half_to_float]
        arr = st.run(leaf, input._a, dim, half_to_float, out=dest)
    except _MISS:
        return call(op__softmax, _softmax, (input, dim, half_to_float))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, half_to_float)


op__softmax_backward_data = OPS['_softmax_backward_data']
table__softmax_backward_data = op__softmax_backward_data.table


def _softmax_backward_data(grad_output, output, dim, input_dtype):
    """output * (g - sum(g * output)).

    aten::_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | output._k | st.bits
        dest, rec, dense, memo = table__softmax_backward_data[keys]
        leaf, ok, dim, input_dtype, = memo[grad_output._a.shape, output._a.shape, dim, input_dtype]
        arr = st.run(leaf, grad_output._a, output._a, dim, input_dtype, out=dest)
    except _MISS:
        return call(op__softmax_backward_data, _softmax_backward_data, (grad_output, output, dim, input_dtype))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output, dim, input_dtype)


op_log_softmax_int = OPS['log_softmax.int']


def log_softmax_int(input, dim, dtype=None):
    """Logarithm of softmax along one dimension.

    aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_log_softmax_int, log_softmax_int, (input, dim, dtype))
    if keys & 4331608735776:
        return call(op_log_softmax_int, log_softmax_int, (input, dim, dtype))
    return op_log_softmax_int.decomposition(*canonical(op_log_softmax_int, (input, dim, dtype)))


op_softmax_int = OPS['softmax.int']


def softmax_int(input, dim, dtype=None):
    """Softmax along one dimension.

    aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_softmax_int, softmax_int, (input, dim, dtype))
    if keys & 4331608735776:
        return call(op_softmax_int, softmax_int, (input, dim, dtype))
    return op_softmax_int.decomposition(*canonical(op_softmax_int, (input, dim, dtype)))
