"""Recorded backward runs: what ran, in which order, and a hash of every gradient; traces can be saved, compared and replayed.

`with record() as trace:` keeps one entry per node (name, shapes of the cotangents, each gradient's dtype, shape, hash and first bytes) and
one per leaf that received a gradient. Two traces of one program on one version agree bit for bit or the first node that differs is named.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ft_core import Tensor
from ft_core.backend import backend_for
from ft_core.fingerprint import HEAD, fingerprint, fingerprint_of_bytes
from ft_core.keys import CONJ, CPU, DTYPE_OF, DTYPES, IRREG, LAYOUTS, LEVEL, NEG
from ft_core.state import TL

from . import engine
from .fused import FusedLinear, FusedRows
from .node import Node
from .node import version as saved_version
from .reach import vertex_of

FORMAT = 2
_PASSED = "passed on"  # instead of a hash: the cotangent itself, or a view of it
_LEAF = "torch::autograd::AccumulateGrad"
_APART = LEVEL | LAYOUTS  # the payload is no array of the tensor's shape
_UNUSUAL = CPU | CONJ | NEG | LAYOUTS | LEVEL  # what is none of these but CPU has its values in a NumPy array
RAW = 4096  # bytes up to which a gradient waits as it is
PENDING = 1 << 20  # bytes that wait before they are hashed after all
_Kept = tuple[int, tuple[int, ...], bytes | None, bytes | None]
"""Dtype bit, shape, hash (None: passed on), first bytes. Few values wait as they are, to be hashed when somebody asks: all bytes, None."""
_Known = tuple[Tensor, _Kept, int]  # a gradient, what is kept of it, the version it had then
_STRUCT = {"float64": "d", "float32": "f", "float16": "e", "complex128": "d", "complex64": "f"}


class TraceError(RuntimeError):
    """Two traces cannot be compared, or a replay gave other gradients."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """One gradient as a trace keeps it; equal ones have equal bits, but for the collisions that `ft_core.fingerprint` admits."""

    dtype: str
    shape: tuple[int, ...]
    digest: str
    head: str

    def values(self) -> str:
        """The first elements, readable; hexadecimal bytes where Python has no such number."""
        data = bytes.fromhex(self.head)
        code = _STRUCT.get(self.dtype)
        if code is None:
            return self.head
        n = len(data) // struct.calcsize(code)
        shown = [f"{x:.9g}" for x in struct.unpack(f"<{n}{code}", data)]
        return f"[{', '.join(shown)}{', …' if len(data) == HEAD else ''}]"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the schedule: a node (`torch::autograd::AccumulateGrad` for a leaf), shapes of its cotangents, its gradients."""

    name: str
    cotangents: tuple[Any, ...]
    gradients: tuple[Gradient | None, ...]

    def schedule(self) -> tuple[Any, ...]:
        """What must agree for two traces to be of one graph: everything but the numbers."""
        return (self.name, self.cotangents, tuple(None if g is None else (g.dtype, g.shape) for g in self.gradients))


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two traces of one graph differ: position in the schedule, node, gradient, and both values."""

    position: int
    name: str
    gradient: int
    ours: Gradient | None
    theirs: Gradient | None

    def __str__(self) -> str:
        def shown(g: Gradient | None) -> str:
            return "no gradient" if g is None else f"{g.digest}  {g.dtype}{list(g.shape)} {g.values()}"

        return f"node {self.position}, {self.name}, gradient {self.gradient}:\n  {shown(self.ours)}\n  {shown(self.theirs)}"


def version() -> str:
    """The version that traces name; theirs must be ours. A source tree that was never installed has none."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415  # 18 ms that only a saved trace pays
    from importlib.metadata import version as version_of  # noqa: PLC0415

    try:
        return version_of("ft-autograd")
    except PackageNotFoundError:
        return "not installed"


class Trace:
    """A recorded backward: `entries` in the order in which they ran. Made by `record()` or `Trace.load(path)`."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._notes: list[tuple[str, tuple[Any, ...], list[_Kept | None]]] = []  # what the engine left, of which entries are made
        self._runs: list[tuple[Any, ...]] = []
        self._bytes = 0  # of gradients that wait in the notes
        self._last: dict[int, _Known] = {}  # what the node before gave: a gradient that is passed on is hashed once
        self._turned: tuple[tuple[Any, ...], int, tuple[int, ...]] | None = None  # edges, dtype bit, shape: see _fused
        self._grads: dict[int, tuple[Tensor, Any]] | None = None  # of a replay: leaves and the .grad they had

    @property
    def entries(self) -> list[Entry]:
        """One step of the schedule each, in the order in which they ran."""
        self._turn()
        return self._settled()

    def _settled(self) -> list[Entry]:
        notes, self._notes, self._bytes = self._notes, [], 0
        made = self._entries
        made.extend(
            [Entry(name, shapes, tuple([None if k is None else _readable(*k) for k in kept])) for name, shapes, kept in notes]
        )
        return made

    # -- what the engine calls -------------------------------------------------------------------------------------------

    def before(self, node: Node) -> None:
        """A node is about to run: a linear map of rows runs as its views and its product."""
        if node.__class__ is FusedRows:
            node.public()

    def node(self, node: Node, g: Any, grads: Sequence[Any], needed: Container[Any] | None = None) -> None:
        """Note a node that ran; `needed`: which vertices this backward serves, if not all."""
        if self._turned is not None:
            self._turn()
        many = g.__class__ is list
        given = g if many else (g,)
        storage = None if many else g._storage
        known: dict[int, _Known] = {}
        kept: list[_Kept | None] = []
        for grad in grads:
            if grad is None:
                kept.append(None)
            elif grad.__class__ is tuple or grad.__class__ is list:
                kept.extend([None if t is None else self._keep(t, given, known) for t in grad])
            elif grad is g or many or grad._k & _UNUSUAL != CPU or (storage is not None and grad._storage is storage):
                kept.append(self._keep(grad, given, known))
            else:
                array = grad._a
                n = array.nbytes
                if n > RAW:
                    kept.append(self._keep(grad, given, known))
                else:
                    self._bytes += n
                    kept.append((grad._k & DTYPES, array.shape, array.tobytes("A"), None))
        shapes = tuple([None if t is None else t._a.shape if not t._k & _APART else tuple(t.shape) for t in given])
        if node.__class__ is FusedLinear:
            self._fused(node, kept, needed)
        self._notes.append((node.name(), shapes, kept))
        self._last = known
        if self._bytes > PENDING:
            self._settled()

    def _fused(self, node: Node, kept: list[_Kept | None], needed: Container[Any] | None) -> None:
        """Make a linear map's note that of its first piece, and remember the other: the weight's transpose, noted before the weight is."""
        found = kept[2]
        if found is None:
            return
        kind, shape, digest, head = found
        kept[2] = (kind, shape[::-1], digest, head)  # hashed in the order of memory, which is one for both
        if needed is None or vertex_of(node.next[2]) in needed:
            self._turned = (node.next, kind, shape)

    def _turn(self) -> None:
        """Note the transpose that the last node, a fused linear map, did without."""
        turned, self._turned = self._turned, None
        if turned is not None:
            _, kind, shape = turned
            self._notes.append(("TBackward0", (shape[::-1],), [(kind, shape, None, b"")]))

    def _keep(self, t: Tensor, given: Sequence[Any], known: dict[int, _Known]) -> _Kept:
        """What to keep of a gradient; `known` learns what to keep of it should it reach a leaf."""
        storage = t._storage
        for source in given:
            if t is source or (storage is not None and source is not None and storage is source._storage):
                held = self._last.get(id(source)) if self._last else None
                if held is not None and held[2] == saved_version(source) and _in_order(t, source):
                    known[id(t)] = (t, (t._k & DTYPES, _shape(t), *held[1][2:]), held[2])
                return (t._k & DTYPES, _shape(t), None, b"")
        found = known.get(id(t))
        if found is None:
            cell = t._ver
            found = known[id(t)] = (t, self._taken(t), 0 if cell is None else cell[0])
        return found[1]

    def leaf(self, leaf: Tensor, grad: Tensor) -> None:
        """Note a gradient that reached a leaf."""
        if self._turned is not None:
            before = self._turned[0]
            if leaf is before[2] or (leaf is not before[0] and leaf is not before[1]):
                self._turn()
        if self._grads is not None and id(leaf) not in self._grads:
            self._grads[id(leaf)] = (leaf, leaf._grad)
            leaf._grad = None
        known = self._last.get(id(grad)) if self._last else None
        kept = known[1] if known is not None and known[2] == saved_version(grad) else self._taken(grad)
        self._notes.append((_LEAF, (_shape(leaf),), [kept]))

    def _taken(self, t: Tensor) -> _Kept:
        """A gradient's values: their bytes where they are few, hashed when somebody asks, else their hash."""
        k = t._k
        if k & LEVEL:  # a transform's tensor stands for many values; its schedule is recorded, its numbers are not
            return (k & DTYPES, tuple(t.shape), b"", b"")
        array = t._a
        if k & _UNUSUAL != CPU:
            array = backend_for(t.device.type).to_host(t.resolve_conj().resolve_neg()._a, t.dtype)
        n = array.nbytes
        if n > RAW:
            return (k & DTYPES, array.shape, *fingerprint(array))
        self._bytes += n
        return (k & DTYPES, array.shape, array.tobytes("A"), None)

    def ran(self, roots: Sequence[Any], grads: Sequence[Tensor], create_graph: bool, inputs: Sequence[Any] | None) -> None:
        """Keep what a replay needs of a run whose graph was retained."""
        self._runs.append((roots, grads, create_graph, inputs))

    # -- comparing -------------------------------------------------------------------------------------------------------

    @property
    def digest(self) -> str:
        """One hash of the whole trace: schedule and all gradients."""
        total = hashlib.blake2b(digest_size=10)
        for entry in self.entries:
            total.update(repr((entry.schedule(), [None if g is None else g.digest for g in entry.gradients])).encode())
        return total.hexdigest()

    def diff(self, other: Trace) -> Difference | None:
        """The first gradient that differs, None if none does. TraceError if the traces are of different graphs, saying where."""
        for at, (a, b) in enumerate(zip(self.entries, other.entries, strict=False)):
            if a.schedule() != b.schedule():
                raise TraceError(
                    f"the traces are of different graphs: node {at} is {_described(a)} in one and {_described(b)} in the other"
                )
        if len(self.entries) != len(other.entries):
            raise TraceError(
                f"the traces are of different graphs: one has {len(self.entries)} nodes, the other {len(other.entries)}"
            )
        for at, (a, b) in enumerate(zip(self.entries, other.entries, strict=True)):
            for i, (x, y) in enumerate(zip(a.gradients, b.gradients, strict=True)):
                if x != y:
                    return Difference(at, a.name, i, x, y)
        return None

    def replay(self, run: Callable[[], Any] | None = None) -> Trace:
        """Run again and prove equality: `run()`, or the recorded backward itself, whose graph must have been retained.

        Returns the new trace. TraceError names the first node that differs, with both values, or what makes the graphs different;
        also where there is nothing to run. Leaves' `.grad` is left as it was where the recorded backward runs.
        """
        again = Trace()
        with _recording(again):
            if run is not None:
                run()
            elif not self._runs:
                raise TraceError(
                    "nothing to replay: the graph was freed when it ran, or the trace was loaded from a file; record with "
                    "retain_graph=True, or give a function that computes it again: trace.replay(step)"
                )
            else:
                again.rerun(self._runs)
        different = self.diff(again)
        if different is not None:
            raise TraceError(f"the replay gave another gradient at {different}")
        return again

    def rerun(self, runs: Sequence[tuple[Any, ...]]) -> None:
        """Run recorded backwards into this trace; what they add to leaves' `.grad` is taken back."""
        self._grads = {}
        try:
            for roots, grads, create_graph, inputs in list(runs):
                engine.run(roots, grads, retain_graph=True, create_graph=create_graph, inputs=inputs)
        finally:
            for leaf, grad in self._grads.values():
                leaf._grad = grad
            self._grads = None

    # -- files -----------------------------------------------------------------------------------------------------------

    def save(self, path: str | Path) -> None:
        """Write the trace as JSON, one line per entry."""
        head = json.dumps({"format": FORMAT, "version": version(), "entries": len(self.entries)})
        lines = [
            json.dumps([e.name, e.cotangents, [None if g is None else [g.dtype, g.shape, g.digest, g.head] for g in e.gradients]])
            for e in self.entries
        ]
        Path(path).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Trace:
        """Read a trace. TraceError for a file that is none, is cut off, or comes from another version, with what differs."""
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        try:
            head = json.loads(lines[0]) if lines else None
            found = (head["format"], head["version"], head["entries"])  # type: ignore[index]
        except (ValueError, KeyError, TypeError) as error:
            raise TraceError(f"{path}: expected a trace written by trace.save; its first line is no header of one") from error
        if found[:2] != (FORMAT, version()):
            raise TraceError(
                f"{path}: expected format {FORMAT} of version {version()}; it is format {found[0]} of version {found[1]}: record it again"
            )
        if found[2] != len(lines) - 1:
            raise TraceError(f"{path}: expected {found[2]} entries, found {len(lines) - 1}: the file is cut off")
        made = cls()
        for line in lines[1:]:
            name, cotangents, gradients = json.loads(line)
            kept = tuple([None if g is None else Gradient(g[0], tuple(g[1]), g[2], g[3]) for g in gradients])
            made._entries.append(Entry(name, tuple([None if s is None else tuple(s) for s in cotangents]), kept))
        return made

    def __len__(self) -> int:
        self._turn()
        return len(self._entries) + len(self._notes)

    def __repr__(self) -> str:
        return f"<trace of {len(self.entries)} nodes, {self.digest}>"


def _described(entry: Entry) -> str:
    return f"{entry.name} with cotangents {[None if s is None else list(s) for s in entry.cotangents]}"


def _shape(t: Tensor) -> tuple[int, ...]:
    return tuple(t.shape) if t._k & _APART else t._a.shape


def _in_order(t: Tensor, source: Tensor) -> bool:
    """Whether a view has the elements of what it views in the order in which they are hashed."""
    if t is source:
        return True
    a, b = t._a.shape, source._a.shape
    return (len(a) == 2 and a == b[::-1]) or (not (t._k | source._k) & IRREG and t.numel() == source.numel())


def _readable(kind: int, shape: tuple[int, ...], digest: bytes | None, head: bytes | None) -> Gradient:
    if head is None:
        digest, head = fingerprint_of_bytes(digest)  # type: ignore[arg-type]
    return Gradient(DTYPE_OF[kind].name, shape, _PASSED if digest is None else digest.hex(), head.hex())


class _recording:
    """Every backward of this thread goes into a trace, for a block."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def __enter__(self) -> Trace:
        self.before = TL.st.data.get("trace")
        TL.st.data["trace"] = self.trace
        return self.trace

    def __exit__(self, *exc: object) -> None:
        TL.st.data["trace"] = self.before
        self.trace._last = {}


class record(_recording):
    """`with torch.autograd.record() as trace:` keeps the schedule of every backward in the block, with a hash of each gradient."""

    def __init__(self) -> None:
        super().__init__(Trace())


def compare_files(first: str | Path, second: str | Path) -> tuple[int, str]:
    """(exit status, what to print) of `frankentorch replay A B`: 0 equal, 1 a gradient differs, 2 not comparable."""
    try:
        a, b = Trace.load(first), Trace.load(second)
        different = a.diff(b)
    except (OSError, TraceError) as error:
        return 2, str(error)
    if different is None:
        return 0, f"equal: {len(a)} nodes, {a.digest}"
    return 1, f"first difference at {different}"
