"""Wrappers of the `dropout` family, generated from ft_dispatch/ops/dropout.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_alpha_dropout = OPS['alpha_dropout']
table_alpha_dropout = op_alpha_dropout.table


def alpha_dropout(input, p, train):
    """Dropout to SELU's saturation value.

    aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_alpha_dropout, alpha_dropout, (input, p, train))
    if keys & 4331608735776:
        return call(op_alpha_dropout, alpha_dropout, (input, p, train))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, train, = table_alpha_dropout[p, train]
    except (KeyError, TypeError):
        return op_alpha_dropout.decomposition(*settled(op_alpha_dropout, (input, p, train), keys))
    return op_alpha_dropout.decomposition(input, p, train)


def alpha_dropout_(input, p, train):
    """In-place form of `alpha_dropout`."""
    return call_inplace(op_alpha_dropout, alpha_dropout_, (input, p, train))


op_dropout = OPS['dropout']
table_dropout = op_dropout.table


def dropout(input, p, train):
    """Elements zeroed with probability p, the rest divided by 1 - p.

    aten::dropout(Tensor input, float p, bool train) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_dropout, dropout, (input, p, train))
    if keys & 4331608735776:
        return call(op_dropout, dropout, (input, p, train))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, train, = table_dropout[p, train]
    except (KeyError, TypeError):
        return op_dropout.decomposition(*settled(op_dropout, (input, p, train), keys))
    return op_dropout.decomposition(input, p, train)


def dropout_(input, p, train):
    """In-place form of `dropout`."""
    return call_inplace(op_dropout, dropout_, (input, p, train))


op_feature_alpha_dropout = OPS['feature_alpha_dropout']
table_feature_alpha_dropout = op_feature_alpha_dropout.table


def feature_alpha_dropout(input, p, train):
    """Whole channels to SELU's saturation value.

    aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_feature_alpha_dropout, feature_alpha_dropout, (input, p, train))
    if keys & 4331608735776:
        return call(op_feature_alpha_dropout, feature_alpha_dropout, (input, p, train))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, train, = table_feature_alpha_dropout[p, train]
    except (KeyError, TypeError):
        return op_feature_alpha_dropout.decomposition(*settled(op_feature_alpha_dropout, (input, p, train), keys))
    return op_feature_alpha_dropout.decomposition(input, p, train)


def feature_alpha_dropout_(input, p, train):
    """In-place form of `feature_alpha_dropout`."""
    return call_inplace(op_feature_alpha_dropout, feature_alpha_dropout_, (input, p, train))


op_feature_dropout = OPS['feature_dropout']
table_feature_dropout = op_feature_dropout.table


def feature_dropout(input, p, train):
    """Whole channels zeroed.

    aten::feature_dropout(Tensor input, float p, bool train) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_feature_dropout, feature_dropout, (input, p, train))
    if keys & 4331608735776:
        return call(op_feature_dropout, feature_dropout, (input, p, train))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, train, = table_feature_dropout[p, train]
    except (KeyError, TypeError):
        return op_feature_dropout.decomposition(*settled(op_feature_dropout, (input, p, train), keys))
    return op_feature_dropout.decomposition(input, p, train)


def feature_dropout_(input, p, train):
    """In-place form of `feature_dropout`."""
    return call_inplace(op_feature_dropout, feature_dropout_, (input, p, train))


op_native_dropout = OPS['native_dropout']
table_native_dropout = op_native_dropout.table


def native_dropout(input, p, train):
    """Dropout and the mask it drew.

    aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_native_dropout[keys]
        leaf, ok, p, train, = memo[input._a.shape, p, train]
        arr = st.run(leaf, input._a, p, train, out=dest)
    except _MISS:
        return call(op_native_dropout, native_dropout, (input, p, train))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, p, train)


op_native_dropout_backward = OPS['native_dropout_backward']
table_native_dropout_backward = op_native_dropout_backward.table
numbers_native_dropout_backward = op_native_dropout_backward.number_table


def native_dropout_backward(grad_output, mask, scale):
    """g * mask * scale.

    aten::native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor
    """
    kind = mask.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_native_dropout_backward[keys if kind is float else ~keys]
            if not (scale.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[mask], scale, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, mask, scale)
        return call(op_native_dropout_backward, native_dropout_backward, (grad_output, mask, scale))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_native_dropout_backward[grad_output._k | mask._k | st.bits]
        if not (scale.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, mask._a, scale, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, mask, scale)
    return call(op_native_dropout_backward, native_dropout_backward, (grad_output, mask, scale))
