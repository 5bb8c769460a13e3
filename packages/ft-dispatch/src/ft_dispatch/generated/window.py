"""Wrappers of the `window` family, generated from ft_dispatch/ops/window.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_bartlett_window = OPS['bartlett_window']


def bartlett_window(window_length, periodic=True, *, dtype=None, device=None):
    """A triangle.

    aten::bartlett_window(int window_length, bool periodic=True, *, ScalarType? dtype=None, Device? device=None) -> Tensor
    """
    return call(op_bartlett_window, bartlett_window, (window_length, periodic, dtype, device))


op_blackman_window = OPS['blackman_window']


def blackman_window(window_length, periodic=True, *, dtype=None, device=None):
    """Three cosines.

    aten::blackman_window(int window_length, bool periodic=True, *, ScalarType? dtype=None, Device? device=None) -> Tensor
    """
    return call(op_blackman_window, blackman_window, (window_length, periodic, dtype, device))


op_hamming_window = OPS['hamming_window']


def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, device=None):
    """alpha - beta * cos.

    aten::hamming_window(int window_length, bool periodic=True, float alpha=0.54, float beta=0.46, *, ScalarType? dtype=None, Device? device=None) -> Tensor
    """
    return call(op_hamming_window, hamming_window, (window_length, periodic, alpha, beta, dtype, device))


op_kaiser_window = OPS['kaiser_window']


def kaiser_window(window_length, periodic=True, beta=12.0, *, dtype=None, device=None):
    """Modified Bessel function of a half circle.

    aten::kaiser_window(int window_length, bool periodic=True, float beta=12.0, *, ScalarType? dtype=None, Device? device=None) -> Tensor
    """
    return call(op_kaiser_window, kaiser_window, (window_length, periodic, beta, dtype, device))
