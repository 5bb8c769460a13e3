"""Gradients of grid sampling: the named backward op, whose decomposition is recorded where it is differentiated again.

The grid of an affine map is linear in the map: its backward op is the transpose, and the transpose of that is the op.
"""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp

_raw = torch.raw


@vjp("grid_sampler_2d", wrt="input grid")
def grid_sampler_2d_vjp(g, input, grid, interpolation_mode, padding_mode, align_corners, needs):
    return _raw.grid_sampler_2d_backward(g, input, grid, interpolation_mode, padding_mode, align_corners, needs)


@vjp("grid_sampler_3d", wrt="input grid")
def grid_sampler_3d_vjp(g, input, grid, interpolation_mode, padding_mode, align_corners, needs):
    return _raw.grid_sampler_3d_backward(g, input, grid, interpolation_mode, padding_mode, align_corners, needs)


@transpose("affine_grid_generator", wrt="theta")
def affine_grid_generator_theta(g, size, align_corners):
    return _raw.affine_grid_generator_backward(g, size, align_corners)


@transpose("affine_grid_generator_backward", wrt="grad")
def affine_grid_generator_backward_grad(g, size, align_corners):
    return _raw.affine_grid_generator(g, size, align_corners)
