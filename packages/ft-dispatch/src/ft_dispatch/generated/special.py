"""Wrappers of the `special` family, generated from ft_dispatch/ops/special.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_digamma = OPS['digamma']
_digamma_table = _digamma.table
_digamma_inplace = _digamma.inplace_table


def digamma(input, *, out=None):
    """Derivative of lgamma.

    aten::digamma(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _digamma_table[input._k | st.bits]
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
    return call(_digamma, digamma, (input,), out)


def digamma_(input):
    """In-place form of `digamma`."""
    try:
        st = TL.st
        leaf, full = _digamma_inplace[input._k | st.bits]
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
    return call_inplace(_digamma, digamma_, (input,))


_erf = OPS['erf']
_erf_table = _erf.table
_erf_inplace = _erf.inplace_table


def erf(input, *, out=None):
    """Error function.

    aten::erf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _erf_table[input._k | st.bits]
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
    return call(_erf, erf, (input,), out)


def erf_(input):
    """In-place form of `erf`."""
    try:
        st = TL.st
        leaf, full = _erf_inplace[input._k | st.bits]
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
    return call_inplace(_erf, erf_, (input,))


_erfc = OPS['erfc']
_erfc_table = _erfc.table
_erfc_inplace = _erfc.inplace_table


def erfc(input, *, out=None):
    """1 - erf(x), accurate where that is small.

    aten::erfc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _erfc_table[input._k | st.bits]
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
    return call(_erfc, erfc, (input,), out)


def erfc_(input):
    """In-place form of `erfc`."""
    try:
        st = TL.st
        leaf, full = _erfc_inplace[input._k | st.bits]
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
    return call_inplace(_erfc, erfc_, (input,))


_erfinv = OPS['erfinv']
_erfinv_table = _erfinv.table
_erfinv_inplace = _erfinv.inplace_table


def erfinv(input, *, out=None):
    """Inverse of erf.

    aten::erfinv(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _erfinv_table[input._k | st.bits]
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
    return call(_erfinv, erfinv, (input,), out)


def erfinv_(input):
    """In-place form of `erfinv`."""
    try:
        st = TL.st
        leaf, full = _erfinv_inplace[input._k | st.bits]
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
    return call_inplace(_erfinv, erfinv_, (input,))


_i0 = OPS['i0']
_i0_table = _i0.table
_i0_inplace = _i0.inplace_table


def i0(input, *, out=None):
    """Modified Bessel function of order 0.

    aten::i0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _i0_table[input._k | st.bits]
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
    return call(_i0, i0, (input,), out)


def i0_(input):
    """In-place form of `i0`."""
    try:
        st = TL.st
        leaf, full = _i0_inplace[input._k | st.bits]
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
    return call_inplace(_i0, i0_, (input,))


_igamma = OPS['igamma']
_igamma_table = _igamma.table
_igamma_numbers = _igamma.number_table
_igamma_inplace = _igamma.inplace_table


def igamma(input, other, *, out=None):
    """Regularised lower incomplete gamma function.

    aten::igamma(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _igamma_numbers[k if kind is float else ~k]
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
        return call(_igamma, igamma, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _igamma_table[input._k | other._k | st.bits]
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
    return call(_igamma, igamma, (input, other), out)


def igamma_(input, other):
    """In-place form of `igamma`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _igamma_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_igamma, igamma_, (input, other))
    try:
        st = TL.st
        leaf, full = _igamma_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_igamma, igamma_, (input, other))


_igammac = OPS['igammac']
_igammac_table = _igammac.table
_igammac_numbers = _igammac.number_table
_igammac_inplace = _igammac.inplace_table


def igammac(input, other, *, out=None):
    """Regularised upper incomplete gamma function.

    aten::igammac(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _igammac_numbers[k if kind is float else ~k]
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
        return call(_igammac, igammac, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _igammac_table[input._k | other._k | st.bits]
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
    return call(_igammac, igammac, (input, other), out)


def igammac_(input, other):
    """In-place form of `igammac`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, full, box = _igammac_inplace[(input._k | st.bits, kind)]
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
        return call_inplace(_igammac, igammac_, (input, other))
    try:
        st = TL.st
        leaf, full = _igammac_inplace[input._k | other._k | st.bits]
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
    return call_inplace(_igammac, igammac_, (input, other))


_lgamma = OPS['lgamma']
_lgamma_table = _lgamma.table
_lgamma_inplace = _lgamma.inplace_table


def lgamma(input, *, out=None):
    """log |Gamma(x)|.

    aten::lgamma(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _lgamma_table[input._k | st.bits]
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
    return call(_lgamma, lgamma, (input,), out)


def lgamma_(input):
    """In-place form of `lgamma`."""
    try:
        st = TL.st
        leaf, full = _lgamma_inplace[input._k | st.bits]
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
    return call_inplace(_lgamma, lgamma_, (input,))


_logit = OPS['logit']
_logit_table = _logit.table
_logit_inplace = _logit.inplace_table


def logit(input, eps=None, *, out=None):
    """log(x / (1 - x)), x held in [eps, 1 - eps].

    aten::logit(Tensor self, float? eps=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _logit_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if eps is None:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, eps, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, eps)
    return call(_logit, logit, (input, eps), out)


def logit_(input, eps=None):
    """In-place form of `logit`."""
    try:
        st = TL.st
        leaf, full = _logit_inplace[input._k | st.bits]
        a = input._a
        if eps is None:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, eps, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_logit, logit_, (input, eps))


_logit_backward = OPS['logit_backward']
_logit_backward_table = _logit_backward.table
_logit_backward_numbers = _logit_backward.number_table


def logit_backward(grad_output, input, eps=None):
    """g / (x (1 - x)) inside the bounds.

    aten::logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _logit_backward_numbers[k if kind is float else ~k]
            if eps is None:
                a = st.run(leaf, grad_output._a, box[input], out=dest)
            else:
                a = st.run(full, grad_output._a, box[input], eps, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, eps)
        return call(_logit_backward, logit_backward, (grad_output, input, eps))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _logit_backward_table[grad_output._k | input._k | st.bits]
        if eps is None:
            a = st.run(leaf, grad_output._a, input._a, out=dest)
        else:
            a = st.run(full, grad_output._a, input._a, eps, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, eps)
    return call(_logit_backward, logit_backward, (grad_output, input, eps))


_mvlgamma = OPS['mvlgamma']


def mvlgamma(input, p):
    """Logarithm of the multivariate gamma function.

    aten::mvlgamma(Tensor self, int p) -> Tensor
    """
    return call(_mvlgamma, mvlgamma, (input, p))


def mvlgamma_(input, p):
    """In-place form of `mvlgamma`."""
    return call_inplace(_mvlgamma, mvlgamma_, (input, p))


_polygamma = OPS['polygamma']
_polygamma_table = _polygamma.table


def polygamma(n, input, *, out=None):
    """n-th derivative of digamma.

    aten::polygamma(int n, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _polygamma_table[k]
        if out is not None:
            raise KeyError
        ok, n, = memo[input._a.shape, n]
        a = st.run(leaf, n, input._a, out=dest)
    except _MISS:
        return call(_polygamma, polygamma, (n, input), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, n, input)


_special_bessel_j0 = OPS['special_bessel_j0']
_special_bessel_j0_table = _special_bessel_j0.table


def special_bessel_j0(input, *, out=None):
    """Bessel function of the first kind, order 0.

    aten::special_bessel_j0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_bessel_j0_table[input._k | st.bits]
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
    return call(_special_bessel_j0, special_bessel_j0, (input,), out)


_special_bessel_j1 = OPS['special_bessel_j1']
_special_bessel_j1_table = _special_bessel_j1.table


def special_bessel_j1(input, *, out=None):
    """Bessel function of the first kind, order 1.

    aten::special_bessel_j1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_bessel_j1_table[input._k | st.bits]
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
    return call(_special_bessel_j1, special_bessel_j1, (input,), out)


_special_bessel_y0 = OPS['special_bessel_y0']
_special_bessel_y0_table = _special_bessel_y0.table


def special_bessel_y0(input, *, out=None):
    """Bessel function of the second kind, order 0.

    aten::special_bessel_y0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_bessel_y0_table[input._k | st.bits]
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
    return call(_special_bessel_y0, special_bessel_y0, (input,), out)


_special_bessel_y1 = OPS['special_bessel_y1']
_special_bessel_y1_table = _special_bessel_y1.table


def special_bessel_y1(input, *, out=None):
    """Bessel function of the second kind, order 1.

    aten::special_bessel_y1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_bessel_y1_table[input._k | st.bits]
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
    return call(_special_bessel_y1, special_bessel_y1, (input,), out)


_special_chebyshev_polynomial_t = OPS['special_chebyshev_polynomial_t']
_special_chebyshev_polynomial_t_table = _special_chebyshev_polynomial_t.table
_special_chebyshev_polynomial_t_numbers = _special_chebyshev_polynomial_t.number_table


def special_chebyshev_polynomial_t(x, n, *, out=None):
    """Chebyshev's T_n(x).

    aten::special_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_chebyshev_polynomial_t_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_chebyshev_polynomial_t, special_chebyshev_polynomial_t, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_chebyshev_polynomial_t_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_chebyshev_polynomial_t, special_chebyshev_polynomial_t, (x, n), out)


_special_chebyshev_polynomial_u = OPS['special_chebyshev_polynomial_u']
_special_chebyshev_polynomial_u_table = _special_chebyshev_polynomial_u.table
_special_chebyshev_polynomial_u_numbers = _special_chebyshev_polynomial_u.number_table


def special_chebyshev_polynomial_u(x, n, *, out=None):
    """Chebyshev's U_n(x).

    aten::special_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_chebyshev_polynomial_u_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_chebyshev_polynomial_u, special_chebyshev_polynomial_u, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_chebyshev_polynomial_u_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_chebyshev_polynomial_u, special_chebyshev_polynomial_u, (x, n), out)


_special_chebyshev_polynomial_v = OPS['special_chebyshev_polynomial_v']
_special_chebyshev_polynomial_v_table = _special_chebyshev_polynomial_v.table
_special_chebyshev_polynomial_v_numbers = _special_chebyshev_polynomial_v.number_table


def special_chebyshev_polynomial_v(x, n, *, out=None):
    """Chebyshev's V_n(x).

    aten::special_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_chebyshev_polynomial_v_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_chebyshev_polynomial_v, special_chebyshev_polynomial_v, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_chebyshev_polynomial_v_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_chebyshev_polynomial_v, special_chebyshev_polynomial_v, (x, n), out)


_special_chebyshev_polynomial_w = OPS['special_chebyshev_polynomial_w']
_special_chebyshev_polynomial_w_table = _special_chebyshev_polynomial_w.table
_special_chebyshev_polynomial_w_numbers = _special_chebyshev_polynomial_w.number_table


def special_chebyshev_polynomial_w(x, n, *, out=None):
    """Chebyshev's W_n(x).

    aten::special_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_chebyshev_polynomial_w_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_chebyshev_polynomial_w, special_chebyshev_polynomial_w, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_chebyshev_polynomial_w_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_chebyshev_polynomial_w, special_chebyshev_polynomial_w, (x, n), out)


_special_entr = OPS['special_entr']
_special_entr_table = _special_entr.table


def special_entr(input, *, out=None):
    """-x log x.

    aten::special_entr(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_entr_table[input._k | st.bits]
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
    return call(_special_entr, special_entr, (input,), out)


_special_erfcx = OPS['special_erfcx']
_special_erfcx_table = _special_erfcx.table


def special_erfcx(input, *, out=None):
    """exp(x^2) erfc(x).

    aten::special_erfcx(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_erfcx_table[input._k | st.bits]
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
    return call(_special_erfcx, special_erfcx, (input,), out)


_special_hermite_polynomial_h = OPS['special_hermite_polynomial_h']
_special_hermite_polynomial_h_table = _special_hermite_polynomial_h.table
_special_hermite_polynomial_h_numbers = _special_hermite_polynomial_h.number_table


def special_hermite_polynomial_h(x, n, *, out=None):
    """Hermite's H_n(x).

    aten::special_hermite_polynomial_h(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_hermite_polynomial_h_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_hermite_polynomial_h, special_hermite_polynomial_h, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_hermite_polynomial_h_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_hermite_polynomial_h, special_hermite_polynomial_h, (x, n), out)


_special_hermite_polynomial_he = OPS['special_hermite_polynomial_he']
_special_hermite_polynomial_he_table = _special_hermite_polynomial_he.table
_special_hermite_polynomial_he_numbers = _special_hermite_polynomial_he.number_table


def special_hermite_polynomial_he(x, n, *, out=None):
    """Hermite's He_n(x).

    aten::special_hermite_polynomial_he(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_hermite_polynomial_he_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_hermite_polynomial_he, special_hermite_polynomial_he, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_hermite_polynomial_he_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_hermite_polynomial_he, special_hermite_polynomial_he, (x, n), out)


_special_i0e = OPS['special_i0e']
_special_i0e_table = _special_i0e.table


def special_i0e(input, *, out=None):
    """exp(-|x|) i0(x).

    aten::special_i0e(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_i0e_table[input._k | st.bits]
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
    return call(_special_i0e, special_i0e, (input,), out)


_special_i1 = OPS['special_i1']
_special_i1_table = _special_i1.table


def special_i1(input, *, out=None):
    """Modified Bessel function of order 1.

    aten::special_i1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_i1_table[input._k | st.bits]
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
    return call(_special_i1, special_i1, (input,), out)


_special_i1e = OPS['special_i1e']
_special_i1e_table = _special_i1e.table


def special_i1e(input, *, out=None):
    """exp(-|x|) i1(x).

    aten::special_i1e(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_i1e_table[input._k | st.bits]
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
    return call(_special_i1e, special_i1e, (input,), out)


_special_laguerre_polynomial_l = OPS['special_laguerre_polynomial_l']
_special_laguerre_polynomial_l_table = _special_laguerre_polynomial_l.table
_special_laguerre_polynomial_l_numbers = _special_laguerre_polynomial_l.number_table


def special_laguerre_polynomial_l(x, n, *, out=None):
    """Laguerre's L_n(x).

    aten::special_laguerre_polynomial_l(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_laguerre_polynomial_l_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_laguerre_polynomial_l, special_laguerre_polynomial_l, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_laguerre_polynomial_l_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_laguerre_polynomial_l, special_laguerre_polynomial_l, (x, n), out)


_special_legendre_polynomial_p = OPS['special_legendre_polynomial_p']
_special_legendre_polynomial_p_table = _special_legendre_polynomial_p.table
_special_legendre_polynomial_p_numbers = _special_legendre_polynomial_p.number_table


def special_legendre_polynomial_p(x, n, *, out=None):
    """Legendre's P_n(x).

    aten::special_legendre_polynomial_p(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_legendre_polynomial_p_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_legendre_polynomial_p, special_legendre_polynomial_p, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_legendre_polynomial_p_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_legendre_polynomial_p, special_legendre_polynomial_p, (x, n), out)


_special_log_ndtr = OPS['special_log_ndtr']
_special_log_ndtr_table = _special_log_ndtr.table


def special_log_ndtr(input, *, out=None):
    """Logarithm of the normal distribution function.

    aten::special_log_ndtr(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_log_ndtr_table[input._k | st.bits]
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
    return call(_special_log_ndtr, special_log_ndtr, (input,), out)


_special_modified_bessel_i0 = OPS['special_modified_bessel_i0']
_special_modified_bessel_i0_table = _special_modified_bessel_i0.table


def special_modified_bessel_i0(input, *, out=None):
    """Modified Bessel function, first kind, order 0.

    aten::special_modified_bessel_i0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_modified_bessel_i0_table[input._k | st.bits]
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
    return call(_special_modified_bessel_i0, special_modified_bessel_i0, (input,), out)


_special_modified_bessel_i1 = OPS['special_modified_bessel_i1']
_special_modified_bessel_i1_table = _special_modified_bessel_i1.table


def special_modified_bessel_i1(input, *, out=None):
    """Modified Bessel function, first kind, order 1.

    aten::special_modified_bessel_i1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_modified_bessel_i1_table[input._k | st.bits]
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
    return call(_special_modified_bessel_i1, special_modified_bessel_i1, (input,), out)


_special_modified_bessel_k0 = OPS['special_modified_bessel_k0']
_special_modified_bessel_k0_table = _special_modified_bessel_k0.table


def special_modified_bessel_k0(input, *, out=None):
    """Modified Bessel function, second kind, order 0.

    aten::special_modified_bessel_k0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_modified_bessel_k0_table[input._k | st.bits]
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
    return call(_special_modified_bessel_k0, special_modified_bessel_k0, (input,), out)


_special_modified_bessel_k1 = OPS['special_modified_bessel_k1']
_special_modified_bessel_k1_table = _special_modified_bessel_k1.table


def special_modified_bessel_k1(input, *, out=None):
    """Modified Bessel function, second kind, order 1.

    aten::special_modified_bessel_k1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_modified_bessel_k1_table[input._k | st.bits]
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
    return call(_special_modified_bessel_k1, special_modified_bessel_k1, (input,), out)


_special_ndtr = OPS['special_ndtr']


def special_ndtr(input, *, out=None):
    """Normal distribution function.

    aten::special_ndtr(Tensor self) -> Tensor
    """
    return call(_special_ndtr, special_ndtr, (input,), out)


_special_ndtri = OPS['special_ndtri']
_special_ndtri_table = _special_ndtri.table


def special_ndtri(input, *, out=None):
    """Inverse of the normal distribution function.

    aten::special_ndtri(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_ndtri_table[input._k | st.bits]
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
    return call(_special_ndtri, special_ndtri, (input,), out)


_special_scaled_modified_bessel_k0 = OPS['special_scaled_modified_bessel_k0']
_special_scaled_modified_bessel_k0_table = _special_scaled_modified_bessel_k0.table


def special_scaled_modified_bessel_k0(x, *, out=None):
    """exp(x) k0(x).

    aten::special_scaled_modified_bessel_k0(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_scaled_modified_bessel_k0_table[x._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x)
    return call(_special_scaled_modified_bessel_k0, special_scaled_modified_bessel_k0, (x,), out)


_special_scaled_modified_bessel_k1 = OPS['special_scaled_modified_bessel_k1']
_special_scaled_modified_bessel_k1_table = _special_scaled_modified_bessel_k1.table


def special_scaled_modified_bessel_k1(x, *, out=None):
    """exp(x) k1(x).

    aten::special_scaled_modified_bessel_k1(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_scaled_modified_bessel_k1_table[x._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x)
    return call(_special_scaled_modified_bessel_k1, special_scaled_modified_bessel_k1, (x,), out)


_special_shifted_chebyshev_polynomial_t = OPS['special_shifted_chebyshev_polynomial_t']
_special_shifted_chebyshev_polynomial_t_table = _special_shifted_chebyshev_polynomial_t.table
_special_shifted_chebyshev_polynomial_t_numbers = _special_shifted_chebyshev_polynomial_t.number_table


def special_shifted_chebyshev_polynomial_t(x, n, *, out=None):
    """T_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_shifted_chebyshev_polynomial_t_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_shifted_chebyshev_polynomial_t, special_shifted_chebyshev_polynomial_t, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_shifted_chebyshev_polynomial_t_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_shifted_chebyshev_polynomial_t, special_shifted_chebyshev_polynomial_t, (x, n), out)


_special_shifted_chebyshev_polynomial_u = OPS['special_shifted_chebyshev_polynomial_u']
_special_shifted_chebyshev_polynomial_u_table = _special_shifted_chebyshev_polynomial_u.table
_special_shifted_chebyshev_polynomial_u_numbers = _special_shifted_chebyshev_polynomial_u.number_table


def special_shifted_chebyshev_polynomial_u(x, n, *, out=None):
    """U_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_shifted_chebyshev_polynomial_u_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_shifted_chebyshev_polynomial_u, special_shifted_chebyshev_polynomial_u, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_shifted_chebyshev_polynomial_u_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_shifted_chebyshev_polynomial_u, special_shifted_chebyshev_polynomial_u, (x, n), out)


_special_shifted_chebyshev_polynomial_v = OPS['special_shifted_chebyshev_polynomial_v']
_special_shifted_chebyshev_polynomial_v_table = _special_shifted_chebyshev_polynomial_v.table
_special_shifted_chebyshev_polynomial_v_numbers = _special_shifted_chebyshev_polynomial_v.number_table


def special_shifted_chebyshev_polynomial_v(x, n, *, out=None):
    """V_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_shifted_chebyshev_polynomial_v_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_shifted_chebyshev_polynomial_v, special_shifted_chebyshev_polynomial_v, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_shifted_chebyshev_polynomial_v_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_shifted_chebyshev_polynomial_v, special_shifted_chebyshev_polynomial_v, (x, n), out)


_special_shifted_chebyshev_polynomial_w = OPS['special_shifted_chebyshev_polynomial_w']
_special_shifted_chebyshev_polynomial_w_table = _special_shifted_chebyshev_polynomial_w.table
_special_shifted_chebyshev_polynomial_w_numbers = _special_shifted_chebyshev_polynomial_w.number_table


def special_shifted_chebyshev_polynomial_w(x, n, *, out=None):
    """W_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = x._k | st.bits
            leaf, dest, ok, rec, full, box = _special_shifted_chebyshev_polynomial_w_numbers[k if kind is float else ~k]
            if out is not None:
                raise KeyError
            a = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, x, n)
        return call(_special_shifted_chebyshev_polynomial_w, special_shifted_chebyshev_polynomial_w, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_shifted_chebyshev_polynomial_w_table[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x, n)
    return call(_special_shifted_chebyshev_polynomial_w, special_shifted_chebyshev_polynomial_w, (x, n), out)


_special_spherical_bessel_j0 = OPS['special_spherical_bessel_j0']
_special_spherical_bessel_j0_table = _special_spherical_bessel_j0.table


def special_spherical_bessel_j0(x, *, out=None):
    """sin(x) / x.

    aten::special_spherical_bessel_j0(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_spherical_bessel_j0_table[x._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, x)
    return call(_special_spherical_bessel_j0, special_spherical_bessel_j0, (x,), out)


_special_xlog1py = OPS['special_xlog1py']
_special_xlog1py_table = _special_xlog1py.table
_special_xlog1py_numbers = _special_xlog1py.number_table


def special_xlog1py(input, other, *, out=None):
    """x log(1 + y), 0 where x is 0.

    aten::special_xlog1py(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _special_xlog1py_numbers[k if kind is float else ~k]
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
        return call(_special_xlog1py, special_xlog1py, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_xlog1py_table[input._k | other._k | st.bits]
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
    return call(_special_xlog1py, special_xlog1py, (input, other), out)


_special_zeta = OPS['special_zeta']
_special_zeta_table = _special_zeta.table
_special_zeta_numbers = _special_zeta.number_table


def special_zeta(input, other, *, out=None):
    """Hurwitz's zeta function.

    aten::special_zeta(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = _special_zeta_numbers[k if kind is float else ~k]
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
        return call(_special_zeta, special_zeta, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _special_zeta_table[input._k | other._k | st.bits]
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
    return call(_special_zeta, special_zeta, (input, other), out)
