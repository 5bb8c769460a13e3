"""torch.autograd.functional: Jacobians, Hessians and products with them, by everyday autograd on detached inputs.

`batched_grad` is autograd.grad with a batch of cotangents (is_grads_batched): one run of the engine inside vmap. `torch.func`
has the composable forms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .backward import grad
from .func import hessian as func_hessian
from .jacobian import basis_of, jacfwd
from .modes import enable_grad
from .vmap import vmap

Tensors = Tensor | Sequence[Tensor]


def batched_grad(
    outs: Any, wanted: Any, grads: Any, retain_graph: Any, create_graph: bool, allow_unused: bool
) -> tuple[Tensor | None, ...]:
    """Gradients for every cotangent along the first dimension of `grads`, with that dimension first; None where there is no
    path."""
    used: list[bool] = []

    def pull(*cotangents: Tensor) -> tuple[Tensor, ...]:
        given = iter(cotangents)
        made = [None if g is None else next(given) for g in grads]
        found = grad(outs, wanted, made, retain_graph, create_graph, allow_unused=allow_unused)
        used[:] = [g is not None for g in found]
        return tuple(g for g in found if g is not None)

    found = iter(vmap(pull, 0, 0)(*[g for g in grads if g is not None]))
    return tuple(next(found) if is_used else None for is_used in used)


# -- arguments and results -----------------------------------------------------------------------------------------------


def _as_tuple(value: Any, what: str, name: str) -> tuple[bool, tuple[Tensor, ...]]:
    many = isinstance(value, (tuple, list))
    made = tuple(value) if many else (value,)
    for i, t in enumerate(made):
        if not isinstance(t, Tensor):
            if many:
                raise TypeError(
                    f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the value at index {i} has "
                    f"type {type(t)}."
                )
            raise TypeError(
                f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the given {what} has type {type(t)}."
            )
    return many, made


def _inputs(tensors: tuple[Tensor, ...], create_graph: bool) -> tuple[Tensor, ...]:
    """Inputs to differentiate with respect to: aliases in the graph where it is to be kept, else fresh leaves."""
    return tuple(t.view_as(t) if create_graph and t.requires_grad else t.detach().requires_grad_() for t in tensors)


def _finished(values: Sequence[Tensor], create_graph: bool) -> tuple[Tensor, ...]:
    return tuple(values) if create_graph else tuple(v.detach() for v in values)


def _picked(many: bool, values: Sequence[Any]) -> Any:
    return tuple(values) if many else values[0]


def _run(func: Any, inputs: Any, create_graph: bool, name: str) -> tuple[bool, tuple[Tensor, ...], bool, tuple[Tensor, ...]]:
    """(several inputs?, inputs, several outputs?, outputs)."""
    many_in, given = _as_tuple(inputs, "inputs", name)
    made = _inputs(given, create_graph)
    many_out, outs = _as_tuple(func(*made), "outputs of the user-provided function", name)
    return many_in, made, many_out, outs


def _need_graph(outs: Sequence[Tensor], strict: bool) -> None:
    for i, out in enumerate(outs):
        if strict and not out.requires_grad:
            raise RuntimeError(
                f"Output {i} of the user-provided function does not require gradient. The outputs must be computed in a "
                f"differentiable manner from the input when running in strict mode."
            )


def _gradients(
    outs: Sequence[Tensor], inputs: Sequence[Tensor], cotangents: Sequence[Any], create_graph: bool, strict: bool, what: str
) -> list[Tensor]:
    """autograd.grad with zeros where there is no path (RuntimeError in strict mode)."""
    live = [(o, g) for o, g in zip(outs, cotangents, strict=True) if o.requires_grad]
    found: Sequence[Any] = (None,) * len(inputs)
    if live:
        found = grad(
            [o for o, _ in live],
            list(inputs),
            [g for _, g in live],
            retain_graph=True,
            create_graph=create_graph,
            allow_unused=True,
        )
    made = []
    for i, (g, x) in enumerate(zip(found, inputs, strict=True)):
        if g is None and strict:
            raise RuntimeError(f"{what} is independent of input {i}. This is not allowed in strict mode.")
        made.append(torch.zeros_like(x) if g is None else g)
    return made


def _direction(v: Any, like: tuple[Tensor, ...], many: bool, name: str, owner: str) -> tuple[Tensor, ...]:
    if v is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(f"The vector v can only be None if {owner} returns a single Tensor with a single element.")
        return (torch.ones_like(like[0]),)
    _, made = _as_tuple(v, "vector v", name)
    if len(made) != len(like):
        raise RuntimeError(f"The given v is a tuple of invalid length: should be {len(like)} but got {len(made)}.")
    for i, (t, x) in enumerate(zip(made, like, strict=True)):
        if tuple(t.shape) != tuple(x.shape):
            prefix = f"Entry {i} in " if many else ""
            raise RuntimeError(f"{prefix}v has invalid size: should be {x.shape} but got {t.shape}.")
    return tuple(t.detach() if not t.requires_grad else t for t in made)


# -- products ------------------------------------------------------------------------------------------------------------


def vjp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(outputs, v^T J). `v` has the outputs' structure; it may be left out for one output of one element."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "vjp")
        _need_graph(outs, strict)
        given = _direction(v, outs, many_out, "vjp", "the user-provided function")
        found = _gradients(outs, made, given, create_graph, strict, "The output of the user-provided function")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_in, _finished(found, create_graph))


def jvp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(outputs, J v), by differentiating the vjp with respect to its cotangent."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "jvp")
        _need_graph(outs, strict)
        given = _direction(v, made, many_in, "jvp", "the user-provided function takes a single input and")
        seeds = [torch.zeros_like(o).requires_grad_() for o in outs]
        pulled = _gradients(outs, made, seeds, True, strict, "The output of the user-provided function")
        found = _gradients(pulled, seeds, given, create_graph, False, "")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_out, _finished(found, create_graph))


def _scalar(outs: tuple[Tensor, ...], many: bool, name: str) -> None:
    if many or len(outs) != 1:
        raise RuntimeError(f"The function given to {name} should return a single Tensor")
    if outs[0].numel() != 1:
        raise RuntimeError(f"The Tensor returned by the function given to {name} should contain a single element")


def vhp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(output, v^T H) of a function that returns one element."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "vhp")
        _scalar(outs, many_out, "vhp")
        _need_graph(outs, strict)
        given = _direction(v, made, many_in, "vhp", "the user-provided function takes a single input and")
        first = _gradients(outs, made, (torch.ones_like(outs[0]),), True, strict, "The output of the user-provided function")
        found = _gradients(first, made, given, create_graph, strict, "The jacobian of the user-provided function")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_in, _finished(found, create_graph))


def hvp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(output, H v) of a function that returns one element. `vhp` gives the same for twice differentiable functions, faster."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "hvp")
        _scalar(outs, many_out, "hvp")
        _need_graph(outs, strict)
        given = _direction(v, made, many_in, "hvp", "the user-provided function takes a single input and")
        first = _gradients(outs, made, (torch.ones_like(outs[0]),), True, strict, "The output of the user-provided function")
        seeds = [torch.zeros_like(t).requires_grad_() for t in first]
        second = _gradients(first, made, seeds, True, strict, "The jacobian of the user-provided function")
        found = _gradients(second, seeds, given, create_graph, False, "")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_in, _finished(found, create_graph))


# -- whole matrices ------------------------------------------------------------------------------------------------------


def jacobian(
    func: Callable[..., Any],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """J of `func` at `inputs`: entry [i][j] has shape out_i.shape + in_j.shape; tuples only where inputs or outputs are tuples.

    vectorize: all rows at once, in vmap. strategy "forward-mode" goes by columns and needs vectorize. Source:
    torch.autograd.functional.jacobian.
    """
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your function has more outputs than '
            'inputs, "forward-mode" tends to be more performant. Otherwise, prefer to use "reverse-mode".'
        )
    if strategy == "forward-mode":
        if create_graph:
            raise NotImplementedError(
                'torch.autograd.functional.jacobian: `create_graph=True` and `strategy="forward-mode"` are not supported '
                'together (yet). Please either set `create_graph=False` or `strategy="reverse-mode"`.'
            )
        return _forward_jacobian(func, inputs, strict, vectorize)
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "jacobian")
        _need_graph(outs, strict)
        if vectorize and strict:
            raise RuntimeError(
                "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported together."
            )
        rows = [
            _all_rows(out, made, create_graph) if vectorize else _each_row(out, i, made, create_graph, strict)
            for i, out in enumerate(outs)
        ]
    finished = [_picked(many_in, _finished(row, create_graph)) for row in rows]
    return _picked(many_out, finished)


def _each_row(out: Tensor, index: int, inputs: tuple[Tensor, ...], create_graph: bool, strict: bool) -> list[Tensor]:
    flat = out.reshape(-1)
    rows = [
        _gradients(
            (flat[k],), inputs, (torch.ones_like(flat[k]),), create_graph, strict, f"Output {index} of the user-provided function"
        )
        for k in range(flat.numel())
    ]
    return [torch.stack([row[j] for row in rows]).reshape((*out.shape, *x.shape)) if rows else x.new_zeros((*out.shape, *x.shape))
            for j, x in enumerate(inputs)]  # fmt: skip


def _all_rows(out: Tensor, inputs: tuple[Tensor, ...], create_graph: bool) -> list[Tensor]:
    if not out.requires_grad:
        return [x.new_zeros((*out.shape, *x.shape)) for x in inputs]
    basis, _ = basis_of([out.detach()])
    found = batched_grad((out,), inputs, (basis[0],), True, create_graph, True)
    return [
        x.new_zeros((*out.shape, *x.shape)) if g is None else g.reshape((*out.shape, *x.shape))
        for g, x in zip(found, inputs, strict=True)
    ]


def _forward_jacobian(func: Callable[..., Any], inputs: Tensors, strict: bool, vectorize: bool) -> Any:
    if strict:
        raise RuntimeError(
            'torch.autograd.functional.jacobian: `strict=True` and `strategy="forward-mode"` are not supported together (yet).'
        )
    if not vectorize:
        raise NotImplementedError(
            "Computing Jacobian using forward-AD or forward-over-reverse Hessian is only implemented for `vectorize=True`."
        )
    many_in, made = _as_tuple(inputs, "inputs", "jacobian")
    argnums = tuple(range(len(made)))
    found = jacfwd(func, argnums)(*[t.detach() for t in made])
    if many_in:
        return found
    return tuple(row[0] for row in found) if found and isinstance(found[0], tuple) else found[0]


def hessian(
    func: Callable[..., Any],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """H of a function that returns one element; entry [i][j] has shape in_i.shape + in_j.shape. Source:
    torch.autograd.functional.hessian."""
    many, given = _as_tuple(inputs, "inputs", "hessian")
    if outer_jacobian_strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError('Expected strategy to be either "forward-mode" or "reverse-mode".')
    if outer_jacobian_strategy == "forward-mode":
        if create_graph or not vectorize:
            raise NotImplementedError("hessian: forward mode outside needs vectorize=True and create_graph=False")
        found = func_hessian(lambda *xs: _one_element(func(*xs)), tuple(range(len(given))))(*[t.detach() for t in given])
        return found if many else found[0][0]

    def single(*xs: Tensor) -> Tensor:
        return _one_element(func(*xs))

    def gradient(*xs: Tensor) -> tuple[Tensor, ...]:
        made = tuple(x if x.requires_grad else x.detach().requires_grad_() for x in xs)
        found = jacobian(single, made, create_graph=True, strict=strict)
        if strict:
            for i, g in enumerate(found):
                if not g.requires_grad:
                    raise RuntimeError(
                        f"The jacobian of the user-provided function with respect to input {i} is independent of the inputs. "
                        f"This is not allowed in strict mode."
                    )
        return found

    found = jacobian(gradient, given, create_graph=create_graph, strict=strict, vectorize=vectorize)
    return found if many else found[0][0]


def _one_element(out: Any) -> Tensor:
    many, outs = _as_tuple(out, "outputs of the user-provided function", "hessian")
    if many:
        raise RuntimeError("The function given to hessian should return a single Tensor")
    if outs[0].numel() != 1:
        raise RuntimeError("The Tensor returned by the function given to hessian should contain a single element")
    return outs[0].squeeze()


__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]
