"""Writes the recording code: per op a node class and the functions that make one, from the op's gradient rules.

`python -m ft_autograd.codegen` writes `generated/<family>.py`; ops of plugins get the same text at run time, through linecache. What is saved is
exactly what the rules of the arguments that require grad ask for, by parameter name.
"""

from __future__ import annotations

import argparse
import linecache
import sys
from pathlib import Path
from textwrap import indent
from typing import Any

from ft_dispatch.op import Op, is_pointwise
from ft_dispatch.registry import OPS, PACKETS

from .expression import inlined
from .rule import FACTS, RULES, OpRules, Rule

HERE = Path(__file__).parent / "generated"

HEADER = '''"""Nodes and recorders of the `{family}` family, from ft_autograd/rules/{family}.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import {family} as rules
'''


def node_name(op: Op) -> str:
    """Torch's name of the node: MulBackward0, AvgPool2DBackward0; overloads of one name are numbered."""
    siblings = sorted(o.name for o in PACKETS[op.base].values() if o.name in RULES)
    base = _SHOWN_AS.get(op.base, op.base.removesuffix("_forward"))
    words = base.title().replace("_", "")  # a letter after a digit is a capital, too
    return f"{words}Backward{_NUMBERED.get(op.name, siblings.index(op.name))}"


_SHOWN_AS = {"_native_batch_norm_legit_functional": "native_batch_norm"}
_NUMBERED = {"max": 1, "max.dim": 0, "min": 1, "min.dim": 0}
"""Where torch's list of derivatives has another order than the alphabet."""


def fact_of(asked: str, names: Any) -> tuple[str, str] | None:
    """("self", "shape") of the rule parameter `self_shape`: metadata of a tensor, saved without the tensor."""
    name, _, fact = asked.rpartition("_")
    return (name, fact) if fact in FACTS and name in names else None


class Plan:
    """What one op's node saves, and for whom."""

    def __init__(self, op: Op, rules: OpRules) -> None:
        self.op = op
        self.rules = rules
        self.wrt = [p.name for p in op.params if p.name in rules.by_argument]
        self.ordered = list(dict.fromkeys(rules.by_argument[name].function for name in self.wrt))
        names = {p.name: p for p in op.params}
        self.inputs: dict[str, list[str]] = {}  # saved tensor -> arguments whose rules ask for it
        self.lists: dict[str, list[str]] = {}
        self.params: list[str] = []
        self.outputs: dict[str, int] = {}
        self.facts: list[str] = []  # "self_shape", "other_dtype": metadata that a rule needs instead of the tensor
        for name in self.wrt:
            for asked in rules.by_argument[name].names:
                if asked in op.output_names:
                    self.outputs[asked] = op.output_names.index(asked)
                elif asked in names and names[asked].is_tensor:
                    held = self.lists if names[asked].is_list else self.inputs
                    held.setdefault(asked, []).append(name)
                elif asked in names:
                    if asked not in self.params:
                        self.params.append(asked)
                elif fact_of(asked, names) and asked not in self.facts:
                    self.facts.append(asked)
        self.out_for = {o: [n for n in self.wrt if o in rules.by_argument[n].names] for o in self.outputs}

    def slots(self) -> list[str]:
        """Names of the node's slots, in the order in which recorders fill them."""
        found = []
        for name in [*self.inputs, *self.lists]:
            found += [f"s_{name}", f"v_{name}"]
        found += [f"o_{name}" for name in self.outputs] + [f"p_{name}" for name in self.params + self.facts]
        return found


def class_text(plan: Plan) -> str:
    """The node class: slots, apply, release."""
    op = plan.op
    slots = ", ".join(repr(s) for s in plan.slots())
    text = f"class {node_name(op)}(Node):\n"
    text += f'    """Backward of aten::{op.name}."""\n\n    __slots__ = ({slots}{"," if slots else ""})\n'
    text += f"    op_name = {op.name!r}\n    n_outputs = {op.n_outputs}\n"
    text += f"    traits = {_traits(plan)}\n\n    def apply(self, g):\n"
    if len(plan.wrt) > 1:
        text += (
            f"        {', '.join('n_' + n for n in plan.wrt)} = (e is not None for e in self.next)\n"
            if any(p.is_list for p in op.params if p.name in plan.wrt)
            else f"        {', '.join('n_' + n for n in plan.wrt)} = self.next\n"
        )
    for rule_function in plan.ordered:
        text += _apply_rule(
            plan, next(plan.rules.by_argument[n] for n in plan.wrt if plan.rules.by_argument[n].function is rule_function)
        )
    text += f"        return ({', '.join('r_' + n for n in plan.wrt)},)\n"
    return text + _release(plan) + _saved_properties(plan)


def _traits(plan: Plan) -> str:
    op, ours = plan.op, all(rule.function.__module__.startswith("ft_autograd.rules.") for rule in plan.rules.rules)
    found = ["FRESH", *(["SAVES"] if plan.inputs or plan.lists or plan.outputs else [])]
    if ours and is_pointwise(op) and len(op.tensor_at) == 1:  # a user's rule may still be wrong, and is told so
        found.append("EXACT")
    if len(plan.wrt) == 1 and not _list_wrt(plan):
        found.append("SINGLE")
    return " | ".join(found)


def _release(plan: Plan) -> str:
    text = "\n    def release(self):\n" if plan.inputs or plan.lists or plan.outputs else ""
    for name in [*plan.inputs, *plan.lists]:
        text += f"        self.s_{name} = Node\n"
    for name in plan.outputs:
        text += f"        self.o_{name} = None\n"
    return text


def _saved_properties(plan: Plan) -> str:
    """`_saved_self`, `_saved_result`: what torch shows of a node."""
    text = ""
    for name in plan.inputs:
        text += f"\n    @property\n    def _saved_{name}(self):\n        return {_input(name)}\n"
    for name, at in plan.outputs.items():
        text += f"\n    @property\n    def _saved_{name}(self):\n        return unpack_output(self, self.o_{name}, {at})\n"
    for name in plan.params:
        text += f"\n    @property\n    def _saved_{name}(self):\n        return self.p_{name}\n"
    return text


def _input(name: str) -> str:
    return f"unpack_input(self, self.s_{name}, self.v_{name})"


def _apply_rule(plan: Plan, rule: Rule) -> str:
    """Lines that compute what one rule gives: its saved values by name, then its expression, or a call of it."""
    mine = [n for n in plan.wrt if plan.rules.by_argument[n].function is rule.function]
    by_place = rule.function.__code__.co_argcount  # a keyword in a call costs more than the place does
    values = [_value(plan, asked, mine, rule) for asked in rule.names]
    lines = []
    for i, asked in enumerate(rule.names):
        if asked in plan.outputs:
            lines.append(f"x_{asked} = {values[i]}")
        elif asked in plan.inputs:
            lines += _unpack(asked)
        else:
            continue
        values[i] = f"x_{asked}"
    call = inlined(rule.function, dict(zip(rule.names, values, strict=True)))
    if call is None:
        named = [("" if i < by_place else f"{asked}=") + values[i] for i, asked in enumerate(rule.names)]
        call = f"rules.{rule.function.__name__}({', '.join(named)})"
    if rule.form == "local":
        call = f"(times if self.k & COMPLEX else mul)(g, {call})"
    if len(rule.wrt) > 1:
        lines.append(f"{', '.join(f'r_{n}' if n in mine else '_' for n in rule.wrt)} = {call}")
    else:
        lines.append(f"{', '.join(f'r_{n}' for n in mine)} = {call}")
        if len(plan.wrt) > 1:
            test = f"n_{mine[0]}" if _list_wrt(plan) else f"n_{mine[0]} is not None"
            if len(lines) == 1:
                return f"        {lines[0]} if {test} else None\n"
            return "".join(
                [
                    f"        if {test}:\n",
                    *[f"            {line}\n" for line in lines],
                    f"        else:\n            r_{mine[0]} = None\n",
                ]
            )
    return "".join(f"        {line}\n" for line in lines)


def _unpack(name: str) -> list[str]:
    """`unpack_input` without a call where a plain tensor is as it was saved."""
    x, at = f"x_{name}", f"self.v_{name}"
    unchanged = f"({x}.__class__ is Tensor or {x}.__class__ is Parameter) and ({x}._ver or FIRST)[0] == {at}"
    return [f"{x} = self.s_{name}", f"if not ({unchanged}):", f"    {x} = unpack_input(self, {x}, {at})"]


def _list_wrt(plan: Plan) -> bool:
    return any(p.is_list for p in plan.op.params if p.name in plan.wrt)


def _value(plan: Plan, asked: str, mine: list[str], rule: Rule) -> str:
    op = plan.op
    if asked == "g":
        return "g" if op.n_outputs in (1, -1) else "g[0]"
    if asked == "needs":
        if len(plan.wrt) == 1:
            return "(True,)"
        return "(" + ", ".join((f"n_{n} is not None" if not _list_wrt(plan) else f"n_{n}") for n in rule.wrt) + ",)"
    if asked in plan.outputs:
        return f"unpack_output(self, self.o_{asked}, {plan.outputs[asked]})"
    if asked[0] == "g" and asked[1:].isdigit():
        return f"g[{asked[1:]}]"
    if asked in plan.lists:
        return f"[unpack_input(self, t, v) for t, v in zip(self.s_{asked}, self.v_{asked})]"
    return f"self.p_{asked}"


def recorder_text(plan: Plan, name: str, form: str = "") -> str:
    """The function a wrapper calls with (output, *arguments): makes the node and saves what the rules of the arguments that need it ask for.

    Forms: "" (all operands are tensors), "number" (the second one is a Python number), "any" (careful road: whatever may stand there).
    """
    op = plan.op
    args = [p.name for p in op.params]
    text = f"def {name}(made, {', '.join(args)}):\n    node = {node_name(op)}()\n    node.seq = next(SEQ)\n"
    if op.n_outputs == 1:
        text += "    made._node = node\n    node.shape = made._a.shape\n    node.k = made._k\n"
    else:
        text += "    node.shape = [None if t is None else tuple(t.shape) for t in made]\n    node.k = 0\n"
        text += (
            "    for i, t in enumerate(made):\n        if t is not None and t._k & 1:\n            t._node = Out(node, i, t._k)\n"
        )
    text += _edges(plan, form) + _saves(plan, form)
    return text + "    return made\n"


def _certain(op: Op, form: str) -> frozenset[str]:
    """Parameters that hold a tensor in every call of this form, so that the recorder need not ask."""
    if form == "any":
        return frozenset()
    return frozenset(p.name for p in op.params if p.is_tensor and not p.optional and not p.is_list)


def _alone(plan: Plan, form: str) -> bool:
    """Whether the op has one tensor: then that is what asked to be recorded, and nothing need be tested."""
    return len(plan.op.tensor_at) == 1 and not plan.op.lists_at and plan.wrt[0] in _certain(plan.op, form)


def _edges(plan: Plan, form: str) -> str:
    names = plan.wrt
    op = plan.op
    lists = {p.name for p in op.params if p.is_list}
    text, parts = "", []
    certain, number = _certain(op, form), form == "number"
    for i, name in enumerate(names):
        if name in lists:
            text += f"    e{i} = tuple([edge(t) for t in {name}])\n"
            parts.append(f"e{i}")
        elif number and name == op.params[1].name:
            text += f"    e{i} = None\n"
            parts.append(f"e{i}")
        elif name in certain:
            asked = f"{name}._node or {name}"
            text += f"    e{i} = {asked}\n" if _alone(plan, form) else f"    e{i} = ({asked}) if {name}._k & 1 else None\n"
            parts.append(f"e{i}")
        else:
            text += f"    e{i} = edge({name})\n"
            parts.append(f"e{i}")
    return text + f"    node.next = ({', '.join(parts)},)\n"


def _saves(plan: Plan, form: str) -> str:
    op, text = plan.op, ""
    certain, number = _certain(op, form), form == "number"
    for name, users in plan.inputs.items():
        saved = f"node.s_{name} = {name}\n"
        if number and name == op.params[1].name:
            saved += f"node.v_{name} = 0\n"
        elif name in certain:
            saved += f"cell = {name}._ver\nnode.v_{name} = 0 if cell is None else cell[0]\n"
        else:
            saved += f"node.v_{name} = version({name})\n"
        if _alone(plan, form):
            text += indent(saved, "    ")
            continue
        text += f"    if {_needed(plan, users)}:\n{indent(saved, '        ')}"
        text += f"    else:\n        node.s_{name} = Node\n        node.v_{name} = 0\n"
    for name in plan.lists:
        text += f"    node.s_{name} = {name}\n    node.v_{name} = [version(t) for t in {name}]\n"
    for name, at in plan.outputs.items():
        source = "made" if op.n_outputs == 1 else f"made[{at}]"
        users = plan.out_for[name]
        saved = f"node.o_{name} = save_output({source})"
        text += f"    {saved}\n" if _alone(plan, form) else f"    {saved} if {_needed(plan, users)} else None\n"
    for name in plan.params:
        text += f"    node.p_{name} = {name}\n"
    for asked in plan.facts:
        name, fact = asked.rsplit("_", 1)
        if fact == "shape" and name in certain:
            text += f"    node.p_{asked} = {name}._a.shape\n"  # a grad level's payload is a tensor, so this is the logical shape there too
            continue
        text += f"    node.p_{asked} = {FACTS[fact].format(name)}\n"
    return text


def _needed(plan: Plan, users: list[str]) -> str:
    return " or ".join([f"e{plan.wrt.index(user)} is not None" for user in users])


def op_text(op: Op, rules: OpRules) -> str:
    """Everything generated for one op."""
    plan = Plan(op, rules)
    text = class_text(plan) + "\n\n" + recorder_text(plan, f"record_{op.python_name}")
    if is_pointwise(op) and len(op.tensor_at) == 2:
        text += "\n\n" + recorder_text(plan, f"record_{op.python_name}_number", "number")
    if is_pointwise(op) and len(op.tensor_at) > 1:
        text += "\n\n" + recorder_text(plan, f"record_{op.python_name}_any", "any")
    return text


def family_text(family: str, ops: list[Op]) -> str:
    """The generated file of one family."""
    parts = [op_text(op, RULES[op.name]) for op in sorted(ops, key=lambda o: o.name)]
    return HEADER.format(family=family) + "\n\n" + "\n\n".join(parts)


def compile_op(op: Op, rules: OpRules, scope: dict[str, Any]) -> dict[str, Any]:
    """The same text for an op of a plugin, compiled now and visible to tracebacks."""
    text = op_text(op, rules)
    filename = f"<ft_autograd generated {op.name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    exec(compile(text, filename, "exec"), scope)  # our own text, see above
    return scope


def main(argv: list[str] | None = None) -> int:
    """Write the files, or with --check report stale ones."""
    parser = argparse.ArgumentParser(description="Write ft_autograd/generated from the gradient rules.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is stale")
    args = parser.parse_args(argv)
    from . import rules as _rules  # noqa: PLC0415  # loads every rule

    stale = []
    HERE.mkdir(exist_ok=True)
    for family in _rules.FAMILIES:
        ops = [op for op in OPS.values() if op.name in RULES and RULES[op.name].rules and rule_family(op) == family]
        path, text = HERE / f"{family}.py", family_text(family, ops)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not args.check:
                path.write_text(text, encoding="utf-8")
    print(f"{'stale' if args.check else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if stale and args.check else 0


def rule_family(op: Op) -> str:
    """The rules file that holds an op's rules."""
    return RULES[op.name].rules[0].function.__module__.rpartition(".")[2]


if __name__ == "__main__":
    sys.exit(main())
