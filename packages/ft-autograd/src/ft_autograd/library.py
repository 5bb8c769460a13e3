"""torch.library: ops of users on the same table as ours, with schema, fake implementation, gradient, batching rule and check.

`custom_op` makes an op of one annotated function; `define` and `impl`, or a `Library`, build one from its signature. Source:
torch.library.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ft_dispatch.kinds import COMPOSITE

from .infer_schema import infer_schema
from .opcheck import opcheck
from .user_op import EVERY_DEVICE, UserOp, forget, found, overload_of

__all__ = [
    "CustomOpDef", "Library", "custom_op", "define", "impl", "infer_schema", "opcheck", "register_autograd", "register_fake",
    "register_kernel", "register_vmap",
]  # fmt: skip


class CustomOpDef:
    """What `custom_op` returns: the op as a function, with `register_*` methods."""

    def __init__(self, made: UserOp, function: Callable[..., Any]) -> None:
        self._user_op = made
        self._init_fn = function
        self.__doc__ = function.__doc__
        self.__name__ = made.name

    @property
    def _qualname(self) -> str:
        return self._user_op.name

    @property
    def _opoverload(self) -> Any:
        return overload_of(self._user_op)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._user_op.record(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<CustomOpDef({self._qualname})>"

    def register_kernel(self, device_types: str | Sequence[str] | None, fn: Callable[..., Any] | None = None, /) -> Any:
        """An implementation for one or more device types, None for all; a decorator where `fn` is left out."""
        return register_kernel(self, device_types, fn)

    def register_fake(self, fn: Callable[..., Any], /) -> Callable[..., Any]:
        """Shapes and dtypes of the outputs, from arguments without data."""
        return register_fake(self, fn)

    def register_autograd(self, backward: Callable[..., Any], /, *, setup_context: Callable[..., Any] | None = None) -> None:
        """The gradient: `backward(ctx, *grads)`, what it needs saved by `setup_context(ctx, inputs, output)`."""
        register_autograd(self, backward, setup_context=setup_context)

    def register_vmap(self, func: Callable[..., Any] | None = None) -> Any:
        """The batching rule: `func(info, in_dims, *args)` returns (outputs, out_dims)."""
        return register_vmap(self, func)


def custom_op(
    name: str,
    fn: Callable[..., Any] | None = None,
    /,
    *,
    mutates_args: str | Iterable[str],
    device_types: str | Sequence[str] | None = None,
    schema: str | None = None,
    tags: Any = None,
) -> Any:
    """An op from a function over tensors, `name` being "namespace::op". Its schema is read from the annotations unless given.

    mutates_args: names of the arguments that are written to; device_types: for which devices the function is (default all). It must
    not return its inputs or views of them. ValueError for a bad name or missing annotations. Source: torch.library.custom_op.
    """

    def make(function: Callable[..., Any]) -> CustomOpDef:
        written = schema if schema is not None else infer_schema(function, mutates_args=mutates_args)
        made = UserOp(_qualified(name) + written)
        _enter(made, device_types, function)
        return CustomOpDef(made, function)

    return make if fn is None else make(fn)


def _qualified(name: str) -> str:
    space, mark, short = name.partition("::")
    if not mark or not space.isidentifier() or not short.replace(".", "_").isidentifier():
        raise ValueError(f"expected an op's name as 'namespace::name'; got {name!r}; put your package's name in front")
    if space == "aten":
        raise ValueError(f"{name}: the namespace aten is the table's own; choose one of yours")
    return name


def _enter(made: UserOp, device_types: str | Sequence[str] | None, function: Callable[..., Any]) -> None:
    types = (EVERY_DEVICE,) if device_types is None else (device_types,) if isinstance(device_types, str) else tuple(device_types)
    for kind in types:
        made.kernels[kind] = function


def _decorator(function: Callable[..., Any] | None, enter: Callable[[Callable[..., Any]], None]) -> Any:
    def attach(given: Callable[..., Any]) -> Callable[..., Any]:
        enter(given)
        return given

    return attach if function is None else attach(function)


def register_kernel(
    op: Any, device_types: str | Sequence[str] | None, func: Callable[..., Any] | None = None, /, *, lib: Library | None = None
) -> Any:
    """An implementation of a user's op for one or more device types ("cpu", "cuda"), None for all of them."""
    made = found(op)
    return _decorator(func, lambda given: _enter(made, device_types, given))


def register_fake(
    op: Any, func: Callable[..., Any] | None = None, /, *, lib: Library | None = None, allow_override: bool = True
) -> Any:
    """How the op's outputs look, from arguments without data: what meta tensors, captures and export run. RuntimeError for a second
    one where `allow_override` is False."""
    made = found(op)

    def enter(given: Callable[..., Any]) -> None:
        if made.fake is not None and not allow_override:
            raise RuntimeError(
                f"register_fake(...): the operator {made.name} already has a fake implementation; pass allow_override=True"
            )
        made.fake = given
        made.record.meta_rule = made.meta

    return _decorator(func, enter)


def register_autograd(
    op: Any, backward: Callable[..., Any], /, *, setup_context: Callable[..., Any] | None = None, lib: Library | None = None
) -> None:
    """The gradient of a user's op: `backward(ctx, *grads)` gives one per positional argument (a list for a list of tensors).

    `setup_context(ctx, inputs, output)` saves what it needs; `keyword_only_inputs` is passed too where the schema has any. RuntimeError
    for an op that writes to its arguments.
    """
    made = found(op)
    if made.mutates:
        raise RuntimeError(
            f"Cannot register autograd formula for non-functional operator {made.name} with schema {made.record.schema}. Please create a "
            "functional operator and register an autograd formula for that."
        )
    made.backward, made.setup_context = backward, setup_context


def register_vmap(op: Any, func: Callable[..., Any] | None = None, /, *, lib: Library | None = None) -> Any:
    """The batching rule: `func(info, in_dims, *args)` gets tensors of all examples, and returns (outputs, out_dims)."""
    made = found(op)

    def enter(given: Callable[..., Any]) -> None:
        made.batching = given

    return _decorator(func, enter)


class Library:
    """Ops of one namespace: `Library("mylib", "DEF").define("twice(Tensor x) -> Tensor")`, then `.impl("twice", f, "CPU")`.

    kind: "DEF" or "FRAGMENT" may declare ops, "IMPL" implements those of somebody else. ValueError for another kind or for aten.
    """

    def __init__(self, ns: str, kind: str, dispatch_key: str = "") -> None:
        if kind not in ("IMPL", "DEF", "FRAGMENT"):
            raise ValueError(f"Unsupported library type {kind}: expected DEF, IMPL or FRAGMENT")
        if ns == "aten" and kind == "DEF":
            raise ValueError(f"{ns} is a reserved namespace. Please try creating a library with another name.")
        self.ns, self.kind, self.dispatch_key = ns, kind, dispatch_key
        self._made: list[UserOp] = []

    def define(self, schema: str, alias_analysis: str = "", *, tags: Any = ()) -> str:
        """Declare an op by its signature; returns its name. RuntimeError in a library of kind IMPL."""
        if self.kind == "IMPL":
            raise RuntimeError(f"{self!r}: expected a library of kind DEF or FRAGMENT to define {schema!r} in")
        self._made.append(UserOp(f"{self.ns}::{schema}"))
        return self._made[-1].record.name.partition("::")[2]

    def impl(self, op_name: Any, fn: Callable[..., Any], dispatch_key: str = "", *, with_keyset: bool = False) -> None:
        """Implement an op for a dispatch key: a device ("CPU", "CUDA"), "CompositeExplicitAutograd" (all devices), "Meta", "Autograd"
        (what records), or "CompositeImplicitAutograd" (other ops, which record themselves). ValueError for another key."""
        name = op_name if isinstance(op_name, str) else found(op_name).record.name
        made = found(name if "::" in name else f"{self.ns}::{name}")
        _implement(made, dispatch_key or self.dispatch_key or "CompositeImplicitAutograd", fn)

    def _destroy(self) -> None:
        for made in self._made:
            forget(made.record)
        self._made.clear()

    def __repr__(self) -> str:
        return f"Library(kind={self.kind}, ns={self.ns}, dispatch_key={self.dispatch_key})>"


_DEVICES = {"CPU": "cpu", "CUDA": "cuda", "CompositeExplicitAutograd": EVERY_DEVICE}


def _implement(made: UserOp, key: str, fn: Callable[..., Any]) -> None:
    if key in _DEVICES:
        made.kernels[_DEVICES[key]] = fn
    elif key == "Meta":
        register_fake(made.name, fn)
    elif key in ("Autograd", "AutogradCPU", "AutogradCUDA"):
        made.record.decomposition = lambda *args: made.call(fn, args)
    elif key == "CompositeImplicitAutograd":
        made.record.kind = COMPOSITE
        made.record.decomposition = lambda *args: made.call(fn, args)
    else:
        raise ValueError(
            f"{made.name}: no dispatch key {key!r}; expected {', '.join(_DEVICES)}, Meta, Autograd or CompositeImplicitAutograd"
        )


def define(qualname: str, schema: str, *, lib: Library | None = None, tags: Any = ()) -> None:
    """Declare "namespace::name" with the signature "(Tensor x) -> Tensor". ValueError for names without a namespace."""
    if lib is None:
        UserOp(_qualified(qualname) + schema)
    else:
        lib.define(qualname.rpartition("::")[2] + schema, tags=tags)


def impl(qualname: str, types: str | Sequence[str], func: Callable[..., Any] | None = None, *, lib: Library | None = None) -> Any:
    """Implement a declared op for device types, "default" for all of them."""
    made = found(qualname)
    return _decorator(func, lambda given: _enter(made, types, given))


def signature_of(op: Any) -> inspect.Signature:
    """The Python signature of a user's op, for documentation."""
    params = [
        inspect.Parameter(
            p.name,
            inspect.Parameter.KEYWORD_ONLY if p.kwonly else inspect.Parameter.POSITIONAL_OR_KEYWORD,
            annotation=p.type_name,
        )
        for p in found(op).record.params
    ]
    return inspect.Signature(params)
