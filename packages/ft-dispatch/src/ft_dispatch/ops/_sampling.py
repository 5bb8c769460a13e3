"""Random tensors as users ask for them: rand, randn, randint, normal and the in-place fills, over the RANDOM ops.

Imported by `random`.
"""

from ft_core import Generator, Tensor, contiguous_format, get_default_dtype, int64
from ft_core.generator import default_generator
from ft_core.layout import broadcast_shapes

from ..canonical import to_index
from ..host import from_numpy
from ..registry import OPS, binding
from ._creation_bindings import given_sizes, no_pins, tensor_first
from ._short_creation import blank, into, plain_sizes, planned, unfilled_like
from .view import sizes_of

DOCS = {
    "bernoulli_": "Overwrite with 1 where a coin of probability p (a number, or a tensor that broadcasts) falls so, else 0.",
    "cauchy_": "Overwrite with Cauchy distributed numbers.",
    "exponential_": "Overwrite with exponentially distributed numbers of rate lambd.",
    "geometric_": "Overwrite with the number of the first success of coins of probability p.",
    "log_normal_": "Overwrite with exp of normally distributed numbers.",
    "normal_": "Overwrite with normally distributed numbers.",
    "random_": "Overwrite with integers of [from, to); without bounds, of all the dtype can count to.",
    "uniform_": "Overwrite with numbers uniform in [from, to).",
}


def _fill(function):
    """Decorator: a method that overwrites a tensor, with its line of `DOCS`."""
    name = function.__name__
    function.__doc__ = f"{DOCS[name]} Source: torch.Tensor.{name}."
    return binding(name, function=False)(function)


@_fill
def uniform_(self, a=0.0, b=1.0, *, generator=None, **named):
    """Uniform numbers from [from, to), in place."""
    low, high = named.pop("from", a), named.pop("to", b)
    _nothing_more("uniform_", named)
    return OPS["uniform"].inplace_wrapper(self, low, high, generator=generator)


@_fill
def normal_(self, mean=0.0, std=1.0, *, generator=None):
    """Normal numbers, in place; std is not negative."""
    return OPS["normal_functional"].inplace_wrapper(self, mean, std, generator=generator)


@_fill
def log_normal_(self, mean=1.0, std=2.0, *, generator=None):
    """exp of normal numbers, in place."""
    return OPS["log_normal"].inplace_wrapper(self, mean, std, generator=generator)


@_fill
def exponential_(self, lambd=1.0, *, generator=None):
    """Exponential numbers of rate lambd, in place."""
    return OPS["exponential"].inplace_wrapper(self, lambd, generator=generator)


@_fill
def cauchy_(self, median=0.0, sigma=1.0, *, generator=None):
    """Cauchy numbers, in place."""
    return OPS["cauchy"].inplace_wrapper(self, median, sigma, generator=generator)


@_fill
def geometric_(self, p, *, generator=None):
    """Numbers of trials until the first success of probability p, in place."""
    return OPS["geometric"].inplace_wrapper(self, p, generator=generator)


@_fill
def bernoulli_(self, p=0.5, *, generator=None):
    """0 or 1, 1 with probability p (a number or a tensor), in place."""
    if isinstance(p, Tensor):
        return OPS["bernoulli.Tensor"].inplace_wrapper(self, p, generator=generator)
    return OPS["bernoulli.p"].inplace_wrapper(self, p, generator=generator)


_NOT_GIVEN = object()


@_fill
def random_(self, a=_NOT_GIVEN, b=_NOT_GIVEN, *, generator=None, **named):
    """Integers from [from, to), or over the dtype's range, in place."""
    lower = "from" in named
    low, high = named.pop("from", a), named.pop("to", b)
    _nothing_more("random_", named)
    if low is _NOT_GIVEN and high is _NOT_GIVEN:
        return OPS["random"].inplace_wrapper(self, generator=generator)
    if high is _NOT_GIVEN and not lower:  # one number is the upper bound
        low, high = 0, low
    return OPS["random.from"].inplace_wrapper(
        self, 0 if low is _NOT_GIVEN else low, None if high is _NOT_GIVEN else high, generator=generator
    )


@binding("bernoulli")
def bernoulli(input, p=None, *, generator=None, out=None):
    """1 with the probability each element of input says (or with probability p), else 0."""
    if p is None:
        if out is None:
            return OPS["bernoulli"].wrapper(input, generator=generator)
        if out.is_complex() and input.numel():
            raise NotImplementedError(f"\"bernoulli_tensor_cpu_self_\" not implemented for '{out.dtype.scalar_name}'")
        return out.resize_(input.shape).bernoulli_(input, generator=generator)
    made = unfilled_like(input).bernoulli_(p, generator=generator)
    return made if out is None else out.resize_(made.shape).copy_(made)


@binding("multinomial")
def multinomial(input, num_samples, replacement=False, *, generator=None, out=None):
    """Indices drawn by the weights of a vector, or of each row of a matrix. int64."""
    if out is not None and out.dtype is not int64:
        raise RuntimeError(f"multinomial expects Long tensor out, got: {out.dtype.scalar_name}")
    return OPS["multinomial"].wrapper(input, num_samples, replacement, generator=generator, out=out)


# -- new tensors -------------------------------------------------------------------------------------------------------------


def _empty(size, dtype, device):
    sizes = tuple([to_index(n) for n in size])
    for n in sizes:
        if n < 0:
            raise RuntimeError(f"Trying to create tensor with negative dimension {n}: {list(sizes)}")
    return blank(sizes, dtype or get_default_dtype(), device)


def _target(size, out, dtype, device, generator):
    if out is device is generator is None:
        sizes = plain_sizes(size)
        if sizes is not None:
            return blank(sizes, dtype or get_default_dtype())
    if out is not None:
        return into(out, tuple(size), dtype)
    if device is None and isinstance(generator, Generator) and generator.device.type != "cpu":
        device = generator.device
    return _empty(size, dtype, device)


def _sampled(name, fill):
    def make(*size, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, **named):
        sizes = given_sizes(name, size, named) if named or not size else sizes_of(size)
        no_pins(pin_memory)
        made = fill(_target(sizes, out, dtype, device, generator), generator)
        return made.requires_grad_() if requires_grad else made

    return make


def _like(name, fill):
    def make(
        input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None, pin_memory=False
    ):
        tensor_first(name, input)
        made = fill(unfilled_like(input, dtype, device, memory_format), generator)
        return made.requires_grad_() if requires_grad else made

    return make


def _both(name, doc, fill):
    for full, function in ((name, _sampled(name, fill)), (f"{name}_like", _like(f"{name}_like", fill))):
        function.__name__ = function.__qualname__ = full
        shape = "in the shape, dtype and device of `input` unless told" if full.endswith("like") else "of the given sizes"
        function.__doc__ = f"{doc}, {shape}. Source: torch.{full}."
        binding(full, method=False)(function)


_both("rand", "Numbers uniform in [0, 1)", lambda t, generator: OPS["uniform"].inplace_wrapper(t, 0.0, 1.0, generator=generator))
_both(
    "randn",
    "Normally distributed numbers",
    lambda t, generator: OPS["normal_functional"].inplace_wrapper(t, 0.0, 1.0, generator=generator),
)


def _bounds(name, values, named):
    """(low, high, the rest) of randint's leading arguments: `high` alone or `low, high`."""
    values = list(values)
    if "high" in named:
        low = named.pop("low", values.pop(0) if values and isinstance(values[0], int) else 0)
        return low, named.pop("high"), values
    numbers = []
    while values and len(numbers) < 2 and not isinstance(values[0], (tuple, list)):
        numbers.append(values.pop(0))
    if not numbers:
        raise TypeError(f'{name}() missing 1 required positional arguments: "high"')
    for i, n in enumerate(numbers):
        if isinstance(n, float) or not hasattr(n, "__index__"):
            raise TypeError(
                f"{name}(): argument '{'high' if len(numbers) == 1 else ('low', 'high')[i]}' (position "
                f"{i + 1}) must be int, not {type(n).__name__}"
            )
    low, high = (named.pop("low", 0), numbers[0]) if len(numbers) == 1 else numbers
    for n in (low, high):
        if not -(2**63) <= to_index(n) < 2**63:
            raise ValueError("Overflow when unpacking long long")
    return to_index(low), to_index(high), values


def _nothing_more(name, named):
    if named:
        raise TypeError(f"{name}() got an unexpected keyword argument '{next(iter(named))}'")


@binding("randint", method=False)
def randint(*args, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, **named):
    """Integers of [low, high) in a new int64 tensor unless told: `randint(high, size)`, `randint(low, high, size)`."""
    low, high, rest = _bounds("randint", args, named)
    size = named.pop("size", rest[0] if rest else None)
    if size is None or isinstance(size, int):
        got = "NoneType" if size is None else type(size).__name__
        raise TypeError(f"randint(): argument 'size' (position {len(args)}) must be tuple of ints, not {got}")
    _nothing_more("randint", named)
    made = _target(size, out, dtype or (int64 if out is None else None), device, generator)
    made = OPS["random.from"].inplace_wrapper(made, low, high, generator=generator)
    return made.requires_grad_() if requires_grad else made


@binding("randint_like", method=False)
def randint_like(
    input,
    *args,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
    memory_format=None,
    generator=None,
    pin_memory=False,
    **named,
):
    """Integers of [low, high), in the shape, dtype and device of `input` unless told."""
    tensor_first("randint_like", input)
    low, high, _ = _bounds("randint_like", args, named)
    _nothing_more("randint_like", named)
    made = OPS["random.from"].inplace_wrapper(unfilled_like(input, dtype, device, memory_format), low, high, generator=generator)
    return made.requires_grad_() if requires_grad else made


@binding("randperm", method=False)
def randperm(n, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    """0 … n - 1 in random order, int64 unless told."""
    kind = dtype if out is None else out.dtype
    made = planned(OPS["randperm.generator"], n, generator, kind, None, device, None, generator=generator)
    if out is not None:
        return out.resize_(made.shape).copy_(made)
    return made.requires_grad_() if requires_grad else made


@binding("normal", method=False)
def normal(
    mean=None,
    std=1.0,
    size=None,
    *,
    generator=None,
    out=None,
    dtype=None,
    layout=None,
    device=None,
    requires_grad=False,
    pin_memory=False,
):
    """Normally distributed numbers; mean and std are tensors, or numbers together with a size."""
    mean = 0.0 if mean is None else mean
    if not isinstance(mean, Tensor) and not isinstance(std, Tensor):
        if size is None:
            raise TypeError(
                "normal() received an invalid combination of arguments - got "
                f"({type(mean).__name__}, {type(std).__name__}); give a size"
            )
        made = normal_(_target(sizes_of((size,)), out, dtype, device, generator), mean, std, generator=generator)
        return made.requires_grad_() if requires_grad else made
    if out is not None:
        return _normal_into(out, mean, std, generator)
    overload = f"normal.{'Tensor' if isinstance(mean, Tensor) else 'float'}_{'Tensor' if isinstance(std, Tensor) else 'float'}"
    return OPS[overload].wrapper(mean, std, generator=generator)


def check_deviations(std):
    """RuntimeError where a tensor of standard deviations is complex or has a negative element."""
    if std.is_complex():
        raise RuntimeError("normal expects standard deviation to be non-complex")
    if std.device.type != "meta" and std.numel() and not bool((std >= 0).all()):
        raise RuntimeError("normal expects all elements of std >= 0.0")


def _normal_into(out, mean, std, generator):
    """Draws go into the destination in the order its memory has them; what is drawn is scaled and moved there."""
    from ..outputs import fit_out  # noqa: PLC0415  # it imports the table, which imports this file

    if not isinstance(std, Tensor):  # torch lets the destination be wider than the means
        fit_out(out, broadcast_shapes(tuple(mean.shape), tuple(out.shape)))
        return normal_(out, 0.0, std, generator=generator).add_(mean)
    check_deviations(std)
    shape = tuple(std.shape)
    fit_out(out, broadcast_shapes(tuple(mean.shape), shape) if isinstance(mean, Tensor) else shape)
    return normal_(out, 0.0, 1.0, generator=generator).mul_(std).add_(mean)


# -- the stream --------------------------------------------------------------------------------------------------------------


@binding("manual_seed", method=False)
def manual_seed(seed):
    """Start the default generator's stream anew from a number, and return it."""
    return default_generator.manual_seed(int(seed))


@binding("seed", method=False)
def seed():
    """Seed the default generator from the operating system's entropy, and return that seed."""
    return default_generator.seed()


@binding("initial_seed", method=False)
def initial_seed():
    """The default generator's seed."""
    return default_generator.initial_seed()


def _get_state(self):
    """The place in the stream as a uint8 tensor, torch's own byte for byte with the default engine."""
    return from_numpy(self.get_state_bytes().copy())


def _set_state(self, new_state):
    """Go to the place `get_state` saved. TypeError for anything but a byte tensor."""
    if not isinstance(new_state, Tensor) or new_state.dtype.name != "uint8":
        raise TypeError(
            "RNG state must be a torch.ByteTensor"
            if isinstance(new_state, Tensor)
            else f"expected a torch.ByteTensor, but got {type(new_state).__name__}"
        )
    return self.set_state_bytes(new_state.detach().cpu().clone(memory_format=contiguous_format).numpy())


for _name, _method in (("get_state", _get_state), ("set_state", _set_state)):
    setattr(Generator, _name, _method)


@binding("get_rng_state", method=False)
def get_rng_state():
    """The default generator's place in its stream, a uint8 tensor."""
    return _get_state(default_generator)


@binding("set_rng_state", method=False)
def set_rng_state(new_state):
    """Put the default generator where `get_rng_state` found it."""
    _set_state(default_generator, new_state)
