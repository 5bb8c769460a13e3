"""Which dtypes torch's ops lack: without this table NumPy would order complex numbers by their real parts, drop imaginary parts and
round to integers, or fail with words of its own.

An op refuses by the highest category among its operands: `b` bool, `i` integers, `f` floats, `c` complex. The exception is
NotImplementedError with the word of torch's kernel, or what `_SENTENCES` says. Source: torch 2.13 on the CPU, asked op by op. Not in the
table: bool and half types where the result is what anybody would expect.
"""

from ft_core import Tensor

from ..registry import lookup

_LACKS = {
    "b": "abs addcmul bitwise_left_shift.Tensor bitwise_right_shift.Tensor positive pow.Tensor_Tensor",
    "bc": "bucketize.Tensor ceil floor floor_divide fmod.Tensor hardtanh isin.Tensor_Tensor kthvalue median median.dim mvlgamma "
    "nanmedian nanmedian.dim relu remainder.Tensor round.decimals searchsorted.Tensor threshold trunc",
    "bfc": "gcd lcm",
    "bi": "lerp.Tensor logaddexp",
    "bic": "celu _dirichlet_grad frac histc histogram.bin_ct histogram.bins_tensor igamma igammac logaddexp2 _prelu_kernel softshrink "
    "_standard_gamma_grad",
    "c": "nansum atan2 clamp.Tensor copysign.Tensor deg2rad digamma elu erf erfc erfinv fmax fmin ge.Tensor gelu gt.Tensor hardshrink "
    "hardsigmoid hardswish heaviside hypot i0 isneginf isposinf le.Tensor leaky_relu lgamma logit lt.Tensor "
    "maximum minimum mish mode nextafter polygamma rad2deg sign signbit softplus special_bessel_j0 special_bessel_j1 "
    "special_bessel_y0 special_bessel_y1 special_chebyshev_polynomial_t special_chebyshev_polynomial_u "
    "special_chebyshev_polynomial_v special_chebyshev_polynomial_w special_entr special_erfcx special_hermite_polynomial_h "
    "special_hermite_polynomial_he special_i0e special_i1 special_i1e special_laguerre_polynomial_l "
    "special_legendre_polynomial_p special_log_ndtr special_modified_bessel_i0 special_modified_bessel_i1 "
    "special_modified_bessel_k0 special_modified_bessel_k1 special_ndtri special_scaled_modified_bessel_k0 "
    "special_scaled_modified_bessel_k1 special_shifted_chebyshev_polynomial_t special_shifted_chebyshev_polynomial_u "
    "special_shifted_chebyshev_polynomial_v special_shifted_chebyshev_polynomial_w special_spherical_bessel_j0 special_xlog1py "
    "special_zeta xlogy.Tensor",
}

_WORDS = {
    "addcmul": "addcmul_cpu_out", "bitwise_left_shift": "lshift_cpu", "bitwise_right_shift": "rshift_cpu",
    "bucketize": "searchsorted_out_cpu", "ceil": "ceil_vml_cpu", "celu": "elu_cpu", "digamma": "digamma", "erf": "erf_vml_cpu",
    "erfc": "erfc_vml_cpu", "erfinv": "erfinv_vml_cpu", "floor": "floor_vml_cpu", "floor_divide": "div_floor_cpu",
    "gelu": "GeluKernelImpl", "histc": "histogram_cpu", "histogram": "histogramdd", "i0": "i0_vml_cpu", "lerp": "lerp_kernel_tensor",
    "lgamma": "lgamma_vml_cpu", "mvlgamma": "arange_cpu", "polygamma": "polygamma", "pow": "pow", "_prelu_kernel": "prelu_cpu",
    "round": "round_vml_cpu", "searchsorted": "searchsorted_out_cpu", "softshrink": "softshrink_check", "trunc": "trunc_vml_cpu",
}  # fmt: skip
"""What torch calls the kernel, where it is not the op's name without `special_` and with `_cpu`."""

_SENTENCES = {
    ("ceil", "c"): (NotImplementedError, "ceil is not supported for complex inputs"),
    ("clamp", "c"): (NotImplementedError, "clamp is not supported for complex types"),
    ("deg2rad", "c"): (RuntimeError, "deg2rad is not supported for complex tensors."),
    ("floor", "c"): (NotImplementedError, "floor is not supported for complex inputs"),
    ("fmax", "c"): (RuntimeError, "fmax not implemented for complex tensors."),
    ("fmin", "c"): (RuntimeError, "fmin not implemented for complex tensors."),
    ("hardtanh", "b"): (RuntimeError, "Bool inputs not supported for hardtanh"),
    ("hardtanh", "c"): (NotImplementedError, "clamp is not supported for complex types"),
    ("heaviside", "c"): (RuntimeError, "heaviside is not yet implemented for complex tensors."),
    ("isin", "b"): (RuntimeError, "Unsupported input type encountered for isin(): Bool"),
    ("isin", "c"): (RuntimeError, "Unsupported input type encountered for isin(): ComplexFloat"),
    ("isneginf", "c"): (RuntimeError, "isneginf does not support complex inputs."),
    ("isposinf", "c"): (RuntimeError, "isposinf does not support complex inputs."),
    ("nansum", "c"): (RuntimeError, "nansum on CPU does not support complex inputs"),
    ("maximum", "c"): (RuntimeError, "maximum not implemented for complex tensors."),
    ("minimum", "c"): (RuntimeError, "minimum not implemented for complex tensors."),
    ("mvlgamma", "b"): (RuntimeError, "The input tensor may not be a boolean tensor."),
    ("positive", "b"): (RuntimeError, "The `+` operator, on a bool tensor is not supported."),
    ("rad2deg", "c"): (RuntimeError, "rad2deg is not supported for complex tensors."),
    ("relu", "b"): (RuntimeError, "Boolean inputs not supported for relu"),
    ("relu", "c"): (NotImplementedError, "clamp is not supported for complex types"),
    ("sign", "c"): (
        NotImplementedError,
        "Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.",
    ),
    ("signbit", "c"): (NotImplementedError, "signbit is not implemented for complex tensors."),
    ("trunc", "c"): (NotImplementedError, "trunc is not supported for complex inputs"),
}

_OF_NUMBERS = {bool: 0, int: 1, float: 2, complex: 3}


def _refuse(record, kinds):
    """Put a check of the operands' dtypes before what the op checks already."""
    held, base = record.check_rule, record.base
    lacks = tuple(letter in kinds for letter in "bifc")
    word = _WORDS.get(base, base.removeprefix("special_") + "_cpu")
    at = record.tensor_at[:2] if base == "lerp" else record.tensor_at  # its weight promotes nothing

    def check(*args):
        highest, kind = -1, None
        for i in at:
            value = args[i]
            if isinstance(value, Tensor):
                category, found = value.dtype.category, value.dtype
            else:
                category, found = _OF_NUMBERS.get(type(value), -1), None
            if category > highest:
                highest, kind = category, found
        if 0 <= highest < 4 and lacks[highest]:
            error, sentence = _SENTENCES.get((base, "bifc"[highest]), (NotImplementedError, None))
            name = kind.scalar_name if kind is not None else ("Bool", "Long", "Float", "ComplexFloat")[highest]
            raise error(sentence or f"\"{word}\" not implemented for '{name}'")
        if held is not None:
            held(*args)

    record.check_rule = check


for _kinds, _names in _LACKS.items():
    for _name in _names.split():
        _refuse(lookup(_name), _kinds)
