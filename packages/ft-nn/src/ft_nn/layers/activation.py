"""Activations without parameters of their own, and PReLU: settings, and the function that belongs to each.

All map elementwise, shape (*) -> (*), unless their docstring says otherwise. Formulas are those of the functions in
:mod:`ft_nn.functional.activation`; source of arguments and printed forms: torch.nn (2.13).
"""

from __future__ import annotations

import warnings
from typing import Any

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch

from .. import functional as F
from .. import init
from ..module import Module


class _InPlace(Module):
    """A setting ``inplace`` that is printed only where it is on."""

    __constants__ = ["inplace"]

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def extra_repr(self) -> str:
        """``inplace=True`` or nothing."""
        return "inplace=True" if self.inplace else ""

    def _with_inplace(self, text: str) -> str:
        return text + (", inplace=True" if self.inplace else "")


class ReLU(_InPlace):
    """max(x, 0). Source: torch.nn.ReLU."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return torch.relu_(input) if self.inplace else torch.relu(input)


class SELU(_InPlace):
    """Scaled ELU of self-normalising networks. Source: torch.nn.SELU."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.selu(input, self.inplace)


class SiLU(_InPlace):
    """x sigmoid(x). Source: torch.nn.SiLU."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.silu(input, self.inplace)


class Mish(_InPlace):
    """x tanh(softplus(x)). Source: torch.nn.Mish."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.mish(input, self.inplace)


class Hardsigmoid(Module):
    """relu6(x + 3) / 6. Source: torch.nn.Hardsigmoid."""

    __constants__ = ["inplace"]

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.hardsigmoid(input, self.inplace)


class Hardswish(Module):
    """x relu6(x + 3) / 6. Source: torch.nn.Hardswish."""

    __constants__ = ["inplace"]

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.hardswish(input, self.inplace)


class Threshold(_InPlace):
    """x where x > threshold, else ``value``. Source: torch.nn.Threshold."""

    __constants__ = ["threshold", "value", "inplace"]

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.threshold = threshold
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """Settings."""
        return self._with_inplace(f"threshold={self.threshold}, value={self.value}")


class RReLU(_InPlace):
    """Leaky ReLU with a random slope in training. Source: torch.nn.RReLU."""

    __constants__ = ["lower", "upper", "inplace"]

    def __init__(self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.lower = lower
        self.upper = upper

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """Settings."""
        return self._with_inplace(f"lower={self.lower}, upper={self.upper}")


class Hardtanh(_InPlace):
    """The input clamped to [min_val, max_val]. Source: torch.nn.Hardtanh."""

    __constants__ = ["min_val", "max_val", "inplace"]

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> None:
        super().__init__(inplace)
        for old, new, given in (("min_value", "min_val", min_value), ("max_value", "max_val", max_value)):
            if given is not None:
                warnings.warn(f"keyword argument `{old}` is deprecated and rename to `{new}`", FutureWarning, stacklevel=2)
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        if not self.max_val > self.min_val:
            raise AssertionError(f"max_val ({self.max_val}) must be greater than min_val ({self.min_val})")

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """Settings."""
        return self._with_inplace(f"min_val={self.min_val}, max_val={self.max_val}")


class ReLU6(Hardtanh):
    """min(max(x, 0), 6). Source: torch.nn.ReLU6."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self) -> str:
        """``inplace=True`` or nothing."""
        return "inplace=True" if self.inplace else ""


class ELU(_InPlace):
    """x where x > 0, else alpha (exp(x) - 1). Source: torch.nn.ELU."""

    __constants__ = ["alpha", "inplace"]

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Settings."""
        return self._with_inplace(f"alpha={self.alpha}")


class CELU(ELU):
    """max(0, x) + min(0, alpha (exp(x / alpha) - 1)). Source: torch.nn.CELU."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.celu(input, self.alpha, self.inplace)


class LeakyReLU(_InPlace):
    """max(0, x) + negative_slope min(0, x). Source: torch.nn.LeakyReLU."""

    __constants__ = ["inplace", "negative_slope"]

    def __init__(self, negative_slope: float = 1e-2, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.negative_slope = negative_slope

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """Settings."""
        return self._with_inplace(f"negative_slope={self.negative_slope}")


class PReLU(Module):
    """max(0, x) + weight min(0, x) with a trained weight: one, or one per channel (dim 1). Source: torch.nn.PReLU."""

    __constants__ = ["num_parameters"]

    def __init__(self, num_parameters: int = 1, init: float = 0.25, device: Any = None, dtype: Any = None) -> None:
        self.num_parameters = num_parameters
        super().__init__()
        self.init = init
        self.weight = Parameter(torch.empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """The weight as it was at first."""
        init.constant_(self.weight, self.init)

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """Size."""
        return f"num_parameters={self.num_parameters}"


class Sigmoid(Module):
    """1 / (1 + exp(-x)). Source: torch.nn.Sigmoid."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return torch.sigmoid(input)


class Tanh(Module):
    """The hyperbolic tangent. Source: torch.nn.Tanh."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return torch.tanh(input)


class LogSigmoid(Module):
    """log(sigmoid(x)). Source: torch.nn.LogSigmoid."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.logsigmoid(input)


class Softsign(Module):
    """x / (1 + |x|). Source: torch.nn.Softsign."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.softsign(input)


class Tanhshrink(Module):
    """x - tanh(x). Source: torch.nn.Tanhshrink."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.tanhshrink(input)


class Softplus(Module):
    """log(1 + exp(beta x)) / beta, and x itself where beta x > threshold. Source: torch.nn.Softplus."""

    __constants__ = ["beta", "threshold"]

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Settings."""
        return f"beta={self.beta}, threshold={self.threshold}"


class _Shrink(Module):
    __constants__ = ["lambd"]

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def extra_repr(self) -> str:
        """The half width."""
        return str(self.lambd)


class Softshrink(_Shrink):
    """x moved towards 0 by ``lambd``. Source: torch.nn.Softshrink."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.softshrink(input, self.lambd)


class Hardshrink(_Shrink):
    """x outside [-lambd, lambd], 0 inside. Source: torch.nn.Hardshrink."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.hardshrink(input, self.lambd)


class GELU(Module):
    """x Phi(x), exactly or with ``approximate="tanh"``. Source: torch.nn.GELU."""

    __constants__ = ["approximate"]

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """The form."""
        return f"approximate={self.approximate!r}"


class GLU(Module):
    """a * sigmoid(b) for the halves of the input along ``dim``, which halves. Source: torch.nn.GLU."""

    __constants__ = ["dim"]

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Half the size along ``dim``."""
        return F.glu(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"
