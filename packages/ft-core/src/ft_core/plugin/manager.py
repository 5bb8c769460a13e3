"""Holds all plugins: validates them, finds the installed ones once, hands what they bring to whoever asked, and reports on each.

Only registration passes here: a call of an op never does. Entry points are read when something unknown is asked for (`discover`),
never at import. A plugin that fails to load costs a warning and a row of `listing()`; two plugins that claim one name are an
error that names both, for as long as both are enabled, since no order of loading may decide what a program computes.
"""

from __future__ import annotations

import inspect
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pluggy

from ft_core.errors import FrankenTorchError
from ft_core.settings import settings

from . import spec
from .spec import HOOKS, PROJECT

Receiver = Callable[[Any, str], object]
"""What a registry gives the manager: called as `receive(item, plugin_name)` for each item that a hook returned."""

BUILT_IN = "built-in"


class PluginError(FrankenTorchError, RuntimeError):
    """A plugin does not keep the contract of `ft_core/plugin/spec.py`."""


class PluginConflictError(PluginError):
    """Two plugins claim the same device type, op, format or command."""


class PluginWarning(UserWarning):
    """A plugin was left out because it failed to load."""


@dataclass(slots=True)
class PluginRow:
    """One line of `frankentorch plugins`: what is known of one plugin, working or not."""

    name: str
    distribution: str = ""
    version: str = ""
    status: str = "loaded"  # built-in, loaded, disabled, failed
    brings: list[str] = field(default_factory=list)
    reason: str = ""


class PluginManager:
    """All plugins of one process; the product's own instance is `plugins`.

    `entry_points` and `setting` are parameters so that tests can bring their own: the first returns objects like
    `importlib.metadata.EntryPoint`, the second the names in a setting, "plugins" or
    "disable_plugins".
    """

    def __init__(
        self,
        entry_points: Callable[[], list[Any]] | None = None,
        setting: Callable[[str], frozenset[str]] | None = None,
    ) -> None:
        self._pluggy = pluggy.PluginManager(PROJECT)
        self._pluggy.add_hookspecs(spec)
        self._entry_points = entry_points or installed_entry_points
        self._setting = setting or names_in_setting
        self._rows: dict[str, PluginRow] = {}
        self._receivers: dict[str, Receiver] = {}
        self._delivered: set[tuple[str, str]] = set()
        self._claims: dict[tuple[str, str], str] = {}
        self._owner = BUILT_IN
        self._scanned = False
        self._conflict: PluginConflictError | None = None
        self._lock = threading.RLock()

    # ---- registering ----

    def register(self, plugin: object, name: str | None = None, *, distribution: str = "", version: str = "") -> PluginRow:
        """Take in `plugin` (a module or an object) at once, as built-in packages do when imported; twice is once.

        Raises PluginError where a hook does not fit its specification, PluginConflictError where a name is taken.
        """
        name = name or _name_of(plugin)
        with self._lock:
            if self._pluggy.is_registered(plugin):
                return self._rows[str(self._pluggy.get_name(plugin))]
            if self._pluggy.has_plugin(name):
                raise PluginConflictError(
                    f"plugin {name}: the name is taken by {self._pluggy.get_plugin(name)!r}; rename one of them"
                )
            row = PluginRow(name, distribution, version, BUILT_IN)
            self._take(plugin, row)
            return row

    def _take(self, plugin: object, row: PluginRow) -> None:
        """Validate, register, deliver; on failure the plugin is gone again and the row says why."""
        self._rows[row.name] = row
        try:
            validate(plugin, row.name)
            self._pluggy.register(plugin, row.name)
            for hook in self._receivers:
                self._deliver(hook, row)
        except BaseException as error:
            row.status, row.reason = "failed", f"{type(error).__name__}: {error}"
            if self._pluggy.is_registered(plugin):
                self._pluggy.unregister(plugin)
            raise

    # ---- handing out ----

    def receive(self, hook: str, receiver: Receiver) -> None:
        """From now on `receiver(item, plugin_name)` gets each item of `hook`, those of plugins already registered first."""
        if hook not in HOOKS:
            raise PluginError(f"hook {hook}: not specified; there are {', '.join(HOOKS)}")
        with self._lock:
            self._receivers[hook] = receiver
            for row in list(self._rows.values()):
                if self._pluggy.has_plugin(row.name):
                    with self._failures_told(row, strict=row.status == BUILT_IN):
                        self._deliver(hook, row)

    def _deliver(self, hook: str, row: PluginRow) -> None:
        if (hook, row.name) in self._delivered:
            return
        self._delivered.add((hook, row.name))
        function = _implementation(self._pluggy.get_plugin(row.name), hook)
        if function is None:
            return
        with self.owned_by(row.name):
            found = function()
            items = list(found.items()) if isinstance(found, Mapping) else list(found or ())
            for item in items:
                self._receivers[hook](item, row.name)

    @contextmanager
    def owned_by(self, name: str) -> Iterator[None]:
        """Inside, claims are made in the name of this plugin."""
        before, self._owner = self._owner, name
        try:
            yield
        finally:
            self._owner = before

    def claim_if_loading(self, kind: str, name: str) -> None:
        """`claim`, unless no plugin is being loaded: what a user declares at run time belongs to nobody."""
        if self._owner != BUILT_IN:
            self.claim(kind, name)

    def claim(self, kind: str, name: str) -> None:
        """Say that the plugin being loaded brings `name`: claim("device", "abacus"); PluginConflictError where another did."""
        owner = self._claims.setdefault((kind, name), self._owner)
        if owner != self._owner:
            raise PluginConflictError(
                f'{kind} "{name}": claimed by both {self._described(owner)} and {self._described(self._owner)}; '
                f"uninstall one, or disable it: FT_DISABLE_PLUGINS={self._owner}"
            )
        row = self._rows.get(self._owner)
        if row is not None and f"{kind} {name}" not in row.brings:
            row.brings.append(f"{kind} {name}")

    def _described(self, name: str) -> str:
        row = self._rows.get(name)
        origin = f" ({row.distribution} {row.version})" if row is not None and row.distribution else ""
        return f"plugin {name}{origin}" if row is not None else name

    # ---- finding ----

    def discover(self) -> None:
        """Read the entry points of the group "frankentorch", once. PluginConflictError as long as two plugins collide."""
        with self._lock:
            if not self._scanned:
                self._scanned = True  # first, so that a plugin that asks for an unknown name while loading does not scan again
                allowed, disabled = self._setting("plugins"), self._setting("disable_plugins")
                for entry in sorted(self._entry_points(), key=lambda e: (e.name, e.value)):
                    self._load(entry, allowed, disabled)
            if self._conflict is not None:
                raise self._conflict

    def _load(self, entry: Any, allowed: frozenset[str], disabled: frozenset[str]) -> None:
        distribution = entry.dist.name if entry.dist is not None else ""
        version = entry.dist.version if entry.dist is not None else ""
        known = self._row_of_module(entry.value)
        if known is not None:  # a built-in that was imported directly: its entry point adds only where it came from
            known.distribution, known.version = distribution, version
            return
        row = PluginRow(entry.name, distribution, version)
        if entry.name in self._rows:
            other = self._described(entry.name)
            self._conflict = PluginConflictError(
                f'entry point "{entry.name}": used by {other} and by {distribution} {version}; uninstall one'
            )
            self._rows[f"{entry.name} ({distribution})"] = row
            row.status, row.reason = "failed", str(self._conflict)
            return
        self._rows[entry.name] = row
        names = {entry.name, distribution}
        if "*" in disabled or names & disabled:
            row.status, row.reason = "disabled", "named by FT_DISABLE_PLUGINS"
        elif allowed and not names & allowed:
            row.status, row.reason = "disabled", "not on the list of FT_PLUGINS"
        else:
            with self._failures_told(row, strict=False):
                plugin = entry.load()
                if self._pluggy.is_registered(plugin):  # an object that a built-in package registered when it was imported
                    del self._rows[entry.name]
                    known = self._rows[str(self._pluggy.get_name(plugin))]
                    known.distribution, known.version = distribution, version
                    return
                self._take(plugin, row)

    def _row_of_module(self, value: str) -> PluginRow | None:
        for name, plugin in self._pluggy.list_name_plugin():
            if getattr(plugin, "__name__", None) == value.replace(":", "."):
                return self._rows[name]
        return None

    @contextmanager
    def _failures_told(self, row: PluginRow, strict: bool) -> Iterator[None]:
        """A stranger's failure becomes a row and a warning; a conflict is kept for `discover` to raise."""
        try:
            yield
        except (Exception, SystemExit) as error:  # a module that calls sys.exit() at import must not end the program
            row.status, row.reason = "failed", f"{type(error).__name__}: {error}"
            if strict:
                raise
            if isinstance(error, PluginConflictError):
                self._conflict = error
                return
            origin = f" ({row.distribution} {row.version})" if row.distribution else ""
            warnings.warn(
                f"plugin {row.name}{origin} is left out: {row.reason}; to silence this: FT_DISABLE_PLUGINS={row.name}",
                PluginWarning,
                stacklevel=2,
            )

    def listing(self) -> list[PluginRow]:
        """A row for each plugin, working or not, in order of registration. Looks for installed ones; never raises for a bad one."""
        try:
            self.discover()
        except PluginConflictError:
            pass  # it is in the rows
        return list(self._rows.values())


def validate(plugin: object, name: str) -> None:
    """PluginError where a hook of `plugin` does not fit its specification: names plugin, hook, signature and surplus argument."""
    for attribute in sorted(a for a in dir(plugin) if not a.startswith("__")):
        function: Any = getattr(plugin, attribute, None)
        if not _is_marked(function):
            if attribute in HOOKS and callable(function):
                raise PluginError(f"plugin {name}: {attribute} is a hook's name but is not marked; write @impl above it")
            continue
        if attribute not in HOOKS:
            raise PluginError(
                f"plugin {name}: there is no hook {attribute}; hooks are {', '.join(HOOKS)} (see ft_core/plugin/spec.py)"
            )
        signature = inspect.signature(function)
        surplus = [p for p in signature.parameters if p not in inspect.signature(getattr(spec, attribute)).parameters]
        if surplus:
            wanted = inspect.signature(getattr(spec, attribute))
            raise PluginError(
                f"plugin {name}: hook {attribute}{signature} asks for {', '.join(surplus)}, "
                f"which the specification {attribute}{wanted} does not give; remove it"
            )


def _implementation(plugin: object, hook: str) -> Callable[[], Any] | None:
    function = getattr(plugin, hook, None)
    return function if _is_marked(function) else None


def _is_marked(function: object) -> bool:
    return isinstance(getattr(function, f"{PROJECT}_impl", None), dict)


def _name_of(plugin: object) -> str:
    return getattr(plugin, "__name__", None) or type(plugin).__name__


def installed_entry_points() -> list[Any]:
    """The entry points of the group "frankentorch" in this environment."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - 18 ms that importing the product must not pay

    return list(entry_points(group=PROJECT))


def names_in_setting(name: str) -> frozenset[str]:
    """The names in `settings.plugins` (FT_PLUGINS) or `settings.disable_plugins` (FT_DISABLE_PLUGINS)."""
    return getattr(settings, name)


plugins = PluginManager()
