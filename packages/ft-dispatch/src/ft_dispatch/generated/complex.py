"""Wrappers of the `complex` family, generated from ft_dispatch/ops/complex.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__conj = OPS['_conj']
table__conj = op__conj.table


def _conj(input):
    """The conjugate, marked.

    aten::_conj(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__conj[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op__conj, _conj, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op__neg_view = OPS['_neg_view']
table__neg_view = op__neg_view.table


def _neg_view(input):
    """The negative, marked.

    aten::_neg_view(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__neg_view[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op__neg_view, _neg_view, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_complex = OPS['complex']
table_complex = op_complex.table
numbers_complex = op_complex.number_table


def complex(real, imag, *, out=None):
    """Complex numbers from their parts.

    aten::complex(Tensor real, Tensor imag) -> Tensor
    """
    kind = imag.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = real._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_complex[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, real._a, box[imag], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, real, imag)
        return call(op_complex, complex, (real, imag), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_complex[real._k | imag._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, real._a, imag._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, real, imag)
    return call(op_complex, complex, (real, imag), out)


op_polar = OPS['polar']
table_polar = op_polar.table
numbers_polar = op_polar.number_table


def polar(abs, angle, *, out=None):
    """Complex numbers from modulus and argument.

    aten::polar(Tensor abs, Tensor angle) -> Tensor
    """
    kind = angle.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = abs._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_polar[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, abs._a, box[angle], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, abs, angle)
        return call(op_polar, polar, (abs, angle), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_polar[abs._k | angle._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, abs._a, angle._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, abs, angle)
    return call(op_polar, polar, (abs, angle), out)


op_view_as_complex = OPS['view_as_complex']
table_view_as_complex = op_view_as_complex.table


def view_as_complex(input):
    """A last dimension of two as complex numbers.

    aten::view_as_complex(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_view_as_complex[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None]
    except _MISS:
        return call(op_view_as_complex, view_as_complex, (input,))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input)


op_view_as_real = OPS['view_as_real']
table_view_as_real = op_view_as_real.table


def view_as_real(input):
    """Real and imaginary parts as a last dimension of two.

    aten::view_as_real(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_view_as_real[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None]
    except _MISS:
        return call(op_view_as_real, view_as_real, (input,))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input)
