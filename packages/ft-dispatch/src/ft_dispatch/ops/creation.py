"""Tensors out of nothing: sizes and numbers in, a new tensor out. `tensor(data)` and its relatives are in `ft_dispatch.host`."""

from math import ceil

from ft_core import get_default_dtype, int64
from ft_core.dtype import bool_, complex64, complex128, float64
from ft_core.promotion import number_dtype

from ..kinds import CREATION, MOVEMENT
from ..op import op
from .cast import strides_like

_TAIL = "*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None"
_LIKE = _TAIL + ", MemoryFormat? memory_format=None"

empty = op(f"empty.memory_format(SymInt[] size, {_LIKE}) -> Tensor", "Uninitialised.", kind=CREATION, variants="")
empty_strided = op(
    f"empty_strided(SymInt[] size, SymInt[] stride, {_TAIL}) -> Tensor",
    "Uninitialised, with given strides.",
    kind=CREATION,
    variants="",
)
full = op(f"full(SymInt[] size, Scalar fill_value, {_TAIL}) -> Tensor", "Filled with one number.", kind=CREATION, variants="")
arange = op(
    f"arange.start_step(Scalar start, Scalar end, Scalar step=1, {_TAIL}) -> Tensor",
    "start, start + step, … below end.",
    kind=CREATION,
    variants="",
)
linspace = op(
    f"linspace(Scalar start, Scalar end, int steps, {_TAIL}) -> Tensor",
    "`steps` numbers evenly from start to end, both included.",
    kind=CREATION,
    variants="",
)
logspace = op(
    f"logspace(Scalar start, Scalar end, int steps, float base=10.0, {_TAIL}) -> Tensor",
    "base to the power of `linspace`.",
    kind=CREATION,
    variants="",
)
eye = op(f"eye.m(SymInt n, SymInt m, {_TAIL}) -> Tensor", "Ones on the diagonal, zeros elsewhere.", kind=CREATION, variants="")
empty_like = op(
    f"empty_like(Tensor self, {_LIKE}) -> Tensor",
    "Uninitialised, in the shape of another.",
    kind=MOVEMENT,
    variants="function",
    differentiable=False,
)
full_like = op(
    f"full_like(Tensor self, Scalar fill_value, {_LIKE}) -> Tensor",
    "Filled with one number, in the shape of another.",
    kind=MOVEMENT,
    variants="function",
    differentiable=False,
)


def check_sizes(name, size):
    """The sizes as a tuple; RuntimeError for a negative one, in the words of `name`."""
    for n in size:
        if n < 0 and name == "empty":
            raise RuntimeError(f"Trying to create tensor with negative dimension {n}: {list(size)}")
        if n < 0:
            raise RuntimeError(f"{name}: Dimension size must be non-negative.")
    return tuple(size)


@empty.meta
def _(size, dtype, layout, device, pin_memory, memory_format):
    return check_sizes("empty", size), dtype or get_default_dtype()


@empty_strided.meta
def _(size, stride, dtype, layout, device, pin_memory):
    return check_sizes("empty_strided", size), dtype or get_default_dtype(), tuple(stride)


@full.meta
def _(size, fill_value, dtype, layout, device, pin_memory):
    return check_sizes("full", size), dtype or number_dtype(fill_value)


def refuse_bool(name, dtype):
    """NotImplementedError for bool."""
    if dtype is bool_:
        raise NotImplementedError(f"\"{name}\" not implemented for 'Bool'")


@arange.meta
def _(start, end, step, dtype, layout, device, pin_memory):
    refuse_bool("arange_cpu", dtype)
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if dtype is not None and dtype.category == 1 and int(step) == 0:
        raise ValueError("step must be nonzero")  # a fraction that integers cannot hold
    if not (abs(start) < float("inf") and abs(end) < float("inf")):
        raise RuntimeError(f"unsupported range: {start} -> {end}")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    whole = all(isinstance(v, int) for v in (start, end, step))
    kind = dtype or (int64 if whole else get_default_dtype())
    if kind is int64 and not whole:
        start, end, step = int(start), int(end), int(step)  # torch counts in the integers it will write
        whole = True
    n = -((start - end) // step) if whole else ceil((end - start) / step)
    return (int(n),), kind


@linspace.meta
def _(start, end, steps, dtype, layout, device, pin_memory):
    return spaced("linspace", start, end, steps, dtype)


@logspace.meta
def _(start, end, steps, base, dtype, layout, device, pin_memory):
    return spaced("logspace", start, end, steps, dtype)


def spaced(name, start, end, steps, dtype):
    """(sizes, dtype) of `steps` numbers from start to end; RuntimeError for a negative count."""
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    if dtype is None:
        dtype = get_default_dtype()
        if isinstance(start, complex) or isinstance(end, complex):
            dtype = complex128 if dtype is float64 else complex64
    return (steps,), dtype


@eye.meta
def _(n, m, dtype, layout, device, pin_memory):
    for name, size in (("n", n), ("m", m)):
        if size < 0:
            raise RuntimeError(f"{name} must be greater or equal to 0, got {size}")
    return (n, m), dtype or get_default_dtype()


@empty_like.meta
def _(self, dtype, layout, device, pin_memory, memory_format):
    return tuple(self._a.shape), dtype or self.dtype, strides_like(self, memory_format)


@full_like.meta
def _(self, fill_value, dtype, layout, device, pin_memory, memory_format):
    return tuple(self._a.shape), dtype or self.dtype, strides_like(self, memory_format)


@empty_like.decompose
def _(self, dtype, layout, device, pin_memory, memory_format):
    shape, kind, strides = empty_like.meta_rule(self, dtype, layout, device, pin_memory, memory_format)
    where = device or self.device
    if strides is None:
        return empty(shape, dtype=kind, device=where)
    return empty_strided(shape, strides, dtype=kind, device=where)


@full_like.decompose
def _(self, fill_value, dtype, layout, device, pin_memory, memory_format):
    made = empty_like(self, dtype=dtype, device=device, memory_format=memory_format)
    return made.fill_(fill_value)


# -- what users call -------------------------------------------------------------------------------------------------------
