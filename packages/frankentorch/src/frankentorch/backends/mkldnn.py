"""torch.backends.mkldnn (oneDNN): the optional tier of the CPU backend for bfloat16 products."""

from __future__ import annotations

from ._switches import flags_of

__all__ = ["allow_tf32", "deterministic", "enabled", "flags", "is_available"]

enabled = True
deterministic = False
allow_tf32 = True

flags = flags_of(globals(), ("enabled", "deterministic", "allow_tf32"))


def is_available() -> bool:
    """Whether the library is installed and used."""
    from importlib.util import find_spec

    return find_spec("ft_kernel_cpu.onednn") is not None and find_spec("onednn_cpu_gomp") is not None
