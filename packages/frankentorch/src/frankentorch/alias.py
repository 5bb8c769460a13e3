"""Running scripts that say `import torch`, unmodified, in a process where that name means FrankenTorch.

A finder at the head of `sys.meta_path` answers for `torch` and everything below it with the modules of `frankentorch`: the same
objects, not copies, so `torch.nn is frankentorch.nn`. The same finder answers `importlib.metadata.version("torch")`, which
libraries ask before they dare to import. Nothing is written to the environment: the alias lives and dies with the process.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import runpy
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import Distribution, DistributionFinder

TORCH_VERSION = "2.13.0"
"""The torch whose behaviour FrankenTorch matches, and the version that `importlib.metadata` gives under the alias."""


class AliasFinder(MetaPathFinder, Loader):
    """Finds `alias` and `alias.x.y` as `target` and `target.x.y`, and a distribution `alias` of version TORCH_VERSION."""

    def __init__(self, alias: str = "torch", target: str = "frankentorch") -> None:
        self.alias, self.target = alias, target

    def real_name(self, name: str) -> str | None:
        """The module that stands behind `name`; None where the name is not ours to answer."""
        if name != self.alias and not name.startswith(self.alias + "."):
            return None
        return self.target + name[len(self.alias) :]

    # ---- modules ----

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """A spec whose loader hands out the real module; None (then Python's own ModuleNotFoundError) where there is none."""
        real = self.real_name(fullname)
        if real is None or self._resolve(real) is None:
            return None
        module = self._resolve(real)
        spec = ModuleSpec(fullname, self, origin=getattr(module, "__file__", None), is_package=hasattr(module, "__path__"))
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.extend(module.__path__)  # type: ignore[union-attr]
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The real module itself, instead of a new one to be filled."""
        real = self.real_name(spec.name)
        module = self._resolve(real) if real else None
        if module is not None:
            spec.loader_state = module.__spec__  # the import system overwrites it; exec_module puts it back
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to execute: the module ran under its real name."""
        spec = module.__spec__
        if spec is not None and spec.loader is self:
            module.__spec__ = spec.loader_state
            _enter_shadowed(spec.name, module)
            if spec.name == self.alias:
                module.__name__ = self.alias  # libraries that patch torch by dotted names compare it

    def _resolve(self, real: str) -> ModuleType | None:
        """The module called `real`, or what its parent has under that name: a namespace may be another package altogether."""
        try:
            return importlib.import_module(real)
        except ModuleNotFoundError as error:
            if error.name is None or not (real == error.name or real.startswith(error.name + ".")):
                raise  # the module exists and misses something else: that is what its user must read
        parent, _, name = real.rpartition(".")
        holder = self._resolve(parent) if parent else None
        found = getattr(holder, name, None)
        if isinstance(found, ModuleType):
            return found
        if holder is not None and _name(holder) != parent:
            return self._resolve(f"{_name(holder)}.{name}")
        return None

    def carry(self) -> None:
        """Install this finder in the process it was unpickled in: a worker that is started afresh runs the script's imports again."""
        install(self)

    # ---- distributions ----

    def find_distributions(self, context: DistributionFinder.Context | None = None) -> Iterator[Distribution]:
        """`importlib.metadata` calls this on every finder of sys.meta_path; the first answer for a name wins."""
        name = getattr(context, "name", None)
        if name is None or name.lower().replace("_", "-") == self.alias:
            yield _distribution(self.alias)


def _name(module: ModuleType) -> str:
    """The name a module was loaded under, whatever it is called now."""
    return module.__name__ if module.__spec__ is None else module.__spec__.name


def _enter_shadowed(alias: str, module: ModuleType) -> None:
    """Enter submodules whose name means something else in their package: `torch.autograd.gradcheck` is a function, and its module too.

    The import system sets a submodule on its package when it loads it under a new name; what is entered already it leaves alone.
    """
    inside = _name(module) + "."
    for name, found in list(sys.modules.items()):
        child = name[len(inside) :]
        if name.startswith(inside) and "." not in child and getattr(module, child, found) is not found:
            sys.modules.setdefault(f"{alias}.{child}", found)


def _distribution(name: str) -> Distribution:
    from importlib.metadata import Distribution

    class AliasDistribution(Distribution):
        """A distribution that consists of its metadata only."""

        def read_text(self, filename: str) -> str | None:
            return f"Metadata-Version: 2.1\nName: {name}\nVersion: {TORCH_VERSION}\n" if filename == "METADATA" else None

        def locate_file(self, path: Any) -> Any:
            raise FileNotFoundError(f"{name}: stands for frankentorch here and has no files of its own, asked for {path}")

    return AliasDistribution()


def install(finder: AliasFinder | None = None) -> AliasFinder:
    """Make `import torch` mean FrankenTorch from now on. RuntimeError if another torch is already loaded in this process."""
    finder = finder or AliasFinder()
    for other in sys.meta_path:
        if isinstance(other, AliasFinder) and other.alias == finder.alias:
            return other
    loaded = sys.modules.get(finder.alias)
    if loaded is not None and loaded is not sys.modules.get(finder.target):
        raise RuntimeError(
            f"alias: {finder.alias} is already loaded from {getattr(loaded, '__file__', 'an unknown place')}; "
            "start the script by `frankentorch run` instead of importing both"
        )
    sys.meta_path.insert(0, finder)
    return finder


def uninstall(finder: AliasFinder) -> None:
    """Undo `install`: the finder goes, and with it the names under which our modules were also known."""
    if finder in sys.meta_path:
        sys.meta_path.remove(finder)
    if finder.alias in sys.modules and finder.target in sys.modules:
        sys.modules[finder.target].__name__ = finder.target
    for name in [name for name in sys.modules if finder.real_name(name)]:
        del sys.modules[name]


def run_script(script: str, arguments: Sequence[str] = (), *, module: bool = False, finder: AliasFinder | None = None) -> int:
    """Run a file (or, with `module`, a module) as `__main__` under the alias; return its exit status.

    An exception of the script is printed as `python script.py` would print it, without our frames or runpy's, and gives 1.
    """
    if not module and not os.path.isfile(script):
        print(f"frankentorch run: {script}: no such file", file=sys.stderr)
        return 2
    install(finder)
    with _as_main(script, arguments, module):
        try:
            if module:
                runpy.run_module(script, run_name="__main__", alter_sys=True)
            else:
                runpy.run_path(script, run_name="__main__")
        except SystemExit as stop:
            return _status(stop.code)
        except BaseException as error:  # noqa: BLE001 - printed and turned into a status, as the interpreter does
            sys.stdout.flush()
            error = error.with_traceback(_below_runner(error.__traceback__))  # the hook prints what the exception carries
            sys.excepthook(type(error), error, error.__traceback__)
            return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


@contextmanager
def _as_main(script: str, arguments: Sequence[str], module: bool) -> Iterator[None]:
    """sys.argv and sys.path as the script would find them if Python had started it."""
    argv, path = sys.argv, list(sys.path)
    sys.argv = [script, *arguments]
    sys.path.insert(0, os.getcwd() if module else os.path.dirname(os.path.abspath(script)))
    try:
        yield
    finally:
        sys.argv, sys.path[:] = argv, path


def _status(code: object) -> int:
    """The exit status for what a script gave to sys.exit: None is 0, a number is itself, anything else is printed and 1."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code
    print(code, file=sys.stderr)
    return 1


def _below_runner(trace: TracebackType | None) -> TracebackType | None:
    """The traceback from the script's first frame on; None where the script never ran (a syntax error has no frame)."""
    runners = {__file__, runpy.__file__, runpy.run_path.__code__.co_filename}
    while trace is not None and trace.tb_frame.f_code.co_filename in runners:
        trace = trace.tb_next
    return trace
