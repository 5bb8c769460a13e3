"""Activation functions: the choice between an op and its in-place form, and the softmax family's defaults.

Source of names, defaults and messages: torch.nn.functional (2.13). Every function maps elementwise, shape (*) -> (*),
unless its docstring says otherwise.
"""

from __future__ import annotations

import warnings
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """max(x, 0)."""
    return torch.relu_(input) if inplace else torch.relu(input)


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """min(max(x, 0), 6)."""
    return torch.raw.relu6_(input) if inplace else torch.raw.relu6(input)


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """x where x > threshold, else ``value``."""
    op = torch.raw.threshold_ if inplace else torch.raw.threshold
    return op(input, threshold, value)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """x where x > 0, else alpha (exp(x) - 1)."""
    return torch.raw.elu_(input, alpha) if inplace else torch.raw.elu(input, alpha)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """Scaled ELU with the two constants of self-normalising networks (Klambauer et al., 2017)."""
    return torch.selu_(input) if inplace else torch.selu(input)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """max(0, x) + min(0, alpha (exp(x / alpha) - 1))."""
    return torch.celu_(input, alpha) if inplace else torch.celu(input, alpha)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """max(0, x) + negative_slope min(0, x)."""
    op = torch.raw.leaky_relu_ if inplace else torch.raw.leaky_relu
    return op(input, negative_slope)


def rrelu(input: Tensor, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False, inplace: bool = False) -> Tensor:
    """Leaky ReLU whose slope is drawn from U(lower, upper) in training and is their mean otherwise."""
    op = torch.rrelu_ if inplace else torch.rrelu
    return op(input, lower, upper, training)


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """a * sigmoid(b) for the halves a, b of the input along ``dim``, which halves in size."""
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    return torch.raw.glu(input, dim)


def hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    """The input clamped to [min_val, max_val]; ``ValueError`` where the bounds are the wrong way round."""
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    op = torch.raw.hardtanh_ if inplace else torch.raw.hardtanh
    return op(input, min_val, max_val)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """relu6(x + 3) / 6."""
    return torch.raw.hardsigmoid_(input) if inplace else torch.raw.hardsigmoid(input)


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """x relu6(x + 3) / 6."""
    return torch.raw.hardswish_(input) if inplace else torch.raw.hardswish(input)


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """x sigmoid(x)."""
    return torch.raw.silu_(input) if inplace else torch.raw.silu(input)


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """x tanh(softplus(x))."""
    return torch.raw.mish_(input) if inplace else torch.raw.mish(input)


def gelu(input: Tensor, *, approximate: str = "none", out: Tensor | None = None) -> Tensor:
    """x Phi(x); with ``approximate="tanh"`` Phi is approximated (Hendrycks & Gimpel, 2016)."""
    return torch.raw.gelu(input, approximate=approximate, out=out)


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0, *, out: Tensor | None = None) -> Tensor:
    """log(1 + exp(beta x)) / beta, and x itself where beta x > threshold."""
    return torch.raw.softplus(input, beta, threshold, out=out)


def softshrink(input: Tensor, lambd: float = 0.5, *, out: Tensor | None = None) -> Tensor:
    """x moved towards 0 by ``lambd``, 0 inside [-lambd, lambd]."""
    return torch.raw.softshrink(input, lambd, out=out)


def hardshrink(input: Tensor, lambd: float = 0.5, *, out: Tensor | None = None) -> Tensor:
    """x outside [-lambd, lambd], 0 inside."""
    return torch.raw.hardshrink(input, lambd, out=out)


def logsigmoid(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """log(sigmoid(x))."""
    return torch.raw.log_sigmoid(input, out=out)


def sigmoid(input: Tensor) -> Tensor:
    """1 / (1 + exp(-x))."""
    return torch.sigmoid(input)


def tanh(input: Tensor) -> Tensor:
    """The hyperbolic tangent."""
    return torch.tanh(input)


def tanhshrink(input: Tensor) -> Tensor:
    """x - tanh(x)."""
    return input - torch.tanh(input)


def softsign(input: Tensor) -> Tensor:
    """x / (1 + |x|)."""
    return input / (input.abs() + 1)


def _softmax_dim(name: str, ndim: int, stacklevel: int) -> int:
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument.",
        stacklevel=stacklevel + 1,
    )
    return 0 if ndim in (0, 1, 3) else 1


def _get_softmax_dim(name: str, ndim: int, stacklevel: int) -> int:
    """The dimension that softmax takes by itself, with torch's warning; the name that functions outside import."""
    return _softmax_dim(name, ndim, stacklevel)


def softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """exp(x) / sum(exp(x)) along ``dim``; with ``dtype`` the input is cast first."""
    if dim is None:
        dim = _softmax_dim("softmax", input.dim(), _stacklevel)
    return torch.softmax(input, dim) if dtype is None else torch.softmax(input, dim, dtype=dtype)


def softmin(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """softmax(-x) along ``dim``."""
    if dim is None:
        dim = _softmax_dim("softmin", input.dim(), _stacklevel)
    return torch.softmax(-input, dim) if dtype is None else torch.softmax(-input, dim, dtype=dtype)


def log_softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """log(softmax(x)) along ``dim``, computed stably."""
    if dim is None:
        dim = _softmax_dim("log_softmax", input.dim(), _stacklevel)
    return torch.log_softmax(input, dim) if dtype is None else torch.log_softmax(input, dim, dtype=dtype)


def gumbel_softmax(logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1) -> Tensor:
    """A sample of the Gumbel-softmax distribution (Jang et al., 2016): softmax((logits + Gumbel noise) / tau).

    With ``hard`` the result is one-hot and its gradient that of the soft sample.
    """
    if eps != 1e-10:
        warnings.warn("`eps` parameter is deprecated and has no effect.", stacklevel=2)
    noise = torch.empty_like(logits, memory_format=torch.contiguous_format).exponential_().log()
    soft = ((logits - noise) / tau).softmax(dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    one_hot = torch.zeros_like(logits, memory_format=torch.contiguous_format).scatter_(dim, index, 1.0)
    return one_hot - soft.detach() + soft
