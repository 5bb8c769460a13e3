"""Nodes and recorders of the `resample` family, from ft_autograd/rules/resample.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import resample as rules


class UpsampleBicubic2DAaBackward0(Node):
    """Backward of aten::_upsample_bicubic2d_aa."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bicubic2d_aa'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._upsample_bicubic2d_aa_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record__upsample_bicubic2d_aa(made, self, output_size, align_corners, scales_h, scales_w):
    node = UpsampleBicubic2DAaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBicubic2DAaBackwardBackward0(Node):
    """Backward of aten::_upsample_bicubic2d_aa_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bicubic2d_aa_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules._upsample_bicubic2d_aa_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record__upsample_bicubic2d_aa_backward(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    node = UpsampleBicubic2DAaBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBilinear2DAaBackward0(Node):
    """Backward of aten::_upsample_bilinear2d_aa."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bilinear2d_aa'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._upsample_bilinear2d_aa_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record__upsample_bilinear2d_aa(made, self, output_size, align_corners, scales_h, scales_w):
    node = UpsampleBilinear2DAaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBilinear2DAaBackwardBackward0(Node):
    """Backward of aten::_upsample_bilinear2d_aa_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_bilinear2d_aa_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules._upsample_bilinear2d_aa_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record__upsample_bilinear2d_aa_backward(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    node = UpsampleBilinear2DAaBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearestExact1DBackward0(Node):
    """Backward of aten::_upsample_nearest_exact1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales',)
    op_name = '_upsample_nearest_exact1d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._upsample_nearest_exact1d_self(g, x_self, self.p_output_size, self.p_scales)
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


def record__upsample_nearest_exact1d(made, self, output_size, scales):
    node = UpsampleNearestExact1DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales = scales
    return made


class UpsampleNearestExact1DBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact1d_backward."""

    __slots__ = ('p_output_size', 'p_scales',)
    op_name = '_upsample_nearest_exact1d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact1d_backward_grad_output(g, self.p_output_size, self.p_scales)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record__upsample_nearest_exact1d_backward(made, grad_output, output_size, input_size, scales):
    node = UpsampleNearestExact1DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales = scales
    return made


class UpsampleNearestExact2DBackward0(Node):
    """Backward of aten::_upsample_nearest_exact2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._upsample_nearest_exact2d_self(g, x_self, self.p_output_size, self.p_scales_h, self.p_scales_w)
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


def record__upsample_nearest_exact2d(made, self, output_size, scales_h, scales_w):
    node = UpsampleNearestExact2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearestExact2DBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact2d_backward."""

    __slots__ = ('p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact2d_backward_grad_output(g, self.p_output_size, self.p_scales_h, self.p_scales_w)
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


def record__upsample_nearest_exact2d_backward(made, grad_output, output_size, input_size, scales_h, scales_w):
    node = UpsampleNearestExact2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearestExact3DBackward0(Node):
    """Backward of aten::_upsample_nearest_exact3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._upsample_nearest_exact3d_self(g, x_self, self.p_output_size, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record__upsample_nearest_exact3d(made, self, output_size, scales_d, scales_h, scales_w):
    node = UpsampleNearestExact3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearestExact3DBackwardBackward0(Node):
    """Backward of aten::_upsample_nearest_exact3d_backward."""

    __slots__ = ('p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = '_upsample_nearest_exact3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules._upsample_nearest_exact3d_backward_grad_output(g, self.p_output_size, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record__upsample_nearest_exact3d_backward(made, grad_output, output_size, input_size, scales_d, scales_h, scales_w):
    node = UpsampleNearestExact3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBicubic2DBackward0(Node):
    """Backward of aten::upsample_bicubic2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bicubic2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_bicubic2d_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record_upsample_bicubic2d(made, self, output_size, align_corners, scales_h, scales_w):
    node = UpsampleBicubic2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBicubic2DBackwardBackward0(Node):
    """Backward of aten::upsample_bicubic2d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bicubic2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_bicubic2d_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record_upsample_bicubic2d_backward(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    node = UpsampleBicubic2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBilinear2DBackward0(Node):
    """Backward of aten::upsample_bilinear2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bilinear2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_bilinear2d_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record_upsample_bilinear2d(made, self, output_size, align_corners, scales_h, scales_w):
    node = UpsampleBilinear2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleBilinear2DBackwardBackward0(Node):
    """Backward of aten::upsample_bilinear2d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_bilinear2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_bilinear2d_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales_h, self.p_scales_w)
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


def record_upsample_bilinear2d_backward(made, grad_output, output_size, input_size, align_corners, scales_h, scales_w):
    node = UpsampleBilinear2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleLinear1DBackward0(Node):
    """Backward of aten::upsample_linear1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales',)
    op_name = 'upsample_linear1d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_linear1d_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales)
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


def record_upsample_linear1d(made, self, output_size, align_corners, scales):
    node = UpsampleLinear1DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales = scales
    return made


class UpsampleLinear1DBackwardBackward0(Node):
    """Backward of aten::upsample_linear1d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales',)
    op_name = 'upsample_linear1d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_linear1d_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales)
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


def record_upsample_linear1d_backward(made, grad_output, output_size, input_size, align_corners, scales):
    node = UpsampleLinear1DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales = scales
    return made


class UpsampleNearest1DBackward0(Node):
    """Backward of aten::upsample_nearest1d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales',)
    op_name = 'upsample_nearest1d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_nearest1d_self(g, x_self, self.p_output_size, self.p_scales)
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


def record_upsample_nearest1d(made, self, output_size, scales):
    node = UpsampleNearest1DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales = scales
    return made


class UpsampleNearest1DBackwardBackward0(Node):
    """Backward of aten::upsample_nearest1d_backward."""

    __slots__ = ('p_output_size', 'p_scales',)
    op_name = 'upsample_nearest1d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_nearest1d_backward_grad_output(g, self.p_output_size, self.p_scales)
        return (r_grad_output,)

    @property
    def _saved_output_size(self):
        return self.p_output_size

    @property
    def _saved_scales(self):
        return self.p_scales


def record_upsample_nearest1d_backward(made, grad_output, output_size, input_size, scales):
    node = UpsampleNearest1DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales = scales
    return made


class UpsampleNearest2DBackward0(Node):
    """Backward of aten::upsample_nearest2d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_nearest2d_self(g, x_self, self.p_output_size, self.p_scales_h, self.p_scales_w)
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


def record_upsample_nearest2d(made, self, output_size, scales_h, scales_w):
    node = UpsampleNearest2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearest2DBackwardBackward0(Node):
    """Backward of aten::upsample_nearest2d_backward."""

    __slots__ = ('p_output_size', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_nearest2d_backward_grad_output(g, self.p_output_size, self.p_scales_h, self.p_scales_w)
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


def record_upsample_nearest2d_backward(made, grad_output, output_size, input_size, scales_h, scales_w):
    node = UpsampleNearest2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearest3DBackward0(Node):
    """Backward of aten::upsample_nearest3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_nearest3d_self(g, x_self, self.p_output_size, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record_upsample_nearest3d(made, self, output_size, scales_d, scales_h, scales_w):
    node = UpsampleNearest3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleNearest3DBackwardBackward0(Node):
    """Backward of aten::upsample_nearest3d_backward."""

    __slots__ = ('p_output_size', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_nearest3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_nearest3d_backward_grad_output(g, self.p_output_size, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record_upsample_nearest3d_backward(made, grad_output, output_size, input_size, scales_d, scales_h, scales_w):
    node = UpsampleNearest3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleTrilinear3DBackward0(Node):
    """Backward of aten::upsample_trilinear3d."""

    __slots__ = ('s_self', 'v_self', 'p_output_size', 'p_align_corners', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_trilinear3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.upsample_trilinear3d_self(g, x_self, self.p_output_size, self.p_align_corners, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record_upsample_trilinear3d(made, self, output_size, align_corners, scales_d, scales_h, scales_w):
    node = UpsampleTrilinear3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made


class UpsampleTrilinear3DBackwardBackward0(Node):
    """Backward of aten::upsample_trilinear3d_backward."""

    __slots__ = ('p_output_size', 'p_align_corners', 'p_scales_d', 'p_scales_h', 'p_scales_w',)
    op_name = 'upsample_trilinear3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.upsample_trilinear3d_backward_grad_output(g, self.p_output_size, self.p_align_corners, self.p_scales_d, self.p_scales_h, self.p_scales_w)
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


def record_upsample_trilinear3d_backward(made, grad_output, output_size, input_size, align_corners, scales_d, scales_h, scales_w):
    node = UpsampleTrilinear3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_output_size = output_size
    node.p_align_corners = align_corners
    node.p_scales_d = scales_d
    node.p_scales_h = scales_h
    node.p_scales_w = scales_w
    return made
