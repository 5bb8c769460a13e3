"""Wrappers of the `compare` family, generated from ft_dispatch/ops/compare.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_clamp = OPS['clamp.Tensor']
_clamp_table = _clamp.table


def clamp(input, min=None, max=None, *, out=None):
    """Limited to [min, max].

    aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        a_min = None
        if min is not None:
            k |= min._k
            a_min = min._a
        a_max = None
        if max is not None:
            k |= max._k
            a_max = max._a
        leaf, dest, rec, dense, memo = _clamp_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, None if a_min is None else a_min.shape, None if a_max is None else a_max.shape]
        a = st.run(leaf, input._a, a_min, a_max, out=dest)
    except _MISS:
        return call(_clamp, clamp, (input, min, max), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, min, max)


def clamp_(input, min=None, max=None):
    """In-place form of `clamp`."""
    return call_inplace(_clamp, clamp_, (input, min, max))


_eq = OPS['eq.Tensor']
_eq_table = _eq.table
_eq_numbers = _eq.number_table
_eq_inplace = _eq.inplace_table


def eq(input, other, *, out=None):
    """input == other.

    aten::eq.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _eq_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_eq, eq, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _eq_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_eq, eq, (input, other), out)


def eq_(input, other):
    """In-place form of `eq`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _eq_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_eq, eq_, (input, other))
    try:
        st = TL.st
        leaf, full = _eq_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_eq, eq_, (input, other))


def __eq__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _eq_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_eq, eq, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _eq_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_eq, eq, (input, other)) if operand(other) else NotImplemented


_ge = OPS['ge.Tensor']
_ge_table = _ge.table
_ge_numbers = _ge.number_table
_ge_inplace = _ge.inplace_table


def ge(input, other, *, out=None):
    """input >= other.

    aten::ge.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _ge_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_ge, ge, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ge_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_ge, ge, (input, other), out)


def ge_(input, other):
    """In-place form of `ge`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _ge_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_ge, ge_, (input, other))
    try:
        st = TL.st
        leaf, full = _ge_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_ge, ge_, (input, other))


def __ge__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _ge_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_ge, ge, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ge_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_ge, ge, (input, other)) if operand(other) else NotImplemented


_gt = OPS['gt.Tensor']
_gt_table = _gt.table
_gt_numbers = _gt.number_table
_gt_inplace = _gt.inplace_table


def gt(input, other, *, out=None):
    """input > other.

    aten::gt.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _gt_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_gt, gt, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _gt_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_gt, gt, (input, other), out)


def gt_(input, other):
    """In-place form of `gt`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _gt_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_gt, gt_, (input, other))
    try:
        st = TL.st
        leaf, full = _gt_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_gt, gt_, (input, other))


def __gt__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _gt_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_gt, gt, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _gt_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_gt, gt, (input, other)) if operand(other) else NotImplemented


_isfinite = OPS['isfinite']
_isfinite_table = _isfinite.table


def isfinite(input):
    """Neither infinite nor NaN.

    aten::isfinite(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isfinite_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isfinite, isfinite, (input,))


_isinf = OPS['isinf']
_isinf_table = _isinf.table


def isinf(input):
    """Plus or minus infinity.

    aten::isinf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isinf_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isinf, isinf, (input,))


_isnan = OPS['isnan']
_isnan_table = _isnan.table


def isnan(input):
    """Not a number.

    aten::isnan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isnan_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isnan, isnan, (input,))


_isneginf = OPS['isneginf']
_isneginf_table = _isneginf.table


def isneginf(input, *, out=None):
    """Minus infinity.

    aten::isneginf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isneginf_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isneginf, isneginf, (input,), out)


_isposinf = OPS['isposinf']
_isposinf_table = _isposinf.table


def isposinf(input, *, out=None):
    """Plus infinity.

    aten::isposinf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isposinf_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isposinf, isposinf, (input,), out)


_isreal = OPS['isreal']
_isreal_table = _isreal.table


def isreal(input):
    """Imaginary part is 0.

    aten::isreal(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _isreal_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_isreal, isreal, (input,))


_le = OPS['le.Tensor']
_le_table = _le.table
_le_numbers = _le.number_table
_le_inplace = _le.inplace_table


def le(input, other, *, out=None):
    """input <= other.

    aten::le.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _le_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_le, le, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _le_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_le, le, (input, other), out)


def le_(input, other):
    """In-place form of `le`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _le_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_le, le_, (input, other))
    try:
        st = TL.st
        leaf, full = _le_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_le, le_, (input, other))


def __le__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _le_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_le, le, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _le_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_le, le, (input, other)) if operand(other) else NotImplemented


_logical_and = OPS['logical_and']
_logical_and_table = _logical_and.table
_logical_and_numbers = _logical_and.number_table
_logical_and_inplace = _logical_and.inplace_table


def logical_and(input, other, *, out=None):
    """Both are not 0.

    aten::logical_and(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _logical_and_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_logical_and, logical_and, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logical_and_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_logical_and, logical_and, (input, other), out)


def logical_and_(input, other):
    """In-place form of `logical_and`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _logical_and_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_logical_and, logical_and_, (input, other))
    try:
        st = TL.st
        leaf, full = _logical_and_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_logical_and, logical_and_, (input, other))


_logical_not = OPS['logical_not']
_logical_not_table = _logical_not.table
_logical_not_inplace = _logical_not.inplace_table


def logical_not(input, *, out=None):
    """Is 0.

    aten::logical_not(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logical_not_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_logical_not, logical_not, (input,), out)


def logical_not_(input):
    """In-place form of `logical_not`."""
    try:
        st = TL.st
        leaf, full = _logical_not_inplace[input._k | st.bits]
        a = input._a
        st.run(leaf, a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_logical_not, logical_not_, (input,))


_logical_or = OPS['logical_or']
_logical_or_table = _logical_or.table
_logical_or_numbers = _logical_or.number_table
_logical_or_inplace = _logical_or.inplace_table


def logical_or(input, other, *, out=None):
    """One of both is not 0.

    aten::logical_or(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _logical_or_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_logical_or, logical_or, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logical_or_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_logical_or, logical_or, (input, other), out)


def logical_or_(input, other):
    """In-place form of `logical_or`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _logical_or_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_logical_or, logical_or_, (input, other))
    try:
        st = TL.st
        leaf, full = _logical_or_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_logical_or, logical_or_, (input, other))


_logical_xor = OPS['logical_xor']
_logical_xor_table = _logical_xor.table
_logical_xor_numbers = _logical_xor.number_table
_logical_xor_inplace = _logical_xor.inplace_table


def logical_xor(input, other, *, out=None):
    """Exactly one of both is not 0.

    aten::logical_xor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _logical_xor_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_logical_xor, logical_xor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logical_xor_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_logical_xor, logical_xor, (input, other), out)


def logical_xor_(input, other):
    """In-place form of `logical_xor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _logical_xor_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_logical_xor, logical_xor_, (input, other))
    try:
        st = TL.st
        leaf, full = _logical_xor_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_logical_xor, logical_xor_, (input, other))


_lt = OPS['lt.Tensor']
_lt_table = _lt.table
_lt_numbers = _lt.number_table
_lt_inplace = _lt.inplace_table


def lt(input, other, *, out=None):
    """input < other.

    aten::lt.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _lt_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_lt, lt, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _lt_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_lt, lt, (input, other), out)


def lt_(input, other):
    """In-place form of `lt`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _lt_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_lt, lt_, (input, other))
    try:
        st = TL.st
        leaf, full = _lt_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_lt, lt_, (input, other))


def __lt__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _lt_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_lt, lt, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _lt_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_lt, lt, (input, other)) if operand(other) else NotImplemented


_ne = OPS['ne.Tensor']
_ne_table = _ne.table
_ne_numbers = _ne.number_table
_ne_inplace = _ne.inplace_table


def ne(input, other, *, out=None):
    """input != other.

    aten::ne.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _ne_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_ne, ne, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ne_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_ne, ne, (input, other), out)


def ne_(input, other):
    """In-place form of `ne`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _ne_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[other], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_ne, ne_, (input, other))
    try:
        st = TL.st
        leaf, full = _ne_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(leaf, a, other._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_ne, ne_, (input, other))


def __ne__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _ne_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_ne, ne, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ne_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_ne, ne, (input, other)) if operand(other) else NotImplemented


_where_self = OPS['where.self']
_where_self_table = _where_self.table


def where_self(condition, input, other, *, out=None):
    """self where condition holds, else other.

    aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _where_self_table[condition._k | input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, condition._a, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, condition, input, other)
    return call(_where_self, where_self, (condition, input, other), out)
