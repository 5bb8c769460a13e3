"""vmap: a function of one example made one of a batch. Argument and result structures, dims and messages; the work is in
`levels.vmap_level`.

Source: torch.func.vmap (torch.vmap).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .levels.tree import broadcast_to, flatten, shown, unflatten
from .levels.vmap_level import VmapInterpreter

Dims = int | tuple[Any, ...] | None


def vmap(
    func: Callable[..., Any], in_dims: Any = 0, out_dims: Any = 0, randomness: str = "error", *, chunk_size: int | None = None
) -> Callable[..., Any]:
    """`func` over a batch: inputs are taken apart along `in_dims`, outputs put together along `out_dims`.

    in_dims      an int, or a structure like the positional arguments; None passes an argument whole. Keyword arguments are
                 mapped along dim 0
    out_dims     an int, or a structure like the outputs; None returns an output that no example changes
    randomness   "error", "same" numbers for all examples, or "different" ones
    chunk_size   examples at a time, all by default
    ValueError for dims that do not fit, RuntimeError for what cannot be batched (data-dependent control flow or shapes).
    """
    if randomness not in ("error", "different", "same"):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError(f"vmap: chunk_size should be None or greater than 0. (got {chunk_size})")

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        dims, leaves, spec, size = _checked(func, in_dims, args)
        named, named_spec = flatten(kwargs)
        named_dims = [0 if isinstance(t, Tensor) and t.ndim else None for t in named]
        for t, d in zip(named, named_dims, strict=True):
            if d is not None and t.shape[0] != size:
                raise ValueError(
                    f"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {[size, t.shape[0]]} "
                    f"for the mapped dimension"
                )
        dims, leaves = dims + named_dims, leaves + named
        call = _Call(func, spec, named_spec, len(leaves) - len(named), out_dims, randomness)
        if chunk_size is None or chunk_size >= size:
            return call(leaves, dims, size)
        parts = []
        for start in range(0, size, chunk_size):
            n = min(chunk_size, size - start)
            parts.append(call([t if d is None else t.narrow(d, start, n) for t, d in zip(leaves, dims, strict=True)], dims, n))
        return _joined(func, parts, out_dims)

    return wrapped


def _name(func: Any) -> str:
    return getattr(func, "__name__", repr(func))


def _checked(func: Any, in_dims: Any, args: tuple[Any, ...]) -> tuple[list[Any], list[Any], Any, int]:
    """(dims, leaves, structure, batch size) of the positional arguments."""
    head = f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): "
    if not isinstance(in_dims, (int, tuple, list)):
        raise ValueError(
            f"{head}expected `in_dims` to be int or a (potentially nested) tuple matching the structure of inputs, got: "
            f"{type(in_dims)}."
        )
    if not args:
        raise ValueError(
            f"vmap({_name(func)})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a "
            f"function with no inputs. The latter is unsupported."
        )
    leaves, spec = flatten(args)
    dims = broadcast_to(tuple(in_dims) if isinstance(in_dims, list) else in_dims, spec)
    if dims is None:
        raise ValueError(
            f"{head}in_dims is not compatible with the structure of `inputs`. in_dims has structure "
            f"{shown(flatten(in_dims)[1])} but inputs has structure {shown(spec)}."
        )
    made: list[int | None] = []
    sizes: list[int] = []
    for t, d in zip(leaves, dims, strict=True):
        if d is None:
            made.append(None)
            continue
        if not isinstance(d, int):
            raise ValueError(f"{head}Got in_dim={d} for an input but in_dim must be either an integer dimension or None.")
        if not isinstance(t, Tensor):
            raise ValueError(
                f"{head}Got in_dim={d} for an input but the input is of type {type(t)}. We cannot vmap over non-Tensor "
                f"arguments, please use None as the respective in_dim"
            )
        if not -t.ndim <= d < t.ndim:
            raise ValueError(
                f"{head}Got in_dim={d} for some input, but that input is a Tensor of dimensionality {t.ndim} so expected in_dim "
                f"to satisfy -{t.ndim} <= in_dim < {t.ndim}."
            )
        made.append(d % t.ndim)
        sizes.append(t.shape[d])
    if not sizes:
        raise ValueError(f"{head}at least one input must be mapped over: every in_dim is None")
    if len(set(sizes)) > 1:
        raise ValueError(
            f"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension"
        )
    return made, leaves, spec, sizes[0]


class _Call:
    """One batch through the function."""

    def __init__(self, func: Any, spec: Any, named_spec: Any, positional: int, out_dims: Any, randomness: str) -> None:
        self.func, self.spec, self.named_spec, self.positional = func, spec, named_spec, positional
        self.out_dims, self.randomness = out_dims, randomness

    def __call__(self, leaves: list[Any], dims: list[Any], size: int) -> Any:
        of = VmapInterpreter(size, self.randomness)
        with of:
            made = [t if d is None else of.split(t, d) for t, d in zip(leaves, dims, strict=True)]
            args = unflatten(made[: self.positional], self.spec)
            kwargs = unflatten(made[self.positional :], self.named_spec)
            out = self.func(*args, **kwargs)
        return self._put_together(of, out)

    def _put_together(self, of: VmapInterpreter, out: Any) -> Any:
        outs, spec = flatten(out)
        dims = _out_dims(self.func, self.out_dims, spec)
        made = []
        for t, d in zip(outs, dims, strict=True):
            if d is None:
                if of.owns(t):
                    raise ValueError(
                        f"vmap({_name(self.func)}, ...): `{_name(self.func)}` can not return a BatchedTensor when out_dim is None"
                    )
                made.append(t)
                continue
            if not isinstance(t, Tensor):
                raise ValueError(
                    f"vmap({_name(self.func)}, ...): `{_name(self.func)}` must only return Tensors, got type {type(t)}. "
                    "Did you mean to set out_dims= to None for output?"
                )
            payload = of.value(t) if of.owns(t) else t.expand((of.size, *t.shape))
            rank = payload.ndim
            if not -rank <= d < rank:
                raise IndexError(f"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {d})")
            made.append(payload if d % rank == 0 else payload.movedim(0, d))
        return unflatten(made, spec)


def _out_dims(func: Any, out_dims: Any, spec: Any) -> list[Any]:
    if not isinstance(out_dims, (int, tuple, list, dict, type(None))):
        raise ValueError(
            f"vmap({_name(func)}, ..., out_dims={out_dims}): `out_dims` must be an int, None or a structure of them like the outputs'"
        )
    dims = broadcast_to(tuple(out_dims) if isinstance(out_dims, list) else out_dims, spec)
    if dims is None and isinstance(out_dims, tuple) and len(out_dims) == 1 and spec == ("leaf",):
        dims = list(out_dims)
    if dims is None:
        raise ValueError(
            f"vmap({_name(func)}, ..., out_dims={out_dims})(<inputs>): out_dims is not compatible with the structure of `outputs`. out_dims has "
            f"structure {shown(flatten(out_dims)[1])} but outputs has structure {shown(spec)}."
        )
    return dims


def _joined(func: Any, parts: list[Any], out_dims: Any) -> Any:
    """Chunks put together: concatenated along their out_dim."""
    columns = [flatten(part) for part in parts]
    spec = columns[0][1]
    dims = _out_dims(func, out_dims, spec)
    made = []
    for i, d in enumerate(dims):
        column = [leaves[i] for leaves, _ in columns]
        made.append(column[0] if d is None else torch.cat(column, d))
    return unflatten(made, spec)
