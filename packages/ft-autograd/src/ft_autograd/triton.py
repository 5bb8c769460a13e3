"""torch.library's names for ops over kernels written in Triton. The op is a custom op; the kernels come from an installed Triton.

Source: torch.library.triton_op, torch.library.wrap_triton.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def triton_op(
    name: str, fn: Callable[..., Any] | None = None, /, *, mutates_args: str | Iterable[str], schema: str | None = None
) -> Any:
    """`custom_op` of a function that launches Triton kernels: nothing here looks into it, so that is all it needs to be."""
    from .library import custom_op  # noqa: PLC0415  # it lends these names

    return custom_op(name, fn, mutates_args=mutates_args, schema=schema)


def wrap_triton(triton_kernel: Any, /) -> Any:
    """The kernel: launching one is traced by nobody here. RuntimeError for what Triton's decorators did not make."""
    made = type(triton_kernel)
    if not (made.__module__.split(".")[0] == "triton" and made.__name__ in ("JITFunction", "Autotuner")):
        raise RuntimeError("wrap_triton only works on functions annotated with triton.jit or triton.autotune")
    return triton_kernel
