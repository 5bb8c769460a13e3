"""Wrappers of the `complex` family, generated from ft_dispatch/ops/complex.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__conj = OPS['_conj']
__conj_table = __conj.table


def _conj(input):
    """The conjugate, marked.

    aten::_conj(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __conj_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(__conj, _conj, (input,))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


__neg_view = OPS['_neg_view']
__neg_view_table = __neg_view.table


def _neg_view(input):
    """The negative, marked.

    aten::_neg_view(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __neg_view_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(__neg_view, _neg_view, (input,))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_complex = OPS['complex']
_complex_table = _complex.table
_complex_numbers = _complex.number_table


def complex(real, imag, *, out=None):
    """Complex numbers from their parts.

    aten::complex(Tensor real, Tensor imag) -> Tensor
    """
    kind = imag.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = real._k | st.bits
            leaf, dest, ok, rec, full, box = _complex_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, real._a, box[imag], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, real, imag)
        return call(_complex, complex, (real, imag), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _complex_table[real._k | imag._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, real._a, imag._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, real, imag)
    return call(_complex, complex, (real, imag), out)


_polar = OPS['polar']
_polar_table = _polar.table
_polar_numbers = _polar.number_table


def polar(abs, angle, *, out=None):
    """Complex numbers from modulus and argument.

    aten::polar(Tensor abs, Tensor angle) -> Tensor
    """
    kind = angle.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = abs._k | st.bits
            leaf, dest, ok, rec, full, box = _polar_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, abs._a, box[angle], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, abs, angle)
        return call(_polar, polar, (abs, angle), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _polar_table[abs._k | angle._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, abs._a, angle._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, abs, angle)
    return call(_polar, polar, (abs, angle), out)


_view_as_complex = OPS['view_as_complex']
_view_as_complex_table = _view_as_complex.table


def view_as_complex(input):
    """A last dimension of two as complex numbers.

    aten::view_as_complex(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _view_as_complex_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None]
    except _MISS:
        return call(_view_as_complex, view_as_complex, (input,))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input)


_view_as_real = OPS['view_as_real']
_view_as_real_table = _view_as_real.table


def view_as_real(input):
    """Real and imaginary parts as a last dimension of two.

    aten::view_as_real(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _view_as_real_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None]
    except _MISS:
        return call(_view_as_real, view_as_real, (input,))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input)
