"""Wrappers of the `compare` family, generated from ft_dispatch/ops/compare.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_clamp = OPS['clamp.Tensor']
table_clamp = op_clamp.table
numbers_clamp = op_clamp.number_table


def clamp(input, min=None, max=None, *, out=None):
    """Limited to [min, max].

    aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor
    """
    if (min is None or min.__class__ is float or min.__class__ is int) and (max is None or max.__class__ is float or max.__class__ is int):
        try:
            st = TL.st
            leaf, dest, memo = numbers_clamp[input._k | st.bits]
            if out is not None:
                raise KeyError
            ok, a_min, a_max = memo[min, max, min.__class__, max.__class__]
            arr = st.run(leaf, input._a, a_min, a_max, out=dest)
        except _MISS:
            return call(op_clamp, clamp, (input, min, max), out)
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made
    try:
        st = TL.st
        keys = input._k | st.bits
        a_min = None
        if min is not None:
            keys |= min._k
            a_min = min._a
        a_max = None
        if max is not None:
            keys |= max._k
            a_max = max._a
        dest, rec, dense, memo = table_clamp[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, None if a_min is None else a_min.shape, None if a_max is None else a_max.shape]
        arr = st.run(leaf, input._a, a_min, a_max, out=dest)
    except _MISS:
        return call(op_clamp, clamp, (input, min, max), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, min, max)


def clamp_(input, min=None, max=None):
    """In-place form of `clamp`."""
    try:
        st = TL.st
        leaf, _, memo = numbers_clamp[input._k | st.bits]
        arr = input._a
        _, a_min, a_max = memo[min, max, min.__class__, max.__class__]
        st.run(leaf, arr, a_min, a_max, out=arr)
    except _MISS:
        return call_inplace(op_clamp, clamp_, (input, min, max))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_eq = OPS['eq.Tensor']
table_eq = op_eq.table
numbers_eq = op_eq.number_table
inplace_eq = op_eq.inplace_table


def eq(input, other, *, out=None):
    """input == other.

    aten::eq.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_eq[keys if kind is float else ~keys]
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
        return call(op_eq, eq, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_eq[input._k | other._k | st.bits]
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
    return call(op_eq, eq, (input, other), out)


def eq_(input, other):
    """In-place form of `eq`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_eq[(input._k | st.bits, kind)]
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
        return call_inplace(op_eq, eq_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_eq[input._k | other._k | st.bits]
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
    return call_inplace(op_eq, eq_, (input, other))


def __eq__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_eq[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_eq, eq, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_eq[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_eq, eq, (input, other)) if operand(other, input) else NotImplemented


op_ge = OPS['ge.Tensor']
table_ge = op_ge.table
numbers_ge = op_ge.number_table
inplace_ge = op_ge.inplace_table


def ge(input, other, *, out=None):
    """input >= other.

    aten::ge.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_ge[keys if kind is float else ~keys]
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
        return call(op_ge, ge, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ge[input._k | other._k | st.bits]
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
    return call(op_ge, ge, (input, other), out)


def ge_(input, other):
    """In-place form of `ge`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_ge[(input._k | st.bits, kind)]
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
        return call_inplace(op_ge, ge_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_ge[input._k | other._k | st.bits]
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
    return call_inplace(op_ge, ge_, (input, other))


def __ge__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_ge[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_ge, ge, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ge[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_ge, ge, (input, other)) if operand(other, input) else NotImplemented


op_gt = OPS['gt.Tensor']
table_gt = op_gt.table
numbers_gt = op_gt.number_table
inplace_gt = op_gt.inplace_table


def gt(input, other, *, out=None):
    """input > other.

    aten::gt.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_gt[keys if kind is float else ~keys]
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
        return call(op_gt, gt, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_gt[input._k | other._k | st.bits]
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
    return call(op_gt, gt, (input, other), out)


def gt_(input, other):
    """In-place form of `gt`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_gt[(input._k | st.bits, kind)]
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
        return call_inplace(op_gt, gt_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_gt[input._k | other._k | st.bits]
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
    return call_inplace(op_gt, gt_, (input, other))


def __gt__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_gt[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_gt, gt, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_gt[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_gt, gt, (input, other)) if operand(other, input) else NotImplemented


op_isfinite = OPS['isfinite']
table_isfinite = op_isfinite.table


def isfinite(input):
    """Neither infinite nor NaN.

    aten::isfinite(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isfinite[input._k | st.bits]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_isfinite, isfinite, (input,))


op_isinf = OPS['isinf']
table_isinf = op_isinf.table


def isinf(input):
    """Plus or minus infinity.

    aten::isinf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isinf[input._k | st.bits]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_isinf, isinf, (input,))


op_isnan = OPS['isnan']
table_isnan = op_isnan.table


def isnan(input):
    """Not a number.

    aten::isnan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isnan[input._k | st.bits]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_isnan, isnan, (input,))


op_isneginf = OPS['isneginf']
table_isneginf = op_isneginf.table


def isneginf(input, *, out=None):
    """Minus infinity.

    aten::isneginf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isneginf[input._k | st.bits]
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
    return call(op_isneginf, isneginf, (input,), out)


op_isposinf = OPS['isposinf']
table_isposinf = op_isposinf.table


def isposinf(input, *, out=None):
    """Plus infinity.

    aten::isposinf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isposinf[input._k | st.bits]
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
    return call(op_isposinf, isposinf, (input,), out)


op_isreal = OPS['isreal']
table_isreal = op_isreal.table


def isreal(input):
    """Imaginary part is 0.

    aten::isreal(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_isreal[input._k | st.bits]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_isreal, isreal, (input,))


op_le = OPS['le.Tensor']
table_le = op_le.table
numbers_le = op_le.number_table
inplace_le = op_le.inplace_table


def le(input, other, *, out=None):
    """input <= other.

    aten::le.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_le[keys if kind is float else ~keys]
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
        return call(op_le, le, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_le[input._k | other._k | st.bits]
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
    return call(op_le, le, (input, other), out)


def le_(input, other):
    """In-place form of `le`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_le[(input._k | st.bits, kind)]
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
        return call_inplace(op_le, le_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_le[input._k | other._k | st.bits]
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
    return call_inplace(op_le, le_, (input, other))


def __le__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_le[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_le, le, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_le[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_le, le, (input, other)) if operand(other, input) else NotImplemented


op_logical_and = OPS['logical_and']
table_logical_and = op_logical_and.table
numbers_logical_and = op_logical_and.number_table
inplace_logical_and = op_logical_and.inplace_table


def logical_and(input, other, *, out=None):
    """Both are not 0.

    aten::logical_and(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logical_and[keys if kind is float else ~keys]
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
        return call(op_logical_and, logical_and, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logical_and[input._k | other._k | st.bits]
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
    return call(op_logical_and, logical_and, (input, other), out)


def logical_and_(input, other):
    """In-place form of `logical_and`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_logical_and[(input._k | st.bits, kind)]
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
        return call_inplace(op_logical_and, logical_and_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_logical_and[input._k | other._k | st.bits]
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
    return call_inplace(op_logical_and, logical_and_, (input, other))


op_logical_not = OPS['logical_not']
table_logical_not = op_logical_not.table
inplace_logical_not = op_logical_not.inplace_table


def logical_not(input, *, out=None):
    """Is 0.

    aten::logical_not(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logical_not[input._k | st.bits]
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
    return call(op_logical_not, logical_not, (input,), out)


def logical_not_(input):
    """In-place form of `logical_not`."""
    try:
        st = TL.st
        leaf, whole = inplace_logical_not[input._k | st.bits]
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
    return call_inplace(op_logical_not, logical_not_, (input,))


op_logical_or = OPS['logical_or']
table_logical_or = op_logical_or.table
numbers_logical_or = op_logical_or.number_table
inplace_logical_or = op_logical_or.inplace_table


def logical_or(input, other, *, out=None):
    """One of both is not 0.

    aten::logical_or(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logical_or[keys if kind is float else ~keys]
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
        return call(op_logical_or, logical_or, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logical_or[input._k | other._k | st.bits]
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
    return call(op_logical_or, logical_or, (input, other), out)


def logical_or_(input, other):
    """In-place form of `logical_or`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_logical_or[(input._k | st.bits, kind)]
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
        return call_inplace(op_logical_or, logical_or_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_logical_or[input._k | other._k | st.bits]
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
    return call_inplace(op_logical_or, logical_or_, (input, other))


op_logical_xor = OPS['logical_xor']
table_logical_xor = op_logical_xor.table
numbers_logical_xor = op_logical_xor.number_table
inplace_logical_xor = op_logical_xor.inplace_table


def logical_xor(input, other, *, out=None):
    """Exactly one of both is not 0.

    aten::logical_xor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logical_xor[keys if kind is float else ~keys]
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
        return call(op_logical_xor, logical_xor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logical_xor[input._k | other._k | st.bits]
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
    return call(op_logical_xor, logical_xor, (input, other), out)


def logical_xor_(input, other):
    """In-place form of `logical_xor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_logical_xor[(input._k | st.bits, kind)]
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
        return call_inplace(op_logical_xor, logical_xor_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_logical_xor[input._k | other._k | st.bits]
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
    return call_inplace(op_logical_xor, logical_xor_, (input, other))


op_lt = OPS['lt.Tensor']
table_lt = op_lt.table
numbers_lt = op_lt.number_table
inplace_lt = op_lt.inplace_table


def lt(input, other, *, out=None):
    """input < other.

    aten::lt.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_lt[keys if kind is float else ~keys]
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
        return call(op_lt, lt, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_lt[input._k | other._k | st.bits]
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
    return call(op_lt, lt, (input, other), out)


def lt_(input, other):
    """In-place form of `lt`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_lt[(input._k | st.bits, kind)]
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
        return call_inplace(op_lt, lt_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_lt[input._k | other._k | st.bits]
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
    return call_inplace(op_lt, lt_, (input, other))


def __lt__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_lt[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_lt, lt, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_lt[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_lt, lt, (input, other)) if operand(other, input) else NotImplemented


op_ne = OPS['ne.Tensor']
table_ne = op_ne.table
numbers_ne = op_ne.number_table
inplace_ne = op_ne.inplace_table


def ne(input, other, *, out=None):
    """input != other.

    aten::ne.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_ne[keys if kind is float else ~keys]
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
        return call(op_ne, ne, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ne[input._k | other._k | st.bits]
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
    return call(op_ne, ne, (input, other), out)


def ne_(input, other):
    """In-place form of `ne`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_ne[(input._k | st.bits, kind)]
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
        return call_inplace(op_ne, ne_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_ne[input._k | other._k | st.bits]
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
    return call_inplace(op_ne, ne_, (input, other))


def __ne__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_ne[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_ne, ne, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ne[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_ne, ne, (input, other)) if operand(other, input) else NotImplemented


op_where_self = OPS['where.self']
table_where_self = op_where_self.table


def where_self(condition, input, other, *, out=None):
    """self where condition holds, else other.

    aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_where_self[condition._k, input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, condition._a, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, condition, input, other)
    return call(op_where_self, where_self, (condition, input, other), out)
