"""Wrappers of the `dropout` family, generated from ft_dispatch/ops/dropout.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_alpha_dropout = OPS['alpha_dropout']


def alpha_dropout(input, p, train):
    """Dropout to SELU's saturation value.

    aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor
    """
    return call(_alpha_dropout, alpha_dropout, (input, p, train))


def alpha_dropout_(input, p, train):
    """In-place form of `alpha_dropout`."""
    return call_inplace(_alpha_dropout, alpha_dropout_, (input, p, train))


_dropout = OPS['dropout']


def dropout(input, p, train):
    """Elements zeroed with probability p, the rest divided by 1 - p.

    aten::dropout(Tensor input, float p, bool train) -> Tensor
    """
    return call(_dropout, dropout, (input, p, train))


def dropout_(input, p, train):
    """In-place form of `dropout`."""
    return call_inplace(_dropout, dropout_, (input, p, train))


_feature_alpha_dropout = OPS['feature_alpha_dropout']


def feature_alpha_dropout(input, p, train):
    """Whole channels to SELU's saturation value.

    aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor
    """
    return call(_feature_alpha_dropout, feature_alpha_dropout, (input, p, train))


def feature_alpha_dropout_(input, p, train):
    """In-place form of `feature_alpha_dropout`."""
    return call_inplace(_feature_alpha_dropout, feature_alpha_dropout_, (input, p, train))


_feature_dropout = OPS['feature_dropout']


def feature_dropout(input, p, train):
    """Whole channels zeroed.

    aten::feature_dropout(Tensor input, float p, bool train) -> Tensor
    """
    return call(_feature_dropout, feature_dropout, (input, p, train))


def feature_dropout_(input, p, train):
    """In-place form of `feature_dropout`."""
    return call_inplace(_feature_dropout, feature_dropout_, (input, p, train))


_native_dropout = OPS['native_dropout']
_native_dropout_table = _native_dropout.table


def native_dropout(input, p, train):
    """Dropout and the mask it drew.

    aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _native_dropout_table[k]
        ok, p, train, = memo[input._a.shape, p, train]
        a = st.run(leaf, input._a, p, train, out=dest)
    except _MISS:
        return call(_native_dropout, native_dropout, (input, p, train))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, p, train)


_native_dropout_backward = OPS['native_dropout_backward']
_native_dropout_backward_table = _native_dropout_backward.table
_native_dropout_backward_numbers = _native_dropout_backward.number_table


def native_dropout_backward(grad_output, mask, scale):
    """g * mask * scale.

    aten::native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor
    """
    kind = mask.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _native_dropout_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[mask], scale, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, mask, scale)
        return call(_native_dropout_backward, native_dropout_backward, (grad_output, mask, scale))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _native_dropout_backward_table[grad_output._k | mask._k | st.bits]
        a = st.run(full, grad_output._a, mask._a, scale, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, mask, scale)
    return call(_native_dropout_backward, native_dropout_backward, (grad_output, mask, scale))
