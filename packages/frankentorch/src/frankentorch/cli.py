"""The `frankentorch` program: demo, run, replay, convert, inspect, scrub, plugins, doctor, and the commands that plugins bring.

Only argparse is imported here; each command imports what it needs when it runs, so that `frankentorch run script.py` starts as
fast as the script's own `import torch` and nothing else. A command is a function from parsed options to an exit status.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from .files_cmd import add_commands


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the script or a check failed, 2 the command line was wrong."""
    argv = list(sys.argv[1:] if argv is None else argv)
    parser, own = make_parser()
    if argv and not argv[0].startswith("-") and argv[0] not in own:
        from ft_core.plugin import PluginError

        try:
            command = plugin_commands().get(argv[0])
        except PluginError as error:  # two plugins that claim one command: say so, since neither may win
            print(f"frankentorch: {error}", file=sys.stderr)
            return 1
        if command is not None:
            return command(argv[1:])
    options = parser.parse_args(argv)
    if options.version:
        print(version_line())
        return 0
    if options.command is None:
        parser.print_help()
        return 2
    return options.action(options)


def make_parser() -> tuple[argparse.ArgumentParser, frozenset[str]]:
    """The parser, and the names of the commands that are our own."""
    parser = argparse.ArgumentParser(
        prog="frankentorch",
        description="PyTorch's API, assembled from pip plugins.",
        epilog="Plugins may bring more commands: `frankentorch plugins` lists them.",
    )
    parser.add_argument("--version", action="store_true", help="print versions and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    demo = commands.add_parser("demo", help="train a small GPT on Python's help texts, under two minutes on two cores")
    demo.add_argument("--steps", type=int, default=None, help="training steps (default: what fits two minutes)")
    demo.add_argument("--seed", type=int, default=0, help="seed of weights, batches and dropout (default 0)")
    demo.add_argument("--out", default="frankentorch-demo", help="folder for checkpoint and picture (default ./frankentorch-demo)")
    demo.set_defaults(action=_demo)

    run = commands.add_parser("run", help="run an unmodified script that says `import torch`")
    run.add_argument("-m", dest="module", action="store_true", help="SCRIPT is the name of a module")
    run.add_argument("script", metavar="SCRIPT", help="a Python file")
    run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGS", help="handed to the script as they are")
    run.set_defaults(action=_run)

    replay = commands.add_parser("replay", help="compare two recorded backward runs, gradient by gradient")
    replay.add_argument("first", metavar="A", help="a file written by trace.save")
    replay.add_argument("second", metavar="B", help="another one, of the same program")
    replay.set_defaults(action=_replay)

    plugins = commands.add_parser("plugins", help="what is installed, what it brings, what failed and why")
    plugins.set_defaults(action=_plugins)

    doctor = commands.add_parser("doctor", help="versions, CPU features, tiers, threads and devices of this machine")
    doctor.set_defaults(action=_doctor)

    add_commands(commands)
    return parser, frozenset(commands.choices)


def plugin_commands() -> dict[str, Callable[[list[str]], int]]:
    """Commands that plugins bring by the hook `ft_commands`; looks for installed plugins once."""
    from ft_core.plugin import plugins

    found: dict[str, Callable[[list[str]], int]] = {}

    def receive(item: tuple[str, Callable[[list[str]], int]], plugin: str) -> None:
        name, function = item
        plugins.claim("command", name)
        found[name] = function

    plugins.receive("ft_commands", receive)
    plugins.discover()
    return found


def version_line() -> str:
    """Our version, the version of torch whose behaviour we match, Python's and NumPy's."""
    import platform
    from importlib.metadata import version

    from .alias import TORCH_VERSION

    ours, numpy = version("frankentorch"), version("numpy")
    return f"frankentorch {ours} (torch {TORCH_VERSION}), Python {platform.python_version()}, NumPy {numpy}"


def _demo(options: argparse.Namespace) -> int:
    from .demo import demo

    return demo(steps=options.steps, seed=options.seed, out=options.out)


def _run(options: argparse.Namespace) -> int:
    from .alias import run_script

    return run_script(options.script, options.arguments, module=options.module)


def _replay(options: argparse.Namespace) -> int:
    from ft_autograd.replay import compare_files

    status, said = compare_files(options.first, options.second)
    print(said, file=sys.stderr if status == 2 else sys.stdout)
    return status


def _plugins(options: argparse.Namespace) -> int:
    from .plugins_cmd import show_plugins

    return show_plugins()


def _doctor(options: argparse.Namespace) -> int:
    from .doctor import show_report

    return show_report()
