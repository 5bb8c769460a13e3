"""Nodes and recorders of the `resample` family, generated from ft_autograd/rules/resample.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import resample as rules

_make = object.__new__


class UpsampleBicubic2dAaBackward0(Node):
    """Backward of aten::_upsample_bicubic2d_aa."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bicubic2d_aa'
    n_outputs = 1

    def apply(self, g):
        r_self = rules._upsample_bicubic2d_aa_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_bicubic2d_aa(o, self, output_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBicubic2dAaBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBicubic2dAaBackwardBackward0(Node):
    """Backward of aten::_upsample_bicubic2d_aa_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bicubic2d_aa_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules._upsample_bicubic2d_aa_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_bicubic2d_aa_backward(o, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBicubic2dAaBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBilinear2dAaBackward0(Node):
    """Backward of aten::_upsample_bilinear2d_aa."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bilinear2d_aa'
    n_outputs = 1

    def apply(self, g):
        r_self = rules._upsample_bilinear2d_aa_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_bilinear2d_aa(o, self, output_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBilinear2dAaBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBilinear2dAaBackwardBackward0(Node):
    """Backward of aten::_upsample_bilinear2d_aa_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bilinear2d_aa_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules._upsample_bilinear2d_aa_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_bilinear2d_aa_backward(o, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBilinear2dAaBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearestExact1dBackward0(Node):
    """Backward of aten::_upsample_nearest_exact1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales',)
    op_name = '_upsample_nearest_exact1d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules._upsample_nearest_exact1d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales=self.p_scales)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record__upsample_nearest_exact1d(o, self, output_size, scales):
    n = _make(UpsampleNearestExact1dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales = scales
    return o


class UpsampleNearestExact1dBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact1d_backward."""

    __slots__ = ('p_output_size', 'p_scales',)
    op_name = '_upsample_nearest_exact1d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact1d_backward_grad_output(g=g, output_size=self.p_output_size, scales=self.p_scales)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record__upsample_nearest_exact1d_backward(o, grad_output, output_size, input_size, scales):
    n = _make(UpsampleNearestExact1dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales = scales
    return o


class UpsampleNearestExact2dBackward0(Node):
    """Backward of aten::_upsample_nearest_exact2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact2d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules._upsample_nearest_exact2d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_nearest_exact2d(o, self, output_size, scales_h, scales_w):
    n = _make(UpsampleNearestExact2dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearestExact2dBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact2d_backward."""

    __slots__ = ('p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact2d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact2d_backward_grad_output(g=g, output_size=self.p_output_size, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_nearest_exact2d_backward(o, grad_output, output_size, input_size, scales_h, scales_w):
    n = _make(UpsampleNearestExact2dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearestExact3dBackward0(Node):
    """Backward of aten::_upsample_nearest_exact3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact3d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules._upsample_nearest_exact3d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_nearest_exact3d(o, self, output_size, scales_d, scales_h, scales_w):
    n = _make(UpsampleNearestExact3dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearestExact3dBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact3d_backward."""

    __slots__ = ('p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact3d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact3d_backward_grad_output(g=g, output_size=self.p_output_size, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record__upsample_nearest_exact3d_backward(o, grad_output, output_size, input_size, scales_d, scales_h, scales_w):
    n = _make(UpsampleNearestExact3dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBicubic2dBackward0(Node):
    """Backward of aten::upsample_bicubic2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bicubic2d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_bicubic2d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_bicubic2d(o, self, output_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBicubic2dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBicubic2dBackwardBackward0(Node):
    """Backward of aten::upsample_bicubic2d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bicubic2d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_bicubic2d_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_bicubic2d_backward(o, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBicubic2dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBilinear2dBackward0(Node):
    """Backward of aten::upsample_bilinear2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bilinear2d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_bilinear2d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_bilinear2d(o, self, output_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBilinear2dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleBilinear2dBackwardBackward0(Node):
    """Backward of aten::upsample_bilinear2d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bilinear2d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_bilinear2d_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_bilinear2d_backward(o, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    n = _make(UpsampleBilinear2dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleLinear1dBackward0(Node):
    """Backward of aten::upsample_linear1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales',)
    op_name = 'upsample_linear1d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_linear1d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales=self.p_scales)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales(self):
        return self.p_scales


def record_upsample_linear1d(o, self, output_size, align_corners, scales):
    n = _make(UpsampleLinear1dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales = scales
    return o


class UpsampleLinear1dBackwardBackward0(Node):
    """Backward of aten::upsample_linear1d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales',)
    op_name = 'upsample_linear1d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_linear1d_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales=self.p_scales)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales(self):
        return self.p_scales


def record_upsample_linear1d_backward(o, grad_output, output_size, input_size, align_corners, scales):
    n = _make(UpsampleLinear1dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales = scales
    return o


class UpsampleNearest1dBackward0(Node):
    """Backward of aten::upsample_nearest1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales',)
    op_name = 'upsample_nearest1d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_nearest1d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales=self.p_scales)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record_upsample_nearest1d(o, self, output_size, scales):
    n = _make(UpsampleNearest1dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales = scales
    return o


class UpsampleNearest1dBackwardBackward0(Node):
    """Backward of aten::upsample_nearest1d_backward."""

    __slots__ = ('p_output_size', 'p_scales',)
    op_name = 'upsample_nearest1d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_nearest1d_backward_grad_output(g=g, output_size=self.p_output_size, scales=self.p_scales)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record_upsample_nearest1d_backward(o, grad_output, output_size, input_size, scales):
    n = _make(UpsampleNearest1dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales = scales
    return o


class UpsampleNearest2dBackward0(Node):
    """Backward of aten::upsample_nearest2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest2d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_nearest2d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_nearest2d(o, self, output_size, scales_h, scales_w):
    n = _make(UpsampleNearest2dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearest2dBackwardBackward0(Node):
    """Backward of aten::upsample_nearest2d_backward."""

    __slots__ = ('p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest2d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_nearest2d_backward_grad_output(g=g, output_size=self.p_output_size, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_nearest2d_backward(o, grad_output, output_size, input_size, scales_h, scales_w):
    n = _make(UpsampleNearest2dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearest3dBackward0(Node):
    """Backward of aten::upsample_nearest3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest3d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_nearest3d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_nearest3d(o, self, output_size, scales_d, scales_h, scales_w):
    n = _make(UpsampleNearest3dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleNearest3dBackwardBackward0(Node):
    """Backward of aten::upsample_nearest3d_backward."""

    __slots__ = ('p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest3d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_nearest3d_backward_grad_output(g=g, output_size=self.p_output_size, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_nearest3d_backward(o, grad_output, output_size, input_size, scales_d, scales_h, scales_w):
    n = _make(UpsampleNearest3dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleTrilinear3dBackward0(Node):
    """Backward of aten::upsample_trilinear3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_trilinear3d'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.upsample_trilinear3d_self(g=g, self=unpack_input(self, self.s_self, self.v_self), output_size=self.p_output_size, align_corners=self.p_align_corners, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_trilinear3d(o, self, output_size, align_corners, scales_d, scales_h, scales_w):
    n = _make(UpsampleTrilinear3dBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o


class UpsampleTrilinear3dBackwardBackward0(Node):
    """Backward of aten::upsample_trilinear3d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_trilinear3d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.upsample_trilinear3d_backward_grad_output(g=g, output_size=self.p_output_size, align_corners=self.p_align_corners, scales_d=self.p_scales_d, scales_h=self.p_scales_h, scales_w=self.p_scales_w)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners

    @property
    def _saved_scales_d(self):
        return self.p_scales_d

    @property
    def _saved_scales_h(self):
        return self.p_scales_h

    @property
    def _saved_scales_w(self):
        return self.p_scales_w


def record_upsample_trilinear3d_backward(o, grad_output, output_size, input_size, align_corners, scales_d, scales_h, scales_w):
    n = _make(UpsampleTrilinear3dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    n.p_output_size = output_size
    n.p_align_corners = align_corners
    n.p_scales_d = scales_d
    n.p_scales_h = scales_h
    n.p_scales_w = scales_w
    return o
