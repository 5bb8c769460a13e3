"""The names users type for new tensors: sizes in every form torch takes them, numbers that decide the dtype, destinations."""

from ft_core import Tensor, default_device, get_default_dtype, notices
from ft_core.dtype import bool_, float32, float64
from ft_core.keys import CPU, DEVICES, DISPATCH, LAYOUTS, LEVEL
from ft_core.layout import preserve_format, strided
from ft_core.promotion import number_dtype

from ..canonical import to_index, to_number
from ..layouts import refuse_dense
from ..modes import ask_named
from ..packets import NAMED
from ..registry import OPS, binding
from ..uninitialized import shown
from ._short_creation import HOST, blank, counted, filled, into, plain_like, plain_sizes, planned
from .cast import strides_like
from .creation import arange, check_sizes, empty_like, empty_strided, eye, full, full_like, linspace, logspace, refuse_bool, spaced
from .view import sizes_of


def _finished(t, requires_grad):
    if requires_grad is False or requires_grad is None:
        return t
    if t.dtype.category < 2:
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return t.requires_grad_(requires_grad)


def no_pins(pin_memory):
    """RuntimeError where pinned memory is asked for."""
    if pin_memory:
        raise RuntimeError(
            "pin_memory=True requires a CUDA or other accelerator backend; no pinned memory allocator is available on this system."
        )


def given_sizes(name, size, kwargs):
    """The sizes of a call that takes them one by one, in one sequence, or by name. TypeError without any, or for another name."""
    if "size" in kwargs:
        size = (kwargs.pop("size"),)
    elif not size:
        raise TypeError(f'{name}() missing 1 required positional arguments: "size"')
    if kwargs:
        raise TypeError(f"{name}() got an unexpected keyword argument '{next(iter(kwargs))}'")
    return _size_of(name, size)


def _sequence(name, size):
    """The sizes of a call that takes one sequence of them. TypeError for a number."""
    if isinstance(size, (int, float, str, Tensor)):
        raise TypeError(f"{name}(): argument 'size' (position 1) must be tuple of ints, not {type(size).__name__}")
    return _size_of(name, (size,))


def _size_of(name, size):
    size = sizes_of(size)
    for i, n in enumerate(size):
        if isinstance(n, (str, float)):
            raise TypeError(
                f"{name}(): argument 'size' (position {1 if len(size) == 1 else i + 1}) must be tuple of ints, not {type(n).__name__}"
            )
    return tuple([to_index(n) for n in size])


def _in_layout(sizes, number, layout, dtype, device, requires_grad):
    """A tensor without elements in a sparse layout; NotImplementedError for a number that is not 0."""
    from ._sparse_bindings import empty_sparse  # noqa: PLC0415  # it uses records of this file

    if number:
        raise NotImplementedError(
            f"full: a tensor of layout {layout} can only be made with zeros; got {number}; make a dense one and call to_sparse()"
        )
    return empty_sparse(sizes, layout, dtype, device, requires_grad)


def _filled(name, number):
    def make(*size, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, **kwargs):
        if size and out is layout is None and (device is None or device is HOST) and not (requires_grad or kwargs or pin_memory):
            sizes = plain_sizes(size)
            if sizes is not None:
                return filled(sizes, number, dtype or get_default_dtype(), device)
        sizes = check_sizes(name, given_sizes(name, size, kwargs) if kwargs or not size else _size_of(name, size))
        no_pins(pin_memory)
        if out is not None:
            return into(out, sizes, dtype).fill_(number)
        if layout is not None and layout is not strided:
            return _in_layout(sizes, number, layout, dtype, device, requires_grad)
        return _finished(filled(sizes, number, dtype or get_default_dtype(), device), requires_grad)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"A tensor of the given sizes filled with {number}, in the default dtype unless told. Source: torch.{name}."
    return binding(name, method=False)(make)


zeros, ones = _filled("zeros", 0), _filled("ones", 1)


@binding("empty", method=False)
def empty_binding(
    *size, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, memory_format=None, **kwargs
):
    """An uninitialised tensor of the given sizes."""
    if size and out is layout is device is memory_format is None and not (requires_grad or kwargs or pin_memory):
        sizes = plain_sizes(size)
        if sizes is not None:
            return shown(blank(sizes, dtype or get_default_dtype()))
    sizes = check_sizes("empty", given_sizes("empty", size, kwargs) if kwargs or not size else _size_of("empty", size))
    no_pins(pin_memory)
    if out is not None:
        return shown(into(out, sizes, dtype))
    if layout is not None and layout is not strided:
        return _in_layout(sizes, 0, layout, dtype, device, requires_grad)
    made = blank(sizes, dtype or get_default_dtype(), device)
    if memory_format is preserve_format:
        raise RuntimeError("unsupported memory format Preserve")
    if memory_format is not None:
        strides = strides_like(made, memory_format)
        made = made if strides is None else empty_strided(sizes, strides, dtype=made.dtype, device=made.device)
    return _finished(shown(made), requires_grad)


@binding("empty_strided", method=False)
def empty_strided_binding(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    """An uninitialised tensor of the given sizes and strides (in elements)."""
    made = empty_strided(_size_of("empty_strided", size), tuple(stride), dtype=dtype, device=device)
    return _finished(shown(made), requires_grad)


def _number_of(name, fill_value):
    try:
        return to_number(fill_value)
    except TypeError:
        raise TypeError(f"{name}(): argument 'fill_value' (position 2) must be Number, not {type(fill_value).__name__}") from None


@binding("full", method=False)
def full_binding(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    """A tensor of the given sizes filled with a number, whose type decides the dtype unless told."""
    number = _number_of("full", fill_value)
    if out is not None:
        return into(out, _sequence("full", size), dtype).fill_(number)
    if layout is device is None and not isinstance(fill_value, Tensor) and isinstance(size, (tuple, list)):
        sizes = plain_sizes((size,))
        if sizes is not None:
            return _finished(filled(sizes, number, dtype or number_dtype(number)), requires_grad)
    kind = dtype or (fill_value.dtype if isinstance(fill_value, Tensor) else None)
    if kind is None:
        return _finished(full(_sequence("full", size), number, device=device), requires_grad)
    return _finished(filled(check_sizes("full", _sequence("full", size)), number, kind, device), requires_grad)


@binding("arange", method=False)
def arange_binding(
    start=None, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False
):
    """Numbers from start (0) up to, not including, end; int64 if all are ints, else the default dtype."""
    if end is None:
        if start is None:
            raise TypeError(
                "arange() received an invalid combination of arguments - got (), but expected an end, or a start and an end"
            )
        start, end = 0, start
    elif start is None:
        start = 0
    if out is None and device is None and type(start) is type(end) is type(step) is int:
        return _finished(counted(start, end, step, dtype), requires_grad)
    made = arange(start, end, step, dtype=dtype if out is None else out.dtype, device=device)
    if out is not None:
        return into(out, made.shape, dtype).copy_(made)
    return _finished(made, requires_grad)


@binding("range", method=False)
def range_binding(start=0, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """Like arange, end included (deprecated in torch)."""
    if end is None:
        raise TypeError('range() missing 1 required positional arguments: "end"')
    notices.warn(
        "torch.range is deprecated and will be removed in a future release because its behavior is inconsistent with Python's range "
        "builtin. Instead, use torch.arange, which produces values in [start, end)."
    )
    n = int((end - start) / step) + 1
    dtype = dtype if out is None else out.dtype
    refuse_bool("range_cpu", dtype)
    made = arange(0, n, 1, dtype=dtype or get_default_dtype(), device=device) * step + start
    if out is not None:
        return into(out, made.shape, dtype).copy_(made)
    return _finished(made, requires_grad)


def _bounds(name, start, end, device):
    """Bounds as numbers, on the device of those that are tensors; what meta tensors hold is nobody's affair, so 0."""
    tensors = [bound for bound in (start, end) if isinstance(bound, Tensor)]
    for which, bound in (("start", start), ("end", end)):
        if isinstance(bound, Tensor) and bound.ndim:
            raise RuntimeError(
                f"{name} only supports 0-dimensional start and end tensors, but got {which} with {bound.ndim} dimension(s)."
            )
    for bound in tensors:
        device = bound.device if device is None else device
    if any(bound.is_meta for bound in tensors):
        return 0.0, 0.0, device
    return start, end, device


def _between(start, end, steps, dtype):
    """`linspace` of bounds that are no numbers, those of many examples in a transform: by ops, with the kernel's algorithm.

    Counted from both ends to the middle, so that both ends are exact; integers cut off both ends first. As in torch no gradient
    reaches the bounds. Returns the numbers before the last cast, and the dtype.
    """
    bounds = [bound.detach() if isinstance(bound, Tensor) else bound for bound in (start, end)]
    some = [bound.dtype.is_complex if isinstance(bound, Tensor) else isinstance(bound, complex) for bound in bounds]
    _, kind = spaced("linspace", 0j if any(some) else 0.0, 0.0, steps, dtype)
    whole = not (kind.is_floating_point or kind.is_complex)
    work = float64 if whole else kind if kind.itemsize >= 4 else float32
    ends = []
    for bound in bounds:
        if isinstance(bound, Tensor):
            ends.append((OPS["trunc"](bound) if whole and bound.is_floating_point() else bound).to(work))
        else:
            ends.append(full((), int(bound) if whole else bound, dtype=work))
    first, last = ends
    if steps == 1:
        return first.unsqueeze(0), kind
    step = (last - first) / (steps - 1)
    i = arange(0, steps, 1, dtype=work.to_real())
    return OPS["where.self"](i < steps // 2, first + step * i, last - step * (steps - 1 - i)), kind


def _in_a_transform(*bounds):
    return any(isinstance(bound, Tensor) and bound._k & LEVEL for bound in bounds)


@binding("linspace", method=False)
def linspace_binding(start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    """`steps` numbers evenly spaced from start to end, both included."""
    start, end, device = _bounds("linspace", start, end, device)
    if _in_a_transform(start, end):
        made, kind = _between(start, end, steps, dtype)
        made = made.to(kind)
    else:
        made = planned(linspace, start, end, steps, dtype, None, device, None)
    return into(out, made.shape, dtype).copy_(made) if out is not None else _finished(made, requires_grad)


@binding("logspace", method=False)
def logspace_binding(
    start, end, steps, base=10.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False
):
    """base to the power of evenly spaced exponents."""
    start, end, device = _bounds("logspace", start, end, device)
    if _in_a_transform(start, end):
        made, kind = _between(start, end, steps, dtype)
        made = OPS["pow.Tensor_Tensor"](full((), base, dtype=made.dtype), made).to(kind)
    else:
        made = logspace(start, end, steps, base, dtype=dtype, device=device)
    return into(out, made.shape, dtype).copy_(made) if out is not None else _finished(made, requires_grad)


@binding("eye", method=False)
def eye_binding(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    """Ones on the diagonal of an n by m matrix (m = n unless given)."""
    made = planned(eye, n, n if m is None else m, dtype, None, device, None)
    return into(out, made.shape, dtype).copy_(made) if out is not None else _finished(made, requires_grad)


def tensor_first(name, input):
    """TypeError unless the first argument of `name` is a tensor."""
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")


def _like(name, number):
    def make(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
        if input.__class__ is not Tensor:
            tensor_first(name, input)
            if input._k & DISPATCH:
                given = {
                    "dtype": dtype,
                    "layout": layout,
                    "device": device,
                    "pin_memory": pin_memory,
                    "memory_format": memory_format,
                }
                return _finished(ask_named(name, (input,), given), requires_grad)
        if layout is not None and layout is not strided and not input._k & LAYOUTS:
            return _in_layout(tuple(input.shape), number, layout, dtype or input.dtype, device or input.device, requires_grad)
        plain = plain_like(input, dtype, device, memory_format)
        if plain is not None:
            return _finished(filled(plain[0], number, plain[1]), requires_grad)
        made = full_like(input, number, dtype=dtype, layout=layout, device=device, memory_format=memory_format)
        return _finished(made, requires_grad)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"Filled with {number}, in the shape, dtype and device of `input` unless told. Source: torch.{name}."
    return binding(name, method=False)(make)


zeros_like, ones_like = _like("zeros_like", 0), _like("ones_like", 1)


@binding("empty_like", method=False)
def empty_like_binding(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
    """Uninitialised, in the shape, dtype and device of `input` unless told."""
    tensor_first("empty_like", input)
    plain = plain_like(input, dtype, device, memory_format)
    if plain is not None:
        return _finished(shown(blank(*plain)), requires_grad)
    made = empty_like(input, dtype=dtype, layout=layout, device=device, memory_format=memory_format)
    return _finished(made if made._k & LAYOUTS else shown(made), requires_grad)


@binding("full_like", method=False)
def full_like_binding(
    input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False
):
    """Filled with a number, in the shape, dtype and device of `input` unless told."""
    number = _number_of("full_like", fill_value)
    plain = plain_like(input, dtype, device, memory_format) if layout is None else None
    if plain is not None:
        return _finished(filled(plain[0], number, plain[1]), requires_grad)
    made = full_like(input, number, dtype=dtype, layout=layout, device=device, memory_format=memory_format)
    return _finished(made, requires_grad)


def _new(name, number):
    def make(self, *size, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, **kwargs):
        sizes = given_sizes(name, size, kwargs) if kwargs or not size else _size_of(name, size)
        if self._k & DISPATCH:
            given = {"dtype": dtype, "layout": layout, "device": device, "pin_memory": pin_memory}
            return _finished(ask_named(name, (self, list(sizes)), given), requires_grad)
        kind, where = dtype or self.dtype, self.device if device is None else device
        order = self.layout if layout is None and self._k & LAYOUTS else layout
        if order is not None and order is not strided:
            return _in_layout(sizes, number or 0, order, kind, where, requires_grad)
        if self._k & LAYOUTS and dtype is None and number is not None and self.is_quantized:
            refuse_dense(f"{name} (fill)", self, "dense")
        if device is None and self._k & DEVICES == CPU and default_device() is None:
            where = None
        made = shown(blank(sizes, kind, where)) if number is None else filled(sizes, number, kind, where)
        return _finished(made, requires_grad)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"A new tensor of the given sizes, in this one's dtype and device unless told. Source: torch.Tensor.{name}."
    return binding(name, function=False)(make)


new_empty, new_zeros, new_ones = _new("new_empty", None), _new("new_zeros", 0), _new("new_ones", 1)
NAMED.update(zeros_like=zeros_like, ones_like=ones_like, new_empty=new_empty, new_zeros=new_zeros, new_ones=new_ones)


@binding("new_full", function=False)
def new_full(self, size, fill_value, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    """A new tensor filled with a number, in this one's dtype and device unless told."""
    where = self.device if device is None else device
    return _finished(
        full(_sequence("new_full", size), _number_of("new_full", fill_value), dtype=dtype or self.dtype, device=where),
        requires_grad,
    )


@binding("complex", method=False)
def complex_binding(real, imag, *, out=None):
    """A complex tensor from its real and imaginary parts, which must be of one floating point dtype."""
    for name, t in (("real", real), ("imag", imag)):
        if not isinstance(t, Tensor):
            at = 1 + (name == "imag")
            raise TypeError(f"complex(): argument '{name}' (position {at}) must be Tensor, not {type(t).__name__}")
    if real.dtype is not imag.dtype:
        raise RuntimeError(
            f"Expected object of scalar type {real.dtype.scalar_name} but got scalar type {imag.dtype.scalar_name} for second argument"
        )
    if real.dtype is bool_ or not real.is_floating_point():
        raise RuntimeError(
            f"Expected both inputs to be Half, Float or Double tensors but got {real.dtype.scalar_name} and {imag.dtype.scalar_name}"
        )
    return OPS["complex"].wrapper(real, imag, out=out)
