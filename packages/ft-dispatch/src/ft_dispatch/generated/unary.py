"""Wrappers of the `unary` family, generated from ft_dispatch/ops/unary.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_abs = OPS['abs']
table_abs = op_abs.table
inplace_abs = op_abs.inplace_table


def abs(input, *, out=None):
    """Absolute value; the modulus of a complex number.

    aten::abs(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_abs[input._k | st.bits]
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
    return call(op_abs, abs, (input,), out)


def abs_(input):
    """In-place form of `abs`."""
    try:
        st = TL.st
        leaf, whole = inplace_abs[input._k | st.bits]
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
    return call_inplace(op_abs, abs_, (input,))


__abs__ = abs


op_acos = OPS['acos']
table_acos = op_acos.table
inplace_acos = op_acos.inplace_table


def acos(input, *, out=None):
    """Inverse cosine.

    aten::acos(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_acos[input._k | st.bits]
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
    return call(op_acos, acos, (input,), out)


def acos_(input):
    """In-place form of `acos`."""
    try:
        st = TL.st
        leaf, whole = inplace_acos[input._k | st.bits]
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
    return call_inplace(op_acos, acos_, (input,))


op_acosh = OPS['acosh']
table_acosh = op_acosh.table
inplace_acosh = op_acosh.inplace_table


def acosh(input, *, out=None):
    """Inverse hyperbolic cosine.

    aten::acosh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_acosh[input._k | st.bits]
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
    return call(op_acosh, acosh, (input,), out)


def acosh_(input):
    """In-place form of `acosh`."""
    try:
        st = TL.st
        leaf, whole = inplace_acosh[input._k | st.bits]
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
    return call_inplace(op_acosh, acosh_, (input,))


op_angle = OPS['angle']
table_angle = op_angle.table


def angle(input, *, out=None):
    """Argument of a complex number; 0 or pi for real ones.

    aten::angle(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_angle[input._k | st.bits]
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
    return call(op_angle, angle, (input,), out)


op_asin = OPS['asin']
table_asin = op_asin.table
inplace_asin = op_asin.inplace_table


def asin(input, *, out=None):
    """Inverse sine.

    aten::asin(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_asin[input._k | st.bits]
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
    return call(op_asin, asin, (input,), out)


def asin_(input):
    """In-place form of `asin`."""
    try:
        st = TL.st
        leaf, whole = inplace_asin[input._k | st.bits]
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
    return call_inplace(op_asin, asin_, (input,))


op_asinh = OPS['asinh']
table_asinh = op_asinh.table
inplace_asinh = op_asinh.inplace_table


def asinh(input, *, out=None):
    """Inverse hyperbolic sine.

    aten::asinh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_asinh[input._k | st.bits]
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
    return call(op_asinh, asinh, (input,), out)


def asinh_(input):
    """In-place form of `asinh`."""
    try:
        st = TL.st
        leaf, whole = inplace_asinh[input._k | st.bits]
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
    return call_inplace(op_asinh, asinh_, (input,))


op_atan = OPS['atan']
table_atan = op_atan.table
inplace_atan = op_atan.inplace_table


def atan(input, *, out=None):
    """Inverse tangent.

    aten::atan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_atan[input._k | st.bits]
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
    return call(op_atan, atan, (input,), out)


def atan_(input):
    """In-place form of `atan`."""
    try:
        st = TL.st
        leaf, whole = inplace_atan[input._k | st.bits]
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
    return call_inplace(op_atan, atan_, (input,))


op_atanh = OPS['atanh']
table_atanh = op_atanh.table
inplace_atanh = op_atanh.inplace_table


def atanh(input, *, out=None):
    """Inverse hyperbolic tangent.

    aten::atanh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_atanh[input._k | st.bits]
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
    return call(op_atanh, atanh, (input,), out)


def atanh_(input):
    """In-place form of `atanh`."""
    try:
        st = TL.st
        leaf, whole = inplace_atanh[input._k | st.bits]
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
    return call_inplace(op_atanh, atanh_, (input,))


op_ceil = OPS['ceil']
table_ceil = op_ceil.table
inplace_ceil = op_ceil.inplace_table


def ceil(input, *, out=None):
    """Smallest integer not below.

    aten::ceil(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_ceil[input._k | st.bits]
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
    return call(op_ceil, ceil, (input,), out)


def ceil_(input):
    """In-place form of `ceil`."""
    try:
        st = TL.st
        leaf, whole = inplace_ceil[input._k | st.bits]
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
    return call_inplace(op_ceil, ceil_, (input,))


op_conj_physical = OPS['conj_physical']
table_conj_physical = op_conj_physical.table
inplace_conj_physical = op_conj_physical.inplace_table


def conj_physical(input, *, out=None):
    """Complex conjugate, carried out.

    aten::conj_physical(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_conj_physical[input._k | st.bits]
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
    return call(op_conj_physical, conj_physical, (input,), out)


def conj_physical_(input):
    """In-place form of `conj_physical`."""
    try:
        st = TL.st
        leaf, whole = inplace_conj_physical[input._k | st.bits]
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
    return call_inplace(op_conj_physical, conj_physical_, (input,))


op_cos = OPS['cos']
table_cos = op_cos.table
inplace_cos = op_cos.inplace_table


def cos(input, *, out=None):
    """Cosine of radians.

    aten::cos(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_cos[input._k | st.bits]
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
    return call(op_cos, cos, (input,), out)


def cos_(input):
    """In-place form of `cos`."""
    try:
        st = TL.st
        leaf, whole = inplace_cos[input._k | st.bits]
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
    return call_inplace(op_cos, cos_, (input,))


op_cosh = OPS['cosh']
table_cosh = op_cosh.table
inplace_cosh = op_cosh.inplace_table


def cosh(input, *, out=None):
    """Hyperbolic cosine.

    aten::cosh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_cosh[input._k | st.bits]
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
    return call(op_cosh, cosh, (input,), out)


def cosh_(input):
    """In-place form of `cosh`."""
    try:
        st = TL.st
        leaf, whole = inplace_cosh[input._k | st.bits]
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
    return call_inplace(op_cosh, cosh_, (input,))


op_deg2rad = OPS['deg2rad']
table_deg2rad = op_deg2rad.table
inplace_deg2rad = op_deg2rad.inplace_table


def deg2rad(input, *, out=None):
    """Degrees to radians.

    aten::deg2rad(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_deg2rad[input._k | st.bits]
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
    return call(op_deg2rad, deg2rad, (input,), out)


def deg2rad_(input):
    """In-place form of `deg2rad`."""
    try:
        st = TL.st
        leaf, whole = inplace_deg2rad[input._k | st.bits]
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
    return call_inplace(op_deg2rad, deg2rad_, (input,))


op_exp = OPS['exp']
table_exp = op_exp.table
inplace_exp = op_exp.inplace_table


def exp(input, *, out=None):
    """e to the power of each element.

    aten::exp(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_exp[input._k | st.bits]
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
    return call(op_exp, exp, (input,), out)


def exp_(input):
    """In-place form of `exp`."""
    try:
        st = TL.st
        leaf, whole = inplace_exp[input._k | st.bits]
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
    return call_inplace(op_exp, exp_, (input,))


op_exp2 = OPS['exp2']
table_exp2 = op_exp2.table
inplace_exp2 = op_exp2.inplace_table


def exp2(input, *, out=None):
    """2 to the power of each element.

    aten::exp2(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_exp2[input._k | st.bits]
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
    return call(op_exp2, exp2, (input,), out)


def exp2_(input):
    """In-place form of `exp2`."""
    try:
        st = TL.st
        leaf, whole = inplace_exp2[input._k | st.bits]
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
    return call_inplace(op_exp2, exp2_, (input,))


op_expm1 = OPS['expm1']
table_expm1 = op_expm1.table
inplace_expm1 = op_expm1.inplace_table


def expm1(input, *, out=None):
    """exp(x) - 1, exact for small x.

    aten::expm1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_expm1[input._k | st.bits]
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
    return call(op_expm1, expm1, (input,), out)


def expm1_(input):
    """In-place form of `expm1`."""
    try:
        st = TL.st
        leaf, whole = inplace_expm1[input._k | st.bits]
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
    return call_inplace(op_expm1, expm1_, (input,))


op_floor = OPS['floor']
table_floor = op_floor.table
inplace_floor = op_floor.inplace_table


def floor(input, *, out=None):
    """Largest integer not above.

    aten::floor(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_floor[input._k | st.bits]
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
    return call(op_floor, floor, (input,), out)


def floor_(input):
    """In-place form of `floor`."""
    try:
        st = TL.st
        leaf, whole = inplace_floor[input._k | st.bits]
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
    return call_inplace(op_floor, floor_, (input,))


op_frac = OPS['frac']
table_frac = op_frac.table
inplace_frac = op_frac.inplace_table


def frac(input, *, out=None):
    """Fractional part, with the sign of the input.

    aten::frac(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_frac[input._k | st.bits]
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
    return call(op_frac, frac, (input,), out)


def frac_(input):
    """In-place form of `frac`."""
    try:
        st = TL.st
        leaf, whole = inplace_frac[input._k | st.bits]
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
    return call_inplace(op_frac, frac_, (input,))


op_log = OPS['log']
table_log = op_log.table
inplace_log = op_log.inplace_table


def log(input, *, out=None):
    """Natural logarithm.

    aten::log(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_log[input._k | st.bits]
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
    return call(op_log, log, (input,), out)


def log_(input):
    """In-place form of `log`."""
    try:
        st = TL.st
        leaf, whole = inplace_log[input._k | st.bits]
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
    return call_inplace(op_log, log_, (input,))


op_log10 = OPS['log10']
table_log10 = op_log10.table
inplace_log10 = op_log10.inplace_table


def log10(input, *, out=None):
    """Logarithm to base 10.

    aten::log10(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_log10[input._k | st.bits]
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
    return call(op_log10, log10, (input,), out)


def log10_(input):
    """In-place form of `log10`."""
    try:
        st = TL.st
        leaf, whole = inplace_log10[input._k | st.bits]
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
    return call_inplace(op_log10, log10_, (input,))


op_log1p = OPS['log1p']
table_log1p = op_log1p.table
inplace_log1p = op_log1p.inplace_table


def log1p(input, *, out=None):
    """log(1 + x), exact for small x.

    aten::log1p(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_log1p[input._k | st.bits]
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
    return call(op_log1p, log1p, (input,), out)


def log1p_(input):
    """In-place form of `log1p`."""
    try:
        st = TL.st
        leaf, whole = inplace_log1p[input._k | st.bits]
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
    return call_inplace(op_log1p, log1p_, (input,))


op_log2 = OPS['log2']
table_log2 = op_log2.table
inplace_log2 = op_log2.inplace_table


def log2(input, *, out=None):
    """Logarithm to base 2.

    aten::log2(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_log2[input._k | st.bits]
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
    return call(op_log2, log2, (input,), out)


def log2_(input):
    """In-place form of `log2`."""
    try:
        st = TL.st
        leaf, whole = inplace_log2[input._k | st.bits]
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
    return call_inplace(op_log2, log2_, (input,))


op_nan_to_num = OPS['nan_to_num']
table_nan_to_num = op_nan_to_num.table
inplace_nan_to_num = op_nan_to_num.inplace_table


def nan_to_num(input, nan=None, posinf=None, neginf=None, *, out=None):
    """NaN and infinities replaced (default: 0 and the dtype's largest values).

    aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_nan_to_num[input._k | st.bits]
        if out is not None:
            raise KeyError
        if nan is None and posinf is None and neginf is None:
            arr = st.run(leaf, input._a, out=dest)
        elif (nan is None or nan.__class__ in _NUMBERS) and (posinf is None or posinf.__class__ in _NUMBERS) and (neginf is None or neginf.__class__ in _NUMBERS):
            arr = st.run(whole, input._a, nan, posinf, neginf, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, nan, posinf, neginf)
    return call(op_nan_to_num, nan_to_num, (input, nan, posinf, neginf), out)


def nan_to_num_(input, nan=None, posinf=None, neginf=None):
    """In-place form of `nan_to_num`."""
    try:
        st = TL.st
        leaf, whole = inplace_nan_to_num[input._k | st.bits]
        arr = input._a
        if nan is None and posinf is None and neginf is None:
            st.run(leaf, arr, out=arr)
        elif (nan is None or nan.__class__ in _NUMBERS) and (posinf is None or posinf.__class__ in _NUMBERS) and (neginf is None or neginf.__class__ in _NUMBERS):
            st.run(whole, arr, nan, posinf, neginf, out=arr)
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
    return call_inplace(op_nan_to_num, nan_to_num_, (input, nan, posinf, neginf))


op_neg = OPS['neg']
table_neg = op_neg.table
inplace_neg = op_neg.inplace_table


def neg(input, *, out=None):
    """Negative.

    aten::neg(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_neg[input._k | st.bits]
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
    return call(op_neg, neg, (input,), out)


def neg_(input):
    """In-place form of `neg`."""
    try:
        st = TL.st
        leaf, whole = inplace_neg[input._k | st.bits]
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
    return call_inplace(op_neg, neg_, (input,))


__neg__ = neg


op_positive = OPS['positive']


def positive(input):
    """The input itself, not a copy; RuntimeError for bool.

    aten::positive(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_positive, positive, (input,))
    if keys & 4331608735776:
        return call(op_positive, positive, (input,))
    return op_positive.decomposition(*canonical(op_positive, (input,)))


__pos__ = positive


op_rad2deg = OPS['rad2deg']
table_rad2deg = op_rad2deg.table
inplace_rad2deg = op_rad2deg.inplace_table


def rad2deg(input, *, out=None):
    """Radians to degrees.

    aten::rad2deg(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_rad2deg[input._k | st.bits]
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
    return call(op_rad2deg, rad2deg, (input,), out)


def rad2deg_(input):
    """In-place form of `rad2deg`."""
    try:
        st = TL.st
        leaf, whole = inplace_rad2deg[input._k | st.bits]
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
    return call_inplace(op_rad2deg, rad2deg_, (input,))


op_reciprocal = OPS['reciprocal']
table_reciprocal = op_reciprocal.table
inplace_reciprocal = op_reciprocal.inplace_table


def reciprocal(input, *, out=None):
    """1 / x.

    aten::reciprocal(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_reciprocal[input._k | st.bits]
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
    return call(op_reciprocal, reciprocal, (input,), out)


def reciprocal_(input):
    """In-place form of `reciprocal`."""
    try:
        st = TL.st
        leaf, whole = inplace_reciprocal[input._k | st.bits]
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
    return call_inplace(op_reciprocal, reciprocal_, (input,))


op_round = OPS['round.decimals']
table_round = op_round.table
inplace_round = op_round.inplace_table


def round(input, *, decimals=0, out=None):
    """Nearest integer, halves to even; or to `decimals` places.

    aten::round.decimals(Tensor self, *, int decimals=0) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_round[input._k | st.bits]
        if out is not None:
            raise KeyError
        if decimals == 0:
            arr = st.run(leaf, input._a, out=dest)
        elif decimals.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, decimals, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, decimals)
    return call(op_round, round, (input, decimals), out)


def round_(input, *, decimals=0):
    """In-place form of `round`."""
    try:
        st = TL.st
        leaf, whole = inplace_round[input._k | st.bits]
        arr = input._a
        if decimals == 0:
            st.run(leaf, arr, out=arr)
        elif decimals.__class__ in _NUMBERS:
            st.run(whole, arr, decimals, out=arr)
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
    return call_inplace(op_round, round_, (input, decimals))


op_rsqrt = OPS['rsqrt']
table_rsqrt = op_rsqrt.table
inplace_rsqrt = op_rsqrt.inplace_table


def rsqrt(input, *, out=None):
    """1 / sqrt(x).

    aten::rsqrt(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_rsqrt[input._k | st.bits]
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
    return call(op_rsqrt, rsqrt, (input,), out)


def rsqrt_(input):
    """In-place form of `rsqrt`."""
    try:
        st = TL.st
        leaf, whole = inplace_rsqrt[input._k | st.bits]
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
    return call_inplace(op_rsqrt, rsqrt_, (input,))


op_sgn = OPS['sgn']
table_sgn = op_sgn.table
inplace_sgn = op_sgn.inplace_table


def sgn(input, *, out=None):
    """x / |x| for complex numbers, the sign for real ones, 0 at 0.

    aten::sgn(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sgn[input._k | st.bits]
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
    return call(op_sgn, sgn, (input,), out)


def sgn_(input):
    """In-place form of `sgn`."""
    try:
        st = TL.st
        leaf, whole = inplace_sgn[input._k | st.bits]
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
    return call_inplace(op_sgn, sgn_, (input,))


op_sigmoid = OPS['sigmoid']
table_sigmoid = op_sigmoid.table
inplace_sigmoid = op_sigmoid.inplace_table


def sigmoid(input, *, out=None):
    """1 / (1 + exp(-x)).

    aten::sigmoid(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sigmoid[input._k | st.bits]
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
    return call(op_sigmoid, sigmoid, (input,), out)


def sigmoid_(input):
    """In-place form of `sigmoid`."""
    try:
        st = TL.st
        leaf, whole = inplace_sigmoid[input._k | st.bits]
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
    return call_inplace(op_sigmoid, sigmoid_, (input,))


op_sigmoid_backward = OPS['sigmoid_backward']
table_sigmoid_backward = op_sigmoid_backward.table
numbers_sigmoid_backward = op_sigmoid_backward.number_table


def sigmoid_backward(grad_output, output):
    """g * y * (1 - y), y conjugated where complex.

    aten::sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor
    """
    kind = output.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_sigmoid_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[output], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, output)
        return call(op_sigmoid_backward, sigmoid_backward, (grad_output, output))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sigmoid_backward[grad_output._k | output._k | st.bits]
        arr = st.run(leaf, grad_output._a, output._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, output)
    return call(op_sigmoid_backward, sigmoid_backward, (grad_output, output))


op_sign = OPS['sign']
table_sign = op_sign.table
inplace_sign = op_sign.inplace_table


def sign(input, *, out=None):
    """-1, 0 or 1.

    aten::sign(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sign[input._k | st.bits]
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
    return call(op_sign, sign, (input,), out)


def sign_(input):
    """In-place form of `sign`."""
    try:
        st = TL.st
        leaf, whole = inplace_sign[input._k | st.bits]
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
    return call_inplace(op_sign, sign_, (input,))


op_signbit = OPS['signbit']
table_signbit = op_signbit.table


def signbit(input, *, out=None):
    """Whether the sign bit is set (also of -0.0).

    aten::signbit(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_signbit[input._k | st.bits]
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
    return call(op_signbit, signbit, (input,), out)


op_sin = OPS['sin']
table_sin = op_sin.table
inplace_sin = op_sin.inplace_table


def sin(input, *, out=None):
    """Sine of radians.

    aten::sin(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sin[input._k | st.bits]
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
    return call(op_sin, sin, (input,), out)


def sin_(input):
    """In-place form of `sin`."""
    try:
        st = TL.st
        leaf, whole = inplace_sin[input._k | st.bits]
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
    return call_inplace(op_sin, sin_, (input,))


op_sinc = OPS['sinc']
table_sinc = op_sinc.table
inplace_sinc = op_sinc.inplace_table


def sinc(input, *, out=None):
    """sin(pi x) / (pi x), 1 at 0.

    aten::sinc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sinc[input._k | st.bits]
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
    return call(op_sinc, sinc, (input,), out)


def sinc_(input):
    """In-place form of `sinc`."""
    try:
        st = TL.st
        leaf, whole = inplace_sinc[input._k | st.bits]
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
    return call_inplace(op_sinc, sinc_, (input,))


op_sinh = OPS['sinh']
table_sinh = op_sinh.table
inplace_sinh = op_sinh.inplace_table


def sinh(input, *, out=None):
    """Hyperbolic sine.

    aten::sinh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sinh[input._k | st.bits]
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
    return call(op_sinh, sinh, (input,), out)


def sinh_(input):
    """In-place form of `sinh`."""
    try:
        st = TL.st
        leaf, whole = inplace_sinh[input._k | st.bits]
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
    return call_inplace(op_sinh, sinh_, (input,))


op_sqrt = OPS['sqrt']
table_sqrt = op_sqrt.table
inplace_sqrt = op_sqrt.inplace_table


def sqrt(input, *, out=None):
    """Square root.

    aten::sqrt(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_sqrt[input._k | st.bits]
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
    return call(op_sqrt, sqrt, (input,), out)


def sqrt_(input):
    """In-place form of `sqrt`."""
    try:
        st = TL.st
        leaf, whole = inplace_sqrt[input._k | st.bits]
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
    return call_inplace(op_sqrt, sqrt_, (input,))


op_square = OPS['square']
table_square = op_square.table
inplace_square = op_square.inplace_table


def square(input, *, out=None):
    """x * x.

    aten::square(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_square[input._k | st.bits]
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
    return call(op_square, square, (input,), out)


def square_(input):
    """In-place form of `square`."""
    try:
        st = TL.st
        leaf, whole = inplace_square[input._k | st.bits]
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
    return call_inplace(op_square, square_, (input,))


op_tan = OPS['tan']
table_tan = op_tan.table
inplace_tan = op_tan.inplace_table


def tan(input, *, out=None):
    """Tangent of radians.

    aten::tan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_tan[input._k | st.bits]
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
    return call(op_tan, tan, (input,), out)


def tan_(input):
    """In-place form of `tan`."""
    try:
        st = TL.st
        leaf, whole = inplace_tan[input._k | st.bits]
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
    return call_inplace(op_tan, tan_, (input,))


op_tanh = OPS['tanh']
table_tanh = op_tanh.table
inplace_tanh = op_tanh.inplace_table


def tanh(input, *, out=None):
    """Hyperbolic tangent.

    aten::tanh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_tanh[input._k | st.bits]
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
    return call(op_tanh, tanh, (input,), out)


def tanh_(input):
    """In-place form of `tanh`."""
    try:
        st = TL.st
        leaf, whole = inplace_tanh[input._k | st.bits]
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
    return call_inplace(op_tanh, tanh_, (input,))


op_tanh_backward = OPS['tanh_backward']
table_tanh_backward = op_tanh_backward.table
numbers_tanh_backward = op_tanh_backward.number_table


def tanh_backward(grad_output, output):
    """g * (1 - y^2), y conjugated where complex.

    aten::tanh_backward(Tensor grad_output, Tensor output) -> Tensor
    """
    kind = output.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_tanh_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[output], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, output)
        return call(op_tanh_backward, tanh_backward, (grad_output, output))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_tanh_backward[grad_output._k | output._k | st.bits]
        arr = st.run(leaf, grad_output._a, output._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, output)
    return call(op_tanh_backward, tanh_backward, (grad_output, output))


op_trunc = OPS['trunc']
table_trunc = op_trunc.table
inplace_trunc = op_trunc.inplace_table


def trunc(input, *, out=None):
    """Integer part.

    aten::trunc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_trunc[input._k | st.bits]
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
    return call(op_trunc, trunc, (input,), out)


def trunc_(input):
    """In-place form of `trunc`."""
    try:
        st = TL.st
        leaf, whole = inplace_trunc[input._k | st.bits]
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
    return call_inplace(op_trunc, trunc_, (input,))
