"""Nodes and recorders of the `grid` family, from ft_autograd/rules/grid.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import grid as rules


class AffineGridGeneratorBackward0(Node):
    """Backward of aten::affine_grid_generator."""

    __slots__ = ('p_size', 'p_align_corners',)
    op_name = 'affine_grid_generator'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_theta = rules._raw.affine_grid_generator_backward(g, self.p_size, self.p_align_corners)
        return (r_theta,)

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners


def record_affine_grid_generator(made, theta, size, align_corners):
    node = AffineGridGeneratorBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = theta._node or theta
    node.next = (e0,)
    node.p_size = size
    node.p_align_corners = align_corners
    return made


class AffineGridGeneratorBackwardBackward0(Node):
    """Backward of aten::affine_grid_generator_backward."""

    __slots__ = ('p_size', 'p_align_corners',)
    op_name = 'affine_grid_generator_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad = rules._raw.affine_grid_generator(g, self.p_size, self.p_align_corners)
        return (r_grad,)

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_align_corners(self):
        return self.p_align_corners


def record_affine_grid_generator_backward(made, grad, size, align_corners):
    node = AffineGridGeneratorBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad._node or grad
    node.next = (e0,)
    node.p_size = size
    node.p_align_corners = align_corners
    return made


class GridSampler2DBackward0(Node):
    """Backward of aten::grid_sampler_2d."""

    __slots__ = ('s_input', 'v_input', 's_grid', 'v_grid', 'p_interpolation_mode', 'p_padding_mode', 'p_align_corners',)
    op_name = 'grid_sampler_2d'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_grid = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_grid = self.s_grid
        if not ((x_grid.__class__ is Tensor or x_grid.__class__ is Parameter) and (x_grid._ver or FIRST)[0] == self.v_grid):
            x_grid = unpack_input(self, x_grid, self.v_grid)
        r_input, r_grid = rules._raw.grid_sampler_2d_backward(g, x_input, x_grid, self.p_interpolation_mode, self.p_padding_mode, self.p_align_corners, (n_input is not None, n_grid is not None))
        return (r_input, r_grid,)

    def release(self):
        self.s_input = Node
        self.s_grid = Node

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_grid(self):
        return unpack_input(self, self.s_grid, self.v_grid)

    @property
    def _saved_interpolation_mode(self):
        return self.p_interpolation_mode

    @property
    def _saved_padding_mode(self):
        return self.p_padding_mode

    @property
    def _saved_align_corners(self):
        return self.p_align_corners


def record_grid_sampler_2d(made, input, grid, interpolation_mode, padding_mode, align_corners):
    node = GridSampler2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (input._node or input) if input._k & 1 else None
    e1 = (grid._node or grid) if grid._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None:
        node.s_grid = grid
        cell = grid._ver
        node.v_grid = 0 if cell is None else cell[0]
    else:
        node.s_grid = Node
        node.v_grid = 0
    node.p_interpolation_mode = interpolation_mode
    node.p_padding_mode = padding_mode
    node.p_align_corners = align_corners
    return made


class GridSampler3DBackward0(Node):
    """Backward of aten::grid_sampler_3d."""

    __slots__ = ('s_input', 'v_input', 's_grid', 'v_grid', 'p_interpolation_mode', 'p_padding_mode', 'p_align_corners',)
    op_name = 'grid_sampler_3d'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_grid = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_grid = self.s_grid
        if not ((x_grid.__class__ is Tensor or x_grid.__class__ is Parameter) and (x_grid._ver or FIRST)[0] == self.v_grid):
            x_grid = unpack_input(self, x_grid, self.v_grid)
        r_input, r_grid = rules._raw.grid_sampler_3d_backward(g, x_input, x_grid, self.p_interpolation_mode, self.p_padding_mode, self.p_align_corners, (n_input is not None, n_grid is not None))
        return (r_input, r_grid,)

    def release(self):
        self.s_input = Node
        self.s_grid = Node

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_grid(self):
        return unpack_input(self, self.s_grid, self.v_grid)

    @property
    def _saved_interpolation_mode(self):
        return self.p_interpolation_mode

    @property
    def _saved_padding_mode(self):
        return self.p_padding_mode

    @property
    def _saved_align_corners(self):
        return self.p_align_corners


def record_grid_sampler_3d(made, input, grid, interpolation_mode, padding_mode, align_corners):
    node = GridSampler3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (input._node or input) if input._k & 1 else None
    e1 = (grid._node or grid) if grid._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None:
        node.s_grid = grid
        cell = grid._ver
        node.v_grid = 0 if cell is None else cell[0]
    else:
        node.s_grid = Node
        node.v_grid = 0
    node.p_interpolation_mode = interpolation_mode
    node.p_padding_mode = padding_mode
    node.p_align_corners = align_corners
    return made
