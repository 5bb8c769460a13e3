"""torch.autograd.backward and torch.autograd.grad: argument checks and torch's messages around the engine."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ft_core import Tensor, upcalls
from ft_core.backend import BACKENDS
from ft_core.keys import DISPATCH, DTYPE_OF, FLAGS, GRAD, LEVEL, VIEW
from ft_core.tensor import wrap
from ft_dispatch import surface as torch

from . import engine
from .arrival import accumulate_into
from .node import edge

TensorOrTensors = Tensor | Sequence[Tensor]


def _listed(values: Any) -> tuple[Any, ...]:
    """Several as a tuple; a GradientEdge is a tuple by construction, and one."""
    if isinstance(values, (list, tuple)) and not hasattr(values, "ownership_token"):
        return tuple(values)
    return (values,)


def _edge_of(place: Any) -> Any:
    from .graph import edge_of  # noqa: PLC0415  # few programs pass edges

    return edge_of(place)


def root_of(t: Tensor, index: int) -> Any:
    """The edge that backward from `t`, the index-th of several, begins with. RuntimeError for a tensor without a graph."""
    if not isinstance(t, Tensor):
        return _edge_of(t)
    if t._k & VIEW:
        upcalls.refresh_view(t)
    if not t._k & GRAD:
        if t._k & LEVEL and t._of.name == "jvp" and t._of.functional:  # type: ignore[attr-defined]
            raise RuntimeError(
                f"element {index} of tensors is a tensor of torch.func.jvp: backward does not run on it (forward over reverse is "
                "torch.func.jvp(torch.func.grad(f), primals, tangents))"
            )
        raise RuntimeError(f"element {index} of tensors does not require grad and does not have a grad_fn")
    return edge(t)


def cotangents_for(outputs: tuple[Tensor, ...], grads: tuple[Any, ...], batched: bool = False) -> list[Tensor]:
    """A cotangent for every output; RuntimeError for wrong shapes or a missing one of a non-scalar."""
    if len(outputs) != len(grads):
        raise RuntimeError(f"got {len(outputs)} tensors and {len(grads)} gradients")
    made = []
    for i, (out, grad) in enumerate(zip(outputs, grads, strict=True)):
        if not isinstance(out, Tensor):
            made.append(torch.ones(tuple(out.node.shape)) if grad is None else grad)
            continue
        if grad is None:
            if out.requires_grad and out.numel() != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
            if out.is_complex():
                raise RuntimeError("grad can be implicitly created only for real scalar outputs but got " + str(out.dtype))
            made.append(_one(out))
            continue
        if not isinstance(grad, Tensor):
            raise TypeError(f"gradients can be either Tensors or None, but got {type(grad).__name__}")
        shape = tuple(grad.shape)[1:] if batched else tuple(grad.shape)
        if shape != tuple(out.shape):
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{i}] has a shape of {grad.shape} and output[{i}] has a shape of {out.shape}."
            )
        if out.is_complex() != grad.is_complex():
            raise RuntimeError(
                "For complex Tensors, both grad_output and output are required to have the same dtype. Mismatch in dtype: "
                f"grad_output[{i}] has a dtype of {grad.dtype} and output[{i}] has a dtype of {out.dtype}."
            )
        made.append(grad)
    return made


def backward(
    tensors: TensorOrTensors,
    grad_tensors: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: Any = None,
    inputs: Any = None,
) -> None:
    """Accumulate gradients of `tensors` into the `.grad` of the leaves (or of `inputs` only).

    grad_tensors: cotangents of the same shapes; None stands for 1 where the tensor has one element.
    Raises RuntimeError with torch's text: no graph, wrong shapes, a graph already freed. Source: torch.autograd.backward.
    """
    if grad_tensors is None and inputs is None and isinstance(tensors, Tensor) and grad_variables is None:
        tensor_backward(tensors, None, retain_graph, create_graph, None)
        return
    outputs = _listed(tensors)
    grads = _listed(grad_tensors if grad_tensors is not None else grad_variables)
    if grad_tensors is None and grad_variables is None:
        grads = (None,) * len(outputs)
    if inputs is not None and len(_listed(inputs)) == 0:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    if not outputs:
        return
    cotangents = cotangents_for(outputs, grads)
    roots = [root_of(t, i) for i, t in enumerate(outputs)]
    keep = create_graph if retain_graph is None else retain_graph
    if create_graph:
        _warn_of_cycle()
    if inputs is None:
        engine.run(roots, cotangents, retain_graph=keep, create_graph=create_graph)
        return
    wanted = _listed(inputs)
    edges = [_wanted(t, i) for i, t in enumerate(wanted)]
    non_leaf = [t for t in wanted if isinstance(t, Tensor) and t._node is not None]
    captured = engine.run(roots, cotangents, retain_graph=keep, create_graph=create_graph, inputs=edges)
    for t in non_leaf:
        grad = captured.get(engine._target(edge(t)))
        if grad is not None:
            accumulate_into(t, grad, create_graph, True)


def _warn_of_cycle() -> None:
    warnings.warn(
        "Using backward() with create_graph=True will create a reference cycle between the parameter and its gradient which can cause a "
        "memory leak. We recommend using autograd.grad when creating the graph to avoid this. If you have to use this function, make sure to "
        "reset the .grad fields of your parameters to None after use to break the cycle and avoid the leak.",
        UserWarning,
        stacklevel=4,
    )


_UNUSUAL = FLAGS & ~(GRAD | VIEW) | DISPATCH | sum(bit for bit, kind in DTYPE_OF.items() if kind.is_complex)


def _one(out: Tensor) -> Tensor:
    """The implicit cotangent 1 of a one-element output."""
    if out._k & _UNUSUAL or out._a.shape:
        return torch.ones_like(out)
    k = out._k & ~(GRAD | VIEW)
    make = _MAKES_ONE.get(k)
    if make is None:
        backend = BACKENDS[out.device.type]
        one = backend.scalar(1.0, out.dtype)
        make = _MAKES_ONE[k] = one.copy if hasattr(one, "copy") else partial(backend.scalar, 1.0, out.dtype)  # half the time
    return wrap(make(), k)


_MAKES_ONE: dict[int, Callable[[], Any]] = {}  # device and dtype bits -> a new 0-dim 1


def _wanted(t: Tensor, index: int) -> Any:
    if not isinstance(t, Tensor):
        return _edge_of(t)
    if t._k & VIEW:
        upcalls.refresh_view(t)
    if not t._k & GRAD:
        raise RuntimeError("One of the differentiated Tensors does not require grad")
    return edge(t)


def grad(
    outputs: TensorOrTensors,
    inputs: TensorOrTensors,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """Gradients of `outputs` with respect to `inputs`, returned and not accumulated. Source: torch.autograd.grad."""
    if materialize_grads and allow_unused is False:
        raise ValueError("Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.")
    if not only_inputs:
        warnings.warn(
            "only_inputs argument is deprecated and is ignored now (defaults to True). To accumulate gradient for other parts of the graph, "
            "please use torch.autograd.backward.",
            FutureWarning,
            stacklevel=2,
        )
    allow_unused = materialize_grads if allow_unused is None else allow_unused
    outs, wanted = _listed(outputs), _listed(inputs)
    grads = _listed(grad_outputs) if grad_outputs is not None else (None,) * len(outs)
    if not wanted:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    if is_grads_batched:
        from .functional import batched_grad  # noqa: PLC0415  # needs vmap

        return batched_grad(outs, wanted, grads, retain_graph, create_graph, allow_unused)
    cotangents = cotangents_for(outs, grads)
    roots = [root_of(t, i) for i, t in enumerate(outs)]
    keep = create_graph if retain_graph is None else retain_graph
    edges = [_wanted(t, i) for i, t in enumerate(wanted)]
    limits: dict[str, Any] = {"retain_graph": keep, "create_graph": create_graph, "inputs": edges, "accumulate": False}
    captured = engine.run(roots, cotangents, **limits) if roots else {}
    found = [captured.get(engine._target(e)) for e in edges]
    for i, value in enumerate(found):
        if value is None and not allow_unused:
            raise RuntimeError(
                f"The differentiated Tensor at index {i} appears to not have been used in the graph. "
                "Set allow_unused=True if this is the desired behavior."
            )
    if materialize_grads:
        return tuple(torch.zeros_like(t) if g is None else g for t, g in zip(wanted, found, strict=True))
    return tuple(found)


def tensor_backward(t: Tensor, gradient: Any, retain_graph: bool | None, create_graph: bool, inputs: Any) -> None:
    """Tensor.backward."""
    if gradient is not None or inputs is not None:
        backward(t, gradient, retain_graph, create_graph, inputs=inputs)
        return
    root = (t._node or t) if t._k & (GRAD | VIEW) == GRAD else root_of(t, 0)
    cotangent = cotangents_for((t,), (None,))[0] if t._a.shape or t._k & _UNUSUAL else _one(t)
    keep = create_graph if retain_graph is None else retain_graph
    if create_graph:
        _warn_of_cycle()
    engine.run((root,), (cotangent,), retain_graph=keep, create_graph=create_graph)
