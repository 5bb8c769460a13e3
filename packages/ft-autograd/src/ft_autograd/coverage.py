"""How many gradient rules somebody had to write: `python -m ft_autograd.coverage` counts, per transform, the ops whose rule is derived.

A rule is *derived* where nothing is written for that op and transform: backward and forward mode of an op run through its
decomposition, or follow from its kind (views); forward mode follows from a local derivative, a transpose or two vjps; vmap follows from
kind, ranks or decomposition. It is *written* where a function stands in `rules/` or `levels/` under the op's name, *looped* where
vmap runs the examples one by one, *missing* where the transform is refused.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable

from ft_dispatch.kinds import COMPOSITE, CREATION, RANDOM, VIEW
from ft_dispatch.op import Op
from ft_dispatch.registry import OPS

from . import func as _func  # noqa: F401  # the transforms, and every rule with them
from .levels import batch_rules
from .levels.vmap_level import LOOPED, draws
from .rule import RULES

WAYS = ("written", "derived", "looped", "missing")


def backward_of(op: Op) -> str:
    """Where the op's backward comes from."""
    if op.name in RULES and RULES[op.name].by_argument:
        return "written"
    return "derived" if op.decomposition is not None else "missing"


def forward_of(op: Op) -> str:
    """Where the op's forward mode comes from."""
    rules = RULES.get(op.name)
    if rules is not None and rules.jvp is not None:
        return "written"
    return "derived" if rules is not None or op.kind is VIEW or op.decomposition is not None else "missing"


def vmap_of(op: Op) -> str:
    """Where the op's batching rule comes from."""
    if op.batch_rule is not None or op.name in batch_rules.NAMED:
        return "written"
    if batch_rules.rule_for(op) is not None or (op.decomposition is not None and op.name not in LOOPED) or draws(op):
        return "derived"
    return "looped"


TRANSFORMS: dict[str, Callable[[Op], str]] = {"backward": backward_of, "forward mode": forward_of, "vmap": vmap_of}


def counts(op: Op, transform: str) -> bool:
    """Whether an op is asked for a rule of a transform: differentiable ones, and for vmap all that take dense tensors."""
    if op.kind is CREATION:
        return False
    if transform == "vmap":
        return not (op.family in ("sparse", "quantized") and op.decomposition is None and op.data_dependent)
    return op.differentiable and op.kind is not RANDOM


def counted() -> dict[str, Counter[str]]:
    """Per transform, how many ops of the table have their rule in each way."""
    return {name: Counter(way(op) for op in OPS.values() if counts(op, name)) for name, way in TRANSFORMS.items()}


def share(counts: dict[str, Counter[str]]) -> float:
    """Derived rules among all that exist."""
    derived = sum(c["derived"] for c in counts.values())
    return derived / sum(c["derived"] + c["written"] for c in counts.values())


def listing(way: str) -> list[str]:
    """ "transform: op" for every rule that comes about in this way."""
    return [f"{name}: {op.name}" for name, of in TRANSFORMS.items() for op in OPS.values() if counts(op, name) and of(op) == way]


def report() -> str:
    """The table as Markdown, with the share below."""
    counts = counted()
    lines = ["| transform | " + " | ".join(WAYS) + " | derived |", "|---|" + "---:|" * (len(WAYS) + 1)]
    for name, c in counts.items():
        part = c["derived"] / (c["derived"] + c["written"])
        lines.append(f"| {name} | " + " | ".join(str(c[way]) for way in WAYS) + f" | {part:.0%} |")
    composites = sum(op.kind is COMPOSITE for op in OPS.values())
    lines += ["", f"{share(counts):.0%} of all rules are derived ({len(OPS)} ops, {composites} of them composites of others)."]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Print the report, or with --list the rules of one kind."""
    parser = argparse.ArgumentParser(description="Count written and derived gradient rules.")
    parser.add_argument("--list", choices=WAYS, help="name the rules that come about in this way")
    options = parser.parse_args(argv)
    print("\n".join(listing(options.list)) if options.list else report())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
