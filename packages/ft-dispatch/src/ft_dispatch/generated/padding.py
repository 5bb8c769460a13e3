"""Wrappers of the `padding` family, generated from ft_dispatch/ops/padding.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__pad_circular = OPS['_pad_circular']
table__pad_circular = op__pad_circular.table


def _pad_circular(input, pad):
    """Borders from the opposite side.

    aten::_pad_circular(Tensor self, SymInt[] pad) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op__pad_circular, _pad_circular, (input, pad))
    if keys & 4331608735776:
        return call(op__pad_circular, _pad_circular, (input, pad))
    try:
        if keys & 4397174096120:
            raise KeyError
        pad, = table__pad_circular[pad]
    except (KeyError, TypeError):
        return op__pad_circular.decomposition(*settled(op__pad_circular, (input, pad), keys))
    return op__pad_circular.decomposition(input, pad)


op_pad = OPS['pad']


def pad(input, pad, mode='constant', value=None):
    """Borders of a number, or of reflected, replicated or circular values.

    aten::pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_pad, op_pad.wrapper, (input, pad, mode, value))
    if keys & 4331608735776:
        return call(op_pad, op_pad.wrapper, (input, pad, mode, value))
    return op_pad.decomposition(*canonical(op_pad, (input, pad, mode, value)))


op_reflection_pad1d = OPS['reflection_pad1d']
table_reflection_pad1d = op_reflection_pad1d.table


def reflection_pad1d(input, padding, *, out=None):
    """Borders that mirror the inside, without the edge itself.

    aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad1d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad1d, reflection_pad1d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_reflection_pad1d_backward = OPS['reflection_pad1d_backward']
table_reflection_pad1d_backward = op_reflection_pad1d_backward.table


def reflection_pad1d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::reflection_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad1d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad1d_backward, reflection_pad1d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)


op_reflection_pad2d = OPS['reflection_pad2d']
table_reflection_pad2d = op_reflection_pad2d.table


def reflection_pad2d(input, padding, *, out=None):
    """Borders that mirror the inside, without the edge itself.

    aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad2d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad2d, reflection_pad2d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_reflection_pad2d_backward = OPS['reflection_pad2d_backward']
table_reflection_pad2d_backward = op_reflection_pad2d_backward.table


def reflection_pad2d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::reflection_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad2d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad2d_backward, reflection_pad2d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)


op_reflection_pad3d = OPS['reflection_pad3d']
table_reflection_pad3d = op_reflection_pad3d.table


def reflection_pad3d(input, padding, *, out=None):
    """Borders that mirror the inside, without the edge itself.

    aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad3d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad3d, reflection_pad3d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_reflection_pad3d_backward = OPS['reflection_pad3d_backward']
table_reflection_pad3d_backward = op_reflection_pad3d_backward.table


def reflection_pad3d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::reflection_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_reflection_pad3d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_reflection_pad3d_backward, reflection_pad3d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)


op_replication_pad1d = OPS['replication_pad1d']
table_replication_pad1d = op_replication_pad1d.table


def replication_pad1d(input, padding, *, out=None):
    """Borders that repeat the edge; negative widths cut off.

    aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_replication_pad1d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad1d, replication_pad1d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_replication_pad1d_backward = OPS['replication_pad1d_backward']
table_replication_pad1d_backward = op_replication_pad1d_backward.table


def replication_pad1d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::replication_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_replication_pad1d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad1d_backward, replication_pad1d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)


op_replication_pad2d = OPS['replication_pad2d']
table_replication_pad2d = op_replication_pad2d.table


def replication_pad2d(input, padding, *, out=None):
    """Borders that repeat the edge; negative widths cut off.

    aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_replication_pad2d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad2d, replication_pad2d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_replication_pad2d_backward = OPS['replication_pad2d_backward']
table_replication_pad2d_backward = op_replication_pad2d_backward.table


def replication_pad2d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::replication_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_replication_pad2d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad2d_backward, replication_pad2d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)


op_replication_pad3d = OPS['replication_pad3d']
table_replication_pad3d = op_replication_pad3d.table


def replication_pad3d(input, padding, *, out=None):
    """Borders that repeat the edge; negative widths cut off.

    aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_replication_pad3d[keys]
        if out is not None:
            raise KeyError
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[input._a.shape, padding]
        arr = st.run(leaf, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad3d, replication_pad3d, (input, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, padding)


op_replication_pad3d_backward = OPS['replication_pad3d_backward']
table_replication_pad3d_backward = op_replication_pad3d_backward.table


def replication_pad3d_backward(grad_output, input, padding):
    """The cotangent of every place summed where it was read.

    aten::replication_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_replication_pad3d_backward[keys]
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, padding, = memo[grad_output._a.shape, input._a.shape, padding]
        arr = st.run(leaf, grad_output._a, input._a, padding, out=dest)
    except _MISS:
        return call(op_replication_pad3d_backward, replication_pad3d_backward, (grad_output, input, padding))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, padding)
