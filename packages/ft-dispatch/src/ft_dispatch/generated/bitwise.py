"""Wrappers of the `bitwise` family, generated from ft_dispatch/ops/bitwise.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_bitwise_and = OPS['bitwise_and.Tensor']
_bitwise_and_table = _bitwise_and.table
_bitwise_and_numbers = _bitwise_and.number_table
_bitwise_and_inplace = _bitwise_and.inplace_table


def bitwise_and(input, other, *, out=None):
    """Bitwise and; logical and of bool.

    aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_and_numbers[k if kind is float else ~k]
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
        return call(_bitwise_and, bitwise_and, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_and_table[input._k | other._k | st.bits]
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
    return call(_bitwise_and, bitwise_and, (input, other), out)


def bitwise_and_(input, other):
    """In-place form of `bitwise_and`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _bitwise_and_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_bitwise_and, bitwise_and_, (input, other))
    try:
        st = TL.st
        leaf, full = _bitwise_and_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_bitwise_and, bitwise_and_, (input, other))


def __and__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_and_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_and, bitwise_and, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_and_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_and, bitwise_and, (input, other)) if operand(other) else NotImplemented


def __rand__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_and_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_and, bitwise_and, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_and_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_and, bitwise_and, (input, other)) if operand(other) else NotImplemented


def __iand__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_and_(input, other)


_bitwise_left_shift = OPS['bitwise_left_shift.Tensor']
_bitwise_left_shift_table = _bitwise_left_shift.table
_bitwise_left_shift_numbers = _bitwise_left_shift.number_table
_bitwise_left_shift_inplace = _bitwise_left_shift.inplace_table


def bitwise_left_shift(input, other, *, out=None):
    """input * 2^other.

    aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_left_shift_numbers[k if kind is float else ~k]
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
        return call(_bitwise_left_shift, bitwise_left_shift, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_left_shift_table[input._k | other._k | st.bits]
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
    return call(_bitwise_left_shift, bitwise_left_shift, (input, other), out)


def bitwise_left_shift_(input, other):
    """In-place form of `bitwise_left_shift`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _bitwise_left_shift_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_bitwise_left_shift, bitwise_left_shift_, (input, other))
    try:
        st = TL.st
        leaf, full = _bitwise_left_shift_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_bitwise_left_shift, bitwise_left_shift_, (input, other))


def __lshift__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_left_shift_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_left_shift, bitwise_left_shift, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_left_shift_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_left_shift, bitwise_left_shift, (input, other)) if operand(other) else NotImplemented


def __ilshift__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_left_shift_(input, other)


def __rlshift__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_left_shift(other, input)


_bitwise_not = OPS['bitwise_not']
_bitwise_not_table = _bitwise_not.table
_bitwise_not_inplace = _bitwise_not.inplace_table


def bitwise_not(input, *, out=None):
    """Bitwise complement; logical not of bool.

    aten::bitwise_not(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_not_table[input._k | st.bits]
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
    return call(_bitwise_not, bitwise_not, (input,), out)


def bitwise_not_(input):
    """In-place form of `bitwise_not`."""
    try:
        st = TL.st
        leaf, full = _bitwise_not_inplace[input._k | st.bits]
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
    return call_inplace(_bitwise_not, bitwise_not_, (input,))


__invert__ = bitwise_not


_bitwise_or = OPS['bitwise_or.Tensor']
_bitwise_or_table = _bitwise_or.table
_bitwise_or_numbers = _bitwise_or.number_table
_bitwise_or_inplace = _bitwise_or.inplace_table


def bitwise_or(input, other, *, out=None):
    """Bitwise or; logical or of bool.

    aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_or_numbers[k if kind is float else ~k]
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
        return call(_bitwise_or, bitwise_or, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_or_table[input._k | other._k | st.bits]
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
    return call(_bitwise_or, bitwise_or, (input, other), out)


def bitwise_or_(input, other):
    """In-place form of `bitwise_or`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _bitwise_or_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_bitwise_or, bitwise_or_, (input, other))
    try:
        st = TL.st
        leaf, full = _bitwise_or_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_bitwise_or, bitwise_or_, (input, other))


def __or__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_or_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_or, bitwise_or, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_or_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_or, bitwise_or, (input, other)) if operand(other) else NotImplemented


def __ror__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_or_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_or, bitwise_or, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_or_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_or, bitwise_or, (input, other)) if operand(other) else NotImplemented


def __ior__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_or_(input, other)


_bitwise_right_shift = OPS['bitwise_right_shift.Tensor']
_bitwise_right_shift_table = _bitwise_right_shift.table
_bitwise_right_shift_numbers = _bitwise_right_shift.number_table
_bitwise_right_shift_inplace = _bitwise_right_shift.inplace_table


def bitwise_right_shift(input, other, *, out=None):
    """Arithmetic shift to the right.

    aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_right_shift_numbers[k if kind is float else ~k]
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
        return call(_bitwise_right_shift, bitwise_right_shift, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_right_shift_table[input._k | other._k | st.bits]
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
    return call(_bitwise_right_shift, bitwise_right_shift, (input, other), out)


def bitwise_right_shift_(input, other):
    """In-place form of `bitwise_right_shift`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _bitwise_right_shift_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_bitwise_right_shift, bitwise_right_shift_, (input, other))
    try:
        st = TL.st
        leaf, full = _bitwise_right_shift_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_bitwise_right_shift, bitwise_right_shift_, (input, other))


def __rshift__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_right_shift_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_right_shift, bitwise_right_shift, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_right_shift_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_right_shift, bitwise_right_shift, (input, other)) if operand(other) else NotImplemented


def __irshift__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_right_shift_(input, other)


def __rrshift__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_right_shift(other, input)


_bitwise_xor = OPS['bitwise_xor.Tensor']
_bitwise_xor_table = _bitwise_xor.table
_bitwise_xor_numbers = _bitwise_xor.number_table
_bitwise_xor_inplace = _bitwise_xor.inplace_table


def bitwise_xor(input, other, *, out=None):
    """Bitwise exclusive or.

    aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_xor_numbers[k if kind is float else ~k]
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
        return call(_bitwise_xor, bitwise_xor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_xor_table[input._k | other._k | st.bits]
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
    return call(_bitwise_xor, bitwise_xor, (input, other), out)


def bitwise_xor_(input, other):
    """In-place form of `bitwise_xor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _bitwise_xor_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_bitwise_xor, bitwise_xor_, (input, other))
    try:
        st = TL.st
        leaf, full = _bitwise_xor_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_bitwise_xor, bitwise_xor_, (input, other))


def __xor__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_xor_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_xor, bitwise_xor, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_xor_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_xor, bitwise_xor, (input, other)) if operand(other) else NotImplemented


def __rxor__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _bitwise_xor_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_bitwise_xor, bitwise_xor, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _bitwise_xor_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_bitwise_xor, bitwise_xor, (input, other)) if operand(other) else NotImplemented


def __ixor__(input, other):
    if not operand(other):
        return NotImplemented
    return bitwise_xor_(input, other)
