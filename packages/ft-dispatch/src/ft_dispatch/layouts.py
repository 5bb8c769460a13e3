"""Ops on tensors that are no dense arrays: which function serves an op under a layout's key bit, and torch's error where none does.

A layout rule is a function over Tensors, written with ops on the components of the record, so it runs on every device that has
those ops. It runs below autograd: gradients come from the op's own rule, as for dense tensors. `layout_rule` serves the functional
form and, through it, in-place and `out=`; `write_rule` is for in-place forms that need not make the whole result first;
`composite_rule` replaces the pieces of a COMPOSITE above autograd. Nothing is ever made dense silently.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ft_core import Tensor, can_cast
from ft_core.backend import backend_for
from ft_core.keys import BELOW, DEVICE_OF, DEVICES, DTYPES, GRAD, INFER, INFERENCE, IRREG, LAYOUT_BITS, LAYOUTS, TRACE, TRACED, VIEW
from ft_core.state import bits_set
from ft_core.tensor import alias_of

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op

F = TypeVar("F", bound=Callable[..., Any])

COO = LAYOUT_BITS["sparse_coo"]
QUANTIZED = LAYOUT_BITS["quantized"]
COMPRESSED = LAYOUTS & ~COO & ~QUANTIZED
SPARSE = COO | COMPRESSED

_RULES: dict[tuple[str, int], Callable[..., Any]] = {}
_WRITES: dict[tuple[str, int], Callable[..., Any]] = {}
_COMPOSITES: dict[tuple[str, int], Callable[..., Any]] = {}
_below = bits_set(on=BELOW)


def _bits(layouts: str) -> list[int]:
    """One union of bits per word; `sparse_coo+sparse_csr` is a call with tensors of both layouts."""
    return [sum(LAYOUT_BITS[part] for part in word.split("+")) for word in layouts.split()]


def _enter(table: dict[tuple[str, int], Callable[..., Any]], ops: str, layouts: str) -> Callable[[F], F]:
    def enter(function: F) -> F:
        for name in ops.split():
            for bits in _bits(layouts):
                if (name, bits) in table:
                    raise ValueError(f"aten::{name} has a rule for {layouts} already, {table[name, bits].__qualname__}")
                table[name, bits] = function
        return function

    return enter


def layout_rule(ops: str, layouts: str) -> Callable[[F], F]:
    """Decorator: `function(*args)` in schema order serves these ops where the tensors' layouts are these."""
    return _enter(_RULES, ops, layouts)


def write_rule(ops: str, layouts: str) -> Callable[[F], F]:
    """Decorator: `function(x, *args)` writes the op's result into `x`; it checks everything before it changes anything."""
    return _enter(_WRITES, ops, layouts)


def composite_rule(ops: str, layouts: str) -> Callable[[F], F]:
    """Decorator: what a COMPOSITE is made of under these layouts; recorded in its pieces, as the decomposition is."""
    return _enter(_COMPOSITES, ops, layouts)


def load() -> None:
    """Bring in the rules of `ft_dispatch.layout_rules`; the first tensor that is no dense array asks for them."""
    from . import layout_rules  # noqa: F401, PLC0415  # they are written over the surface, which is assembled from this package


def has_rule(name: str, layout: str) -> bool:
    """Whether op `name` is served for tensors of `layout` ("sparse_coo", …, "quantized")."""
    load()
    bits = LAYOUT_BITS[layout]
    return (name, bits) in _RULES or (name, bits) in _COMPOSITES


def backend_name(k: int) -> str:
    """Torch's word for a key's layout and device: SparseCPU, SparseCsrCPU, QuantizedCPU."""
    where = DEVICE_OF.get(k & DEVICES)
    kind = "Quantized" if k & QUANTIZED else "SparseCsr" if k & COMPRESSED else "Sparse"
    return kind + ("CPU" if where is None else where.type.upper())


def missing(op: Op, k: int) -> NoReturn:
    """Torch's NotImplementedError for an op that a layout does not have, with what does exist."""
    having = [name for name in LAYOUT_BITS if has_rule(op.name, name)]
    other = f"; of the other layouts it serves {', '.join(having)}" if having else ""
    hint = "dequantize()" if k & QUANTIZED else "to_dense()"
    raise NotImplementedError(
        f"Could not run 'aten::{op.name}' with arguments from the '{backend_name(k)}' backend. This could be because the operator "
        f"doesn't exist for this backend: 'aten::{op.name}' is available for dense tensors{other}. Convert with {hint}."
    )


def refuse_dense(name: str, t: Tensor, wanted: str = "sparse") -> NoReturn:
    """Torch's NotImplementedError where a sparse (or quantized) tensor is needed and another came."""
    where = backend_name(t._k) if t._k & LAYOUTS else t.device.type.upper()
    raise NotImplementedError(
        f"Could not run 'aten::{name}' with arguments from the '{where}' backend. This could be because the operator doesn't exist for "
        f"this backend: 'aten::{name}' takes a {wanted} tensor, got dtype {t.dtype} and layout {t.layout}; convert it first"
    )


def run(op: Op, args: tuple[Any, ...], k: int) -> Any:
    """One op under a layout's bit, below autograd. NotImplementedError where the layout does not have it."""
    load()
    rule = _RULES.get((op.name, k & LAYOUTS))
    if k & (TRACE | TRACED):
        raise NotImplementedError(
            f"aten::{op.name}: a captured function cannot hold tensors of another layout than torch.strided; keep them outside of it"
        )
    if rule is None:
        missing(op, k)
    with _below:
        made = rule(*args)
    if k & INFERENCE:
        for t in (made,) if isinstance(made, Tensor) else made:
            t._k |= INFER
    return made


def composite(op: Op, args: tuple[Any, ...], k: int) -> Any:
    """A COMPOSITE with tensors of another layout: its rule for the layout, else its pieces."""
    load()
    rule = _COMPOSITES.get((op.name, k & LAYOUTS), op.decomposition)
    return rule(*args)


def refuse_level(op: Op, k: int) -> NoReturn:
    """NotImplementedError: no transform of torch.func takes apart a record."""
    raise NotImplementedError(
        f"aten::{op.name}: transforms of torch.func take dense tensors; got one of the '{backend_name(k)}' backend; convert it first"
    )


# -- writing --------------------------------------------------------------------------------------------------------------------


def store(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> None:
    """In-place form under a layout's bit: x takes the result's record, or its numbers where x is dense."""
    load()
    rule = _WRITES.get((op.name, k & LAYOUTS))
    if rule is not None:
        with _below:
            rule(x, *args[1:])
        return
    made = run(op, args, k)
    if not can_cast(made.dtype, x.dtype):
        raise RuntimeError(f"result type {made.dtype.scalar_name} can't be cast to the desired output type {x.dtype.scalar_name}")
    if made._a.shape != x._a.shape:
        raise RuntimeError(f"output with shape {list(x._a.shape)} doesn't match the broadcast shape {list(made._a.shape)}")
    take(x, made if made.dtype is x.dtype else made.to(x.dtype), st)


def take(x: Tensor, made: Tensor, st: State) -> None:
    """Let `x` hold what `made` holds. RuntimeError where one is dense and the other is not."""
    if x._k & LAYOUTS != made._k & LAYOUTS:
        raise RuntimeError(
            f"the result has layout {made.layout}, the tensor to write into has {x.layout}; give one of the result's layout"
        )
    if x._k & LAYOUTS:
        replace(x, made)
    else:
        st.run(backend_for(x.device).copy_within, x._a, made._a)


def replace(x: Tensor, made: Tensor) -> None:
    """Let `x` stand on the record of `made`; numbers of its components are overwritten where sizes agree, so that who looks at them sees it."""
    held, found = x._a, made._a
    keep = x._k & (GRAD | VIEW | INFER)
    with _below:
        names = _COMPONENTS[found.layout.name] if not made._k & QUANTIZED else ("ints",)
        fits = held.__class__ is found.__class__ and all(
            getattr(held, name)._a.shape == getattr(found, name)._a.shape
            and getattr(held, name)._k & DTYPES == getattr(found, name)._k & DTYPES
            for name in names
        )
        if fits and x._k & DTYPES == made._k & DTYPES:
            for name in names:
                if getattr(held, name) is not getattr(found, name):
                    getattr(held, name).copy_(getattr(found, name))
                setattr(found, name, getattr(held, name))
    x._a, x._k, x._strides = found, made._k & ~(GRAD | VIEW | INFER) | keep | IRREG, made._strides


_COMPONENTS = {
    "sparse_coo": ("indices", "values"),
    **dict.fromkeys(("sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc"), ("compressed", "plain", "values")),
}


def component(t: Tensor) -> Tensor:
    """A component of a record as users get it: the same memory, no place in a graph."""
    return alias_of(t)


def call_out(op: Op, outs: tuple[Tensor, ...], made: Any, st: State) -> None:
    """Leave results in the tensors the caller brought, of which some, or some inputs, are not dense."""
    values = (made,) if isinstance(made, Tensor) else made
    for t, value in zip(outs, values, strict=True):
        if not can_cast(value.dtype, t.dtype):
            raise RuntimeError(
                f"result type {value.dtype.scalar_name} can't be cast to the desired output type {t.dtype.scalar_name}"
            )
        if t._k & LAYOUTS != value._k & LAYOUTS:
            raise RuntimeError(f"{op.base}: expected an out= of layout {value.layout}; got {t.layout}")
    for t, value in zip(outs, values, strict=True):
        cast = value if value.dtype is t.dtype else value.to(t.dtype)
        if t._k & LAYOUTS:
            replace(t, cast)
            continue
        if t._a.shape != cast._a.shape:
            t.resize_(cast.shape)
        take(t, cast, st)
