"""Optimizer updates as ops over lists: one call updates every parameter in place, so a trace sees one op and a backend can fuse it.

The decomposition of each is the textbook rule tensor by tensor (`_optim_rules`); the `_foreach_*` functions are loops over
the per-tensor functions (`_optim_foreach`). Learning
rates, betas and step counts are run-time values: none of them is part of a key.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, dtype, float32, int32
from ft_core.backend import backend_for
from ft_core.keys import BELOW, DEVICE_OF, DEVICES, GRAD, INFER, INFERENCE, NOGRAD
from ft_core.state import TL

from .. import hooks
from ..call import call
from ..kinds import OPAQUE
from ..op import Op, op
from ..registry import binding
from ..routes import UNROUTED
from . import _optim_foreach as _foreach  # noqa: F401  # its bindings
from ._optim_rules import (  # noqa: F401  # the last three for ft_optim
    adagrad_rule,
    adam_rule,
    adamw_rule,
    amp_unscale_rule,
    amp_update_scale_rule,
    bias_correction,
    kept,
    sgd_rule,
    subtract_scaled_,
)

_ADAM = (
    "(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, "
    "Tensor[] state_steps, *, {lr} lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, "
    "Tensor? grad_scale=None, Tensor? found_inf=None) -> ()"
)
_SGD = (
    "(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] momentum_buffer_list, *, float weight_decay, float momentum, {lr} lr, "
    "float dampening, bool nesterov, bool maximize, bool is_first_step, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()"
)
_ADAGRAD = (
    "(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] state_sums, Tensor{d}[] state_steps, *, {lr} lr, float lr_decay, "
    "float weight_decay, float eps, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()"
)


def _update(schema: str, doc: str) -> Op:
    return op(schema, doc, kind=OPAQUE, variants="", differentiable=False)


fused_adagrad = _update("_fused_adagrad_" + _ADAGRAD.format(lr="float", d="(d!)"), "One step of Adagrad.")
fused_adagrad_tensor_lr = _update(
    "_fused_adagrad_.tensor_lr" + _ADAGRAD.format(lr="Tensor", d=""), "The same with `lr` in a tensor."
)
fused_adam = _update("_fused_adam_" + _ADAM.format(lr="float"), "One step of Adam; `state_steps` hold the new count.")
fused_adam_tensor_lr = _update("_fused_adam_.tensor_lr" + _ADAM.format(lr="Tensor"), "The same with `lr` in a tensor.")
fused_adamw = _update("_fused_adamw_" + _ADAM.format(lr="float"), "One step of AdamW: weight decay outside the moments.")
fused_adamw_tensor_lr = _update("_fused_adamw_.tensor_lr" + _ADAM.format(lr="Tensor"), "The same with `lr` in a tensor.")
fused_sgd = _update("_fused_sgd_" + _SGD.format(lr="float"), "One step of gradient descent with momentum.")
fused_sgd_tensor_lr = _update("_fused_sgd_.tensor_lr" + _SGD.format(lr="Tensor"), "The same with `lr` in a tensor.")


amp_unscale = _update(
    "_amp_foreach_non_finite_check_and_unscale_(Tensor(a!)[] self, Tensor(b!) found_inf, Tensor inv_scale) -> ()",
    "self * inv_scale in place, tensor by tensor; `found_inf` becomes 1 where some element was not finite before.",
)
amp_update_scale = _update(
    "_amp_update_scale_(Tensor(a!) self, Tensor(b!) growth_tracker, Tensor found_inf, float scale_growth_factor, "
    "float scale_backoff_factor, int growth_interval) -> Tensor(a!)",
    "The loss scale of the next step: backed off where infinities were found, grown after `growth_interval` steps without.",
)
amp_unscale.decompose(amp_unscale_rule)
amp_update_scale.decompose(amp_update_scale_rule)

for _records, _rule in (
    ((fused_adagrad, fused_adagrad_tensor_lr), adagrad_rule),
    ((fused_adam, fused_adam_tensor_lr), adam_rule),
    ((fused_adamw, fused_adamw_tensor_lr), adamw_rule),
    ((fused_sgd, fused_sgd_tensor_lr), sgd_rule),
):
    for _record in _records:
        _record.decompose(_rule)


# -- metadata --------------------------------------------------------------------------------------------------------------


def _parallel(name: str, shaped: tuple[Any, ...], counts: tuple[Tensor, ...] | None = None) -> list[Any]:
    """No outputs; RuntimeError where the lists do not run in parallel: `shaped` tensor by tensor, `counts` in number."""
    first = shaped[0]
    for other in (*shaped[1:], *(() if counts is None else (counts,))):
        if len(other) != len(first):
            raise RuntimeError(f"{name}: Tensor lists must have the same number of tensors, got {len(first)} and {len(other)}")
    for other in shaped[1:]:
        for a, b in zip(first, other, strict=True):
            if a._a.shape != b._a.shape:
                raise RuntimeError(f"{name}: tensors at one position must have one shape, got {list(a.shape)} and {list(b.shape)}")
    return []


for _record in (fused_sgd, fused_sgd_tensor_lr):

    @_record.meta
    def _(self, grads, momentum_buffer_list, weight_decay, momentum, *rest, name=_record.base):
        return _parallel(name, (self, grads, momentum_buffer_list) if momentum != 0 else (self, grads))


for _record in (fused_adam, fused_adam_tensor_lr, fused_adamw, fused_adamw_tensor_lr):

    @_record.meta
    def _(self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, *rest,
          name=_record.base):  # fmt: skip
        largest = (max_exp_avg_sqs,) if amsgrad else ()
        return _parallel(name, (self, grads, exp_avgs, exp_avg_sqs, *largest), state_steps)


for _record in (fused_adagrad, fused_adagrad_tensor_lr):

    @_record.meta
    def _(self, grads, state_sums, state_steps, *rest, name=_record.base):
        return _parallel(name, (self, grads, state_sums), state_steps)


def _one(name: str, t: Tensor, kind: dtype, word: str) -> None:
    if t.numel() != 1:
        raise RuntimeError(f"{name} must be a 1-element tensor.")
    if t.dtype is not kind:
        raise RuntimeError(f"{name} must be {word} tensor.")


@amp_unscale.meta
def _(self, found_inf, inv_scale):
    _one("inv_scale", inv_scale, float32, "a float")
    _one("found_inf", found_inf, float32, "a float")
    for t in self:
        if not t.is_floating_point():
            raise NotImplementedError(f"\"{amp_unscale.base}cpu\" not implemented for '{t.dtype.scalar_name}'")
    return []


@amp_update_scale.meta
def _(self, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval):
    for name, t in (("growth_tracker", growth_tracker), ("current_scale", self), ("found_inf", found_inf)):
        _one(name, t, int32 if t is growth_tracker else float32, "an int" if t is growth_tracker else "a float")
    return self.shape, self.dtype


# -- the call: lists in, lists changed -------------------------------------------------------------------------------------


_MAY_BE_EMPTY = ("momentum_buffer_list", "max_exp_avg_sqs")  # state that a rule may go without


def _run(record: Op, args: tuple[Any, ...]) -> None:
    """Update the lists in place: by the kernel at once where this key has been seen, else by the careful road."""
    st = TL.st
    k = st.bits
    written, read, needed = _lists_of(record)
    lists = [args[i] for i in written]
    for tensors in lists:
        for t in tensors:
            k |= t._k
    kernel = record.table.get(k)
    n = len(lists[0])
    arrays = [[t._a for t in args[i]] for i in range(read)]
    scaled = args[-1] is not None or args[-2] is not None
    uneven = any([len(args[i]) != n for i in needed]) or [a.shape for a in arrays[0]] != [a.shape for a in arrays[1]]  # noqa: C419
    if kernel is None or scaled or uneven:
        _careful(record, args, k, lists)
        return
    st.run(kernel, *arrays, *args[read:], out=None)
    for tensors in lists:
        for t in tensors:
            cell = t._ver
            if cell is None:
                t._ver = [1]
            else:
                cell[0] += 1


def _lists_of(record: Op) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """(positions of the lists that are written, how many lists there are (they come first), positions of those never empty)."""
    known = record.__dict__.get("lists_written")
    if known is None:
        lists = record.lists_at
        written = tuple(i for i in lists if record.params[i].write)
        known = written, len(lists), tuple(i for i in lists if record.params[i].name not in _MAY_BE_EMPTY)
        record.__dict__["lists_written"] = known
    return known


def _careful(record: Op, args: tuple[Any, ...], k: int, lists: list[Any]) -> None:
    st = TL.st
    if k & INFER and not st.bits & INFERENCE:
        raise RuntimeError("Inplace update to inference tensor outside InferenceMode is not allowed.")
    if not k & (NOGRAD | BELOW):
        for t in lists[0]:
            hooks.check_inplace(t, st)
        if k & GRAD:
            raise RuntimeError(
                f"{record.base}: the update is not differentiable; call it under no_grad, or make the optimizer with "
                "differentiable=True"
            )
    call(record, record.wrapper, args)
    for tensors in lists:
        for t in tensors:
            _bump(t)
    where = DEVICE_OF.get(k & DEVICES)
    if where is None or where.type == "meta" or k & UNROUTED:
        return
    backend = backend_for(where)
    kernel = backend.kernels.get(record.name)
    if kernel is not None and backend.aliasing and kernel.half == "native" and kernel.layout == "any":
        record.table[k] = kernel.fn


def _bump(t: Tensor) -> None:
    if t._k & INFER:
        return
    if t._ver is None:
        t._ver = [1]
    else:
        t._ver[0] += 1


@binding("_fused_sgd_", method=False)
def fused_sgd_(
    self, grads, momentum_buffer_list, *, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step,
    grad_scale=None, found_inf=None,
):  # fmt: skip
    """One step of gradient descent in place. `momentum_buffer_list` is empty without momentum, and filled where `is_first_step`."""
    record = fused_sgd_tensor_lr if isinstance(lr, Tensor) else fused_sgd
    _run(record, (self, grads, momentum_buffer_list, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step,
                  grad_scale, found_inf))  # fmt: skip


def _adam_(plain, with_tensor, lists, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf):
    record = with_tensor if isinstance(lr, Tensor) else plain
    _run(record, (*lists, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf))


@binding("_fused_adam_", method=False)
def fused_adam_(
    self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize,
    grad_scale=None, found_inf=None,
):  # fmt: skip
    """One step of Adam in place; `state_steps` count this step already. `max_exp_avg_sqs` is empty without `amsgrad`."""
    lists = (self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps)
    _adam_(fused_adam, fused_adam_tensor_lr, lists, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)


@binding("_fused_adamw_", method=False)
def fused_adamw_(
    self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize,
    grad_scale=None, found_inf=None,
):  # fmt: skip
    """One step of AdamW in place; arguments as of `_fused_adam_`."""
    lists = (self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps)
    _adam_(fused_adamw, fused_adamw_tensor_lr, lists, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)


@binding("_fused_adagrad_", method=False)
def fused_adagrad_(
    self, grads, state_sums, state_steps, *, lr, lr_decay, weight_decay, eps, maximize, grad_scale=None, found_inf=None
):
    """One step of Adagrad in place; `state_steps` count this step already."""
    record = fused_adagrad_tensor_lr if isinstance(lr, Tensor) else fused_adagrad
    _run(record, (self, grads, state_sums, state_steps, lr, lr_decay, weight_decay, eps, maximize, grad_scale, found_inf))


# -- the loss scale --------------------------------------------------------------------------------------------------------


@binding("_amp_foreach_non_finite_check_and_unscale_", method=False)
def amp_foreach_non_finite_check_and_unscale_(self, found_inf, inv_scale):
    """Multiply the tensors of a list by `inv_scale` in place and set `found_inf` to 1 where one had an infinity or a NaN.

    `found_inf` and `inv_scale` are float32 tensors of one element (RuntimeError else), `self` floating point (NotImplementedError).
    """
    if len(self):
        call(amp_unscale, amp_unscale.wrapper, (self, found_inf, inv_scale))
        for t in (*self, found_inf):
            _bump(t)


@binding("_amp_update_scale_", method=False)
def amp_update_scale_(self, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval):
    """Change the loss scale `self` and the count of finite steps in place; returns `self`.

    Where `found_inf` is not 0 the scale is multiplied by `scale_backoff_factor` and the count begins anew; else the count rises, and
    at `growth_interval` the scale is multiplied by `scale_growth_factor`, unless that overflows. One-element tensors, float32 and int32.
    """
    call(
        amp_update_scale, amp_update_scale.wrapper,
        (self, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval),
    )  # fmt: skip
    return self
