"""What happens to a gradient on its way into a tensor: brought to the tensor's shape and dtype (`fit`), added to what is there.

Broadcasting and dtype casts of the forward are undone here, once, for all rules. A leaf takes over the first gradient it gets where nobody
else can hold it, and copies it otherwise.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, contiguous_format
from ft_core.keys import DTYPE_OF, DTYPES, GRAD, INFER, IRREG, LAYOUTS, LEVEL, VIEW
from ft_core.layout import contiguous_strides, is_non_overlapping_and_dense
from ft_core.state import TL
from ft_core.tensor import alias_of, wrap
from ft_dispatch.surface import empty_strided, raw

from .node import Node, Out

_add, _sum = raw.add, raw.sum_dim_IntList
ENFORCED = "grad_layout_enforced"  # in the thread's data: see grad_mode.enforce_grad_layout_policy


def expected(edge: Any) -> tuple[Any, int]:
    """(shape, key) of the tensor that a gradient along `edge` is for."""
    kind = edge.__class__
    if kind is Out:
        return edge.node.shape[edge.index], edge.k
    if isinstance(edge, Tensor):
        shape = tuple(edge.shape) if edge._k & LEVEL else edge._a.shape
        chosen = getattr(edge, "_extra", None)
        if chosen and "grad_dtype" in chosen:
            kind = chosen["grad_dtype"]
            return shape, 0 if kind is None else edge._k & ~DTYPES | kind.bit
        return shape, edge._k
    return edge.shape, edge.k


def fit(grad: Tensor, shape: Any, k: int, node: Node) -> Tensor:
    """`grad` in the shape and dtype of the tensor it is for: sums what was broadcast, casts what was promoted."""
    have = grad._a.shape if not grad._k & LEVEL else tuple(grad.shape)
    if have != shape:
        grad = _sum_to(grad, shape, node)
    if k and (grad._k ^ k) & DTYPES:
        kind = DTYPE_OF[k & DTYPES]
        if grad.is_complex() and not kind.is_complex:
            grad = grad.real
        if grad.dtype is not kind:
            grad = grad.to(kind)
    return grad


_SUMS: dict[Any, tuple[int, ...]] = {}  # (shape of a gradient, shape it is for) -> dims to sum; a handful per model


def _sum_to(grad: Tensor, shape: tuple[int, ...], node: Node) -> Tensor:
    have = grad._a.shape if not grad._k & LEVEL else tuple(grad.shape)
    dims = _SUMS.get((have, shape))
    if dims is None:
        dims = _summed_dims(tuple(have), shape, node)
        if len(_SUMS) < 4096:
            _SUMS[have, shape] = dims
    lead = len(have) - len(shape)
    if len(dims) == lead:
        return _sum(grad, dims)
    summed = _sum(grad, dims, True)
    return summed.reshape(shape) if lead else summed


def _summed_dims(have: tuple[int, ...], shape: tuple[int, ...], node: Node) -> tuple[int, ...]:
    """Dims along which broadcasting repeated `shape` to give `have`; RuntimeError where it could not have."""
    lead = len(have) - len(shape)
    if lead < 0 or any(shape[i - lead] not in (1, n) for i, n in enumerate(have) if i >= lead):
        raise RuntimeError(
            f"Function {node.name()} returned an invalid gradient at index {_index_of(node, shape)} - got {list(have)} but expected shape "
            f"compatible with {list(shape)}"
        )
    return tuple([i for i, n in enumerate(have) if i < lead or (shape[i - lead] == 1 and n != 1)])


def _index_of(node: Node, shape: tuple[int, ...]) -> int:
    for i, edge in enumerate(node.next):
        if edge is not None and edge.__class__ is not tuple and tuple(expected(edge)[0]) == shape:
            return i
    return 0


def accumulate_into(leaf: Tensor, grad: Tensor, create_graph: bool, shared: bool) -> None:
    """Add to `leaf.grad`: in place where the graph is not needed again. `shared`: somebody else may hold this very tensor."""
    held = leaf._grad
    if held is None and grad._k & LEVEL and not create_graph:
        grad = grad.detach()  # a first gradient keeps no tangent, as in torch
    if held is None and leaf._k & IRREG and not leaf._k & (LEVEL | LAYOUTS):
        leaf._grad = _laid_out_as(leaf, grad, create_graph, shared)
    elif held is None:
        leaf._grad = grad if create_graph else grad.clone() if shared else _owned(grad)
    elif create_graph or (held._k & LAYOUTS and not grad._k & LAYOUTS):
        leaf._grad = met(held, grad)
    else:
        held.add_(grad)


def _laid_out_as(leaf: Tensor, grad: Tensor, create_graph: bool, shared: bool) -> Tensor:
    """A first gradient with the strides of a leaf that is dense, if in another order; row-major for a leaf with gaps or overlaps.

    Under `enforce_grad_layout_policy(False)` one that nobody else holds stays as it is.
    """
    shape, strides = leaf._a.shape, leaf.stride()
    if not is_non_overlapping_and_dense(shape, strides):
        strides = contiguous_strides(shape)
    own = not shared and grad._base is None and not grad._k & INFER
    if own and (tuple(grad.stride()) == tuple(strides) or (not create_graph and not TL.st.data.get(ENFORCED, True))):
        return grad
    made = empty_strided(shape, strides, dtype=grad.dtype, device=grad.device)
    return made.copy_(grad)


def met(held: Tensor, grad: Tensor) -> Tensor:
    """The sum of two gradients in the order in which they came, but that a dense one stands first: torch has no sparse + dense."""
    if held._k & LAYOUTS and not grad._k & LAYOUTS:
        return _add(grad, held)
    return _add(held, grad)


def _owned(grad: Tensor) -> Tensor:
    """A gradient nobody else holds, dense and no view of anything: what a rule returned, or a copy where its layout is not the leaf's."""
    if grad._k & LAYOUTS:
        return alias_of(grad)
    if grad._k & (IRREG | INFER):
        return grad.clone(memory_format=contiguous_format) if grad._k & IRREG else grad
    if grad._base is None:
        return grad
    return wrap(grad._a, grad._k & ~(GRAD | VIEW))
