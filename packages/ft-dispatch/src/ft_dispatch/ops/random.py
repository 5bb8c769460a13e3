"""RANDOM ops: tensors overwritten with draws, in torch's order from a generator.

What makes new random tensors is in `_sampling`. Bounds and dtypes are checked here with torch's messages, before a word is
drawn; none of these ops has a gradient, and writing one into a tensor cuts it from its history. On the CPU with the default
engine the numbers are torch's, bit for bit.
"""

from ft_core import finfo, iinfo
from ft_core import int64 as int64_dtype
from ft_core.layout import broadcast_shapes

from ..kinds import OPAQUE, RANDOM
from ..op import op
from ._sampling import check_deviations


def _filling(schema, doc):
    return op(schema, doc, kind=RANDOM, variants="", inplace=True, differentiable=False, nondeterministic=True)


bernoulli = op(
    "bernoulli(Tensor self, *, Generator? generator=None) -> Tensor",
    "1 with the probability the element says, else 0.",
    kind=RANDOM,
    variants="",
    out=True,
    nondeterministic=True,
)
bernoulli_p = _filling(
    "bernoulli.p(Tensor self, float p=0.5, *, Generator? generator=None) -> Tensor", "1 with probability p, else 0."
)
bernoulli_tensor = _filling(
    "bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor", "1 with probability p[i], else 0."
)
cauchy = _filling(
    "cauchy(Tensor self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor", "Cauchy distributed."
)
exponential = _filling(
    "exponential(Tensor self, float lambd=1, *, Generator? generator=None) -> Tensor", "Exponentially distributed."
)
geometric = _filling("geometric(Tensor self, float p, *, Generator? generator=None) -> Tensor", "Number of the first success.")
log_normal = _filling(
    "log_normal(Tensor self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor",
    "exp of normally distributed numbers.",
)
normal = _filling(
    "normal_functional(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor", "Normally distributed."
)
normal_mean = op(
    "normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor",
    "Normal, one mean per element.",
    kind=OPAQUE,
    variants="",
    out=True,
    nondeterministic=True,
)
normal_std = op(
    "normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor",
    "Normal, one deviation per element.",
    kind=OPAQUE,
    variants="",
    out=True,
    nondeterministic=True,
)
normal_both = op(
    "normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor",
    "Normal, both per element.",
    kind=OPAQUE,
    variants="",
    out=True,
    nondeterministic=True,
)
random = _filling("random(Tensor self, *, Generator? generator=None) -> Tensor", "All integers of the dtype that are not negative.")
random_from = _filling(
    "random.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor", "Integers in [from, to)."
)
uniform = _filling(
    "uniform(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor", "Uniform in [from, to)."
)
randperm = op(
    "randperm.generator(int n, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, "
    "bool? pin_memory=None) -> Tensor",
    "0 … n - 1 in random order.",
    kind=RANDOM,
    variants="",
    nondeterministic=True,
)
multinomial = op(
    "multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor",
    "Indices drawn by weight, per row.",
    kind=OPAQUE,
    variants="",
    out=True,
    differentiable=False,
    nondeterministic=True,
)


def _same(self):
    return tuple(self._a.shape), self.dtype


def _real_float(name, self):
    if not (self.dtype.is_floating_point and self.dtype.itemsize > 1):
        raise NotImplementedError(f"\"{name}\" not implemented for '{self.dtype.scalar_name}'")


def _number(value):
    """A bound as torch's messages print it: 1 for 1.0."""
    return f"{value:g}"


@uniform.meta
def _(self, low, high, generator):
    kind = self.dtype.to_real() if self.is_complex() else self.dtype
    if not kind.is_floating_point:
        raise NotImplementedError(f"\"check_uniform_bounds\" not implemented for '{kind.scalar_name}'")
    top = finfo(kind).max
    for name, bound in (("from", low), ("to", high)):
        if not -top <= bound <= top:
            raise RuntimeError(f"{name} is out of bounds for {_C_NAMES[kind.name]}")
    if low > high:
        raise RuntimeError(f"uniform_ expects to return a [from, to) range, but found from={_number(low)} > to={_number(high)}")
    if high - low > top:
        raise RuntimeError(
            f"uniform_ expects to-from <= std::numeric_limits<{kind.scalar_name}>::max(), but found to={_number(high)} and "
            f"from={_number(low)} which result in to-from to exceed the limit"
        )
    return _same(self)


@normal.meta
def _(self, mean, std, generator):
    if not std >= 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {_number(std)}")
    if not self.is_complex():
        _real_float("normal_kernel_cpu", self)
    return _same(self)


@normal_mean.meta
def _(mean, std, generator):
    return _same(mean)


@normal_std.meta
def _(mean, std, generator):
    _deviations(std)
    return _same(std)


@normal_both.meta
def _(mean, std, generator):
    _deviations(std)
    return broadcast_shapes(tuple(mean.shape), tuple(std.shape)), mean.dtype


def _deviations(std):
    if std.is_complex():
        raise RuntimeError("normal expects standard deviation to be non-complex")


@normal_mean.decompose
def _(mean, std, generator):
    return mean.new_empty(mean.shape).normal_(0.0, std, generator=generator).add_(mean)


@normal_std.decompose
def _(mean, std, generator):
    return _scaled(std, std.shape, std, generator).add_(mean)


@normal_both.decompose
def _(mean, std, generator):
    return _scaled(mean, broadcast_shapes(tuple(mean.shape), tuple(std.shape)), std, generator).add_(mean)


def _scaled(like, shape, std, generator):
    check_deviations(std)
    return like.new_empty(shape).normal_(0.0, 1.0, generator=generator).mul_(std)


@log_normal.meta
def _(self, mean, std, generator):
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={_number(std)}")
    _real_float("log_normal_cpu", self)
    return _same(self)


@exponential.meta
def _(self, lambd, generator):
    if not self.dtype.is_floating_point:
        raise RuntimeError(
            "Exponential distribution is a continuous probability distribution. dtype must be a floating point but you specified "
            + self.dtype.scalar_name
        )
    if not lambd > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={_number(lambd)}")
    return _same(self)


@cauchy.meta
def _(self, median, sigma, generator):
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={_number(sigma)}")
    if not self.dtype.is_floating_point:
        raise RuntimeError(
            "Cauchy distribution is a continuous probability distribution. dtype must be a floating point but you specified "
            + _C_NAMES.get(self.dtype.name, self.dtype.scalar_name)
        )
    return _same(self)


@geometric.meta
def _(self, p, generator):
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={_number(p)}")
    if self.is_complex() or self.dtype.category == 0:
        raise NotImplementedError(f"\"geometric_cpu\" not implemented for '{self.dtype.scalar_name}'")
    return _same(self)


@bernoulli_p.meta
def _(self, p, generator):
    if not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={_number(p)}")
    if self.is_complex():
        raise NotImplementedError(f"\"bernoulli_scalar_cpu_\" not implemented for '{self.dtype.scalar_name}'")
    return _same(self)


def _probabilities(p):
    if not p.dtype.is_floating_point:
        raise NotImplementedError(f"\"bernoulli_tensor_cpu_p_\" not implemented for '{p.dtype.scalar_name}'")


@bernoulli.meta
def _(self, generator):
    _probabilities(self)
    return _same(self)


@bernoulli_tensor.meta
def _(self, p, generator):
    _probabilities(p)
    return _same(self)


# -- integers ----------------------------------------------------------------------------------------------------------------

_C_NAMES = {
    "float16": "c10::Half", "bfloat16": "c10::BFloat16", "float32": "float", "float64": "double", "uint8": "unsigned char",
    "int8": "signed char", "int16": "short", "int32": "int", "int64": "long int", "bool": "bool",
}  # fmt: skip


@random.meta
def _(self, generator):
    _random_dtype(self)
    return _same(self)


def _random_dtype(self):
    if self.is_complex():
        raise NotImplementedError(f"\"random_kernel_cpu\" not implemented for '{self.dtype.scalar_name}'")


def top_of(kind):
    """One more than the largest integer that random_ draws where no upper bound is given."""
    if kind.is_floating_point:
        return 2 ** (_DIGITS[kind.name]) + 1
    return 2 if kind.category == 0 else iinfo(kind).max + 1


_DIGITS = {"float16": 11, "bfloat16": 8, "float32": 24, "float64": 53}  # of the significand: up to 2**digits every integer is exact


@random_from.meta
def _(self, low, high, generator):
    _random_dtype(self)
    kind = self.dtype
    if high is None and low == -(2**63):
        return _same(self)
    top = top_of(kind) if high is None else high
    if low >= top:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={top}")
    _in_range(kind, "from", low)
    _in_range(kind, "to - 1", top - 1)
    return _same(self)


def _in_range(kind, name, value):
    if kind.is_floating_point:
        lowest, highest = -finfo(kind).max, finfo(kind).max
    elif kind.category == 0:
        lowest, highest = 0, 1
    else:
        lowest, highest = iinfo(kind).min, iinfo(kind).max
    if not lowest <= value <= highest:
        raise RuntimeError(f"{name} is out of bounds for {_C_NAMES.get(kind.name, kind.scalar_name)}")


@randperm.meta
def _(n, generator, dtype, layout, device, pin_memory):
    kind = dtype or int64_dtype
    if n < 0:
        raise RuntimeError(f"Trying to create tensor with negative dimension {n}: [{n}]")
    if kind.category == 0 or kind.is_complex:
        raise NotImplementedError(f"\"randperm\" not implemented for '{kind.scalar_name}'")
    exact = 2 ** _DIGITS[kind.name] if kind.is_floating_point else iinfo(kind).max
    if n > exact:
        if not kind.is_floating_point:
            raise RuntimeError(f"value cannot be converted to type {kind.name}_t without overflow")
        raise RuntimeError(f"n={n} is too large for {kind.scalar_name}: randperm needs every integer below n to be exact")
    return (n,), kind


@multinomial.meta
def _(self, num_samples, replacement, generator):
    if not self.dtype.is_floating_point:
        raise RuntimeError(f"multinomial only supports floating-point dtypes for input, got: {self.dtype.scalar_name}")
    shape = tuple(self._a.shape)
    if not 1 <= len(shape) <= 2:
        raise RuntimeError("prob_dist must be 1 or 2 dim")
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
    if not replacement and num_samples > shape[-1]:
        raise RuntimeError("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
    return (*shape[:-1], num_samples), int64_dtype
