"""The exceptions of our own, in one tree.

    FrankenTorchError
    ├── NoRouteError          (NotImplementedError)   nothing leads from this op and these arguments to a result
    │   └── NoRuleError                               … to a gradient, a tangent or a batched result
    ├── AmbiguousRouteError   (RuntimeError)          two ways lead there, and no order says which wins
    ├── SettingsError         (ValueError)            a setting has a value that is not allowed
    ├── LinAlgError           (RuntimeError)          torch.linalg.LinAlgError
    ├── OutOfMemoryError      (RuntimeError)          torch.OutOfMemoryError
    └── AcceleratorError      (RuntimeError)          torch.AcceleratorError

Where torch raises a builtin, we raise that very builtin: `type(e)` is visible to programs, to test tools and in tracebacks. A class
stands here only where torch has one of its own, or for what torch cannot meet. Each is also the builtin that an `except` clause
written for torch expects. The plugin manager's errors are in `ft_core.plugin`, those of checkpoints in `ft_serialize`.
"""

from __future__ import annotations

__all__ = [
    "AcceleratorError",
    "AmbiguousRouteError",
    "FrankenTorchError",
    "LinAlgError",
    "NoRouteError",
    "NoRuleError",
    "OutOfMemoryError",
    "SettingsError",
]


class FrankenTorchError(Exception):
    """What all exceptions of this tree are; never raised itself."""


class NoRouteError(FrankenTorchError, NotImplementedError):
    """The op has no kernel, decomposition or loaded package that could compute it for these devices, dtypes and layouts.

    The message names the op, what was asked for, and what to install or write.
    """


class NoRuleError(NoRouteError):
    """The op can be computed, but not under this transform: it has no rule, and none follows from its kind or decomposition."""


class AmbiguousRouteError(FrankenTorchError, RuntimeError):
    """Two registrations claim the same op and key; choosing one would decide what a program computes."""


class SettingsError(FrankenTorchError, ValueError):
    """A setting, from the environment or a `with settings(...)`, is unknown or has a value outside its allowed ones."""


class LinAlgError(FrankenTorchError, RuntimeError):
    """A matrix is singular, not positive definite, or an iteration did not converge. Source: torch.linalg.LinAlgError."""


class OutOfMemoryError(FrankenTorchError, RuntimeError):
    """A device has no memory left for an allocation. Source: torch.OutOfMemoryError."""


class AcceleratorError(FrankenTorchError, RuntimeError):
    """A call to a device's driver failed. Source: torch.AcceleratorError."""
