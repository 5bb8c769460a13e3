"""vmap as a level: tensors carry a hidden dimension, always the first of the payload.

An op on them takes the first of: its batching rule (`@op.batch`, or a table of `batch_*`), the rule of its kind, its
decomposition (up here, in pieces that have rules), or a loop over the batch with a warning that names the op. Random ops
follow vmap's `randomness`.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from ft_core import Size, Tensor, contiguous_format
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.execute import mapped, tensors_of
from ft_dispatch.kinds import COMPOSITE, RANDOM

from .batch_rules import rule_for
from .level import Interpreter, Level, inplace_below, wrapped

if TYPE_CHECKING:
    from ft_core.state import State
    from ft_dispatch.op import Op


# torch refuses these; others whose shape depends on data run example by example, and have to give equal shapes
_SHAPED_BY_DATA = frozenset(("nonzero", "_unique2", "unique_dim", "unique_consecutive"))
LOOPED = frozenset(("argwhere",))  # example by example although there is a decomposition: its pieces are refused
_ARITHMETIC = frozenset(("add", "sub", "mul", "div", "copy", "fill", "masked_fill"))  # torch calls them by this in its message


class BatchedTensor(Level):
    """One example of a batch, as far as the user can see; the payload's first dimension is the batch."""

    @property
    def shape(self) -> Size:
        """Size of every dimension but the hidden one."""
        return Size(tuple(self._a.shape)[1:])

    @property
    def ndim(self) -> int:
        """Number of dimensions without the hidden one."""
        return self._a.ndim - 1

    def dim(self) -> int:
        """Number of dimensions without the hidden one."""
        return self._a.ndim - 1

    ndimension = dim

    def numel(self) -> int:
        """Number of elements of one example."""
        return self.shape.numel()

    nelement = numel

    def stride(self, dim: int | None = None) -> Any:
        """Steps of the visible dimensions."""
        strides = tuple(self._a.stride())[1:]
        return strides if dim is None else strides[dim]

    def new_zeros(self, *args: Any, **kwargs: Any) -> Tensor:
        """Zeros for every example: unlike `torch.zeros` inside vmap, they may be written to."""
        return self._each_its_own(super().new_zeros(*args, **kwargs))

    def new_ones(self, *args: Any, **kwargs: Any) -> Tensor:
        """Ones for every example."""
        return self._each_its_own(super().new_ones(*args, **kwargs))

    def new_full(self, *args: Any, **kwargs: Any) -> Tensor:
        """One number for every example."""
        return self._each_its_own(super().new_full(*args, **kwargs))

    def _each_its_own(self, made: Tensor) -> Tensor:
        of: Any = self._of
        if TL.st.levels[-1:] != [of] or of.owns(made):
            return made
        with of.below():
            return of.wrap(made.expand((of.size, *made.shape)).clone())

    def data_ptr(self) -> int:
        """RuntimeError: the examples have many addresses."""
        raise RuntimeError("Cannot access data pointer of Tensor that doesn't have storage: it stands for every example of a vmap")

    def untyped_storage(self) -> Any:
        """NotImplementedError: the examples share their memory."""
        raise NotImplementedError("Cannot access storage of BatchedTensorImpl: it stands for every example of a vmap")

    def is_contiguous(self, *args: Any, **kwargs: Any) -> bool:
        """Whether one example lies in memory in order."""
        return self._a.ndim > 1 and self._a.select(0, 0).is_contiguous(*args, **kwargs) if self._a.shape[0] else True


class VmapInterpreter(Interpreter):
    """One running vmap."""

    name = "vmap"

    def __init__(self, size: int, randomness: str = "error") -> None:
        super().__init__()
        self.size = size
        self.randomness = randomness

    def wrap(self, payload: Tensor) -> Any:
        """The examples along the payload's first dimension."""
        return wrapped(BatchedTensor, self, payload)

    def split(self, t: Tensor, dim: int) -> Any:
        """The examples along `dim` of `t`, a view."""
        return self.wrap(t if dim == 0 else t.movedim(dim, 0))

    def wrap_all(self, out: Any) -> Any:
        """Outputs of a rule: all of them batched."""
        if isinstance(out, Tensor):
            return self.wrap(out)
        made = [None if t is None else self.wrap(t) for t in out]
        return made if isinstance(out, list) else type(out)(*made) if hasattr(out, "_fields") else tuple(made)

    def batched(self, op: Op, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """For each argument whether it is batched here; a tuple of bools for a list."""
        made: list[Any] = [self.owns(a) for a in args]
        for i in op.lists_at:
            made[i] = tuple([self.owns(t) for t in args[i] or ()])
        return tuple(made)

    # -- ops -----------------------------------------------------------------------------------------------------

    def process(self, op: Op, args: tuple[Any, ...], st: State) -> Any:
        if draws(op):
            return self._random(op, args)
        if op.base in ("empty", "empty_like") and self.randomness != "error":
            return self._blank(op, args)
        if not any(self.owns(t) for t in tensors_of(op, args)):
            with self.below():
                return op(*args)
        rule = op.batch_rule or rule_for(op)
        if rule is None:
            if op.decomposition is not None and op.name not in LOOPED:
                return op.decomposition(*args)
            rule = self._loop
        inner, flags = mapped(op, args, self.value), self.batched(op, args)
        with self.below():
            out = rule(op, inner, flags, self.size)
        return self.wrap_all(out)

    def _blank(self, op: Op, args: tuple[Any, ...]) -> Any:
        """Uninitialised memory that random numbers may be drawn into: a row for every example, or one for all."""
        x = args[0]
        different = self.randomness == "different"
        with self.below():
            if op.base == "empty":
                return self.wrap(op((self.size, *x), *args[1:])) if different else op(*args)
            if not self.owns(x):
                return self.wrap(op(x.expand((self.size, *x.shape)), *args[1:])) if different else op(*args)
            return self.wrap(op(x._a, *args[1:])) if different else op(x._a.select(0, 0), *args[1:])

    def _loop(self, op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
        if op.name in _SHAPED_BY_DATA:
            raise RuntimeError(
                "vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over "
                f"aten::{op.base}. Compute it outside of vmap, or use a form with a fixed size (masks with torch.where)."
            )
        warnings.warn(
            f"There is a performance drop because we have not yet implemented the batching rule for aten::{op.name}. "
            f"It runs once per example; a rule for it goes into ft_autograd/levels, or @{op.python_name}.batch in "
            f"ft_dispatch/ops/{op.family}.py.",
            UserWarning,
            stacklevel=6,
        )
        return self._each(op, args, batched)

    def _each(self, op: Op, args: tuple[Any, ...], batched: tuple[Any, ...]) -> Any:
        """The op once per example, results stacked."""
        each = [op(*_example(op, args, batched, i)) for i in range(self.size)]
        if isinstance(each[0], Tensor):
            return torch.stack(each)
        columns = [None if column[0] is None else torch.stack(list(column)) for column in zip(*each, strict=True)]
        return columns if isinstance(each[0], list) else tuple(columns)

    def _random(self, op: Op, args: tuple[Any, ...]) -> Any:
        if self.randomness == "error":
            raise RuntimeError(
                "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' "
                "randomness flags on vmap or perform the randomness operation out of vmap"
            )
        inner = mapped(op, args, self.value)
        mine = any(self.owns(t) for t in tensors_of(op, args))
        if self.randomness == "same":
            if mine:
                raise RuntimeError(
                    "Vmap does not currently support same randomness with a batched tensor input. Please use different "
                    "randomness, or open an issue"
                )
            with self.below():
                return op(*inner)
        with self.below():
            if op.kind is RANDOM:
                return self.wrap_all(op(*self._spread(op, inner, args)))
            return self.wrap_all(self._each(op, inner, self.batched(op, args)))

    def _spread(self, op: Op, inner: tuple[Any, ...], args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Arguments of a random op so that every example draws its own numbers."""
        made = list(inner)
        for i in op.tensor_at:
            if isinstance(made[i], Tensor) and not self.owns(args[i]):
                made[i] = made[i].expand((self.size, *made[i].shape)).contiguous()
        return tuple(made)

    # -- in-place ------------------------------------------------------------------------------------------------

    def process_inplace(self, op: Op, args: tuple[Any, ...], st: State) -> Tensor:
        x = args[0]
        mine = self.owns(x)
        others = any(self.owns(t) for t in tensors_of(op, args))
        if draws(op):
            self._check_random_write(mine)
        if not mine and others:
            called = "inplace arithmetic" if op.base in _ARITHMETIC else f"aten::{op.base}_"
            raise RuntimeError(
                f"vmap: {called}(self, *extra_args) is not possible because there exists a Tensor `other` in extra_args that "
                f"has more elements than `self`. This happened due to `other` being vmapped over but `self` not being vmapped "
                f"over in a vmap. Please try to use out-of-place operators instead of "
                f"{called}. If said operator is being called inside the PyTorch framework, please file a bug report instead."
            )
        inner = mapped(op, args, self.value)
        if not mine or draws(op) or (len(tensors_of(op, args)) == 1 and op.kind is not COMPOSITE and _rank_free(op)):
            with self.below():
                inplace_below(op, inner)
            return x
        fresh = op.decomposition(*args) if op.kind is COMPOSITE and op.decomposition is not None else self.process(op, args, st)
        with self.below():
            x._a.copy_(self.value(fresh))
        return x

    def _check_random_write(self, mine: bool) -> None:
        if self.randomness == "error":
            raise RuntimeError(
                "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' "
                "randomness flags on vmap or perform the randomness operation out of vmap"
            )
        if not mine and self.randomness == "different":
            raise RuntimeError(
                "vmap: Cannot ask for different inplace randomness on an unbatched tensor. This will appear like same "
                "randomness. If this is necessary for your usage, please file an issue with functorch."
            )
        if mine and self.randomness == "same":
            raise RuntimeError(
                "Vmap does not currently support same randomness with a batched tensor input. Please use different randomness, "
                "or open an issue"
            )

    def reveal(self, t: Level, what: str) -> Tensor:
        if what == "bool":
            raise RuntimeError(
                "vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow. We don't support "
                "that yet, please file an issue at https://github.com/pytorch/pytorch/issues ."
            )
        if what == "item":
            raise RuntimeError(
                "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a "
                "Tensor, please try to rewrite what you're doing with other operations. If error is occurring somewhere inside "
                "PyTorch internals, please file a bug report."
            )
        raise RuntimeError(
            f"vmap: {what}() of a Tensor inside vmap: it stands for every example at once; return it and look at the result"
        )

    def detach(self, t: Level) -> Tensor:
        with self.below():
            inner = t._a.detach()
        return self.wrap(inner)

    def resize(self, t: Level, shape: tuple[int, ...], memory_format: Any) -> None:
        if memory_format is not contiguous_format:
            raise RuntimeError("resize_: batching rule only supports None or Contiguous MemoryFormat")
        strides = t._a.stride()
        if any(n > 1 and step > strides[0] for n, step in zip(t._a.shape, strides, strict=True)):
            raise RuntimeError(
                "NYI: resize_ batch rule for batch dim != 0; the examples must lie one behind the other in memory, as those of "
                f"in_dims=0 do; got strides {list(strides)} with the batch first"
            )
        with self.below():
            t._a.resize_((self.size, *shape))

    def escaped(self, t: Level) -> Tensor:
        raise RuntimeError(
            "Either your tensor may have escaped from inside a function being vmapped and this is a user error (see "
            "https://pytorch.org/functorch/stable/ux_limitations.html), or there is an internal error: its vmap is not running"
        )

    def describe(self, t: Level) -> str:
        return f"BatchedTensor(lvl={self.depth}, bdim=0, value={t._a!r})"


def draws(op: Op) -> bool:
    """Whether the op takes numbers from a generator."""
    return op.kind is RANDOM or any(p.base == "Generator" for p in op.params)


def _rank_free(op: Op) -> bool:
    """Whether the in-place op does the same to the payload as to every example: no dim, no shape among its parameters."""
    return op.kind.name == "ELEMENTWISE" or op.base in ("copy", "fill", "zero")


def _example(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], i: int) -> tuple[Any, ...]:
    made = list(args)
    for at, flag in enumerate(batched):
        if flag is True:
            made[at] = args[at].select(0, i)
        elif isinstance(flag, tuple):
            made[at] = tuple([t.select(0, i) if f else t for t, f in zip(args[at] or (), flag, strict=True)])
    return tuple(made)
