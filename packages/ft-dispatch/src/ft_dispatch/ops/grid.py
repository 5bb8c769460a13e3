"""Sampling images and volumes at given places, and the grids of affine maps (`grid_sampler_*`, `affine_grid_generator`).

A grid holds normalised places: -1 and 1 are the centres of the outermost elements with align_corners, else their outer edges. Modes:
0 linear, 1 nearest, 2 cubic (images only). Paddings: 0 zeros, 1 border, 2 reflection. Records and shape rules stand here, what the
ops compute in `_grid_sampling`. Source: torch.nn.functional.grid_sample; M. Jaderberg et al., Spatial Transformer Networks (2015).
"""

from math import prod

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from .creation import linspace
from .index import sizes
from .reduction import scalar_type

_GIVEN = "Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners"
CUBIC = 2

grid_sampler = op(
    f"grid_sampler({_GIVEN}) -> Tensor",
    "Values of an image (N, C, H, W) or volume at the places of a grid (N, H', W', 2). Shape (N, C, H', W').",
    kind=COMPOSITE,
    variants="function",
)
affine_grid_generator = op(
    "affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor",
    "The places that affine maps theta (N, 2, 3) or (N, 3, 4) read for an output of `size`. Shape (N, H, W, 2) or (N, D, H, W, 3).",
    kind=OPAQUE,
    variants="function",
)
affine_grid_generator_backward = op(
    "affine_grid_generator_backward(Tensor grad, SymInt[] size, bool align_corners) -> Tensor",
    "The transpose of affine_grid_generator.",
    kind=OPAQUE,
    variants="",
)


def _records(n):
    forward = op(
        f"grid_sampler_{n}d({_GIVEN}) -> Tensor",
        f"Values at the places of a grid, over {n} dims.",
        kind=OPAQUE,
        variants="function",
        accumulate="float32",
    )
    backward = op(
        f"grid_sampler_{n}d_backward(Tensor grad_output, {_GIVEN}, bool[2] output_mask) -> (Tensor, Tensor)",
        "Gradients of input and grid.",
        kind=OPAQUE,
        variants="",
        accumulate="float32",
    )
    forward.meta(_sampled_shape(n))
    backward.meta(_gradient_shapes)
    return forward, backward


def _check_pair(input, grid):
    if sizes(input)[:1] != sizes(grid)[:1]:
        raise RuntimeError(
            f"grid_sampler(): expected grid and input to have same batch size, but got input with sizes {list(input.shape)} and "
            f"grid with sizes {list(grid.shape)}"
        )
    if grid.shape[-1] != input.ndim - 2:
        raise RuntimeError(
            f"grid_sampler(): expected grid to have size {input.ndim - 2} in last dimension, but got grid with sizes "
            f"{list(grid.shape)}"
        )
    for dim in range(2, input.ndim):
        if input.shape[dim] <= 0:
            raise RuntimeError(
                f"grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes {list(input.shape)} "
                f"with dimension {dim} being empty"
            )


def _check_rank(input, grid, n, mode):
    if input.ndim != n + 2 or input.ndim != grid.ndim:
        raise RuntimeError(
            f"grid_sampler(): expected {n + 2}D input and grid with same number of dimensions, but got input with sizes "
            f"{list(input.shape)} and grid with sizes {list(grid.shape)}"
        )
    if n == 3 and mode == CUBIC:
        raise RuntimeError("grid_sampler(): bicubic interpolation only supports 4D input")


def _sampled_shape(n):
    def shape(input, grid, interpolation_mode, padding_mode, align_corners):
        _check_pair(input, grid)
        _check_rank(input, grid, n, interpolation_mode)
        if not input.is_floating_point():
            raise NotImplementedError(f"\"grid_sampler_{n}d\" not implemented for '{scalar_type(input.dtype)}'")
        if input.dtype is not grid.dtype:
            raise RuntimeError(f"expected scalar type {scalar_type(input.dtype)} but found {scalar_type(grid.dtype)}")
        return [((*sizes(input)[:2], *sizes(grid)[1:-1]), input.dtype)]

    return shape


def _gradient_shapes(grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask):
    return [(sizes(t), t.dtype) if asked else None for t, asked in zip((input, grid), output_mask, strict=True)]


grid_sampler_2d, grid_sampler_2d_backward = _records(2)
grid_sampler_3d, grid_sampler_3d_backward = _records(3)


@grid_sampler.decompose
def _(input, grid, interpolation_mode, padding_mode, align_corners):
    _check_pair(input, grid)
    chosen = grid_sampler_2d if input.ndim == 4 else grid_sampler_3d
    return chosen.wrapper(input, grid, interpolation_mode, padding_mode, align_corners)


# -- affine grids --------------------------------------------------------------------------------------------------------------


@affine_grid_generator.meta
def _(theta, size, align_corners):
    n = len(size) - 2
    if n not in (2, 3):
        raise RuntimeError("AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.")
    if sizes(theta) != (size[0], n, n + 1):
        raise RuntimeError(
            f"affine_grid_generator: expected theta of shape {[size[0], n, n + 1]} for an output of size {list(size)}, but got "
            f"{list(theta.shape)}"
        )
    return [((size[0], *size[2:], n), theta.dtype)]


@affine_grid_generator_backward.meta
def _(grad, size, align_corners):
    n = len(size) - 2
    if n not in (2, 3) or sizes(grad) != (size[0], *size[2:], n):
        raise RuntimeError(
            f"affine_grid_generator_backward: expected the gradient of a grid for {list(size)}, got {list(grad.shape)}"
        )
    return [((size[0], n, n + 1), grad.dtype)]


def _homogeneous(size, align_corners, like):
    """(places, n + 1): normalised coordinates of every output place, the last dim's first, then a one."""
    n = len(size) - 2
    columns = []
    for d in reversed(range(n)):
        count = size[2 + d]
        along = linspace(-1, 1, count, dtype=like.dtype, device=like.device) if count > 1 else like.new_zeros((count,))
        if not align_corners:
            along = along * ((count - 1) / max(1, count))
        columns.append(along.reshape([-1 if i == d else 1 for i in range(n)]).expand(size[2:]).reshape(-1, 1))
    place = like.new_ones((columns[0].shape[0], n + 1))
    for i, column in enumerate(columns):
        place = place.slice_scatter(column, 1, i, i + 1)
    return place


@affine_grid_generator.decompose
def _(theta, size, align_corners):
    places = _homogeneous(size, align_corners, theta)
    return places.matmul(theta.transpose(1, 2)).reshape((size[0], *size[2:], len(size) - 2))


@affine_grid_generator_backward.decompose
def _(grad, size, align_corners):
    places = _homogeneous(size, align_corners, grad)
    return grad.reshape(size[0], prod(size[2:]), len(size) - 2).transpose(1, 2).matmul(places)


from . import _grid_sampling  # noqa: E402, F401  # attaches the decompositions of the samplers
