"""Wrappers of the `resample` family, generated from ft_dispatch/ops/resample.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__upsample_bicubic2d_aa = OPS['_upsample_bicubic2d_aa']
table__upsample_bicubic2d_aa = op__upsample_bicubic2d_aa.table


def _upsample_bicubic2d_aa(input, output_size, align_corners, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::_upsample_bicubic2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__upsample_bicubic2d_aa[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales_h, scales_w, = memo[input._a.shape, output_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_bicubic2d_aa, _upsample_bicubic2d_aa, (input, output_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales_h, scales_w)


op__upsample_bicubic2d_aa_vec = OPS['_upsample_bicubic2d_aa.vec']
table__upsample_bicubic2d_aa_vec = op__upsample_bicubic2d_aa_vec.table


def _upsample_bicubic2d_aa_vec(input, output_size, align_corners, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::_upsample_bicubic2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__upsample_bicubic2d_aa_vec, _upsample_bicubic2d_aa_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op__upsample_bicubic2d_aa_vec, _upsample_bicubic2d_aa_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table__upsample_bicubic2d_aa_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op__upsample_bicubic2d_aa_vec.decomposition(*settled(op__upsample_bicubic2d_aa_vec, (input, output_size, align_corners, scale_factors), keys))
    return op__upsample_bicubic2d_aa_vec.decomposition(input, output_size, align_corners, scale_factors)


op__upsample_bicubic2d_aa_backward = OPS['_upsample_bicubic2d_aa_backward']
table__upsample_bicubic2d_aa_backward = op__upsample_bicubic2d_aa_backward.table


def _upsample_bicubic2d_aa_backward(grad_output, output_size, input_size, align_corners, scales_h=None, scales_w=None):
    """The transpose of _upsample_bicubic2d_aa.

    aten::_upsample_bicubic2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table__upsample_bicubic2d_aa_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_bicubic2d_aa_backward, _upsample_bicubic2d_aa_backward, (grad_output, output_size, input_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w)


op__upsample_bilinear2d_aa = OPS['_upsample_bilinear2d_aa']
table__upsample_bilinear2d_aa = op__upsample_bilinear2d_aa.table


def _upsample_bilinear2d_aa(input, output_size, align_corners, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::_upsample_bilinear2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__upsample_bilinear2d_aa[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales_h, scales_w, = memo[input._a.shape, output_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_bilinear2d_aa, _upsample_bilinear2d_aa, (input, output_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales_h, scales_w)


op__upsample_bilinear2d_aa_vec = OPS['_upsample_bilinear2d_aa.vec']
table__upsample_bilinear2d_aa_vec = op__upsample_bilinear2d_aa_vec.table


def _upsample_bilinear2d_aa_vec(input, output_size, align_corners, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::_upsample_bilinear2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__upsample_bilinear2d_aa_vec, _upsample_bilinear2d_aa_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op__upsample_bilinear2d_aa_vec, _upsample_bilinear2d_aa_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table__upsample_bilinear2d_aa_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op__upsample_bilinear2d_aa_vec.decomposition(*settled(op__upsample_bilinear2d_aa_vec, (input, output_size, align_corners, scale_factors), keys))
    return op__upsample_bilinear2d_aa_vec.decomposition(input, output_size, align_corners, scale_factors)


op__upsample_bilinear2d_aa_backward = OPS['_upsample_bilinear2d_aa_backward']
table__upsample_bilinear2d_aa_backward = op__upsample_bilinear2d_aa_backward.table


def _upsample_bilinear2d_aa_backward(grad_output, output_size, input_size, align_corners, scales_h=None, scales_w=None):
    """The transpose of _upsample_bilinear2d_aa.

    aten::_upsample_bilinear2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table__upsample_bilinear2d_aa_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_bilinear2d_aa_backward, _upsample_bilinear2d_aa_backward, (grad_output, output_size, input_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w)


op__upsample_nearest_exact1d = OPS['_upsample_nearest_exact1d']
table__upsample_nearest_exact1d = op__upsample_nearest_exact1d.table


def _upsample_nearest_exact1d(input, output_size, scales=None):
    """Resized over 1 dims.

    aten::_upsample_nearest_exact1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact1d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales, = memo[input._a.shape, output_size, scales]
        arr = st.run(leaf, input._a, output_size, scales, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact1d, _upsample_nearest_exact1d, (input, output_size, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales)


op__upsample_nearest_exact1d_vec = OPS['_upsample_nearest_exact1d.vec']
table__upsample_nearest_exact1d_vec = op__upsample_nearest_exact1d_vec.table


def _upsample_nearest_exact1d_vec(input, output_size, scale_factors):
    """Resized over 1 dims, to a size or by factors.

    aten::_upsample_nearest_exact1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__upsample_nearest_exact1d_vec, _upsample_nearest_exact1d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op__upsample_nearest_exact1d_vec, _upsample_nearest_exact1d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table__upsample_nearest_exact1d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op__upsample_nearest_exact1d_vec.decomposition(*settled(op__upsample_nearest_exact1d_vec, (input, output_size, scale_factors), keys))
    return op__upsample_nearest_exact1d_vec.decomposition(input, output_size, scale_factors)


op__upsample_nearest_exact1d_backward = OPS['_upsample_nearest_exact1d_backward']
table__upsample_nearest_exact1d_backward = op__upsample_nearest_exact1d_backward.table


def _upsample_nearest_exact1d_backward(grad_output, output_size, input_size, scales=None):
    """The transpose of _upsample_nearest_exact1d.

    aten::_upsample_nearest_exact1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact1d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales, = memo[grad_output._a.shape, output_size, input_size, scales]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact1d_backward, _upsample_nearest_exact1d_backward, (grad_output, output_size, input_size, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales)


op__upsample_nearest_exact2d = OPS['_upsample_nearest_exact2d']
table__upsample_nearest_exact2d = op__upsample_nearest_exact2d.table


def _upsample_nearest_exact2d(input, output_size, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::_upsample_nearest_exact2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales_h, scales_w, = memo[input._a.shape, output_size, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact2d, _upsample_nearest_exact2d, (input, output_size, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales_h, scales_w)


op__upsample_nearest_exact2d_vec = OPS['_upsample_nearest_exact2d.vec']
table__upsample_nearest_exact2d_vec = op__upsample_nearest_exact2d_vec.table


def _upsample_nearest_exact2d_vec(input, output_size, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::_upsample_nearest_exact2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__upsample_nearest_exact2d_vec, _upsample_nearest_exact2d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op__upsample_nearest_exact2d_vec, _upsample_nearest_exact2d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table__upsample_nearest_exact2d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op__upsample_nearest_exact2d_vec.decomposition(*settled(op__upsample_nearest_exact2d_vec, (input, output_size, scale_factors), keys))
    return op__upsample_nearest_exact2d_vec.decomposition(input, output_size, scale_factors)


op__upsample_nearest_exact2d_backward = OPS['_upsample_nearest_exact2d_backward']
table__upsample_nearest_exact2d_backward = op__upsample_nearest_exact2d_backward.table


def _upsample_nearest_exact2d_backward(grad_output, output_size, input_size, scales_h=None, scales_w=None):
    """The transpose of _upsample_nearest_exact2d.

    aten::_upsample_nearest_exact2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact2d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact2d_backward, _upsample_nearest_exact2d_backward, (grad_output, output_size, input_size, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales_h, scales_w)


op__upsample_nearest_exact3d = OPS['_upsample_nearest_exact3d']
table__upsample_nearest_exact3d = op__upsample_nearest_exact3d.table


def _upsample_nearest_exact3d(input, output_size, scales_d=None, scales_h=None, scales_w=None):
    """Resized over 3 dims.

    aten::_upsample_nearest_exact3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact3d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales_d, scales_h, scales_w, = memo[input._a.shape, output_size, scales_d, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact3d, _upsample_nearest_exact3d, (input, output_size, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales_d, scales_h, scales_w)


op__upsample_nearest_exact3d_vec = OPS['_upsample_nearest_exact3d.vec']
table__upsample_nearest_exact3d_vec = op__upsample_nearest_exact3d_vec.table


def _upsample_nearest_exact3d_vec(input, output_size, scale_factors):
    """Resized over 3 dims, to a size or by factors.

    aten::_upsample_nearest_exact3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__upsample_nearest_exact3d_vec, _upsample_nearest_exact3d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op__upsample_nearest_exact3d_vec, _upsample_nearest_exact3d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table__upsample_nearest_exact3d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op__upsample_nearest_exact3d_vec.decomposition(*settled(op__upsample_nearest_exact3d_vec, (input, output_size, scale_factors), keys))
    return op__upsample_nearest_exact3d_vec.decomposition(input, output_size, scale_factors)


op__upsample_nearest_exact3d_backward = OPS['_upsample_nearest_exact3d_backward']
table__upsample_nearest_exact3d_backward = op__upsample_nearest_exact3d_backward.table


def _upsample_nearest_exact3d_backward(grad_output, output_size, input_size, scales_d=None, scales_h=None, scales_w=None):
    """The transpose of _upsample_nearest_exact3d.

    aten::_upsample_nearest_exact3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table__upsample_nearest_exact3d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales_d, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, scales_d, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op__upsample_nearest_exact3d_backward, _upsample_nearest_exact3d_backward, (grad_output, output_size, input_size, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales_d, scales_h, scales_w)


op_upsample_bicubic2d = OPS['upsample_bicubic2d']
table_upsample_bicubic2d = op_upsample_bicubic2d.table


def upsample_bicubic2d(input, output_size, align_corners, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_bicubic2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales_h, scales_w, = memo[input._a.shape, output_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_bicubic2d, upsample_bicubic2d, (input, output_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales_h, scales_w)


op_upsample_bicubic2d_vec = OPS['upsample_bicubic2d.vec']
table_upsample_bicubic2d_vec = op_upsample_bicubic2d_vec.table


def upsample_bicubic2d_vec(input, output_size, align_corners, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_bicubic2d_vec, upsample_bicubic2d_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_bicubic2d_vec, upsample_bicubic2d_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table_upsample_bicubic2d_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_bicubic2d_vec.decomposition(*settled(op_upsample_bicubic2d_vec, (input, output_size, align_corners, scale_factors), keys))
    return op_upsample_bicubic2d_vec.decomposition(input, output_size, align_corners, scale_factors)


op_upsample_bicubic2d_backward = OPS['upsample_bicubic2d_backward']
table_upsample_bicubic2d_backward = op_upsample_bicubic2d_backward.table


def upsample_bicubic2d_backward(grad_output, output_size, input_size, align_corners, scales_h=None, scales_w=None):
    """The transpose of upsample_bicubic2d.

    aten::upsample_bicubic2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_bicubic2d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_bicubic2d_backward, upsample_bicubic2d_backward, (grad_output, output_size, input_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w)


op_upsample_bilinear2d = OPS['upsample_bilinear2d']
table_upsample_bilinear2d = op_upsample_bilinear2d.table


def upsample_bilinear2d(input, output_size, align_corners, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_bilinear2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales_h, scales_w, = memo[input._a.shape, output_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_bilinear2d, upsample_bilinear2d, (input, output_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales_h, scales_w)


op_upsample_bilinear2d_vec = OPS['upsample_bilinear2d.vec']
table_upsample_bilinear2d_vec = op_upsample_bilinear2d_vec.table


def upsample_bilinear2d_vec(input, output_size, align_corners, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_bilinear2d_vec, upsample_bilinear2d_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_bilinear2d_vec, upsample_bilinear2d_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table_upsample_bilinear2d_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_bilinear2d_vec.decomposition(*settled(op_upsample_bilinear2d_vec, (input, output_size, align_corners, scale_factors), keys))
    return op_upsample_bilinear2d_vec.decomposition(input, output_size, align_corners, scale_factors)


op_upsample_bilinear2d_backward = OPS['upsample_bilinear2d_backward']
table_upsample_bilinear2d_backward = op_upsample_bilinear2d_backward.table


def upsample_bilinear2d_backward(grad_output, output_size, input_size, align_corners, scales_h=None, scales_w=None):
    """The transpose of upsample_bilinear2d.

    aten::upsample_bilinear2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_bilinear2d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_bilinear2d_backward, upsample_bilinear2d_backward, (grad_output, output_size, input_size, align_corners, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w)


op_upsample_linear1d = OPS['upsample_linear1d']
table_upsample_linear1d = op_upsample_linear1d.table


def upsample_linear1d(input, output_size, align_corners, scales=None):
    """Resized over 1 dims.

    aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_linear1d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales, = memo[input._a.shape, output_size, align_corners, scales]
        arr = st.run(leaf, input._a, output_size, align_corners, scales, out=dest)
    except _MISS:
        return call(op_upsample_linear1d, upsample_linear1d, (input, output_size, align_corners, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales)


op_upsample_linear1d_vec = OPS['upsample_linear1d.vec']
table_upsample_linear1d_vec = op_upsample_linear1d_vec.table


def upsample_linear1d_vec(input, output_size, align_corners, scale_factors):
    """Resized over 1 dims, to a size or by factors.

    aten::upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_linear1d_vec, upsample_linear1d_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_linear1d_vec, upsample_linear1d_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table_upsample_linear1d_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_linear1d_vec.decomposition(*settled(op_upsample_linear1d_vec, (input, output_size, align_corners, scale_factors), keys))
    return op_upsample_linear1d_vec.decomposition(input, output_size, align_corners, scale_factors)


op_upsample_linear1d_backward = OPS['upsample_linear1d_backward']
table_upsample_linear1d_backward = op_upsample_linear1d_backward.table


def upsample_linear1d_backward(grad_output, output_size, input_size, align_corners, scales=None):
    """The transpose of upsample_linear1d.

    aten::upsample_linear1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, bool align_corners, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_linear1d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales, out=dest)
    except _MISS:
        return call(op_upsample_linear1d_backward, upsample_linear1d_backward, (grad_output, output_size, input_size, align_corners, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales)


op_upsample_nearest1d = OPS['upsample_nearest1d']
table_upsample_nearest1d = op_upsample_nearest1d.table


def upsample_nearest1d(input, output_size, scales=None):
    """Resized over 1 dims.

    aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest1d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales, = memo[input._a.shape, output_size, scales]
        arr = st.run(leaf, input._a, output_size, scales, out=dest)
    except _MISS:
        return call(op_upsample_nearest1d, upsample_nearest1d, (input, output_size, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales)


op_upsample_nearest1d_vec = OPS['upsample_nearest1d.vec']
table_upsample_nearest1d_vec = op_upsample_nearest1d_vec.table


def upsample_nearest1d_vec(input, output_size, scale_factors):
    """Resized over 1 dims, to a size or by factors.

    aten::upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_nearest1d_vec, upsample_nearest1d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_nearest1d_vec, upsample_nearest1d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table_upsample_nearest1d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_nearest1d_vec.decomposition(*settled(op_upsample_nearest1d_vec, (input, output_size, scale_factors), keys))
    return op_upsample_nearest1d_vec.decomposition(input, output_size, scale_factors)


op_upsample_nearest1d_backward = OPS['upsample_nearest1d_backward']
table_upsample_nearest1d_backward = op_upsample_nearest1d_backward.table


def upsample_nearest1d_backward(grad_output, output_size, input_size, scales=None):
    """The transpose of upsample_nearest1d.

    aten::upsample_nearest1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest1d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales, = memo[grad_output._a.shape, output_size, input_size, scales]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales, out=dest)
    except _MISS:
        return call(op_upsample_nearest1d_backward, upsample_nearest1d_backward, (grad_output, output_size, input_size, scales))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales)


op_upsample_nearest2d = OPS['upsample_nearest2d']
table_upsample_nearest2d = op_upsample_nearest2d.table


def upsample_nearest2d(input, output_size, scales_h=None, scales_w=None):
    """Resized over 2 dims.

    aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales_h, scales_w, = memo[input._a.shape, output_size, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_nearest2d, upsample_nearest2d, (input, output_size, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales_h, scales_w)


op_upsample_nearest2d_vec = OPS['upsample_nearest2d.vec']
table_upsample_nearest2d_vec = op_upsample_nearest2d_vec.table


def upsample_nearest2d_vec(input, output_size, scale_factors):
    """Resized over 2 dims, to a size or by factors.

    aten::upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_nearest2d_vec, upsample_nearest2d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_nearest2d_vec, upsample_nearest2d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table_upsample_nearest2d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_nearest2d_vec.decomposition(*settled(op_upsample_nearest2d_vec, (input, output_size, scale_factors), keys))
    return op_upsample_nearest2d_vec.decomposition(input, output_size, scale_factors)


op_upsample_nearest2d_backward = OPS['upsample_nearest2d_backward']
table_upsample_nearest2d_backward = op_upsample_nearest2d_backward.table


def upsample_nearest2d_backward(grad_output, output_size, input_size, scales_h=None, scales_w=None):
    """The transpose of upsample_nearest2d.

    aten::upsample_nearest2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest2d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_nearest2d_backward, upsample_nearest2d_backward, (grad_output, output_size, input_size, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales_h, scales_w)


op_upsample_nearest3d = OPS['upsample_nearest3d']
table_upsample_nearest3d = op_upsample_nearest3d.table


def upsample_nearest3d(input, output_size, scales_d=None, scales_h=None, scales_w=None):
    """Resized over 3 dims.

    aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest3d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, scales_d, scales_h, scales_w, = memo[input._a.shape, output_size, scales_d, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_nearest3d, upsample_nearest3d, (input, output_size, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, scales_d, scales_h, scales_w)


op_upsample_nearest3d_vec = OPS['upsample_nearest3d.vec']
table_upsample_nearest3d_vec = op_upsample_nearest3d_vec.table


def upsample_nearest3d_vec(input, output_size, scale_factors):
    """Resized over 3 dims, to a size or by factors.

    aten::upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_nearest3d_vec, upsample_nearest3d_vec, (input, output_size, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_nearest3d_vec, upsample_nearest3d_vec, (input, output_size, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, scale_factors, = table_upsample_nearest3d_vec[output_size, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_nearest3d_vec.decomposition(*settled(op_upsample_nearest3d_vec, (input, output_size, scale_factors), keys))
    return op_upsample_nearest3d_vec.decomposition(input, output_size, scale_factors)


op_upsample_nearest3d_backward = OPS['upsample_nearest3d_backward']
table_upsample_nearest3d_backward = op_upsample_nearest3d_backward.table


def upsample_nearest3d_backward(grad_output, output_size, input_size, scales_d=None, scales_h=None, scales_w=None):
    """The transpose of upsample_nearest3d.

    aten::upsample_nearest3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_nearest3d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, scales_d, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, scales_d, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_nearest3d_backward, upsample_nearest3d_backward, (grad_output, output_size, input_size, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, scales_d, scales_h, scales_w)


op_upsample_trilinear3d = OPS['upsample_trilinear3d']
table_upsample_trilinear3d = op_upsample_trilinear3d.table


def upsample_trilinear3d(input, output_size, align_corners, scales_d=None, scales_h=None, scales_w=None):
    """Resized over 3 dims.

    aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_upsample_trilinear3d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, align_corners, scales_d, scales_h, scales_w, = memo[input._a.shape, output_size, align_corners, scales_d, scales_h, scales_w]
        arr = st.run(leaf, input._a, output_size, align_corners, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_trilinear3d, upsample_trilinear3d, (input, output_size, align_corners, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, align_corners, scales_d, scales_h, scales_w)


op_upsample_trilinear3d_vec = OPS['upsample_trilinear3d.vec']
table_upsample_trilinear3d_vec = op_upsample_trilinear3d_vec.table


def upsample_trilinear3d_vec(input, output_size, align_corners, scale_factors):
    """Resized over 3 dims, to a size or by factors.

    aten::upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_upsample_trilinear3d_vec, upsample_trilinear3d_vec, (input, output_size, align_corners, scale_factors))
    if keys & 4331608735776:
        return call(op_upsample_trilinear3d_vec, upsample_trilinear3d_vec, (input, output_size, align_corners, scale_factors))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, align_corners, scale_factors, = table_upsample_trilinear3d_vec[output_size, align_corners, scale_factors]
    except (KeyError, TypeError):
        return op_upsample_trilinear3d_vec.decomposition(*settled(op_upsample_trilinear3d_vec, (input, output_size, align_corners, scale_factors), keys))
    return op_upsample_trilinear3d_vec.decomposition(input, output_size, align_corners, scale_factors)


op_upsample_trilinear3d_backward = OPS['upsample_trilinear3d_backward']
table_upsample_trilinear3d_backward = op_upsample_trilinear3d_backward.table


def upsample_trilinear3d_backward(grad_output, output_size, input_size, align_corners, scales_d=None, scales_h=None, scales_w=None):
    """The transpose of upsample_trilinear3d.

    aten::upsample_trilinear3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_upsample_trilinear3d_backward[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if input_size.__class__ is list:
            input_size = tuple(input_size)
        leaf, ok, output_size, input_size, align_corners, scales_d, scales_h, scales_w, = memo[grad_output._a.shape, output_size, input_size, align_corners, scales_d, scales_h, scales_w]
        arr = st.run(leaf, grad_output._a, output_size, input_size, align_corners, scales_d, scales_h, scales_w, out=dest)
    except _MISS:
        return call(op_upsample_trilinear3d_backward, upsample_trilinear3d_backward, (grad_output, output_size, input_size, align_corners, scales_d, scales_h, scales_w))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, output_size, input_size, align_corners, scales_d, scales_h, scales_w)
