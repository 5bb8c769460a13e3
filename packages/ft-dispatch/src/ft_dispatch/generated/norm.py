"""Wrappers of the `norm` family, generated from ft_dispatch/ops/norm.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__batch_norm_no_update = OPS['_batch_norm_no_update']
table__batch_norm_no_update = op__batch_norm_no_update.table


def _batch_norm_no_update(input, weight, bias, running_mean, running_var, momentum, eps):
    """Batch norm by the running statistics, with empty ones of the batch and an empty reserve.

    aten::_batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
        if running_mean is not None:
            keys |= running_mean._k
        if running_var is not None:
            keys |= running_var._k
    except AttributeError:
        return call(op__batch_norm_no_update, _batch_norm_no_update, (input, weight, bias, running_mean, running_var, momentum, eps))
    if keys & 4331608735776:
        return call(op__batch_norm_no_update, _batch_norm_no_update, (input, weight, bias, running_mean, running_var, momentum, eps))
    try:
        if keys & 4397174096120:
            raise KeyError
        momentum, eps, = table__batch_norm_no_update[momentum, eps]
    except (KeyError, TypeError):
        return op__batch_norm_no_update.decomposition(*settled(op__batch_norm_no_update, (input, weight, bias, running_mean, running_var, momentum, eps), keys))
    return op__batch_norm_no_update.decomposition(input, weight, bias, running_mean, running_var, momentum, eps)


op__batch_norm_with_update = OPS['_batch_norm_with_update']
table__batch_norm_with_update = op__batch_norm_with_update.table


def _batch_norm_with_update(input, weight, bias, running_mean, running_var, momentum, eps):
    """Batch norm in training: also the batch's statistics and an empty reserve.

    aten::_batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)
    """
    try:
        keys = input._k | running_mean._k | running_var._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op__batch_norm_with_update, _batch_norm_with_update, (input, weight, bias, running_mean, running_var, momentum, eps))
    if keys & 4331608735776:
        return call(op__batch_norm_with_update, _batch_norm_with_update, (input, weight, bias, running_mean, running_var, momentum, eps))
    try:
        if keys & 4397174096120:
            raise KeyError
        momentum, eps, = table__batch_norm_with_update[momentum, eps]
    except (KeyError, TypeError):
        return op__batch_norm_with_update.decomposition(*settled(op__batch_norm_with_update, (input, weight, bias, running_mean, running_var, momentum, eps), keys))
    return op__batch_norm_with_update.decomposition(input, weight, bias, running_mean, running_var, momentum, eps)


op__fused_rms_norm = OPS['_fused_rms_norm']
table__fused_rms_norm = op__fused_rms_norm.table


def _fused_rms_norm(input, normalized_shape, weight, eps):
    """RMS norm and the reciprocal root.

    aten::_fused_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float? eps) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table__fused_rms_norm[keys]
        if normalized_shape.__class__ is list:
            normalized_shape = tuple(normalized_shape)
        leaf, ok, normalized_shape, eps, = memo[input._a.shape, None if a_weight is None else a_weight.shape, normalized_shape, eps]
        arr = st.run(leaf, input._a, normalized_shape, a_weight, eps, out=dest)
    except _MISS:
        return call(op__fused_rms_norm, _fused_rms_norm, (input, normalized_shape, weight, eps))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, normalized_shape, weight, eps)


op__fused_rms_norm_backward = OPS['_fused_rms_norm_backward']
table__fused_rms_norm_backward = op__fused_rms_norm_backward.table


def _fused_rms_norm_backward(grad_out, input, normalized_shape, rstd, weight, output_mask):
    """Gradients of input and weight.

    aten::_fused_rms_norm_backward(Tensor grad_out, Tensor input, int[] normalized_shape, Tensor rstd, Tensor? weight, bool[2] output_mask) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_out._k | input._k | rstd._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table__fused_rms_norm_backward[keys]
        if normalized_shape.__class__ is list:
            normalized_shape = tuple(normalized_shape)
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, normalized_shape, output_mask, = memo[grad_out._a.shape, input._a.shape, rstd._a.shape, None if a_weight is None else a_weight.shape, normalized_shape, output_mask]
        arr = st.run(leaf, grad_out._a, input._a, normalized_shape, rstd._a, a_weight, output_mask, out=dest)
    except _MISS:
        return call(op__fused_rms_norm_backward, _fused_rms_norm_backward, (grad_out, input, normalized_shape, rstd, weight, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_out, input, normalized_shape, rstd, weight, output_mask)


op__native_batch_norm_legit = OPS['_native_batch_norm_legit']
table__native_batch_norm_legit = op__native_batch_norm_legit.table


def _native_batch_norm_legit(input, weight, bias, running_mean, running_var, training, momentum, eps, *, out=None):
    """native_batch_norm, its mutation declared.

    aten::_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        keys = input._k | running_mean._k | running_var._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op__native_batch_norm_legit, _native_batch_norm_legit, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    if keys & 4331608735776:
        return call(op__native_batch_norm_legit, _native_batch_norm_legit, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    if out is not None:
        return call(op__native_batch_norm_legit, _native_batch_norm_legit, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    try:
        if keys & 4397174096120:
            raise KeyError
        training, momentum, eps, = table__native_batch_norm_legit[training, momentum, eps]
    except (KeyError, TypeError):
        return op__native_batch_norm_legit.decomposition(*settled(op__native_batch_norm_legit, (input, weight, bias, running_mean, running_var, training, momentum, eps), keys))
    return op__native_batch_norm_legit.decomposition(input, weight, bias, running_mean, running_var, training, momentum, eps)


op__native_batch_norm_legit_no_stats = OPS['_native_batch_norm_legit.no_stats']
table__native_batch_norm_legit_no_stats = op__native_batch_norm_legit_no_stats.table


def _native_batch_norm_legit_no_stats(input, weight, bias, training, momentum, eps, *, out=None):
    """Batch norm without running statistics.

    aten::_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table__native_batch_norm_legit_no_stats[keys]
        if out is not None:
            raise KeyError
        leaf, ok, training, momentum, eps, = memo[input._a.shape, None if a_weight is None else a_weight.shape, None if a_bias is None else a_bias.shape, training, momentum, eps]
        arr = st.run(leaf, input._a, a_weight, a_bias, training, momentum, eps, out=dest)
    except _MISS:
        return call(op__native_batch_norm_legit_no_stats, _native_batch_norm_legit_no_stats, (input, weight, bias, training, momentum, eps), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, weight, bias, training, momentum, eps)


op__native_batch_norm_legit_functional = OPS['_native_batch_norm_legit_functional']
table__native_batch_norm_legit_functional = op__native_batch_norm_legit_functional.table


def _native_batch_norm_legit_functional(input, weight, bias, running_mean, running_var, training, momentum, eps):
    """Batch norm, its statistics and the new running ones.

    aten::_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor running_mean_out, Tensor running_var_out)
    """
    try:
        st = TL.st
        keys = input._k | running_mean._k | running_var._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table__native_batch_norm_legit_functional[keys]
        leaf, ok, training, momentum, eps, = memo[input._a.shape, running_mean._a.shape, running_var._a.shape, None if a_weight is None else a_weight.shape, None if a_bias is None else a_bias.shape, training, momentum, eps]
        arr = st.run(leaf, input._a, a_weight, a_bias, running_mean._a, running_var._a, training, momentum, eps, out=dest)
    except _MISS:
        return call(op__native_batch_norm_legit_functional, _native_batch_norm_legit_functional, (input, weight, bias, running_mean, running_var, training, momentum, eps))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, weight, bias, running_mean, running_var, training, momentum, eps)


op__native_batch_norm_legit_no_training = OPS['_native_batch_norm_legit_no_training']
table__native_batch_norm_legit_no_training = op__native_batch_norm_legit_no_training.table


def _native_batch_norm_legit_no_training(input, weight, bias, running_mean, running_var, momentum, eps):
    """Batch norm by the running statistics; no statistics of the batch.

    aten::_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        keys = input._k | running_mean._k | running_var._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op__native_batch_norm_legit_no_training, _native_batch_norm_legit_no_training, (input, weight, bias, running_mean, running_var, momentum, eps))
    if keys & 4331608735776:
        return call(op__native_batch_norm_legit_no_training, _native_batch_norm_legit_no_training, (input, weight, bias, running_mean, running_var, momentum, eps))
    try:
        if keys & 4397174096120:
            raise KeyError
        momentum, eps, = table__native_batch_norm_legit_no_training[momentum, eps]
    except (KeyError, TypeError):
        return op__native_batch_norm_legit_no_training.decomposition(*settled(op__native_batch_norm_legit_no_training, (input, weight, bias, running_mean, running_var, momentum, eps), keys))
    return op__native_batch_norm_legit_no_training.decomposition(input, weight, bias, running_mean, running_var, momentum, eps)


op__weight_norm = OPS['_weight_norm']


def _weight_norm(v, g, dim=0):
    """v with the slices along `dim` scaled to the norms g.

    aten::_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor
    """
    try:
        keys = v._k | g._k | TL.st.bits
    except AttributeError:
        return call(op__weight_norm, _weight_norm, (v, g, dim))
    if keys & 4331608735776:
        return call(op__weight_norm, _weight_norm, (v, g, dim))
    return op__weight_norm.decomposition(v, g, dim)


op_batch_norm = OPS['batch_norm']
table_batch_norm = op_batch_norm.table


def batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled):
    """Normalised over all dimensions but the channels'.

    aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
        if running_mean is not None:
            keys |= running_mean._k
        if running_var is not None:
            keys |= running_var._k
    except AttributeError:
        return call(op_batch_norm, batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled))
    if keys & 4331608735776:
        return call(op_batch_norm, batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled))
    try:
        if keys & 4397174096120:
            raise KeyError
        training, momentum, eps, cudnn_enabled, = table_batch_norm[training, momentum, eps, cudnn_enabled]
    except (KeyError, TypeError):
        return op_batch_norm.decomposition(*settled(op_batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled), keys))
    return op_batch_norm.decomposition(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)


op_group_norm = OPS['group_norm']
table_group_norm = op_group_norm.table


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True):
    """Normalised over groups of channels.

    aten::group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_group_norm, group_norm, (input, num_groups, weight, bias, eps, cudnn_enabled))
    if keys & 4331608735776:
        return call(op_group_norm, group_norm, (input, num_groups, weight, bias, eps, cudnn_enabled))
    try:
        if keys & 4397174096120:
            raise KeyError
        num_groups, eps, cudnn_enabled, = table_group_norm[num_groups, eps, cudnn_enabled]
    except (KeyError, TypeError):
        return op_group_norm.decomposition(*settled(op_group_norm, (input, num_groups, weight, bias, eps, cudnn_enabled), keys))
    return op_group_norm.decomposition(input, num_groups, weight, bias, eps, cudnn_enabled)


op_instance_norm = OPS['instance_norm']
table_instance_norm = op_instance_norm.table


def instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled):
    """Batch norm of every sample by itself.

    aten::instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
        if running_mean is not None:
            keys |= running_mean._k
        if running_var is not None:
            keys |= running_var._k
    except AttributeError:
        return call(op_instance_norm, instance_norm, (input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled))
    if keys & 4331608735776:
        return call(op_instance_norm, instance_norm, (input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled))
    try:
        if keys & 4397174096120:
            raise KeyError
        use_input_stats, momentum, eps, cudnn_enabled, = table_instance_norm[use_input_stats, momentum, eps, cudnn_enabled]
    except (KeyError, TypeError):
        return op_instance_norm.decomposition(*settled(op_instance_norm, (input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled), keys))
    return op_instance_norm.decomposition(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled)


op_layer_norm = OPS['layer_norm']
table_layer_norm = op_layer_norm.table


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05, cudnn_enable=True):
    """Normalised over the last dimensions.

    aten::layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_layer_norm, layer_norm, (input, normalized_shape, weight, bias, eps, cudnn_enable))
    if keys & 4331608735776:
        return call(op_layer_norm, layer_norm, (input, normalized_shape, weight, bias, eps, cudnn_enable))
    try:
        if keys & 4397174096120:
            raise KeyError
        normalized_shape, eps, cudnn_enable, = table_layer_norm[normalized_shape, eps, cudnn_enable]
    except (KeyError, TypeError):
        return op_layer_norm.decomposition(*settled(op_layer_norm, (input, normalized_shape, weight, bias, eps, cudnn_enable), keys))
    return op_layer_norm.decomposition(input, normalized_shape, weight, bias, eps, cudnn_enable)


op_native_batch_norm = OPS['native_batch_norm']
table_native_batch_norm = op_native_batch_norm.table


def native_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, *, out=None):
    """Batch norm, mean and reciprocal deviation of the batch.

    aten::native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
        if bias is not None:
            keys |= bias._k
        if running_mean is not None:
            keys |= running_mean._k
        if running_var is not None:
            keys |= running_var._k
    except AttributeError:
        return call(op_native_batch_norm, native_batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    if keys & 4331608735776:
        return call(op_native_batch_norm, native_batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    if out is not None:
        return call(op_native_batch_norm, native_batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps), out)
    try:
        if keys & 4397174096120:
            raise KeyError
        training, momentum, eps, = table_native_batch_norm[training, momentum, eps]
    except (KeyError, TypeError):
        return op_native_batch_norm.decomposition(*settled(op_native_batch_norm, (input, weight, bias, running_mean, running_var, training, momentum, eps), keys))
    return op_native_batch_norm.decomposition(input, weight, bias, running_mean, running_var, training, momentum, eps)


op_native_batch_norm_backward = OPS['native_batch_norm_backward']
table_native_batch_norm_backward = op_native_batch_norm_backward.table


def native_batch_norm_backward(grad_out, input, weight, running_mean, running_var, save_mean, save_invstd, train, eps, output_mask):
    """Gradients of input, weight and bias.

    aten::native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_out._k | input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_running_mean = None
        if running_mean is not None:
            keys |= running_mean._k
            a_running_mean = running_mean._a
        a_running_var = None
        if running_var is not None:
            keys |= running_var._k
            a_running_var = running_var._a
        a_save_mean = None
        if save_mean is not None:
            keys |= save_mean._k
            a_save_mean = save_mean._a
        a_save_invstd = None
        if save_invstd is not None:
            keys |= save_invstd._k
            a_save_invstd = save_invstd._a
        dest, rec, dense, memo = table_native_batch_norm_backward[keys]
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, train, eps, output_mask, = memo[grad_out._a.shape, input._a.shape, None if a_weight is None else a_weight.shape, None if a_running_mean is None else a_running_mean.shape, None if a_running_var is None else a_running_var.shape, None if a_save_mean is None else a_save_mean.shape, None if a_save_invstd is None else a_save_invstd.shape, train, eps, output_mask]
        arr = st.run(leaf, grad_out._a, input._a, a_weight, a_running_mean, a_running_var, a_save_mean, a_save_invstd, train, eps, output_mask, out=dest)
    except _MISS:
        return call(op_native_batch_norm_backward, native_batch_norm_backward, (grad_out, input, weight, running_mean, running_var, save_mean, save_invstd, train, eps, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_out, input, weight, running_mean, running_var, save_mean, save_invstd, train, eps, output_mask)


op_native_group_norm = OPS['native_group_norm']
table_native_group_norm = op_native_group_norm.table


def native_group_norm(input, weight, bias, N, C, HxW, group, eps):
    """Group norm, mean and reciprocal deviation.

    aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table_native_group_norm[keys]
        leaf, ok, N, C, HxW, group, eps, = memo[input._a.shape, None if a_weight is None else a_weight.shape, None if a_bias is None else a_bias.shape, N, C, HxW, group, eps]
        arr = st.run(leaf, input._a, a_weight, a_bias, N, C, HxW, group, eps, out=dest)
    except _MISS:
        return call(op_native_group_norm, native_group_norm, (input, weight, bias, N, C, HxW, group, eps))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, weight, bias, N, C, HxW, group, eps)


op_native_group_norm_backward = OPS['native_group_norm_backward']
table_native_group_norm_backward = op_native_group_norm_backward.table


def native_group_norm_backward(grad_out, input, mean, rstd, weight, N, C, HxW, group, output_mask):
    """Gradients of input, weight and bias.

    aten::native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, int N, int C, int HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_out._k | input._k | mean._k | rstd._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_native_group_norm_backward[keys]
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, N, C, HxW, group, output_mask, = memo[grad_out._a.shape, input._a.shape, mean._a.shape, rstd._a.shape, None if a_weight is None else a_weight.shape, N, C, HxW, group, output_mask]
        arr = st.run(leaf, grad_out._a, input._a, mean._a, rstd._a, a_weight, N, C, HxW, group, output_mask, out=dest)
    except _MISS:
        return call(op_native_group_norm_backward, native_group_norm_backward, (grad_out, input, mean, rstd, weight, N, C, HxW, group, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_out, input, mean, rstd, weight, N, C, HxW, group, output_mask)


op_native_layer_norm = OPS['native_layer_norm']
table_native_layer_norm = op_native_layer_norm.table


def native_layer_norm(input, normalized_shape, weight, bias, eps):
    """Layer norm, mean and reciprocal deviation.

    aten::native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table_native_layer_norm[keys]
        if normalized_shape.__class__ is list:
            normalized_shape = tuple(normalized_shape)
        leaf, ok, normalized_shape, eps, = memo[input._a.shape, None if a_weight is None else a_weight.shape, None if a_bias is None else a_bias.shape, normalized_shape, eps]
        arr = st.run(leaf, input._a, normalized_shape, a_weight, a_bias, eps, out=dest)
    except _MISS:
        return call(op_native_layer_norm, native_layer_norm, (input, normalized_shape, weight, bias, eps))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, normalized_shape, weight, bias, eps)


op_native_layer_norm_backward = OPS['native_layer_norm_backward']
table_native_layer_norm_backward = op_native_layer_norm_backward.table


def native_layer_norm_backward(grad_out, input, normalized_shape, mean, rstd, weight, bias, output_mask):
    """Gradients of input, weight and bias.

    aten::native_layer_norm_backward(Tensor grad_out, Tensor input, int[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_out._k | input._k | mean._k | rstd._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table_native_layer_norm_backward[keys]
        if normalized_shape.__class__ is list:
            normalized_shape = tuple(normalized_shape)
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, normalized_shape, output_mask, = memo[grad_out._a.shape, input._a.shape, mean._a.shape, rstd._a.shape, None if a_weight is None else a_weight.shape, None if a_bias is None else a_bias.shape, normalized_shape, output_mask]
        arr = st.run(leaf, grad_out._a, input._a, normalized_shape, mean._a, rstd._a, a_weight, a_bias, output_mask, out=dest)
    except _MISS:
        return call(op_native_layer_norm_backward, native_layer_norm_backward, (grad_out, input, normalized_shape, mean, rstd, weight, bias, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_out, input, normalized_shape, mean, rstd, weight, bias, output_mask)


op_norm_except_dim = OPS['norm_except_dim']


def norm_except_dim(v, pow=2, dim=0):
    """p-norms of the slices along `dim`, its rank kept; dim -1: of the whole.

    aten::norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor
    """
    try:
        keys = v._k | TL.st.bits
    except AttributeError:
        return call(op_norm_except_dim, norm_except_dim, (v, pow, dim))
    if keys & 4331608735776:
        return call(op_norm_except_dim, norm_except_dim, (v, pow, dim))
    return op_norm_except_dim.decomposition(v, pow, dim)


op_rms_norm = OPS['rms_norm']
table_rms_norm = op_rms_norm.table


def rms_norm(input, normalized_shape, weight=None, eps=None):
    """Divided by the root of the mean square of the last dimensions.

    aten::rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_rms_norm, rms_norm, (input, normalized_shape, weight, eps))
    if keys & 4331608735776:
        return call(op_rms_norm, rms_norm, (input, normalized_shape, weight, eps))
    try:
        if keys & 4397174096120:
            raise KeyError
        normalized_shape, eps, = table_rms_norm[normalized_shape, eps]
    except (KeyError, TypeError):
        return op_rms_norm.decomposition(*settled(op_rms_norm, (input, normalized_shape, weight, eps), keys))
    return op_rms_norm.decomposition(input, normalized_shape, weight, eps)
