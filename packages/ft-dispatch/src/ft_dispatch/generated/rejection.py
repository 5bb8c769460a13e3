"""Wrappers of the `rejection` family, generated from ft_dispatch/ops/rejection.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__dirichlet_grad = OPS['_dirichlet_grad']
table__dirichlet_grad = op__dirichlet_grad.table


def _dirichlet_grad(x, alpha, total):
    """d x / d alpha of a Beta(alpha, total - alpha) draw at its quantile, over 1 - x.

    aten::_dirichlet_grad(Tensor x, Tensor alpha, Tensor total) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table__dirichlet_grad[x._k | alpha._k | total._k | st.bits]
        arr = st.run(leaf, x._a, alpha._a, total._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, alpha, total)
    return call(op__dirichlet_grad, _dirichlet_grad, (x, alpha, total))


op__sample_dirichlet = OPS['_sample_dirichlet']


def _sample_dirichlet(input, generator=None):
    """Dirichlet(self) along the last dimension.

    aten::_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor
    """
    return call(op__sample_dirichlet, _sample_dirichlet, (input, generator))


op__standard_gamma = OPS['_standard_gamma']


def _standard_gamma(input, generator=None):
    """Gamma(self, 1).

    aten::_standard_gamma(Tensor self, Generator? generator=None) -> Tensor
    """
    return call(op__standard_gamma, _standard_gamma, (input, generator))


op__standard_gamma_grad = OPS['_standard_gamma_grad']
table__standard_gamma_grad = op__standard_gamma_grad.table
numbers__standard_gamma_grad = op__standard_gamma_grad.number_table


def _standard_gamma_grad(input, output):
    """d output / d self of a Gamma(self, 1) draw at its quantile.

    aten::_standard_gamma_grad(Tensor self, Tensor output) -> Tensor
    """
    kind = output.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers__standard_gamma_grad[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[output], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, output)
        return call(op__standard_gamma_grad, _standard_gamma_grad, (input, output))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table__standard_gamma_grad[input._k | output._k | st.bits]
        arr = st.run(leaf, input._a, output._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, output)
    return call(op__standard_gamma_grad, _standard_gamma_grad, (input, output))


op_binomial = OPS['binomial']


def binomial(count, prob, generator=None):
    """Successes in count trials.

    aten::binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor
    """
    return call(op_binomial, binomial, (count, prob, generator))


op_poisson = OPS['poisson']


def poisson(input, generator=None):
    """Counts of mean self.

    aten::poisson(Tensor self, Generator? generator=None) -> Tensor
    """
    return call(op_poisson, poisson, (input, generator))
