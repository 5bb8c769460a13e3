"""The random fills of the CPU backend, by name: what the kernels of RANDOM ops and other backends' host road call.

    fill(generator, out, *parameters) -> out

`generator` is an `ft_core.Generator`, `out` a C-contiguous array that is overwritten whole, parameters are in the order of the
torch function and have been checked by the op (ranges are torch's errors, not ours). Each fill takes its words from the stream in
torch's order under the generator's lock, so with the mt19937 engine every result equals torch's on x86, bit for bit, and says in
its docstring how many 32-bit words it takes. A tensor that is not contiguous is filled through a scratch array in element order;
only `normal` must be told.
"""

from .random_choice import multinomial, randperm
from .random_continuous import cauchy, exponential, geometric
from .random_normal import log_normal, normal
from .random_uniform import bernoulli, bernoulli_tensor, dropout_mask, randint, random, random_full_range, uniform

__all__ = [
    "bernoulli",
    "bernoulli_tensor",
    "cauchy",
    "dropout_mask",
    "exponential",
    "geometric",
    "log_normal",
    "multinomial",
    "normal",
    "randint",
    "random",
    "random_full_range",
    "randperm",
    "uniform",
]
