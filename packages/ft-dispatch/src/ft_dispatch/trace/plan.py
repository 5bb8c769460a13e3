"""Which nodes of a program are needed, and where its temporary arrays live: liveness, then one slot of memory for several blocks.

An elementwise kernel that promises so (`inplace`) may write over an input that dies there; every other output gets a slot that no
live block has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ft_core.backend import Backend
from ft_core.state import TL

from ..kinds import ELEMENTWISE, RANDOM
from .recorder import Node
from .values import EXTERNAL, FRESH, Block, Proxy, Symbol


def proxies(args: Iterable[Any]) -> list[Proxy]:
    """The arrays among a node's arguments."""
    found: list[Proxy] = []
    for value in args:
        if isinstance(value, Proxy):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += [v for v in value if isinstance(v, Proxy)]
    return found


def needed(nodes: list[Node], kept: set[Block]) -> list[Node]:
    """The nodes on which the `kept` blocks, memory outside, or a generator's state depend."""
    live = set(kept)
    found = []
    for node in reversed(nodes):
        outs = [p.block for p in node.outs if p is not None]
        drawn = node.op is not None and (node.op.kind is RANDOM or node.op.nondeterministic)
        if drawn or any(b in live or b.kind != FRESH for b in outs):
            live.update(p.block for p in proxies(node.args))
            live.update(outs)
            found.append(node)
    found.reverse()
    return found


def folded(nodes: list[Node], constant: set[Block], backend: Backend) -> list[Node]:
    """The nodes without those elementwise ones that see nothing but constants: their blocks become constants themselves."""
    writers = Counter(o.block for node in nodes for o in node.outs if o is not None)
    left = []
    for node in nodes:
        inputs, out = proxies(node.args), node.outs[0] if len(node.outs) == 1 else None
        known = node.what == "kernel" and node.op.kind is ELEMENTWISE and all(p.block in constant for p in inputs)
        if (
            not known
            or out is None
            or out.block.kind != FRESH
            or writers[out.block] > 1
            or any(type(a) is Symbol for a in node.args)
        ):
            left.append(node)
            continue
        arrays = [_array(a, backend) if isinstance(a, Proxy) else a for a in node.args]
        array = TL.st.run(node.kernel.fn, *arrays, out=backend.allocate(out.block.shape, out.block.dtype))
        out.block.kind, out.block.array = EXTERNAL, array
        constant.add(out.block)
    return left


def _array(p: Proxy, backend: Backend) -> Any:
    """The array of a place in a block that has one."""
    return p.block.array if p.whole else backend.strided_view(backend.root_of(p.block.array)[0], p.kind, p.shape, p.steps, p.offset)


class Plan:
    """The slot of every temporary block; `sizes` are the slots' bytes. Blocks in `kept` (results) get none: they are new in each
    run.
    """

    def __init__(self, nodes: list[Node], kept: set[Block]) -> None:
        self.slot: dict[Block, int] = {}
        self.sizes: list[int] = []
        self._free: list[int] = []
        last: dict[Block, int] = {}
        for i, node in enumerate(nodes):
            for p in [*proxies(node.args), *[o for o in node.outs if o is not None]]:
                last[p.block] = i
        for i, node in enumerate(nodes):
            dying = {p.block for p in proxies(node.args) if last[p.block] == i and p.block in self.slot}
            fresh = [p.block for p in node.outs if p is not None and self._wants(p.block, kept)]
            over = self._overwritten(node, dying, fresh)
            if over is not None:
                self.slot[fresh[0]] = self.slot[over]
                dying.discard(over)
            for block in fresh:
                if block not in self.slot:
                    self.slot[block] = self._take(block.nbytes)
            dying.update(b for b in fresh if last[b] == i)
            self._free += sorted({self.slot[b] for b in dying})

    def _wants(self, block: Block, kept: set[Block]) -> bool:
        return block.kind == FRESH and block not in kept and block not in self.slot and not block.symbolic

    def _overwritten(self, node: Node, dying: set[Block], fresh: list[Block]) -> Block | None:
        """A dying input whose memory the one output of an elementwise kernel may take."""
        if node.what != "kernel" or node.op.kind is not ELEMENTWISE or not node.kernel.out or len(fresh) != 1:
            return None
        out = node.outs[0]
        for i in node.kernel.inplace:
            value = node.args[i] if i < len(node.args) else None
            if isinstance(value, Proxy) and value.block in dying and value.whole and out.whole and value.place == out.place:
                others = [p for p in proxies(node.args) if p.block is value.block]
                if len(others) == 1:
                    return value.block
        return None

    def _take(self, nbytes: int) -> int:
        """A free slot of the least sufficient size, or a new one."""
        fitting = [s for s in self._free if self.sizes[s] >= nbytes]
        if fitting:
            best = min(fitting, key=lambda s: (self.sizes[s], s))
            self._free.remove(best)
            return best
        if self._free:  # the largest free slot grows
            best = max(self._free, key=lambda s: (self.sizes[s], s))
            self._free.remove(best)
            self.sizes[best] = nbytes
            return best
        self.sizes.append(nbytes)
        return len(self.sizes) - 1
