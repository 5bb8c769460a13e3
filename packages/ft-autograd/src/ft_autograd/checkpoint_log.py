"""What `checkpoint(..., debug=True)` says where the two runs of a function differ: the ops of both, and where in the program they stand."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from ft_core import Tensor
from ft_dispatch.modes import TorchDispatchMode

_OURS = tuple(
    str(Path(sys.modules[name].__file__ or "").parent) for name in ("ft_core", "ft_dispatch", __package__ or "ft_autograd")
)
_HEADINGS = (
    "1. Stack traces of the operators that ran in the original forward",
    "2. Stack traces of the operators that ran during recomputation",
    "3. Log of operators in the original forward and recomputation",
)


class OpLog(TorchDispatchMode):
    """Keeps a line per op that runs in the block, and the program's frames that called it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.stacks: list[str] = []
        self._names: dict[int, str] = {}
        self._alive: list[Any] = []  # an id may not be given twice

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        given = ", ".join([self._shown(a) for a in args] + [f"{k}={self._shown(v)}" for k, v in (kwargs or {}).items()])
        out = func(*args, **(kwargs or {}))
        outs = out if isinstance(out, (tuple, list)) else (out,)
        made = ", ".join(f"{self._shown(t)}: {t.dtype}{list(t.shape)}" for t in outs if isinstance(t, Tensor))
        self.lines.append(f"{made} = torch.ops.{func}({given})")
        frames = [f for f in traceback.extract_stack(sys._getframe(1)) if not f.filename.startswith(_OURS)]
        self.stacks.append("".join(f"{f.filename}:{f.lineno}:{f.name}\n" for f in reversed(frames)))
        return out

    def _shown(self, value: Any) -> str:
        if isinstance(value, Tensor):
            if id(value) not in self._names:
                self._names[id(value)] = f"${len(self._names)}"
                self._alive.append(value)
            return self._names[id(value)]
        return f"[{', '.join(map(self._shown, value))}]" if isinstance(value, (list, tuple)) else repr(value)

    def traces(self, label: str) -> str:
        """Every op with its frames, the innermost first."""
        n = len(self.lines)
        return "\n".join(
            f"{line}   ({i + 1} of {n} in {label})\n\n{stack}\n"
            for i, (line, stack) in enumerate(zip(self.lines, self.stacks, strict=True))
        )


class Debug:
    """The two contexts of a checkpointed call and what to raise where its runs differ."""

    def __init__(self) -> None:
        self.forward, self.again = OpLog(), OpLog()

    def contexts(self) -> tuple[OpLog, OpLog]:
        """For `context_fn`."""
        return self.forward, self.again

    def explain(self, error: Exception) -> NoReturn:
        """Raise an error of the same type that shows both runs, `error` being its cause."""
        bodies = (
            self.forward.traces("original"),
            self.again.traces("recompute"),
            "Operations executed during the original forward:\n\n"
            + "\n".join(self.forward.lines)
            + "\n\nOperations executed during recomputation:\n\n"
            + "\n".join(self.again.lines),
        )
        rule = "+" + "-" * 78 + "+"
        parts = [f"{rule}\n|{heading:^78}|\n{rule}\n\n{body}" for heading, body in zip(_HEADINGS, bodies, strict=True)]
        raise type(error)(
            "An error happened while unpacking tensors; dumping logs of latest computation\nbecause you passed `debug=True` to "
            "`torch.utils.checkpoint.checkpoint()`.\nScroll all the way down for guidance on how to navigate these logs.\n\n"
            + "\n\n".join(parts)
            + f"\n\n{rule}\n ERROR: Detected non-determinism while running activation checkpointing\n\n The tensors saved in the original forward "
            "and during recomputation differ: other operators ran, or the\n same ones gave other shapes. Compare the lists in section 3; "
            "sections 1 and 2 say where in the program\n each operator was called.\n"
        ) from error
