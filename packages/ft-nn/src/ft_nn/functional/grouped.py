"""Matrix products of groups, and of float8 matrices that carry scales.

Written with ops that every backend has; the shapes, layouts and messages are those of torch's CPU functions. Source of names and
arguments: torch.nn.functional.grouped_mm and scaled_mm (2.13).
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.ops.reduction import scalar_type

__all__ = ["ScalingType", "SwizzleType", "grouped_mm", "scaled_mm"]


class _Kind(Enum):
    """An enumeration that shows as torch's: `_ScalingType.RowWise`, and converts to its number."""

    def __int__(self) -> int:
        return self.value

    __index__ = __int__


class ScalingType(_Kind):
    """What one scale belongs to: the whole matrix, a row, or a block of it."""

    TensorWise = 0
    RowWise = 1
    BlockWise1x16 = 2
    BlockWise1x32 = 3
    BlockWise1x128 = 4
    BlockWise128x128 = 5


class SwizzleType(_Kind):
    """In which order block scales lie in memory."""

    NO_SWIZZLE = 0
    SWIZZLE_32_4_4 = 1


ScalingType.__name__, SwizzleType.__name__ = "_ScalingType", "_SwizzleType"  # what torch's print


def _check_layout(mat: Tensor) -> None:
    """Rows or columns lie in sequence, at distances of whole 16 bytes: what grouped kernels can read."""
    (rows, columns), (down, across) = mat.shape[-2:], mat.stride()[-2:]
    unit = 16 // mat.element_size()
    if down == 1 and across >= max(1, rows):
        distance = across
    elif across == 1 and down >= max(1, columns):
        distance = down
    else:
        raise RuntimeError(f"Invalid strides/sizes, got {list(mat.stride())} for strides and {list(mat.shape)} for sizes")
    if distance % unit:
        raise RuntimeError("strides should be multiple of 16 bytes")


def _check_grouped(a: Tensor, b: Tensor, offs: Tensor | None, bias: Tensor | None, out_dtype: Any) -> None:
    for name, mat in (("mat_a", a), ("mat_b", b)):
        if mat.dtype not in (torch.float32, torch.bfloat16, torch.float16):
            raise RuntimeError(f"Expected {name} to be Float32, BFloat16 or Float16 matrix, got {scalar_type(mat.dtype)}")
    for name, mat in (("mat_a", a), ("mat_b", b)):
        if mat.ndim not in (2, 3):
            raise RuntimeError(f"{name} has to be 2 or 3d")
    flat = a.ndim == 2 or b.ndim == 2
    if not (a.ndim == b.ndim == 2) and a.shape[-1] != b.shape[-2]:
        raise RuntimeError("contraction dimension of mat_a and mat_b must match")
    _check_layout(a)
    _check_layout(b)
    if (offs is not None) != flat:
        raise RuntimeError("Have to provide offsets if there is a 2d matrix, or no offset if both matrices are 3d")
    if offs is not None and offs.ndim != 1:
        raise RuntimeError("offs has to be 1D")
    if offs is not None and offs.dtype is not torch.int32:
        raise RuntimeError("Offsets have to be int32")
    if bias is not None:
        raise RuntimeError("Bias not supported yet")
    if out_dtype is not None and out_dtype is not a.dtype:
        raise RuntimeError("Grouped gemm output dtype must match `mat_a` dtype")
    if offs is None and a.shape[0] != b.shape[0]:
        raise RuntimeError("batched dimension has to match")
    if offs is not None and a.ndim != b.ndim and offs.shape[0] != (a if a.ndim == 3 else b).shape[0]:
        raise RuntimeError("matrix batch sizes have to match")


def grouped_mm(
    mat_a: Tensor, mat_b: Tensor, *, offs: Tensor | None = None, bias: Tensor | None = None, out_dtype: Any = None
) -> Tensor:
    """Products of groups: of two batches, or with a side cut at ``offs`` (int32, the end of each group).

    2-D by 3-D cuts the rows of ``mat_a`` and gives (rows, n); 3-D by 2-D cuts the columns of ``mat_b``; 2-D by 2-D cuts the
    contraction and gives (groups, m, n). What lies beyond the last offset is zero. float32, bfloat16 and float16; rows or columns
    must lie at distances of whole 16 bytes. Raises ``RuntimeError`` as torch does.
    """
    _check_grouped(mat_a, mat_b, offs, bias, out_dtype)
    if offs is None:
        return torch.bmm(mat_a, mat_b)
    ends = offs.tolist()
    spans = list(zip([0, *ends], ends, strict=False))
    if mat_a.ndim == 2 and mat_b.ndim == 2:
        return torch.stack([mat_a[:, lo:hi] @ mat_b[lo:hi] for lo, hi in spans])
    if mat_a.ndim == 2:
        parts, dim, size = [mat_a[lo:hi] @ mat_b[i] for i, (lo, hi) in enumerate(spans)], 0, mat_a.shape[0]
    else:
        parts, dim, size = [mat_a[i] @ mat_b[:, lo:hi] for i, (lo, hi) in enumerate(spans)], 1, mat_b.shape[1]
    made = torch.cat(parts, dim)
    rest = size - made.shape[dim]
    if rest <= 0:
        return made
    shape = (rest, made.shape[1]) if dim == 0 else (made.shape[0], rest)
    return torch.cat([made, made.new_zeros(shape)], dim)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]


_FLOAT8 = (torch.float8_e4m3fn, torch.float8_e5m2)


def _factor(recipe: list[Any], scale: list[Tensor], mat: Tensor, shape: tuple[int, int]) -> bool:
    """Whether one scale of the recipe fits one float8 matrix: a single number, or a column or row of them."""
    if len(recipe) != 1 or len(scale) != 1 or mat.dtype not in _FLOAT8 or scale[0].dtype is not torch.float32:
        return False
    if recipe[0] is ScalingType.TensorWise:
        return scale[0].numel() == 1
    return recipe[0] is ScalingType.RowWise and tuple(scale[0].shape) == shape and scale[0].is_contiguous()


def scaled_mm(
    mat_a: Tensor,
    mat_b: Tensor,
    scale_a: Any,
    scale_recipe_a: Any,
    scale_b: Any,
    scale_recipe_b: Any,
    swizzle_a: Any = None,
    swizzle_b: Any = None,
    bias: Tensor | None = None,
    output_dtype: Any = torch.bfloat16,
    contraction_dim: Any = (),
    use_fast_accum: bool = False,
) -> Tensor:
    """(scale_a mat_a) @ (scale_b mat_b) + bias of float8 matrices (m, k) and (k, n), in ``output_dtype``.

    Scales are float32: one number (``ScalingType.TensorWise``), or (m, 1) and (1, n) (``RowWise``); the blockwise recipes and their
    swizzles are for GPUs in torch too. Raises ``ValueError`` for any other configuration.
    """
    rows, columns = (mat_a.shape[0], 1), (1, mat_b.shape[-1])
    recipes = _listed(scale_recipe_a), _listed(scale_recipe_b)
    first, second = _listed(scale_a), _listed(scale_b)
    fits = _factor(recipes[0], first, mat_a, rows) and _factor(recipes[1], second, mat_b, columns) and recipes[0] == recipes[1]
    if not fits:
        raise ValueError(
            "Invalid scaling configuration.\n"
            "- For TensorWise scaling, a and b should be float8, scales should be float and singletons.\n"
            "- For RowWise scaling, a and b should be float8, scales should be float, scale_a should be "
            f"{rows} and scale_b should be {columns}, and both should be contiguous.\n"
            f"Got mat_a.dtype()={scalar_type(mat_a.dtype)}, scales {[tuple(s.shape) for s in first]}, "
            f"mat_b.dtype()={scalar_type(mat_b.dtype)}, scales {[tuple(s.shape) for s in second]}"
        )
    product = (mat_a.float() * first[0]) @ (mat_b.float() * second[0])
    if bias is not None:
        product = product + bias.float()
    return product.to(mat_a.dtype if output_dtype is None else output_dtype)
