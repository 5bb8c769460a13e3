"""Views and in-place writes for backends whose arrays never change (lists, JAX, MLX).

There a storage holds the current array, whole and in C order, and a generation that rises with every write. A view is a place in it
(sizes, strides, offset) and the generation at which its array was read; a write makes a new root, and base and siblings read theirs
again when they are next used. Two kernels serve every VIEW op: `as_strided` (read a place) and `as_strided_scatter` (a copy of the
root with a place replaced); a kernel under the op's own name is used for reading where the backend brings one, since slicing beats
gathering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor, upcalls
from ft_core.backend import Backend, backend_for
from ft_core.errors import NoRouteError
from ft_core.layout import contiguous_strides
from ft_core.state import TL

if TYPE_CHECKING:
    from ft_core import dtype
    from ft_core.state import State

    from .op import Op

Place = tuple[tuple[int, ...], tuple[int, ...], int]


def refresh(op: Op, args: tuple[Any, ...]) -> None:
    """Bring every tensor among the arguments up to date with its storage."""
    for i in op.tensor_at:
        if isinstance(args[i], Tensor):
            refresh_tensor(args[i])
    for i in op.lists_at:
        for t in args[i] or ():
            if isinstance(t, Tensor):
                refresh_tensor(t)


def refresh_tensor(t: Tensor) -> None:
    """Read `t`'s array again if its storage was written through an alias since."""
    storage = t._storage
    if storage is None or getattr(t, "_gen", 0) == storage.generation:
        return
    backend = backend_for(storage.device)
    if backend.aliasing:
        return  # the generation rose because the memory moved, and whoever moved it told the aliases
    t._a = read(backend, storage.root, _place(t))
    t._gen = storage.generation


def _place(t: Tensor) -> Place:
    return tuple(t._a.shape), tuple(t.stride()), t._off


def _is_all(root: Any, place: Place) -> bool:
    sizes, strides, offset = place
    count = 1
    for n in sizes:
        count *= n
    return offset == 0 and count == root.size and strides == contiguous_strides(sizes)


def read(backend: Backend, root: Any, place: Place) -> Any:
    """The array at a place of a root."""
    if _is_all(root, place) and tuple(root.shape) == place[0]:
        return root
    return _run(backend, "as_strided", root, *place)


def _run(backend: Backend, name: str, *args: Any) -> Any:
    kernel = backend.kernels.get(name)
    if kernel is None:
        raise NoRouteError(
            f"{name}: backend {backend.name} does not alias memory, so views and in-place writes need a kernel of this name; "
            f"write it with @kernels.kernel({name!r})"
        )
    return TL.st.run(kernel.fn, *args, out=backend.ALLOC)


def view_array(backend: Backend, op: Op, x: Tensor, params: tuple[Any, ...], kind: dtype, place: Place, st: State) -> Any:
    """The array of the view that `op` makes of `x`: by the op's own kernel where there is one, else read from the root.

    Raises NotImplementedError for a view of another dtype: arrays that do not alias have no bytes to read anew.
    """
    if kind is not x.dtype:
        raise NotImplementedError(
            f"{op.base}: a view of {x.dtype} as {kind} reads bytes, which backend {backend.name} does not share; "
            "copy with .to() instead"
        )
    kernel = backend.kernels.get(op.name)
    if kernel is None or op.n_outputs == -1 or op.name == "as_strided":  # which reaches beyond x, over the whole root
        return read(backend, x._storage.root, place)  # type: ignore[union-attr]  # view_of has just made the storage
    return st.run(kernel.fn, x._a, *params, out=backend.ALLOC)


def write_through(x: Tensor, value: Tensor) -> None:
    """Let `x` hold `value` (of its shape), and every alias of x what that means for it. The version is the caller's affair."""
    backend = backend_for(x.device)
    array = value._a
    if value.dtype is not x.dtype:
        array = TL.st.run(backend.cast, array, value.dtype, x.dtype)
    storage = x._storage
    if storage is not None:
        place = _place(x)
        storage.root = array if _is_all(storage.root, place) else _run(backend, "as_strided_scatter", storage.root, array, *place)
        storage.generation += 1
        x._gen = storage.generation
    x._a = array


upcalls.fill(refresh_alias=refresh_tensor)
