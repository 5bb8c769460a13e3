"""torch.autograd.graph: nodes and edges as values, hooks over several tensors, hooks on what is saved."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from ft_core import Tensor, upcalls
from ft_core.handle import RemovableHandle
from ft_core.keys import GRAD, VIEW
from ft_core.state import TL
from ft_dispatch.inplace import bump

from .hooks import AccumulateGrad, register_hook
from .node import Node, Out, edge
from .saved import allow_mutation_on_saved_tensors, disable_saved_tensors_hooks, save_on_cpu, saved_tensors_hooks


class GradientEdge(NamedTuple):
    """One output of one node: what backward and grad accept in place of the tensor it made."""

    node: Any
    output_nr: int
    ownership_token: Any = None


def get_gradient_edge(tensor: Tensor) -> GradientEdge:
    """The place of a tensor in the graph, without the tensor. RuntimeError if it does not require grad."""
    if tensor._k & VIEW:
        upcalls.refresh_view(tensor)
    if not tensor._k & GRAD:
        raise RuntimeError("It is not possible to get the gradient edge for a Tensor that does not require gradients")
    found = tensor._node
    if found is None:
        return GradientEdge(AccumulateGrad(tensor), 0)
    return GradientEdge(found.public(), getattr(found, "index", 0))


def edge_of(place: GradientEdge) -> Any:
    """The engine's edge of a GradientEdge. TypeError for what is neither one nor a tensor."""
    if not isinstance(place, GradientEdge):
        raise TypeError(f"expected a Tensor or a GradientEdge, got {type(place).__name__!r} object, which is not iterable either")
    if isinstance(place.node, AccumulateGrad):
        return place.node.variable
    return place.node if place.node.n_outputs == 1 else Out(place.node, place.output_nr)


def increment_version(tensor: Tensor | Sequence[Tensor]) -> None:
    """Count one in-place change of each tensor, so that what was saved of it before is not used any more."""
    for t in (tensor,) if isinstance(tensor, Tensor) else tensor:
        bump(t)


def region_activation_memory_budget(budget: float) -> NoReturn:
    """A memory budget for a region that is compiled. TypeError and ValueError unless it is a number between 0 and 1; RuntimeError outside
    a compiled region, where it has no effect: nothing here compiles with one.
    """
    name = "torch.autograd.graph.region_activation_memory_budget"
    if isinstance(budget, bool) or not isinstance(budget, (int, float)):
        raise TypeError(f"{name}: expects a float, got {type(budget).__name__}")
    if not 0.0 <= budget <= 1.0:
        raise ValueError(f"{name}: must be in [0, 1], got {budget}")
    raise RuntimeError(f"{name} can only be used inside a torch.compile region; it has no effect in eager mode.")


def set_warn_on_accumulate_grad_stream_mismatch(enabled: bool) -> None:
    """Accepted: backward runs on one stream, so that no gradient meets a leaf on another."""


def set_override_stale_capture_stream(enabled: bool) -> None:
    """Accepted: backward uses no stream but the current one, so that none can be stale in a captured graph."""


class _Handles(RemovableHandle):
    def __init__(self, handles: list[RemovableHandle]) -> None:
        super().__init__(OrderedDict())
        self.handles = handles

    def remove(self) -> None:
        for handle in self.handles:
            handle.remove()


def register_multi_grad_hook(tensors: Sequence[Tensor], fn: Callable[..., None], *, mode: str = "all") -> RemovableHandle:
    """Call `fn` once per backward when the gradients of several tensors are known.

    mode "all": when all that this backward computes are there, `fn` gets a list in the order of `tensors`, None for the
    others; "any": at the first, which `fn` gets alone. ValueError for another mode. Source:
    torch.autograd.graph.register_multi_grad_hook.
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    seen: weakref.WeakKeyDictionary[Any, tuple[list[Any], list[bool]]] = weakref.WeakKeyDictionary()
    lock = threading.Lock()
    places = [edge(t) for t in tensors]

    def hook_of(i: int) -> Callable[[Tensor], None]:
        def hook(grad: Tensor) -> None:
            graph = TL.st.data["graph"]
            with lock:
                first = graph not in seen
                if first:
                    seen[graph] = [None] * len(tensors), graph.runs(places)
                found, expected = seen[graph]
                found[i] = grad
                complete = all(g is not None for g, runs in zip(found, expected, strict=True) if runs)
            if mode == "all" and complete:
                fn(list(found))
            elif mode == "any" and first:
                fn(grad)

        return hook

    return _Handles([register_hook(t, hook_of(i)) for i, t in enumerate(tensors)])


__all__ = [
    "GradientEdge",
    "Node",
    "allow_mutation_on_saved_tensors",
    "disable_saved_tensors_hooks",
    "get_gradient_edge",
    "increment_version",
    "region_activation_memory_budget",
    "register_multi_grad_hook",
    "save_on_cpu",
    "saved_tensors_hooks",
    "set_override_stale_capture_stream",
    "set_warn_on_accumulate_grad_stream_mismatch",
]
