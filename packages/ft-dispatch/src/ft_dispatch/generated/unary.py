"""Wrappers of the `unary` family, generated from ft_dispatch/ops/unary.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_abs = OPS['abs']
_abs_table = _abs.table
_abs_inplace = _abs.inplace_table


def abs(input, *, out=None):
    """Absolute value; the modulus of a complex number.

    aten::abs(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _abs_table[input._k | st.bits]
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
    return call(_abs, abs, (input,), out)


def abs_(input):
    """In-place form of `abs`."""
    try:
        st = TL.st
        leaf, full = _abs_inplace[input._k | st.bits]
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
    return call_inplace(_abs, abs_, (input,))


__abs__ = abs


_acos = OPS['acos']
_acos_table = _acos.table
_acos_inplace = _acos.inplace_table


def acos(input, *, out=None):
    """Inverse cosine.

    aten::acos(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _acos_table[input._k | st.bits]
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
    return call(_acos, acos, (input,), out)


def acos_(input):
    """In-place form of `acos`."""
    try:
        st = TL.st
        leaf, full = _acos_inplace[input._k | st.bits]
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
    return call_inplace(_acos, acos_, (input,))


_acosh = OPS['acosh']
_acosh_table = _acosh.table
_acosh_inplace = _acosh.inplace_table


def acosh(input, *, out=None):
    """Inverse hyperbolic cosine.

    aten::acosh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _acosh_table[input._k | st.bits]
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
    return call(_acosh, acosh, (input,), out)


def acosh_(input):
    """In-place form of `acosh`."""
    try:
        st = TL.st
        leaf, full = _acosh_inplace[input._k | st.bits]
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
    return call_inplace(_acosh, acosh_, (input,))


_angle = OPS['angle']
_angle_table = _angle.table


def angle(input, *, out=None):
    """Argument of a complex number; 0 or pi for real ones.

    aten::angle(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _angle_table[input._k | st.bits]
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
    return call(_angle, angle, (input,), out)


_asin = OPS['asin']
_asin_table = _asin.table
_asin_inplace = _asin.inplace_table


def asin(input, *, out=None):
    """Inverse sine.

    aten::asin(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _asin_table[input._k | st.bits]
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
    return call(_asin, asin, (input,), out)


def asin_(input):
    """In-place form of `asin`."""
    try:
        st = TL.st
        leaf, full = _asin_inplace[input._k | st.bits]
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
    return call_inplace(_asin, asin_, (input,))


_asinh = OPS['asinh']
_asinh_table = _asinh.table
_asinh_inplace = _asinh.inplace_table


def asinh(input, *, out=None):
    """Inverse hyperbolic sine.

    aten::asinh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _asinh_table[input._k | st.bits]
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
    return call(_asinh, asinh, (input,), out)


def asinh_(input):
    """In-place form of `asinh`."""
    try:
        st = TL.st
        leaf, full = _asinh_inplace[input._k | st.bits]
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
    return call_inplace(_asinh, asinh_, (input,))


_atan = OPS['atan']
_atan_table = _atan.table
_atan_inplace = _atan.inplace_table


def atan(input, *, out=None):
    """Inverse tangent.

    aten::atan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _atan_table[input._k | st.bits]
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
    return call(_atan, atan, (input,), out)


def atan_(input):
    """In-place form of `atan`."""
    try:
        st = TL.st
        leaf, full = _atan_inplace[input._k | st.bits]
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
    return call_inplace(_atan, atan_, (input,))


_atanh = OPS['atanh']
_atanh_table = _atanh.table
_atanh_inplace = _atanh.inplace_table


def atanh(input, *, out=None):
    """Inverse hyperbolic tangent.

    aten::atanh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _atanh_table[input._k | st.bits]
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
    return call(_atanh, atanh, (input,), out)


def atanh_(input):
    """In-place form of `atanh`."""
    try:
        st = TL.st
        leaf, full = _atanh_inplace[input._k | st.bits]
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
    return call_inplace(_atanh, atanh_, (input,))


_ceil = OPS['ceil']
_ceil_table = _ceil.table
_ceil_inplace = _ceil.inplace_table


def ceil(input, *, out=None):
    """Smallest integer not below.

    aten::ceil(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _ceil_table[input._k | st.bits]
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
    return call(_ceil, ceil, (input,), out)


def ceil_(input):
    """In-place form of `ceil`."""
    try:
        st = TL.st
        leaf, full = _ceil_inplace[input._k | st.bits]
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
    return call_inplace(_ceil, ceil_, (input,))


_conj_physical = OPS['conj_physical']
_conj_physical_table = _conj_physical.table
_conj_physical_inplace = _conj_physical.inplace_table


def conj_physical(input, *, out=None):
    """Complex conjugate, carried out.

    aten::conj_physical(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _conj_physical_table[input._k | st.bits]
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
    return call(_conj_physical, conj_physical, (input,), out)


def conj_physical_(input):
    """In-place form of `conj_physical`."""
    try:
        st = TL.st
        leaf, full = _conj_physical_inplace[input._k | st.bits]
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
    return call_inplace(_conj_physical, conj_physical_, (input,))


_cos = OPS['cos']
_cos_table = _cos.table
_cos_inplace = _cos.inplace_table


def cos(input, *, out=None):
    """Cosine of radians.

    aten::cos(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _cos_table[input._k | st.bits]
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
    return call(_cos, cos, (input,), out)


def cos_(input):
    """In-place form of `cos`."""
    try:
        st = TL.st
        leaf, full = _cos_inplace[input._k | st.bits]
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
    return call_inplace(_cos, cos_, (input,))


_cosh = OPS['cosh']
_cosh_table = _cosh.table
_cosh_inplace = _cosh.inplace_table


def cosh(input, *, out=None):
    """Hyperbolic cosine.

    aten::cosh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _cosh_table[input._k | st.bits]
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
    return call(_cosh, cosh, (input,), out)


def cosh_(input):
    """In-place form of `cosh`."""
    try:
        st = TL.st
        leaf, full = _cosh_inplace[input._k | st.bits]
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
    return call_inplace(_cosh, cosh_, (input,))


_deg2rad = OPS['deg2rad']
_deg2rad_table = _deg2rad.table
_deg2rad_inplace = _deg2rad.inplace_table


def deg2rad(input, *, out=None):
    """Degrees to radians.

    aten::deg2rad(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _deg2rad_table[input._k | st.bits]
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
    return call(_deg2rad, deg2rad, (input,), out)


def deg2rad_(input):
    """In-place form of `deg2rad`."""
    try:
        st = TL.st
        leaf, full = _deg2rad_inplace[input._k | st.bits]
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
    return call_inplace(_deg2rad, deg2rad_, (input,))


_exp = OPS['exp']
_exp_table = _exp.table
_exp_inplace = _exp.inplace_table


def exp(input, *, out=None):
    """e to the power of each element.

    aten::exp(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _exp_table[input._k | st.bits]
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
    return call(_exp, exp, (input,), out)


def exp_(input):
    """In-place form of `exp`."""
    try:
        st = TL.st
        leaf, full = _exp_inplace[input._k | st.bits]
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
    return call_inplace(_exp, exp_, (input,))


_exp2 = OPS['exp2']
_exp2_table = _exp2.table
_exp2_inplace = _exp2.inplace_table


def exp2(input, *, out=None):
    """2 to the power of each element.

    aten::exp2(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _exp2_table[input._k | st.bits]
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
    return call(_exp2, exp2, (input,), out)


def exp2_(input):
    """In-place form of `exp2`."""
    try:
        st = TL.st
        leaf, full = _exp2_inplace[input._k | st.bits]
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
    return call_inplace(_exp2, exp2_, (input,))


_expm1 = OPS['expm1']
_expm1_table = _expm1.table
_expm1_inplace = _expm1.inplace_table


def expm1(input, *, out=None):
    """exp(x) - 1, exact for small x.

    aten::expm1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _expm1_table[input._k | st.bits]
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
    return call(_expm1, expm1, (input,), out)


def expm1_(input):
    """In-place form of `expm1`."""
    try:
        st = TL.st
        leaf, full = _expm1_inplace[input._k | st.bits]
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
    return call_inplace(_expm1, expm1_, (input,))


_floor = OPS['floor']
_floor_table = _floor.table
_floor_inplace = _floor.inplace_table


def floor(input, *, out=None):
    """Largest integer not above.

    aten::floor(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _floor_table[input._k | st.bits]
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
    return call(_floor, floor, (input,), out)


def floor_(input):
    """In-place form of `floor`."""
    try:
        st = TL.st
        leaf, full = _floor_inplace[input._k | st.bits]
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
    return call_inplace(_floor, floor_, (input,))


_frac = OPS['frac']
_frac_table = _frac.table
_frac_inplace = _frac.inplace_table


def frac(input, *, out=None):
    """Fractional part, with the sign of the input.

    aten::frac(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _frac_table[input._k | st.bits]
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
    return call(_frac, frac, (input,), out)


def frac_(input):
    """In-place form of `frac`."""
    try:
        st = TL.st
        leaf, full = _frac_inplace[input._k | st.bits]
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
    return call_inplace(_frac, frac_, (input,))


_log = OPS['log']
_log_table = _log.table
_log_inplace = _log.inplace_table


def log(input, *, out=None):
    """Natural logarithm.

    aten::log(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _log_table[input._k | st.bits]
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
    return call(_log, log, (input,), out)


def log_(input):
    """In-place form of `log`."""
    try:
        st = TL.st
        leaf, full = _log_inplace[input._k | st.bits]
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
    return call_inplace(_log, log_, (input,))


_log10 = OPS['log10']
_log10_table = _log10.table
_log10_inplace = _log10.inplace_table


def log10(input, *, out=None):
    """Logarithm to base 10.

    aten::log10(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _log10_table[input._k | st.bits]
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
    return call(_log10, log10, (input,), out)


def log10_(input):
    """In-place form of `log10`."""
    try:
        st = TL.st
        leaf, full = _log10_inplace[input._k | st.bits]
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
    return call_inplace(_log10, log10_, (input,))


_log1p = OPS['log1p']
_log1p_table = _log1p.table
_log1p_inplace = _log1p.inplace_table


def log1p(input, *, out=None):
    """log(1 + x), exact for small x.

    aten::log1p(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _log1p_table[input._k | st.bits]
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
    return call(_log1p, log1p, (input,), out)


def log1p_(input):
    """In-place form of `log1p`."""
    try:
        st = TL.st
        leaf, full = _log1p_inplace[input._k | st.bits]
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
    return call_inplace(_log1p, log1p_, (input,))


_log2 = OPS['log2']
_log2_table = _log2.table
_log2_inplace = _log2.inplace_table


def log2(input, *, out=None):
    """Logarithm to base 2.

    aten::log2(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _log2_table[input._k | st.bits]
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
    return call(_log2, log2, (input,), out)


def log2_(input):
    """In-place form of `log2`."""
    try:
        st = TL.st
        leaf, full = _log2_inplace[input._k | st.bits]
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
    return call_inplace(_log2, log2_, (input,))


_nan_to_num = OPS['nan_to_num']
_nan_to_num_table = _nan_to_num.table
_nan_to_num_inplace = _nan_to_num.inplace_table


def nan_to_num(input, nan=None, posinf=None, neginf=None, *, out=None):
    """NaN and infinities replaced (default: 0 and the dtype's largest values).

    aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _nan_to_num_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if nan is None and posinf is None and neginf is None:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, nan, posinf, neginf, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, nan, posinf, neginf)
    return call(_nan_to_num, nan_to_num, (input, nan, posinf, neginf), out)


def nan_to_num_(input, nan=None, posinf=None, neginf=None):
    """In-place form of `nan_to_num`."""
    try:
        st = TL.st
        leaf, full = _nan_to_num_inplace[input._k | st.bits]
        a = input._a
        if nan is None and posinf is None and neginf is None:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, nan, posinf, neginf, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_nan_to_num, nan_to_num_, (input, nan, posinf, neginf))


_neg = OPS['neg']
_neg_table = _neg.table
_neg_inplace = _neg.inplace_table


def neg(input, *, out=None):
    """Negative.

    aten::neg(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _neg_table[input._k | st.bits]
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
    return call(_neg, neg, (input,), out)


def neg_(input):
    """In-place form of `neg`."""
    try:
        st = TL.st
        leaf, full = _neg_inplace[input._k | st.bits]
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
    return call_inplace(_neg, neg_, (input,))


__neg__ = neg


_positive = OPS['positive']
_positive_table = _positive.table


def positive(input):
    """The input itself.

    aten::positive(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _positive_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_positive, positive, (input,))


__pos__ = positive


_rad2deg = OPS['rad2deg']
_rad2deg_table = _rad2deg.table
_rad2deg_inplace = _rad2deg.inplace_table


def rad2deg(input, *, out=None):
    """Radians to degrees.

    aten::rad2deg(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _rad2deg_table[input._k | st.bits]
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
    return call(_rad2deg, rad2deg, (input,), out)


def rad2deg_(input):
    """In-place form of `rad2deg`."""
    try:
        st = TL.st
        leaf, full = _rad2deg_inplace[input._k | st.bits]
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
    return call_inplace(_rad2deg, rad2deg_, (input,))


_reciprocal = OPS['reciprocal']
_reciprocal_table = _reciprocal.table
_reciprocal_inplace = _reciprocal.inplace_table


def reciprocal(input, *, out=None):
    """1 / x.

    aten::reciprocal(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _reciprocal_table[input._k | st.bits]
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
    return call(_reciprocal, reciprocal, (input,), out)


def reciprocal_(input):
    """In-place form of `reciprocal`."""
    try:
        st = TL.st
        leaf, full = _reciprocal_inplace[input._k | st.bits]
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
    return call_inplace(_reciprocal, reciprocal_, (input,))


_round = OPS['round.decimals']
_round_table = _round.table
_round_inplace = _round.inplace_table


def round(input, *, decimals=0, out=None):
    """Nearest integer, halves to even; or to `decimals` places.

    aten::round.decimals(Tensor self, *, int decimals=0) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _round_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if decimals == 0:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, decimals, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, decimals)
    return call(_round, round, (input, decimals), out)


def round_(input, *, decimals=0):
    """In-place form of `round`."""
    try:
        st = TL.st
        leaf, full = _round_inplace[input._k | st.bits]
        a = input._a
        if decimals == 0:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, decimals, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_round, round_, (input, decimals))


_rsqrt = OPS['rsqrt']
_rsqrt_table = _rsqrt.table
_rsqrt_inplace = _rsqrt.inplace_table


def rsqrt(input, *, out=None):
    """1 / sqrt(x).

    aten::rsqrt(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _rsqrt_table[input._k | st.bits]
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
    return call(_rsqrt, rsqrt, (input,), out)


def rsqrt_(input):
    """In-place form of `rsqrt`."""
    try:
        st = TL.st
        leaf, full = _rsqrt_inplace[input._k | st.bits]
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
    return call_inplace(_rsqrt, rsqrt_, (input,))


_sgn = OPS['sgn']
_sgn_table = _sgn.table
_sgn_inplace = _sgn.inplace_table


def sgn(input, *, out=None):
    """x / |x| for complex numbers, the sign for real ones, 0 at 0.

    aten::sgn(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sgn_table[input._k | st.bits]
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
    return call(_sgn, sgn, (input,), out)


def sgn_(input):
    """In-place form of `sgn`."""
    try:
        st = TL.st
        leaf, full = _sgn_inplace[input._k | st.bits]
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
    return call_inplace(_sgn, sgn_, (input,))


_sigmoid = OPS['sigmoid']
_sigmoid_table = _sigmoid.table
_sigmoid_inplace = _sigmoid.inplace_table


def sigmoid(input, *, out=None):
    """1 / (1 + exp(-x)).

    aten::sigmoid(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sigmoid_table[input._k | st.bits]
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
    return call(_sigmoid, sigmoid, (input,), out)


def sigmoid_(input):
    """In-place form of `sigmoid`."""
    try:
        st = TL.st
        leaf, full = _sigmoid_inplace[input._k | st.bits]
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
    return call_inplace(_sigmoid, sigmoid_, (input,))


_sigmoid_backward = OPS['sigmoid_backward']
_sigmoid_backward_table = _sigmoid_backward.table
_sigmoid_backward_numbers = _sigmoid_backward.number_table


def sigmoid_backward(grad_output, output):
    """g * y * (1 - y), y conjugated where complex.

    aten::sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor
    """
    kind = output.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _sigmoid_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[output], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, output)
        return call(_sigmoid_backward, sigmoid_backward, (grad_output, output))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sigmoid_backward_table[grad_output._k | output._k | st.bits]
        a = st.run(leaf, grad_output._a, output._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, output)
    return call(_sigmoid_backward, sigmoid_backward, (grad_output, output))


_sign = OPS['sign']
_sign_table = _sign.table
_sign_inplace = _sign.inplace_table


def sign(input, *, out=None):
    """-1, 0 or 1.

    aten::sign(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sign_table[input._k | st.bits]
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
    return call(_sign, sign, (input,), out)


def sign_(input):
    """In-place form of `sign`."""
    try:
        st = TL.st
        leaf, full = _sign_inplace[input._k | st.bits]
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
    return call_inplace(_sign, sign_, (input,))


_signbit = OPS['signbit']
_signbit_table = _signbit.table


def signbit(input, *, out=None):
    """Whether the sign bit is set (also of -0.0).

    aten::signbit(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _signbit_table[input._k | st.bits]
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
    return call(_signbit, signbit, (input,), out)


_sin = OPS['sin']
_sin_table = _sin.table
_sin_inplace = _sin.inplace_table


def sin(input, *, out=None):
    """Sine of radians.

    aten::sin(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sin_table[input._k | st.bits]
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
    return call(_sin, sin, (input,), out)


def sin_(input):
    """In-place form of `sin`."""
    try:
        st = TL.st
        leaf, full = _sin_inplace[input._k | st.bits]
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
    return call_inplace(_sin, sin_, (input,))


_sinc = OPS['sinc']
_sinc_table = _sinc.table
_sinc_inplace = _sinc.inplace_table


def sinc(input, *, out=None):
    """sin(pi x) / (pi x), 1 at 0.

    aten::sinc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sinc_table[input._k | st.bits]
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
    return call(_sinc, sinc, (input,), out)


def sinc_(input):
    """In-place form of `sinc`."""
    try:
        st = TL.st
        leaf, full = _sinc_inplace[input._k | st.bits]
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
    return call_inplace(_sinc, sinc_, (input,))


_sinh = OPS['sinh']
_sinh_table = _sinh.table
_sinh_inplace = _sinh.inplace_table


def sinh(input, *, out=None):
    """Hyperbolic sine.

    aten::sinh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sinh_table[input._k | st.bits]
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
    return call(_sinh, sinh, (input,), out)


def sinh_(input):
    """In-place form of `sinh`."""
    try:
        st = TL.st
        leaf, full = _sinh_inplace[input._k | st.bits]
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
    return call_inplace(_sinh, sinh_, (input,))


_sqrt = OPS['sqrt']
_sqrt_table = _sqrt.table
_sqrt_inplace = _sqrt.inplace_table


def sqrt(input, *, out=None):
    """Square root.

    aten::sqrt(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _sqrt_table[input._k | st.bits]
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
    return call(_sqrt, sqrt, (input,), out)


def sqrt_(input):
    """In-place form of `sqrt`."""
    try:
        st = TL.st
        leaf, full = _sqrt_inplace[input._k | st.bits]
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
    return call_inplace(_sqrt, sqrt_, (input,))


_square = OPS['square']
_square_table = _square.table
_square_inplace = _square.inplace_table


def square(input, *, out=None):
    """x * x.

    aten::square(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _square_table[input._k | st.bits]
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
    return call(_square, square, (input,), out)


def square_(input):
    """In-place form of `square`."""
    try:
        st = TL.st
        leaf, full = _square_inplace[input._k | st.bits]
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
    return call_inplace(_square, square_, (input,))


_tan = OPS['tan']
_tan_table = _tan.table
_tan_inplace = _tan.inplace_table


def tan(input, *, out=None):
    """Tangent of radians.

    aten::tan(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _tan_table[input._k | st.bits]
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
    return call(_tan, tan, (input,), out)


def tan_(input):
    """In-place form of `tan`."""
    try:
        st = TL.st
        leaf, full = _tan_inplace[input._k | st.bits]
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
    return call_inplace(_tan, tan_, (input,))


_tanh = OPS['tanh']
_tanh_table = _tanh.table
_tanh_inplace = _tanh.inplace_table


def tanh(input, *, out=None):
    """Hyperbolic tangent.

    aten::tanh(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _tanh_table[input._k | st.bits]
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
    return call(_tanh, tanh, (input,), out)


def tanh_(input):
    """In-place form of `tanh`."""
    try:
        st = TL.st
        leaf, full = _tanh_inplace[input._k | st.bits]
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
    return call_inplace(_tanh, tanh_, (input,))


_tanh_backward = OPS['tanh_backward']
_tanh_backward_table = _tanh_backward.table
_tanh_backward_numbers = _tanh_backward.number_table


def tanh_backward(grad_output, output):
    """g * (1 - y^2), y conjugated where complex.

    aten::tanh_backward(Tensor grad_output, Tensor output) -> Tensor
    """
    kind = output.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _tanh_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[output], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, output)
        return call(_tanh_backward, tanh_backward, (grad_output, output))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _tanh_backward_table[grad_output._k | output._k | st.bits]
        a = st.run(leaf, grad_output._a, output._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, output)
    return call(_tanh_backward, tanh_backward, (grad_output, output))


_trunc = OPS['trunc']
_trunc_table = _trunc.table
_trunc_inplace = _trunc.inplace_table


def trunc(input, *, out=None):
    """Integer part.

    aten::trunc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _trunc_table[input._k | st.bits]
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
    return call(_trunc, trunc, (input,), out)


def trunc_(input):
    """In-place form of `trunc`."""
    try:
        st = TL.st
        leaf, full = _trunc_inplace[input._k | st.bits]
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
    return call_inplace(_trunc, trunc_, (input,))
