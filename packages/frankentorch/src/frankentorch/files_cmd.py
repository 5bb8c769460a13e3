"""`frankentorch convert`, `inspect` and `scrub`: files of tensors from the command line, over `ft_serialize`.

Rich draws tables and progress; it is loaded when a command runs. Bad files are sentences on standard error and an exit status of 1,
never a traceback.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ft_serialize.formats import TensorSpec
    from ft_serialize.inspection import Inspection

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kKMGT]?)B?\Z")
_UNITS = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def add_commands(commands: Any) -> None:
    """Enter the three commands into the program's parser."""
    convert = commands.add_parser("convert", help="write the tensors of one file in another format")
    convert.add_argument("source", metavar="IN", help="a file: .pt .safetensors .ftck .npz .npy .gguf .msgpack …index.json")
    convert.add_argument("target", metavar="OUT", help="the new file; its ending says the format")
    convert.add_argument("--from", dest="from_format", metavar="FORMAT", help="the format of IN, where it does not tell")
    convert.add_argument("--to", dest="to_format", metavar="FORMAT", help="the format of OUT, where its ending does not tell")
    convert.add_argument("--encoding", metavar="TYPE", help="for gguf: F32, F16, BF16, Q8_0 or Q4_0")
    convert.add_argument("--shard-size", type=_bytes, metavar="SIZE", help="for an index.json: tensors in one file (default 5GB)")
    convert.set_defaults(action=_guarded(_convert))

    inspect = commands.add_parser("inspect", help="what is in a file of tensors, and what is unsafe in it, without loading it")
    inspect.add_argument("file", metavar="FILE")
    inspect.add_argument("--format", metavar="FORMAT", help="its format, where it does not tell")
    inspect.set_defaults(action=_guarded(_inspect))

    scrub = commands.add_parser("scrub", help="verify files, repair them from their sidecars, protect them")
    scrub.add_argument("files", metavar="FILE", nargs="+")
    scrub.add_argument("--protect", type=float, nargs="?", const=0.1, metavar="OVERHEAD", help="write sidecars (default 0.1)")
    scrub.add_argument("--check", action="store_true", help="say what is wrong, repair nothing")
    scrub.add_argument("--verify-proof", action="store_true", help="the files are proofs of repairs: check them")
    scrub.set_defaults(action=_guarded(_scrub))


def _bytes(text: str) -> int:
    found = _SIZE.match(text)
    if found is None or not float(found.group(1)):
        raise argparse.ArgumentTypeError(f"expected a size such as 500MB or 5GB, got {text!r}")
    return int(float(found.group(1)) * _UNITS[found.group(2)])


def _guarded(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command with bad files and bad names told in one sentence."""

    def run(options: argparse.Namespace) -> int:
        from ft_core.plugin import PluginError
        from ft_serialize import CheckpointError

        try:
            return command(options)
        except (CheckpointError, PluginError, OSError, ValueError) as error:
            print(f"frankentorch {options.command}: {error}", file=sys.stderr)
            return 1

    return run


def _convert(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from ft_serialize.conversion import convert

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    chosen = {} if options.encoding is None else {"encoding": options.encoding}
    progress = Progress(*columns, console=Console(stderr=True))
    task = progress.add_task("reading", total=None)

    def start(specs: dict[str, TensorSpec]) -> None:
        progress.update(task, total=sum(spec.nbytes for spec in specs.values()))
        progress.start()  # a file that cannot be read shows no bar

    def step(name: str, count: int) -> None:
        progress.update(task, description=name[-40:], advance=count)

    try:
        specs = convert(
            options.source,
            options.target,
            from_format=options.from_format,
            to_format=options.to_format,
            start=start,
            step=step,
            max_shard_bytes=options.shard_size,
            **chosen,
        )
    finally:
        progress.stop()
    print(f"{options.target}: {len(specs)} tensors")
    return 0


def _inspect(options: argparse.Namespace) -> int:
    from ft_serialize.inspection import inspect_file

    found = inspect_file(options.file, options.format)
    _draw(found)
    return 0 if found.safe else 1


def _draw(found: Inspection) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.print(Text(f"{found.path}: {found.format}, {_human(found.size)}"))
    table = Table(box=box.SIMPLE_HEAD)
    for heading, side in (("name", "left"), ("dtype", "left"), ("shape", "left"), ("stored as", "left"), ("size", "right")):
        table.add_column(heading, justify=side, overflow="fold")  # type: ignore[arg-type]  # rich's Literal of sides
    for spec in found.tensors:
        shape = " × ".join(map(str, spec.shape)) or "scalar"
        table.add_row(Text(spec.name), spec.dtype, shape, spec.encoding, _human(spec.stored_bytes))
    if found.tensors:
        console.print(table)
        console.print(f"{len(found.tensors)} tensors, {_human(sum(spec.nbytes for spec in found.tensors))} in memory")
    for key, value in found.metadata.items():
        text = str(value)
        console.print(Text(f"{key}: {text if len(text) <= 100 else text[:100] + '…'}"))
    if found.unsafe or found.error:
        for name, size in found.records:
            console.print(Text(f"record {name}: {_human(size)}"))
    for path in found.unsafe:
        console.print(
            Text(f"unsafe: it names {path}, which load refuses; loading it with pickle could run anything", style="bold red")
        )
    if found.error:
        console.print(Text(f"unreadable: {found.error}", style="bold red"))
    if found.safe:
        console.print("safe: nothing in it is executed", style="green")


def _human(count: int) -> str:
    value = float(count)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("not reached: the last unit takes everything")


def _scrub(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.text import Text

    from ft_serialize.repair import protect
    from ft_serialize.scrubbing import scrub, verify_proof

    console = Console()
    status = 0
    for file in options.files:
        if options.verify_proof:
            console.print(Text(verify_proof(file), style="green"))
        elif options.protect is not None:
            report = scrub(file, repair=False)
            if report.status == "damaged":
                raise ValueError(f"{file} is damaged and must not be protected as it is: {report.detail}")
            console.print(Text(f"protected: {protect(file, options.protect)}", style="green"))
        else:
            report = scrub(file, repair=not options.check)
            style = {"sound": "green", "repaired": "green", "unprotected": "yellow"}.get(report.status, "bold red")
            console.print(Text(f"{report.status}: {report.path}: {report.detail}", style=style))
            if report.proof:
                console.print(Text(f"proof: {report.proof}"))
            status |= not report.fine
    return int(status)
