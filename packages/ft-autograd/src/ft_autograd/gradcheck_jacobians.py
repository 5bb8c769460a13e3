"""The Jacobians of old that torch.autograd.gradcheck still shows: numerical and analytical, one matrix per input.

A matrix has a row per element of the input and a column per element of the output. Programs should call `gradcheck`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .backward import grad
from .gradcheck_checks import as_tuple
from .modes import no_grad


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value] if value.requires_grad else []
    return [t for inner in value for t in _tensors(inner)] if isinstance(value, (tuple, list)) else []


def _outputs(values: Any) -> list[Tensor]:
    return [o for o in as_tuple(values) if isinstance(o, Tensor) and o.dtype.category >= 2]


def _numerical(function: Callable[[], Any], x: Tensor, eps: float) -> tuple[Tensor, ...]:
    """d outputs / d x by central differences, moving `x` in place; for complex x the gradient, as torch has it.

    AssertionError for a complex output, of which one such matrix cannot tell.
    """
    flat = x.data.view(-1)
    rows: list[list[Tensor]] = []

    def quotient(place: int, step: complex) -> list[Tensor]:
        before = flat[place].clone()
        flat[place] = before - step
        low = [o.clone() for o in _outputs(function())]
        flat[place] = before + step
        high = _outputs(function())
        if any(o.is_complex() for o in high):
            raise AssertionError("Expected ds_dx to be real-valued, not complex.")
        flat[place] = before
        return [((b - a) / (2 * eps)).reshape(-1) for a, b in zip(low, high, strict=True)]

    with no_grad():
        for place in range(x.numel()):
            found = quotient(place, eps)
            if x.is_complex():
                imaginary = quotient(place, 1j * eps)
                found = [a + 1j * b for a, b in zip(found, imaginary, strict=True)]
            rows.append(found)
        count = len(_outputs(function()))
    return tuple([torch.stack([row[i] for row in rows]) for i in range(count)])


def _deprecated(name: str) -> None:
    warnings.warn(
        f"`{name}` was part of PyTorch's private API and not meant to be exposed. We are deprecating it and it will be removed in a future "
        "version of PyTorch; use torch.autograd.gradcheck",
        FutureWarning,
        stacklevel=3,
    )


def get_numerical_jacobian(
    fn: Callable[[Any], Any], inputs: Any, target: Any = None, eps: float = 1e-3, grad_out: float = 1.0
) -> tuple[Tensor, ...]:
    """Deprecated. Of the first output of `fn(inputs)`, for each tensor of `target` (default: of the inputs) that requires grad. ValueError unless
    grad_out is 1.
    """
    if grad_out != 1.0:
        raise ValueError("Expected grad_out to be 1.0. get_numerical_jacobian no longer supports values of grad_out != 1.0.")
    _deprecated("get_numerical_jacobian")
    return tuple([_numerical(lambda: fn(inputs), x, eps)[0] for x in _tensors(inputs if target is None else target)])


def get_numerical_jacobian_wrt_specific_input(
    fn: Callable[..., Any],
    input_idx: int,
    inputs: Any,
    outputs: Any,
    eps: float,
    input: Tensor | None = None,
    is_forward_ad: bool = False,
) -> tuple[Tensor, ...]:
    """Of every output of `fn(*inputs)` for one input. AssertionError unless that requires grad."""
    x = inputs[input_idx] if input is None else input
    if not x.requires_grad:
        raise AssertionError("Expected input to have requires_grad=True")
    return _numerical(lambda: fn(*inputs), x, eps)


def get_analytical_jacobian(
    inputs: Any, output: Tensor, nondet_tol: float = 0.0, grad_out: float = 1.0
) -> tuple[tuple[Tensor, ...], bool, bool, bool]:
    """Deprecated. (Jacobians by backward, whether a second backward agrees within nondet_tol, whether sizes, whether dtypes are right).

    ValueError for a complex output, or unless grad_out is 1.
    """
    if grad_out != 1.0:
        raise ValueError("Expected grad_out to be 1.0. get_analytical_jacobian no longer supports values of grad_out != 1.0.")
    if output.is_complex():
        raise ValueError(
            "Expected output to be non-complex. get_analytical_jacobian no longer supports functions that return complex outputs."
        )
    _deprecated("get_analytical_jacobian")
    given = _tensors(inputs)
    sizes_ok = types_ok = True

    def once() -> list[Tensor]:
        nonlocal sizes_ok, types_ok
        columns: list[list[Tensor]] = [[] for _ in given]
        for place in range(output.numel()):
            seed = torch.zeros(output.numel(), dtype=output.dtype)
            seed[place] = 1
            for column, x, g in zip(
                columns, given, grad(output, given, seed.view(output.shape), retain_graph=True, allow_unused=True), strict=True
            ):
                found = torch.zeros_like(x) if g is None else g
                sizes_ok, types_ok = sizes_ok and found.shape == x.shape, types_ok and found.dtype is x.dtype
                column.append(found.reshape(-1))
        return [torch.stack(column, 1) for column in columns]

    first, second = once(), once()
    same = all(bool(((a - b).abs() <= nondet_tol).all()) for a, b in zip(first, second, strict=True))
    return tuple(first), same, sizes_ok, types_ok
