"""Copies: into another dtype, device, memory format, or into a tensor that exists. `to` and its short forms decide whether one is needed."""

from ft_core import Tensor, contiguous_format, device, notices, preserve_format
from ft_core import dtype as dtype_class
from ft_core.dtype import PYTHON, bool_, complex64, complex128
from ft_core.keys import CPU, DISPATCH, DTYPES, GRAD, LEVEL, TRACED
from ft_core.layout import memory_format_strides, strides_for_like
from ft_core.shapes import expand_strides
from ft_core.state import TL
from ft_core.tensor import alias_of

from ..kinds import ELEMENTWISE, MOVEMENT, NONE, OPAQUE
from ..op import op
from ..registry import binding
from ..routes import UNROUTED

clone = op(
    "clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor",
    "A copy in memory of its own.",
    kind=ELEMENTWISE,
    promote=NONE,
    variants="function method",
    inplace=False,
    out=False,
)
expand_copy = op(
    "expand_copy(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor",
    "Repeated along dimensions of size 1, in memory of its own.",
    kind=MOVEMENT,
    variants="function",
    out=True,
)
to_copy = op(
    "_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, "
    "bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor",
    "A copy in another dtype, device or memory format.",
    kind=OPAQUE,
    variants="",
)


def strides_like(self, memory_format):
    """Strides of a copy of `self` in a memory format; None where they are the contiguous ones."""
    shape = tuple(self._a.shape)
    if memory_format is None or memory_format is preserve_format:
        return strides_for_like(shape, self.stride())
    return memory_format_strides(shape, memory_format)


@clone.meta
def _(self, memory_format):
    return tuple(self._a.shape), self.dtype, strides_like(self, memory_format)


@to_copy.meta
def _(self, dtype, layout, device, pin_memory, non_blocking, memory_format):
    return tuple(self._a.shape), dtype or self.dtype, strides_like(self, memory_format)


@expand_copy.meta
def _(self, size, implicit):
    return expand_strides(tuple(self._a.shape), self.stride(), size)[0], self.dtype


@expand_copy.decompose
def _(self, size, implicit):
    return self.expand(size).clone(memory_format=contiguous_format)


def _parse_to(args, kwargs):
    """(device, dtype, non_blocking, copy, memory_format) of a call of `to` in any of its forms."""
    where = kwargs.get("device")
    kind = kwargs.get("dtype")
    non_blocking, copied = kwargs.get("non_blocking", False), kwargs.get("copy", False)
    flags = []
    for value in args:
        if isinstance(value, Tensor):
            where, kind = value.device, value.dtype
        elif isinstance(value, dtype_class):
            kind = value
        elif value.__class__ is type and value in PYTHON:
            kind = PYTHON[value]
        elif isinstance(value, bool):
            flags.append(value)
        elif isinstance(value, (str, device, int)):
            where = value
        elif value is not None:
            raise TypeError(f"to() received an invalid combination of arguments - got ({type(value).__name__})")
    other = kwargs.get("other")
    if other is not None:
        where, kind = other.device, other.dtype
    non_blocking = flags[0] if flags else non_blocking
    copied = flags[1] if len(flags) > 1 else copied
    unknown = set(kwargs) - {"device", "dtype", "non_blocking", "copy", "memory_format", "other"}
    if unknown:
        raise TypeError(f"to() received an invalid combination of arguments - got an unexpected keyword argument '{unknown.pop()}'")
    return (
        where if where is None or isinstance(where, device) else device(where),
        kind,
        non_blocking,
        copied,
        kwargs.get("memory_format"),
    )


def _lies_in(self, form):
    """Whether the strides are those of `form`; with one channel or one pixel several forms fit, and torch tells them apart."""
    if not self.is_contiguous(memory_format=form):
        return False
    return form is contiguous_format or self.stride() == memory_format_strides(tuple(self.shape), form)


_HOST = device("cpu")
_SEEN = UNROUTED | DISPATCH | TRACED  # somebody may want to see even what changes nothing


def _quick_to(careful):
    def to(self, *args, **kwargs):
        if len(args) == 1 and not kwargs:
            kind = args[0]
            try:
                if not (self._k | TL.st.bits) & _SEEN:
                    if kind.__class__ is dtype_class:
                        return self if self._k & DTYPES == kind.bit else to_copy.wrapper(self, dtype=kind)
                    if self._k & CPU and (kind == "cpu" if kind.__class__ is str else kind is _HOST):
                        return self
            except AttributeError:
                pass
        return careful(self, *args, **kwargs)

    return to


@binding("to", function=False, quick=_quick_to)
def to(self, *args, **kwargs):
    """The tensor in another dtype, device or memory format; itself if nothing changes and no copy is asked for.

    `to(dtype)`, `to(device, dtype=None)`, `to(other)`, each with non_blocking, copy, memory_format. Source: torch.Tensor.to.
    """
    where, kind, non_blocking, copied, form = _parse_to(args, kwargs)
    if kind is not None and self._k & _COMPLEX:
        warn_of_real(kind)
    same = (
        not copied
        and (kind is None or kind is self.dtype)
        and (where is None or where == self.device or (where.type == self.device.type and where.index is None))
        and (form is None or form is preserve_format or _lies_in(self, form))
    )
    if same:
        return self
    return to_copy.wrapper(self, dtype=kind, device=where, non_blocking=non_blocking, memory_format=form)


@binding("contiguous", function=False)
def contiguous(self, memory_format=contiguous_format):
    """The tensor itself if its elements lie in order, else a copy in which they do."""
    if self.is_contiguous(memory_format=memory_format):
        return self
    return clone.wrapper(self, memory_format=memory_format)


def _quick_detach(careful):
    def detach(input):
        try:
            if not (input._k | TL.st.bits) & _SEEN:
                return alias_of(input)
        except AttributeError:
            pass
        return careful(input)

    return detach


@binding("detach", quick=_quick_detach)
def detach(input):
    """The same memory and version counter outside the graph."""
    return raw_detach(input)


def raw_detach(x):
    """detach below `__torch_function__`; levels and traces have a rule for `alias`."""
    return detached_in_mode(x) if (x._k | TL.st.bits) & (LEVEL | TRACED | DISPATCH) else alias_of(x)


def detached_in_mode(x):
    """detach where a level, a mode or a trace must see it."""
    from ..modes import detach_in_mode  # noqa: PLC0415

    return detach_in_mode(x)


@binding("detach_", function=True)
def detach_(input):
    """Leave the graph in place: no history, no requires_grad. RuntimeError for a view."""
    if input._base is not None:
        raise RuntimeError("Can't detach views in-place. Use detach() instead.")
    input._node = None
    input._k &= ~GRAD
    return input


def _quick_cpu(careful):
    def cpu(self, memory_format=preserve_format):
        if self._k & CPU and memory_format is preserve_format and not (self._k | TL.st.bits) & _SEEN:
            return self
        return careful(self, memory_format)

    return cpu


@binding("cpu", function=False, quick=_quick_cpu)
def cpu(self, memory_format=preserve_format):
    """On the CPU; itself if it is there."""
    return self.to("cpu", memory_format=memory_format)


@binding("cuda", function=False)
def cuda(self, device=None, non_blocking=False, memory_format=preserve_format):
    """On a CUDA device (the current one by default)."""
    where = "cuda" if device is None else f"cuda:{device}" if isinstance(device, int) else device
    return self.to(where, non_blocking=non_blocking, memory_format=memory_format)


_COMPLEX = complex64.bit | complex128.bit


def warn_of_real(kind):
    """Torch's warning, once, where complex numbers become numbers of the real dtype `kind`; a bool says whether they are 0."""
    if not kind.is_complex and kind is not bool_:
        notices.once("Casting complex values to real discards the imaginary part")


def _cast_method(name, target):
    def method(self, memory_format=preserve_format):
        k = self._k
        if memory_format is preserve_format:
            if k & DTYPES == target.bit:
                return self
            if k & _COMPLEX:
                warn_of_real(target)
            return to_copy.wrapper(self, dtype=target)
        return self.to(target, memory_format=memory_format)

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"In dtype {target}; itself if it is."
    return binding(name, function=False)(method)


def _cast_methods():
    from ft_core.dtype import BY_NAME  # noqa: PLC0415

    for name in ("double", "float", "half", "bfloat16", "long", "int", "short", "bool", "cdouble", "cfloat", "chalf"):
        _cast_method(name, BY_NAME[name])
    _cast_method("char", BY_NAME["int8"])
    _cast_method("byte", BY_NAME["uint8"])


_cast_methods()


@binding("type_as", function=False)
def type_as(self, other):
    """In the dtype and on the device of `other`."""
    return self.to(other)
