"""Wrappers of the `binary` family, generated from ft_dispatch/ops/binary.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.older_forms import call_older
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op_add = OPS['add.Tensor']
table_add = op_add.table
numbers_add = op_add.number_table
inplace_add = op_add.inplace_table


def add(input, other, *older, alpha=1, out=None):
    """input + alpha * other.

    aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_add, add, (input, other, *older), alpha=alpha, out=out)
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_add[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            if alpha == 1:
                arr = st.run(leaf, input._a, box[other], out=dest)
            elif alpha.__class__ in _NUMBERS:
                arr = st.run(whole, input._a, box[other], alpha, out=dest)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, alpha)
        return call(op_add, add, (input, other, alpha), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_add[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1:
            arr = st.run(leaf, input._a, other._a, out=dest)
        elif alpha.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, other._a, alpha, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, alpha)
    return call(op_add, add, (input, other, alpha), out)


def add_(input, other, *older, alpha=1):
    """In-place form of `add`."""
    if older:
        return call_older(op_add, add_, (input, other, *older), alpha=alpha)
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_add[(input._k | st.bits, kind)]
            arr = input._a
            if alpha == 1:
                st.run(leaf, arr, box[other], out=arr)
            elif alpha.__class__ in _NUMBERS:
                st.run(whole, arr, box[other], alpha, out=arr)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_add, add_, (input, other, alpha))
    try:
        st = TL.st
        leaf, whole = inplace_add[input._k | other._k | st.bits]
        arr = input._a
        if alpha == 1:
            st.run(leaf, arr, other._a, out=arr)
        elif alpha.__class__ in _NUMBERS:
            st.run(whole, arr, other._a, alpha, out=arr)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_add, add_, (input, other, alpha))


def __add__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_add[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, 1)
        return call(op_add, add, (input, other, 1)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_add[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, 1)
    return call(op_add, add, (input, other, 1)) if operand(other, input) else NotImplemented


def __radd__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_add[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, 1)
        return call(op_add, add, (input, other, 1)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_add[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, 1)
    return call(op_add, add, (input, other, 1)) if operand(other, input) else NotImplemented


def __iadd__(input, other):
    if not operand(other, input):
        return NotImplemented
    return add_(input, other)


op_addcdiv = OPS['addcdiv']
table_addcdiv = op_addcdiv.table


def addcdiv(input, tensor1, tensor2, *older, value=1, out=None):
    """input + value * tensor1 / tensor2.

    aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor
    """
    if older:
        return call_older(op_addcdiv, addcdiv, (input, tensor1, tensor2, *older), value=value, out=out)
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_addcdiv[input._k | tensor1._k | tensor2._k | st.bits]
        if out is not None:
            raise KeyError
        if value == 1:
            arr = st.run(leaf, input._a, tensor1._a, tensor2._a, out=dest)
        elif value.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, tensor1._a, tensor2._a, value, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, tensor1, tensor2, value)
    return call(op_addcdiv, addcdiv, (input, tensor1, tensor2, value), out)


def addcdiv_(input, tensor1, tensor2, *older, value=1):
    """In-place form of `addcdiv`."""
    if older:
        return call_older(op_addcdiv, addcdiv_, (input, tensor1, tensor2, *older), value=value)
    return call_inplace(op_addcdiv, addcdiv_, (input, tensor1, tensor2, value))


op_addcmul = OPS['addcmul']
table_addcmul = op_addcmul.table


def addcmul(input, tensor1, tensor2, *older, value=1, out=None):
    """input + value * tensor1 * tensor2.

    aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor
    """
    if older:
        return call_older(op_addcmul, addcmul, (input, tensor1, tensor2, *older), value=value, out=out)
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_addcmul[input._k | tensor1._k | tensor2._k | st.bits]
        if out is not None:
            raise KeyError
        if value == 1:
            arr = st.run(leaf, input._a, tensor1._a, tensor2._a, out=dest)
        elif value.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, tensor1._a, tensor2._a, value, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, tensor1, tensor2, value)
    return call(op_addcmul, addcmul, (input, tensor1, tensor2, value), out)


def addcmul_(input, tensor1, tensor2, *older, value=1):
    """In-place form of `addcmul`."""
    if older:
        return call_older(op_addcmul, addcmul_, (input, tensor1, tensor2, *older), value=value)
    return call_inplace(op_addcmul, addcmul_, (input, tensor1, tensor2, value))


op_atan2 = OPS['atan2']
table_atan2 = op_atan2.table
numbers_atan2 = op_atan2.number_table
inplace_atan2 = op_atan2.inplace_table


def atan2(input, other, *, out=None):
    """Angle of the point (other, input).

    aten::atan2(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_atan2[keys if kind is float else ~keys]
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
        return call(op_atan2, atan2, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_atan2[input._k | other._k | st.bits]
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
    return call(op_atan2, atan2, (input, other), out)


def atan2_(input, other):
    """In-place form of `atan2`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_atan2[(input._k | st.bits, kind)]
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
        return call_inplace(op_atan2, atan2_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_atan2[input._k | other._k | st.bits]
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
    return call_inplace(op_atan2, atan2_, (input, other))


op_copysign = OPS['copysign.Tensor']
table_copysign = op_copysign.table
numbers_copysign = op_copysign.number_table
inplace_copysign = op_copysign.inplace_table


def copysign(input, other, *, out=None):
    """Magnitude of input, sign of other.

    aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_copysign[keys if kind is float else ~keys]
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
        return call(op_copysign, copysign, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_copysign[input._k | other._k | st.bits]
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
    return call(op_copysign, copysign, (input, other), out)


def copysign_(input, other):
    """In-place form of `copysign`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_copysign[(input._k | st.bits, kind)]
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
        return call_inplace(op_copysign, copysign_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_copysign[input._k | other._k | st.bits]
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
    return call_inplace(op_copysign, copysign_, (input, other))


op_div_Tensor = OPS['div.Tensor']
table_div_Tensor = op_div_Tensor.table
numbers_div_Tensor = op_div_Tensor.number_table
inplace_div_Tensor = op_div_Tensor.inplace_table


def div_Tensor(input, other, *, out=None):
    """input / other, true division.

    aten::div.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_div_Tensor[keys if kind is float else ~keys]
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
        return call(op_div_Tensor, div_Tensor, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_div_Tensor[input._k | other._k | st.bits]
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
    return call(op_div_Tensor, div_Tensor, (input, other), out)


def div_Tensor_(input, other):
    """In-place form of `div_Tensor`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_div_Tensor[(input._k | st.bits, kind)]
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
        return call_inplace(op_div_Tensor, div_Tensor_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_div_Tensor[input._k | other._k | st.bits]
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
    return call_inplace(op_div_Tensor, div_Tensor_, (input, other))


def __truediv__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_div_Tensor[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_div_Tensor, div_Tensor, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_div_Tensor[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_div_Tensor, div_Tensor, (input, other)) if operand(other, input) else NotImplemented


def __itruediv__(input, other):
    if not operand(other, input):
        return NotImplemented
    return div_Tensor_(input, other)


op_div_Tensor_mode = OPS['div.Tensor_mode']
table_div_Tensor_mode = op_div_Tensor_mode.table
numbers_div_Tensor_mode = op_div_Tensor_mode.number_table
inplace_div_Tensor_mode = op_div_Tensor_mode.inplace_table


def div_Tensor_mode(input, other, *, rounding_mode, out=None):
    """input / other, rounded towards zero ('trunc') or down ('floor').

    aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_div_Tensor_mode[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(whole, input._a, box[other], rounding_mode, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, rounding_mode)
        return call(op_div_Tensor_mode, div_Tensor_mode, (input, other, rounding_mode), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_div_Tensor_mode[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(whole, input._a, other._a, rounding_mode, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, rounding_mode)
    return call(op_div_Tensor_mode, div_Tensor_mode, (input, other, rounding_mode), out)


def div_Tensor_mode_(input, other, *, rounding_mode):
    """In-place form of `div_Tensor_mode`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_div_Tensor_mode[(input._k | st.bits, kind)]
            arr = input._a
            st.run(whole, arr, box[other], rounding_mode, out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_div_Tensor_mode, div_Tensor_mode_, (input, other, rounding_mode))
    try:
        st = TL.st
        leaf, whole = inplace_div_Tensor_mode[input._k | other._k | st.bits]
        arr = input._a
        st.run(whole, arr, other._a, rounding_mode, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_div_Tensor_mode, div_Tensor_mode_, (input, other, rounding_mode))


op_floor_divide = OPS['floor_divide']
table_floor_divide = op_floor_divide.table
numbers_floor_divide = op_floor_divide.number_table
inplace_floor_divide = op_floor_divide.inplace_table


def floor_divide(input, other, *, out=None):
    """input / other, rounded down.

    aten::floor_divide(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_floor_divide[keys if kind is float else ~keys]
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
        return call(op_floor_divide, floor_divide, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_floor_divide[input._k | other._k | st.bits]
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
    return call(op_floor_divide, floor_divide, (input, other), out)


def floor_divide_(input, other):
    """In-place form of `floor_divide`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_floor_divide[(input._k | st.bits, kind)]
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
        return call_inplace(op_floor_divide, floor_divide_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_floor_divide[input._k | other._k | st.bits]
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
    return call_inplace(op_floor_divide, floor_divide_, (input, other))


def __floordiv__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_floor_divide[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_floor_divide, floor_divide, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_floor_divide[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_floor_divide, floor_divide, (input, other)) if operand(other, input) else NotImplemented


def __ifloordiv__(input, other):
    if not operand(other, input):
        return NotImplemented
    return floor_divide_(input, other)


def __rfloordiv__(input, other):
    if not operand(other, input):
        return NotImplemented
    return floor_divide(other, input)


op_fmax = OPS['fmax']
table_fmax = op_fmax.table
numbers_fmax = op_fmax.number_table
inplace_fmax = op_fmax.inplace_table


def fmax(input, other, *, out=None):
    """Larger element; the other one where one is NaN.

    aten::fmax(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_fmax[keys if kind is float else ~keys]
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
        return call(op_fmax, fmax, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_fmax[input._k | other._k | st.bits]
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
    return call(op_fmax, fmax, (input, other), out)


def fmax_(input, other):
    """In-place form of `fmax`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_fmax[(input._k | st.bits, kind)]
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
        return call_inplace(op_fmax, fmax_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_fmax[input._k | other._k | st.bits]
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
    return call_inplace(op_fmax, fmax_, (input, other))


op_fmin = OPS['fmin']
table_fmin = op_fmin.table
numbers_fmin = op_fmin.number_table
inplace_fmin = op_fmin.inplace_table


def fmin(input, other, *, out=None):
    """Smaller element; the other one where one is NaN.

    aten::fmin(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_fmin[keys if kind is float else ~keys]
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
        return call(op_fmin, fmin, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_fmin[input._k | other._k | st.bits]
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
    return call(op_fmin, fmin, (input, other), out)


def fmin_(input, other):
    """In-place form of `fmin`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_fmin[(input._k | st.bits, kind)]
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
        return call_inplace(op_fmin, fmin_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_fmin[input._k | other._k | st.bits]
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
    return call_inplace(op_fmin, fmin_, (input, other))


op_fmod = OPS['fmod.Tensor']
table_fmod = op_fmod.table
numbers_fmod = op_fmod.number_table
inplace_fmod = op_fmod.inplace_table


def fmod(input, other, *, out=None):
    """Remainder with the sign of the dividend.

    aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_fmod[keys if kind is float else ~keys]
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
        return call(op_fmod, fmod, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_fmod[input._k | other._k | st.bits]
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
    return call(op_fmod, fmod, (input, other), out)


def fmod_(input, other):
    """In-place form of `fmod`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_fmod[(input._k | st.bits, kind)]
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
        return call_inplace(op_fmod, fmod_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_fmod[input._k | other._k | st.bits]
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
    return call_inplace(op_fmod, fmod_, (input, other))


op_gcd = OPS['gcd']
table_gcd = op_gcd.table
numbers_gcd = op_gcd.number_table
inplace_gcd = op_gcd.inplace_table


def gcd(input, other, *, out=None):
    """Greatest common divisor of integers.

    aten::gcd(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_gcd[keys if kind is float else ~keys]
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
        return call(op_gcd, gcd, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_gcd[input._k | other._k | st.bits]
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
    return call(op_gcd, gcd, (input, other), out)


def gcd_(input, other):
    """In-place form of `gcd`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_gcd[(input._k | st.bits, kind)]
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
        return call_inplace(op_gcd, gcd_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_gcd[input._k | other._k | st.bits]
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
    return call_inplace(op_gcd, gcd_, (input, other))


op_heaviside = OPS['heaviside']
table_heaviside = op_heaviside.table
numbers_heaviside = op_heaviside.number_table
inplace_heaviside = op_heaviside.inplace_table


def heaviside(input, values, *, out=None):
    """0, values or 1 by the sign of input.

    aten::heaviside(Tensor self, Tensor values) -> Tensor
    """
    kind = values.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_heaviside[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[values], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, values)
        return call(op_heaviside, heaviside, (input, values), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_heaviside[input._k | values._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, values._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, values)
    return call(op_heaviside, heaviside, (input, values), out)


def heaviside_(input, values):
    """In-place form of `heaviside`."""
    kind = values.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_heaviside[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[values], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_heaviside, heaviside_, (input, values))
    try:
        st = TL.st
        leaf, whole = inplace_heaviside[input._k | values._k | st.bits]
        arr = input._a
        st.run(leaf, arr, values._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_heaviside, heaviside_, (input, values))


op_hypot = OPS['hypot']
table_hypot = op_hypot.table
numbers_hypot = op_hypot.number_table
inplace_hypot = op_hypot.inplace_table


def hypot(input, other, *, out=None):
    """sqrt(input^2 + other^2) without overflow.

    aten::hypot(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_hypot[keys if kind is float else ~keys]
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
        return call(op_hypot, hypot, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_hypot[input._k | other._k | st.bits]
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
    return call(op_hypot, hypot, (input, other), out)


def hypot_(input, other):
    """In-place form of `hypot`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_hypot[(input._k | st.bits, kind)]
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
        return call_inplace(op_hypot, hypot_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_hypot[input._k | other._k | st.bits]
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
    return call_inplace(op_hypot, hypot_, (input, other))


op_lcm = OPS['lcm']
table_lcm = op_lcm.table
numbers_lcm = op_lcm.number_table
inplace_lcm = op_lcm.inplace_table


def lcm(input, other, *, out=None):
    """Least common multiple of integers.

    aten::lcm(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_lcm[keys if kind is float else ~keys]
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
        return call(op_lcm, lcm, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_lcm[input._k | other._k | st.bits]
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
    return call(op_lcm, lcm, (input, other), out)


def lcm_(input, other):
    """In-place form of `lcm`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_lcm[(input._k | st.bits, kind)]
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
        return call_inplace(op_lcm, lcm_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_lcm[input._k | other._k | st.bits]
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
    return call_inplace(op_lcm, lcm_, (input, other))


op_ldexp = OPS['ldexp.Tensor']
table_ldexp = op_ldexp.table
numbers_ldexp = op_ldexp.number_table
inplace_ldexp = op_ldexp.inplace_table


def ldexp(input, other, *, out=None):
    """input * 2^other.

    aten::ldexp.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_ldexp[keys if kind is float else ~keys]
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
        return call(op_ldexp, ldexp, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ldexp[input._k | other._k | st.bits]
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
    return call(op_ldexp, ldexp, (input, other), out)


def ldexp_(input, other):
    """In-place form of `ldexp`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_ldexp[(input._k | st.bits, kind)]
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
        return call_inplace(op_ldexp, ldexp_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_ldexp[input._k | other._k | st.bits]
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
    return call_inplace(op_ldexp, ldexp_, (input, other))


op_lerp = OPS['lerp.Tensor']
table_lerp = op_lerp.table


def lerp(input, end, weight, *, out=None):
    """input + weight * (end - input).

    aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_lerp[input._k | end._k | weight._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, end._a, weight._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, end, weight)
    return call(op_lerp, lerp, (input, end, weight), out)


def lerp_(input, end, weight):
    """In-place form of `lerp`."""
    return call_inplace(op_lerp, lerp_, (input, end, weight))


op_logaddexp = OPS['logaddexp']
table_logaddexp = op_logaddexp.table
numbers_logaddexp = op_logaddexp.number_table
inplace_logaddexp = op_logaddexp.inplace_table


def logaddexp(input, other, *, out=None):
    """log(exp(input) + exp(other)).

    aten::logaddexp(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logaddexp[keys if kind is float else ~keys]
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
        return call(op_logaddexp, logaddexp, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logaddexp[input._k | other._k | st.bits]
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
    return call(op_logaddexp, logaddexp, (input, other), out)


def logaddexp_(input, other):
    """In-place form of `logaddexp`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_logaddexp[(input._k | st.bits, kind)]
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
        return call_inplace(op_logaddexp, logaddexp_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_logaddexp[input._k | other._k | st.bits]
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
    return call_inplace(op_logaddexp, logaddexp_, (input, other))


op_logaddexp2 = OPS['logaddexp2']
table_logaddexp2 = op_logaddexp2.table
numbers_logaddexp2 = op_logaddexp2.number_table
inplace_logaddexp2 = op_logaddexp2.inplace_table


def logaddexp2(input, other, *, out=None):
    """log2(2^input + 2^other).

    aten::logaddexp2(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logaddexp2[keys if kind is float else ~keys]
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
        return call(op_logaddexp2, logaddexp2, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_logaddexp2[input._k | other._k | st.bits]
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
    return call(op_logaddexp2, logaddexp2, (input, other), out)


def logaddexp2_(input, other):
    """In-place form of `logaddexp2`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_logaddexp2[(input._k | st.bits, kind)]
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
        return call_inplace(op_logaddexp2, logaddexp2_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_logaddexp2[input._k | other._k | st.bits]
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
    return call_inplace(op_logaddexp2, logaddexp2_, (input, other))


op_maximum = OPS['maximum']
table_maximum = op_maximum.table
numbers_maximum = op_maximum.number_table


def maximum(input, other, *, out=None):
    """Larger element, NaN if either is.

    aten::maximum(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_maximum[keys if kind is float else ~keys]
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
        return call(op_maximum, maximum, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_maximum[input._k | other._k | st.bits]
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
    return call(op_maximum, maximum, (input, other), out)


op_minimum = OPS['minimum']
table_minimum = op_minimum.table
numbers_minimum = op_minimum.number_table


def minimum(input, other, *, out=None):
    """Smaller element, NaN if either is.

    aten::minimum(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_minimum[keys if kind is float else ~keys]
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
        return call(op_minimum, minimum, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_minimum[input._k | other._k | st.bits]
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
    return call(op_minimum, minimum, (input, other), out)


op_mul = OPS['mul.Tensor']
table_mul = op_mul.table
numbers_mul = op_mul.number_table
inplace_mul = op_mul.inplace_table


def mul(input, other, *, out=None):
    """input * other.

    aten::mul.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_mul[keys if kind is float else ~keys]
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
        return call(op_mul, mul, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_mul[input._k | other._k | st.bits]
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
    return call(op_mul, mul, (input, other), out)


def mul_(input, other):
    """In-place form of `mul`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_mul[(input._k | st.bits, kind)]
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
        return call_inplace(op_mul, mul_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_mul[input._k | other._k | st.bits]
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
    return call_inplace(op_mul, mul_, (input, other))


def __mul__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_mul[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_mul, mul, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_mul[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_mul, mul, (input, other)) if operand(other, input) else NotImplemented


def __rmul__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_mul[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_mul, mul, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_mul[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_mul, mul, (input, other)) if operand(other, input) else NotImplemented


def __imul__(input, other):
    if not operand(other, input):
        return NotImplemented
    return mul_(input, other)


op_nextafter = OPS['nextafter']
table_nextafter = op_nextafter.table
numbers_nextafter = op_nextafter.number_table
inplace_nextafter = op_nextafter.inplace_table


def nextafter(input, other, *, out=None):
    """Next floating point number after input towards other.

    aten::nextafter(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_nextafter[keys if kind is float else ~keys]
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
        return call(op_nextafter, nextafter, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_nextafter[input._k | other._k | st.bits]
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
    return call(op_nextafter, nextafter, (input, other), out)


def nextafter_(input, other):
    """In-place form of `nextafter`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_nextafter[(input._k | st.bits, kind)]
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
        return call_inplace(op_nextafter, nextafter_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_nextafter[input._k | other._k | st.bits]
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
    return call_inplace(op_nextafter, nextafter_, (input, other))


op_pow = OPS['pow.Tensor_Tensor']
table_pow = op_pow.table
numbers_pow = op_pow.number_table
inplace_pow = op_pow.inplace_table


def pow(input, exponent, *, out=None):
    """input to the power of exponent.

    aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor
    """
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_pow[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, input._a, box[exponent], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, exponent)
        return call(op_pow, pow, (input, exponent), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_pow[input._k | exponent._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, exponent._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, exponent)
    return call(op_pow, pow, (input, exponent), out)


def pow_(input, exponent):
    """In-place form of `pow`."""
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_pow[(input._k | st.bits, kind)]
            arr = input._a
            st.run(leaf, arr, box[exponent], out=arr)
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_pow, pow_, (input, exponent))
    try:
        st = TL.st
        leaf, whole = inplace_pow[input._k | exponent._k | st.bits]
        arr = input._a
        st.run(leaf, arr, exponent._a, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_pow, pow_, (input, exponent))


def __pow__(input, exponent):
    kind = exponent.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_pow[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[exponent], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, exponent)
        return call(op_pow, pow, (input, exponent)) if operand(exponent, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_pow[input._k | exponent._k | st.bits]
        arr = st.run(leaf, input._a, exponent._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, exponent)
    return call(op_pow, pow, (input, exponent)) if operand(exponent, input) else NotImplemented


def __ipow__(input, exponent):
    if not operand(exponent, input):
        return NotImplemented
    return pow_(input, exponent)


def __rpow__(input, exponent):
    if not operand(exponent, input):
        return NotImplemented
    return pow(exponent, input)


op_remainder = OPS['remainder.Tensor']
table_remainder = op_remainder.table
numbers_remainder = op_remainder.number_table
inplace_remainder = op_remainder.inplace_table


def remainder(input, other, *, out=None):
    """Remainder with the sign of the divisor.

    aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_remainder[keys if kind is float else ~keys]
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
        return call(op_remainder, remainder, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_remainder[input._k | other._k | st.bits]
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
    return call(op_remainder, remainder, (input, other), out)


def remainder_(input, other):
    """In-place form of `remainder`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_remainder[(input._k | st.bits, kind)]
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
        return call_inplace(op_remainder, remainder_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_remainder[input._k | other._k | st.bits]
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
    return call_inplace(op_remainder, remainder_, (input, other))


def __mod__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_remainder[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other)
        return call(op_remainder, remainder, (input, other)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_remainder[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other)
    return call(op_remainder, remainder, (input, other)) if operand(other, input) else NotImplemented


def __imod__(input, other):
    if not operand(other, input):
        return NotImplemented
    return remainder_(input, other)


def __rmod__(input, other):
    if not operand(other, input):
        return NotImplemented
    return remainder(other, input)


op_rsub = OPS['rsub.Tensor']
table_rsub = op_rsub.table
numbers_rsub = op_rsub.number_table


def rsub(input, other, *, alpha=1):
    """other - alpha * input.

    aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_rsub[keys if kind is float else ~keys]
            if alpha == 1:
                arr = st.run(leaf, input._a, box[other], out=dest)
            elif alpha.__class__ in _NUMBERS:
                arr = st.run(whole, input._a, box[other], alpha, out=dest)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, alpha)
        return call(op_rsub, rsub, (input, other, alpha))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_rsub[input._k | other._k | st.bits]
        if alpha == 1:
            arr = st.run(leaf, input._a, other._a, out=dest)
        elif alpha.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, other._a, alpha, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, alpha)
    return call(op_rsub, rsub, (input, other, alpha))


def __rsub__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_rsub[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, 1)
        return call(op_rsub, rsub, (input, other, 1)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_rsub[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, 1)
    return call(op_rsub, rsub, (input, other, 1)) if operand(other, input) else NotImplemented


op_sub = OPS['sub.Tensor']
table_sub = op_sub.table
numbers_sub = op_sub.number_table
inplace_sub = op_sub.inplace_table


def sub(input, other, *older, alpha=1, out=None):
    """input - alpha * other.

    aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_sub, sub, (input, other, *older), alpha=alpha, out=out)
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_sub[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            if alpha == 1:
                arr = st.run(leaf, input._a, box[other], out=dest)
            elif alpha.__class__ in _NUMBERS:
                arr = st.run(whole, input._a, box[other], alpha, out=dest)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, alpha)
        return call(op_sub, sub, (input, other, alpha), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_sub[input._k | other._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1:
            arr = st.run(leaf, input._a, other._a, out=dest)
        elif alpha.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, other._a, alpha, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, alpha)
    return call(op_sub, sub, (input, other, alpha), out)


def sub_(input, other, *older, alpha=1):
    """In-place form of `sub`."""
    if older:
        return call_older(op_sub, sub_, (input, other, *older), alpha=alpha)
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_sub[(input._k | st.bits, kind)]
            arr = input._a
            if alpha == 1:
                st.run(leaf, arr, box[other], out=arr)
            elif alpha.__class__ in _NUMBERS:
                st.run(whole, arr, box[other], alpha, out=arr)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            cell = input._ver
            if cell is None:
                input._ver = [1]
            else:
                cell[0] += 1
            return input
        return call_inplace(op_sub, sub_, (input, other, alpha))
    try:
        st = TL.st
        leaf, whole = inplace_sub[input._k | other._k | st.bits]
        arr = input._a
        if alpha == 1:
            st.run(leaf, arr, other._a, out=arr)
        elif alpha.__class__ in _NUMBERS:
            st.run(whole, arr, other._a, alpha, out=arr)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_sub, sub_, (input, other, alpha))


def __sub__(input, other):
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_sub[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[other], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, other, 1)
        return call(op_sub, sub, (input, other, 1)) if operand(other, input) else NotImplemented
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sub[input._k | other._k | st.bits]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, other, 1)
    return call(op_sub, sub, (input, other, 1)) if operand(other, input) else NotImplemented


def __isub__(input, other):
    if not operand(other, input):
        return NotImplemented
    return sub_(input, other)


op_xlogy = OPS['xlogy.Tensor']
table_xlogy = op_xlogy.table
numbers_xlogy = op_xlogy.number_table
inplace_xlogy = op_xlogy.inplace_table


def xlogy(input, other, *, out=None):
    """input * log(other), 0 where input is 0.

    aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_xlogy[keys if kind is float else ~keys]
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
        return call(op_xlogy, xlogy, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_xlogy[input._k | other._k | st.bits]
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
    return call(op_xlogy, xlogy, (input, other), out)


def xlogy_(input, other):
    """In-place form of `xlogy`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_xlogy[(input._k | st.bits, kind)]
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
        return call_inplace(op_xlogy, xlogy_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_xlogy[input._k | other._k | st.bits]
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
    return call_inplace(op_xlogy, xlogy_, (input, other))
