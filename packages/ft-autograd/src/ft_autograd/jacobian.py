"""Jacobians and Hessians as functions: a basis of directions through vjp or jvp, in vmap."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .levels.tree import flatten, unflatten
from .transforms import Argnums, jvp, picked, positions, vjp
from .vmap import vmap


def basis_of(tensors: list[Tensor]) -> tuple[list[Tensor], list[int]]:
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
    func: Callable[..., Any],
    argnums: Argnums = 0,
    *,
    has_aux: bool = False,
    chunk_size: int | None = None,
    _preallocate_and_copy: bool = False,
) -> Callable[..., Any]:
    """The Jacobian of `func` by reverse mode: one vjp per output element, `chunk_size` at a time (all at once by default).

    Entry by entry of the output's structure, the structure of the argument(s), each of shape out.shape + in.shape. Source:
    torch.func.jacrev.
    """
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError("jacrev: `chunk_size` should be greater than 0.")

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = positions(argnums, len(args))
        inner, primals = _partial(func, args, kwargs, places)
        output, pull, *aux = vjp(inner, *primals, has_aux=has_aux)
        outs, out_spec = flatten(output)
        basis, counts = basis_of(outs)
        rows = vmap(lambda *parts: pull(unflatten(parts, out_spec)), chunk_size=chunk_size)(*basis)
        per_input, in_spec = flatten(list(rows))
        split = [part.split(counts, 0) for part in per_input]
        made = []
        for i, out in enumerate(outs):
            parts = [s[i].reshape((*out.shape, *s[i].shape[1:])) for s in split]
            made.append(picked(argnums, unflatten(parts, in_spec)))
        found = unflatten(made, out_spec)
        return (found, aux[0]) if has_aux else found

    return wrapper


def _partial(
    func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], places: list[int]
) -> tuple[Callable[..., Any], list[Any]]:
    """`func` as a function of the arguments at `places` alone, and those arguments."""

    def inner(*primals: Any) -> Any:
        made = list(args)
        for i, p in zip(places, primals, strict=True):
            made[i] = p
        return func(*made, **kwargs)

    return inner, [args[i] for i in places]


def jacfwd(
    func: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, *, randomness: str = "error"
) -> Callable[..., Any]:
    """The Jacobian of `func` by forward mode: one jvp per input element, all at once. Structure as `jacrev`. Source:
    torch.func.jacfwd."""

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        places = positions(argnums, len(args))
        inner, primals = _partial(func, args, kwargs, places)
        flat, spec = flatten(tuple(primals))
        basis, counts = basis_of(flat)
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
            parts = [
                part.movedim(0, -1).reshape((*column.shape[1:], *x.shape))
                for part, x in zip(column.split(counts, 0), flat, strict=True)
            ]
            made.append(picked(argnums, list(unflatten(parts, spec))))
        found = unflatten(made, state["spec"])
        if not has_aux:
            return found
        return found, unflatten([t[0] for t in aux], state["aux"][1])

    return wrapper


def hessian(func: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """Second derivatives of `func`: forward mode over reverse mode. Source: torch.func.hessian."""
    return jacfwd(jacrev(func, argnums), argnums)
