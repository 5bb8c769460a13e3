"""Decompositions of the named backwards of activations: what each record of `activation` computes, in terms of other ops."""

from math import pi, sqrt

from . import activation as table


@table.gelu_backward.decompose
def _(grad_output, self, approximate):
    x = self
    if approximate == "tanh":
        scale = sqrt(2 / pi)
        t = (scale * (x + 0.044715 * x * x * x)).tanh()
        slope = scale * (3 * 0.044715 * x * x + 1)
        return grad_output * (((1 - t * t) * slope * x + t + 1) * 0.5)
    return grad_output * (((x * sqrt(0.5)).erf() + 1) * 0.5 + x * (x * x * -0.5).exp() * (1 / sqrt(2 * pi)))


@table.silu_backward.decompose
def _(grad_output, self):
    s = self.sigmoid()
    return grad_output * s * (self * (1 - s) + 1)


@table.mish_backward.decompose
def _(grad_output, self):
    t = table.softplus(self).tanh()
    return grad_output * (t + self * self.sigmoid() * (1 - t * t))


@table.elu_backward.decompose
def _(grad_output, alpha, scale, input_scale, is_result, self_or_result):
    x = self_or_result
    low = (x + alpha * scale) * input_scale if is_result else (x * input_scale).exp() * (alpha * scale * input_scale)
    return (grad_output * scale).where(x > 0, grad_output * low)


@table.leaky_relu_backward.decompose
def _(grad_output, self, negative_slope, self_is_result):
    return grad_output.where(self > 0, grad_output * negative_slope)


@table.hardtanh_backward.decompose
def _(grad_output, self, min_val, max_val):
    return grad_output.masked_fill((self <= min_val) | (self >= max_val), 0)


@table.hardswish_backward.decompose
def _(grad_output, self):
    middle = grad_output * (self / 3 + 0.5)
    return grad_output.where(self >= 3, middle).masked_fill(self <= -3, 0)


@table.hardsigmoid_backward.decompose
def _(grad_output, self):
    return (grad_output / 6).masked_fill((self <= -3) | (self >= 3), 0)


@table.softplus_backward.decompose
def _(grad_output, self, beta, threshold):
    return grad_output.where(self * beta > threshold, grad_output * (self * beta).sigmoid())


@table.softshrink_backward.decompose
def _(grad_output, self, lambd):
    return grad_output.masked_fill(self.abs() <= lambd, 0)


@table.hardshrink_backward.decompose
def _(grad_out, self, lambd):
    return grad_out.masked_fill(self.abs() <= lambd, 0)


@table.threshold_backward.decompose
def _(grad_output, self, threshold):
    return grad_output.masked_fill(self <= threshold, 0)


@table.log_sigmoid_backward.decompose
def _(grad_output, self, buffer):
    return grad_output * (-self).sigmoid()


@table.glu_backward.decompose
def _(grad_output, self, dim):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    n = self.shape[dim] // 2
    a, s = self.narrow(dim, 0, n), self.narrow(dim, n, n).sigmoid()
    first = grad_output * s
    return surface.cat([first, first * a * (1 - s)], dim)


@table.rrelu_with_noise_backward.decompose
def _(grad_output, self, noise, lower, upper, training, self_is_result):
    if training and upper - lower > 1e-6:
        return grad_output * noise
    return table.leaky_relu_backward(grad_output, self, (lower + upper) / 2, self_is_result)


@table._prelu_kernel_backward.decompose
def _(grad_output, self, weight):
    high = self > 0
    return grad_output.where(high, grad_output * weight), (grad_output * self).masked_fill(high, 0)
