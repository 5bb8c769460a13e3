"""Large work, where the kernel is everything: elementwise, matmul, softmax, norms, convolution, dropout.

Targets are those of the NumPy tier; the compiled tier has stricter ones of its own (DESIGN 10 says which).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .row import Names, row

KERNELS = "kernels"


@row("add, 16 M elements", "torch.add(x, y)", group=KERNELS, target=0.8)
def large_add(torch: Any) -> Names:
    """64 MB in, 64 MB in, 64 MB out: memory, and how it is obtained."""
    return {"torch": torch, "x": torch.ones(1 << 24), "y": torch.ones(1 << 24)}


def matrices(m: int, k: int, n: int) -> Callable[[Any], Names]:
    """Two float32 matrices of (m, k) and (k, n)."""

    def make(torch: Any) -> Names:
        return {"a": torch.randn(m, k), "b": torch.randn(k, n)}

    return make


for _m, _k, _n, _target in (
    (64, 784, 256, 1 / 0.65),
    (64, 256, 256, 1 / 0.65),
    (768, 128, 512, 1 / 0.65),
    (1024, 1024, 1024, 1 / 0.9),
):
    row(f"matmul {_m}x{_k}x{_n}", "a @ b", group=KERNELS, target=round(_target, 2))(matrices(_m, _k, _n))


@row("softmax 4096x1024", "softmax(x, dim=-1)", group=KERNELS, target=1.0)
def large_softmax(torch: Any) -> Names:
    """Rows of 1,024."""
    return {"softmax": torch.nn.functional.softmax, "x": torch.randn(4096, 1024)}


@row("layer_norm 4096x1024", "layer_norm(x, (1024,), w, b)", group=KERNELS, target=1.0)
def large_layer_norm(torch: Any) -> Names:
    """Rows of 1,024, with weight and bias."""
    return {
        "layer_norm": torch.nn.functional.layer_norm,
        "x": torch.randn(4096, 1024),
        "w": torch.randn(1024),
        "b": torch.randn(1024),
    }


@row("gelu 4 M elements", "gelu(x)", group=KERNELS, target=1.0)
def large_gelu(torch: Any) -> Names:
    """The exact one, with erf."""
    return {"gelu": torch.nn.functional.gelu, "x": torch.randn(1 << 22)}


@row("dropout 1 M elements", "dropout(x, 0.1, True)", group=KERNELS, target=1.5)
def large_dropout(torch: Any) -> Names:
    """Two words of mt19937 an element, the same ones as torch's."""
    return {"dropout": torch.nn.functional.dropout, "x": torch.ones(1 << 20)}


def image(n: int, c: int, k: int, size: int, kernel: int) -> Callable[[Any], Names]:
    """An NCHW batch and the weights of a "same" convolution."""

    def make(torch: Any) -> Names:
        return {
            "conv2d": torch.nn.functional.conv2d,
            "x": torch.randn(n, c, size, size),
            "w": torch.randn(k, c, kernel, kernel),
            "pad": kernel // 2,
        }

    return make


for _shape in ((8, 64, 64, 56, 3), (8, 128, 128, 28, 3), (32, 16, 32, 28, 3), (8, 64, 256, 28, 1)):
    row("conv2d N{} C{} K{} {}px k{}".format(*_shape), "conv2d(x, w, padding=pad)", group=KERNELS, target=1.8)(image(*_shape))
