"""Writes the wrappers: one readable Python file per family in `generated/`, from the op table.

A wrapper is straight code: the union of keys, one look-up, the kernel, a tensor around its result, the recorder if the route has one; everything
unusual falls to the careful road. `python -m ft_dispatch.codegen` rewrites the files, `--check` says whether they are fresh. Ops of plugins get the
same text at run time, through linecache, so tracebacks and debuggers show it.
"""

from __future__ import annotations

import argparse
import linecache
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ft_core
from ft_core.keys import AUTOCAST, LAYOUTS, SUB, TF_MODE

from .kinds import COMPOSITE, VIEW
from .op import fills, has_route, is_pointwise, remembers, takes_limits
from .registry import OPS
from .routes import UNROUTED
from .schema import NO_DEFAULT, Param

if TYPE_CHECKING:
    from .op import Op

HERE = Path(__file__).parent / "generated"
_RENAMED = {"self": "input"}

HEADER = '''"""Wrappers of the `{family}` family, generated from ft_dispatch/ops/{family}.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
{older}from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road
'''

_WRAP = """        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, {saved})
"""


_UNPACK = {(True, False): "rec, memo", (False, False): "dest, rec, dense, memo", (False, True): "leaf, dest, rec, _, ok"}


def parameter_name(param: Param) -> str:
    """The name users type: torch calls the first tensor `input` in functions."""
    name = _RENAMED.get(param.name, param.name)
    return name + "_" if name in ("from", "in", "lambda", "is") else name


def signature_text(op: Op, out: bool) -> str:
    """The parameter list of the Python function."""
    parts, star = [], False
    for param in op.params:
        if param.kwonly and not star:
            parts.append("*older" if op.older else "*")
            star = True
        name = parameter_name(param)
        parts.append(name if param.default is NO_DEFAULT else f"{name}={param.default!r}")
    if out:
        parts += ([] if star else ["*"]) + ["out=None"]
    return ", ".join(parts)


def _names(op: Op) -> list[str]:
    return [parameter_name(p) for p in op.params]


def _tuple(names: list[str]) -> str:
    return f"({names[0]},)" if len(names) == 1 else f"({', '.join(names)})"


def _docstring(op: Op) -> str:
    text = op.doc or op.schema
    return f'    """{text}\n\n    aten::{op.schema}\n    """\n' if op.doc else f'    """aten::{op.schema}"""\n'


def _older(op: Op, function: str, out: bool) -> str:
    """The first lines of a wrapper whose op has an older form."""
    if not op.older:
        return ""
    first = ", ".join(parameter_name(p) for p in op.params if not p.kwonly)
    named = "".join(f", {n}={n}" for n in [parameter_name(p) for p in op.params if p.kwonly] + ["out"] * out)
    return f"    if older:\n        return call_older(op_{op.python_name}, {function}, ({first}, *older){named})\n"


def function_text(op: Op) -> str:
    """The functional wrapper."""
    name, names = op.python_name, _names(op)
    out = ", out" if op.out else ""
    head = f"def {name}({signature_text(op, op.out)}):\n{_docstring(op)}{_older(op, name, op.out)}"
    itself = name if name not in names else f"op_{name}.wrapper"  # a parameter may have the function's name
    careful = f"call(op_{name}, {itself}, {_tuple(names)}{out})"
    if not is_pointwise(op):
        return head + _routed(op, names, careful)
    return head + _pointwise_body(op, names, careful)


def _routed(op: Op, names: list[str], careful: str) -> str:
    """Ops with parameters: the route's memo turns (shapes, parameters) into the kernel, the output's key and canonical parameters."""
    if op.raw_args or (op.kind is COMPOSITE and op.tensor_at and not op.lists_at):
        return _composite(op, names, careful)
    if not has_route(op):
        return f"    return {careful}\n"
    if op.lists_at:
        return _list_tail(op, names, careful)
    tensors = [names[i] for i in op.tensor_at]
    params = [names[i] for i in op.param_at]
    optional = [names[i] for i in op.tensor_at if op.params[i].optional]
    required = [n for n in tensors if n not in optional]
    text = _numbers_attempt(op, names, careful) if takes_limits(op) else ""
    text += "    try:\n        st = TL.st\n        keys = " + " | ".join([f"{n}._k" for n in required] + ["st.bits"]) + "\n"
    for n in optional:
        text += f"        a_{n} = None\n        if {n} is not None:\n            keys |= {n}._k\n            a_{n} = {n}._a\n"
    text += f"        {_UNPACK[op.kind is VIEW, op.kernel_checks]} = table_{op.python_name}[keys]\n"
    if op.out:
        text += "        if out is not None:\n            raise KeyError\n"
    if op.kernel_checks:
        return text + _checked_tail(op, names, careful)
    shapes = [f"{n}._a.shape" for n in required] + [f"None if a_{n} is None else a_{n}.shape" for n in optional]
    for i in op.param_at:
        if op.params[i].is_list:  # a list is no key; as a tuple it is
            text += f"        if {names[i]}.__class__ is list:\n            {names[i]} = tuple({names[i]})\n"
    if op.kind is VIEW:
        return text + _view_tail(op, tensors[0], params, careful)
    text += (
        f"        leaf, ok, {''.join(p + ', ' for p in params)}= memo[{', '.join(shapes + params)}]\n"
        if params
        else (f"        leaf, ok = memo[{', '.join(shapes)}]\n")
    )
    arrays = {**{n: f"{n}._a" for n in required}, **{n: f"a_{n}" for n in optional}}
    text += f"        arr = st.run(leaf, {', '.join(arrays.get(n, n) for n in names)}, out=dest)\n"
    text += f"    except _MISS:\n        return {careful}\n"
    if op.n_outputs > 1:
        text += "    made = wrap_all(arr, ok)\n"
        return text + f"    return made if rec is None else rec(made, {', '.join(names)})\n"
    text += "    if keys & 4 and not arr.flags.c_contiguous:\n        arr = dense(arr)\n" + _unindent(
        _WRAP.format(saved=", ".join(names))
    )
    return text


def _numbers_attempt(op: Op, names: list[str], careful: str) -> str:
    """Numbers where optional tensors may stand: a memo behind the key of the one tensor knows them as arrays."""
    x, *limits = names
    text = "    if " + " and ".join(f"({n} is None or {n}.__class__ is float or {n}.__class__ is int)" for n in limits) + ":\n"
    text += f"        try:\n            st = TL.st\n            leaf, dest, memo = numbers_{op.python_name}[{x}._k | st.bits]\n"
    if op.out:
        text += "            if out is not None:\n                raise KeyError\n"
    arrays = ", ".join(f"a_{n}" for n in limits)
    text += f"            ok, {arrays} = memo[{', '.join(limits + [f'{n}.__class__' for n in limits])}]\n"
    text += f"            arr = st.run(leaf, {x}._a, {arrays}, out=dest)\n"
    text += f"        except _MISS:\n            return {careful}\n"
    return text + _WRAP.replace("made if rec is None else rec(made, {saved})", "made")


def _list_tail(op: Op, names: list[str], careful: str) -> str:
    """A list of tensors first: the memo knows the call by all their shapes."""
    tensors, params = names[0], names[1:]
    text = f"    try:\n        st = TL.st\n        keys = st.bits\n        for t in {tensors}:\n            keys |= t._k\n"
    text += f"        leaf, dest, rec, _, memo = table_{op.python_name}[keys]\n"
    if op.out:
        text += "        if out is not None:\n            raise KeyError\n"
    key = ", ".join([f"tuple([t._a.shape for t in {tensors}])", *params])
    text += f"        ok, {''.join(p + ', ' for p in params)}= memo[{key}]\n"
    text += f"        arr = st.run(leaf, [t._a for t in {tensors}], {', '.join(params)}, out=dest)\n"
    text += f"    except _MISS:\n        return {careful}\n"
    return text + _unindent(
        _WRAP.format(saved=", ".join([f"tuple({tensors})", *params]))
    )  # the caller's list may change before backward


def _checked_tail(op: Op, names: list[str], careful: str) -> str:
    """No memo: the key of the output is the memo itself, and the kernel raises where shapes do not fit."""
    test = " and ".join(f"{names[i]} == {op.params[i].default!r}" for i in op.param_at)
    text = f"        if not ({test}):\n            raise KeyError\n" if test else ""
    text += f"        arr = st.run(leaf, {', '.join(n + '._a' if op.params[i].is_tensor else n for i, n in enumerate(names))}, out=dest)\n"
    text += f"    except _MISS:\n        return {careful}\n"
    text += f"    if keys & 4 and not (arr.flags.c_contiguous and arr.size):\n        return {careful}\n"
    return text + _unindent(_WRAP.format(saved=", ".join(names)))


def _composite(op: Op, names: list[str], careful: str) -> str:
    """A composite goes straight to its decomposition unless something overrides (with `raw_args`, arguments as users write them)."""
    required = [f"{names[i]}._k" for i in op.tensor_at if not op.params[i].optional]
    if not required:
        return f"    return {careful}\n"
    text = "    try:\n        keys = " + " | ".join([*required, "TL.st.bits"]) + "\n"
    for i in op.tensor_at:
        if op.params[i].optional:
            text += f"        if {names[i]} is not None:\n            keys |= {names[i]}._k\n"
    text += f"    except AttributeError:\n        return {careful}\n    if keys & {SUB | TF_MODE | AUTOCAST | LAYOUTS}:\n        return {careful}\n"
    if op.out:
        text += f"    if out is not None:\n        return {careful}\n"
    if op.fused:
        return _fused_attempt(op, names) + text + f"    return call_fused(op_{op.python_name}, {_tuple(names)}, keys)\n"
    if op.raw_args:
        return text + f"    return op_{op.python_name}.decomposition({', '.join(names)})\n"
    name, tensors = op.python_name, {i: names[i] for i in op.tensor_at}
    if not remembers(op):
        return text + f"    return op_{name}.decomposition(*canonical(op_{name}, {_tuple(names)}))\n"
    params = "".join(f"{names[i]}, " for i in op.param_at)
    text += f"    try:\n        if keys & {UNROUTED}:\n            raise KeyError\n"
    text += f"        {params}= table_{name}[{params.removesuffix(', ')}]\n"
    text += (
        f"    except (KeyError, TypeError):\n        return op_{name}.decomposition(*settled(op_{name}, {_tuple(names)}, keys))\n"
    )
    return text + f"    return op_{name}.decomposition({', '.join(tensors.get(i, n) for i, n in enumerate(names))})\n"


def _fused_attempt(op: Op, names: list[str]) -> str:
    """`try` one kernel and one node for a whole composite; where its optional tensor is absent, the key is the complement."""
    optional = [names[i] for i in op.tensor_at if op.params[i].optional]
    required = [n for n in names if n not in optional]
    text = "    try:\n        st = TL.st\n"
    text += f"        keys = {' | '.join([f'{n}._k' for n in required] + ['st.bits'])}\n"
    arrays = {n: f"{n}._a" for n in required}
    if optional:
        (last,) = optional
        arrays[last] = f"a_{last}"
        text += f"        if {last} is None:\n            a_{last} = None\n            keys = ~keys\n"
        text += f"        else:\n            a_{last} = {last}._a\n            keys |= {last}._k\n"
    text += f"        leaf, dest, ok, rec = table_{op.python_name}[keys]\n"
    if op.out:
        text += "        if out is not None:\n            raise KeyError\n"
    text += (
        f"        arr = st.run(leaf, {', '.join(arrays[n] for n in names)}, out=dest)\n    except _MISS:\n        pass\n    else:\n"
    )
    return text + _WRAP.format(saved=", ".join(names))


def _view_tail(op: Op, x: str, params: list[str], careful: str) -> str:
    key = ", ".join([f"{x}._a.shape", f"{x}._strides if keys & 4 else None", *params])
    if op.n_outputs == -1:
        text = f"        plans = memo[{key}]\n    except _MISS:\n        return {careful}\n"
        text += f"    made = [view_by_plan({x}, plan, st, 2) for plan in plans]\n"
        canonical = ", *plans[0][0][:-1]" if params else ""
        return text + f"    return made if rec is None else rec(made, {x}{canonical})\n"
    text = f"        plan = memo[{key}]\n    except _MISS:\n        return {careful}\n"
    text += f"    made = view_by_plan({x}, plan, st)\n"
    canonical = ", *plan[0]" if params else ""
    return text + f"    return made if rec is None else rec(made, {x}{canonical})\n"


def _unindent(text: str) -> str:
    return "".join(line.removeprefix("    ") for line in text.splitlines(keepends=True))


def _pointwise_body(op: Op, names: list[str], careful: str) -> str:
    n = len(op.tensor_at)
    tensors, extras = names[:n], names[n:]
    text = ""
    if n == 2:
        text += f"    kind = {tensors[1]}.__class__\n    if kind is float or kind is int:\n"
        text += _indent(_attempt(op, tensors[:1], tensors[1], extras, careful, names))
        text += f"        return {careful}\n"
    text += _attempt(op, tensors, None, extras, careful, names)
    return text + f"    return {careful}\n"


def _indent(text: str) -> str:
    return "".join("    " + line if line.strip() else line for line in text.splitlines(keepends=True))


def _attempt(op: Any, tensors: list[str], number: str | None, extras: list[str], careful: str, names: list[str]) -> str:
    """`try` the route of an Op or a _Bare; falls out of the block where there is none."""
    name = op.python_name
    union = " | ".join([f"{t}._k" for t in tensors] + ["st.bits"])
    arrays = ", ".join([f"{t}._a" for t in tensors] + ([f"box[{number}]"] if number else []))
    kept = [t for t in tensors if t in getattr(op, "keep", ())]  # their dtype is a role of its own, so it is a key of its own
    if kept:
        union = " | ".join(f"{t}._k" for t in kept) + ", " + " | ".join([f"{t}._k" for t in tensors if t not in kept] + ["st.bits"])
    table = f"numbers_{name}[keys if kind is float else ~keys]" if number else f"table_{name}[{union}]"
    unpack = "leaf, dest, ok, rec, whole, box" if number else ("leaf, dest, ok, rec, whole" if extras else "leaf, dest, ok, rec, _")
    text = "    try:\n        st = TL.st\n"
    if number:
        text += f"        keys = {union}\n"
    text += f"        {unpack} = {table}\n"
    if op.out:
        text += "        if out is not None:\n            raise KeyError\n"
    text += _run(op, "arr = ", arrays, extras, "dest")
    text += "    except _MISS:\n        pass\n    else:\n"
    return text + _WRAP.format(saved=", ".join(names))


def _run(op: Op, assign: str, arrays: str, extras: list[str], dest: str) -> str:
    """The kernel call: the leaf over arrays alone where every further parameter has its default."""
    leaf = f"{assign}st.run(leaf, {arrays}, out={dest})\n"
    if not extras:
        return "        " + leaf
    full = f"{assign}st.run(whole, {arrays}, {', '.join(extras)}, out={dest})\n"
    numbers = [parameter_name(p) for p in op.params[len(op.tensor_at) :] if p.base in ("Scalar", "float", "int")]
    plain = " and ".join(
        f"({n} is None or {n}.__class__ in _NUMBERS)" if op.params[op.index_of[n]].optional else f"{n}.__class__ in _NUMBERS"
        for n in numbers
    )
    if any(d is NO_DEFAULT for _, d in _defaults(op)):
        return f"        if not ({plain}):\n            raise KeyError\n        {full}" if numbers else f"        {full}"
    if numbers:
        full = f"{full}        else:\n            raise KeyError\n"
    test = " and ".join(f"{p} == {d!r}" if not isinstance(d, (bool, type(None))) else f"{p} is {d!r}" for p, d in _defaults(op))
    otherwise = f"elif {plain}" if numbers else "else"
    return f"        if {test}:\n            {leaf}        {otherwise}:\n            {full}"


def _defaults(op: Op) -> list[tuple[str, Any]]:
    return [(parameter_name(p), p.default) for p in op.params[len(op.tensor_at) :]]


def inplace_text(op: Op) -> str:
    """The in-place wrapper `name_`."""
    name, names = op.python_name, _names(op)
    head = (
        f"def {name}_({signature_text(op, False)}):\n" + f'    """In-place form of `{name}`."""\n' + _older(op, f"{name}_", False)
    )
    careful = f"call_inplace(op_{name}, {name}_, {_tuple(names)})"
    if fills(op):
        return head + _filling(op, names, careful)
    if takes_limits(op):
        return head + _limiting(op, names, careful)
    if not is_pointwise(op) or len(op.tensor_at) > 2:
        return f"{head}    return {careful}\n"
    n = len(op.tensor_at)
    tensors, extras = names[:n], names[n:]
    text = head
    if n == 2:
        text += f"    kind = {tensors[1]}.__class__\n    if kind is float or kind is int:\n"
        text += _indent(_inplace_attempt(op, tensors[:1], tensors[1], extras))
        text += f"        return {careful}\n"
    text += _inplace_attempt(op, tensors, None, extras)
    return text + f"    return {careful}\n"


def _limiting(op: Op, names: list[str], careful: str) -> str:
    """Numbers where optional tensors may stand: the memo of the functional form has them as arrays."""
    x, *limits = names
    arrays = ", ".join(f"a_{n}" for n in limits)
    text = (
        f"    try:\n        st = TL.st\n        leaf, _, memo = numbers_{op.python_name}[{x}._k | st.bits]\n        arr = {x}._a\n"
    )
    text += f"        _, {arrays} = memo[{', '.join(limits + [f'{n}.__class__' for n in limits])}]\n"
    text += f"        st.run(leaf, arr, {arrays}, out=arr)\n    except _MISS:\n        return {careful}\n"
    text += f"    cell = {x}._ver\n    if cell is None:\n        {x}._ver = [1]\n    else:\n        cell[0] += 1\n"
    return text + f"    return {x}\n"


def _filling(op: Op, names: list[str], careful: str) -> str:
    """Draws into a tensor: the memo holds the parameters that were checked for this key."""
    x, params, generator = names[0], names[1:-1], names[-1]
    key = f"({params[0]},)" if len(params) == 1 else f"({', '.join(params)})"
    text = f"    try:\n        st = TL.st\n        leaf, memo = inplace_{op.python_name}[{x}._k | st.bits]\n        arr = {x}._a\n"
    text += f"        st.run(leaf, arr, *memo[{key}], {generator}, out=arr)\n    except _MISS:\n        return {careful}\n"
    text += f"    cell = {x}._ver\n    if cell is None:\n        {x}._ver = [1]\n    else:\n        cell[0] += 1\n"
    return text + f"    return {x}\n"


def _inplace_attempt(op: Op, tensors: list[str], number: str | None, extras: list[str]) -> str:
    x = tensors[0]
    union = " | ".join([f"{t}._k" for t in tensors] + ["st.bits"])
    arrays = ", ".join(["arr"] + [f"{t}._a" for t in tensors[1:]] + ([f"box[{number}]"] if number else []))
    key = f"({union}, kind)" if number else union
    unpack = "leaf, whole, box" if number else "leaf, whole"
    text = f"    try:\n        st = TL.st\n        {unpack} = inplace_{op.python_name}[{key}]\n        arr = {x}._a\n"
    text += _run(op, "", arrays, extras, "arr")
    text += "    except _MISS:\n        pass\n    else:\n"
    return (
        text
        + f"        cell = {x}._ver\n        if cell is None:\n            {x}._ver = [1]\n"
        + f"        else:\n            cell[0] += 1\n        return {x}\n"
    )


def operator_text(op: Op, dunder: str) -> str:
    """An operator method: like the function, but NotImplemented for operands it does not know; `~` before the name swaps them."""
    names = _names(op)
    if len(op.tensor_at) == 1:
        return f"{dunder} = {op.python_name}\n"
    if dunder.startswith("__i") and dunder != "__invert__":
        guard = (
            f"def {dunder}({names[0]}, {names[1]}):\n    if not operand({names[1]}, {names[0]}):\n        return NotImplemented\n"
        )
        return guard + f"    return {op.python_name}_({names[0]}, {names[1]})\n"
    defaults = "".join(f", {d!r}" for _, d in _defaults(op))
    first, second = names[0], names[1]
    function = op.python_name
    if dunder.startswith("~"):
        return (
            f"def {dunder[1:]}({first}, {second}):\n    if not operand({second}, {first}):\n        return NotImplemented\n"
            f"    return {function}({second}, {first})\n"
        )
    if not is_pointwise(op):
        return f"def {dunder}({first}, {second}):\n    return {function}({first}, {second}) if operand({second}, {first}) else NotImplemented\n"
    careful = f"call(op_{function}, {function}, ({first}, {second}{defaults})) if operand({second}, {first}) else NotImplemented"
    bare = _Bare(op)
    text = f"def {dunder}({first}, {second}):\n    kind = {second}.__class__\n    if kind is float or kind is int:\n"
    saved = [first, second] + [repr(d) for _, d in _defaults(op)]
    text += _indent(_attempt(bare, [first], second, [], careful, saved)) + f"        return {careful}\n"
    return text + _attempt(bare, [first, second], None, [], careful, saved) + f"    return {careful}\n"


class _Bare:
    """An op as an operator sees it: no `out=`, no further parameters."""

    def __init__(self, op: Op) -> None:
        self.python_name = op.python_name
        self.out = False


_LOCALS = frozenset(
    {"arr", "box", "cell", "dense", "dest", "keys", "kind", "leaf", "made", "memo", "ok", "plan", "plans", "rec", "st", "whole"}
)


def op_text(op: Op) -> str:
    """All wrappers of one op, tables first. ValueError where a parameter has the name of a wrapper's local."""
    name = op.python_name
    taken = _LOCALS.intersection(_names(op))
    if taken:
        raise ValueError(
            f"aten::{op.name}: parameter {sorted(taken)} is a local of generated wrappers; rename that local in codegen.py"
        )
    text = f"op_{name} = OPS[{op.name!r}]\n"
    if is_pointwise(op) or has_route(op) or op.fused or remembers(op):
        text += f"table_{name} = op_{name}.table\n"
    if (is_pointwise(op) and len(op.tensor_at) == 2) or takes_limits(op):
        text += f"numbers_{name} = op_{name}.number_table\n"
    if op.inplace and ((is_pointwise(op) and len(op.tensor_at) <= 2) or fills(op)):
        text += f"inplace_{name} = op_{name}.inplace_table\n"
    text += "\n\n" + function_text(op)
    if op.inplace:
        text += "\n\n" + inplace_text(op)
    for dunder in op.operators.split():
        text += "\n\n" + operator_text(op, dunder)
    return text


def family_text(family: str, ops: list[Op]) -> str:
    """The generated file of one family."""
    parts = [op_text(op) for op in sorted(ops, key=lambda o: o.name)]
    return _header(family, ops) + "\n" + "\n\n".join(parts)


def _header(family: str, ops: list[Op]) -> str:
    older = "from ft_dispatch.older_forms import call_older\n" if any(op.older for op in ops) else ""
    return HEADER.format(family=family, older=older)


def compile_op(op: Op) -> dict[str, Any]:
    """The wrappers of an op declared at run time: the same text, visible to tracebacks and debuggers through linecache."""
    text = _header(op.family or "plugin", [op]) + "\n" + op_text(op)
    filename = f"<ft_dispatch generated {op.name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    scope: dict[str, Any] = {"__name__": f"ft_dispatch.generated.{op.python_name}", "torch": ft_core}  # dtypes as defaults
    exec(compile(text, filename, "exec"), scope)  # our own text, see above
    return scope


def families() -> dict[str, list[Op]]:
    """Built-in ops by family."""
    from . import ops as table  # noqa: PLC0415  # loads every record

    found: dict[str, list[Op]] = {family: [] for family in table.FAMILIES}
    for record in OPS.values():
        if record.family in found:
            found[record.family].append(record)
    return {family: ops for family, ops in found.items() if ops}


def main(argv: list[str] | None = None) -> int:
    """Write the files, or with --check report stale ones."""
    parser = argparse.ArgumentParser(description="Write ft_dispatch/generated from the op table.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is stale")
    args = parser.parse_args(argv)
    stale = []
    HERE.mkdir(exist_ok=True)
    for family, ops in families().items():
        path, text = HERE / f"{family}.py", family_text(family, ops)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not args.check:
                path.write_text(text, encoding="utf-8")
    print(f"{'stale' if args.check else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if stale and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
