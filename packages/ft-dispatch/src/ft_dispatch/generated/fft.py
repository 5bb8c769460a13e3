"""Wrappers of the `fft` family, generated from ft_dispatch/ops/fft.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__fft_c2c = OPS['_fft_c2c']
table__fft_c2c = op__fft_c2c.table


def _fft_c2c(input, dim, normalization, forward):
    """Fourier transform of complex numbers, either way.

    aten::_fft_c2c(Tensor self, SymInt[] dim, int normalization, bool forward) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__fft_c2c[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, normalization, forward, = memo[input._a.shape, dim, normalization, forward]
        arr = st.run(leaf, input._a, dim, normalization, forward, out=dest)
    except _MISS:
        return call(op__fft_c2c, _fft_c2c, (input, dim, normalization, forward))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, normalization, forward)


op__fft_c2r = OPS['_fft_c2r']
table__fft_c2r = op__fft_c2r.table


def _fft_c2r(input, dim, normalization, last_dim_size):
    """Inverse transform of a half spectrum to real numbers.

    aten::_fft_c2r(Tensor self, int[] dim, int normalization, SymInt last_dim_size) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__fft_c2r[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, normalization, last_dim_size, = memo[input._a.shape, dim, normalization, last_dim_size]
        arr = st.run(leaf, input._a, dim, normalization, last_dim_size, out=dest)
    except _MISS:
        return call(op__fft_c2r, _fft_c2r, (input, dim, normalization, last_dim_size))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, normalization, last_dim_size)


op__fft_r2c = OPS['_fft_r2c']
table__fft_r2c = op__fft_r2c.table


def _fft_r2c(input, dim, normalization, onesided):
    """Fourier transform of real numbers; half of it (along the last dim given) if onesided.

    aten::_fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__fft_r2c[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, normalization, onesided, = memo[input._a.shape, dim, normalization, onesided]
        arr = st.run(leaf, input._a, dim, normalization, onesided, out=dest)
    except _MISS:
        return call(op__fft_r2c, _fft_r2c, (input, dim, normalization, onesided))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, normalization, onesided)
