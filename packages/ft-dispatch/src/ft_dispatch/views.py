"""VIEW ops: a tensor over the same memory, from the op's map of sizes, strides and offset.

The map is all a VIEW op states; forward, write-through and the check for overlap come from it. A view remembers its base (never itself a view),
the chain of ops that leads there, and the version at which its node was made; autograd re-reads the base when that version is
old. On a backend without aliasing the kernel makes a fresh array and `functionalise` keeps base and views in step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_core.backend import Backend, backend_for
from ft_core.keys import DTYPES, GRAD, INFER, INFERENCE, IRREG, LEVEL, NOGRAD, TRACED, VIEW
from ft_core.layout import contiguous_strides
from ft_core.storage import storage_of, version_cell
from ft_core.tensor import new

if TYPE_CHECKING:
    from ft_core import UntypedStorage, dtype
    from ft_core.state import State

    from .op import Op

IN_NO_GRAD, MULTI, IN_INFERENCE, IN_CUSTOM = 1, 2, 3, 4  # how a view came to be, which decides whether it may be written to later


def owned(t: Tensor) -> Tensor:
    """`t`, a view of a temporary that nobody else holds, as a tensor of its own: the rules for writes into views are not for it."""
    if t.__class__ is Tensor and t._base is not None and not t._k & LEVEL:
        t._base = t._ver = None  # nor does a write into it count as one into what the temporary's maker saved
        t._k &= ~VIEW
    return t


def apply(op: Op, args: tuple[Any, ...], st: State) -> Any:
    """Run a VIEW op whose first argument is the tensor viewed."""
    x = args[0]
    placed = op.view_rule(tuple(x._a.shape), x.stride(), x.storage_offset(), *args[1:], **_facts(op, x))
    if op.n_outputs == -1:
        return [view_of(x, op, args[1:] + (i,), place, st, MULTI) for i, place in enumerate(placed)]
    return view_of(x, op, args[1:], placed, st)


def _facts(op: Op, x: Tensor) -> dict[str, Any]:
    return {"dtype_of_self": x.dtype} if op.view_rule.__code__.co_flags & 8 else {}


def view_of(x: Tensor, op: Op, params: tuple[Any, ...], place: tuple[Any, ...], st: State, creation: int = 0) -> Tensor:
    """The view of `x` at `place` = (sizes, strides, offset[, dtype]), all in elements."""
    sizes, strides, offset = place[:3]
    kind = x.dtype if len(place) == 3 else place[3]
    o = new(Tensor)
    o._storage = storage = storage_of(x)
    o._off = offset
    if x._k & TRACED:
        from .trace.recorder import backend_of_trace  # noqa: PLC0415  # loaded with the first capture

        backend: Backend = backend_of_trace()
    else:
        backend = backend_for(storage.device)
    if op.base == "as_strided" and 0 not in sizes:
        _check_bounds(storage, kind, sizes, strides, offset)
    if backend.aliasing:  # a kernel for a VIEW op is here a shorter road to the same array, taken once it is known to agree
        o._a = backend.strided_view(storage.root, kind, sizes, strides, offset)
    else:
        from .functionalise import view_array  # noqa: PLC0415  # only backends without aliasing need it

        o._a = view_array(backend, op, x, params, kind, (sizes, strides, offset), st)
        o._gen = storage.generation
    k = x._k & ~(GRAD | VIEW | IRREG | DTYPES) | kind.bit
    if 0 in sizes or strides != contiguous_strides(sizes):
        k |= IRREG
        o._strides = strides
    o._grad = o._node = None
    if x._k & INFER:
        o._ver = None
        o._base = x if x._base is None else x._base
        o._viewfn = ()
        o._creation = IN_INFERENCE
    else:
        o._ver = cell = version_cell(x)
        base = x._base
        o._base = x if base is None else base
        o._viewfn = ((op, params),) if base is None else (*x._viewfn, (op, params))
        o._vver = cell[0]
        inherited = 0 if base is None else x._creation
        o._creation = inherited or (IN_NO_GRAD if st.bits & NOGRAD else creation)
        if st.bits & INFERENCE:
            o._creation = IN_INFERENCE
        if kind.category >= 2:
            k |= VIEW
    o._k = k
    return o


def _check_bounds(storage: UntypedStorage, kind: dtype, sizes: Any, strides: Any, offset: int) -> None:
    """as_strided reaches the whole storage and nothing beyond it; on meta there is no memory to leave, and torch lets any place pass."""
    if storage.device.type == "meta":
        return
    needed = (offset + 1 + sum((n - 1) * step for n, step in zip(sizes, strides, strict=True))) * kind.itemsize
    if needed > storage.nbytes():
        raise RuntimeError(
            f"setStorage: sizes {list(sizes)}, strides {list(strides)}, storage offset {offset}, and itemsize {kind.itemsize} requiring a "
            f"storage size of {needed} are out of bounds for storage of size {storage.nbytes()}"
        )


def view_by_plan(x: Tensor, plan: tuple[Any, ...], st: State, creation: int = 0) -> Tensor:
    """A view whose place is known from an earlier call with the same shapes (see `memo_routes.install_view`)."""
    _, links, strides, delta, bits, place, native, argument = plan
    o = new(Tensor)
    storage = x._storage
    o._storage = storage = storage_of(x) if storage is None else storage
    o._off = offset = x._off + delta
    o._a = native(x._a, argument) if place is None else place(storage.root, offset)
    o._k = bits
    if strides is not None:
        o._strides = strides
    cell = x._ver
    o._ver = cell = version_cell(x) if cell is None else cell
    o._vver = cell[0]
    o._grad = o._node = None
    base = x._base
    if base is None:
        o._base = x
        o._viewfn = links
        o._creation = IN_NO_GRAD if st.bits & NOGRAD else creation
    else:
        o._base = base
        o._viewfn = x._viewfn + links
        o._creation = x._creation or (IN_NO_GRAD if st.bits & NOGRAD else creation)
    return o


def replay(base: Tensor, chain: tuple[Any, ...]) -> Tensor:
    """The view that `chain` makes of `base`, as ops (recorded if the mode says so)."""
    value = base
    for op, params in chain:
        value = step(op, value, params)
    return value


def step(op: Op, value: Tensor, params: tuple[Any, ...]) -> Tensor:
    """One link of a chain; the last parameter of a multi-output op is which output."""
    if op.n_outputs == -1:
        return op(value, *params[:-1])[params[-1]]
    return op(value, *params)


def put(base: Tensor, value: Tensor, chain: tuple[Any, ...]) -> Tensor:
    """`base` with the part that `chain` views replaced by `value`, functionally."""
    op, params = chain[0]
    if len(chain) > 1:
        value = put(step(op, base, params), value, chain[1:])
    if op.put_rule is None:
        raise RuntimeError(f"put: aten::{op.name} has no inverse write; state it with @{op.python_name}.put in ops/{op.family}.py")
    return op.put_rule(base, value, *params)
