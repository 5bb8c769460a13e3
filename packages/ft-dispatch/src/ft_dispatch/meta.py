"""Shape and dtype of an op's outputs from its inputs' metadata: the one rule that wrapper, meta device, trace, tests and planning share.

ELEMENTWISE and REDUCTION ops get theirs here from kind and promotion; an op with only a decomposition gets it by running that on meta tensors;
the other kinds attach one with `@record.meta`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ft_core import Tensor, get_default_dtype, int64
from ft_core.dtype import bool_ as bool_dtype
from ft_core.keys import DTYPE_OF, DTYPES, IRREG
from ft_core.layout import (
    broadcast_shapes,
    contiguous_format,
    contiguous_strides,
    elementwise_strides,
    memory_format_strides,
    suggest_memory_format,
)
from ft_core.promotion import number_dtype, result_type

from .kinds import ELEMENTWISE, REDUCTION, Promote

if TYPE_CHECKING:
    from ft_core import dtype

    from .op import Op


class Spec(NamedTuple):
    """What one output will be. `strides` (in elements) None means contiguous."""

    shape: tuple[int, ...]
    dtype: dtype
    strides: tuple[int, ...] | None = None


def common_dtype(values: list[Any]) -> dtype:
    """torch.result_type of tensors and Python numbers."""
    try:
        kinds = {value._k & DTYPES for value in values}
    except AttributeError:  # numbers among them
        kinds = set()
    if len(kinds) == 1 and 0 not in kinds:  # 0: a tensor of a transform, whose dtype is its payload's
        return DTYPE_OF[kinds.pop()]
    facts = []
    for value in values:
        if isinstance(value, Tensor):
            facts.append((value.dtype, value.ndim == 0, False))
        elif value is not None:
            facts.append((number_dtype(value), True, True))
    return result_type(facts)


def pointwise_dtypes(op: Op, values: list[Any]) -> tuple[dtype, dtype]:
    """(dtype it computes in, dtype it returns) of an ELEMENTWISE op."""
    kind = common_dtype(values)
    return promoted(op.promote, kind)


def promoted(rule: Promote | None, kind: dtype) -> tuple[dtype, dtype]:
    """(compute dtype, result dtype) under a promotion rule for operands of the common dtype `kind`."""
    if rule is Promote.SAME:
        return kind, kind
    if rule in (Promote.FLOAT, Promote.FLOAT_REAL) and kind.category < 2:
        kind = get_default_dtype()
    if rule is Promote.BOOL:
        return kind, bool_dtype
    if rule in (Promote.REAL, Promote.FLOAT_REAL) and kind.is_complex:
        return kind, kind.to_real()
    if rule is Promote.SUM and kind.category < 2:
        return int64, int64
    if rule is Promote.INT64:
        return kind, int64
    if rule is Promote.NUMBER and kind is bool_dtype:
        return int64, int64
    return kind, kind


def pointwise_spec(op: Op, args: tuple[Any, ...], k: int) -> tuple[dtype, Spec]:
    """Compute dtype and output of an ELEMENTWISE call; RuntimeError where shapes do not broadcast."""
    if op.check_rule is not None:
        op.check_rule(*args)
    values = [args[i] for i in op.tensor_at]
    if op.meta_rule is not None and op.promote is Promote.NONE:
        made = op.meta_rule(*args)
        spec = Spec(*made)
        return spec.dtype, spec
    compute, result = pointwise_dtypes(op, [args[i] for i in op.promoted_at] if op.keep else values)
    if op.meta_rule is not None:
        made = op.meta_rule(*args)
        return compute, Spec(*made)
    tensors = [v for v in values if isinstance(v, Tensor)]
    shape = tuple(tensors[0]._a.shape)
    if len(tensors) > 1:
        shape = broadcast_shapes(*[tuple(t._a.shape) for t in tensors])
    strides = None
    if k & IRREG:
        operands = [(tuple(v._a.shape), v.stride()) if isinstance(v, Tensor) else ((), ()) for v in values if v is not None]
        strides = elementwise_strides(operands, shape)
    return compute, Spec(shape, result, strides)


def follows_format(x: Tensor, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """Strides of a result of `shape` in the memory format of the image batch `x` (channels_last stays so); None where contiguous."""
    if not x._k & IRREG or len(shape) not in (4, 5):
        return None
    wanted = suggest_memory_format(tuple(x._a.shape), x.stride())
    return None if wanted is contiguous_format else memory_format_strides(shape, wanted)


def reduced_shape(shape: tuple[int, ...], dims: tuple[int, ...] | None, keepdim: bool) -> tuple[int, ...]:
    """Shape after reducing `dims` (None or empty: all)."""
    if not dims:
        dims = tuple(range(len(shape)))
    if keepdim:
        return tuple([1 if i in dims else n for i, n in enumerate(shape)])
    return tuple([n for i, n in enumerate(shape) if i not in dims])


def _reduction_spec(op: Op, args: tuple[Any, ...]) -> list[Spec]:
    at = op.index_of
    x = args[0]
    dims = args[at["dim"]] if "dim" in at else None
    if isinstance(dims, int):
        dims = (dims,)
    if dims is not None and len(set(dims)) != len(dims):
        twice = next(d for i, d in enumerate(dims) if d in dims[:i])
        raise RuntimeError(f"dim {twice} appears multiple times in the list of dims")
    keepdim = bool(args[at["keepdim"]]) if "keepdim" in at else False
    shape = tuple(x._a.shape)
    asked = args[at["dtype"]] if "dtype" in at else None
    kind = asked if asked is not None else promoted(op.promote, x.dtype)[1]
    return [Spec(reduced_shape(shape, dims, keepdim), kind)]


def specs(op: Op, args: tuple[Any, ...], k: int = 0) -> list[Any] | None:
    """Outputs of a call with canonical arguments; None where only running it (or its decomposition) can tell."""
    if op.kind is ELEMENTWISE:
        return [pointwise_spec(op, args, k)[1]]
    if op.check_rule is not None:
        op.check_rule(*args)
    if op.meta_rule is not None:
        made = op.meta_rule(*args)
        if made and isinstance(made, list):
            found = [s if s is None or s.__class__ is Spec else Spec(*s) for s in made]
        else:
            found = [] if made == [] else [made if made.__class__ is Spec else Spec(*made)]
        if op.keeps_format:
            source = args[op.tensor_at[0]]
            return [
                s._replace(strides=follows_format(source, s.shape)) if s is not None and s.strides is None else s for s in found
            ]
        return found
    if op.kind is REDUCTION:
        return _reduction_spec(op, args)
    return None


def has_meta(op: Op) -> bool:
    """Whether the outputs' metadata can be told without data."""
    return (
        op.kind in (ELEMENTWISE, REDUCTION) or op.meta_rule is not None or op.view_rule is not None or op.decomposition is not None
    )


def strides_of(spec: Spec) -> tuple[int, ...]:
    """The spec's strides, spelled out."""
    return spec.strides if spec.strides is not None else contiguous_strides(spec.shape)
