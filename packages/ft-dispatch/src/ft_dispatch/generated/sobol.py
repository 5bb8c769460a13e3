"""Wrappers of the `sobol` family, generated from ft_dispatch/ops/sobol.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__sobol_engine_draw = OPS['_sobol_engine_draw']
table__sobol_engine_draw = op__sobol_engine_draw.table


def _sobol_engine_draw(quasi, n, sobolstate, dimension, num_generated, dtype):
    """The next n points, (n, dimension), and the last of them as integers.

    aten::_sobol_engine_draw(Tensor quasi, int n, Tensor sobolstate, int dimension, int num_generated, ScalarType? dtype) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = quasi._k | sobolstate._k | st.bits
        dest, rec, dense, memo = table__sobol_engine_draw[keys]
        leaf, ok, n, dimension, num_generated, dtype, = memo[quasi._a.shape, sobolstate._a.shape, n, dimension, num_generated, dtype]
        arr = st.run(leaf, quasi._a, n, sobolstate._a, dimension, num_generated, dtype, out=dest)
    except _MISS:
        return call(op__sobol_engine_draw, _sobol_engine_draw, (quasi, n, sobolstate, dimension, num_generated, dtype))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, quasi, n, sobolstate, dimension, num_generated, dtype)


op__sobol_engine_ff = OPS['_sobol_engine_ff']
table__sobol_engine_ff = op__sobol_engine_ff.table


def _sobol_engine_ff(input, n, sobolstate, dimension, num_generated):
    """The last point after n more.

    aten::_sobol_engine_ff(Tensor self, int n, Tensor sobolstate, int dimension, int num_generated) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | sobolstate._k | st.bits
        dest, rec, dense, memo = table__sobol_engine_ff[keys]
        leaf, ok, n, dimension, num_generated, = memo[input._a.shape, sobolstate._a.shape, n, dimension, num_generated]
        arr = st.run(leaf, input._a, n, sobolstate._a, dimension, num_generated, out=dest)
    except _MISS:
        return call(op__sobol_engine_ff, _sobol_engine_ff, (input, n, sobolstate, dimension, num_generated))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, n, sobolstate, dimension, num_generated)


def _sobol_engine_ff_(input, n, sobolstate, dimension, num_generated):
    """In-place form of `_sobol_engine_ff`."""
    return call_inplace(op__sobol_engine_ff, _sobol_engine_ff_, (input, n, sobolstate, dimension, num_generated))


op__sobol_engine_initialize_state = OPS['_sobol_engine_initialize_state']
table__sobol_engine_initialize_state = op__sobol_engine_initialize_state.table


def _sobol_engine_initialize_state(input, dimension):
    """Direction numbers of the first dimensions, up to 21201.

    aten::_sobol_engine_initialize_state(Tensor self, int dimension) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__sobol_engine_initialize_state[keys]
        leaf, ok, dimension, = memo[input._a.shape, dimension]
        arr = st.run(leaf, input._a, dimension, out=dest)
    except _MISS:
        return call(op__sobol_engine_initialize_state, _sobol_engine_initialize_state, (input, dimension))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dimension)


def _sobol_engine_initialize_state_(input, dimension):
    """In-place form of `_sobol_engine_initialize_state`."""
    return call_inplace(op__sobol_engine_initialize_state, _sobol_engine_initialize_state_, (input, dimension))


op__sobol_engine_scramble = OPS['_sobol_engine_scramble']
table__sobol_engine_scramble = op__sobol_engine_scramble.table


def _sobol_engine_scramble(input, ltm, dimension):
    """Direction numbers multiplied by a lower triangular matrix of bits for each dimension.

    aten::_sobol_engine_scramble(Tensor self, Tensor ltm, int dimension) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | ltm._k | st.bits
        dest, rec, dense, memo = table__sobol_engine_scramble[keys]
        leaf, ok, dimension, = memo[input._a.shape, ltm._a.shape, dimension]
        arr = st.run(leaf, input._a, ltm._a, dimension, out=dest)
    except _MISS:
        return call(op__sobol_engine_scramble, _sobol_engine_scramble, (input, ltm, dimension))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, ltm, dimension)


def _sobol_engine_scramble_(input, ltm, dimension):
    """In-place form of `_sobol_engine_scramble`."""
    return call_inplace(op__sobol_engine_scramble, _sobol_engine_scramble_, (input, ltm, dimension))
