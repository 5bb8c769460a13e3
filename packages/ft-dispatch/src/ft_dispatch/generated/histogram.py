"""Wrappers of the `histogram` family, generated from ft_dispatch/ops/histogram.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__histogramdd_bin_edges = OPS['_histogramdd_bin_edges']


def _histogramdd_bin_edges(input, bins, *, range=None, weight=None, density=False):
    """Evenly spaced edges of bins for each coordinate.

    aten::_histogramdd_bin_edges(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor[]
    """
    return call(op__histogramdd_bin_edges, _histogramdd_bin_edges, (input, bins, range, weight, density))


op__histogramdd_from_bin_cts = OPS['_histogramdd_from_bin_cts']
table__histogramdd_from_bin_cts = op__histogramdd_from_bin_cts.table


def _histogramdd_from_bin_cts(input, bins, *, range=None, weight=None, density=False):
    """Points counted in a grid of equal bins.

    aten::_histogramdd_from_bin_cts(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table__histogramdd_from_bin_cts[keys]
        if bins.__class__ is list:
            bins = tuple(bins)
        if range.__class__ is list:
            range = tuple(range)
        leaf, ok, bins, range, density, = memo[input._a.shape, None if a_weight is None else a_weight.shape, bins, range, density]
        arr = st.run(leaf, input._a, bins, range, a_weight, density, out=dest)
    except _MISS:
        return call(op__histogramdd_from_bin_cts, _histogramdd_from_bin_cts, (input, bins, range, weight, density))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, bins, range, weight, density)


op__histogramdd_from_bin_tensors = OPS['_histogramdd_from_bin_tensors']


def _histogramdd_from_bin_tensors(input, bins, *, weight=None, density=False):
    """Points counted in a grid of bins between given edges.

    aten::_histogramdd_from_bin_tensors(Tensor self, Tensor[] bins, *, Tensor? weight=None, bool density=False) -> Tensor
    """
    return call(op__histogramdd_from_bin_tensors, _histogramdd_from_bin_tensors, (input, bins, weight, density))
