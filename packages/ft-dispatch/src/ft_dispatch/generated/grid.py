"""Wrappers of the `grid` family, generated from ft_dispatch/ops/grid.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_affine_grid_generator = OPS['affine_grid_generator']
table_affine_grid_generator = op_affine_grid_generator.table


def affine_grid_generator(theta, size, align_corners):
    """The places that affine maps theta (N, 2, 3) or (N, 3, 4) read for an output of `size`. Shape (N, H, W, 2) or (N, D, H, W, 3).

    aten::affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor
    """
    try:
        st = TL.st
        keys = theta._k | st.bits
        dest, rec, dense, memo = table_affine_grid_generator[keys]
        if size.__class__ is list:
            size = tuple(size)
        leaf, ok, size, align_corners, = memo[theta._a.shape, size, align_corners]
        arr = st.run(leaf, theta._a, size, align_corners, out=dest)
    except _MISS:
        return call(op_affine_grid_generator, affine_grid_generator, (theta, size, align_corners))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, theta, size, align_corners)


op_affine_grid_generator_backward = OPS['affine_grid_generator_backward']
table_affine_grid_generator_backward = op_affine_grid_generator_backward.table


def affine_grid_generator_backward(grad, size, align_corners):
    """The transpose of affine_grid_generator.

    aten::affine_grid_generator_backward(Tensor grad, SymInt[] size, bool align_corners) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | st.bits
        dest, rec, dense, memo = table_affine_grid_generator_backward[keys]
        if size.__class__ is list:
            size = tuple(size)
        leaf, ok, size, align_corners, = memo[grad._a.shape, size, align_corners]
        arr = st.run(leaf, grad._a, size, align_corners, out=dest)
    except _MISS:
        return call(op_affine_grid_generator_backward, affine_grid_generator_backward, (grad, size, align_corners))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, size, align_corners)


op_grid_sampler = OPS['grid_sampler']
table_grid_sampler = op_grid_sampler.table


def grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners):
    """Values of an image (N, C, H, W) or volume at the places of a grid (N, H', W', 2). Shape (N, C, H', W').

    aten::grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor
    """
    try:
        keys = input._k | grid._k | TL.st.bits
    except AttributeError:
        return call(op_grid_sampler, grid_sampler, (input, grid, interpolation_mode, padding_mode, align_corners))
    if keys & 4331608735776:
        return call(op_grid_sampler, grid_sampler, (input, grid, interpolation_mode, padding_mode, align_corners))
    try:
        if keys & 4397174096120:
            raise KeyError
        interpolation_mode, padding_mode, align_corners, = table_grid_sampler[interpolation_mode, padding_mode, align_corners]
    except (KeyError, TypeError):
        return op_grid_sampler.decomposition(*settled(op_grid_sampler, (input, grid, interpolation_mode, padding_mode, align_corners), keys))
    return op_grid_sampler.decomposition(input, grid, interpolation_mode, padding_mode, align_corners)


op_grid_sampler_2d = OPS['grid_sampler_2d']
table_grid_sampler_2d = op_grid_sampler_2d.table


def grid_sampler_2d(input, grid, interpolation_mode, padding_mode, align_corners):
    """Values at the places of a grid, over 2 dims.

    aten::grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | grid._k | st.bits
        dest, rec, dense, memo = table_grid_sampler_2d[keys]
        leaf, ok, interpolation_mode, padding_mode, align_corners, = memo[input._a.shape, grid._a.shape, interpolation_mode, padding_mode, align_corners]
        arr = st.run(leaf, input._a, grid._a, interpolation_mode, padding_mode, align_corners, out=dest)
    except _MISS:
        return call(op_grid_sampler_2d, grid_sampler_2d, (input, grid, interpolation_mode, padding_mode, align_corners))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, grid, interpolation_mode, padding_mode, align_corners)


op_grid_sampler_2d_backward = OPS['grid_sampler_2d_backward']
table_grid_sampler_2d_backward = op_grid_sampler_2d_backward.table


def grid_sampler_2d_backward(grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask):
    """Gradients of input and grid.

    aten::grid_sampler_2d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | grid._k | st.bits
        dest, rec, dense, memo = table_grid_sampler_2d_backward[keys]
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, interpolation_mode, padding_mode, align_corners, output_mask, = memo[grad_output._a.shape, input._a.shape, grid._a.shape, interpolation_mode, padding_mode, align_corners, output_mask]
        arr = st.run(leaf, grad_output._a, input._a, grid._a, interpolation_mode, padding_mode, align_corners, output_mask, out=dest)
    except _MISS:
        return call(op_grid_sampler_2d_backward, grid_sampler_2d_backward, (grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask)


op_grid_sampler_3d = OPS['grid_sampler_3d']
table_grid_sampler_3d = op_grid_sampler_3d.table


def grid_sampler_3d(input, grid, interpolation_mode, padding_mode, align_corners):
    """Values at the places of a grid, over 3 dims.

    aten::grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | grid._k | st.bits
        dest, rec, dense, memo = table_grid_sampler_3d[keys]
        leaf, ok, interpolation_mode, padding_mode, align_corners, = memo[input._a.shape, grid._a.shape, interpolation_mode, padding_mode, align_corners]
        arr = st.run(leaf, input._a, grid._a, interpolation_mode, padding_mode, align_corners, out=dest)
    except _MISS:
        return call(op_grid_sampler_3d, grid_sampler_3d, (input, grid, interpolation_mode, padding_mode, align_corners))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, grid, interpolation_mode, padding_mode, align_corners)


op_grid_sampler_3d_backward = OPS['grid_sampler_3d_backward']
table_grid_sampler_3d_backward = op_grid_sampler_3d_backward.table


def grid_sampler_3d_backward(grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask):
    """Gradients of input and grid.

    aten::grid_sampler_3d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | grid._k | st.bits
        dest, rec, dense, memo = table_grid_sampler_3d_backward[keys]
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, interpolation_mode, padding_mode, align_corners, output_mask, = memo[grad_output._a.shape, input._a.shape, grid._a.shape, interpolation_mode, padding_mode, align_corners, output_mask]
        arr = st.run(leaf, grad_output._a, input._a, grid._a, interpolation_mode, padding_mode, align_corners, output_mask, out=dest)
    except _MISS:
        return call(op_grid_sampler_3d_backward, grid_sampler_3d_backward, (grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask)
