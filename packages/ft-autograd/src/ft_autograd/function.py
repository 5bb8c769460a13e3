"""torch.autograd.Function: forward and backward written by the user, recorded as one node.

Forward, setup_context and backward receive a `ctx`, which belongs to the node and answers for it. Both styles work: `forward(ctx, *args)`, and
`forward(*args)` with `setup_context(ctx, inputs, output)`; transforms (vmap, grad, jvp) need the second, see `levels.custom`.
What is saved goes through the same version checks as everywhere, an output is saved without the cycle it would make.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_core.keys import GRAD, LEVEL, NOGRAD
from ft_core.state import TL

from .function_node import FLOAT, FunctionCtx, FunctionNode, apply_plain, not_recording
from .node import SEQ, Node


class FunctionMeta(type):
    """Gives each Function the class of its nodes."""

    def __init__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> None:
        super().__init__(name, bases, attrs)
        cls._backward_cls = type(name + "Backward", (FunctionNode,), {"forward_class": cls})
        cls._context_cls = type(name + "Backward", (FunctionCtx,), {"_forward_cls": cls})


class Function(metaclass=FunctionMeta):
    """Base of user-defined differentiable functions; call them with `apply`.

    forward        `forward(ctx, *args)`, or `forward(*args)` where setup_context is defined; returns a tensor, or a tuple
    setup_context  `setup_context(ctx, inputs, output)`
    backward       `backward(ctx, *grad_outputs)`, also under the name `vjp`: one gradient (or None) per argument of forward
    jvp            `jvp(ctx, *tangents)`: tangents of the outputs, for forward mode
    vmap           `vmap(info, in_dims, *args)` -> (outputs, out_dims); or set `generate_vmap_rule = True`
    Source: torch.autograd.Function.
    """

    generate_vmap_rule = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        warnings.warn(
            f"{type(self)} should not be instantiated. Methods on autograd functions are all static, so you should invoke them on the class "
            "itself. Instantiating an autograd function will raise an error in a future version of PyTorch.",
            DeprecationWarning,
            stacklevel=2,
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """RuntimeError: Functions are called by `apply`, on the class."""
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function with static "
            "forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Compute the outputs."""
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        """Save what backward needs."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Gradients of the inputs."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward "
            "mode AD."
        )

    @staticmethod
    def vjp(ctx: Any, *grad_outputs: Any) -> Any:
        """Another name of backward."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward "
            "mode AD."
        )

    @staticmethod
    def jvp(ctx: Any, *grad_inputs: Any) -> Any:
        """Tangents of the outputs."""
        raise NotImplementedError(
            "You must implement the jvp function for custom autograd.Function to use it with forward mode AD."
        )

    @staticmethod
    def vmap(info: Any, in_dims: tuple[Any, ...], *args: Any) -> Any:
        """(outputs, out_dims) for batched arguments."""
        raise NotImplementedError(
            "To use autograd.Function with vmap, you must either override the vmap staticmethod or set generate_vmap_rule=True."
        )

    @classmethod
    def uses_setup_context(cls) -> bool:
        """Whether it is written in the style with setup_context."""
        return cls.setup_context is not Function.setup_context

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Run forward and record one node. Keyword arguments take their places in forward's signature."""
        if kwargs or cls.uses_setup_context():
            args = _bound(cls, args, kwargs)
        st = TL.st
        if st.levels or any(isinstance(a, Tensor) and a._k & LEVEL for a in args):
            from .levels.custom import apply_at_level  # noqa: PLC0415  # only under a transform

            return apply_at_level(cls, args)
        return apply_plain(cls, args)


def _bound(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    if not cls.uses_setup_context():
        return _placed(cls, args, kwargs)
    if not kwargs and not any(p.default is not p.empty for p in inspect.signature(cls.forward).parameters.values()):
        return args
    bound = inspect.signature(cls.forward).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.args


def _placed(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments behind ctx by position. TypeError for a keyword that names none."""
    made, left = list(args), dict(kwargs)
    places = [p for p in inspect.signature(cls.forward).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    for place in places[1 + len(args) :]:
        if left and place.name in left:
            made.append(left.pop(place.name))
        elif left and place.default is not place.empty:
            made.append(place.default)
    for name in left:
        raise TypeError(f"forward() got an unexpected keyword argument '{name}'")
    return tuple(made)


def once_differentiable(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator of `backward`: it runs without recording, and differentiating its result again is an error that says so."""

    @functools.wraps(function)
    def wrapper(ctx: Any, *args: Any) -> Any:
        with not_recording:
            outputs = function(ctx, *args)
        if TL.st.bits & NOGRAD or not any(isinstance(a, Tensor) and a._k & GRAD for a in args):
            return outputs
        many = isinstance(outputs, tuple)
        made = [_refusing(o) for o in (outputs if many else (outputs,))]
        return tuple(made) if many else made[0]

    return wrapper


class DelayedError(Node):
    """The node of a tensor that may not be differentiated: backward through it raises."""

    __slots__ = ()

    def apply(self, g: Any) -> tuple[Any, ...]:
        raise RuntimeError("trying to differentiate twice a function that was marked with @once_differentiable")


def _refusing(o: Any) -> Any:
    if not isinstance(o, Tensor) or not o._k & FLOAT:
        return o
    made = o.detach()
    node = object.__new__(DelayedError)
    node.seq, node.shape, node.next = next(SEQ), tuple(o.shape), (_Sink(),)
    made._k |= GRAD
    node.k = made._k
    made._node = node
    return made


class _Sink(Node):
    """Where DelayedError's only edge leads, so that the engine does not pass it over."""

    __slots__ = ()

    def __init__(self) -> None:
        self.seq, self.shape, self.k, self.next = -1, (), 0, ()


class InplaceFunction(Function):
    """A Function whose forward may change its first argument; `mark_dirty` does the work. Kept for programs that name it."""


__all__ = ["Function", "FunctionCtx", "FunctionMeta", "InplaceFunction", "once_differentiable"]
