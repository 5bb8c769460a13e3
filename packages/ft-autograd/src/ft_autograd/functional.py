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


_NO_GRAPH = {
    "outputs": "Output {i} of the user-provided function does not require gradients. The outputs must be computed in a differentiable "
    "manner from the input when running in strict mode.",
    "gradient": "The gradient with respect to input {i} is independent of the inputs of the user-provided function. This is not allowed in "
    "strict mode.",
    "jacobian": "While computing the hessian, found that the jacobian of the user-provided function with respect to input {i} is "
    "independent of the input. This is not allowed in strict mode. You should ensure that your function is twice differentiable and that "
    "the jacobian depends on the inputs (this would be violated by a linear function for example).",
    "hessian": "The hessian of the user-provided function with respect to input {i} is independent of the input. This is not allowed in "
    "strict mode. You should ensure that your function is thrice differentiable and that the hessian depends on the inputs.",
}
_NO_PATH = {
    "back": "The output of the user-provided function is independent of input {i}. This is not allowed in strict mode.",
    "row": "Output {of} of the user-provided function is independent of input {i}. This is not allowed in strict mode.",
    "forward": "The gradient with respect to the input is independent of entry {i} in the grad_outputs when using the double backward "
    "trick to compute forward mode gradients. This is not allowed in strict mode.",
    "again": "The jacobian of the user-provided function is independent of input {i}. This is not allowed in strict mode.",
    "again forward": "The hessian of the user-provided function is independent of entry {i} in the grad_jacobian. This is not allowed in "
    "strict mode as it prevents from using the double backward trick to replace forward mode AD.",
}


def _need_graph(tensors: Sequence[Tensor | None], strict: bool, what: str = "outputs") -> None:
    for i, t in enumerate(tensors if strict else ()):
        if t is None:
            raise RuntimeError(_NO_PATH["back"].format(i=i))
        if not t.requires_grad:
            raise RuntimeError(_NO_GRAPH[what].format(i=i))


def _found(outs: Sequence[Any], inputs: Sequence[Tensor], cotangents: Sequence[Any], create_graph: bool) -> Sequence[Tensor | None]:
    """autograd.grad of those outputs that have a graph; None where there is no path."""
    live = [(o, g) for o, g in zip(outs, cotangents, strict=True) if o is not None and o.requires_grad]
    if not live:
        return (None,) * len(inputs)
    return grad(
        [o for o, _ in live],
        list(inputs),
        [g for _, g in live],
        retain_graph=True,
        create_graph=create_graph,
        allow_unused=True,
    )


def _filled(
    found: Sequence[Tensor | None], like: Sequence[Tensor], create_graph: bool, strict: bool, stage: str, of: int = 0
) -> list[Tensor]:
    """Zeros where there is no path. RuntimeError for that in strict mode, or for a gradient without the graph that is asked for."""
    made = []
    for i, (g, x) in enumerate(zip(found, like, strict=True)):
        if g is None and strict:
            raise RuntimeError(_NO_PATH[stage].format(i=i, of=of))
        if g is not None and strict and create_graph and not g.requires_grad:
            what = "hessian" if stage.startswith("again") else "jacobian"
            raise RuntimeError(
                f"The {what} of the user-provided function is independent of input {i}. This is not allowed in strict mode when "
                "create_graph=True."
            )
        made.append(torch.zeros_like(x) if g is None else g)
    return made


def _direction(v: Any, like: tuple[Tensor, ...], many: bool, name: str, owner: str) -> tuple[Tensor, ...]:
    if v is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(f"The vector v can only be None if {owner} a single Tensor with a single element.")
        return (torch.ones_like(like[0]),)
    _, made = _as_tuple(v, "v", name)
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
        given = _direction(v, outs, many_out, "vjp", "the user-provided function returns")
        found = _filled(_found(outs, made, given, create_graph), made, create_graph, strict, "back")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_in, _finished(found, create_graph))


def jvp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(outputs, J v), by differentiating the vjp with respect to its cotangent."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "jvp")
        _need_graph(outs, strict)
        given = _direction(v, made, many_in, "jvp", "the input to the user-provided function is")
        seeds = [torch.zeros_like(o).requires_grad_() for o in outs]
        pulled = _found(outs, made, seeds, True)
        _need_graph(pulled, strict, "gradient")
        found = _filled(_found(pulled, seeds, given, create_graph), outs, create_graph, strict, "forward")
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
        given = _direction(v, made, many_in, "vhp", "the input to the user-provided function is")
        first = _found(outs, made, (torch.ones_like(outs[0]),), True)
        _need_graph(first, strict, "jacobian")
        found = _filled(_found(first, made, given, create_graph), made, create_graph, strict, "again")
    return _picked(many_out, _finished(outs, create_graph)), _picked(many_in, _finished(found, create_graph))


def hvp(
    func: Callable[..., Any], inputs: Tensors, v: Any = None, create_graph: bool = False, strict: bool = False
) -> tuple[Any, Any]:
    """(output, H v) of a function that returns one element. `vhp` gives the same for twice differentiable functions, faster."""
    with enable_grad():
        many_in, made, many_out, outs = _run(func, inputs, create_graph, "hvp")
        _scalar(outs, many_out, "hvp")
        _need_graph(outs, strict)
        given = _direction(v, made, many_in, "hvp", "the input to the user-provided function is")
        first = _found(outs, made, (torch.ones_like(outs[0]),), True)
        _need_graph(first, strict, "jacobian")
        seeds = [torch.zeros_like(x).requires_grad_() for x in made]
        second = _found(first, made, seeds, True)
        _need_graph(second, strict, "hessian")
        found = _filled(_found(second, seeds, given, create_graph), made, create_graph, strict, "again forward")
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
                "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported together. Please either set "
                "`strict=False` or `vectorize=False`."
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
        _filled(_found((flat[k],), inputs, (torch.ones_like(flat[k]),), create_graph), inputs, create_graph, strict, "row", index)
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
        found = jacobian(single, made, create_graph=True)
        _need_graph(found, strict, "jacobian")
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
