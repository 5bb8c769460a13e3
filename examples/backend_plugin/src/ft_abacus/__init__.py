"""A FrankenTorch device in one file: arrays are a shape and a tuple of Python numbers, and never change.

Tuples have no strides and no addresses, so `aliasing` is False: FrankenTorch turns views into `as_strided` reads and in-place
writes into `as_strided_scatter`, and every op without a kernel below runs by its decomposition into those that have one.
"""

import math
from itertools import product
from operator import mul

import numpy

from ft_core.backend import Backend, Conformance, KernelTable
from ft_core.plugin import impl


class Array:
    """A shape, and the elements in C order."""

    __slots__ = ("items", "shape")

    def __init__(self, shape, items):
        self.shape, self.items = tuple(shape), tuple(items)

    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: len(self.items))


class AbacusBackend(Backend):
    """The device "abacus": memory first (five methods), then a table of kernels."""

    name = "Abacus"
    device_type = "abacus"
    array_type = Array
    aliasing = False
    conformance = Conformance.L0_MEMORY  # what the kit is told to ask; of the kernels L1 wants it has the half that a network needs
    kernels = KernelTable()

    def allocate(self, shape, dtype):
        return Array(shape, [0] * math.prod(shape))

    def from_host(self, array, dtype):
        return Array(array.shape, array.ravel().tolist())

    def to_host(self, array, dtype):
        return numpy.array(array.items, dtype.numpy).reshape(array.shape)

    def supports(self, dtype):
        return dtype.name in ("bool", "int32", "int64", "float32", "float64")

    def cast(self, array, source, target):
        convert = (bool, int, float)[min(target.category, 2)]
        return Array(array.shape, map(convert, array.items))


kernel = AbacusBackend.kernels.kernel


def strides_of(shape):
    steps = [1]
    for n in reversed(shape[1:]):
        steps.insert(0, steps[0] * n)
    return steps[: len(shape)]


def places(shape, strides, offset=0):
    """The position of each element of a strided array, in C order."""
    return [offset + sum(i * s for i, s in zip(index, strides)) for index in product(*map(range, shape))]


# -- views and writes: two kernels serve them all ------------------------------------------------------------------------------


@kernel("as_strided")
def as_strided(root, shape, strides, offset, *, out):
    return Array(shape, [root.items[p] for p in places(shape, strides, offset)])


@kernel("as_strided_scatter")
def as_strided_scatter(root, value, shape, strides, offset, *, out):
    items = list(root.items)
    for place, item in zip(places(shape, strides, offset), value.items):
        items[place] = item
    return Array(root.shape, items)


# -- elementwise: a function of numbers, and broadcasting ----------------------------------------------------------------------


def broadcast(array, shape):
    if array.shape == shape:
        return array.items
    lead = len(shape) - array.ndim
    steps = [0 if n == 1 else s for n, s in zip(array.shape, strides_of(array.shape))]
    return [array.items[p] for p in places(shape, [0] * lead + steps)]


def elementwise(name, function):
    """Make `function` of n numbers a kernel; parameters after the arrays reach it as they are."""

    @kernel(name)
    def run(*args, out):
        arrays = [a for a in args if isinstance(a, Array)]
        params = args[len(arrays) :]
        shape = numpy.broadcast_shapes(*[a.shape for a in arrays])
        return Array(shape, [function(*xs, *params) for xs in zip(*[broadcast(a, shape) for a in arrays])])


def total(function, pole=math.nan):
    """`function` with IEEE's answers where Python raises: `pole` outside the domain, infinity on overflow."""

    def run(*xs):
        try:
            return function(*xs)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return pole

    return run


def divide(a, b):
    if b:
        return a / b
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1, b)


def logarithm(x):
    return math.log(x) if x > 0 else -math.inf if x == 0 else math.nan


ELEMENTWISE = {
    "add.Tensor": lambda a, b, alpha: a + b * alpha if alpha != 1 else a + b,
    "mul.Tensor": lambda a, b: a * b,
    "div.Tensor": divide,
    "pow.Tensor_Tensor": total(pow),
    "fmod.Tensor": total(math.fmod),
    "floor_divide": total(lambda a, b: a // b),
    "atan2": math.atan2,
    "copysign.Tensor": math.copysign,
    "neg": lambda x: -x,
    "abs": abs,
    "exp": total(math.exp),
    "expm1": total(math.expm1),
    "log": logarithm,
    "log1p": lambda x: math.log1p(x) if x > -1 else logarithm(1 + x),
    "sin": total(math.sin),
    "cos": total(math.cos),
    "sqrt": total(math.sqrt),
    "floor": lambda x: float(math.floor(x)) if math.isfinite(x) else x,
    "round.decimals": lambda x, decimals: float(round(x, decimals)),
    "eq.Tensor": lambda a, b: a == b,
    "lt.Tensor": lambda a, b: a < b,
    "bitwise_and.Tensor": lambda a, b: a & b,
    "where.self": lambda condition, a, b: a if condition else b,
}
for _name, _function in ELEMENTWISE.items():
    elementwise(_name, _function)


# -- reductions and one contraction --------------------------------------------------------------------------------------------


def reduction(name, fold):
    @kernel(name)
    def run(x, dims=None, keepdim=False, *rest, out):
        dims = () if not x.ndim else (dims,) if isinstance(dims, int) else dims or range(x.ndim)
        keep = [i for i in range(x.ndim) if i not in dims]
        steps = strides_of(x.shape)
        inner = places([x.shape[i] for i in dims], [steps[i] for i in dims])
        outer = places([x.shape[i] for i in keep], [steps[i] for i in keep])
        shape = [1 if i in dims else n for i, n in enumerate(x.shape)] if keepdim else [x.shape[i] for i in keep]
        return Array(shape, [fold([x.items[o + i] for i in inner]) for o in outer])


REDUCTIONS = {"sum.dim_IntList": math.fsum, "amax": max, "amin": min, "any.dims": any, "all.dims": all}
REDUCTIONS["argmax"] = lambda items: items.index(max(items))
for _name, _function in REDUCTIONS.items():
    reduction(_name, _function)


@kernel("mm")
def mm(a, b, *, out):
    (n, k), m = a.shape, b.shape[1]
    columns = [b.items[j::m] for j in range(m)]
    return Array((n, m), [math.fsum(map(mul, a.items[i * k : i * k + k], c)) for i in range(n) for c in columns])


@impl
def ft_backends():
    """What the entry point is asked for."""
    return [AbacusBackend()]
