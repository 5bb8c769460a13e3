"""torch.library: ops of users on the same table as ours, with schema, fake implementation, gradient, batching rule and check.

`custom_op` makes an op of one annotated function; `define` and `impl`, or a `Library`, build one from its signature. Source:
torch.library.
"""

from __future__ import annotations

import contextlib
import inspect
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn

from ft_core import device, dtype
from ft_core.keys import BELOW
from ft_core.state import TL, bits_set
from ft_dispatch.autocast_state import DEFAULTS
from ft_dispatch.kinds import COMPOSITE
from ft_dispatch.modes import RULES
from ft_dispatch.packets import OpOverload, overload
from ft_dispatch.registry import OPS, PACKETS

from .infer_schema import infer_schema
from .opcheck import opcheck
from .triton import triton_op, wrap_triton
from .user_op import EVERY_DEVICE, IN_FAKE, UserOp, forget, found, overload_of

__all__ = [
    "CustomOpDef", "Library", "custom_op", "define", "fallthrough_kernel", "get_ctx", "get_kernel", "impl", "impl_abstract",
    "infer_schema", "opcheck", "register_autocast", "register_autograd", "register_fake", "register_kernel",
    "register_torch_dispatch", "register_vmap", "triton_op", "wrap_triton",
]  # fmt: skip


class CustomOpDef:
    """What `custom_op` returns: the op as a function, with `register_*` methods."""

    def __init__(self, made: UserOp, function: Callable[..., Any]) -> None:
        self._user_op = made
        self._init_fn = made.first = function
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

    @contextlib.contextmanager
    def set_kernel_enabled(self, device_type: str, enabled: bool = True) -> Iterator[None]:
        """Switch the kernel of a device type on or off for a block: where it is off, the function that `custom_op` decorated runs.

        A warning where that is so already, or where there is no such kernel.
        """
        off, name = self._user_op.off, self._qualname
        if device_type not in self._user_op.kernels:
            warnings.warn(
                f"{name}: no kernel for device {device_type!r} to switch {'on' if enabled else 'off'}", UserWarning, stacklevel=3
            )
        elif enabled == (device_type not in off):
            warnings.warn(
                f"{name}: the kernel for device {device_type!r} is {'enabled' if enabled else 'disabled'} already",
                UserWarning,
                stacklevel=3,
            )
        before = set(off)
        (off.discard if enabled else off.add)(device_type)
        try:
            yield
        finally:
            self._user_op.off = before

    def register_fake(self, fn: Callable[..., Any], /) -> Callable[..., Any]:
        """Shapes and dtypes of the outputs, from arguments without data."""
        return register_fake(self, fn)

    def register_autograd(self, backward: Callable[..., Any], /, *, setup_context: Callable[..., Any] | None = None) -> None:
        """The gradient: `backward(ctx, *grads)`, what it needs saved by `setup_context(ctx, inputs, output)`."""
        register_autograd(self, backward, setup_context=setup_context)

    def register_vmap(self, func: Callable[..., Any] | None = None) -> Any:
        """The batching rule: `func(info, in_dims, *args)` returns (outputs, out_dims)."""
        return register_vmap(self, func)

    def register_autocast(self, device_type: str, cast_inputs: dtype) -> None:
        """Under autocast on a device, cast floating point inputs and run with autocast off."""
        register_autocast(self, device_type, cast_inputs)

    def register_torch_dispatch(self, torch_dispatch_class: type, fn: Callable[..., Any] | None = None, /) -> Any:
        """What a mode of a class does with this op, instead of its `__torch_dispatch__`."""
        return register_torch_dispatch(self, torch_dispatch_class, fn)


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
        made = UserOp(_qualified(name) + written, opaque=True)
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


def impl_abstract(qualname: Any, func: Callable[..., Any] | None = None, *, lib: Library | None = None) -> Any:
    """`register_fake` by its old name."""
    return register_fake(qualname, func, lib=lib)


def register_autocast(op: Any, device_type: str, cast_inputs: dtype, /, *, lib: Library | None = None) -> None:
    """Inside autocast on `device_type`, cast the op's floating point inputs (float64 stays) and run it with autocast off.

    ValueError for a device type without autocast, RuntimeError for one that is none.
    """
    made = found(op)
    kind = device(device_type).type
    if kind not in DEFAULTS.dtypes:
        raise ValueError(f"Device type '{device_type}' does not support autocast.")
    made.autocast_to[kind] = cast_inputs
    made.record.autocast = "own"
    made.record.__dict__["autocast_to"] = made.autocast_to


def register_torch_dispatch(
    op: Any, torch_dispatch_class: type, func: Callable[..., Any] | None = None, /, *, lib: Library | None = None
) -> Any:
    """What modes of exactly this class do with the op: `func(mode, func, types, args, kwargs)`, instead of `__torch_dispatch__`."""
    name = overload_of(found(op)).name()

    def enter(given: Callable[..., Any]) -> None:
        RULES[torch_dispatch_class, name] = given

    return _decorator(func, enter)


def fallthrough_kernel() -> NoReturn:
    """For `Library.impl`: a dispatch key that does nothing, so that the next one decides. NotImplementedError if it is called."""
    raise NotImplementedError("fallthrough_kernel() should never be called.")


def get_ctx() -> None:
    """None outside a fake implementation. Inside one RuntimeError: fake implementations run on meta tensors here, which have no
    data-dependent shapes.
    """
    name = TL.st.data.get(IN_FAKE)
    if name is not None:
        raise RuntimeError(
            f"{name}: You're trying to run this operator with meta Tensors (as opposed to FakeTensors), but this operator may return an "
            "output Tensor with data-dependent shape. Meta Tensors don't support operators with outputs that have data-dependent shapes "
            "but FakeTensors do. If your operator does not return an output with data-dependent shape, make sure the FakeTensor and/or "
            "meta kernel does not call torch.library.get_ctx(). Otherwise, please use FakeTensors."
        )


class Library:
    """Ops of one namespace: `Library("mylib", "DEF").define("twice(Tensor x) -> Tensor")`, then `.impl("twice", f, "CPU")`.

    kind: "DEF" or "FRAGMENT" may declare ops, "IMPL" implements those of somebody else. ValueError for another kind or for aten.
    """

    def __init__(self, ns: str, kind: str, dispatch_key: str = "") -> None:
        if kind not in ("IMPL", "DEF", "FRAGMENT"):
            raise ValueError(f"Unsupported kind: {kind}: expected DEF, IMPL or FRAGMENT")
        if (ns == "aten" and kind == "DEF") or ns == "prim":
            raise ValueError(f"{ns} is a reserved namespace. Please try creating a library with another name.")
        self.ns, self.kind, self.dispatch_key = ns, kind, dispatch_key
        self._made: list[UserOp] = []

    def define(self, schema: str, alias_analysis: str = "", *, tags: Any = ()) -> str:
        """Declare an op by its signature; returns its name. RuntimeError in a library of kind IMPL."""
        if self.kind == "IMPL":
            raise RuntimeError(f"{self!r}: expected a library of kind DEF or FRAGMENT to define {schema!r} in")
        self._made.append(_declared(f"{self.ns}::{schema}"))
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
    if fn is fallthrough_kernel:
        _pass_on(made, key)
    elif key in _DEVICES:
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


def _pass_on(made: UserOp, key: str) -> None:
    """A key that falls through: without autograd's, the ops inside the implementation record themselves."""
    if key in _DEVICES:
        made.kernels.pop(_DEVICES[key], None)
    elif key in ("Autograd", "AutogradCPU", "AutogradCUDA"):
        made.record.decomposition = made.inside
    else:
        raise ValueError(f"{made.name}: expected a device's key or Autograd to fall through; got {key!r}")


class KernelFunction:
    """What `get_kernel` returns: one op on one dispatch key."""

    def __init__(self, op: Any, key: str) -> None:
        self._op, self._key = op, key

    def call_boxed(self, keyset: Any, *args: Any, **kwargs: Any) -> Any:
        """Run it. Below the Autograd keys nothing is recorded; `keyset` is accepted and decides nothing."""
        with bits_set(on=0 if self._key.startswith("Autograd") else BELOW):
            return self._op(*args, **kwargs)

    def __repr__(self) -> str:
        return f"KernelFunction({self._op.name()!r}, {self._key!r})"


def get_kernel(op: Any, dispatch_key: str) -> KernelFunction:
    """The kernel of an op ("aten::sin", an overload) for a dispatch key: CPU, CUDA, Meta, or Autograd with one of these behind it.

    ValueError for what is no op's name or no key, RuntimeError for an op that does not exist.
    """
    if not isinstance(op, (str, OpOverload, CustomOpDef)):
        raise ValueError(f"get_kernel({op}): got unexpected type for op: {type(op)}")
    if dispatch_key.removeprefix("Autograd") not in ("CPU", "CUDA", "Meta"):
        raise ValueError(f"Invalid dispatch key: {dispatch_key}")
    if isinstance(op, CustomOpDef):
        return KernelFunction(op._opoverload, dispatch_key)
    if isinstance(op, OpOverload):
        return KernelFunction(op, dispatch_key)
    space, _, rest = op.partition("::")
    base, _, name = rest.partition(".")
    held = PACKETS.get(base if space == "aten" else f"{space}::{base}", {})
    if (name or "default") not in held:
        raise RuntimeError(f"operator {op} does not exist")
    return KernelFunction(overload(base if space == "aten" else f"{space}::{base}", name or "default"), dispatch_key)


def define(qualname: str, schema: str, *, lib: Library | None = None, tags: Any = ()) -> None:
    """Declare "namespace::name" with the signature "(Tensor x) -> Tensor". ValueError for names without a namespace."""
    if lib is None:
        _declared(_qualified(qualname) + schema)
    else:
        lib.define(qualname.rpartition("::")[2] + schema, tags=tags)


def _declared(schema: str) -> UserOp:
    """A new op. RuntimeError, as in torch, where there is one of that name."""
    name = schema.partition("(")[0]
    if name in OPS:
        raise RuntimeError(
            f"Tried to register an operator ({schema}) with the same name and overload name multiple times. Each overload's schema should "
            "only be registered with a single call to def()."
        )
    return UserOp(schema)


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
