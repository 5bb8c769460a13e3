"""Functions with transformations of their own, and values with their gradients, as users of functional array libraries write them.

`custom_function` decorates a function, its `vjp`, `jvp` and `vmap` methods decorate what transforms run in its place; signatures are those
of mlx.core. Underneath stands an `autograd.Function`, so all of it works in backward, in torch.func, and nested.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from . import func as transforms
from .function import Function
from .function_node import FLOAT
from .levels.tree import count, flatten, unflatten

Rule = Callable[..., Any]


def value_and_grad(
    fun: Callable[..., Any], argnums: int | Sequence[int] | None = None, argnames: str | Sequence[str] = ()
) -> Callable[..., Any]:
    """A function that returns (value, gradient) of `fun`, which returns a 0-dim tensor, or a tuple that begins with one.

    argnums: positions of the arguments to differentiate by (default 0, or none where argnames are given); argnames: names of keyword
    arguments. The gradient is a tree like the argument; a tuple of those for several positions; with argnames (that, {name: gradient}).
    ValueError where there is nothing to differentiate by.
    """
    names = (argnames,) if isinstance(argnames, str) else tuple(argnames)
    if argnums is None and not names:
        argnums = 0
    places = () if argnums is None else (argnums,) if isinstance(argnums, int) else tuple(argnums)
    if not places and not names:
        raise ValueError("value_and_grad: expected positions or names of arguments to differentiate by; got none of either")

    @functools.wraps(fun, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        missing = [name for name in names if name not in kwargs]
        if missing or any(not -len(args) <= place < len(args) for place in places):
            raise ValueError(
                f"value_and_grad: expected arguments at {places} and keyword arguments {names}; got {len(args)} and {tuple(kwargs)}"
            )

        def chosen(wanted: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, Any]:
            given = list(args)
            for place, value in zip(places, wanted, strict=True):
                given[place] = value
            out = fun(*given, **{**kwargs, **named})
            return out[0] if isinstance(out, tuple) else out, out

        inputs = tuple([args[place] for place in places]), {name: kwargs[name] for name in names}
        (by_place, by_name), (_, value) = transforms.grad_and_value(chosen, argnums=(0, 1), has_aux=True)(*inputs)
        found = by_place if not isinstance(argnums, int) else by_place[0]
        return value, ((found, by_name) if names and places else by_name if names else found)

    return wrapper


class custom_function:
    """Decorator: a function of tensors (and trees of them) whose transformations may be written by hand.

    vjp    `f_vjp(primals, cotangents, outputs)` returns gradients like `primals`
    jvp    `f_jvp(primals, tangents)` returns tangents like the outputs
    vmap   `f_vmap(inputs, axes)` returns (outputs, their axes); an axis is None where all examples share a tensor

    Each is optional, and the default is the function's own. Where the function has one argument, `primals`, `tangents`, `inputs` and
    `axes` are that argument's. What the function captures counts as constant wherever a rule is written.
    """

    def __init__(self, fun: Callable[..., Any]) -> None:
        self.fun = fun
        self._rules: dict[str, Rule] = {}
        functools.update_wrapper(self, fun)

    def vjp(self, rule: Rule) -> Rule:
        """Decorator of the rule for backward."""
        self._rules["vjp"] = rule
        return rule

    def jvp(self, rule: Rule) -> Rule:
        """Decorator of the rule for forward mode."""
        self._rules["jvp"] = rule
        return rule

    def vmap(self, rule: Rule) -> Rule:
        """Decorator of the rule for batches."""
        self._rules["vmap"] = rule
        return rule

    def __call__(self, *args: Any) -> Any:
        if not self._rules:
            return self.fun(*args)
        leaves, spec = flatten(list(args))
        call = _Call(self.fun, self._rules, spec)
        out = _function_of(call).apply(*leaves)
        return unflatten(out, call.out_spec)


class _Call:
    """One call: the function, its rules, and how arguments and outputs are laid out."""

    def __init__(self, fun: Callable[..., Any], rules: dict[str, Rule], spec: Any) -> None:
        self.fun, self.rules, self.spec = fun, rules, spec
        self.out_spec: Any = None

    def given(self, leaves: Sequence[Any]) -> Any:
        """Leaves as a rule sees them: one argument bare, several as a tuple."""
        args = unflatten(leaves, self.spec)
        return args[0] if len(args) == 1 else tuple(args)

    def flat(self, *leaves: Any) -> tuple[Tensor, ...]:
        """The function over leaves, its outputs flat."""
        out, self.out_spec = flatten(self.fun(*unflatten(leaves, self.spec)))
        return tuple(out)

    def like_inputs(self, made: Any, what: str) -> list[Any]:
        """What a rule returned for its arguments, flat; None stands for a whole argument. ValueError where it has another shape."""
        children = self.spec[1]
        parts = [made] if len(children) == 1 else list(made) if isinstance(made, (tuple, list)) else [made]
        if len(parts) != len(children):
            raise ValueError(f"custom_function: its {what} returned {len(parts)} results for {len(children)} arguments")
        found: list[Any] = []
        for part, child in zip(parts, children, strict=True):
            leaves = [None] * count(child) if part is None else flatten(part)[0]
            if len(leaves) != count(child):
                raise ValueError(f"custom_function: its {what} returned {len(leaves)} leaves for an argument of {count(child)}")
            found += leaves
        return found


def _by_default(call: _Call, leaves: Sequence[Any]) -> tuple[list[int], Callable[..., tuple[Tensor, ...]]]:
    """(places of the leaves that have derivatives, the function of these alone)."""
    at = [i for i, t in enumerate(leaves) if isinstance(t, Tensor) and t._k & FLOAT]

    def only(*values: Tensor) -> tuple[Tensor, ...]:
        full = list(leaves)
        for i, value in zip(at, values, strict=True):
            full[i] = value
        return call.flat(*full)

    return at, only


def _backward(call: _Call, leaves: Sequence[Any], outputs: Sequence[Any], grads: Sequence[Any]) -> tuple[Any, ...]:
    rule = call.rules.get("vjp")
    if rule is not None:
        made = rule(call.given(leaves), unflatten(grads, call.out_spec), unflatten(outputs, call.out_spec))
        return tuple(call.like_inputs(made, "vjp"))
    at, only = _by_default(call, leaves)
    _, pull = transforms.vjp(only, *[leaves[i] for i in at])
    found: list[Any] = [None] * len(leaves)
    for i, g in zip(at, pull(tuple(grads)), strict=True):
        found[i] = g
    return tuple(found)


def _forward_mode(call: _Call, leaves: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, ...]:
    rule = call.rules.get("jvp")
    full = [
        torch.zeros_like(x) if t is None and isinstance(x, Tensor) and x._k & FLOAT else t
        for x, t in zip(leaves, tangents, strict=True)
    ]
    if rule is not None:
        return tuple(flatten(rule(call.given(leaves), call.given(full)))[0])
    at, only = _by_default(call, leaves)
    return tuple(transforms.jvp(only, tuple([leaves[i] for i in at]), tuple([full[i] for i in at]))[1])


def _function_of(call: _Call) -> type[Function]:
    """The Function of one call: its arguments are leaves, its outputs a tuple of leaves."""

    def forward(*leaves: Any) -> tuple[Tensor, ...]:
        return call.flat(*leaves)

    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx._kept = [None if isinstance(v, Tensor) else v for v in inputs]
        ctx._tensors_at = [i for i, v in enumerate(inputs) if isinstance(v, Tensor)]
        tensors = [inputs[i] for i in ctx._tensors_at]
        ctx.save_for_backward(*tensors, *output)
        ctx.save_for_forward(*tensors, *output)

    def leaves_of(ctx: Any) -> tuple[list[Any], list[Any]]:
        saved, count = list(ctx.saved_tensors), len(ctx._tensors_at)
        leaves = list(ctx._kept)
        for i, t in zip(ctx._tensors_at, saved[:count], strict=True):
            leaves[i] = t
        return leaves, saved[count:]

    def backward(ctx: Any, *grads: Any) -> tuple[Any, ...]:
        return _backward(call, *leaves_of(ctx), grads)

    def jvp(ctx: Any, *tangents: Any) -> tuple[Any, ...]:
        return _forward_mode(call, leaves_of(ctx)[0], tangents)

    def vmap(info: Any, in_dims: tuple[Any, ...], *leaves: Any) -> tuple[Any, Any]:
        out, axes = call.rules["vmap"](call.given(leaves), call.given(in_dims))
        made, call.out_spec = flatten(out)
        dims, _ = flatten(axes)
        return tuple(made), tuple(dims) if len(dims) == len(made) else tuple(dims * len(made))

    body: dict[str, Any] = {f.__name__: staticmethod(f) for f in (forward, setup_context, backward, jvp)}
    if "vmap" in call.rules:
        body["vmap"] = staticmethod(vmap)
    else:
        body["generate_vmap_rule"] = True
    return type(getattr(call.fun, "__name__", "custom_function"), (Function,), body)
