"""Wrappers of the `optim` family, generated from ft_dispatch/ops/optim.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__amp_foreach_non_finite_check_and_unscale_ = OPS['_amp_foreach_non_finite_check_and_unscale_']


def _amp_foreach_non_finite_check_and_unscale_(input, found_inf, inv_scale):
    """self * inv_scale in place, tensor by tensor; `found_inf` becomes 1 where some element was not finite before.

    aten::_amp_foreach_non_finite_check_and_unscale_(Tensor(a!)[] self, Tensor(b!) found_inf, Tensor inv_scale) -> ()
    """
    return call(op__amp_foreach_non_finite_check_and_unscale_, _amp_foreach_non_finite_check_and_unscale_, (input, found_inf, inv_scale))


op__amp_update_scale_ = OPS['_amp_update_scale_']
table__amp_update_scale_ = op__amp_update_scale_.table


def _amp_update_scale_(input, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval):
    """The loss scale of the next step: backed off where infinities were found, grown after `growth_interval` steps without.

    aten::_amp_update_scale_(Tensor(a!) self, Tensor(b!) growth_tracker, Tensor found_inf, float scale_growth_factor, float scale_backoff_factor, int growth_interval) -> Tensor(a!)
    """
    try:
        st = TL.st
        keys = input._k | growth_tracker._k | found_inf._k | st.bits
        dest, rec, dense, memo = table__amp_update_scale_[keys]
        leaf, ok, scale_growth_factor, scale_backoff_factor, growth_interval, = memo[input._a.shape, growth_tracker._a.shape, found_inf._a.shape, scale_growth_factor, scale_backoff_factor, growth_interval]
        arr = st.run(leaf, input._a, growth_tracker._a, found_inf._a, scale_growth_factor, scale_backoff_factor, growth_interval, out=dest)
    except _MISS:
        return call(op__amp_update_scale_, _amp_update_scale_, (input, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval)


op__fused_adagrad_ = OPS['_fused_adagrad_']


def _fused_adagrad_(input, grads, state_sums, state_steps, *, lr, lr_decay, weight_decay, eps, maximize, grad_scale=None, found_inf=None):
    """One step of Adagrad.

    aten::_fused_adagrad_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] state_sums, Tensor(d!)[] state_steps, *, float lr, float lr_decay, float weight_decay, float eps, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adagrad_, _fused_adagrad_, (input, grads, state_sums, state_steps, lr, lr_decay, weight_decay, eps, maximize, grad_scale, found_inf))


op__fused_adagrad__tensor_lr = OPS['_fused_adagrad_.tensor_lr']


def _fused_adagrad__tensor_lr(input, grads, state_sums, state_steps, *, lr, lr_decay, weight_decay, eps, maximize, grad_scale=None, found_inf=None):
    """The same with `lr` in a tensor.

    aten::_fused_adagrad_.tensor_lr(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] state_sums, Tensor[] state_steps, *, Tensor lr, float lr_decay, float weight_decay, float eps, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adagrad__tensor_lr, _fused_adagrad__tensor_lr, (input, grads, state_sums, state_steps, lr, lr_decay, weight_decay, eps, maximize, grad_scale, found_inf))


op__fused_adam_ = OPS['_fused_adam_']


def _fused_adam_(input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale=None, found_inf=None):
    """One step of Adam; `state_steps` hold the new count.

    aten::_fused_adam_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, float lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adam_, _fused_adam_, (input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf))


op__fused_adam__tensor_lr = OPS['_fused_adam_.tensor_lr']


def _fused_adam__tensor_lr(input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale=None, found_inf=None):
    """The same with `lr` in a tensor.

    aten::_fused_adam_.tensor_lr(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, Tensor lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adam__tensor_lr, _fused_adam__tensor_lr, (input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf))


op__fused_adamw_ = OPS['_fused_adamw_']


def _fused_adamw_(input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale=None, found_inf=None):
    """One step of AdamW: weight decay outside the moments.

    aten::_fused_adamw_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, float lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adamw_, _fused_adamw_, (input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf))


op__fused_adamw__tensor_lr = OPS['_fused_adamw_.tensor_lr']


def _fused_adamw__tensor_lr(input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, *, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale=None, found_inf=None):
    """The same with `lr` in a tensor.

    aten::_fused_adamw_.tensor_lr(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, Tensor lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_adamw__tensor_lr, _fused_adamw__tensor_lr, (input, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf))


op__fused_sgd_ = OPS['_fused_sgd_']


def _fused_sgd_(input, grads, momentum_buffer_list, *, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale=None, found_inf=None):
    """One step of gradient descent with momentum.

    aten::_fused_sgd_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] momentum_buffer_list, *, float weight_decay, float momentum, float lr, float dampening, bool nesterov, bool maximize, bool is_first_step, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_sgd_, _fused_sgd_, (input, grads, momentum_buffer_list, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf))


op__fused_sgd__tensor_lr = OPS['_fused_sgd_.tensor_lr']


def _fused_sgd__tensor_lr(input, grads, momentum_buffer_list, *, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale=None, found_inf=None):
    """The same with `lr` in a tensor.

    aten::_fused_sgd_.tensor_lr(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] momentum_buffer_list, *, float weight_decay, float momentum, Tensor lr, float dampening, bool nesterov, bool maximize, bool is_first_step, Tensor? grad_scale=None, Tensor? found_inf=None) -> ()
    """
    return call(op__fused_sgd__tensor_lr, _fused_sgd__tensor_lr, (input, grads, momentum_buffer_list, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf))
