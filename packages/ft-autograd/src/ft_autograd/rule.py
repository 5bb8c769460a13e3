"""The forms of a gradient rule, and the table that holds them.

    local      d result / d argument of an ELEMENTWISE op: the vjp multiplies the cotangent by it, the jvp the tangent
    transpose  the vjp of an argument in which the op is linear; the op itself is its jvp
    vjp        anything else: cotangent(s) in, gradient(s) out
    jvp        only where the derived one (two vjps) is too slow or less stable

A rule's parameter names say what is saved for it; nothing else is. `<tensor>_shape`,
`_dtype` and `_stride` save metadata without the tensor. See docs/explanation/contracts.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ft_core import Tensor
from ft_dispatch.op import Op
from ft_dispatch.registry import lookup

F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[str, OpRules] = {}
REAL_ONLY: set[str] = set()
UNDEFINED: set[tuple[str, str]] = set()  # (op, argument)
FACTS = {
    "shape": "tuple({}.shape)",
    "dtype": "{}.dtype",
    "device": "{}.device",
    "stride": "({0}._strides if {0}._k & 4 else {0}.stride())",  # a compressed tensor has none, and says so
    "layout": "{}.layout",
    "offset": "{}.storage_offset()",
    "shapes": "[tuple(t.shape) for t in {}]",
    "dtypes": "[t.dtype for t in {}]",
}
"""Metadata a rule may ask for as `<tensor>_<fact>`, and the expression that takes it."""


class Rule:
    """One rule: its form, the arguments it is for, the function, the names it asks for."""

    __slots__ = ("form", "function", "names", "wrt")

    def __init__(self, form: str, wrt: tuple[str, ...], function: Callable[..., Any]) -> None:
        self.form = form
        self.wrt = wrt
        self.function = function
        code = function.__code__
        self.names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


class OpRules:
    """All rules of one op. `wrt` lists the differentiable arguments in schema order."""

    __slots__ = ("by_argument", "joint", "jvp", "op_name", "rules")

    def __init__(self, op_name: str) -> None:
        self.op_name = op_name
        self.rules: list[Rule] = []
        self.by_argument: dict[str, Rule] = {}
        self.jvp: Rule | None = None
        self.joint = False  # linear in all its tensors together (add, cat): the jvp takes all tangents at once

    def enter(self, rule: Rule) -> None:
        """Add a rule; a later vjp replaces an earlier one for backward and leaves a local one to serve forward mode."""
        self.rules.append(rule)
        for name in rule.wrt:
            held = self.by_argument.get(name)
            if held is not None and held.form == rule.form:
                raise ValueError(f"{self.op_name}: argument {name!r} has a {rule.form} rule already, {held.function.__qualname__}")
            if held is None or rule.form == "vjp":
                self.by_argument[name] = rule

    def local_of(self, name: str) -> Rule | None:
        """The local rule of an argument, if it has one."""
        return next((r for r in self.rules if r.form == "local" and name in r.wrt), None)

    def forward_of(self, name: str) -> Rule | None:
        """The rule that serves forward mode for an argument: local, else transpose."""
        return next((r for r in self.rules if r.form in ("local", "transpose") and name in r.wrt), None)


def _rules_of(op: str) -> OpRules:
    return RULES.setdefault(op, OpRules(op))


def _attach(form: str, ops: str, wrt: str) -> Callable[[F], F]:
    def attach(function: F) -> F:
        for name in ops.split():
            _rules_of(name).enter(Rule(form, tuple(wrt.split()), function))
        return function

    return attach


def local(op: str, wrt: str) -> Callable[[F], F]:
    """Decorator: the local derivative of ELEMENTWISE op `op` (several names may share one rule) with respect to one argument."""
    return _attach("local", op, wrt)


def transpose(op: str, wrt: str, *, joint: bool = False) -> Callable[[F], F]:
    """Decorator: the vjp of an argument in which `op` is linear. `joint`: linear in all its tensors together, as add and cat are."""

    def attach(function: F) -> F:
        for name in op.split():
            rules = _rules_of(name)
            rules.joint = rules.joint or joint
        return _attach("transpose", op, wrt)(function)

    return attach


def vjp(op: str, wrt: str) -> Callable[[F], F]:
    """Decorator: gradients of the arguments in `wrt` from the cotangent: one value, or a tuple where `wrt` has several names."""
    return _attach("vjp", op, wrt)


def undefined(op: str, wrt: str) -> Callable[[F], F]:
    """Decorator of a function that raises: nobody has this derivative, and to ask for it must not give silence or zeros."""
    UNDEFINED.add((op, wrt))
    return vjp(op, wrt)


def jvp(op: str) -> Callable[[F], F]:
    """Decorator: tangents of the outputs. Parameters `t_<argument>` are tangents (None where there is none)."""

    def attach(function: F) -> F:
        for name in op.split():
            _rules_of(name).jvp = Rule("jvp", (), function)
        return function

    return attach


def real_only(ops: str) -> None:
    """Say that gradients of these ops hold for real numbers only: a complex argument that requires grad is refused when recorded.

    For ops whose rule is no holomorphic derivative, and for those that are defined on real numbers.
    """
    REAL_ONLY.update(ops.split())


def check_real(op: Op, args: tuple[Any, ...]) -> None:
    """RuntimeError, with torch's sentence, where a gradient of a complex argument is asked of an op that has none."""
    for value in args:
        for t in value if isinstance(value, tuple) else (value,):
            if isinstance(t, Tensor) and t.is_complex():
                raise RuntimeError(f"{op.base} does not support automatic differentiation for outputs with complex dtype.")


def missing_rule(op: Op, transform: str) -> str:
    """The message for an op that cannot be differentiated yet: which op, which transform, which file, the shortest way to write it."""
    first = next((p.name for p in op.params if p.is_tensor), "self")
    return (
        f"{transform} of aten::{op.name} has no rule: expected a gradient rule or a decomposition. "
        f"Open ft_autograd/rules/{op.family}.py and write\n\n"
        f"    @vjp({op.name!r}, wrt={first!r})\n    def {op.python_name}_{first}(g, ...): ...\n\n"
        f"or derive it: @{op.python_name}.decompose in ft_dispatch/ops/{op.family}.py"
    )


def fact_of(asked: str) -> str:
    """The tensor of which a rule wants a fact: "self" for `self_shape`."""
    for fact in FACTS:
        asked = asked.removesuffix("_" + fact)
    return asked


def check_names() -> list[str]:
    """Rules whose op, argument or saved name does not exist; the table's test expects none."""
    wrong = []
    for name, rules in RULES.items():
        try:
            op = lookup(name)
        except NameError as error:
            wrong.append(str(error))
            continue
        known = {p.name for p in op.params} | set(op.output_names) | {"needs", "result", "g"} | {f"g{i}" for i in range(8)}
        wrong += [
            f"{name}: {rule.function.__qualname__} asks for {asked!r}; there is {sorted(known)}"
            for rule in rules.rules
            for asked in (*rule.wrt, *rule.names)
            if asked not in known and fact_of(asked) not in known
        ]
    return wrong
