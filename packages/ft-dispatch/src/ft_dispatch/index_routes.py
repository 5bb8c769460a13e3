"""Short roads of `x[index]` and `x[index] = value`: what a program asks of a small tensor again and again.

Reading by ints and slices is one view for the whole index, planned once per shape and index; reading by tensors has a route per key;
writing outside the graph is one write through the array. Whatever is unusual raises KeyError, or gives False, before anything is
changed: `indexing` then looks at it part by part.
"""

from __future__ import annotations

from operator import getitem
from typing import TYPE_CHECKING, Any

import numpy as np

from ft_core import Tensor
from ft_core.backend import backend_for
from ft_core.keys import BELOW, COMMON_DTYPES, CPU, DTYPE_BITS, DTYPES, GRAD, IRREG, NOGRAD, VIEW
from ft_core.state import TL
from ft_core.tensor import wrap

from .memo_routes import lies_alike, plan_of
from .routes import UNROUTED, Memo, home, outside_graph, recording, served
from .views import view_by_plan

if TYPE_CHECKING:
    from .op import Op

_PLAINLY = CPU | COMMON_DTYPES | GRAD | VIEW | IRREG | NOGRAD | BELOW
_PLACES = CPU | DTYPE_BITS["int64"] | DTYPE_BITS["bool"]
_LONG = CPU | DTYPE_BITS["int64"]
_BOUND = frozenset((int, type(None)))
_NUMBERS = frozenset((int, float, bool))
_plans: dict[int, Memo] = {}  # key -> (shape, strides, index) -> plan of a view
_picks: dict[
    tuple[int, int], tuple[Any, ...]
] = {}  # (key of the tensor, of the index tensors) -> (kernel, key of the result, recorder)


def key_of(index: Any) -> Any:
    """A tuple of ints, slices, None and `...`, or a slice, as something hashable. KeyError for an index with other parts in it."""
    if index.__class__ is slice:
        index = (index,)
    key: list[Any] = []
    for part in index:
        kind = part.__class__
        if kind is slice:
            start, stop, step = part.start, part.stop, part.step
            if not (start.__class__ in _BOUND and stop.__class__ in _BOUND and step.__class__ in _BOUND):
                raise KeyError
            key.append((start, stop, step))
        elif kind is int or part is None:
            key.append(part)
        elif part is Ellipsis:
            key.append("...")  # the object itself is no constant to a memo
        else:
            raise KeyError
    return tuple(key)


def viewed(x: Tensor, index: Any) -> Tensor:
    """x[index] by a plan. KeyError where there is none, or where autograd would see each part of the index."""
    st = TL.st
    k = x._k | st.bits
    memo = _plans[k]
    if k & (GRAD | VIEW) and not outside_graph(x, k):
        raise KeyError
    return view_by_plan(x, memo[x._a.shape, x._strides if k & IRREG else None, key_of(index)], st)


def plan_view(x: Tensor, index: Any, made: Tensor) -> None:
    """Leave a plan for such a view, `made` being what the parts of the index gave."""
    k = x._k | TL.st.bits
    if k & ~_PLAINLY or x._a.__class__ is not np.ndarray or not outside_graph(x, k) or made._base is None:
        return
    own = 0 if x._base is None else len(x._viewfn)
    try:
        key = key_of(index)
    except KeyError:
        return
    direct = index if index.__class__ is tuple else (index,)
    dots = direct.count(Ellipsis)  # NumPy takes one at most, and gives a number where there is none
    direct = direct if dots else (*direct, ...)
    native: Any = (getitem, direct) if dots < 2 and lies_alike(x._a[direct], made._a) else None
    if native is None and not (k | made._k) & IRREG and x._a.size == made._a.size:  # a new dimension has no stride for NumPy
        native = (np.ndarray.reshape, made._a.shape)
    plan = (None, *plan_of(made._viewfn[own:], x, made, backend_for(x.device), 0, native))
    _plans.setdefault(k, Memo()).enter((x._a.shape, x._strides if k & IRREG else None, key), plan)


def picked(op: Op, x: Tensor, indices: Any) -> Tensor:
    """`index` by tensors (None for a whole dim), with a route once such operands have been seen."""
    try:
        st, sub = TL.st, 0
        arrays: list[Any] = []
        for t in indices:
            if t is None:
                arrays.append(None)
            else:
                sub |= t._k
                arrays.append(t._a)
        kernel, key, rec = _picks[x._k | st.bits, sub]
        array = st.run(kernel, x._a, arrays, out=...)
        if array.size and array.flags.c_contiguous:
            made = wrap(array, key)
            return made if rec is None else rec(made, x, tuple(indices))  # type: ignore[no-any-return]
        return op.wrapper(x, indices)  # type: ignore[no-any-return]
    except (KeyError, AttributeError, IndexError, ValueError, RuntimeError):
        made = op.wrapper(x, indices)  # it has the words for what is wrong
    _leave_pick(op, x, indices, made)
    return made


def places(numbers: list[int]) -> Tensor:
    """Places given as Python's ints, on the CPU. OverflowError for one beyond 64 bits."""
    return wrap(np.array(numbers, np.int64), _LONG)


def _leave_pick(op: Op, x: Tensor, indices: Any, made: Tensor) -> None:
    st = TL.st
    sub = 0
    for t in indices:
        sub |= 0 if t is None else t._k
    k = x._k | st.bits
    if (k | sub) & (UNROUTED | IRREG | ~_PLAINLY) or sub & GRAD or made._k & IRREG or len(_picks) > 256:
        return
    backend = home(k)
    kernel = None if backend is None else served(op, k, backend)
    recorded, recorder = recording(op, k)
    if kernel is None or (recorded and recorder is None):
        return
    _picks[k, sub] = (kernel.fn, made._k & ~VIEW, recorder)


# -- writing -------------------------------------------------------------------------------------------------------------------


def _writable(x: Tensor, bits: int) -> bool:
    k = x._k | bits
    return not k & (~_PLAINLY | IRREG) and x._a.__class__ is np.ndarray and (not k & (GRAD | VIEW) or outside_graph(x, k))


def written(x: Tensor, index: Any, value: Any) -> bool:
    """Write into a regular tensor outside the graph, through its array; False, with nothing changed, for what has to be looked at."""
    st = TL.st
    if not _writable(x, st.bits):
        return False
    place = _place(x, index)
    if place is None:
        return False
    array = x._a
    try:
        if value.__class__ is Tensor:
            if not _readable(x, value, st.bits):
                return False
            if index.__class__ is Tensor:
                array[place] = value._a
            else:
                st.run(np.copyto, array[place], value._a)
        elif value.__class__ in _NUMBERS:
            target = np.empty((), array.dtype) if index.__class__ is Tensor else array[place]
            st.run(backend_for(x.device).kernels["fill.Scalar"].fn, target, value, out=target)
            if index.__class__ is Tensor:
                array[place] = target
        else:
            return False
    except (IndexError, ValueError, TypeError, RuntimeError):
        return False  # places and shapes are looked at before the first write
    cell = x._ver
    if cell is None:
        x._ver = [1]
    else:
        cell[0] += 1
    return True


def _place(x: Tensor, index: Any) -> Any:
    """The index as NumPy reads it, so that a part of the array comes out and never a number; None where NumPy and torch might differ."""
    kind = index.__class__
    if kind is int:
        return (index, ...)
    if kind is Tensor:
        plain = not index._k & ~_PLACES and index._a.__class__ is np.ndarray
        return index._a if plain and index._a.ndim and x._a.ndim else None
    if kind is not tuple and kind is not slice:
        return None
    for part in index if kind is tuple else (index,):
        if part.__class__ is slice:
            step = part.step
            if step is not None and (step.__class__ is not int or step < 1):
                return None
        elif part.__class__ is not int and part is not None and part is not Ellipsis:
            return None
    return index if kind is slice or Ellipsis in index else (*index, ...)


def _readable(x: Tensor, value: Tensor, bits: int) -> bool:
    """Whether the values of a tensor may be copied into `x` as they lie: of one dtype, in other memory, outside the graph."""
    k = value._k
    apart = value is not x and (value._storage is None or value._storage is not x._storage)
    plain = not k & ~_PLAINLY and not (k ^ x._k) & DTYPES and value._a.__class__ is np.ndarray
    return apart and plain and (not k & (GRAD | VIEW) or outside_graph(value, k | bits))
