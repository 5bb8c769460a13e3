"""What happens when a tensor that requires grad meets an op: the hooks through which ft_dispatch reaches autograd.

`record` serves the careful road, `recorder` hands fast routes the generated function. One resolver decides: the op's own rule, the rule its kind
gives, its decomposition (recorded in pieces), or an error that says how to write the rule.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ft_core import Tensor, upcalls
from ft_core.keys import ANOMALY, BELOW, DTYPE_OF, DTYPES, GRAD, INFER, SAVED_HOOKS, VIEW
from ft_core.state import State, bits_set
from ft_dispatch.call import below
from ft_dispatch.op import Op, is_pointwise
from ft_dispatch.surface import raw

from .rule import REAL_ONLY, RULES, check_real, missing_rule

_below = bits_set(on=BELOW)
COMPLEX = sum(bit for bit, kind in DTYPE_OF.items() if kind.is_complex)
_FLOAT = sum(bit for bit, kind in DTYPE_OF.items() if kind.category >= 2)
mul = raw.mul


def times(g: Tensor, derivative: Any) -> Tensor:
    """Cotangent times local derivative, the latter conjugated where complex (torch's convention for holomorphic functions)."""
    if isinstance(derivative, Tensor) and derivative._k & COMPLEX:
        derivative = derivative.conj_physical()
    elif derivative.__class__ is complex:
        derivative = derivative.conjugate()
    return mul(g, derivative)


def record(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """Run `op` below autograd and record it; without a rule, run its decomposition here, which records itself."""
    if k & COMPLEX and op.name in REAL_ONLY:
        check_real(op, args)
    mixed = is_pointwise(op) and not all(isinstance(args[i], Tensor) for i in op.tensor_at)
    recorder = recorder_of(op, "_any" if mixed else "")
    if recorder is None:
        if op.decomposition is not None:
            return op.decomposition(*args)
        raise NotImplementedError(missing_rule(op, "the derivative"))
    if k & INFER:
        _refuse_inference(op, args)
    with _below:
        out = below(op, args, k | BELOW, st)
    if isinstance(out, Tensor) and out._k & DTYPES and not out._k & _FLOAT:
        return out  # integers have no gradient, whatever they were made of
    rules = RULES[op.name]
    if not any(_requires(args[i]) for i in _wrt_at(op, rules)):
        return out
    made = recorder(mark(op, out), *args)
    if k & (SAVED_HOOKS | ANOMALY):
        from .saved import after_record  # noqa: PLC0415  # only under saved_tensors_hooks or anomaly mode

        after_record(made, st)
    return made


def mark(op: Op, out: Any) -> Any:
    """Set GRAD on the outputs that can have a gradient."""
    if isinstance(out, Tensor):
        if out._k & _FLOAT:
            out._k |= GRAD
        return out
    wanted = grad_outputs(op)
    for i, t in enumerate(out):
        if t is not None and t._k & _FLOAT and (wanted is None or i in wanted):
            t._k |= GRAD
    return out


def grad_outputs(op: Op) -> frozenset[int] | None:
    """Which outputs have a gradient: those whose cotangent some rule asks for (`g` is the first); None for all of a list."""
    if op.n_outputs == -1:
        return None
    found = op.__dict__.get("grad_outputs")
    if found is None:
        asked = {name for rule in RULES[op.name].rules for name in rule.names}
        found = frozenset(i for i in range(op.n_outputs) if f"g{i}" in asked or (i == 0 and "g" in asked))
        op.__dict__["grad_outputs"] = found
    return found


def _wrt_at(op: Op, rules: Any) -> tuple[int, ...]:
    found = op.__dict__.get("wrt_at")
    if found is None:
        found = op.__dict__["wrt_at"] = tuple(op.index_of[name] for name in rules.by_argument)
    return found


def _requires(value: Any) -> bool:
    if isinstance(value, Tensor):
        return bool(value._k & GRAD)
    return isinstance(value, (tuple, list)) and any(isinstance(t, Tensor) and t._k & GRAD for t in value)


def _refuse_inference(op: Op, args: tuple[Any, ...]) -> None:
    asked = {name for rule in RULES[op.name].rules for name in rule.names}
    for i, param in enumerate(op.params):
        if param.name in asked and isinstance(args[i], Tensor) and args[i]._k & INFER:
            raise RuntimeError(
                "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation "
                "tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use "
                "`torch.no_grad()` instead of `torch.inference_mode()`."
            )


def recorder_of(op: Op, suffix: str = "") -> Callable[..., Any] | None:
    """The generated recorder of an op, None where its decomposition records instead."""
    key = "recorder" + suffix
    held = op.__dict__.get(key)
    if held is None and op.name in RULES and RULES[op.name].by_argument:
        held = op.__dict__[key] = _find(op, f"record_{op.python_name}{suffix}")
    return held


def _find(op: Op, name: str) -> Callable[..., Any]:
    from .codegen import compile_op, rule_family  # noqa: PLC0415  # only the first recorded call of an op comes here

    module = RULES[op.name].rules[0].function.__module__
    if module.startswith("ft_autograd.rules."):
        generated = import_module(f"ft_autograd.generated.{rule_family(op)}")
        found = getattr(generated, name, None)
        if found is not None:
            return found
    scope: dict[str, Any] = dict(vars(import_module("ft_autograd.generated.unary")))
    scope["rules"] = import_module(module)
    return compile_op(op, RULES[op.name], scope)[name]


def recorder(op: Op, rechecked: bool, number: bool) -> Callable[..., Any] | None:
    """What a fast route calls with (output, *arguments). `rechecked`: an operand is a view, whose history may have been rewritten."""
    plain = recorder_of(op, "_number" if number else "")
    if plain is None or not rechecked:
        return plain
    refresh = upcalls.refresh_view
    names = [i for i in op.tensor_at if i == 0 or not number]
    wrt = [i for i in (op.__dict__.get("wrt_at") or _wrt_at(op, RULES[op.name])) if i in names or i in op.lists_at]

    single = op.n_outputs == 1

    lists = op.lists_at

    def recheck(o: Any, *args: Any) -> Any:
        for i in names:
            t = args[i]
            if t is not None and t._k & VIEW and t._ver[0] != t._vver:
                refresh(t)
        for i in lists:
            for t in args[i]:
                if t._k & VIEW and t._ver[0] != t._vver:
                    refresh(t)
        for i in wrt:
            if _requires(args[i]):
                if single:
                    o._k |= GRAD
                else:
                    mark(op, o)
                return plain(o, *args)
        for t in (o,) if single else o:
            if t is not None:
                t._k &= ~GRAD
        return o

    return recheck
