"""Op: one record of the table, and `op(...)`, the function that writes one.

A record says what an op *is*: its ATen signature, kind, promotion, the names under which users reach it. Rules are attached to it by decorators
(`@record.decompose`, `@record.meta`, `@record.view`), gradients and kernels by the packages that own them. Everything else is
derived: the callable, the method, the in-place and `out=` forms, the stub, the docs, the samples, the report.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar

from .kinds import ELEMENTWISE, Kind, Promote
from .registry import register
from .schema import Param, Signature, parse, split_name

F = TypeVar("F", bound=Callable[..., Any])


class Op:
    """One ATen overload. Fields are the arguments of `op`; the rest is attached by decorators or computed on first use."""

    def __init__(self, schema: str, doc: str, kind: Kind, promote: Promote | None, **fields: Any) -> None:
        self.schema = schema
        self.doc = doc
        self.kind = kind
        self.promote = promote
        self.base, self.overload = split_name(schema)
        self.name = f"{self.base}.{self.overload}" if self.overload else self.base
        self.family = ""
        self.__dict__.update(fields)
        self.decomposition: Any = None
        self.meta_rule: Callable[..., Any] | None = None
        self.check_rule: Callable[..., Any] | None = None
        self.lies_rule: Callable[..., Any] | None = None
        self.into_rule: Callable[..., Any] | None = None
        self.checks_numbers = False
        self.view_rule: Any = None
        self.put_rule: Callable[..., Any] | None = None
        self.batch_rule: Callable[..., Any] | None = None
        self.implementation: Callable[..., Any] | None = None  # of a user's op: on Tensors, instead of kernels, for every device
        self.recorder: Callable[..., Any] | None = None  # filled by ft_autograd on first recorded call
        self.table: dict[Any, Any] = {}  # key (or one per role) -> route of the functional form
        self.number_table: dict[int, Any] = {}  # the same where the second operand is a Python number
        self.inplace_table: dict[Any, Any] = {}  # key, or (key, type) where the second operand is a Python number
        self.miscast: set[tuple[int, Any]] = set()  # (dtypes of operands, of results) whose cast the kernel leaves to others
        self.wrapper: Any = None  # the public function, set when surface is assembled
        self.inplace_wrapper: Any = None
        self.shown: Callable[..., Any] | None = None  # the public function `__torch_function__` handlers see, if not the wrapper
        self.shown_as_method = False  # that is a method only: an argument that is no tensor came to the wrapper

    fields = None
    variants: str
    inplace: bool
    out: bool
    python: str
    operators: str
    aliases: str
    differentiable: bool
    data_dependent: bool
    number_overload: str
    autocast: str
    accumulate: str
    dim_extra: int
    dims_of: int
    keeps_format: bool
    nondeterministic: bool
    keep: frozenset[str]
    raw_args: bool
    older: bool
    numbers: str | None
    kernel_checks: bool
    fused: bool
    steps: bool

    # -- rules ---------------------------------------------------------------------------------------------------

    def decompose(self, function: F) -> F:
        """Decorator: the op in terms of other ops; every backend has it from now on."""
        self.decomposition = function
        return function

    def meta(self, function: F) -> F:
        """Decorator: shape and dtype of each output from the inputs' metadata; the place where wrong shapes are refused."""
        self.meta_rule = function
        return function

    def lies(self, function: F) -> F:
        """Decorator (data-dependent ops): strides of the output from its shape, which only the kernel can tell."""
        self.lies_rule = function
        return function

    def into(self, function: F) -> F:
        """Decorator (COMPOSITE): `(out, *args) -> out`, the `out=` form where torch makes it of the `out=` forms of its parts."""
        self.into_rule = function
        return function

    def check(self, function: F) -> F:
        """Decorator (ELEMENTWISE): refuses dtypes and parameters; sees what decides a route (dtypes), so it runs once per key.

        `checks_numbers` on the record: it looks at a number beside an integer tensor, too, so such calls leave no route.
        """
        self.check_rule = function
        return function

    def view(self, function: F) -> F:
        """Decorator (VIEW): `(sizes, strides, offset, *params) -> (sizes, strides, offset)`, in elements."""
        self.view_rule = function
        return function

    def put(self, function: F) -> F:
        """Decorator (VIEW): `put(base, value, *params)`, base with the viewed part replaced, written with ops."""
        self.put_rule = function
        return function

    def batch(self, function: F) -> F:
        """Decorator: the batching rule of vmap where the kind's is not enough."""
        self.batch_rule = function
        return function

    # -- derived from the signature ------------------------------------------------------------------------------

    @cached_property
    def signature(self) -> Signature:
        """The parsed signature."""
        return parse(self.schema)

    @cached_property
    def params(self) -> tuple[Param, ...]:
        """Parameters in schema order; calls below the wrapper are positional in this order."""
        return self.signature.params

    @cached_property
    def index_of(self) -> dict[str, int]:
        """Position of each parameter by name."""
        return {param.name: i for i, param in enumerate(self.params)}

    @cached_property
    def tensor_at(self) -> tuple[int, ...]:
        """Positions of single-tensor parameters (optional ones too)."""
        return tuple(i for i, p in enumerate(self.params) if p.is_tensor and not p.is_list)

    @cached_property
    def promoted_at(self) -> tuple[int, ...]:
        """Positions of single-tensor parameters that take part in promotion."""
        return tuple(i for i in self.tensor_at if self.params[i].name not in self.keep)

    @cached_property
    def lists_at(self) -> tuple[int, ...]:
        """Positions of tensor-list parameters."""
        return tuple(i for i, p in enumerate(self.params) if p.is_tensor and p.is_list)

    @cached_property
    def param_at(self) -> tuple[int, ...]:
        """Positions of parameters that hold no tensor."""
        return tuple(i for i, p in enumerate(self.params) if not p.is_tensor)

    @cached_property
    def defaults(self) -> tuple[Any, ...]:
        """Default of each parameter; `schema.NO_DEFAULT` where it is required."""
        return tuple(p.default for p in self.params)

    @cached_property
    def n_outputs(self) -> int:
        """Number of declared outputs; -1 for one list of tensors."""
        returns = self.signature.returns
        return -1 if len(returns) == 1 and returns[0].is_list else len(returns)

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """`result` for one output, else the schema's names or result0, result1, …."""
        returns = self.signature.returns
        if len(returns) == 1:
            return ("result",)
        return tuple(p.name or f"result{i}" for i, p in enumerate(returns))

    @property
    def python_name(self) -> str:
        """Name of the generated wrapper: the base where this overload is the public one, else base_overload."""
        base = self.base.replace("::", "__")  # a user's op names its namespace
        return base if self.variants or not self.overload else f"{base}_{self.overload}"

    @cached_property
    def number_names(self) -> frozenset[str]:
        """Tensor parameters for which a Python number may stand (torch's wrapped numbers)."""
        if self.numbers is not None:
            return frozenset(self.numbers.split())
        return frozenset([self.params[i].name for i in self.tensor_at[1:]] if self.number_overload else ())

    @cached_property
    def n_positional(self) -> int:
        """How many parameters may be given by position."""
        return sum(not p.kwonly for p in self.params)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.wrapper is not None and not kwargs and len(args) <= self.n_positional:
            return self.wrapper(*args)
        from .call import call_op  # noqa: PLC0415  # call imports Op

        return call_op(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<op aten::{self.name}>"


def _asked_once(question: Callable[[Op], bool]) -> Callable[[Op], bool]:
    """Keep the answer with the op: its signature and kind never change, and every call that leaves no route asks."""
    name = question.__name__

    @wraps(question)
    def answer(op: Op) -> bool:
        kept = op.__dict__.get(name)
        if kept is None:
            kept = op.__dict__[name] = question(op)
        return kept  # type: ignore[no-any-return]

    return answer


@_asked_once
def is_pointwise(op: Op) -> bool:
    """Whether the inlined elementwise wrapper serves it: one to three plain tensors first, then plain parameters."""
    n = len(op.tensor_at)
    plain = all(not p.optional for p in op.params if p.is_tensor) and op.tensor_at == tuple(range(n))
    return op.kind is ELEMENTWISE and not op.lists_at and 1 <= n <= 3 and plain and op.n_outputs == 1


@_asked_once
def has_route(op: Op) -> bool:
    """Whether a wrapper with a memo serves it: tensors in, outputs whose number is known, nothing that is drawn or created."""
    if op.kind in (Kind.COMPOSITE, Kind.CREATION, Kind.RANDOM) or op.data_dependent:
        return False
    if op.lists_at:  # one list of tensors, first, and nothing else but plain parameters
        return op.kind is Kind.MOVEMENT and op.lists_at == (0,) and not op.tensor_at and op.n_outputs == 1
    if op.n_outputs < 1 and op.kind is not Kind.VIEW:
        return False
    required = any(not op.params[i].optional for i in op.tensor_at)
    return required and not any(p.base == "Generator" for p in op.params)


@_asked_once
def remembers(op: Op) -> bool:
    """Whether a composite's parameters have one canonical form whatever the tensors are, so that a wrapper may remember it: no dims."""
    plain = op.kind is Kind.COMPOSITE and bool(op.tensor_at) and not (op.lists_at or op.fused or op.raw_args)
    fixed = all(
        p.base in ("int", "SymInt", "float", "bool") and not p.name.startswith(("dim", "axis"))
        for i, p in enumerate(op.params)
        if i in op.param_at
    )
    return plain and fixed and bool(op.param_at) and not op.params[op.tensor_at[0]].optional


@_asked_once
def takes_limits(op: Op) -> bool:
    """Whether it is elementwise over one tensor and optional ones for which numbers may stand, and nothing else: clamp."""
    optional = all(op.params[i].optional for i in op.tensor_at[1:])
    return (
        op.kind is ELEMENTWISE
        and has_route(op)
        and len(op.tensor_at) > 1
        and optional
        and not op.param_at
        and bool(op.number_overload)
    )


@_asked_once
def fills(op: Op) -> bool:
    """Whether it overwrites one tensor with draws, by plain parameters and a generator, which comes last."""
    plain = op.tensor_at == (0,) and not op.lists_at and op.params[-1].base == "Generator"
    return op.kind is Kind.RANDOM and op.inplace and plain and all(p.base != "Generator" for p in op.params[:-1])


def op(
    schema: str,
    doc: str = "",
    *,
    kind: Kind,
    promote: Promote | None = None,
    variants: str | None = None,
    inplace: bool | None = None,
    out: bool | None = None,
    python: str = "",
    operators: str = "",
    aliases: str = "",
    differentiable: bool = True,
    data_dependent: bool = False,
    number_overload: str = "",
    autocast: str = "",
    accumulate: str = "exact",
    dim_extra: int = 0,
    dims_of: int = 0,
    nondeterministic: bool = False,
    keep: str = "",
    raw_args: bool = False,
    numbers: str | None = None,
    kernel_checks: bool = False,
    fused: bool = False,
    keeps_format: bool = False,
    steps: bool = False,
    older: bool = False,
) -> Op:
    """Write one record and register it.

    schema           torch's ATen signature, functional form
    doc              one line for the reference page
    kind, promote    see ft_dispatch.kinds
    variants         "function method" (default), "function", "method", or "" for an op that only other ops and `torch.ops` reach
    inplace, out     whether `name_` and `out=` exist (default: for ELEMENTWISE ops with a public name)
    python           further public names, dotted from `torch.`: "nn.functional.softplus special.expit"
    operators        "__add__ __radd__ ~__rpow__": dunder methods bound to it; `~` swaps the operands
    aliases          other names of the same function and method: "absolute"
    differentiable   False where torch defines no gradient
    data_dependent   output sizes depend on data: no meta rule
    number_overload  name of the overload torch reports when the second operand is a number ("Scalar" for eq)
    autocast         "lower", "float32" or "promote": the policy under torch.autocast of an op that torch's lists do not name; "own":
                     `autocast_to`, by device
    accumulate       "exact", "float32" (pairwise or better) or "float64": what a kernel must accumulate in
    dim_extra        1 where a dim parameter may point one past the end (unsqueeze, stack)
    keep             names of tensor parameters that promotion leaves alone (the condition of where)
    numbers          names of tensor parameters for which a Python number may stand (default: the second one if `number_overload` is given)
    kernel_checks    kernels refuse wrong shapes themselves (ValueError) where parameters have their defaults: routes need no memo
    fused            COMPOSITE: a backend's kernel and autograd's recorder for the whole of it are used where nothing sees the pieces
    keeps_format     outputs take the memory format (channels_last) of the first tensor
    steps            the decomposition rounds half types after each of its ops, as torch's kernel does; otherwise it runs in float32
    raw_args         COMPOSITE: the decomposition takes arguments as users write them, so the wrapper goes straight there
    older            it also takes numbers before the tensors they scale, as before torch 1.5 (see ft_dispatch.older_forms)
    dims_of          position of the tensor whose rank the dim parameters refer to
    """
    pointwise = kind is ELEMENTWISE
    if variants is None:
        variants = "function method"
    public = bool(variants)
    record = Op(
        schema,
        doc,
        kind,
        promote if promote is not None else (Promote.SAME if pointwise else None),
        variants=variants,
        inplace=(pointwise and public) if inplace is None else inplace,
        out=(pointwise and public) if out is None else out,
        python=python,
        operators=operators,
        aliases=aliases,
        differentiable=differentiable,
        data_dependent=data_dependent,
        number_overload=number_overload,
        autocast=autocast,
        accumulate=accumulate,
        dim_extra=dim_extra,
        dims_of=dims_of,
        nondeterministic=nondeterministic,
        keep=frozenset(keep.split()),
        raw_args=raw_args,
        numbers=numbers,
        kernel_checks=kernel_checks,
        fused=fused,
        keeps_format=keeps_format,
        steps=steps,
        older=older,
    )
    register(record)
    return record
