"""torch.func: transforms of functions, grad, vjp, jvp, vmap and what follows from them. Each composes with each, to any depth.

A transform pushes an interpreter (`levels`), runs the function on wrapped arguments and unwraps what comes back. Importing this module opens the doors
through which ft_dispatch hands ops on level tensors up. `functional_call` is with the modules, in ft_nn.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor
from ft_core.state import TL
from ft_dispatch import hooks
from ft_dispatch import surface as torch

from .levels.grad_level import GradInterpreter
from .levels.jvp_level import JvpInterpreter
from .levels.level import Interpreter, level, level_inplace
from .levels.tree import flatten, shown, tree_map, unflatten
from .vmap import vmap

hooks.fill(level=level, level_inplace=level_inplace)

Argnums = int | tuple[int, ...]


def _unwrapped(of: Interpreter, tree: Any) -> Any:
    return tree_map(lambda t: of.value(t), tree)


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


def _positions(argnums: Argnums, n: int) -> list[int]:
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


def _picked(argnums: Argnums, values: Sequence[Any]) -> Any:
    return values[0] if isinstance(argnums, int) else tuple(values)


# -- reverse mode --------------------------------------------------------------------------------------------------------


def grad_and_value(func: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that returns (gradient, value) of `func`, which returns a 0-dim tensor (with `has_aux`: that and anything else).

    The gradient has the structure of the argument(s) at `argnums`. RuntimeError unless the value is a scalar tensor. Source: torch.func.grad_and_value.
    """

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = _positions(argnums, len(args))
        of = GradInterpreter()
        with of:
            made = [_leaf_tree(of, a) if i in places else _wrap_tree(of, a) for i, a in enumerate(args)]
            output = func(*made, **_wrap_tree(of, kwargs))
            aux = None
            if has_aux:
                if not (isinstance(output, tuple) and len(output) == 2):
                    raise RuntimeError("grad_and_value(f)(*args): output of function f should be a tuple: (output, aux) if has_aux is True")
                output, aux = output
            _check_scalar(output)
            leaves, spec = flatten([made[i] for i in places])
            with of.below():
                found = of.backward([output], leaves, [torch.ones_like(of.value(output))], False)
        grads = _picked(argnums, unflatten(found, spec))
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
    """(output, pull) of `func` at `primals`; `pull(*cotangents)`, in the structure of the output, gives a tuple of gradients, one per primal.

    `pull` may be called any number of times, and differentiated or batched itself. With `has_aux`: (output, pull, aux). Source: torch.func.vjp.
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
    """(output, tangent of the output) of `func` at `primals` along `tangents`, tuples of equal structure. With `has_aux`: and aux.

    `strict`: RuntimeError where an output does not depend on the inputs, instead of zeros. Source: torch.func.jvp.
    """
    if not isinstance(primals, tuple):
        raise RuntimeError("jvp(f, primals, tangents): Expected primals to be a tuple. E.g. it should be valid to call f(*primals).")
    flat, spec = flatten(primals)
    moves, other = flatten(tangents)
    if spec != other:
        raise RuntimeError(
            f"jvp(f, primals, tangents): Expected primals and tangents to have the same python structure. For example, if primals is a tuple "
            f"of 3 tensors, tangents also must be. Got primals with structure {shown(spec)} and tangents with structure {shown(other)}"
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
                raise RuntimeError("jvp(f, primals, tangents): output of function f should be a tuple: (output, aux) if has_aux is True")
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
        raise RuntimeError("jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. This is not allowed with strict=True.")
    return torch.zeros_like(of.value(out))


def linearize(func: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[..., Any]]:
    """(output, push): `push(*tangents)` is the jvp of `func` at `primals`, without running `func` again. Source: torch.func.linearize.

    The vjp is linear in its cotangent; `push` is that linear map transposed, so it needs ops whose vjp can be differentiated.
    """
    output, pull = vjp(func, *primals)
    _, push = vjp(lambda cotangents: pull(cotangents), tree_map(torch.zeros_like, output))
    _, spec = flatten(primals)

    def pushed(*tangents: Any) -> Any:
        _, given = flatten(tangents)
        if given != spec:
            raise RuntimeError(
                "Expected the tangents to have the same structure as the primals. "
                f"tangents: {shown(given)}, primals: {shown(spec)}"
            )
        return push(tangents)[0]

    return output, pushed


# -- Jacobians -----------------------------------------------------------------------------------------------------------


def _basis(tensors: list[Tensor]) -> tuple[list[Tensor], list[int]]:
    """For tensors of n elements in all: n one-hot directions, as one (n, *shape) tensor each; and the element counts."""
    counts = [t.numel() for t in tensors]
    total = sum(counts)
    made, start = [], 0
    for t, count in zip(tensors, counts, strict=True):
        flat = torch.zeros((total, count), dtype=t.dtype, device=t.device)
        if count:
            flat.diagonal(-start).fill_(1)
        made.append(flat.reshape((total, *t.shape)))
        start += count
    return made, counts


def jacrev(
    func: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False, chunk_size: int | None = None, _preallocate_and_copy: bool = False
) -> Callable[..., Any]:
    """The Jacobian of `func` by reverse mode: one vjp per output element, `chunk_size` at a time (all at once by default).

    Entry by entry of the output's structure, the structure of the argument(s), each of shape out.shape + in.shape. Source: torch.func.jacrev.
    """
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError("jacrev: `chunk_size` should be greater than 0.")

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = _positions(argnums, len(args))
        inner, primals = _partial(func, args, kwargs, places)
        output, pull, *aux = vjp(inner, *primals, has_aux=has_aux)
        outs, out_spec = flatten(output)
        basis, counts = _basis(outs)
        rows = vmap(lambda *parts: pull(unflatten(parts, out_spec)), chunk_size=chunk_size)(*basis)
        per_input, in_spec = flatten(list(rows))
        split = [part.split(counts, 0) for part in per_input]
        made = []
        for i, out in enumerate(outs):
            parts = [s[i].reshape((*out.shape, *s[i].shape[1:])) for s in split]
            made.append(_picked(argnums, unflatten(parts, in_spec)))
        found = unflatten(made, out_spec)
        return (found, aux[0]) if has_aux else found

    return wrapper


def _partial(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], places: list[int]) -> tuple[Callable[..., Any], list[Any]]:
    """`func` as a function of the arguments at `places` alone, and those arguments."""

    def inner(*primals: Any) -> Any:
        made = list(args)
        for i, p in zip(places, primals, strict=True):
            made[i] = p
        return func(*made, **kwargs)

    return inner, [args[i] for i in places]


def jacfwd(func: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, *, randomness: str = "error") -> Callable[..., Any]:
    """The Jacobian of `func` by forward mode: one jvp per input element, all at once. Structure as `jacrev`. Source: torch.func.jacfwd."""

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = _positions(argnums, len(args))
        inner, primals = _partial(func, args, kwargs, places)
        flat, spec = flatten(tuple(primals))
        basis, counts = _basis(flat)
        state: dict[str, Any] = {}

        def push(*parts: Any) -> Any:
            found = jvp(inner, tuple(primals), unflatten(parts, spec), has_aux=has_aux)
            leaves, state["spec"] = flatten(found[1])
            if has_aux:
                state["aux"] = flatten(found[2])
                return tuple(leaves), tuple(state["aux"][0])
            return tuple(leaves), ()

        columns, aux = vmap(push, randomness=randomness)(*basis)
        made = []
        for column in columns:
            parts = [part.movedim(0, -1).reshape((*column.shape[1:], *x.shape)) for part, x in zip(column.split(counts, 0), flat, strict=True)]
            made.append(_picked(argnums, list(unflatten(parts, spec))))
        found = unflatten(made, state["spec"])
        if not has_aux:
            return found
        return found, unflatten([t[0] for t in aux], state["aux"][1])

    return wrapper


def hessian(func: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """Second derivatives of `func`: forward mode over reverse mode. Source: torch.func.hessian."""
    return jacfwd(jacrev(func, argnums), argnums)


# -- the rest ------------------------------------------------------------------------------------------------------------


def functionalize(func: Callable[..., Any], *, remove: str = "mutations") -> Callable[..., Any]:
    """`func` with the same results; what functionalize removes (mutations, views) shows in a trace only, and traces here hold functional ops anyway.

    remove: "mutations" or "mutations_and_views"; RuntimeError for anything else. Source: torch.func.functionalize.
    """
    if remove not in ("mutations", "mutations_and_views"):
        raise RuntimeError(
            f"functionalize(f, remove='mutations'): received invalid argument for remove={remove}. Valid options are:\n"
            "     remove='mutations': all inplace and out= operators will be removed from the program, and replaced\n"
            "         with their out-of-place equivalents.\n"
            "     remove='mutations_and_views': In addition to the above, all aliasing operators {view} will be\n"
            "         replaced with their non-aliasing counterparts, {view}_copy.\n"
        )

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **kwargs)

    return wrapper


def stack_module_state(models: Sequence[Any]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """(parameters, buffers) of modules of one class, each stacked along a new first dim, for vmap over an ensemble.

    Parameters come as leaves that require grad where the modules' do. RuntimeError for no or mixed models. Source: torch.func.stack_module_state.
    """
    if len(models) == 0:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if not (all(m.training for m in models) or all(not m.training for m in models)):
        raise RuntimeError("stack_module_state: Expected all models to have the same training/eval mode.")
    if any(type(m) is not type(models[0]) for m in models):
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    params = _stacked([dict(m.named_parameters()) for m in models])
    return params, _stacked([dict(m.named_buffers()) for m in models])


def _stacked(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    made = {}
    for name, first in states[0].items():
        values = [state[name] for state in states]
        if len({v.requires_grad for v in values}) > 1:
            raise RuntimeError(f"Expected {name} from each model to have the same .requires_grad")
        made[name] = torch.stack([v.detach() for v in values]).requires_grad_(first.requires_grad)
    return made


def active() -> bool:
    """Whether a transform runs on this thread."""
    return bool(TL.st.levels)


__all__ = [
    "functionalize",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "linearize",
    "stack_module_state",
    "vjp",
    "vmap",
]
