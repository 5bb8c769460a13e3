"""Routes of calls with parameters and shapes: a memo behind the key knows what the careful road found out for such a call.

`install_general` serves ops over single tensors, `install_list` lists (cat, stack), `install_view` views, `install_fused` composites that have
a kernel, `install_filling` draws into a tensor. Routes that the key alone decides are in `routes`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_core.backend import Backend, Kernel, backend_for
from ft_core.keys import BELOW, DEVICE_OF, DEVICES, DTYPES, GRAD, IRREG, NOGRAD, VIEW

from .kinds import Kind
from .memory import RESHAPED
from .op import takes_limits
from .routes import Memo, dtypes_in, home, recording, served

if TYPE_CHECKING:
    from .op import Op


def install_general(op: Op, given: tuple[Any, ...], args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for an op with parameters: `given` are the arguments as the user wrote them, `args` the canonical ones."""
    if op.lists_at:
        install_list(op, given, args, k, result)
        return
    if takes_limits(op) and not any(isinstance(n, Tensor) for n in given[1:]):
        install_limits(op, given, k, result)
        return
    outs, backend = result if isinstance(result, tuple) else (result,), home(k)
    odd = IRREG if op.name in RESHAPED else IRREG | VIEW  # what looked like a view on the way is the result's own
    some = [t for t in outs if t is not None]  # a gradient nobody asked for is None
    if backend is None or not some or any(type(t) is not Tensor or t._k & odd for t in some):
        return
    if not all(args[i] is None or isinstance(args[i], Tensor) for i in op.tensor_at):
        return
    kernel = served(op, k, backend) or _memory_kernel(op, args, k, backend)
    if kernel is None or (kernel.layout != "any" and k & IRREG) or _miscast(op, k, outs):
        return
    if k & IRREG and any(args[i] is not None and args[i].ndim in (4, 5) for i in op.tensor_at):
        return  # the output may follow channels_last, which shapes alone do not tell
    if op.kind is Kind.ELEMENTWISE and (k & IRREG or any(d is not some[0].dtype for d in dtypes_in(k & DTYPES))):
        return
    recorded, recorder = recording(op, k)
    if recorded and (recorder is None or (op.n_outputs == 1 and outs[0].dtype.category < 2)):
        return  # integers made of what requires grad are not recorded, and the route would
    if op.kernel_checks:
        op.table[k] = (kernel.fn, backend.ALLOC, recorder, None, some[0]._k)
        return
    *_, memo = op.table.setdefault(k, (backend.ALLOC, recorder, _densify(backend), Memo()))
    tensors = [args[i] for i in op.tensor_at]
    ordered = [t for i, t in zip(op.tensor_at, tensors, strict=True) if not op.params[i].optional]
    ordered += [t for i, t in zip(op.tensor_at, tensors, strict=True) if op.params[i].optional]
    shapes = [None if t is None else t._a.shape for t in ordered]
    keys = tuple([None if t is None else t._k & ~VIEW for t in outs])
    ok = keys if op.n_outputs > 1 else keys[0]
    canonical_params = [args[i] for i in op.param_at]
    full = given + op.defaults[len(given) :]
    key = (*shapes, *[full[i] for i in op.param_at])
    if len(key) == 1:
        key = key[0]
    fn: Any = kernel.fn
    if kernel.short is not None and not k & IRREG:
        fn = kernel.short(*[x._a if isinstance(x, Tensor) else x for x in args]) or fn.__wrapped__
    memo.enter(key, (fn, ok, *canonical_params))


def _miscast(op: Op, k: int, outs: tuple[Tensor, ...]) -> bool:
    """Whether the kernel leaves it to the backend step to cast such results of such operands: a route has nobody to do it."""
    return (k & DTYPES, tuple([None if t is None else t.dtype for t in outs])) in op.miscast


def install_limits(op: Op, given: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for a floating tensor held between numbers outside the graph; the memo keeps the numbers as arrays."""
    backend, kind = home(k), given[0].dtype
    if backend is None or k & IRREG or recording(op, k)[0] or result.dtype is not kind or not kind.is_floating_point:
        return
    kernel = served(op, k, backend)
    if kernel is None:
        return
    limits = given[1:] + (None,) * (len(op.tensor_at) - len(given))
    _, _, memo = op.number_table.setdefault(k, (kernel.fn, backend.ALLOC, Memo()))
    arrays = [None if n is None else backend.scalar(n, kind) for n in limits]
    memo.enter((*limits, *map(type, limits)), (k & (DEVICES | DTYPES), *arrays))


def install_fused(op: Op, args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for a whole COMPOSITE, where the backend has a kernel for it and, if it is recorded, autograd a recorder."""
    backend, lacking = home(k), any(t is None for t in args)
    if backend is None or result._k & IRREG or len(dtypes_in(k & DTYPES)) != 1:
        return
    kernel = served(op, k, backend)
    if kernel is None:
        return
    recorded, recorder = recording(op, k)
    if recorded and (recorder is None or lacking):  # the one node stands for pieces that take all operands
        return
    op.table[~k if lacking else k] = (
        kernel.fn,
        backend.ALLOC,
        result._k & ~VIEW,
        recorder,
    )  # the pieces may end in a view of what they computed


def _memory_kernel(op: Op, args: tuple[Any, ...], k: int, backend: Backend) -> Kernel | None:
    """Copies in another dtype and temporaries in another shape, as a kernel over a regular array."""
    make, dtypes = RESHAPED.get(op.name), dtypes_in(k & DTYPES)
    if make is None or k & IRREG or len(dtypes) != 1:
        return None
    fn = make(backend, dtypes[0], args)
    return None if fn is None else Kernel(op.name, fn, None, "native", False, "any", (), None, None)


def install_list(op: Op, given: tuple[Any, ...], args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for an op over a list of regular tensors of one dtype (cat, stack)."""
    backend = home(k)
    if backend is None or k & IRREG or len(dtypes_in(k & DTYPES)) != 1:
        return
    kernel = served(op, k, backend)
    if kernel is None or _miscast(op, k, (result,)):
        return
    recorded, recorder = recording(op, k)
    if recorded and recorder is None:
        return
    *_, memo = op.table.setdefault(k, (kernel.fn, backend.ALLOC, recorder, None, Memo()))
    full = given + op.defaults[len(given) :]
    memo.enter((tuple([t._a.shape for t in given[0]]), *full[1:]), (result._k, *args[1:]))


def install_filling(op: Op, given: tuple[Any, ...], args: tuple[Any, ...], k: int) -> None:
    """Leave a route for draws into a regular tensor outside the graph: the kernel, and the parameters that were checked."""
    backend = home(k)
    if backend is None or k & (VIEW | IRREG) or (k & GRAD and not k & (NOGRAD | BELOW)):
        return
    kernel = served(op, k, backend)
    if kernel is None or 0 not in kernel.inplace:
        return
    _, memo = op.inplace_table.setdefault(k, (kernel.fn, Memo()))
    memo.enter(given[1:-1], args[1:-1])


def install_view(op: Op, given: tuple[Any, ...], args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a plan for a VIEW op: from the input's shape (and strides, if irregular) and the parameters to sizes, strides and offset."""
    x = args[0]
    several = op.n_outputs == -1
    if any(t.dtype is not x.dtype for t in (result if several else (result,))):
        return
    if op.base == "as_strided":
        return  # its offset counts from the storage's beginning and its bounds are the storage's: neither follows from the shape
    where = DEVICE_OF.get(k & DEVICES)
    if where is None or not backend_for(where).aliasing:
        return
    recorded, recorder = recording(op, k)
    if recorded and recorder is None:
        return
    _, memo = op.table.setdefault(k, (recorder, Memo()))
    full = given + op.defaults[len(given) :]
    key = (x._a.shape, x._strides if x._k & IRREG else None, *full[1:])
    grad, backend = k & GRAD if recorder else 0, backend_for(where)
    if several:
        if 0 < len(result) <= 64:
            memo.enter(key, [_plan(op, x, (*args[1:], i), t, backend, grad) for i, t in enumerate(result)])
        return
    memo.enter(key, _plan(op, x, args[1:], result, backend, grad))


def _plan(op: Op, x: Tensor, params: tuple[Any, ...], view: Tensor, backend: Backend, grad: int) -> tuple[Any, ...]:
    """What `views.view_by_plan` needs to make `view`, which lies in `x`, of a tensor shaped like `x`."""
    return (params, *plan_of(((op, params),), x, view, backend, grad, _native_view(backend, op, x, params, view)))


def plan_of(links: tuple[Any, ...], x: Tensor, view: Tensor, backend: Backend, grad: int, native: Any) -> tuple[Any, ...]:
    """The rest of a plan: chain of views, strides, distance, key, and how to get the array: by place, or by `native` (function, argument)."""
    bits = view._k & ~GRAD
    strides = view._strides if bits & IRREG else None
    place = backend.placing(x.dtype, tuple(view._a.shape), view.stride()) if native is None else None
    return (links, strides, view._off - x._off, bits | grad, place, *(native or (None, None)))


def _native_view(backend: Backend, op: Op, x: Tensor, params: tuple[Any, ...], result: Tensor) -> tuple[Any, ...] | None:
    """The backend's own way to this view (`a.transpose`, (1, 0)), if it has one and it gave the same place as the op's map."""
    kernel = backend.kernels.get(op.name)
    if kernel is None or kernel.native is None:
        return None
    native: Any = kernel.native(x._a, *params)
    return native if lies_alike(native[0](x._a, native[1]), result._a) else None


def lies_alike(made: Any, wanted: Any) -> bool:
    """Whether two arrays are the same elements of one memory."""
    if type(made) is not type(wanted) or made.shape != wanted.shape or made.strides != wanted.strides:
        return False
    return made.size == 0 or made.__array_interface__["data"] == wanted.__array_interface__["data"]


def _densify(backend: Backend) -> Callable[[Any], Any]:
    contiguous: Any = backend.contiguous  # a copy needs no dtype
    return lambda array: contiguous(array, None)
