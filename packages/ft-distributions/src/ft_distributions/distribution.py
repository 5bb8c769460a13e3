"""The base class of every distribution: shapes, validation, `expand`, and the methods a distribution may have.

A family states its parameters once, as attribute names that follow the batch shape (`_names`), and gets `expand` from here. Values
are validated unless Python runs with -O or the user says otherwise, as in torch.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar

from ft_dispatch import surface as torch
from ft_dispatch.surface import Size, Tensor

from . import constraints
from .utils import broadcast_all, lazy_property

__all__ = ["Distribution"]


class Distribution:
    """A probability distribution over tensors: `sample_shape + batch_shape + event_shape`.

    batch_shape: distributions that are independent and differ in parameters; event_shape: one draw of one of them. Raises
    ValueError where a parameter violates its constraint. Source: torch.distributions.Distribution.
    """

    has_enumerate_support = False
    _validate_args = __debug__
    _names: ClassVar[tuple[str, ...]] = ()  # attributes whose leading dimensions are the batch shape

    if TYPE_CHECKING:  # class attributes in most families, properties in some
        has_rsample: Any
        arg_constraints: Any
        support: Any
        mean: Any
        mode: Any
        variance: Any
        stddev: Any
    else:
        has_rsample = False

        @property
        def arg_constraints(self):
            """Parameter names and the constraints their values satisfy."""
            raise NotImplementedError

        @property
        def support(self):
            """The constraint that values satisfy."""
            raise NotImplementedError

        @property
        def mean(self):
            """The expected value: batch_shape + event_shape."""
            raise NotImplementedError

        @property
        def mode(self):
            """The most probable value: batch_shape + event_shape."""
            raise NotImplementedError(f"{self.__class__} does not implement mode")

        @property
        def variance(self):
            """The variance: batch_shape + event_shape."""
            raise NotImplementedError

        @property
        def stddev(self):
            """The standard deviation: batch_shape + event_shape."""
            return self.variance.sqrt()

    def __init__(self, batch_shape: Any = (), event_shape: Any = (), validate_args: bool | None = None) -> None:
        self._batch_shape = Size(batch_shape)
        self._event_shape = Size(event_shape)
        if validate_args is not None:
            self._validate_args = validate_args
        if self._validate_args:
            self._validate_parameters()
        super().__init__()

    @staticmethod
    def set_default_validate_args(value: bool) -> None:
        """Whether distributions made from now on validate by default. Raises ValueError for what is no bool."""
        if value not in (True, False):
            raise ValueError(f"set_default_validate_args: expected True or False, got {value!r}")
        Distribution._validate_args = value

    # --- parameters ---

    def _validate_parameters(self) -> None:
        try:
            stated = self.arg_constraints
        except NotImplementedError:
            stated = {}
            warnings.warn(
                f"{self.__class__} does not define `arg_constraints`. Please set `arg_constraints = {{}}` or initialize the "
                "distribution with `validate_args=False` to turn off validation.",
                stacklevel=4,
            )
        for name, constraint in stated.items():
            computed = name not in self.__dict__ and isinstance(getattr(type(self), name, None), lazy_property)
            if computed or constraints.is_dependent(constraint):
                continue
            value = getattr(self, name)
            if not constraint.check(value).all():
                raise ValueError(
                    f"Expected parameter {name} ({type(value).__name__} of shape {tuple(value.shape)}) of distribution {self!r} to "
                    f"satisfy the constraint {constraint!r}, but found invalid values:\n{value}"
                )

    def _enter(self, validate_args: bool | None, **parameters: Any) -> None:
        """Keep parameters broadcast to one shape, which is the batch shape: the constructor of families of scalar events."""
        values = broadcast_all(*parameters.values())
        for name, value in zip(parameters, values, strict=True):
            setattr(self, name, value)
        Distribution.__init__(self, values[0].shape, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        """The same distribution with its parameters expanded to `batch_shape`, without copying them.

        Raises NotImplementedError where a subclass has a constructor of its own and no `expand`, RuntimeError where the shapes do
        not broadcast.
        """
        if not self._names:
            raise NotImplementedError
        new = self._get_checked_instance(self._home(), _instance)
        for name in self._names:
            if name in self.__dict__:
                setattr(new, name, self.__dict__[name].expand(Size(batch_shape)))
        return new._settle(self, batch_shape)

    def _home(self) -> type:
        """The class that states `_names`: what derives from it with a constructor of its own must bring its own `expand`."""
        return next(c for c in type(self).__mro__ if "_names" in vars(c))

    def _settle(self, like: Distribution, batch_shape: Any, event_shape: Any = ()) -> Any:
        """Finish an expanded instance: its shapes, and whether it validates."""
        Distribution.__init__(self, batch_shape, event_shape, validate_args=False)
        self._validate_args = like._validate_args
        return self

    def _get_checked_instance(self, cls: type, _instance: Any = None) -> Any:
        if _instance is None and type(self).__init__ != cls.__init__:  # type: ignore[misc]  # compared, not called
            raise NotImplementedError(
                f"Subclass {self.__class__.__name__} of {cls.__name__} that defines a custom __init__ method must also define a "
                "custom .expand() method."
            )
        return self.__new__(type(self)) if _instance is None else _instance

    @property
    def batch_shape(self) -> Any:
        """Shape over which parameters are batched."""
        return self._batch_shape

    @property
    def event_shape(self) -> Any:
        """Shape of a single draw, without the batch."""
        return self._event_shape

    # --- what a distribution may have ---

    def sample(self, sample_shape: Any = ()) -> Tensor:
        """A draw, without gradient: sample_shape + batch_shape + event_shape."""
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        """A draw that is differentiable with respect to the parameters: sample_shape + batch_shape + event_shape."""
        raise NotImplementedError

    def sample_n(self, n: int) -> Tensor:
        """n draws; `sample((n,))` is the way to ask."""
        warnings.warn("`sample_n(n)` will be deprecated. Use `sample((n,))` instead.", FutureWarning, stacklevel=2)
        return self.sample((n,))

    def log_prob(self, value: Tensor) -> Tensor:
        """Logarithm of density or mass at `value`: the broadcast shape without the event. ValueError outside the support."""
        raise NotImplementedError

    def cdf(self, value: Tensor) -> Tensor:
        """Probability of a draw at most `value`."""
        raise NotImplementedError

    def icdf(self, value: Tensor) -> Tensor:
        """The quantile: the inverse of `cdf` at probabilities `value`."""
        raise NotImplementedError

    def enumerate_support(self, expand: bool = True) -> Tensor:
        """All values of a discrete distribution along a new first dimension; expand=False leaves the batch at size 1."""
        raise NotImplementedError

    def entropy(self) -> Tensor:
        """The entropy in nats: batch_shape."""
        raise NotImplementedError

    def perplexity(self) -> Tensor:
        """exp of the entropy: batch_shape."""
        return torch.exp(self.entropy())

    # --- shapes and values ---

    def _extended_shape(self, sample_shape: Any = ()) -> Any:
        return Size((*sample_shape, *self._batch_shape, *self._event_shape))

    def _check(self, value: Any) -> None:
        if self._validate_args:
            self._validate_sample(value)

    def _validate_sample(self, value: Any) -> None:
        """Raise ValueError where a value cannot be this distribution's: no tensor, a wrong shape, outside the support."""
        if not isinstance(value, Tensor):
            raise ValueError("The value argument to log_prob must be a Tensor")
        shape, events = value.shape, len(self._event_shape)
        if shape[len(shape) - events :] != self._event_shape:
            raise ValueError(f"The right-most size of value must match event_shape: {shape} vs {self._event_shape}.")
        expected = self._batch_shape + self._event_shape
        for i, j in zip(reversed(shape), reversed(expected), strict=False):
            if i != 1 and j != 1 and i != j:
                raise ValueError(f"Value is not broadcastable with batch_shape+event_shape: {shape} vs {expected}.")
        try:
            support = self.support
        except NotImplementedError:
            warnings.warn(
                f"{self.__class__} does not define `support` to enable sample validation. Please initialize the distribution with "
                "`validate_args=False` to turn off validation.",
                stacklevel=4,
            )
            return
        if not support.check(value).all():
            raise ValueError(
                f"Expected value argument ({type(value).__name__} of shape {tuple(shape)}) to be within the support ({support!r}) of "
                f"the distribution {self!r}, but found invalid values:\n{value}"
            )

    def _enumerated(self, values: Tensor, expand: bool) -> Tensor:
        """Values of a scalar event along a new first dimension, as `enumerate_support` gives them."""
        values = values.view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1, *self._batch_shape)) if expand else values

    def __repr__(self) -> str:
        held = {name: self.__dict__[name] for name in self.arg_constraints if name in self.__dict__}
        shown = [f"{name}: {value if value.numel() == 1 else value.size()}" for name, value in held.items()]
        return f"{self.__class__.__name__}({', '.join(shown)})"
