"""Wrappers of the `activation` family, generated from ft_dispatch/ops/activation.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__prelu_kernel = OPS['_prelu_kernel']
__prelu_kernel_table = __prelu_kernel.table
__prelu_kernel_numbers = __prelu_kernel.number_table


def _prelu_kernel(input, weight):
    """prelu with a weight that broadcasts.

    aten::_prelu_kernel(Tensor self, Tensor weight) -> Tensor
    """
    kind = weight.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = input._k | st.bits
            leaf, dest, ok, rec, full, box = __prelu_kernel_numbers[k if kind is float else ~k]
            a = st.run(leaf, input._a, box[weight], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, input, weight)
        return call(__prelu_kernel, _prelu_kernel, (input, weight))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = __prelu_kernel_table[input._k | weight._k | st.bits]
        a = st.run(leaf, input._a, weight._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, weight)
    return call(__prelu_kernel, _prelu_kernel, (input, weight))


__prelu_kernel_backward = OPS['_prelu_kernel_backward']
__prelu_kernel_backward_table = __prelu_kernel_backward.table


def _prelu_kernel_backward(grad_output, input, weight):
    """Gradients of input and weight, in the broadcast shape.

    aten::_prelu_kernel_backward(Tensor grad_output, Tensor self, Tensor weight) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | weight._k | st.bits
        leaf, dest, rec, dense, memo = __prelu_kernel_backward_table[k]
        ok = memo[grad_output._a.shape, input._a.shape, weight._a.shape]
        a = st.run(leaf, grad_output._a, input._a, weight._a, out=dest)
    except _MISS:
        return call(__prelu_kernel_backward, _prelu_kernel_backward, (grad_output, input, weight))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, grad_output, input, weight)


_celu = OPS['celu']
_celu_table = _celu.table
_celu_inplace = _celu.inplace_table


def celu(input, alpha=1.0):
    """max(x, 0) + min(0, alpha (exp(x / alpha) - 1)).

    aten::celu(Tensor self, Scalar alpha=1.0) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _celu_table[input._k | st.bits]
        if alpha == 1.0:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, alpha, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, alpha)
    return call(_celu, celu, (input, alpha))


def celu_(input, alpha=1.0):
    """In-place form of `celu`."""
    try:
        st = TL.st
        leaf, full = _celu_inplace[input._k | st.bits]
        a = input._a
        if alpha == 1.0:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, alpha, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_celu, celu_, (input, alpha))


_elu = OPS['elu']
_elu_table = _elu.table
_elu_inplace = _elu.inplace_table


def elu(input, alpha=1, scale=1, input_scale=1, *, out=None):
    """scale x above 0, scale alpha (exp(input_scale x) - 1) below.

    aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _elu_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1 and scale == 1 and input_scale == 1:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, alpha, scale, input_scale, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, alpha, scale, input_scale)
    return call(_elu, elu, (input, alpha, scale, input_scale), out)


def elu_(input, alpha=1, scale=1, input_scale=1):
    """In-place form of `elu`."""
    try:
        st = TL.st
        leaf, full = _elu_inplace[input._k | st.bits]
        a = input._a
        if alpha == 1 and scale == 1 and input_scale == 1:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, alpha, scale, input_scale, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_elu, elu_, (input, alpha, scale, input_scale))


_elu_backward = OPS['elu_backward']
_elu_backward_table = _elu_backward.table


def elu_backward(grad_output, alpha, scale, input_scale, is_result, self_or_result):
    """Gradient of elu, from its input or its result.

    aten::elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self_or_result) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | self_or_result._k | st.bits
        leaf, dest, rec, dense, memo = _elu_backward_table[k]
        ok, alpha, scale, input_scale, is_result, = memo[grad_output._a.shape, self_or_result._a.shape, alpha, scale, input_scale, is_result]
        a = st.run(leaf, grad_output._a, alpha, scale, input_scale, is_result, self_or_result._a, out=dest)
    except _MISS:
        return call(_elu_backward, elu_backward, (grad_output, alpha, scale, input_scale, is_result, self_or_result))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, alpha, scale, input_scale, is_result, self_or_result)


_gelu = OPS['gelu']
_gelu_table = _gelu.table
_gelu_inplace = _gelu.inplace_table


def gelu(input, *, approximate='none', out=None):
    """x Phi(x), Phi the normal distribution; or its tanh form.

    aten::gelu(Tensor self, *, str approximate='none') -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _gelu_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if approximate == 'none':
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, approximate, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, approximate)
    return call(_gelu, gelu, (input, approximate), out)


def gelu_(input, *, approximate='none'):
    """In-place form of `gelu`."""
    try:
        st = TL.st
        leaf, full = _gelu_inplace[input._k | st.bits]
        a = input._a
        if approximate == 'none':
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, approximate, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_gelu, gelu_, (input, approximate))


_gelu_backward = OPS['gelu_backward']
_gelu_backward_table = _gelu_backward.table
_gelu_backward_numbers = _gelu_backward.number_table


def gelu_backward(grad_output, input, *, approximate='none'):
    """Gradient of gelu.

    aten::gelu_backward(Tensor grad_output, Tensor self, *, str approximate='none') -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _gelu_backward_numbers[k if kind is float else ~k]
            if approximate == 'none':
                a = st.run(leaf, grad_output._a, box[input], out=dest)
            else:
                a = st.run(full, grad_output._a, box[input], approximate, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, approximate)
        return call(_gelu_backward, gelu_backward, (grad_output, input, approximate))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _gelu_backward_table[grad_output._k | input._k | st.bits]
        if approximate == 'none':
            a = st.run(leaf, grad_output._a, input._a, out=dest)
        else:
            a = st.run(full, grad_output._a, input._a, approximate, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, approximate)
    return call(_gelu_backward, gelu_backward, (grad_output, input, approximate))


_glu = OPS['glu']
_glu_table = _glu.table


def glu(input, dim=-1, *, out=None):
    """First half times sigmoid of the second.

    aten::glu(Tensor self, int dim=-1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _glu_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_glu, glu, (input, dim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim)


_glu_backward = OPS['glu_backward']
_glu_backward_table = _glu_backward.table


def glu_backward(grad_output, input, dim):
    """Gradient of glu.

    aten::glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | st.bits
        leaf, dest, rec, dense, memo = _glu_backward_table[k]
        ok, dim, = memo[grad_output._a.shape, input._a.shape, dim]
        a = st.run(leaf, grad_output._a, input._a, dim, out=dest)
    except _MISS:
        return call(_glu_backward, glu_backward, (grad_output, input, dim))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input, dim)


_hardshrink = OPS['hardshrink']
_hardshrink_table = _hardshrink.table


def hardshrink(input, lambd=0.5, *, out=None):
    """x, or 0 where |x| <= lambd.

    aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _hardshrink_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if lambd == 0.5:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, lambd)
    return call(_hardshrink, hardshrink, (input, lambd), out)


_hardshrink_backward = OPS['hardshrink_backward']
_hardshrink_backward_table = _hardshrink_backward.table
_hardshrink_backward_numbers = _hardshrink_backward.number_table


def hardshrink_backward(grad_out, input, lambd):
    """g where |x| > lambd, else 0.

    aten::hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_out._k | st.bits
            leaf, dest, ok, rec, full, box = _hardshrink_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_out._a, box[input], lambd, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_out, input, lambd)
        return call(_hardshrink_backward, hardshrink_backward, (grad_out, input, lambd))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _hardshrink_backward_table[grad_out._k | input._k | st.bits]
        a = st.run(full, grad_out._a, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_out, input, lambd)
    return call(_hardshrink_backward, hardshrink_backward, (grad_out, input, lambd))


_hardsigmoid = OPS['hardsigmoid']
_hardsigmoid_table = _hardsigmoid.table
_hardsigmoid_inplace = _hardsigmoid.inplace_table


def hardsigmoid(input, *, out=None):
    """relu6(x + 3) / 6.

    aten::hardsigmoid(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _hardsigmoid_table[input._k | st.bits]
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
    return call(_hardsigmoid, hardsigmoid, (input,), out)


def hardsigmoid_(input):
    """In-place form of `hardsigmoid`."""
    try:
        st = TL.st
        leaf, full = _hardsigmoid_inplace[input._k | st.bits]
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
    return call_inplace(_hardsigmoid, hardsigmoid_, (input,))


_hardsigmoid_backward = OPS['hardsigmoid_backward']
_hardsigmoid_backward_table = _hardsigmoid_backward.table
_hardsigmoid_backward_numbers = _hardsigmoid_backward.number_table


def hardsigmoid_backward(grad_output, input):
    """g / 6 between -3 and 3, else 0.

    aten::hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _hardsigmoid_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input)
        return call(_hardsigmoid_backward, hardsigmoid_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _hardsigmoid_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input)
    return call(_hardsigmoid_backward, hardsigmoid_backward, (grad_output, input))


_hardswish = OPS['hardswish']
_hardswish_table = _hardswish.table
_hardswish_inplace = _hardswish.inplace_table


def hardswish(input, *, out=None):
    """x relu6(x + 3) / 6.

    aten::hardswish(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _hardswish_table[input._k | st.bits]
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
    return call(_hardswish, hardswish, (input,), out)


def hardswish_(input):
    """In-place form of `hardswish`."""
    try:
        st = TL.st
        leaf, full = _hardswish_inplace[input._k | st.bits]
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
    return call_inplace(_hardswish, hardswish_, (input,))


_hardswish_backward = OPS['hardswish_backward']
_hardswish_backward_table = _hardswish_backward.table
_hardswish_backward_numbers = _hardswish_backward.number_table


def hardswish_backward(grad_output, input):
    """Gradient of hardswish.

    aten::hardswish_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _hardswish_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input)
        return call(_hardswish_backward, hardswish_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _hardswish_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input)
    return call(_hardswish_backward, hardswish_backward, (grad_output, input))


_hardtanh = OPS['hardtanh']
_hardtanh_table = _hardtanh.table
_hardtanh_inplace = _hardtanh.inplace_table


def hardtanh(input, min_val=-1, max_val=1, *, out=None):
    """x held between two bounds.

    aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _hardtanh_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if min_val == -1 and max_val == 1:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, min_val, max_val, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, min_val, max_val)
    return call(_hardtanh, hardtanh, (input, min_val, max_val), out)


def hardtanh_(input, min_val=-1, max_val=1):
    """In-place form of `hardtanh`."""
    try:
        st = TL.st
        leaf, full = _hardtanh_inplace[input._k | st.bits]
        a = input._a
        if min_val == -1 and max_val == 1:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, min_val, max_val, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_hardtanh, hardtanh_, (input, min_val, max_val))


_hardtanh_backward = OPS['hardtanh_backward']
_hardtanh_backward_table = _hardtanh_backward.table
_hardtanh_backward_numbers = _hardtanh_backward.number_table


def hardtanh_backward(grad_output, input, min_val, max_val):
    """g between the bounds, else 0.

    aten::hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _hardtanh_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[input], min_val, max_val, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, min_val, max_val)
        return call(_hardtanh_backward, hardtanh_backward, (grad_output, input, min_val, max_val))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _hardtanh_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(full, grad_output._a, input._a, min_val, max_val, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, min_val, max_val)
    return call(_hardtanh_backward, hardtanh_backward, (grad_output, input, min_val, max_val))


_leaky_relu = OPS['leaky_relu']
_leaky_relu_table = _leaky_relu.table
_leaky_relu_inplace = _leaky_relu.inplace_table


def leaky_relu(input, negative_slope=0.01, *, out=None):
    """x above 0, negative_slope x below.

    aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _leaky_relu_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if negative_slope == 0.01:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, negative_slope, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, negative_slope)
    return call(_leaky_relu, leaky_relu, (input, negative_slope), out)


def leaky_relu_(input, negative_slope=0.01):
    """In-place form of `leaky_relu`."""
    try:
        st = TL.st
        leaf, full = _leaky_relu_inplace[input._k | st.bits]
        a = input._a
        if negative_slope == 0.01:
            st.run(leaf, a, out=a)
        else:
            st.run(full, a, negative_slope, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_leaky_relu, leaky_relu_, (input, negative_slope))


_leaky_relu_backward = OPS['leaky_relu_backward']
_leaky_relu_backward_table = _leaky_relu_backward.table
_leaky_relu_backward_numbers = _leaky_relu_backward.number_table


def leaky_relu_backward(grad_output, input, negative_slope, self_is_result):
    """Gradient of leaky_relu.

    aten::leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _leaky_relu_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[input], negative_slope, self_is_result, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, negative_slope, self_is_result)
        return call(_leaky_relu_backward, leaky_relu_backward, (grad_output, input, negative_slope, self_is_result))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _leaky_relu_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(full, grad_output._a, input._a, negative_slope, self_is_result, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, negative_slope, self_is_result)
    return call(_leaky_relu_backward, leaky_relu_backward, (grad_output, input, negative_slope, self_is_result))


_log_sigmoid = OPS['log_sigmoid']


def log_sigmoid(input, *, out=None):
    """log(sigmoid(x)).

    aten::log_sigmoid(Tensor self) -> Tensor
    """
    return call(_log_sigmoid, log_sigmoid, (input,), out)


_log_sigmoid_backward = OPS['log_sigmoid_backward']
_log_sigmoid_backward_table = _log_sigmoid_backward.table


def log_sigmoid_backward(grad_output, input, buffer):
    """g sigmoid(-x).

    aten::log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _log_sigmoid_backward_table[grad_output._k | input._k | buffer._k | st.bits]
        a = st.run(leaf, grad_output._a, input._a, buffer._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, buffer)
    return call(_log_sigmoid_backward, log_sigmoid_backward, (grad_output, input, buffer))


_log_sigmoid_forward = OPS['log_sigmoid_forward']
_log_sigmoid_forward_table = _log_sigmoid_forward.table


def log_sigmoid_forward(input):
    """log(sigmoid(x)), and exp(-|x|) for its backward.

    aten::log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _log_sigmoid_forward_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_log_sigmoid_forward, log_sigmoid_forward, (input,))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input)


_mish = OPS['mish']
_mish_table = _mish.table
_mish_inplace = _mish.inplace_table


def mish(input, *, out=None):
    """x tanh(softplus(x)).

    aten::mish(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _mish_table[input._k | st.bits]
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
    return call(_mish, mish, (input,), out)


def mish_(input):
    """In-place form of `mish`."""
    try:
        st = TL.st
        leaf, full = _mish_inplace[input._k | st.bits]
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
    return call_inplace(_mish, mish_, (input,))


_mish_backward = OPS['mish_backward']
_mish_backward_table = _mish_backward.table
_mish_backward_numbers = _mish_backward.number_table


def mish_backward(grad_output, input):
    """Gradient of mish.

    aten::mish_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _mish_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input)
        return call(_mish_backward, mish_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _mish_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input)
    return call(_mish_backward, mish_backward, (grad_output, input))


_prelu = OPS['prelu']


def prelu(input, weight):
    """x above 0, weight x below; one weight, or one a channel.

    aten::prelu(Tensor self, Tensor weight) -> Tensor
    """
    return call(_prelu, prelu, (input, weight))


_relu = OPS['relu']
_relu_table = _relu.table
_relu_inplace = _relu.inplace_table


def relu(input):
    """max(x, 0).

    aten::relu(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _relu_table[input._k | st.bits]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input)
    return call(_relu, relu, (input,))


def relu_(input):
    """In-place form of `relu`."""
    try:
        st = TL.st
        leaf, full = _relu_inplace[input._k | st.bits]
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
    return call_inplace(_relu, relu_, (input,))


_relu6 = OPS['relu6']


def relu6(input):
    """min(max(x, 0), 6).

    aten::relu6(Tensor self) -> Tensor
    """
    return call(_relu6, relu6, (input,))


def relu6_(input):
    """In-place form of `relu6`."""
    return call_inplace(_relu6, relu6_, (input,))


_rrelu = OPS['rrelu']


def rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """leaky_relu with a random slope in training, the mean slope otherwise.

    aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor
    """
    return call(_rrelu, rrelu, (input, lower, upper, training, generator))


def rrelu_(input, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """In-place form of `rrelu`."""
    return call_inplace(_rrelu, rrelu_, (input, lower, upper, training, generator))


_rrelu_with_noise_backward = OPS['rrelu_with_noise_backward']
_rrelu_with_noise_backward_table = _rrelu_with_noise_backward.table


def rrelu_with_noise_backward(grad_output, input, noise, lower, upper, training, self_is_result):
    """g times the slope drawn in training, or leaky_relu's gradient.

    aten::rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, bool self_is_result) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _rrelu_with_noise_backward_table[grad_output._k | input._k | noise._k | st.bits]
        a = st.run(full, grad_output._a, input._a, noise._a, lower, upper, training, self_is_result, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, noise, lower, upper, training, self_is_result)
    return call(_rrelu_with_noise_backward, rrelu_with_noise_backward, (grad_output, input, noise, lower, upper, training, self_is_result))


_rrelu_with_noise_functional = OPS['rrelu_with_noise_functional']


def rrelu_with_noise_functional(input, noise, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """rrelu and the slopes it drew.

    aten::rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> (Tensor, Tensor noise_out)
    """
    return call(_rrelu_with_noise_functional, rrelu_with_noise_functional, (input, noise, lower, upper, training, generator))


_selu = OPS['selu']


def selu(input):
    """elu with the two constants that keep mean 0 and variance 1.

    aten::selu(Tensor self) -> Tensor
    """
    return call(_selu, selu, (input,))


def selu_(input):
    """In-place form of `selu`."""
    return call_inplace(_selu, selu_, (input,))


_silu = OPS['silu']
_silu_table = _silu.table
_silu_inplace = _silu.inplace_table


def silu(input, *, out=None):
    """x sigmoid(x).

    aten::silu(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _silu_table[input._k | st.bits]
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
    return call(_silu, silu, (input,), out)


def silu_(input):
    """In-place form of `silu`."""
    try:
        st = TL.st
        leaf, full = _silu_inplace[input._k | st.bits]
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
    return call_inplace(_silu, silu_, (input,))


_silu_backward = OPS['silu_backward']
_silu_backward_table = _silu_backward.table
_silu_backward_numbers = _silu_backward.number_table


def silu_backward(grad_output, input):
    """Gradient of silu.

    aten::silu_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _silu_backward_numbers[k if kind is float else ~k]
            a = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input)
        return call(_silu_backward, silu_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = _silu_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input)
    return call(_silu_backward, silu_backward, (grad_output, input))


_softplus = OPS['softplus']
_softplus_table = _softplus.table


def softplus(input, beta=1, threshold=20, *, out=None):
    """log(1 + exp(beta x)) / beta; x itself where beta x exceeds the threshold.

    aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _softplus_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if beta == 1 and threshold == 20:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, beta, threshold, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, beta, threshold)
    return call(_softplus, softplus, (input, beta, threshold), out)


_softplus_backward = OPS['softplus_backward']
_softplus_backward_table = _softplus_backward.table
_softplus_backward_numbers = _softplus_backward.number_table


def softplus_backward(grad_output, input, beta, threshold):
    """g sigmoid(beta x), g beyond the threshold.

    aten::softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _softplus_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[input], beta, threshold, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, beta, threshold)
        return call(_softplus_backward, softplus_backward, (grad_output, input, beta, threshold))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _softplus_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(full, grad_output._a, input._a, beta, threshold, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, beta, threshold)
    return call(_softplus_backward, softplus_backward, (grad_output, input, beta, threshold))


_softshrink = OPS['softshrink']
_softshrink_table = _softshrink.table


def softshrink(input, lambd=0.5, *, out=None):
    """x moved towards 0 by lambd, 0 if that crosses it.

    aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _softshrink_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        if lambd == 0.5:
            a = st.run(leaf, input._a, out=dest)
        else:
            a = st.run(full, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, lambd)
    return call(_softshrink, softshrink, (input, lambd), out)


_softshrink_backward = OPS['softshrink_backward']
_softshrink_backward_table = _softshrink_backward.table
_softshrink_backward_numbers = _softshrink_backward.number_table


def softshrink_backward(grad_output, input, lambd):
    """g where |x| > lambd, else 0.

    aten::softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _softshrink_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[input], lambd, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, lambd)
        return call(_softshrink_backward, softshrink_backward, (grad_output, input, lambd))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _softshrink_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(full, grad_output._a, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, lambd)
    return call(_softshrink_backward, softshrink_backward, (grad_output, input, lambd))


_threshold = OPS['threshold']
_threshold_table = _threshold.table
_threshold_inplace = _threshold.inplace_table


def threshold(input, threshold, value, *, out=None):
    """x above the threshold, else value.

    aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _threshold_table[input._k | st.bits]
        if out is not None:
            raise KeyError
        a = st.run(full, input._a, threshold, value, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, threshold, value)
    return call(_threshold, threshold, (input, threshold, value), out)


def threshold_(input, threshold, value):
    """In-place form of `threshold`."""
    try:
        st = TL.st
        leaf, full = _threshold_inplace[input._k | st.bits]
        a = input._a
        st.run(full, a, threshold, value, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_threshold, threshold_, (input, threshold, value))


_threshold_backward = OPS['threshold_backward']
_threshold_backward_table = _threshold_backward.table
_threshold_backward_numbers = _threshold_backward.number_table


def threshold_backward(grad_output, input, threshold):
    """g above the threshold, else 0.

    aten::threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            k = grad_output._k | st.bits
            leaf, dest, ok, rec, full, box = _threshold_backward_numbers[k if kind is float else ~k]
            a = st.run(full, grad_output._a, box[input], threshold, out=dest)
        except _MISS:
            pass
        else:
            o = new(Tensor)
            o._a = a
            o._k = ok
            o._ver = o._grad = o._base = o._storage = o._node = None
            return o if rec is None else rec(o, grad_output, input, threshold)
        return call(_threshold_backward, threshold_backward, (grad_output, input, threshold))
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _threshold_backward_table[grad_output._k | input._k | st.bits]
        a = st.run(full, grad_output._a, input._a, threshold, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, grad_output, input, threshold)
    return call(_threshold_backward, threshold_backward, (grad_output, input, threshold))
