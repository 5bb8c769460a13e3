"""The table itself: every op by name, every packet of overloads by base name, every binding by the names users type.

Two records under one name are an error that names both files; nothing else happens here.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ft_core import upcalls
from ft_core.plugin import plugins

if TYPE_CHECKING:
    from .op import Op

F = TypeVar("F", bound=Callable[..., Any])

OPS: dict[str, Op] = {}
PACKETS: dict[str, dict[str, Op]] = {}
BINDINGS: dict[str, Binding] = {}
late: Callable[[Op], None] | None = (
    None  # set once the surface stands: makes the wrappers of an op declared after that (a plugin's)
)


class Binding:
    """A public function in plain Python over ops: where torch has several overloads under one name, or none in ATen."""

    __slots__ = (
        "aliases",
        "family",
        "function",
        "method",
        "name",
        "operators",
        "overridable",
        "python",
        "quick",
        "shown_by",
        "wrapper",
    )
    aliases: str
    family: str
    method: str
    operators: str
    overridable: bool
    python: str
    quick: Callable[..., Any] | None
    shown_by: tuple[Op, ...]

    def __init__(self, name: str, function: Callable[..., Any], **fields: Any) -> None:
        self.name = name
        self.function = function
        self.wrapper: Callable[..., Any] | None = None
        for field, value in fields.items():
            setattr(self, field, value)


def register(record: Op) -> None:
    """Enter a record; ValueError if its name is taken."""
    frame = sys._getframe(2)
    record.family = frame.f_globals.get("__name__", "").rpartition(".")[2]
    if late is not None:
        plugins.claim_if_loading("op", record.name)
    taken = OPS.get(record.name)
    if taken is not None:
        raise ValueError(f"op {record.name!r} is declared twice, in {taken.family} and in {record.family}; rename or remove one")
    OPS[record.name] = record
    PACKETS.setdefault(record.base, {})[record.overload or "default"] = record
    if late is not None:
        late(record)


def binding(
    name: str,
    *,
    method: bool = True,
    function: bool = True,
    python: str = "",
    operators: str = "",
    aliases: str = "",
    shown_by: tuple[Op, ...] = (),
    out: str = "",
    overridable: bool = True,
    quick: Callable[..., Any] | None = None,
) -> Callable[[F], F]:
    """Decorator: a public function written in Python over ops, under torch's name `name` (function, method, or both).

    `__torch_function__` is served by the wrapper that surface puts around it; a hot binding that only forwards to one of the ops
    `shown_by` has none, and those ops show this function to handlers instead. `python`, `operators`, `aliases` as in `op`.
    With `overridable` False no handler sees it, as torch has it for questions about Python objects. `out` gives it an `out=` parameter:
    "exact" where the destination must have the result's dtype, "cast" where the result is cast. `quick` makes of the careful function
    the one that users call: it serves everyday arguments at once, and hands to the other all that somebody may want to see.
    """

    def enter(function_: F) -> F:
        if out:
            function_ = _destined(name, function_, out == "cast")
        public = f"linalg_{python.removeprefix('linalg.')}" if python.startswith("linalg.") else name.rpartition(".")[2]
        function_.__name__ = function_.__qualname__ = public  # what Python's own TypeErrors call it
        if name in BINDINGS:
            raise ValueError(
                f"binding {name!r} is declared twice, by {BINDINGS[name].function.__module__} and {function_.__module__}"
            )
        family = function_.__module__.rpartition(".")[2]
        scope = ("function " if function else "") + ("method" if method else "")
        BINDINGS[name] = Binding(
            name,
            function_,
            method=scope,
            python=python,
            operators=operators,
            aliases=aliases,
            family=family,
            shown_by=shown_by,
            overridable=overridable and not shown_by,
            quick=quick,
        )
        return function_

    return enter


def _destined(name: str, function: F, cast: bool) -> F:
    """`function` with an `out=` parameter: its finished result is left in the tensors the caller brought."""

    @functools.wraps(function)
    def call(*args: Any, out: Any = None, **kwargs: Any) -> Any:
        made = function(*args, **kwargs)
        if out is None:
            return made
        from .outputs import leave_in  # noqa: PLC0415  # outputs imports ops, which import this module

        return leave_in(name, out, made, cast)

    shown = inspect.signature(function)
    into = inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None)
    after = [p for p in shown.parameters.values() if p.kind is inspect.Parameter.VAR_KEYWORD]
    before = [p for p in shown.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    call.__signature__ = shown.replace(parameters=[*before, into, *after])  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def forget_routes() -> None:
    """Drop every route: what integers become beside a float, or under sin, is not in a key, so it is found anew under another default dtype."""
    for record in OPS.values():
        for table in (record.table, record.number_table, record.inplace_table):
            table.clear()
        record.miscast.clear()


upcalls.fill(default_dtype_changed=forget_routes)


def lookup(name: str) -> Op:
    """The op called `name` ("add.Tensor", "aten::add.Tensor"); KeyError-free: raises NameError that lists near names."""
    key = name.removeprefix("aten::").removesuffix(".default")
    if key not in OPS:
        plugins.discover()  # an installed family may bring it
    try:
        return OPS[key]
    except KeyError:
        import difflib  # noqa: PLC0415  # only for the message

        near = difflib.get_close_matches(key, OPS, 3)
        raise NameError(f"no op is called {key!r}; near names: {', '.join(near) or 'none'}") from None
