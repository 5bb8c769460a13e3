"""Wrappers of the `bitwise` family, generated from ft_dispatch/ops/bitwise.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_bitwise_and = OPS['bitwise_and.Tensor']
table_bitwise_and = op_bitwise_and.table
numbers_bitwise_and = op_bitwise_and.number_table
inplace_bitwise_and = op_bitwise_and.inplace_table


def bitwise_and(input, other, *, out=None):
    """Bitwise and; logical and of bool.

    aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_and[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_and, bitwise_and, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_and[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_and, bitwise_and, (input, other), out)


def bitwise_and_(input, other):
    """In-place form of `bitwise_and`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_bitwise_and[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[other], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_bitwise_and, bitwise_and_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_and[input._k | other._k | st.bits]
        arr = input._a
        st.run(leaf, arr, other._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_and, bitwise_and_, (input, other))


def __and__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_and[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_and, bitwise_and, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_and[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_and, bitwise_and, (input, other)) if operand(other, input) else NotImplemented


def __rand__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_and[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_and, bitwise_and, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_and[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_and, bitwise_and, (input, other)) if operand(other, input) else NotImplemented


def __iand__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_and_(input, other)


op_bitwise_left_shift = OPS['bitwise_left_shift.Tensor']
table_bitwise_left_shift = op_bitwise_left_shift.table
numbers_bitwise_left_shift = op_bitwise_left_shift.number_table
inplace_bitwise_left_shift = op_bitwise_left_shift.inplace_table


def bitwise_left_shift(input, other, *, out=None):
    """input * 2^other.

    aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_left_shift[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_left_shift, bitwise_left_shift, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_left_shift[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_left_shift, bitwise_left_shift, (input, other), out)


def bitwise_left_shift_(input, other):
    """In-place form of `bitwise_left_shift`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_bitwise_left_shift[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[other], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_bitwise_left_shift, bitwise_left_shift_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_left_shift[input._k | other._k | st.bits]
        arr = input._a
        st.run(leaf, arr, other._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_left_shift, bitwise_left_shift_, (input, other))


def __lshift__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_left_shift[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_left_shift, bitwise_left_shift, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_left_shift[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_left_shift, bitwise_left_shift, (input, other)) if operand(other, input) else NotImplemented


def __ilshift__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_left_shift_(input, other)


def __rlshift__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_left_shift(other, input)


op_bitwise_not = OPS['bitwise_not']
table_bitwise_not = op_bitwise_not.table
inplace_bitwise_not = op_bitwise_not.inplace_table


def bitwise_not(input, *, out=None):
    """Bitwise complement; logical not of bool.

    aten::bitwise_not(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_not[input._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_bitwise_not, bitwise_not, (input,), out)


def bitwise_not_(input):
    """In-place form of `bitwise_not`."""
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_not[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_not, bitwise_not_, (input,))


op_bitwise_or = OPS['bitwise_or.Tensor']
table_bitwise_or = op_bitwise_or.table
numbers_bitwise_or = op_bitwise_or.number_table
inplace_bitwise_or = op_bitwise_or.inplace_table


def bitwise_or(input, other, *, out=None):
    """Bitwise or; logical or of bool.

    aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_or[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_or, bitwise_or, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_or[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_or, bitwise_or, (input, other), out)


def bitwise_or_(input, other):
    """In-place form of `bitwise_or`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_bitwise_or[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[other], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_bitwise_or, bitwise_or_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_or[input._k | other._k | st.bits]
        arr = input._a
        st.run(leaf, arr, other._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_or, bitwise_or_, (input, other))


def __or__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_or[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_or, bitwise_or, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_or[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_or, bitwise_or, (input, other)) if operand(other, input) else NotImplemented


def __ror__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_or[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_or, bitwise_or, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_or[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_or, bitwise_or, (input, other)) if operand(other, input) else NotImplemented


def __ior__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_or_(input, other)


op_bitwise_right_shift = OPS['bitwise_right_shift.Tensor']
table_bitwise_right_shift = op_bitwise_right_shift.table
numbers_bitwise_right_shift = op_bitwise_right_shift.number_table
inplace_bitwise_right_shift = op_bitwise_right_shift.inplace_table


def bitwise_right_shift(input, other, *, out=None):
    """Arithmetic shift to the right.

    aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_right_shift[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_right_shift, bitwise_right_shift, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_right_shift[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_right_shift, bitwise_right_shift, (input, other), out)


def bitwise_right_shift_(input, other):
    """In-place form of `bitwise_right_shift`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_bitwise_right_shift[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[other], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_bitwise_right_shift, bitwise_right_shift_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_right_shift[input._k | other._k | st.bits]
        arr = input._a
        st.run(leaf, arr, other._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_right_shift, bitwise_right_shift_, (input, other))


def __rshift__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_right_shift[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_right_shift, bitwise_right_shift, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_right_shift[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_right_shift, bitwise_right_shift, (input, other)) if operand(other, input) else NotImplemented


def __irshift__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_right_shift_(input, other)


def __rrshift__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_right_shift(other, input)


op_bitwise_xor = OPS['bitwise_xor.Tensor']
table_bitwise_xor = op_bitwise_xor.table
numbers_bitwise_xor = op_bitwise_xor.number_table
inplace_bitwise_xor = op_bitwise_xor.inplace_table


def bitwise_xor(input, other, *, out=None):
    """Bitwise exclusive or.

    aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_xor[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_xor, bitwise_xor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_xor[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_xor, bitwise_xor, (input, other), out)


def bitwise_xor_(input, other):
    """In-place form of `bitwise_xor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_bitwise_xor[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[other], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_bitwise_xor, bitwise_xor_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_bitwise_xor[input._k | other._k | st.bits]
        arr = input._a
        st.run(leaf, arr, other._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_bitwise_xor, bitwise_xor_, (input, other))


def __xor__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_xor[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_xor, bitwise_xor, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_xor[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_xor, bitwise_xor, (input, other)) if operand(other, input) else NotImplemented


def __rxor__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_bitwise_xor[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_bitwise_xor, bitwise_xor, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_bitwise_xor[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_bitwise_xor, bitwise_xor, (input, other)) if operand(other, input) else NotImplemented


def __ixor__(input, other):
    if not operand(other, input):
        return NotImplemented
    return bitwise_xor_(input, other)


op_hash_tensor = OPS['hash_tensor']
table_hash_tensor = op_hash_tensor.table


def hash_tensor(input, dim=(), *, keepdim=False, mode=0, out=None):
    """Exclusive or of the elements' bits (of float64 for floats, of 64-bit integers for the rest): uint64.

    aten::hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_hash_tensor[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, mode, = memo[input._a.shape, dim, keepdim, mode]
        arr = st.run(leaf, input._a, dim, keepdim, mode, out=dest)
    except _MISS:
        return call(op_hash_tensor, hash_tensor, (input, dim, keepdim, mode), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, mode)
