"""`python -m ft_conformance.oracle`: our ops against an installed torch, on torch's own samples.

    python -m ft_conformance.oracle --op add --op nn.functional.gelu --grad
    python -m ft_conformance.oracle --family reduction --dtype float32 --dtype int64
    python -m ft_conformance.oracle --dtype float64 --gradgrad --forward
    python -m ft_conformance.oracle --grad --json out.json        everything (minutes)

One row for each op that is not entirely equal, with its first difference; `--all` shows equal ones, too. Ops of torch's that we
lack are listed as missing. Exit status 1 if anything failed. `pytest --pyargs ft_conformance --oracle=torch` runs the same as
tests.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from . import facade
from .oracle_cases import OracleRun, Report

DTYPES = ("float32", "float64", "bfloat16", "float16", "complex64", "int64", "int32", "uint8", "bool")


def load_oracle() -> tuple[Any, list[Any]]:
    """(torch, its op database). ImportError where no torch is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch = import_module("torch")  # never a dependency: asked where somebody has installed it
        database = import_module("torch.testing._internal.common_methods_invocations").op_db
    torch.set_num_threads(1)
    return torch, database


def select(run: OracleRun, database: Sequence[Any], ops: Sequence[str], family: Sequence[str]) -> Iterator[Any]:
    """The entries asked for: by name or alias, by family, or all. ValueError for a name that torch does not have."""
    wanted = set(ops)
    for info in database:
        if info.name.startswith("jiterator") or info.name.startswith("_refs."):
            continue  # CUDA only; torch's Python references
        names = {info.name, *(a.name for a in info.aliases), info.name.rpartition(".")[2]}
        by_name = bool(wanted & names)
        by_family = run.family(info) in family and bool(family)
        if by_name or by_family or not (ops or family):
            yield info


def reports(run: OracleRun, infos: Iterator[Any], dtypes: Sequence[str]) -> Iterator[Report]:
    """A report for each op and dtype torch has it in, and one for its error inputs."""
    for info in infos:
        supported = {str(kind).removeprefix("torch.") for kind in info.supported_dtypes("cpu")}
        seen = False
        for dtype in dtypes:
            if dtype in supported:
                report = run.run(info, dtype)
                yield report
                seen = True
                if report.status == "missing":
                    break
        if seen and report.status != "missing" and info.error_inputs_func is not None:
            yield run.run_errors(info)


def table(found: Sequence[Report], everything: bool) -> str:
    """Rows of text, one for each report that is worth a line."""
    lines = []
    for r in found:
        if r.status == "missing" or (r.status == "pass" and not everything):
            continue
        kinds = " ".join(f"{kind}:{n}" for kind, n in sorted(r.failures.items()))
        lines.append(
            f"{r.status:<13} {r.op:<36} {r.dtype:<10} {r.cases:>4} cases  {kinds}\n              {r.first}"
            if r.first
            else f"{r.status:<13} {r.op:<36} {r.dtype:<10} {r.cases:>4} cases"
        )
    missing = sorted({r.op if r.op in r.missing else f"{r.op} ({r.missing})" for r in found if r.status == "missing"})
    if missing:
        lines.append(f"missing ({len(missing)}): {', '.join(missing)}")
    counts = Counter(r.status for r in found)
    ops = {r.op for r in found}
    bad = {r.op for r in found if r.status == "fail"}
    good = ops - bad - {r.op for r in found if r.status == "missing"}
    lines.append(f"{len(ops)} ops: {len(good)} pass, {len(bad)} fail, {len(missing)} missing; reports: {dict(counts)}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="ft_conformance.oracle", description="Compare ops with an installed torch on torch's samples."
    )
    parser.add_argument("--op", action="append", default=[], help="an op or alias, as torch's database names it; repeatable")
    parser.add_argument("--family", action="append", default=[], help="a family of the op table; repeatable")
    parser.add_argument("--dtype", action="append", default=[], help=f"default: {' '.join(DTYPES)}")
    parser.add_argument("--grad", action="store_true", help="also compare gradients")
    parser.add_argument("--gradgrad", action="store_true", help="also compare second derivatives (float64 is the dtype for it)")
    parser.add_argument("--forward", action="store_true", help="also compare forward mode (float64 is the dtype for it)")
    parser.add_argument("--vmap", action="store_true", help="also compare vmap with a loop, and count what it loops over")
    parser.add_argument("--hessian", action="store_true", help="also compare forward over reverse (float64 is the dtype for it)")
    parser.add_argument("--meta", action="store_true", help="also run on the meta device and compare dtype, shape and strides")
    parser.add_argument("--limit", type=int, default=None, help="at most this many samples of each op and dtype")
    parser.add_argument("--all", action="store_true", help="also print what passed")
    parser.add_argument("--json", type=Path, default=None, help="write every report there")
    options = parser.parse_args(argv)
    torch, database = load_oracle()
    orders = {name: getattr(options, name) for name in ("grad", "gradgrad", "forward", "vmap", "hessian", "meta")}
    run = OracleRun(torch, facade.make(), facade.families(), **orders, limit=options.limit)
    found = list(reports(run, select(run, database, options.op, options.family), options.dtype or DTYPES))
    if not found:
        parser.error(f"torch's database has nothing for {options.op or ''} {options.family or ''} in {options.dtype or DTYPES}")
    print(table(found, options.all))
    if options.vmap:
        print(f"vmap runs {len(run.loops)} ops of the table example by example: {', '.join(sorted(run.loops)) or 'none'}")
    if options.json is not None:
        rows = [
            {
                "op": r.op,
                "dtype": r.dtype,
                "family": r.family,
                "status": r.status,
                "cases": r.cases,
                "failures": r.failures,
                "first": r.first,
                "missing": r.missing,
                "unconvertible": r.unconvertible,
            }
            for r in found
        ]
        options.json.write_text(
            json.dumps({"torch": torch.__version__, "limit": options.limit, "reports": rows}, indent=1), encoding="utf-8"
        )
    return 1 if any(r.status == "fail" for r in found) else 0


if __name__ == "__main__":
    sys.exit(main())
