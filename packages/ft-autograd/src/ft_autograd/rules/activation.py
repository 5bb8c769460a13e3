"""Derivatives of activations. Each has a named backward op of torch's, one fused pass; forward mode calls it with the tangent.

A backward op without a rule of its own is differentiated through its decomposition, so second derivatives need nothing here except
where torch defines them to vanish.
"""

from ft_dispatch import surface as torch

from ..rule import jvp, real_only, vjp

real_only(
    "relu silu mish elu celu leaky_relu hardtanh hardswish hardsigmoid softplus softshrink threshold glu _prelu_kernel "
    "log_sigmoid_forward log_sigmoid_backward glu_backward mish_backward silu_backward softplus_backward hardshrink "
    "leaky_relu_backward hardtanh_backward hardsigmoid_backward softshrink_backward hardshrink_backward threshold_backward "
    "rrelu_with_noise_backward"
)


@vjp("relu", wrt="self")
def relu_self(g, result):
    return torch.raw.threshold_backward(g, result, 0)


@jvp("relu")
def relu_jvp(t_self, self):
    return torch.raw.threshold_backward(t_self, self, 0)


@vjp("gelu", wrt="self")
def gelu_self(g, self, approximate):
    return torch.raw.gelu_backward(g, self, approximate=approximate)


@jvp("gelu")
def gelu_jvp(t_self, self, approximate):
    return torch.raw.gelu_backward(t_self, self, approximate=approximate)


@vjp("silu", wrt="self")
def silu_self(g, self):
    return torch.raw.silu_backward(g, self)


@jvp("silu")
def silu_jvp(t_self, self):
    return torch.raw.silu_backward(t_self, self)


@vjp("mish", wrt="self")
def mish_self(g, self):
    return torch.raw.mish_backward(g, self)


@jvp("mish")
def mish_jvp(t_self, self):
    return torch.raw.mish_backward(t_self, self)


@vjp("elu", wrt="self")
def elu_self(g, self, alpha, scale, input_scale):
    return torch.raw.elu_backward(g, alpha, scale, input_scale, False, self)


@jvp("elu")
def elu_jvp(t_self, self, alpha, scale, input_scale):
    return torch.raw.elu_backward(t_self, alpha, scale, input_scale, False, self)


@vjp("celu", wrt="self")
def celu_self(g, self, alpha):
    return torch.raw.elu_backward(g, alpha, 1, 1.0 / alpha, False, self)


@jvp("celu")
def celu_jvp(t_self, self, alpha):
    return torch.raw.elu_backward(t_self, alpha, 1, 1.0 / alpha, False, self)


@vjp("leaky_relu", wrt="self")
def leaky_relu_self(g, self, negative_slope):
    return torch.raw.leaky_relu_backward(g, self, negative_slope, False)


@jvp("leaky_relu")
def leaky_relu_jvp(t_self, self, negative_slope):
    return torch.raw.leaky_relu_backward(t_self, self, negative_slope, False)


@vjp("hardtanh", wrt="self")
def hardtanh_self(g, self, min_val, max_val):
    return torch.raw.hardtanh_backward(g, self, min_val, max_val)


@jvp("hardtanh")
def hardtanh_jvp(t_self, self, min_val, max_val):
    return torch.raw.hardtanh_backward(t_self, self, min_val, max_val)


@vjp("hardswish", wrt="self")
def hardswish_self(g, self):
    return torch.raw.hardswish_backward(g, self)


@jvp("hardswish")
def hardswish_jvp(t_self, self):
    return torch.raw.hardswish_backward(t_self, self)


@vjp("hardsigmoid", wrt="self")
def hardsigmoid_self(g, self):
    return torch.raw.hardsigmoid_backward(g, self)


@jvp("hardsigmoid")
def hardsigmoid_jvp(t_self, self):
    return torch.raw.hardsigmoid_backward(t_self, self)


@vjp("softplus", wrt="self")
def softplus_self(g, self, beta, threshold):
    return torch.raw.softplus_backward(g, self, beta, threshold)


@jvp("softplus")
def softplus_jvp(t_self, self, beta, threshold):
    return torch.raw.softplus_backward(t_self, self, beta, threshold)


@vjp("softshrink", wrt="self")
def softshrink_self(g, self, lambd):
    return torch.raw.softshrink_backward(g, self, lambd)


@jvp("softshrink")
def softshrink_jvp(t_self, self, lambd):
    return torch.raw.softshrink_backward(t_self, self, lambd)


@vjp("hardshrink", wrt="self")
def hardshrink_self(g, self, lambd):
    return torch.raw.hardshrink_backward(g, self, lambd)


@jvp("hardshrink")
def hardshrink_jvp(t_self, self, lambd):
    return torch.raw.hardshrink_backward(t_self, self, lambd)


@vjp("threshold", wrt="self")
def threshold_self(g, self, threshold):
    return torch.raw.threshold_backward(g, self, threshold)


@jvp("threshold")
def threshold_jvp(t_self, self, threshold):
    return torch.raw.threshold_backward(t_self, self, threshold)


@vjp("_prelu_kernel", wrt="self weight")
def prelu_kernel_vjp(g, self, weight):
    return torch.raw._prelu_kernel_backward(g, self, weight)


@vjp("log_sigmoid_forward", wrt="self")
def log_sigmoid_self(g, self, buffer):
    return torch.raw.log_sigmoid_backward(g, self, buffer)


@vjp("log_sigmoid_backward", wrt="grad_output")
def log_sigmoid_backward_grad_output(g, self, buffer):
    return torch.raw.log_sigmoid_backward(g, self, buffer)


@vjp("log_sigmoid_backward", wrt="self")
def log_sigmoid_backward_self(g, grad_output, self):
    # the buffer is a function of self, so the slope of sigmoid(-x) is stated here as a whole
    s = self.sigmoid()
    return -(g * grad_output * s * (1 - s))


@vjp("glu", wrt="self")
def glu_self(g, self, dim):
    return torch.raw.glu_backward(g, self, dim)


# -- second derivatives that vanish almost everywhere: the slope is constant between its steps ---------------------------


@vjp("threshold_backward", wrt="grad_output")
def threshold_backward_grad_output(g, self, threshold):
    return torch.raw.threshold_backward(g, self, threshold)


@vjp("hardtanh_backward", wrt="grad_output")
def hardtanh_backward_grad_output(g, self, min_val, max_val):
    return torch.raw.hardtanh_backward(g, self, min_val, max_val)


@vjp("hardsigmoid_backward", wrt="grad_output")
def hardsigmoid_backward_grad_output(g, self):
    return torch.raw.hardsigmoid_backward(g, self)


@vjp("leaky_relu_backward", wrt="grad_output")
def leaky_relu_backward_grad_output(g, self, negative_slope):
    return torch.raw.leaky_relu_backward(g, self, negative_slope, False)


@vjp("softshrink_backward", wrt="grad_output")
def softshrink_backward_grad_output(g, self, lambd):
    return torch.raw.softshrink_backward(g, self, lambd)


@vjp("hardshrink_backward", wrt="grad_out")
def hardshrink_backward_grad_out(g, self, lambd):
    return torch.raw.hardshrink_backward(g, self, lambd)
