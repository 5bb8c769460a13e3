"""How a module with hooks is called: the long way round ``forward``.

The order is torch's: global before own hooks; pre-hooks, forward, forward hooks; backward hooks sit on identity nodes
around the inputs and the outputs, so that they see gradients of the module's borders and nothing in between.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from . import hooks


@functools.cache
def _tap() -> Any:
    """The identity function whose backward hands the gradients to a callback and passes on what it returns.

    Made on first use: only backward hooks need ft_autograd's Function class here.
    """
    from ft_autograd import Function  # noqa: PLC0415 - a module without backward hooks never needs the engine

    class BackwardHookFunction(Function):
        """Identity on tensors; ``callback(grads) -> grads`` runs in backward. ``zeros`` stand for missing gradients, or None."""

        @staticmethod
        def forward(ctx: Any, callback: Callable, zeros: bool, *tensors: Tensor) -> tuple[Tensor, ...]:
            ctx.callback = callback
            made = tuple(t.view_as(t) for t in tensors)
            ctx.mark_non_differentiable(*[view for view, t in zip(made, tensors, strict=True) if not t.requires_grad])
            ctx.set_materialize_grads(zeros)
            return made

        @staticmethod
        def backward(ctx: Any, *grads: Any) -> tuple[Any, ...]:
            needed = ctx.needs_input_grad[2:]
            return (None, None, *[g if need else None for g, need in zip(ctx.callback(grads), needed, strict=True)])

    return BackwardHookFunction


class BackwardHook:
    """Full backward hooks of one module for one call: taps around its inputs and outputs."""

    def __init__(self, module: Any, user_hooks: list[Callable], user_pre_hooks: list[Callable]) -> None:
        self.module = module
        self.user_hooks = user_hooks
        self.user_pre_hooks = user_pre_hooks
        self.grad_outputs: tuple[Any, ...] | None = None
        self.input_index: Any = None  # places of the tapped tensors; None where none takes a gradient
        self.n_inputs = 0
        self.output_index: Any = None
        self.n_outputs = 0

    def setup_input_hook(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments with their tensors behind the tap that runs the hooks."""
        self.n_inputs = len(args)
        args, self.input_index = self._insert(self._on_grad_input, True, args)
        return args

    def setup_output_hook(self, result: Any) -> Any:
        """The result (a tensor or a tuple) with its tensors behind the tap that learns ``grad_output``."""
        outputs = result if isinstance(result, tuple) else (result,)
        self.n_outputs = len(outputs)
        outputs, self.output_index = self._insert(self._on_grad_output, False, outputs)
        return outputs if isinstance(result, tuple) else outputs[0]

    @staticmethod
    def _insert(callback: Callable, zeros: bool, values: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[int] | None]:
        index = [i for i, v in enumerate(values) if isinstance(v, Tensor)]
        if not torch.is_grad_enabled() or not any(values[i].requires_grad for i in index):
            return values, None
        tapped = list(values)
        for i, tensor in zip(index, _tap().apply(callback, zeros, *[values[i] for i in index]), strict=True):
            tapped[i] = tensor
        # A namedtuple stays one: its class is rebuilt from the fields.
        made = tuple(tapped) if type(values) is tuple else type(values)(*tapped)
        return made, index

    @staticmethod
    def _spread(grads: tuple[Any, ...], index: list[int], count: int) -> tuple[Any, ...]:
        full: list[Any] = [None] * count
        for i, grad in zip(index, grads, strict=True):
            full[i] = grad
        return tuple(full)

    def _on_grad_output(self, grads: tuple[Any, ...]) -> tuple[Any, ...]:
        grad_outputs = self._spread(grads, self.output_index, self.n_outputs)
        for hook in self.user_pre_hooks:
            new = hook(self.module, grad_outputs)
            if new is not None:
                grad_outputs = self._checked(new, grad_outputs, "Backward pre hook", "grad_output")
        self.grad_outputs = grad_outputs
        if self.input_index is None:  # no input takes a gradient, so no tap on the inputs will ever run
            warnings.warn(
                "Full backward hook is firing when gradients are computed with respect to module outputs since no inputs require gradients. "
                "See https://docs.pytorch.org/docs/main/generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_hook for more "
                "details.",
                stacklevel=5,
            )
            self._run_hooks(None)
        return tuple(grad_outputs[i] for i in self.output_index)

    def _on_grad_input(self, grads: tuple[Any, ...]) -> tuple[Any, ...]:
        if self.grad_outputs is None:  # the gradient came round the outputs (an input returned as it was)
            return grads
        grad_inputs = self._run_hooks(self._spread(grads, self.input_index, self.n_inputs))
        self.grad_outputs = None
        return tuple(grad_inputs[i] for i in self.input_index)

    def _run_hooks(self, grad_inputs: tuple[Any, ...] | None) -> Any:
        for hook in self.user_hooks:
            shown = (None,) * self.n_inputs if grad_inputs is None else grad_inputs
            new = hook(self.module, shown, self.grad_outputs)
            if new is None:
                continue
            if grad_inputs is None:
                if isinstance(new, tuple) and all(g is None for g in new):
                    continue
                raise RuntimeError(
                    "Backward hook for Modules where no input requires gradient should always return None or None for all "
                    "gradients."
                )
            grad_inputs = self._checked(new, grad_inputs, "Backward hook", "grad_input")
        return grad_inputs

    @staticmethod
    def _checked(new: Any, old: tuple[Any, ...], who: str, what: str) -> tuple[Any, ...]:
        new = new if isinstance(new, tuple) else (new,)
        if len(new) != len(old):
            raise RuntimeError(f"{who} returned an invalid number of {what}, got {len(new)}, but expected {len(old)}")
        return new


def _backward_hooks(module: Any) -> tuple[list[Callable], list[Callable], list[Callable]]:
    """(pre-hooks, full hooks, regular hooks), global ones first."""
    pre = [*hooks.backward_pre.values(), *module._backward_pre_hooks.values()]
    full: list[Callable] = []
    regular: list[Callable] = []
    (full if hooks.backward_is_full[0] else regular).extend(hooks.backward.values())
    (full if module._is_full_backward_hook else regular).extend(module._backward_hooks.values())
    return pre, full, regular


def _run_pre_hooks(module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    for key, hook in (*hooks.forward_pre.items(), *module._forward_pre_hooks.items()):
        if key in module._forward_pre_hooks_with_kwargs:
            new = hook(module, args, kwargs)
            if new is None:
                continue
            if not isinstance(new, tuple) or len(new) != 2:
                raise RuntimeError(f"forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got {new}.")
            args, kwargs = new
        else:
            new = hook(module, args)
            if new is not None:
                args = new if isinstance(new, tuple) else (new,)
    return args, kwargs


def _forward_hooks(module: Any) -> list[tuple[int, Callable, bool, bool]]:
    """(id, hook, takes kwargs, is always called) in the order they run."""
    rows = [(k, h, k in hooks.forward_with_kwargs, k in hooks.forward_always_called) for k, h in hooks.forward.items()]
    kw, always = module._forward_hooks_with_kwargs, module._forward_hooks_always_called
    rows += [(k, h, k in kw, k in always) for k, h in module._forward_hooks.items()]
    return rows


def _apply_forward_hook(module: Any, row: tuple[int, Callable, bool, bool], args: Any, kwargs: Any, result: Any) -> Any:
    _, hook, takes_kwargs, _ = row
    new = hook(module, args, kwargs, result) if takes_kwargs else hook(module, args, result)
    return result if new is None else new


def _hook_last_node(module: Any, regular: list[Callable], args: Any, result: Any) -> None:
    """Regular backward hooks: on the node that made the first tensor of the result."""
    value = result
    while not isinstance(value, Tensor):
        value = next(v for v in value.values() if isinstance(v, Tensor)) if isinstance(value, dict) else value[0]
    node = value.grad_fn
    if node is None:
        return
    for hook in regular:
        node.register_hook(functools.partial(hook, module))
    what = _what_regular_hooks_miss(args, result, node)
    if what:
        warnings.warn(what, FutureWarning, stacklevel=4)


_SPEAKS = "is deprecated and will be removed in future versions. This hook will be missing some"
_INSTEAD = "Please use register_full_backward_hook to get the documented behavior."


def _what_regular_hooks_miss(args: Any, result: Any, node: Any) -> str | None:
    """Torch's sentence about the gradients that a hook on the last node does not see; None where it sees all."""
    shown = []
    for values, does, part in ((result, "return a", "grad_output"), (args, "take as input a", "grad_input")):
        if not (isinstance(values, Tensor) or (isinstance(values, tuple) and all(isinstance(v, Tensor) for v in values))):
            return (
                f"Using non-full backward hooks on a Module that does not {does} single Tensor or a tuple of Tensors {_SPEAKS} of the "
                f"{part}. {_INSTEAD}"
            )
        shown.append({v.grad_fn for v in (values if isinstance(values, tuple) else (values,)) if v.grad_fn is not None})
    made, given = shown
    if not made or (len(made) == 1 and node not in made):
        return f"Using a non-full backward hook when outputs are nested in python data structure {_SPEAKS} grad_output."
    if len(made) > 1:
        return f"Using a non-full backward hook when outputs are generated by different autograd Nodes {_SPEAKS} grad_output. {_INSTEAD}"
    if given != {fn for fn, _ in node.next_functions}:
        return f"Using a non-full backward hook when the forward contains multiple autograd Nodes {_SPEAKS} grad_input. {_INSTEAD}"
    return None


def call_with_hooks(module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """``module.forward(*args, **kwargs)`` with every hook that applies; hooks marked ``always_call`` run on errors too."""
    called: set[int] = set()
    result = None
    try:
        pre, full, regular = _backward_hooks(module)
        args, kwargs = _run_pre_hooks(module, args, kwargs)
        tap = BackwardHook(module, full, pre) if full or pre else None
        if tap is not None:
            args = tap.setup_input_hook(args)
        result = module.forward(*args, **kwargs)
        for row in _forward_hooks(module):
            called.add(row[0])
            result = _apply_forward_hook(module, row, args, kwargs, result)
        if tap is not None:
            if not isinstance(result, (Tensor, tuple)):
                warnings.warn(
                    "For backward hooks to be called, module output should be a Tensor or a tuple of Tensors but received "
                    f"{type(result)}",
                    stacklevel=3,
                )
            result = tap.setup_output_hook(result)
        if regular:
            _hook_last_node(module, regular, args, result)
        return result
    except Exception:
        _run_always_called(module, called, args, kwargs, result)
        raise


def _run_always_called(module: Any, called: set[int], args: Any, kwargs: Any, result: Any) -> None:
    """After an error: the ``always_call`` hooks that have not run. Their own errors only warn, so the first one is seen."""
    for row in _forward_hooks(module):
        if row[3] and row[0] not in called:
            try:
                result = _apply_forward_hook(module, row, args, kwargs, result)
            except Exception as error:  # noqa: BLE001 - any failure of a hook must not hide the error being raised
                warnings.warn(
                    "module forward hook with ``always_call=True`` raised an exception that was silenced as another error "
                    f"was raised in forward: {error}",
                    stacklevel=4,
                )
