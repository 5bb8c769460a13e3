"""Wrappers of the `random` family, generated from ft_dispatch/ops/random.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_bernoulli = OPS['bernoulli']


def bernoulli(input, *, generator=None, out=None):
    """1 with the probability the element says, else 0.

    aten::bernoulli(Tensor self, *, Generator? generator=None) -> Tensor
    """
    return call(op_bernoulli, bernoulli, (input, generator), out)


op_bernoulli_Tensor = OPS['bernoulli.Tensor']


def bernoulli_Tensor(input, p, *, generator=None):
    """1 with probability p[i], else 0.

    aten::bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor
    """
    return call(op_bernoulli_Tensor, bernoulli_Tensor, (input, p, generator))


def bernoulli_Tensor_(input, p, *, generator=None):
    """In-place form of `bernoulli_Tensor`."""
    return call_inplace(op_bernoulli_Tensor, bernoulli_Tensor_, (input, p, generator))


op_bernoulli_p = OPS['bernoulli.p']
inplace_bernoulli_p = op_bernoulli_p.inplace_table


def bernoulli_p(input, p=0.5, *, generator=None):
    """1 with probability p, else 0.

    aten::bernoulli.p(Tensor self, float p=0.5, *, Generator? generator=None) -> Tensor
    """
    return call(op_bernoulli_p, bernoulli_p, (input, p, generator))


def bernoulli_p_(input, p=0.5, *, generator=None):
    """In-place form of `bernoulli_p`."""
    try:
        st = TL.st
        leaf, memo = inplace_bernoulli_p[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(p,)], generator, out=arr)
    except _MISS:
        return call_inplace(op_bernoulli_p, bernoulli_p_, (input, p, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_cauchy = OPS['cauchy']
inplace_cauchy = op_cauchy.inplace_table


def cauchy(input, median=0, sigma=1, *, generator=None):
    """Cauchy distributed.

    aten::cauchy(Tensor self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor
    """
    return call(op_cauchy, cauchy, (input, median, sigma, generator))


def cauchy_(input, median=0, sigma=1, *, generator=None):
    """In-place form of `cauchy`."""
    try:
        st = TL.st
        leaf, memo = inplace_cauchy[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(median, sigma)], generator, out=arr)
    except _MISS:
        return call_inplace(op_cauchy, cauchy_, (input, median, sigma, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_exponential = OPS['exponential']
inplace_exponential = op_exponential.inplace_table


def exponential(input, lambd=1, *, generator=None):
    """Exponentially distributed.

    aten::exponential(Tensor self, float lambd=1, *, Generator? generator=None) -> Tensor
    """
    return call(op_exponential, exponential, (input, lambd, generator))


def exponential_(input, lambd=1, *, generator=None):
    """In-place form of `exponential`."""
    try:
        st = TL.st
        leaf, memo = inplace_exponential[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(lambd,)], generator, out=arr)
    except _MISS:
        return call_inplace(op_exponential, exponential_, (input, lambd, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_geometric = OPS['geometric']
inplace_geometric = op_geometric.inplace_table


def geometric(input, p, *, generator=None):
    """Number of the first success.

    aten::geometric(Tensor self, float p, *, Generator? generator=None) -> Tensor
    """
    return call(op_geometric, geometric, (input, p, generator))


def geometric_(input, p, *, generator=None):
    """In-place form of `geometric`."""
    try:
        st = TL.st
        leaf, memo = inplace_geometric[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(p,)], generator, out=arr)
    except _MISS:
        return call_inplace(op_geometric, geometric_, (input, p, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_log_normal = OPS['log_normal']
inplace_log_normal = op_log_normal.inplace_table


def log_normal(input, mean=1, std=2, *, generator=None):
    """exp of normally distributed numbers.

    aten::log_normal(Tensor self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor
    """
    return call(op_log_normal, log_normal, (input, mean, std, generator))


def log_normal_(input, mean=1, std=2, *, generator=None):
    """In-place form of `log_normal`."""
    try:
        st = TL.st
        leaf, memo = inplace_log_normal[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(mean, std)], generator, out=arr)
    except _MISS:
        return call_inplace(op_log_normal, log_normal_, (input, mean, std, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_multinomial = OPS['multinomial']


def multinomial(input, num_samples, replacement=False, *, generator=None, out=None):
    """Indices drawn by weight, per row.

    aten::multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor
    """
    return call(op_multinomial, multinomial, (input, num_samples, replacement, generator), out)


op_normal_Tensor_Tensor = OPS['normal.Tensor_Tensor']


def normal_Tensor_Tensor(mean, std, *, generator=None, out=None):
    """Normal, both per element.

    aten::normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor
    """
    return call(op_normal_Tensor_Tensor, normal_Tensor_Tensor, (mean, std, generator), out)


op_normal_Tensor_float = OPS['normal.Tensor_float']


def normal_Tensor_float(mean, std=1, *, generator=None, out=None):
    """Normal, one mean per element.

    aten::normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor
    """
    return call(op_normal_Tensor_float, normal_Tensor_float, (mean, std, generator), out)


op_normal_float_Tensor = OPS['normal.float_Tensor']


def normal_float_Tensor(mean, std, *, generator=None, out=None):
    """Normal, one deviation per element.

    aten::normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor
    """
    return call(op_normal_float_Tensor, normal_float_Tensor, (mean, std, generator), out)


op_normal_functional = OPS['normal_functional']
inplace_normal_functional = op_normal_functional.inplace_table


def normal_functional(input, mean=0, std=1, *, generator=None):
    """Normally distributed.

    aten::normal_functional(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor
    """
    return call(op_normal_functional, normal_functional, (input, mean, std, generator))


def normal_functional_(input, mean=0, std=1, *, generator=None):
    """In-place form of `normal_functional`."""
    try:
        st = TL.st
        leaf, memo = inplace_normal_functional[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(mean, std)], generator, out=arr)
    except _MISS:
        return call_inplace(op_normal_functional, normal_functional_, (input, mean, std, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_random = OPS['random']
inplace_random = op_random.inplace_table


def random(input, *, generator=None):
    """All integers of the dtype that are not negative.

    aten::random(Tensor self, *, Generator? generator=None) -> Tensor
    """
    return call(op_random, random, (input, generator))


def random_(input, *, generator=None):
    """In-place form of `random`."""
    try:
        st = TL.st
        leaf, memo = inplace_random[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[()], generator, out=arr)
    except _MISS:
        return call_inplace(op_random, random_, (input, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_random_from = OPS['random.from']
inplace_random_from = op_random_from.inplace_table


def random_from(input, from_, to, *, generator=None):
    """Integers in [from, to).

    aten::random.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor
    """
    return call(op_random_from, random_from, (input, from_, to, generator))


def random_from_(input, from_, to, *, generator=None):
    """In-place form of `random_from`."""
    try:
        st = TL.st
        leaf, memo = inplace_random_from[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(from_, to)], generator, out=arr)
    except _MISS:
        return call_inplace(op_random_from, random_from_, (input, from_, to, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input


op_randperm_generator = OPS['randperm.generator']


def randperm_generator(n, *, generator, dtype=None, layout=None, device=None, pin_memory=None):
    """0 … n - 1 in random order.

    aten::randperm.generator(int n, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_randperm_generator, randperm_generator, (n, generator, dtype, layout, device, pin_memory))


op_uniform = OPS['uniform']
inplace_uniform = op_uniform.inplace_table


def uniform(input, from_=0, to=1, *, generator=None):
    """Uniform in [from, to).

    aten::uniform(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor
    """
    return call(op_uniform, uniform, (input, from_, to, generator))


def uniform_(input, from_=0, to=1, *, generator=None):
    """In-place form of `uniform`."""
    try:
        st = TL.st
        leaf, memo = inplace_uniform[input._k | st.bits]
        arr = input._a
        st.run(leaf, arr, *memo[(from_, to)], generator, out=arr)
    except _MISS:
        return call_inplace(op_uniform, uniform_, (input, from_, to, generator))
    cell = input._ver
    if cell is None:
        input._ver = [1]
    else:
        cell[0] += 1
    return input
