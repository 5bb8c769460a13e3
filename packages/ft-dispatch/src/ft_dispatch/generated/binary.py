"""Wrappers of the `binary` family, generated from ft_dispatch/ops/binary.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_add = OPS['add.Tensor']
_add_table = _add.table
_add_numbers = _add.number_table
_add_inplace = _add.inplace_table


def add(input, other, *, alpha=1, out=None):
    """input + alpha * other.

    aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _add_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            if alpha == 1:
                a = st.run(leaf, input._a, box[other], out=dest)
            else:
                a = st.run(full, input._a, box[other], alpha, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, alpha)
        return call(_add, add, (input, other, alpha), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _add_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1:
            a = st.run(leaf, input._a, other._a, out=dest)
        else:
            a = st.run(full, input._a, other._a, alpha, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, alpha)
    return call(_add, add, (input, other, alpha), out)


def add_(input, other, *, alpha=1):
    """In-place form of `add`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _add_inplace[(input._k | st.bits, kind)]
            a = input._a
            if alpha == 1:
                st.run(leaf, a, box[other], out=a)
            else:
                st.run(full, a, box[other], alpha, out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_add, add_, (input, other, alpha))
    try:
        st = TL.st
        leaf, full = _add_inplace[input._k | other._k | st.bits]
        a = input._a
        if alpha == 1:
            st.run(leaf, a, other._a, out=a)
        else:
            st.run(full, a, other._a, alpha, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_add, add_, (input, other, alpha))


def __add__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _add_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, 1)
        return call(_add, add, (input, other, 1)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _add_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, 1)
    return call(_add, add, (input, other, 1)) if operand(other) else NotImplemented


def __radd__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _add_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, 1)
        return call(_add, add, (input, other, 1)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _add_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, 1)
    return call(_add, add, (input, other, 1)) if operand(other) else NotImplemented


def __iadd__(input, other):
    if not operand(other):
        return NotImplemented
    return add_(input, other)


_addcdiv = OPS['addcdiv']
_addcdiv_table = _addcdiv.table


def addcdiv(input, tensor1, tensor2, *, value=1, out=None):
    """input + value * tensor1 / tensor2.

    aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _addcdiv_table[input._k | tensor1._k | tensor2._k | st.bits]
        if out is not None:
            raise KeyError
        if value == 1:
            a = st.run(leaf, input._a, tensor1._a, tensor2._a, out=dest)
        else:
            a = st.run(full, input._a, tensor1._a, tensor2._a, value, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, tensor1, tensor2, value)
    return call(_addcdiv, addcdiv, (input, tensor1, tensor2, value), out)


def addcdiv_(input, tensor1, tensor2, *, value=1):
    """In-place form of `addcdiv`."""
    return call_inplace(_addcdiv, addcdiv_, (input, tensor1, tensor2, value))


_addcmul = OPS['addcmul']
_addcmul_table = _addcmul.table


def addcmul(input, tensor1, tensor2, *, value=1, out=None):
    """input + value * tensor1 * tensor2.

    aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _addcmul_table[input._k | tensor1._k | tensor2._k | st.bits]
        if out is not None:
            raise KeyError
        if value == 1:
            a = st.run(leaf, input._a, tensor1._a, tensor2._a, out=dest)
        else:
            a = st.run(full, input._a, tensor1._a, tensor2._a, value, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, tensor1, tensor2, value)
    return call(_addcmul, addcmul, (input, tensor1, tensor2, value), out)


def addcmul_(input, tensor1, tensor2, *, value=1):
    """In-place form of `addcmul`."""
    return call_inplace(_addcmul, addcmul_, (input, tensor1, tensor2, value))


_atan2 = OPS['atan2']
_atan2_table = _atan2.table
_atan2_numbers = _atan2.number_table
_atan2_inplace = _atan2.inplace_table


def atan2(input, other, *, out=None):
    """Angle of the point (other, input).

    aten::atan2(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _atan2_numbers[k if kind is float else ~k]
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
        return call(_atan2, atan2, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _atan2_table[input._k | other._k | st.bits]
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
    return call(_atan2, atan2, (input, other), out)


def atan2_(input, other):
    """In-place form of `atan2`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _atan2_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_atan2, atan2_, (input, other))
    try:
        st = TL.st
        leaf, full = _atan2_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_atan2, atan2_, (input, other))


_copysign = OPS['copysign.Tensor']
_copysign_table = _copysign.table
_copysign_numbers = _copysign.number_table
_copysign_inplace = _copysign.inplace_table


def copysign(input, other, *, out=None):
    """Magnitude of input, sign of other.

    aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _copysign_numbers[k if kind is float else ~k]
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
        return call(_copysign, copysign, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _copysign_table[input._k | other._k | st.bits]
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
    return call(_copysign, copysign, (input, other), out)


def copysign_(input, other):
    """In-place form of `copysign`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _copysign_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_copysign, copysign_, (input, other))
    try:
        st = TL.st
        leaf, full = _copysign_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_copysign, copysign_, (input, other))


_div_Tensor = OPS['div.Tensor']
_div_Tensor_table = _div_Tensor.table
_div_Tensor_numbers = _div_Tensor.number_table
_div_Tensor_inplace = _div_Tensor.inplace_table


def div_Tensor(input, other, *, out=None):
    """input / other, true division.

    aten::div.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _div_Tensor_numbers[k if kind is float else ~k]
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
        return call(_div_Tensor, div_Tensor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _div_Tensor_table[input._k | other._k | st.bits]
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
    return call(_div_Tensor, div_Tensor, (input, other), out)


def div_Tensor_(input, other):
    """In-place form of `div_Tensor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _div_Tensor_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_div_Tensor, div_Tensor_, (input, other))
    try:
        st = TL.st
        leaf, full = _div_Tensor_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_div_Tensor, div_Tensor_, (input, other))


def __truediv__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _div_Tensor_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_div_Tensor, div_Tensor, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _div_Tensor_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_div_Tensor, div_Tensor, (input, other)) if operand(other) else NotImplemented


def __itruediv__(input, other):
    if not operand(other):
        return NotImplemented
    return div_Tensor_(input, other)


_div_Tensor_mode = OPS['div.Tensor_mode']
_div_Tensor_mode_table = _div_Tensor_mode.table
_div_Tensor_mode_numbers = _div_Tensor_mode.number_table
_div_Tensor_mode_inplace = _div_Tensor_mode.inplace_table


def div_Tensor_mode(input, other, *, rounding_mode, out=None):
    """input / other, rounded towards zero ('trunc') or down ('floor').

    aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _div_Tensor_mode_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(full, input._a, box[other], rounding_mode, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, rounding_mode)
        return call(_div_Tensor_mode, div_Tensor_mode, (input, other, rounding_mode), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _div_Tensor_mode_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(full, input._a, other._a, rounding_mode, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, rounding_mode)
    return call(_div_Tensor_mode, div_Tensor_mode, (input, other, rounding_mode), out)


def div_Tensor_mode_(input, other, *, rounding_mode):
    """In-place form of `div_Tensor_mode`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _div_Tensor_mode_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(full, a, box[other], rounding_mode, out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_div_Tensor_mode, div_Tensor_mode_, (input, other, rounding_mode))
    try:
        st = TL.st
        leaf, full = _div_Tensor_mode_inplace[input._k | other._k | st.bits]
        a = input._a
        st.run(full, a, other._a, rounding_mode, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_div_Tensor_mode, div_Tensor_mode_, (input, other, rounding_mode))


_floor_divide = OPS['floor_divide']
_floor_divide_table = _floor_divide.table
_floor_divide_numbers = _floor_divide.number_table
_floor_divide_inplace = _floor_divide.inplace_table


def floor_divide(input, other, *, out=None):
    """input / other, rounded down.

    aten::floor_divide(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _floor_divide_numbers[k if kind is float else ~k]
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
        return call(_floor_divide, floor_divide, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _floor_divide_table[input._k | other._k | st.bits]
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
    return call(_floor_divide, floor_divide, (input, other), out)


def floor_divide_(input, other):
    """In-place form of `floor_divide`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _floor_divide_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_floor_divide, floor_divide_, (input, other))
    try:
        st = TL.st
        leaf, full = _floor_divide_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_floor_divide, floor_divide_, (input, other))


def __floordiv__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _floor_divide_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_floor_divide, floor_divide, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _floor_divide_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_floor_divide, floor_divide, (input, other)) if operand(other) else NotImplemented


def __ifloordiv__(input, other):
    if not operand(other):
        return NotImplemented
    return floor_divide_(input, other)


def __rfloordiv__(input, other):
    if not operand(other):
        return NotImplemented
    return floor_divide(other, input)


_fmax = OPS['fmax']
_fmax_table = _fmax.table
_fmax_numbers = _fmax.number_table
_fmax_inplace = _fmax.inplace_table


def fmax(input, other, *, out=None):
    """Larger element; the other one where one is NaN.

    aten::fmax(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _fmax_numbers[k if kind is float else ~k]
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
        return call(_fmax, fmax, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _fmax_table[input._k | other._k | st.bits]
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
    return call(_fmax, fmax, (input, other), out)


def fmax_(input, other):
    """In-place form of `fmax`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _fmax_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_fmax, fmax_, (input, other))
    try:
        st = TL.st
        leaf, full = _fmax_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_fmax, fmax_, (input, other))


_fmin = OPS['fmin']
_fmin_table = _fmin.table
_fmin_numbers = _fmin.number_table
_fmin_inplace = _fmin.inplace_table


def fmin(input, other, *, out=None):
    """Smaller element; the other one where one is NaN.

    aten::fmin(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _fmin_numbers[k if kind is float else ~k]
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
        return call(_fmin, fmin, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _fmin_table[input._k | other._k | st.bits]
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
    return call(_fmin, fmin, (input, other), out)


def fmin_(input, other):
    """In-place form of `fmin`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _fmin_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_fmin, fmin_, (input, other))
    try:
        st = TL.st
        leaf, full = _fmin_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_fmin, fmin_, (input, other))


_fmod = OPS['fmod.Tensor']
_fmod_table = _fmod.table
_fmod_numbers = _fmod.number_table
_fmod_inplace = _fmod.inplace_table


def fmod(input, other, *, out=None):
    """Remainder with the sign of the dividend.

    aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _fmod_numbers[k if kind is float else ~k]
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
        return call(_fmod, fmod, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _fmod_table[input._k | other._k | st.bits]
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
    return call(_fmod, fmod, (input, other), out)


def fmod_(input, other):
    """In-place form of `fmod`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _fmod_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_fmod, fmod_, (input, other))
    try:
        st = TL.st
        leaf, full = _fmod_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_fmod, fmod_, (input, other))


_gcd = OPS['gcd']
_gcd_table = _gcd.table
_gcd_numbers = _gcd.number_table
_gcd_inplace = _gcd.inplace_table


def gcd(input, other, *, out=None):
    """Greatest common divisor of integers.

    aten::gcd(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _gcd_numbers[k if kind is float else ~k]
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
        return call(_gcd, gcd, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _gcd_table[input._k | other._k | st.bits]
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
    return call(_gcd, gcd, (input, other), out)


def gcd_(input, other):
    """In-place form of `gcd`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _gcd_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_gcd, gcd_, (input, other))
    try:
        st = TL.st
        leaf, full = _gcd_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_gcd, gcd_, (input, other))


_heaviside = OPS['heaviside']
_heaviside_table = _heaviside.table
_heaviside_numbers = _heaviside.number_table
_heaviside_inplace = _heaviside.inplace_table


def heaviside(input, values, *, out=None):
    """0, values or 1 by the sign of input.

    aten::heaviside(Tensor self, Tensor values) -> Tensor
    """
    kind = values.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _heaviside_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[values], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, values)
        return call(_heaviside, heaviside, (input, values), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _heaviside_table[input._k | values._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, values._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, values)
    return call(_heaviside, heaviside, (input, values), out)


def heaviside_(input, values):
    """In-place form of `heaviside`."""
    kind = values.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _heaviside_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[values], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_heaviside, heaviside_, (input, values))
    try:
        st = TL.st
        leaf, full = _heaviside_inplace[input._k | values._k | st.bits]
        a = input._a
        st.run(leaf, a, values._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_heaviside, heaviside_, (input, values))


_hypot = OPS['hypot']
_hypot_table = _hypot.table
_hypot_numbers = _hypot.number_table
_hypot_inplace = _hypot.inplace_table


def hypot(input, other, *, out=None):
    """sqrt(input^2 + other^2) without overflow.

    aten::hypot(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _hypot_numbers[k if kind is float else ~k]
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
        return call(_hypot, hypot, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _hypot_table[input._k | other._k | st.bits]
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
    return call(_hypot, hypot, (input, other), out)


def hypot_(input, other):
    """In-place form of `hypot`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _hypot_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_hypot, hypot_, (input, other))
    try:
        st = TL.st
        leaf, full = _hypot_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_hypot, hypot_, (input, other))


_lcm = OPS['lcm']
_lcm_table = _lcm.table
_lcm_numbers = _lcm.number_table
_lcm_inplace = _lcm.inplace_table


def lcm(input, other, *, out=None):
    """Least common multiple of integers.

    aten::lcm(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _lcm_numbers[k if kind is float else ~k]
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
        return call(_lcm, lcm, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _lcm_table[input._k | other._k | st.bits]
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
    return call(_lcm, lcm, (input, other), out)


def lcm_(input, other):
    """In-place form of `lcm`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _lcm_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_lcm, lcm_, (input, other))
    try:
        st = TL.st
        leaf, full = _lcm_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_lcm, lcm_, (input, other))


_ldexp = OPS['ldexp.Tensor']
_ldexp_table = _ldexp.table
_ldexp_numbers = _ldexp.number_table
_ldexp_inplace = _ldexp.inplace_table


def ldexp(input, other, *, out=None):
    """input * 2^other.

    aten::ldexp.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _ldexp_numbers[k if kind is float else ~k]
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
        return call(_ldexp, ldexp, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ldexp_table[input._k | other._k | st.bits]
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
    return call(_ldexp, ldexp, (input, other), out)


def ldexp_(input, other):
    """In-place form of `ldexp`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _ldexp_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_ldexp, ldexp_, (input, other))
    try:
        st = TL.st
        leaf, full = _ldexp_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_ldexp, ldexp_, (input, other))


_lerp = OPS['lerp.Tensor']
_lerp_table = _lerp.table


def lerp(input, end, weight, *, out=None):
    """input + weight * (end - input).

    aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _lerp_table[input._k | end._k | weight._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, end._a, weight._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, end, weight)
    return call(_lerp, lerp, (input, end, weight), out)


def lerp_(input, end, weight):
    """In-place form of `lerp`."""
    return call_inplace(_lerp, lerp_, (input, end, weight))


_logaddexp = OPS['logaddexp']
_logaddexp_table = _logaddexp.table
_logaddexp_numbers = _logaddexp.number_table
_logaddexp_inplace = _logaddexp.inplace_table


def logaddexp(input, other, *, out=None):
    """log(exp(input) + exp(other)).

    aten::logaddexp(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _logaddexp_numbers[k if kind is float else ~k]
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
        return call(_logaddexp, logaddexp, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logaddexp_table[input._k | other._k | st.bits]
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
    return call(_logaddexp, logaddexp, (input, other), out)


def logaddexp_(input, other):
    """In-place form of `logaddexp`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _logaddexp_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_logaddexp, logaddexp_, (input, other))
    try:
        st = TL.st
        leaf, full = _logaddexp_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_logaddexp, logaddexp_, (input, other))


_logaddexp2 = OPS['logaddexp2']
_logaddexp2_table = _logaddexp2.table
_logaddexp2_numbers = _logaddexp2.number_table
_logaddexp2_inplace = _logaddexp2.inplace_table


def logaddexp2(input, other, *, out=None):
    """log2(2^input + 2^other).

    aten::logaddexp2(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _logaddexp2_numbers[k if kind is float else ~k]
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
        return call(_logaddexp2, logaddexp2, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _logaddexp2_table[input._k | other._k | st.bits]
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
    return call(_logaddexp2, logaddexp2, (input, other), out)


def logaddexp2_(input, other):
    """In-place form of `logaddexp2`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _logaddexp2_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_logaddexp2, logaddexp2_, (input, other))
    try:
        st = TL.st
        leaf, full = _logaddexp2_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_logaddexp2, logaddexp2_, (input, other))


_maximum = OPS['maximum']
_maximum_table = _maximum.table
_maximum_numbers = _maximum.number_table


def maximum(input, other, *, out=None):
    """Larger element, NaN if either is.

    aten::maximum(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _maximum_numbers[k if kind is float else ~k]
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
        return call(_maximum, maximum, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _maximum_table[input._k | other._k | st.bits]
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
    return call(_maximum, maximum, (input, other), out)


_minimum = OPS['minimum']
_minimum_table = _minimum.table
_minimum_numbers = _minimum.number_table


def minimum(input, other, *, out=None):
    """Smaller element, NaN if either is.

    aten::minimum(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _minimum_numbers[k if kind is float else ~k]
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
        return call(_minimum, minimum, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _minimum_table[input._k | other._k | st.bits]
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
    return call(_minimum, minimum, (input, other), out)


_mul = OPS['mul.Tensor']
_mul_table = _mul.table
_mul_numbers = _mul.number_table
_mul_inplace = _mul.inplace_table


def mul(input, other, *, out=None):
    """input * other.

    aten::mul.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _mul_numbers[k if kind is float else ~k]
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
        return call(_mul, mul, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _mul_table[input._k | other._k | st.bits]
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
    return call(_mul, mul, (input, other), out)


def mul_(input, other):
    """In-place form of `mul`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _mul_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_mul, mul_, (input, other))
    try:
        st = TL.st
        leaf, full = _mul_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_mul, mul_, (input, other))


def __mul__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _mul_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_mul, mul, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _mul_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_mul, mul, (input, other)) if operand(other) else NotImplemented


def __rmul__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _mul_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_mul, mul, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _mul_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_mul, mul, (input, other)) if operand(other) else NotImplemented


def __imul__(input, other):
    if not operand(other):
        return NotImplemented
    return mul_(input, other)


_nextafter = OPS['nextafter']
_nextafter_table = _nextafter.table
_nextafter_numbers = _nextafter.number_table
_nextafter_inplace = _nextafter.inplace_table


def nextafter(input, other, *, out=None):
    """Next floating point number after input towards other.

    aten::nextafter(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _nextafter_numbers[k if kind is float else ~k]
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
        return call(_nextafter, nextafter, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _nextafter_table[input._k | other._k | st.bits]
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
    return call(_nextafter, nextafter, (input, other), out)


def nextafter_(input, other):
    """In-place form of `nextafter`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _nextafter_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_nextafter, nextafter_, (input, other))
    try:
        st = TL.st
        leaf, full = _nextafter_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_nextafter, nextafter_, (input, other))


_pow = OPS['pow.Tensor_Tensor']
_pow_table = _pow.table
_pow_numbers = _pow.number_table
_pow_inplace = _pow.inplace_table


def pow(input, exponent, *, out=None):
    """input to the power of exponent.

    aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor
    """
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _pow_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, input._a, box[exponent], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, exponent)
        return call(_pow, pow, (input, exponent), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _pow_table[input._k | exponent._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, input._a, exponent._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, exponent)
    return call(_pow, pow, (input, exponent), out)


def pow_(input, exponent):
    """In-place form of `pow`."""
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _pow_inplace[(input._k | st.bits, kind)]
            a = input._a
            st.run(leaf, a, box[exponent], out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_pow, pow_, (input, exponent))
    try:
        st = TL.st
        leaf, full = _pow_inplace[input._k | exponent._k | st.bits]
        a = input._a
        st.run(leaf, a, exponent._a, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_pow, pow_, (input, exponent))


def __pow__(input, exponent):
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _pow_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[exponent], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, exponent)
        return call(_pow, pow, (input, exponent)) if operand(exponent) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _pow_table[input._k | exponent._k | st.bits]
        a = st.run(leaf, input._a, exponent._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, exponent)
    return call(_pow, pow, (input, exponent)) if operand(exponent) else NotImplemented


def __ipow__(input, exponent):
    if not operand(exponent):
        return NotImplemented
    return pow_(input, exponent)


def __rpow__(input, exponent):
    if not operand(exponent):
        return NotImplemented
    return pow(exponent, input)


_remainder = OPS['remainder.Tensor']
_remainder_table = _remainder.table
_remainder_numbers = _remainder.number_table
_remainder_inplace = _remainder.inplace_table


def remainder(input, other, *, out=None):
    """Remainder with the sign of the divisor.

    aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _remainder_numbers[k if kind is float else ~k]
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
        return call(_remainder, remainder, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _remainder_table[input._k | other._k | st.bits]
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
    return call(_remainder, remainder, (input, other), out)


def remainder_(input, other):
    """In-place form of `remainder`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _remainder_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_remainder, remainder_, (input, other))
    try:
        st = TL.st
        leaf, full = _remainder_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_remainder, remainder_, (input, other))


def __mod__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _remainder_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other)
        return call(_remainder, remainder, (input, other)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _remainder_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other)
    return call(_remainder, remainder, (input, other)) if operand(other) else NotImplemented


def __imod__(input, other):
    if not operand(other):
        return NotImplemented
    return remainder_(input, other)


def __rmod__(input, other):
    if not operand(other):
        return NotImplemented
    return remainder(other, input)


_rsub = OPS['rsub.Tensor']
_rsub_table = _rsub.table
_rsub_numbers = _rsub.number_table


def rsub(input, other, *, alpha=1):
    """other - alpha * input.

    aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _rsub_numbers[k if kind is float else ~k]
            if alpha == 1:
                a = st.run(leaf, input._a, box[other], out=dest)
            else:
                a = st.run(full, input._a, box[other], alpha, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, alpha)
        return call(_rsub, rsub, (input, other, alpha))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _rsub_table[input._k | other._k | st.bits]
        if alpha == 1:
            a = st.run(leaf, input._a, other._a, out=dest)
        else:
            a = st.run(full, input._a, other._a, alpha, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, alpha)
    return call(_rsub, rsub, (input, other, alpha))


def __rsub__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _rsub_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, 1)
        return call(_rsub, rsub, (input, other, 1)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _rsub_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, 1)
    return call(_rsub, rsub, (input, other, 1)) if operand(other) else NotImplemented


_sub = OPS['sub.Tensor']
_sub_table = _sub.table
_sub_numbers = _sub.number_table
_sub_inplace = _sub.inplace_table


def sub(input, other, *, alpha=1, out=None):
    """input - alpha * other.

    aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _sub_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            if alpha == 1:
                a = st.run(leaf, input._a, box[other], out=dest)
            else:
                a = st.run(full, input._a, box[other], alpha, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, alpha)
        return call(_sub, sub, (input, other, alpha), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _sub_table[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1:
            a = st.run(leaf, input._a, other._a, out=dest)
        else:
            a = st.run(full, input._a, other._a, alpha, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, alpha)
    return call(_sub, sub, (input, other, alpha), out)


def sub_(input, other, *, alpha=1):
    """In-place form of `sub`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _sub_inplace[(input._k | st.bits, kind)]
            a = input._a
            if alpha == 1:
                st.run(leaf, a, box[other], out=a)
            else:
                st.run(full, a, box[other], alpha, out=a)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(_sub, sub_, (input, other, alpha))
    try:
        st = TL.st
        leaf, full = _sub_inplace[input._k | other._k | st.bits]
        a = input._a
        if alpha == 1:
            st.run(leaf, a, other._a, out=a)
        else:
            st.run(full, a, other._a, alpha, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_sub, sub_, (input, other, alpha))


def __sub__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _sub_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, other, 1)
        return call(_sub, sub, (input, other, 1)) if operand(other) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sub_table[input._k | other._k | st.bits]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, other, 1)
    return call(_sub, sub, (input, other, 1)) if operand(other) else NotImplemented


def __isub__(input, other):
    if not operand(other):
        return NotImplemented
    return sub_(input, other)


_xlogy = OPS['xlogy.Tensor']
_xlogy_table = _xlogy.table
_xlogy_numbers = _xlogy.number_table
_xlogy_inplace = _xlogy.inplace_table


def xlogy(input, other, *, out=None):
    """input * log(other), 0 where input is 0.

    aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _xlogy_numbers[k if kind is float else ~k]
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
        return call(_xlogy, xlogy, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _xlogy_table[input._k | other._k | st.bits]
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
    return call(_xlogy, xlogy, (input, other), out)


def xlogy_(input, other):
    """In-place form of `xlogy`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _xlogy_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_xlogy, xlogy_, (input, other))
    try:
        st = TL.st
        leaf, full = _xlogy_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_xlogy, xlogy_, (input, other))
