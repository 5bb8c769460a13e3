"""grad, vjp, jvp and linearize: a level pushed, the function run on wrapped arguments, what comes back unwrapped."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .levels.grad_level import GradInterpreter
from .levels.jvp_level import JvpInterpreter
from .levels.level import Interpreter
from .levels.tree import flatten, shown, tree_map, unflatten

Argnums = int | tuple[int, ...]


def _unwrapped(of: Interpreter, tree: Any) -> Any:
    return tree_map(of.value, tree)


def _wrap_tree(of: GradInterpreter | JvpInterpreter, tree: Any) -> Any:
    return tree_map(lambda t: of.wrap(t) if isinstance(t, Tensor) else t, tree)


def _leaf_tree(of: GradInterpreter, tree: Any) -> Any:
    def leaf(t: Any) -> Any:
        if not isinstance(t, Tensor):
            raise ValueError(f"Thing passed to transform API must be Tensor, got {type(t)}")
        if t.dtype.category < 2:
            raise RuntimeError("only Tensors of floating point and complex dtype can require gradients")
        return of.wrap_leaf(t)

    return tree_map(leaf, tree)


def positions(argnums: Argnums, n: int) -> list[int]:
    """Wrapped positions of `argnums` among n arguments; RuntimeError as torch words it."""
    if not isinstance(argnums, int) and not (isinstance(argnums, tuple) and all(isinstance(i, int) for i in argnums)):
        raise RuntimeError(f"argnums must be int or Tuple[int, ...], got: {type(argnums)}")
    many = argnums if isinstance(argnums, tuple) else (argnums,)
    if not many:
        raise RuntimeError("argnums must be non-empty")
    for i in many:
        if not -n <= i < n:
            raise RuntimeError(f"Got argnum={i}, but only {n} positional inputs")
    places = [i % n for i in many]
    if len(set(places)) != len(places):
        raise RuntimeError(f"argnums elements must be unique, got {many}")
    return places


def picked(argnums: Argnums, values: Sequence[Any]) -> Any:
    """One value for an int `argnums`, a tuple of them for a tuple."""
    return values[0] if isinstance(argnums, int) else tuple(values)


# -- reverse mode --------------------------------------------------------------------------------------------------------


def grad_and_value(func: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that returns (gradient, value) of `func`, which returns a 0-dim tensor (with `has_aux`: that and anything
    else).

    The gradient has the structure of the argument(s) at `argnums`. RuntimeError unless the value is a scalar tensor. Source:
    torch.func.grad_and_value.
    """

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = positions(argnums, len(args))
        of = GradInterpreter()
        with of:
            made = [_leaf_tree(of, a) if i in places else _wrap_tree(of, a) for i, a in enumerate(args)]
            output = func(*made, **_wrap_tree(of, kwargs))
            aux = None
            if has_aux:
                if not (isinstance(output, tuple) and len(output) == 2):
                    raise RuntimeError(
                        "grad_and_value(f)(*args): output of function f should be a tuple: (output, aux) if has_aux is True"
                    )
                output, aux = output
            _check_scalar(output)
            leaves, spec = flatten([made[i] for i in places])
            with of.below():
                found = of.backward([output], leaves, [torch.ones_like(of.value(output))], False)
        grads = picked(argnums, unflatten(found, spec))
        value = of.value(output)
        return (grads, (value, _unwrapped(of, aux))) if has_aux else (grads, value)

    return wrapper


def _check_scalar(output: Any) -> None:
    if not isinstance(output, Tensor):
        raise RuntimeError(f"grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {type(output)}")
    if output.ndim != 0:
        raise RuntimeError(
            "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with "
            f"{output.ndim} dims. Maybe you wanted to use the vjp or jacrev APIs instead?"
        )


def grad(func: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that returns the gradient of `func` with respect to the argument(s) at `argnums`. Source: torch.func.grad."""
    both = grad_and_value(func, argnums, has_aux)

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        grads, rest = both(*args, **kwargs)
        return (grads, rest[1]) if has_aux else grads

    return wrapper


def vjp(func: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """(output, pull) of `func` at `primals`; `pull(*cotangents)`, in the structure of the output, gives a tuple of gradients,
    one per primal.

    `pull` may be called any number of times, and differentiated or batched itself. With `has_aux`: (output, pull, aux).
    Source: torch.func.vjp.
    """
    of = GradInterpreter()
    with of:
        made = _leaf_tree(of, list(primals))
        output = func(*made)
        aux = None
        if has_aux:
            if not (isinstance(output, tuple) and len(output) == 2):
                raise RuntimeError("vjp(f, *primals): output of function f should be a tuple: (output, aux) if has_aux is True")
            output, aux = output
    outs, out_spec = flatten(output)
    _check_tensors("vjp(f, *primals)", "f(*primals)", outs)
    leaves, in_spec = flatten(made)

    def pull(*cotangents: Any, retain_graph: bool = True, create_graph: bool | None = None) -> Any:
        given, spec = flatten(cotangents[0] if len(cotangents) == 1 else cotangents)
        if spec != out_spec:
            raise RuntimeError(
                f"Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function. "
                f"cotangents: {shown(spec)}, primal output: {shown(out_spec)}"
            )
        found = of.backward(outs, leaves, given, retain_graph)
        return tuple(unflatten(found, in_spec))

    output = _unwrapped(of, output)
    return (output, pull, _unwrapped(of, aux)) if has_aux else (output, pull)


def _check_tensors(api: str, what: str, outs: list[Any]) -> None:
    if not outs:
        raise RuntimeError(f"{api}: Expected {what} to be a non-empty pytree of tensors.")
    for out in outs:
        if not isinstance(out, Tensor):
            raise RuntimeError(f"{api}: Expected {what} to return only tensors, got unsupported type {type(out)}")


# -- forward mode --------------------------------------------------------------------------------------------------------


def jvp(
    func: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...], *, strict: bool = False, has_aux: bool = False
) -> Any:
    """(output, tangent of the output) of `func` at `primals` along `tangents`, tuples of equal structure. With `has_aux`: and
    aux.

    `strict`: RuntimeError where an output does not depend on the inputs, instead of zeros. Source: torch.func.jvp.
    """
    if not isinstance(primals, tuple):
        raise RuntimeError(
            "jvp(f, primals, tangents): Expected primals to be a tuple. E.g. it should be valid to call f(*primals)."
        )
    flat, spec = flatten(primals)
    moves, other = flatten(tangents)
    if spec != other:
        raise RuntimeError(
            f"jvp(f, primals, tangents): Expected primals and tangents to have the same python structure. For example, if "
            f"primals is a tuple of 3 tensors, tangents also must be. Got primals with structure {shown(spec)} and tangents "
            f"with structure {shown(other)}"
        )
    _check_tensors("jvp(f, primals, tangents)", "primals", flat)
    _check_tensors("jvp(f, primals, tangents)", "tangents", moves)
    of = JvpInterpreter()
    with of:
        made = [of.wrap(p, _matching(p, t)) for p, t in zip(flat, moves, strict=True)]
        output = func(*unflatten(made, spec))
        aux = None
        if has_aux:
            if not (isinstance(output, tuple) and len(output) == 2):
                raise RuntimeError(
                    "jvp(f, primals, tangents): output of function f should be a tuple: (output, aux) if has_aux is True"
                )
            output, aux = output
        outs, out_spec = flatten(output)
        _check_tensors("jvp(f, primals, tangents)", "f(*args)", outs)
        with of.below():
            moved = [_moved(of, o, strict) for o in outs]
    values = unflatten([of.value(o) for o in outs], out_spec)
    result = (values, unflatten(moved, out_spec))
    return (*result, _unwrapped(of, aux)) if has_aux else result


def _matching(primal: Tensor, tangent: Tensor) -> Tensor:
    if tuple(primal.shape) != tuple(tangent.shape):
        raise RuntimeError(
            f"Expected primal and tangent to have the same shape; got primal {list(primal.shape)} and tangent {list(tangent.shape)}"
        )
    if primal.dtype.category < 2:
        raise RuntimeError("jvp(f, primals, tangents): only Tensors of floating point and complex dtype can have tangents")
    return tangent if tangent.dtype is primal.dtype else tangent.to(primal.dtype)


def _moved(of: JvpInterpreter, out: Any, strict: bool) -> Tensor:
    tangent = of.tangent(out)
    if tangent is not None:
        return tangent
    if strict:
        raise RuntimeError(
            "jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. This is not allowed with "
            "strict=True."
        )
    return torch.zeros_like(of.value(out))


def linearize(func: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[..., Any]]:
    """(output, push): `push(*tangents)` is the jvp of `func` at `primals`, without running `func` again. Source:
    torch.func.linearize.

    The vjp is linear in its cotangent; `push` is that linear map transposed, so it needs ops whose vjp can be differentiated.
    """
    output, pull = vjp(func, *primals)
    _, push = vjp(pull, tree_map(torch.zeros_like, output))
    _, spec = flatten(primals)

    def pushed(*tangents: Any) -> Any:
        _, given = flatten(tangents)
        if given != spec:
            raise RuntimeError(
                f"Expected the tangents to have the same structure as the primals. tangents: {shown(given)}, primals: {shown(spec)}"
            )
        return push(tangents)[0]

    return output, pushed
