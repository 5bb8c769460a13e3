"""Arguments in canonical form: checked types, wrapped dims, tuples for int lists, numbers for Scalars.

Done once per slow call, right below `__torch_function__`, so that shape rules, gradient rules, batching rules and kernels all see one form. An
op's fixers are made on its first call from its signature; parameters that need nothing (bool, str, tensors) get none.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Generator, Parameter, Size, Tensor, device, dtype
from ft_core.dtype import PYTHON
from ft_core.layout import layout, memory_format

from .schema import Param

if TYPE_CHECKING:
    from .op import Op

Fixer = Callable[[Any, "tuple[Any, ...]"], Any]

_DIM_NAMES = frozenset({"dim", "dims", "dim0", "dim1", "axis", "axis0", "axis1"})


def canonical(op: Op, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """`args` (schema order, complete or short of trailing defaults) in canonical form. TypeError or IndexError as torch's parser."""
    n = len(op.params)
    if len(args) < n:
        args = args + op.defaults[len(args) :]
    fixers = op.__dict__.get("fixers")
    if fixers is None:
        fixers = op.__dict__["fixers"] = _fixers(op)
    if not fixers:
        return args
    fixed = list(args)
    for i, fix, right in fixers:
        value = fixed[i]
        if value.__class__ not in right:
            fixed[i] = fix(value, args)
    return tuple(fixed)


def settled(op: Op, args: tuple[Any, ...], k: int) -> tuple[Any, ...]:
    """`canonical`, and the parameters left in the op's table for the next call with the same ones (`remembers` in `op`)."""
    from .routes import UNROUTED, remember  # noqa: PLC0415  # routes imports what imports this module

    made = canonical(op, args)
    if not k & UNROUTED:
        given = tuple([args[i] for i in op.param_at])
        remember(op.table, given if len(given) > 1 else given[0], tuple([made[i] for i in op.param_at]))
    return made


def _fixers(op: Op) -> list[tuple[int, Fixer, tuple[type, ...]]]:
    """(position, fixer, classes whose instances need none)"""
    found = []
    for i, param in enumerate(op.params):
        fix = _fixer(op, i, param)
        if fix is not None:
            found.append((i, fix, _right(param)))
    return found


def _right(param: Param) -> tuple[type, ...]:
    if param.is_list or param.name in _DIM_NAMES:
        return ()
    return _RIGHT.get(param.base, ()) + ((type(None),) if param.optional else ())


def _fixer(op: Op, i: int, param: Param) -> Fixer | None:
    make = _MAKERS.get(param.base)
    if make is None:
        return None
    fix = make(op, i, param)
    if fix is None:
        return None
    return (lambda value, args: None if value is None else fix(value, args)) if param.optional else fix


def _wrong(op: Op, i: int, param: Param, expected: str, value: Any) -> TypeError:
    module = "numpy." if type(value).__module__ == "numpy" else ""
    name = "input" if param.name == "self" else param.name
    return TypeError(f"{op.base}(): argument '{name}' (position {i + 1}) must be {expected}, not {module}{type(value).__name__}")


def _tensor(op: Op, i: int, param: Param) -> Fixer:
    numbers = param.name in op.number_names

    def one(value: Any) -> Any:
        if isinstance(value, Tensor):
            return value
        if numbers and isinstance(value, (int, float, complex)):
            return value.item() if type(value).__module__ == "numpy" else value  # type: ignore[union-attr]  # float64 is a float
        raise _wrong(op, i, param, "Tensor", value)

    def operand(value: Any, args: tuple[Any, ...]) -> Any:
        if isinstance(value, Tensor):
            return value
        if not any(isinstance(args[at], Tensor) for at in op.tensor_at):
            got = ", ".join(type(args[at]).__name__ for at in op.tensor_at)
            raise TypeError(
                f"{op.base}() received an invalid combination of arguments - got ({got}), but expected a Tensor among them"
            )
        return one(value)

    if not param.is_list:
        return operand if numbers else lambda value, args: one(value)

    def many(value: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise _wrong(op, i, param, "tuple of Tensors", value)
        for k, item in enumerate(value):
            if not isinstance(item, Tensor) and not (item is None and param.optional_items):
                raise TypeError(f"expected Tensor as element {k} in argument {i}, but got {type(item).__name__}")
        return tuple(value)

    return many


def to_index(value: Any) -> int:
    """A Python int from an int, a NumPy integer, a one-element integer tensor; TypeError otherwise."""
    if type(value) is int:
        return value
    return operator.index(value)


def _int(op: Op, i: int, param: Param) -> Fixer:
    is_dim = param.name in _DIM_NAMES
    if param.is_list:
        return _int_list(op, i, param, is_dim)
    extra, at = op.dim_extra, op.dims_of

    def fix(value: Any, args: tuple[Any, ...]) -> int:
        try:
            number = to_index(value)
        except TypeError:
            raise _wrong(op, i, param, "int", value) from None
        return wrap_dim(number, _rank(args[at]) + extra) if is_dim else number

    return fix


def _int_list(op: Op, i: int, param: Param, is_dim: bool) -> Fixer:
    size, at = param.size, op.dims_of

    def fix(value: Any, args: tuple[Any, ...]) -> tuple[int, ...]:
        try:
            if isinstance(value, (list, tuple, Size)):
                numbers = tuple([to_index(v) for v in value])
                if len(numbers) == 1 and size is not None and not is_dim:
                    numbers *= size
            elif size is not None or is_dim:
                numbers = (to_index(value),) * (size or 1)
            else:
                raise TypeError
        except TypeError:
            raise _wrong(op, i, param, "tuple of ints", value) from None
        if not is_dim:
            if size is not None and size > 1 and numbers and len(numbers) != size:
                raise RuntimeError(f"{op.base}: {param.name} must be a single int or {size} ints, but got {list(numbers)}")
            return numbers
        rank = _rank(args[at])
        return tuple([wrap_dim(number, rank) for number in numbers])

    return fix


def _rank(value: Any) -> int:
    """Rank of a tensor, or of the first of a list."""
    if isinstance(value, (list, tuple)):
        return value[0].ndim if value else 0
    return value.ndim


def wrap_dim(dim: int, rank: int) -> int:
    """`dim` counted from the front; IndexError as torch's outside [-rank, rank). A 0-dim tensor has the one dim 0."""
    bound = rank or 1
    if -bound <= dim < bound:
        return dim + bound if dim < 0 else dim
    raise IndexError(f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], but got {dim})")


def _float(op: Op, i: int, param: Param) -> Fixer:
    def one(value: Any) -> float:
        if type(value) is float or getattr(value, "run_time", False):  # an argument of a captured function stays one
            return value
        if isinstance(value, (int, float)) or hasattr(value, "__float__"):
            return float(value)
        raise _wrong(op, i, param, "float", value)

    if param.is_list:
        return lambda value, args: tuple(one(v) for v in value) if isinstance(value, (list, tuple)) else (one(value),)
    return lambda value, args: one(value)


def to_number(value: Any) -> Any:
    """A Python number from a number, a NumPy scalar or a one-element tensor; TypeError otherwise."""
    if isinstance(value, (bool, int, float, complex)) and type(value).__module__ != "numpy":  # its float64 is a float
        return value
    if isinstance(value, Tensor) or hasattr(value, "item"):
        return value.item()
    raise TypeError("not a number")


def _scalar(op: Op, i: int, param: Param) -> Fixer:
    def one(value: Any) -> Any:
        try:
            return to_number(value)
        except TypeError:
            raise _wrong(op, i, param, "Number", value) from None

    if param.is_list:
        return lambda value, args: tuple(one(v) for v in value)
    return lambda value, args: one(value)


def _bool(op: Op, i: int, param: Param) -> Fixer:
    def fix(value: Any, args: tuple[Any, ...]) -> Any:
        if param.is_list and isinstance(value, (list, tuple)):
            return tuple(bool(v) for v in value)
        if isinstance(value, (int, Tensor)):
            return bool(value)
        raise _wrong(op, i, param, "bool", value)

    return fix


def _scalar_type(op: Op, i: int, param: Param) -> Fixer:
    def fix(value: Any, args: tuple[Any, ...]) -> Any:
        if value.__class__ is type and value in PYTHON:
            return PYTHON[value]
        if isinstance(value, dtype) or value is None:
            return value
        raise _wrong(op, i, param, "torch.dtype", value)

    return fix


def _instance(kind: type, expected: str) -> Callable[[Op, int, Param], Fixer]:
    def make(op: Op, i: int, param: Param) -> Fixer:
        def fix(value: Any, args: tuple[Any, ...]) -> Any:
            if isinstance(value, kind) or value is None:
                return value
            raise _wrong(op, i, param, expected, value)

        return fix

    return make


def _device(op: Op, i: int, param: Param) -> Fixer:
    return lambda value, args: device(value)


_RIGHT: dict[str, tuple[type, ...]] = {
    "Tensor": (Tensor, Parameter),
    "int": (int,),
    "float": (float,),
    "Scalar": (float, int, bool, complex),
    "bool": (bool,),
    "ScalarType": (dtype,),
    "Device": (device,),
    "str": (str,),
}
"""What needs no fixing, by the class alone; anything else is looked at."""

_MAKERS: dict[str, Callable[[Op, int, Param], Fixer | None]] = {
    "Tensor": _tensor,
    "int": _int,
    "float": _float,
    "Scalar": _scalar,
    "bool": _bool,
    "ScalarType": _scalar_type,
    "Layout": _instance(layout, "torch.layout"),
    "MemoryFormat": _instance(memory_format, "torch.memory_format"),
    "Device": _device,
    "str": _instance(str, "str"),
    "Generator": _instance(Generator, "torch.Generator"),
}
