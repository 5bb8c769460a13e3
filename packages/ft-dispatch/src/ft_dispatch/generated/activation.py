"""Wrappers of the `activation` family, generated from ft_dispatch/ops/activation.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__prelu_kernel = OPS['_prelu_kernel']
table__prelu_kernel = op__prelu_kernel.table
numbers__prelu_kernel = op__prelu_kernel.number_table


def _prelu_kernel(input, weight):
    """prelu with a weight that broadcasts.

    aten::_prelu_kernel(Tensor self, Tensor weight) -> Tensor
    """
    kind = weight.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = input._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers__prelu_kernel[keys if kind is float else ~keys]
            arr = st.run(leaf, input._a, box[weight], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, input, weight)
        return call(op__prelu_kernel, _prelu_kernel, (input, weight))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table__prelu_kernel[input._k | weight._k | st.bits]
        arr = st.run(leaf, input._a, weight._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, weight)
    return call(op__prelu_kernel, _prelu_kernel, (input, weight))


op__prelu_kernel_backward = OPS['_prelu_kernel_backward']
table__prelu_kernel_backward = op__prelu_kernel_backward.table


def _prelu_kernel_backward(grad_output, input, weight):
    """Gradients of input and weight, in the broadcast shape.

    aten::_prelu_kernel_backward(Tensor grad_output, Tensor self, Tensor weight) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | weight._k | st.bits
        dest, rec, dense, memo = table__prelu_kernel_backward[keys]
        leaf, ok = memo[grad_output._a.shape, input._a.shape, weight._a.shape]
        arr = st.run(leaf, grad_output._a, input._a, weight._a, out=dest)
    except _MISS:
        return call(op__prelu_kernel_backward, _prelu_kernel_backward, (grad_output, input, weight))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_output, input, weight)


op_celu = OPS['celu']
table_celu = op_celu.table
inplace_celu = op_celu.inplace_table


def celu(input, alpha=1.0):
    """max(x, 0) + min(0, alpha (exp(x / alpha) - 1)).

    aten::celu(Tensor self, Scalar alpha=1.0) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_celu[input._k | st.bits]
        if alpha == 1.0:
            arr = st.run(leaf, input._a, out=dest)
        elif alpha.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, alpha, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, alpha)
    return call(op_celu, celu, (input, alpha))


def celu_(input, alpha=1.0):
    """In-place form of `celu`."""
    try:
        st = TL.st
        leaf, whole = inplace_celu[input._k | st.bits]
        arr = input._a
        if alpha == 1.0:
            st.run(leaf, arr, out=arr)
        elif alpha.__class__ in _NUMBERS:
            st.run(whole, arr, alpha, out=arr)
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
    return call_inplace(op_celu, celu_, (input, alpha))


op_elu = OPS['elu']
table_elu = op_elu.table
inplace_elu = op_elu.inplace_table


def elu(input, alpha=1, scale=1, input_scale=1, *, out=None):
    """scale x above 0, scale alpha (exp(input_scale x) - 1) below.

    aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_elu[input._k | st.bits]
        if out is not None:
            raise KeyError
        if alpha == 1 and scale == 1 and input_scale == 1:
            arr = st.run(leaf, input._a, out=dest)
        elif alpha.__class__ in _NUMBERS and scale.__class__ in _NUMBERS and input_scale.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, alpha, scale, input_scale, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, alpha, scale, input_scale)
    return call(op_elu, elu, (input, alpha, scale, input_scale), out)


def elu_(input, alpha=1, scale=1, input_scale=1):
    """In-place form of `elu`."""
    try:
        st = TL.st
        leaf, whole = inplace_elu[input._k | st.bits]
        arr = input._a
        if alpha == 1 and scale == 1 and input_scale == 1:
            st.run(leaf, arr, out=arr)
        elif alpha.__class__ in _NUMBERS and scale.__class__ in _NUMBERS and input_scale.__class__ in _NUMBERS:
            st.run(whole, arr, alpha, scale, input_scale, out=arr)
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
    return call_inplace(op_elu, elu_, (input, alpha, scale, input_scale))


op_elu_backward = OPS['elu_backward']
table_elu_backward = op_elu_backward.table


def elu_backward(grad_output, alpha, scale, input_scale, is_result, self_or_result):
    """Gradient of elu, from its input or its result.

    aten::elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self_or_result) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | self_or_result._k | st.bits
        dest, rec, dense, memo = table_elu_backward[keys]
        leaf, ok, alpha, scale, input_scale, is_result, = memo[grad_output._a.shape, self_or_result._a.shape, alpha, scale, input_scale, is_result]
        arr = st.run(leaf, grad_output._a, alpha, scale, input_scale, is_result, self_or_result._a, out=dest)
    except _MISS:
        return call(op_elu_backward, elu_backward, (grad_output, alpha, scale, input_scale, is_result, self_or_result))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, alpha, scale, input_scale, is_result, self_or_result)


op_gelu = OPS['gelu']
table_gelu = op_gelu.table
inplace_gelu = op_gelu.inplace_table


def gelu(input, *, approximate='none', out=None):
    """x Phi(x), Phi the normal distribution; or its tanh form.

    aten::gelu(Tensor self, *, str approximate='none') -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_gelu[input._k | st.bits]
        if out is not None:
            raise KeyError
        if approximate == 'none':
            arr = st.run(leaf, input._a, out=dest)
        else:
            arr = st.run(whole, input._a, approximate, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, approximate)
    return call(op_gelu, gelu, (input, approximate), out)


def gelu_(input, *, approximate='none'):
    """In-place form of `gelu`."""
    try:
        st = TL.st
        leaf, whole = inplace_gelu[input._k | st.bits]
        arr = input._a
        if approximate == 'none':
            st.run(leaf, arr, out=arr)
        else:
            st.run(whole, arr, approximate, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_gelu, gelu_, (input, approximate))


op_gelu_backward = OPS['gelu_backward']
table_gelu_backward = op_gelu_backward.table
numbers_gelu_backward = op_gelu_backward.number_table


def gelu_backward(grad_output, input, *, approximate='none'):
    """Gradient of gelu.

    aten::gelu_backward(Tensor grad_output, Tensor self, *, str approximate='none') -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_gelu_backward[keys if kind is float else ~keys]
            if approximate == 'none':
                arr = st.run(leaf, grad_output._a, box[input], out=dest)
            else:
                arr = st.run(whole, grad_output._a, box[input], approximate, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, approximate)
        return call(op_gelu_backward, gelu_backward, (grad_output, input, approximate))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_gelu_backward[grad_output._k | input._k | st.bits]
        if approximate == 'none':
            arr = st.run(leaf, grad_output._a, input._a, out=dest)
        else:
            arr = st.run(whole, grad_output._a, input._a, approximate, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, approximate)
    return call(op_gelu_backward, gelu_backward, (grad_output, input, approximate))


op_glu = OPS['glu']
table_glu = op_glu.table


def glu(input, dim=-1, *, out=None):
    """First half times sigmoid of the second.

    aten::glu(Tensor self, int dim=-1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_glu[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_glu, glu, (input, dim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim)


op_glu_backward = OPS['glu_backward']
table_glu_backward = op_glu_backward.table


def glu_backward(grad_output, input, dim):
    """Gradient of glu.

    aten::glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_glu_backward[keys]
        leaf, ok, dim, = memo[grad_output._a.shape, input._a.shape, dim]
        arr = st.run(leaf, grad_output._a, input._a, dim, out=dest)
    except _MISS:
        return call(op_glu_backward, glu_backward, (grad_output, input, dim))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, dim)


op_hardshrink = OPS['hardshrink']
table_hardshrink = op_hardshrink.table


def hardshrink(input, lambd=0.5, *, out=None):
    """x, or 0 where |x| <= lambd.

    aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_hardshrink[input._k | st.bits]
        if out is not None:
            raise KeyError
        if lambd == 0.5:
            arr = st.run(leaf, input._a, out=dest)
        elif lambd.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, lambd, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, lambd)
    return call(op_hardshrink, hardshrink, (input, lambd), out)


op_hardshrink_backward = OPS['hardshrink_backward']
table_hardshrink_backward = op_hardshrink_backward.table
numbers_hardshrink_backward = op_hardshrink_backward.number_table


def hardshrink_backward(grad_out, input, lambd):
    """g where |x| > lambd, else 0.

    aten::hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_out._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_hardshrink_backward[keys if kind is float else ~keys]
            if not (lambd.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_out._a, box[input], lambd, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_out, input, lambd)
        return call(op_hardshrink_backward, hardshrink_backward, (grad_out, input, lambd))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_hardshrink_backward[grad_out._k | input._k | st.bits]
        if not (lambd.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_out._a, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_out, input, lambd)
    return call(op_hardshrink_backward, hardshrink_backward, (grad_out, input, lambd))


op_hardsigmoid = OPS['hardsigmoid']
table_hardsigmoid = op_hardsigmoid.table
inplace_hardsigmoid = op_hardsigmoid.inplace_table


def hardsigmoid(input, *, out=None):
    """relu6(x + 3) / 6.

    aten::hardsigmoid(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_hardsigmoid[input._k | st.bits]
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
    return call(op_hardsigmoid, hardsigmoid, (input,), out)


def hardsigmoid_(input):
    """In-place form of `hardsigmoid`."""
    try:
        st = TL.st
        leaf, whole = inplace_hardsigmoid[input._k | st.bits]
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
    return call_inplace(op_hardsigmoid, hardsigmoid_, (input,))


op_hardsigmoid_backward = OPS['hardsigmoid_backward']
table_hardsigmoid_backward = op_hardsigmoid_backward.table
numbers_hardsigmoid_backward = op_hardsigmoid_backward.number_table


def hardsigmoid_backward(grad_output, input):
    """g / 6 between -3 and 3, else 0.

    aten::hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_hardsigmoid_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input)
        return call(op_hardsigmoid_backward, hardsigmoid_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_hardsigmoid_backward[grad_output._k | input._k | st.bits]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input)
    return call(op_hardsigmoid_backward, hardsigmoid_backward, (grad_output, input))


op_hardswish = OPS['hardswish']
table_hardswish = op_hardswish.table
inplace_hardswish = op_hardswish.inplace_table


def hardswish(input, *, out=None):
    """x relu6(x + 3) / 6.

    aten::hardswish(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_hardswish[input._k | st.bits]
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
    return call(op_hardswish, hardswish, (input,), out)


def hardswish_(input):
    """In-place form of `hardswish`."""
    try:
        st = TL.st
        leaf, whole = inplace_hardswish[input._k | st.bits]
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
    return call_inplace(op_hardswish, hardswish_, (input,))


op_hardswish_backward = OPS['hardswish_backward']
table_hardswish_backward = op_hardswish_backward.table
numbers_hardswish_backward = op_hardswish_backward.number_table


def hardswish_backward(grad_output, input):
    """Gradient of hardswish.

    aten::hardswish_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_hardswish_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input)
        return call(op_hardswish_backward, hardswish_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_hardswish_backward[grad_output._k | input._k | st.bits]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input)
    return call(op_hardswish_backward, hardswish_backward, (grad_output, input))


op_hardtanh = OPS['hardtanh']
table_hardtanh = op_hardtanh.table
inplace_hardtanh = op_hardtanh.inplace_table


def hardtanh(input, min_val=-1, max_val=1, *, out=None):
    """x held between two bounds.

    aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_hardtanh[input._k | st.bits]
        if out is not None:
            raise KeyError
        if min_val == -1 and max_val == 1:
            arr = st.run(leaf, input._a, out=dest)
        elif min_val.__class__ in _NUMBERS and max_val.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, min_val, max_val, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, min_val, max_val)
    return call(op_hardtanh, hardtanh, (input, min_val, max_val), out)


def hardtanh_(input, min_val=-1, max_val=1):
    """In-place form of `hardtanh`."""
    try:
        st = TL.st
        leaf, whole = inplace_hardtanh[input._k | st.bits]
        arr = input._a
        if min_val == -1 and max_val == 1:
            st.run(leaf, arr, out=arr)
        elif min_val.__class__ in _NUMBERS and max_val.__class__ in _NUMBERS:
            st.run(whole, arr, min_val, max_val, out=arr)
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
    return call_inplace(op_hardtanh, hardtanh_, (input, min_val, max_val))


op_hardtanh_backward = OPS['hardtanh_backward']
table_hardtanh_backward = op_hardtanh_backward.table
numbers_hardtanh_backward = op_hardtanh_backward.number_table


def hardtanh_backward(grad_output, input, min_val, max_val):
    """g between the bounds, else 0.

    aten::hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_hardtanh_backward[keys if kind is float else ~keys]
            if not (min_val.__class__ in _NUMBERS and max_val.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[input], min_val, max_val, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, min_val, max_val)
        return call(op_hardtanh_backward, hardtanh_backward, (grad_output, input, min_val, max_val))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_hardtanh_backward[grad_output._k | input._k | st.bits]
        if not (min_val.__class__ in _NUMBERS and max_val.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, min_val, max_val, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, min_val, max_val)
    return call(op_hardtanh_backward, hardtanh_backward, (grad_output, input, min_val, max_val))


op_leaky_relu = OPS['leaky_relu']
table_leaky_relu = op_leaky_relu.table
inplace_leaky_relu = op_leaky_relu.inplace_table


def leaky_relu(input, negative_slope=0.01, *, out=None):
    """x above 0, negative_slope x below.

    aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_leaky_relu[input._k | st.bits]
        if out is not None:
            raise KeyError
        if negative_slope == 0.01:
            arr = st.run(leaf, input._a, out=dest)
        elif negative_slope.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, negative_slope, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, negative_slope)
    return call(op_leaky_relu, leaky_relu, (input, negative_slope), out)


def leaky_relu_(input, negative_slope=0.01):
    """In-place form of `leaky_relu`."""
    try:
        st = TL.st
        leaf, whole = inplace_leaky_relu[input._k | st.bits]
        arr = input._a
        if negative_slope == 0.01:
            st.run(leaf, arr, out=arr)
        elif negative_slope.__class__ in _NUMBERS:
            st.run(whole, arr, negative_slope, out=arr)
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
    return call_inplace(op_leaky_relu, leaky_relu_, (input, negative_slope))


op_leaky_relu_backward = OPS['leaky_relu_backward']
table_leaky_relu_backward = op_leaky_relu_backward.table
numbers_leaky_relu_backward = op_leaky_relu_backward.number_table


def leaky_relu_backward(grad_output, input, negative_slope, self_is_result):
    """Gradient of leaky_relu.

    aten::leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_leaky_relu_backward[keys if kind is float else ~keys]
            if not (negative_slope.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[input], negative_slope, self_is_result, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, negative_slope, self_is_result)
        return call(op_leaky_relu_backward, leaky_relu_backward, (grad_output, input, negative_slope, self_is_result))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_leaky_relu_backward[grad_output._k | input._k | st.bits]
        if not (negative_slope.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, negative_slope, self_is_result, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, negative_slope, self_is_result)
    return call(op_leaky_relu_backward, leaky_relu_backward, (grad_output, input, negative_slope, self_is_result))


op_log_sigmoid = OPS['log_sigmoid']


def log_sigmoid(input, *, out=None):
    """log(sigmoid(x)).

    aten::log_sigmoid(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_log_sigmoid, log_sigmoid, (input,), out)
    if keys & 4331608735776:
        return call(op_log_sigmoid, log_sigmoid, (input,), out)
    if out is not None:
        return call(op_log_sigmoid, log_sigmoid, (input,), out)
    return op_log_sigmoid.decomposition(*canonical(op_log_sigmoid, (input,)))


op_log_sigmoid_backward = OPS['log_sigmoid_backward']
table_log_sigmoid_backward = op_log_sigmoid_backward.table


def log_sigmoid_backward(grad_output, input, buffer):
    """g sigmoid(-x).

    aten::log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_log_sigmoid_backward[grad_output._k | input._k | buffer._k | st.bits]
        arr = st.run(leaf, grad_output._a, input._a, buffer._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, buffer)
    return call(op_log_sigmoid_backward, log_sigmoid_backward, (grad_output, input, buffer))


op_log_sigmoid_forward = OPS['log_sigmoid_forward']
table_log_sigmoid_forward = op_log_sigmoid_forward.table


def log_sigmoid_forward(input):
    """log(sigmoid(x)), and exp(-|x|) for its backward.

    aten::log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_log_sigmoid_forward[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_log_sigmoid_forward, log_sigmoid_forward, (input,))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input)


op_mish = OPS['mish']
table_mish = op_mish.table
inplace_mish = op_mish.inplace_table


def mish(input, *, out=None):
    """x tanh(softplus(x)).

    aten::mish(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_mish[input._k | st.bits]
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
    return call(op_mish, mish, (input,), out)


def mish_(input):
    """In-place form of `mish`."""
    try:
        st = TL.st
        leaf, whole = inplace_mish[input._k | st.bits]
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
    return call_inplace(op_mish, mish_, (input,))


op_mish_backward = OPS['mish_backward']
table_mish_backward = op_mish_backward.table
numbers_mish_backward = op_mish_backward.number_table


def mish_backward(grad_output, input):
    """Gradient of mish.

    aten::mish_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_mish_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input)
        return call(op_mish_backward, mish_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_mish_backward[grad_output._k | input._k | st.bits]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input)
    return call(op_mish_backward, mish_backward, (grad_output, input))


op_prelu = OPS['prelu']


def prelu(input, weight):
    """x above 0, weight x below; one weight, or one a channel.

    aten::prelu(Tensor self, Tensor weight) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
    except AttributeError:
        return call(op_prelu, prelu, (input, weight))
    if keys & 4331608735776:
        return call(op_prelu, prelu, (input, weight))
    return op_prelu.decomposition(*canonical(op_prelu, (input, weight)))


op_relu = OPS['relu']
table_relu = op_relu.table
inplace_relu = op_relu.inplace_table


def relu(input):
    """max(x, 0).

    aten::relu(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_relu[input._k | st.bits]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input)
    return call(op_relu, relu, (input,))


def relu_(input):
    """In-place form of `relu`."""
    try:
        st = TL.st
        leaf, whole = inplace_relu[input._k | st.bits]
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
    return call_inplace(op_relu, relu_, (input,))


op_relu6 = OPS['relu6']


def relu6(input):
    """min(max(x, 0), 6).

    aten::relu6(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_relu6, relu6, (input,))
    if keys & 4331608735776:
        return call(op_relu6, relu6, (input,))
    return op_relu6.decomposition(*canonical(op_relu6, (input,)))


def relu6_(input):
    """In-place form of `relu6`."""
    return call_inplace(op_relu6, relu6_, (input,))


op_rrelu = OPS['rrelu']


def rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """leaky_relu with a random slope in training, the mean slope otherwise.

    aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_rrelu, rrelu, (input, lower, upper, training, generator))
    if keys & 4331608735776:
        return call(op_rrelu, rrelu, (input, lower, upper, training, generator))
    return op_rrelu.decomposition(*canonical(op_rrelu, (input, lower, upper, training, generator)))


def rrelu_(input, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """In-place form of `rrelu`."""
    return call_inplace(op_rrelu, rrelu_, (input, lower, upper, training, generator))


op_rrelu_with_noise_backward = OPS['rrelu_with_noise_backward']
table_rrelu_with_noise_backward = op_rrelu_with_noise_backward.table


def rrelu_with_noise_backward(grad_output, input, noise, lower, upper, training, self_is_result):
    """g times the slope drawn in training, or leaky_relu's gradient.

    aten::rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, bool self_is_result) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_rrelu_with_noise_backward[grad_output._k | input._k | noise._k | st.bits]
        if not (lower.__class__ in _NUMBERS and upper.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, noise._a, lower, upper, training, self_is_result, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, noise, lower, upper, training, self_is_result)
    return call(op_rrelu_with_noise_backward, rrelu_with_noise_backward, (grad_output, input, noise, lower, upper, training, self_is_result))


op_rrelu_with_noise_functional = OPS['rrelu_with_noise_functional']


def rrelu_with_noise_functional(input, noise, lower=0.125, upper=0.3333333333333333, training=False, generator=None):
    """rrelu and the slopes it drew.

    aten::rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> (Tensor, Tensor noise_out)
    """
    return call(op_rrelu_with_noise_functional, rrelu_with_noise_functional, (input, noise, lower, upper, training, generator))


op_selu = OPS['selu']


def selu(input):
    """elu with the constants that keep mean 0 and variance 1.

    aten::selu(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_selu, selu, (input,))
    if keys & 4331608735776:
        return call(op_selu, selu, (input,))
    return op_selu.decomposition(*canonical(op_selu, (input,)))


def selu_(input):
    """In-place form of `selu`."""
    return call_inplace(op_selu, selu_, (input,))


op_silu = OPS['silu']
table_silu = op_silu.table
inplace_silu = op_silu.inplace_table


def silu(input, *, out=None):
    """x sigmoid(x).

    aten::silu(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_silu[input._k | st.bits]
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
    return call(op_silu, silu, (input,), out)


def silu_(input):
    """In-place form of `silu`."""
    try:
        st = TL.st
        leaf, whole = inplace_silu[input._k | st.bits]
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
    return call_inplace(op_silu, silu_, (input,))


op_silu_backward = OPS['silu_backward']
table_silu_backward = op_silu_backward.table
numbers_silu_backward = op_silu_backward.number_table


def silu_backward(grad_output, input):
    """Gradient of silu.

    aten::silu_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_silu_backward[keys if kind is float else ~keys]
            arr = st.run(leaf, grad_output._a, box[input], out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input)
        return call(op_silu_backward, silu_backward, (grad_output, input))
    try:
        st = TL.st
        leaf, dest, ok, rec, _ = table_silu_backward[grad_output._k | input._k | st.bits]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input)
    return call(op_silu_backward, silu_backward, (grad_output, input))


op_softplus = OPS['softplus']
table_softplus = op_softplus.table


def softplus(input, beta=1, threshold=20, *, out=None):
    """log(1 + exp(beta x)) / beta; x itself where beta x exceeds the threshold.

    aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_softplus[input._k | st.bits]
        if out is not None:
            raise KeyError
        if beta == 1 and threshold == 20:
            arr = st.run(leaf, input._a, out=dest)
        elif beta.__class__ in _NUMBERS and threshold.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, beta, threshold, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, beta, threshold)
    return call(op_softplus, softplus, (input, beta, threshold), out)


op_softplus_backward = OPS['softplus_backward']
table_softplus_backward = op_softplus_backward.table
numbers_softplus_backward = op_softplus_backward.number_table


def softplus_backward(grad_output, input, beta, threshold):
    """g sigmoid(beta x), g beyond the threshold.

    aten::softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_softplus_backward[keys if kind is float else ~keys]
            if not (beta.__class__ in _NUMBERS and threshold.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[input], beta, threshold, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, beta, threshold)
        return call(op_softplus_backward, softplus_backward, (grad_output, input, beta, threshold))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_softplus_backward[grad_output._k | input._k | st.bits]
        if not (beta.__class__ in _NUMBERS and threshold.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, beta, threshold, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, beta, threshold)
    return call(op_softplus_backward, softplus_backward, (grad_output, input, beta, threshold))


op_softshrink = OPS['softshrink']
table_softshrink = op_softshrink.table


def softshrink(input, lambd=0.5, *, out=None):
    """x moved towards 0 by lambd, 0 if that crosses it.

    aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_softshrink[input._k | st.bits]
        if out is not None:
            raise KeyError
        if lambd == 0.5:
            arr = st.run(leaf, input._a, out=dest)
        elif lambd.__class__ in _NUMBERS:
            arr = st.run(whole, input._a, lambd, out=dest)
        else:
            raise KeyError
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, lambd)
    return call(op_softshrink, softshrink, (input, lambd), out)


op_softshrink_backward = OPS['softshrink_backward']
table_softshrink_backward = op_softshrink_backward.table
numbers_softshrink_backward = op_softshrink_backward.number_table


def softshrink_backward(grad_output, input, lambd):
    """g where |x| > lambd, else 0.

    aten::softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_softshrink_backward[keys if kind is float else ~keys]
            if not (lambd.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[input], lambd, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, lambd)
        return call(op_softshrink_backward, softshrink_backward, (grad_output, input, lambd))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_softshrink_backward[grad_output._k | input._k | st.bits]
        if not (lambd.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, lambd, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, lambd)
    return call(op_softshrink_backward, softshrink_backward, (grad_output, input, lambd))


op_threshold = OPS['threshold']
table_threshold = op_threshold.table
inplace_threshold = op_threshold.inplace_table


def threshold(input, threshold, value, *, out=None):
    """x above the threshold, else value.

    aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_threshold[input._k | st.bits]
        if out is not None:
            raise KeyError
        if not (threshold.__class__ in _NUMBERS and value.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, input._a, threshold, value, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, threshold, value)
    return call(op_threshold, op_threshold.wrapper, (input, threshold, value), out)


def threshold_(input, threshold, value):
    """In-place form of `threshold`."""
    try:
        st = TL.st
        leaf, whole = inplace_threshold[input._k | st.bits]
        arr = input._a
        if not (threshold.__class__ in _NUMBERS and value.__class__ in _NUMBERS):
            raise KeyError
        st.run(whole, arr, threshold, value, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_threshold, threshold_, (input, threshold, value))


op_threshold_backward = OPS['threshold_backward']
table_threshold_backward = op_threshold_backward.table
numbers_threshold_backward = op_threshold_backward.number_table


def threshold_backward(grad_output, input, threshold):
    """g above the threshold, else 0.

    aten::threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor
    """
    kind = input.__class__
    if kind is float or kind is int:
        try:
            st = TL.st
            keys = grad_output._k | st.bits
            leaf, dest, ok, rec, whole, box = numbers_threshold_backward[keys if kind is float else ~keys]
            if not (threshold.__class__ in _NUMBERS):
                raise KeyError
            arr = st.run(whole, grad_output._a, box[input], threshold, out=dest)
        except _MISS:
            pass
        else:
            made = new(Tensor)
            made._a = arr
            made._k = ok
            made._ver = made._grad = made._base = made._storage = made._node = None
            return made if rec is None else rec(made, grad_output, input, threshold)
        return call(op_threshold_backward, threshold_backward, (grad_output, input, threshold))
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_threshold_backward[grad_output._k | input._k | st.bits]
        if not (threshold.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, grad_output._a, input._a, threshold, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, grad_output, input, threshold)
    return call(op_threshold_backward, threshold_backward, (grad_output, input, threshold))
