"""Transforms and a captured step on a device, each against the same computed plainly: what a backend gets for free, if its kernels are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Outcome = str | None


def _net(ours: Any, device: Any) -> tuple[Callable[..., Any], tuple[Any, Any], Any]:
    """(loss of weights and one row, weights, rows): a tiny net of two layers with fixed numbers."""
    weights = tuple((ours.arange(n * 4.0).reshape(4, n).cos() * 0.5).to(device) for n in (3, 4))
    rows = ours.arange(6.0).reshape(2, 3).sin().to(device)

    def loss(weights: tuple[Any, Any], row: Any) -> Any:
        first, second = weights
        return ((row @ first.t()).tanh() @ second.t()).sum()

    return loss, weights, rows


def _differs(what: str, found: Any, expected: Any) -> Outcome:
    a, b = found.detach().cpu(), expected.detach().cpu()
    if tuple(a.shape) == tuple(b.shape) and bool(((a - b).abs() <= 1e-5 + 1e-4 * b.abs()).all()):
        return None
    return f"{what}: {a.tolist()}, expected {b.tolist()}"


def _plain_gradient(ours: Any, loss: Any, weights: Any, row: Any) -> Any:
    leaves = tuple(w.detach().clone().requires_grad_() for w in weights)
    return ours.autograd.grad(loss(leaves, row), leaves)


def vmap_of_grad(ours: Any, device: Any) -> Outcome:
    """Gradients per row by vmap(grad) and by a loop."""
    loss, weights, rows = _net(ours, device)
    func = ours.autograd.func
    found = func.vmap(func.grad(loss), in_dims=(None, 0))(weights, rows)
    for i in range(2):
        for part, expected in zip(found, _plain_gradient(ours, loss, weights, rows[i]), strict=True):
            if wrong := _differs(f"vmap(grad), row {i}", part[i], expected):
                return wrong
    return None


def jvp_is_the_dot_with_the_gradient(ours: Any, device: Any) -> Outcome:
    """The tangent of the loss along the weights themselves."""
    loss, weights, rows = _net(ours, device)
    _, tangent = ours.autograd.func.jvp(lambda *w: loss(w, rows[0]), weights, weights)
    grads = _plain_gradient(ours, loss, weights, rows[0])
    return _differs("jvp", tangent, sum((g * w).sum() for g, w in zip(grads, weights, strict=True)))


def gradient_of_a_gradient(ours: Any, device: Any) -> Outcome:
    """grad(grad(x^3)) is 6x."""
    func = ours.autograd.func
    x = ours.tensor(1.5).to(device)
    return _differs("grad(grad)", func.grad(func.grad(lambda t: t * t * t))(x), x * 6)


def capture_of_a_step(ours: Any, device: Any) -> Outcome:
    """A step of gradient descent, captured once and replayed on other rows."""
    from ft_dispatch.trace import capture  # noqa: PLC0415

    loss, weights, rows = _net(ours, device)

    def step(first: Any, second: Any, row: Any) -> Any:
        grads = _plain_gradient(ours, loss, (first, second), row)
        return tuple(w - g * 0.1 for w, g in zip((first, second), grads, strict=True))

    program = capture(step, *weights, rows[0])
    for found, expected in zip(program(*weights, rows[1]), step(*weights, rows[1]), strict=True):
        if wrong := _differs("a captured step", found, expected):
            return wrong
    return None


TRANSFORMS: dict[str, Callable[[Any, Any], Outcome]] = {
    "vmap_of_grad": vmap_of_grad,
    "jvp": jvp_is_the_dot_with_the_gradient,
    "grad_of_grad": gradient_of_a_gradient,
    "capture_of_a_step": capture_of_a_step,
}
