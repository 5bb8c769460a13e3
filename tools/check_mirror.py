"""Gap: that an op's record, kernel and gradient stand in files of one name is a habit nothing else holds.

A family file in `ft_autograd/rules`, `ft_kernel_cpu` or `ft_kernel_cuda` must be the name of a family in `ft_dispatch/ops`. In the
other direction a family of ops needs kernels on the CPU and gradient rules, unless it is listed with the reason why it has none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import guard

OPS = "packages/ft-dispatch/src/ft_dispatch/ops"
ROOMS = {
    "rules": "packages/ft-autograd/src/ft_autograd/rules",
    "cpu": "packages/ft-kernel-cpu/src/ft_kernel_cpu",
    "cuda": "packages/ft-kernel-cuda/src/ft_kernel_cuda",
}
MUST_MIRROR = ("rules", "cpu")  # CUDA falls back on decompositions and may have fewer

EXEMPT = {
    # room:name, each with its reason
    "rules:bitwise", "rules:histogram", "rules:sobol", "rules:window",  # results have no gradient
    "rules:masked", "rules:optim", "rules:shaping", "rules:unpool", "rules:padding", "rules:fold",
    # ^ composites and in-place updates: their gradients are those of the ops they are made of
    "cpu:cast", "cpu:fill", "rules:creation",  # memory, served by the dispatcher; nothing to differentiate in new tensors
    "cpu:dropout", "cpu:einsum", "cpu:masked", "cpu:shaping", "cpu:unpool", "cpu:view_scatter", "cpu:window",  # decompositions only
    "cpu:adaptive_pool",  # in pool: one kernel serves both
}  # fmt: skip

FAMILIES = set(
    "unary binary compare bitwise activation reduction scan stats cast creation view movement index scatter sort matmul "
    "linalg_solve linalg_factor linalg_lu linalg_reflectors conv pool resample norm attention loss embedding dropout random fft window "
    "special complex rnn optim quantized sparse masked adaptive_pool ctc distance einsum extreme fill floating fold grid histogram "
    "padding rejection segment shaping sobol softmax unpool view_scatter".split()
)
"""The names that mean a family wherever they appear; any other file in a room is machinery."""


def names(folder: Path) -> set[str]:
    """Names of the Python files of a room, private ones left out."""
    return {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}


def find(root: Path) -> Iterator[guard.Row]:
    if not (root / OPS).is_dir():
        return
    families = names(root / OPS)
    for name in sorted(families - FAMILIES):
        yield guard.Row(root / OPS / f"{name}.py", 1, f"{name} is no family; rename it, or add it to tools/check_mirror.py")
    for room, folder in ROOMS.items():
        found = names(root / folder)
        for name in sorted((found & FAMILIES) - families):
            yield guard.Row(
                root / folder / f"{name}.py", 1, f"{room} has {name}, the op table has not; name the file as its ops' family"
            )
        if room in MUST_MIRROR and found:
            for name in sorted(families - found):
                if f"{room}:{name}" not in EXEMPT:
                    text = f"family {name} has no file in {room}; write {folder}/{name}.py or say why not in EXEMPT"
                    yield guard.Row(root / OPS / f"{name}.py", 1, text)


if __name__ == "__main__":
    sys.exit(guard.run(find))
