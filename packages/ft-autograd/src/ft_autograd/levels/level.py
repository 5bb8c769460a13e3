"""Level tensors and the stack of transforms.

A `Level` is a Tensor whose payload is a Tensor: what it looks like to the user (shape, strides, device) is what its transform
says. An op on one, or any op while a transform of torch.func runs, comes to `level`, which hands it to the innermost
transform; that one unwraps its own tensors, runs the op again with itself off the stack, and wraps the result. A Level whose
transform is not on the stack stands for its value. DECISIONS 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Size, Tensor
from ft_core.keys import BELOW, CONJ, FLAGS, FUNC, GRAD, LEVEL, MODES, NEG, NOGRAD
from ft_core.state import TL
from ft_dispatch.execute import mapped
from ft_dispatch.inplace import call_inplace

if TYPE_CHECKING:
    from ft_core.state import State
    from ft_dispatch.op import Op

_KEPT = ~(FLAGS | MODES) | CONJ | NEG  # what a level tensor's key says of its payload: device, dtype, layout


class Level(Tensor):
    """A tensor as one transform sees it. `_a` is the tensor below, `_of` the transform's interpreter."""

    _of: Interpreter

    @property
    def shape(self) -> Size:
        """Size of every dimension the user sees."""
        return Size(self._a.shape)

    def stride(self, dim: int | None = None) -> Any:
        """Step in elements along every dimension, or along one."""
        strides = self._a.stride()
        return strides if dim is None else strides[dim]

    def is_contiguous(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the elements lie in memory in order."""
        return self._a.is_contiguous(*args, **kwargs)

    def storage_offset(self) -> int:
        """First element's position in the storage below."""
        return self._a.storage_offset()

    def untyped_storage(self) -> Any:
        """The memory below, which the wrapper shares."""
        return self._a.untyped_storage()

    def data_ptr(self) -> int:
        """Address of the first element of the tensor below."""
        return self._a.data_ptr()

    @property
    def requires_grad(self) -> bool:
        """Whether its transform records operations on it."""
        return bool(self._k & GRAD)

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """RuntimeError: inside a transform, what is differentiated is the transform's argument."""
        raise RuntimeError(
            "You are attempting to call Tensor.requires_grad_() (or perhaps using torch.autograd.functional.* APIs) inside of a "
            "function being transformed by a functorch transform. This is unsupported, please attempt to use the functorch transforms (e.g. grad, "
            "vjp, jacrev, jacfwd, hessian) or call requires_grad_() outside of a function being transformed instead."
        )

    @property
    def grad_fn(self) -> Any:
        """The node of the transform's own graph."""
        self._of.refresh(self)
        return None if self._node is None else self._node.public()

    @property
    def is_leaf(self) -> bool:
        """Whether nothing in the transform's graph produced it."""
        return self._node is None

    def detach(self) -> Tensor:
        """The same values without history at this level and below."""
        return self._of.detach(self)

    @property
    def data(self) -> Tensor:
        """Like `detach`."""
        return self._of.detach(self)

    @data.setter
    def data(self, value: Tensor) -> None:
        raise RuntimeError("Tensor.data cannot be assigned inside a function being transformed; write into the tensor with copy_()")

    def shadow(self) -> Any:
        """Another wrapper of the same payload, without history (what a node saves of its own output)."""
        return wrapped(type(self), self._of, self._a)

    def item(self) -> Any:
        """The single value as a Python number, where the transform allows it to be seen."""
        return self._of.reveal(self, "item").item()

    def tolist(self) -> Any:
        """Nested lists of numbers, where the transform allows them to be seen."""
        return self._of.reveal(self, "tolist").tolist()

    def numpy(self, *, force: bool = False) -> Any:
        """A NumPy array of the values, where the transform allows them to be seen and no derivative is lost by that."""
        if self._k & GRAD and not force:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
        return self._of.reveal(self, "numpy").numpy(force=force)

    def __bool__(self) -> bool:
        return bool(self._of.reveal(self, "bool"))

    def __repr__(self, *, tensor_contents: str | None = None) -> str:  # type: ignore[override]  # mypy drops the name in dunders
        return self._of.describe(self)


class Interpreter:
    """One running transform: its place on the stack, and the mode bits that hold below it."""

    name = "transform"

    def __init__(self) -> None:
        self.below_bits = 0
        self.depth = 0

    # -- the stack -----------------------------------------------------------------------------------------------

    functional = True  # whether every op goes to it (torch.func), or only those on its own tensors (dual_level)

    def __enter__(self) -> Any:
        st = TL.st
        self.below_bits = st.bits
        st.levels.append(self)
        self.depth = len(st.levels)
        st.bits = st.bits & ~BELOW | (FUNC if self.functional else 0)
        return self

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.levels.remove(self)
        st.bits = self.below_bits

    def bits_below(self, bits: int) -> int:
        """Mode bits for the level below: FUNC as it was there, recording off where it was off here or there."""
        return bits & ~FUNC | self.below_bits & (FUNC | NOGRAD)

    def below(self) -> Lowered:
        """A context in which this transform is off the stack."""
        return Lowered(self)

    # -- what a transform says -----------------------------------------------------------------------------------

    def process(self, op: Op, args: tuple[Any, ...], st: State) -> Any:
        """Run one op; Levels of other transforms among `args` belong to levels below."""
        raise NotImplementedError

    def process_inplace(self, op: Op, args: tuple[Any, ...], st: State) -> Tensor:
        """Run one in-place op on args[0] and return it."""
        raise NotImplementedError

    def refresh(self, t: Level) -> None:
        """Bring a view up to date with its base."""

    def detach(self, t: Level) -> Tensor:
        """The tensor without history."""
        raise NotImplementedError

    def reveal(self, t: Level, what: str) -> Tensor:
        """The tensor below, before its data goes to Python."""
        return t._a

    def resize(self, t: Level, shape: tuple[int, ...], memory_format: Any) -> None:
        """`resize_` of a tensor of this level: of what it stands for, where no derivative is lost by that."""
        if t._k & GRAD:
            raise RuntimeError("cannot resize variables that require grad")
        with self.below():
            t._a.resize_(shape, memory_format=memory_format)

    def describe(self, t: Level) -> str:
        """repr of a tensor of this level."""
        raise NotImplementedError

    def owns(self, t: Any) -> bool:
        """Whether `t` is one of this transform's tensors."""
        return isinstance(t, Level) and t._of is self

    def value(self, t: Any) -> Any:
        """What is below `t` if it is this transform's, else `t`."""
        return t._a if isinstance(t, Level) and t._of is self else t

    def escaped(self, t: Level) -> Tensor:
        """What a tensor stands for when this transform is not running."""
        return t._a


class Lowered:
    """Takes a transform off the stack for a `with` block, and those inside it: detach reaches tensors of outer ones."""

    __slots__ = ("bits", "taken", "top")

    def __init__(self, top: Interpreter) -> None:
        self.top = top

    def __enter__(self) -> None:
        st = TL.st
        at = st.levels.index(self.top)
        self.taken = st.levels[at:]
        del st.levels[at:]
        self.bits = bits = st.bits
        for level in reversed(self.taken):
            bits = level.bits_below(bits)
        st.bits = bits

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.levels.extend(self.taken)
        st.bits = self.bits


def kept_key(k: int) -> int:
    """What the key of a level tensor takes over from its payload's."""
    return k & _KEPT


def wrapped(kind: type[Level], of: Interpreter, payload: Tensor) -> Any:
    """A level tensor of class `kind` around `payload`, without history."""
    o = object.__new__(kind)
    o._a = payload
    o._k = payload._k & _KEPT | LEVEL
    o._of = of
    o._ver = o._grad = o._base = o._storage = o._node = None
    o._creation = 0
    return o


def unwrap_strangers(op: Op, args: tuple[Any, ...], levels: list[Interpreter]) -> tuple[Any, ...]:
    """The arguments with Levels whose transform is not on the stack replaced by what they stand for."""

    def settled(t: Tensor) -> Tensor:
        while isinstance(t, Level) and t._of not in levels:
            t = t._of.escaped(t)
        return t

    return mapped(op, args, settled)


def settle(t: Any) -> Any:
    """A single value, with wrappers of transforms that do not run taken off."""
    levels = TL.st.levels
    while isinstance(t, Level) and t._of not in levels:
        t = t._of.escaped(t)
    return t


def level(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """ft_dispatch's door: the innermost transform interprets the op."""
    if k & LEVEL:
        args = unwrap_strangers(op, args, st.levels)
    if not st.levels:
        return op(*args)
    return st.levels[-1].process(op, args, st)


def level_inplace(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """The same for in-place ops; the tensor written is `args[0]`, and it is what comes back."""
    settled = unwrap_strangers(op, args, st.levels) if k & LEVEL else args
    if not st.levels:
        call_inplace(op, op.inplace_wrapper or op, settled)
    else:
        st.levels[-1].process_inplace(op, settled, st)
    return args[0]


def inplace_below(op: Op, args: tuple[Any, ...]) -> None:
    """Run the in-place form on tensors of the level below."""
    call_inplace(op, op.inplace_wrapper or op, args)
