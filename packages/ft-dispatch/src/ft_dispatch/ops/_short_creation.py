"""Short roads to new tensors on the CPU, outside every mode: what a call with these parameters leads to is found out once."""

from typing import Any

from ft_core import default_device, get_default_dtype
from ft_core import device as device_class
from ft_core import dtype as dtype_class
from ft_core.backend import backend_for
from ft_core.keys import BELOW, CPU, DEVICES, DTYPE_OF, DTYPES, GRAD, IRREG, NOGRAD, VIEW
from ft_core.state import TL
from ft_core.tensor import wrap

from ..routes import Memo
from .creation import arange, empty, empty_like, full


def plain_sizes(size):
    """The sizes as a tuple where they are positive ints, as `f(2, 3)` or `f((2, 3))`; None for all that has to be looked at."""
    if len(size) == 1 and (size[0].__class__ is tuple or size[0].__class__ is list):
        size = size[0]
    for n in size:
        if n.__class__ is not int or n < 1:
            return None
    return size if size.__class__ is tuple else tuple(size)


HOST = device_class("cpu")
_HERE = ~(NOGRAD | BELOW)  # mode bits under which something may have to see a creation
_PLAIN = DEVICES | DTYPES | GRAD | VIEW | IRREG
_counters: dict[Any, tuple[Any, ...]] = {}  # dtype or None -> (allocate, kernel of arange, dtype, key), likewise
_makers: dict[Any, tuple[Any, ...]] = {}  # dtype -> (allocate, kernel of full, key) on the CPU, kept from the first tensor


def _elsewhere(where):
    """Whether a new tensor is not simply the CPU's."""
    return where is not HOST and (where is not None or default_device() is not None)


def filled(sizes, number, kind, where=None):
    """full(sizes, number, dtype=kind): by the short road where no mode interposes and the device is the CPU."""
    st = TL.st
    maker = _makers.get(kind)
    if maker is None or st.bits & _HERE or 0 in sizes or _elsewhere(where):
        made = full(sizes, number, dtype=kind, device=where)
        if made._k == CPU | kind.bit and maker is None:
            backend = backend_for(made.device)
            _makers[kind] = backend.allocate, backend.kernels["full"].fn, made._k
        return made
    allocate, kernel, key = maker
    array = allocate(sizes, kind)
    st.run(kernel, sizes, number, kind, None, None, None, out=array)
    return wrap(array, key)


def counted(start, end, step, kind):
    """arange of ints, by the same short road; None is int64."""
    st = TL.st
    maker = _counters.get(kind)
    if maker is None or st.bits & _HERE or step == 0 or default_device() is not None or not range(start, end, step):
        made = arange(start, end, step, dtype=kind)
        if made._k == CPU | made.dtype.bit and maker is None:
            backend = backend_for(made.device)
            _counters[kind] = backend.allocate, backend.kernels["arange.start_step"].fn, made.dtype, made._k
        return made
    allocate, kernel, made_of, key = maker
    array = allocate((len(range(start, end, step)),), made_of)
    st.run(kernel, start, end, step, made_of, None, None, None, out=array)
    return wrap(array, key)


def blank(sizes, kind, where=None):
    """empty(sizes, dtype=kind), by the same short road."""
    if TL.st.bits & _HERE or 0 in sizes or _elsewhere(where):
        return empty(sizes, dtype=kind, device=where)
    if kind not in _makers:
        filled((1,), 0, kind)  # leaves the maker
        if kind not in _makers:
            return empty(sizes, dtype=kind)
    allocate, _, key = _makers[kind]
    return wrap(allocate(sizes, kind), key)


_PARAMETERS = frozenset((int, float, bool, type(None), dtype_class))
_planned = Memo()  # (op, parameters, their classes, default dtype) -> (allocate, kernel, sizes, dtype, key)


def planned(record, *args, generator=None):
    """A creation by an op on the CPU: what its parameters lead to is found out once. `generator` is where it draws from, if it does."""
    st = TL.st
    given = args if generator is None else (*args[:1], None, *args[2:])
    key = record.name, given, tuple(map(type, given)), get_default_dtype()
    if st.bits & _HERE or default_device() is not None or not _PARAMETERS.issuperset(key[2]):
        return record(*args)
    plan = _planned.get(key)
    if plan is None:
        made = record(*args)
        if made._k == CPU | made.dtype.bit:
            backend = backend_for(made.device)
            _planned.enter(key, (backend.allocate, backend.kernels[record.name].fn, made._a.shape, made.dtype, made._k))
        return made
    allocate, kernel, sizes, kind, bits = plan
    array = allocate(sizes, kind)
    st.run(kernel, *args, out=array)
    return wrap(array, bits)


def plain_like(input, dtype, device, memory_format):
    """(sizes, dtype) of a tensor like `input`, where that is a regular one on the CPU; else None."""
    k = input._k
    if device is not None or memory_format is not None or k & ~_PLAIN or k & IRREG or k & DEVICES != CPU:
        return None
    return input._a.shape, dtype or DTYPE_OF[k & DTYPES]


def unfilled_like(x, dtype=None, device=None, memory_format=None):
    """Memory for draws or results of the sizes of `x`, outside the graph."""
    plain = plain_like(x, dtype, device, memory_format)
    if plain is not None:
        return blank(*plain)
    return empty_like(x.detach(), dtype=dtype, device=device, memory_format=memory_format)


def into(out, sizes, dtype):
    """The caller's tensor in the wanted sizes; RuntimeError where a dtype was asked for that it does not have."""
    if dtype is not None and dtype is not out.dtype:
        raise RuntimeError(f"dtype {dtype.scalar_name} does not match dtype of out parameter ({out.dtype.scalar_name})")
    return out.resize_(sizes)
