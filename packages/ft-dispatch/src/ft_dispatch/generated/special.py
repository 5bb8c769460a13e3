"""Wrappers of the `special` family, generated from ft_dispatch/ops/special.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_digamma = OPS['digamma']
table_digamma = op_digamma.table
inplace_digamma = op_digamma.inplace_table


def digamma(input, *, out=None):
    """Derivative of lgamma.

    aten::digamma(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_digamma[input._k | st.bits]
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
    return call(op_digamma, digamma, (input,), out)


def digamma_(input):
    """In-place form of `digamma`."""
    try:
        st = TL.st
        leaf, whole = inplace_digamma[input._k | st.bits]
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
    return call_inplace(op_digamma, digamma_, (input,))


op_erf = OPS['erf']
table_erf = op_erf.table
inplace_erf = op_erf.inplace_table


def erf(input, *, out=None):
    """Error function.

    aten::erf(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_erf[input._k | st.bits]
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
    return call(op_erf, erf, (input,), out)


def erf_(input):
    """In-place form of `erf`."""
    try:
        st = TL.st
        leaf, whole = inplace_erf[input._k | st.bits]
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
    return call_inplace(op_erf, erf_, (input,))


op_erfc = OPS['erfc']
table_erfc = op_erfc.table
inplace_erfc = op_erfc.inplace_table


def erfc(input, *, out=None):
    """1 - erf(x), accurate where that is small.

    aten::erfc(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_erfc[input._k | st.bits]
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
    return call(op_erfc, erfc, (input,), out)


def erfc_(input):
    """In-place form of `erfc`."""
    try:
        st = TL.st
        leaf, whole = inplace_erfc[input._k | st.bits]
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
    return call_inplace(op_erfc, erfc_, (input,))


op_erfinv = OPS['erfinv']
table_erfinv = op_erfinv.table
inplace_erfinv = op_erfinv.inplace_table


def erfinv(input, *, out=None):
    """Inverse of erf.

    aten::erfinv(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_erfinv[input._k | st.bits]
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
    return call(op_erfinv, erfinv, (input,), out)


def erfinv_(input):
    """In-place form of `erfinv`."""
    try:
        st = TL.st
        leaf, whole = inplace_erfinv[input._k | st.bits]
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
    return call_inplace(op_erfinv, erfinv_, (input,))


op_i0 = OPS['i0']
table_i0 = op_i0.table
inplace_i0 = op_i0.inplace_table


def i0(input, *, out=None):
    """Modified Bessel function of order 0.

    aten::i0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_i0[input._k | st.bits]
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
    return call(op_i0, i0, (input,), out)


def i0_(input):
    """In-place form of `i0`."""
    try:
        st = TL.st
        leaf, whole = inplace_i0[input._k | st.bits]
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
    return call_inplace(op_i0, i0_, (input,))


op_igamma = OPS['igamma']
table_igamma = op_igamma.table
numbers_igamma = op_igamma.number_table
inplace_igamma = op_igamma.inplace_table


def igamma(input, other, *, out=None):
    """Regularised lower incomplete gamma function.

    aten::igamma(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_igamma[keys if kind is float else ~keys]
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
        return call(op_igamma, igamma, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_igamma[input._k | other._k | st.bits]
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
    return call(op_igamma, igamma, (input, other), out)


def igamma_(input, other):
    """In-place form of `igamma`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_igamma[(input._k | st.bits, kind)]
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
        return call_inplace(op_igamma, igamma_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_igamma[input._k | other._k | st.bits]
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
    return call_inplace(op_igamma, igamma_, (input, other))


op_igammac = OPS['igammac']
table_igammac = op_igammac.table
numbers_igammac = op_igammac.number_table
inplace_igammac = op_igammac.inplace_table


def igammac(input, other, *, out=None):
    """Regularised upper incomplete gamma function.

    aten::igammac(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_igammac[keys if kind is float else ~keys]
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
        return call(op_igammac, igammac, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_igammac[input._k | other._k | st.bits]
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
    return call(op_igammac, igammac, (input, other), out)


def igammac_(input, other):
    """In-place form of `igammac`."""
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            leaf, whole, box = inplace_igammac[(input._k | st.bits, kind)]
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
        return call_inplace(op_igammac, igammac_, (input, other))
    try:
        st = TL.st
        leaf, whole = inplace_igammac[input._k | other._k | st.bits]
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
    return call_inplace(op_igammac, igammac_, (input, other))


op_lgamma = OPS['lgamma']
table_lgamma = op_lgamma.table
inplace_lgamma = op_lgamma.inplace_table


def lgamma(input, *, out=None):
    """log |Gamma(x)|.

    aten::lgamma(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_lgamma[input._k | st.bits]
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
    return call(op_lgamma, lgamma, (input,), out)


def lgamma_(input):
    """In-place form of `lgamma`."""
    try:
        st = TL.st
        leaf, whole = inplace_lgamma[input._k | st.bits]
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
    return call_inplace(op_lgamma, lgamma_, (input,))


op_logit = OPS['logit']
table_logit = op_logit.table
inplace_logit = op_logit.inplace_table


def logit(input, eps=None, *, out=None):
    """log(x / (1 - x)), x held in [eps, 1 - eps].

    aten::logit(Tensor self, float? eps=None) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_logit[input._k | st.bits]
        if out is not None:
            raise KeyError
        if eps is None:
            arr = st.run(leaf, input._a, out=dest)
        elif (eps is None or eps.__class__ in _NUMBERS):
            arr = st.run(whole, input._a, eps, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, eps)
    return call(op_logit, logit, (input, eps), out)


def logit_(input, eps=None):
    """In-place form of `logit`."""
    try:
        st = TL.st
        leaf, whole = inplace_logit[input._k | st.bits]
        arr = input._a
        if eps is None:
            st.run(leaf, arr, out=arr)
        elif (eps is None or eps.__class__ in _NUMBERS):
            st.run(whole, arr, eps, out=arr)
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
    return call_inplace(op_logit, logit_, (input, eps))


op_logit_backward = OPS['logit_backward']
table_logit_backward = op_logit_backward.table
numbers_logit_backward = op_logit_backward.number_table


def logit_backward(grad_output, input, eps=None):
    """g / (x (1 - x)) inside the bounds.

    aten::logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_logit_backward[keys if kind is float else ~keys]
            if eps is None:
                arr = st.run(leaf, grad_output._a, box[input], out=dest)
            elif (eps is None or eps.__class__ in _NUMBERS):
                arr = st.run(whole, grad_output._a, box[input], eps, out=dest)
            else:
                raise KeyError
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, eps)
        return call(op_logit_backward, logit_backward, (grad_output, input, eps))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_logit_backward[grad_output._k | input._k | st.bits]
        if eps is None:
            arr = st.run(leaf, grad_output._a, input._a, out=dest)
        elif (eps is None or eps.__class__ in _NUMBERS):
            arr = st.run(whole, grad_output._a, input._a, eps, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, eps)
    return call(op_logit_backward, logit_backward, (grad_output, input, eps))


op_mvlgamma = OPS['mvlgamma']
table_mvlgamma = op_mvlgamma.table
inplace_mvlgamma = op_mvlgamma.inplace_table


def mvlgamma(input, p, *, out=None):
    """Logarithm of the multivariate gamma function.

    aten::mvlgamma(Tensor self, int p) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_mvlgamma[input._k | st.bits]
        if out is not None:
            raise KeyError
        if not (p.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, input._a, p, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, p)
    return call(op_mvlgamma, mvlgamma, (input, p), out)


def mvlgamma_(input, p):
    """In-place form of `mvlgamma`."""
    try:
        st = TL.st
        leaf, whole = inplace_mvlgamma[input._k | st.bits]
        arr = input._a
        if not (p.__class__ in _NUMBERS):
            raise KeyError
        st.run(whole, arr, p, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_mvlgamma, mvlgamma_, (input, p))


op_polygamma = OPS['polygamma']
table_polygamma = op_polygamma.table


def polygamma(n, input, *, out=None):
    """n-th derivative of digamma.

    aten::polygamma(int n, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_polygamma[keys]
        if out is not None:
            raise KeyError
        leaf, ok, n, = memo[input._a.shape, n]
        arr = st.run(leaf, n, input._a, out=dest)
    except _MISS:
        return call(op_polygamma, polygamma, (n, input), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, n, input)


op_special_airy_ai = OPS['special_airy_ai']
table_special_airy_ai = op_special_airy_ai.table


def special_airy_ai(x, *, out=None):
    """Airy's function Ai(x).

    aten::special_airy_ai(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_airy_ai[x._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x)
    return call(op_special_airy_ai, special_airy_ai, (x,), out)


op_special_bessel_j0 = OPS['special_bessel_j0']
table_special_bessel_j0 = op_special_bessel_j0.table


def special_bessel_j0(input, *, out=None):
    """Bessel function of the first kind, order 0.

    aten::special_bessel_j0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_bessel_j0[input._k | st.bits]
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
    return call(op_special_bessel_j0, special_bessel_j0, (input,), out)


op_special_bessel_j1 = OPS['special_bessel_j1']
table_special_bessel_j1 = op_special_bessel_j1.table


def special_bessel_j1(input, *, out=None):
    """Bessel function of the first kind, order 1.

    aten::special_bessel_j1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_bessel_j1[input._k | st.bits]
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
    return call(op_special_bessel_j1, special_bessel_j1, (input,), out)


op_special_bessel_y0 = OPS['special_bessel_y0']
table_special_bessel_y0 = op_special_bessel_y0.table


def special_bessel_y0(input, *, out=None):
    """Bessel function of the second kind, order 0.

    aten::special_bessel_y0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_bessel_y0[input._k | st.bits]
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
    return call(op_special_bessel_y0, special_bessel_y0, (input,), out)


op_special_bessel_y1 = OPS['special_bessel_y1']
table_special_bessel_y1 = op_special_bessel_y1.table


def special_bessel_y1(input, *, out=None):
    """Bessel function of the second kind, order 1.

    aten::special_bessel_y1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_bessel_y1[input._k | st.bits]
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
    return call(op_special_bessel_y1, special_bessel_y1, (input,), out)


op_special_chebyshev_polynomial_t = OPS['special_chebyshev_polynomial_t']
table_special_chebyshev_polynomial_t = op_special_chebyshev_polynomial_t.table
numbers_special_chebyshev_polynomial_t = op_special_chebyshev_polynomial_t.number_table


def special_chebyshev_polynomial_t(x, n, *, out=None):
    """Chebyshev's T_n(x).

    aten::special_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_chebyshev_polynomial_t[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_chebyshev_polynomial_t, special_chebyshev_polynomial_t, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_chebyshev_polynomial_t[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_chebyshev_polynomial_t, special_chebyshev_polynomial_t, (x, n), out)


op_special_chebyshev_polynomial_u = OPS['special_chebyshev_polynomial_u']
table_special_chebyshev_polynomial_u = op_special_chebyshev_polynomial_u.table
numbers_special_chebyshev_polynomial_u = op_special_chebyshev_polynomial_u.number_table


def special_chebyshev_polynomial_u(x, n, *, out=None):
    """Chebyshev's U_n(x).

    aten::special_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_chebyshev_polynomial_u[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_chebyshev_polynomial_u, special_chebyshev_polynomial_u, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_chebyshev_polynomial_u[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_chebyshev_polynomial_u, special_chebyshev_polynomial_u, (x, n), out)


op_special_chebyshev_polynomial_v = OPS['special_chebyshev_polynomial_v']
table_special_chebyshev_polynomial_v = op_special_chebyshev_polynomial_v.table
numbers_special_chebyshev_polynomial_v = op_special_chebyshev_polynomial_v.number_table


def special_chebyshev_polynomial_v(x, n, *, out=None):
    """Chebyshev's V_n(x).

    aten::special_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_chebyshev_polynomial_v[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_chebyshev_polynomial_v, special_chebyshev_polynomial_v, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_chebyshev_polynomial_v[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_chebyshev_polynomial_v, special_chebyshev_polynomial_v, (x, n), out)


op_special_chebyshev_polynomial_w = OPS['special_chebyshev_polynomial_w']
table_special_chebyshev_polynomial_w = op_special_chebyshev_polynomial_w.table
numbers_special_chebyshev_polynomial_w = op_special_chebyshev_polynomial_w.number_table


def special_chebyshev_polynomial_w(x, n, *, out=None):
    """Chebyshev's W_n(x).

    aten::special_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_chebyshev_polynomial_w[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_chebyshev_polynomial_w, special_chebyshev_polynomial_w, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_chebyshev_polynomial_w[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_chebyshev_polynomial_w, special_chebyshev_polynomial_w, (x, n), out)


op_special_entr = OPS['special_entr']
table_special_entr = op_special_entr.table


def special_entr(input, *, out=None):
    """-x log x.

    aten::special_entr(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_entr[input._k | st.bits]
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
    return call(op_special_entr, special_entr, (input,), out)


op_special_erfcx = OPS['special_erfcx']
table_special_erfcx = op_special_erfcx.table


def special_erfcx(input, *, out=None):
    """exp(x^2) erfc(x).

    aten::special_erfcx(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_erfcx[input._k | st.bits]
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
    return call(op_special_erfcx, special_erfcx, (input,), out)


op_special_hermite_polynomial_h = OPS['special_hermite_polynomial_h']
table_special_hermite_polynomial_h = op_special_hermite_polynomial_h.table
numbers_special_hermite_polynomial_h = op_special_hermite_polynomial_h.number_table


def special_hermite_polynomial_h(x, n, *, out=None):
    """Hermite's H_n(x).

    aten::special_hermite_polynomial_h(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_hermite_polynomial_h[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_hermite_polynomial_h, special_hermite_polynomial_h, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_hermite_polynomial_h[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_hermite_polynomial_h, special_hermite_polynomial_h, (x, n), out)


op_special_hermite_polynomial_he = OPS['special_hermite_polynomial_he']
table_special_hermite_polynomial_he = op_special_hermite_polynomial_he.table
numbers_special_hermite_polynomial_he = op_special_hermite_polynomial_he.number_table


def special_hermite_polynomial_he(x, n, *, out=None):
    """Hermite's He_n(x).

    aten::special_hermite_polynomial_he(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_hermite_polynomial_he[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_hermite_polynomial_he, special_hermite_polynomial_he, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_hermite_polynomial_he[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_hermite_polynomial_he, special_hermite_polynomial_he, (x, n), out)


op_special_i0e = OPS['special_i0e']
table_special_i0e = op_special_i0e.table


def special_i0e(input, *, out=None):
    """exp(-|x|) i0(x).

    aten::special_i0e(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_i0e[input._k | st.bits]
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
    return call(op_special_i0e, special_i0e, (input,), out)


op_special_i1 = OPS['special_i1']
table_special_i1 = op_special_i1.table


def special_i1(input, *, out=None):
    """Modified Bessel function of order 1.

    aten::special_i1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_i1[input._k | st.bits]
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
    return call(op_special_i1, special_i1, (input,), out)


op_special_i1e = OPS['special_i1e']
table_special_i1e = op_special_i1e.table


def special_i1e(input, *, out=None):
    """exp(-|x|) i1(x).

    aten::special_i1e(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_i1e[input._k | st.bits]
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
    return call(op_special_i1e, special_i1e, (input,), out)


op_special_laguerre_polynomial_l = OPS['special_laguerre_polynomial_l']
table_special_laguerre_polynomial_l = op_special_laguerre_polynomial_l.table
numbers_special_laguerre_polynomial_l = op_special_laguerre_polynomial_l.number_table


def special_laguerre_polynomial_l(x, n, *, out=None):
    """Laguerre's L_n(x).

    aten::special_laguerre_polynomial_l(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_laguerre_polynomial_l[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_laguerre_polynomial_l, special_laguerre_polynomial_l, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_laguerre_polynomial_l[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_laguerre_polynomial_l, special_laguerre_polynomial_l, (x, n), out)


op_special_legendre_polynomial_p = OPS['special_legendre_polynomial_p']
table_special_legendre_polynomial_p = op_special_legendre_polynomial_p.table
numbers_special_legendre_polynomial_p = op_special_legendre_polynomial_p.number_table


def special_legendre_polynomial_p(x, n, *, out=None):
    """Legendre's P_n(x).

    aten::special_legendre_polynomial_p(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_legendre_polynomial_p[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_legendre_polynomial_p, special_legendre_polynomial_p, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_legendre_polynomial_p[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_legendre_polynomial_p, special_legendre_polynomial_p, (x, n), out)


op_special_log_ndtr = OPS['special_log_ndtr']
table_special_log_ndtr = op_special_log_ndtr.table


def special_log_ndtr(input, *, out=None):
    """Logarithm of the normal distribution function.

    aten::special_log_ndtr(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_log_ndtr[input._k | st.bits]
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
    return call(op_special_log_ndtr, special_log_ndtr, (input,), out)


op_special_modified_bessel_i0 = OPS['special_modified_bessel_i0']
table_special_modified_bessel_i0 = op_special_modified_bessel_i0.table


def special_modified_bessel_i0(input, *, out=None):
    """Modified Bessel function, first kind, order 0.

    aten::special_modified_bessel_i0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_modified_bessel_i0[input._k | st.bits]
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
    return call(op_special_modified_bessel_i0, special_modified_bessel_i0, (input,), out)


op_special_modified_bessel_i1 = OPS['special_modified_bessel_i1']
table_special_modified_bessel_i1 = op_special_modified_bessel_i1.table


def special_modified_bessel_i1(input, *, out=None):
    """Modified Bessel function, first kind, order 1.

    aten::special_modified_bessel_i1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_modified_bessel_i1[input._k | st.bits]
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
    return call(op_special_modified_bessel_i1, special_modified_bessel_i1, (input,), out)


op_special_modified_bessel_k0 = OPS['special_modified_bessel_k0']
table_special_modified_bessel_k0 = op_special_modified_bessel_k0.table


def special_modified_bessel_k0(input, *, out=None):
    """Modified Bessel function, second kind, order 0.

    aten::special_modified_bessel_k0(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_modified_bessel_k0[input._k | st.bits]
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
    return call(op_special_modified_bessel_k0, special_modified_bessel_k0, (input,), out)


op_special_modified_bessel_k1 = OPS['special_modified_bessel_k1']
table_special_modified_bessel_k1 = op_special_modified_bessel_k1.table


def special_modified_bessel_k1(input, *, out=None):
    """Modified Bessel function, second kind, order 1.

    aten::special_modified_bessel_k1(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_modified_bessel_k1[input._k | st.bits]
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
    return call(op_special_modified_bessel_k1, special_modified_bessel_k1, (input,), out)


op_special_ndtr = OPS['special_ndtr']


def special_ndtr(input, *, out=None):
    """Normal distribution function.

    aten::special_ndtr(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_special_ndtr, special_ndtr, (input,), out)
    if keys & 4331608735776:
        return call(op_special_ndtr, special_ndtr, (input,), out)
    if out is not None:
        return call(op_special_ndtr, special_ndtr, (input,), out)
    return op_special_ndtr.decomposition(*canonical(op_special_ndtr, (input,)))


op_special_ndtri = OPS['special_ndtri']
table_special_ndtri = op_special_ndtri.table


def special_ndtri(input, *, out=None):
    """Inverse of the normal distribution function.

    aten::special_ndtri(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_ndtri[input._k | st.bits]
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
    return call(op_special_ndtri, special_ndtri, (input,), out)


op_special_scaled_modified_bessel_k0 = OPS['special_scaled_modified_bessel_k0']
table_special_scaled_modified_bessel_k0 = op_special_scaled_modified_bessel_k0.table


def special_scaled_modified_bessel_k0(x, *, out=None):
    """exp(x) k0(x).

    aten::special_scaled_modified_bessel_k0(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_scaled_modified_bessel_k0[x._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x)
    return call(op_special_scaled_modified_bessel_k0, special_scaled_modified_bessel_k0, (x,), out)


op_special_scaled_modified_bessel_k1 = OPS['special_scaled_modified_bessel_k1']
table_special_scaled_modified_bessel_k1 = op_special_scaled_modified_bessel_k1.table


def special_scaled_modified_bessel_k1(x, *, out=None):
    """exp(x) k1(x).

    aten::special_scaled_modified_bessel_k1(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_scaled_modified_bessel_k1[x._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x)
    return call(op_special_scaled_modified_bessel_k1, special_scaled_modified_bessel_k1, (x,), out)


op_special_shifted_chebyshev_polynomial_t = OPS['special_shifted_chebyshev_polynomial_t']
table_special_shifted_chebyshev_polynomial_t = op_special_shifted_chebyshev_polynomial_t.table
numbers_special_shifted_chebyshev_polynomial_t = op_special_shifted_chebyshev_polynomial_t.number_table


def special_shifted_chebyshev_polynomial_t(x, n, *, out=None):
    """T_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_shifted_chebyshev_polynomial_t[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_shifted_chebyshev_polynomial_t, special_shifted_chebyshev_polynomial_t, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_shifted_chebyshev_polynomial_t[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_shifted_chebyshev_polynomial_t, special_shifted_chebyshev_polynomial_t, (x, n), out)


op_special_shifted_chebyshev_polynomial_u = OPS['special_shifted_chebyshev_polynomial_u']
table_special_shifted_chebyshev_polynomial_u = op_special_shifted_chebyshev_polynomial_u.table
numbers_special_shifted_chebyshev_polynomial_u = op_special_shifted_chebyshev_polynomial_u.number_table


def special_shifted_chebyshev_polynomial_u(x, n, *, out=None):
    """U_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_shifted_chebyshev_polynomial_u[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_shifted_chebyshev_polynomial_u, special_shifted_chebyshev_polynomial_u, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_shifted_chebyshev_polynomial_u[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_shifted_chebyshev_polynomial_u, special_shifted_chebyshev_polynomial_u, (x, n), out)


op_special_shifted_chebyshev_polynomial_v = OPS['special_shifted_chebyshev_polynomial_v']
table_special_shifted_chebyshev_polynomial_v = op_special_shifted_chebyshev_polynomial_v.table
numbers_special_shifted_chebyshev_polynomial_v = op_special_shifted_chebyshev_polynomial_v.number_table


def special_shifted_chebyshev_polynomial_v(x, n, *, out=None):
    """V_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_shifted_chebyshev_polynomial_v[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_shifted_chebyshev_polynomial_v, special_shifted_chebyshev_polynomial_v, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_shifted_chebyshev_polynomial_v[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_shifted_chebyshev_polynomial_v, special_shifted_chebyshev_polynomial_v, (x, n), out)


op_special_shifted_chebyshev_polynomial_w = OPS['special_shifted_chebyshev_polynomial_w']
table_special_shifted_chebyshev_polynomial_w = op_special_shifted_chebyshev_polynomial_w.table
numbers_special_shifted_chebyshev_polynomial_w = op_special_shifted_chebyshev_polynomial_w.number_table


def special_shifted_chebyshev_polynomial_w(x, n, *, out=None):
    """W_n(2x - 1).

    aten::special_shifted_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor
    """
    kind = n.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = x._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_shifted_chebyshev_polynomial_w[keys if kind is float else ~keys]
            if out is not None:
                raise KeyError
            arr = st.run(leaf, x._a, box[n], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, x, n)
        return call(op_special_shifted_chebyshev_polynomial_w, special_shifted_chebyshev_polynomial_w, (x, n), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_shifted_chebyshev_polynomial_w[x._k | n._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, n._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x, n)
    return call(op_special_shifted_chebyshev_polynomial_w, special_shifted_chebyshev_polynomial_w, (x, n), out)


op_special_spherical_bessel_j0 = OPS['special_spherical_bessel_j0']
table_special_spherical_bessel_j0 = op_special_spherical_bessel_j0.table


def special_spherical_bessel_j0(x, *, out=None):
    """sin(x) / x.

    aten::special_spherical_bessel_j0(Tensor x) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_spherical_bessel_j0[x._k | st.bits]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, x._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, x)
    return call(op_special_spherical_bessel_j0, special_spherical_bessel_j0, (x,), out)


op_special_xlog1py = OPS['special_xlog1py']
table_special_xlog1py = op_special_xlog1py.table
numbers_special_xlog1py = op_special_xlog1py.number_table


def special_xlog1py(input, other, *, out=None):
    """x log(1 + y), 0 where x is 0.

    aten::special_xlog1py(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_xlog1py[keys if kind is float else ~keys]
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
        return call(op_special_xlog1py, special_xlog1py, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_xlog1py[input._k | other._k | st.bits]
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
    return call(op_special_xlog1py, special_xlog1py, (input, other), out)


op_special_zeta = OPS['special_zeta']
table_special_zeta = op_special_zeta.table
numbers_special_zeta = op_special_zeta.number_table


def special_zeta(input, other, *, out=None):
    """Hurwitz's zeta function.

    aten::special_zeta(Tensor self, Tensor other) -> Tensor
    """
    kind = other.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_special_zeta[keys if kind is float else ~keys]
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
        return call(op_special_zeta, special_zeta, (input, other), out)
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_special_zeta[input._k | other._k | st.bits]
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
    return call(op_special_zeta, special_zeta, (input, other), out)
