"""Comparisons, predicates and logic: bool out of anything, no gradient."""

from ft_core import Tensor, get_default_dtype, int64, notices, uint8, upcalls
from ft_core.keys import BELOW, CPU, DEVICES, DTYPE_OF, DTYPES, NOGRAD
from ft_core.state import TL

from ..kinds import BOOL, ELEMENTWISE, SAME
from ..op import op
from ..registry import OPS, binding
from ..routes import UNROUTED
from ._short_creation import filled


def _comparison(name, doc, operators="", aliases=""):
    return op(
        f"{name}.Tensor(Tensor self, Tensor other) -> Tensor",
        doc,
        kind=ELEMENTWISE,
        promote=BOOL,
        differentiable=False,
        operators=operators,
        aliases=aliases,
        number_overload="Scalar",
    )


eq = _comparison("eq", "input == other.", "__eq__")
ge = _comparison("ge", "input >= other.", "__ge__", "greater_equal")
gt = _comparison("gt", "input > other.", "__gt__", "greater")
le = _comparison("le", "input <= other.", "__le__", "less_equal")
lt = _comparison("lt", "input < other.", "__lt__", "less")
ne = _comparison("ne", "input != other.", "__ne__", "not_equal")


def _predicate(name, doc):
    return op(f"{name}(Tensor self) -> Tensor", doc, kind=ELEMENTWISE, promote=BOOL, differentiable=False, inplace=False, out=False)


isfinite = _predicate("isfinite", "Neither infinite nor NaN.")
isinf = _predicate("isinf", "Plus or minus infinity.")
isnan = _predicate("isnan", "Not a number.")
isneginf = op(
    "isneginf(Tensor self) -> Tensor", "Minus infinity.", kind=ELEMENTWISE, promote=BOOL, differentiable=False, inplace=False
)
isposinf = op(
    "isposinf(Tensor self) -> Tensor", "Plus infinity.", kind=ELEMENTWISE, promote=BOOL, differentiable=False, inplace=False
)
isreal = _predicate("isreal", "Imaginary part is 0.")
logical_and = op(
    "logical_and(Tensor self, Tensor other) -> Tensor", "Both are not 0.", kind=ELEMENTWISE, promote=BOOL, differentiable=False
)
logical_not = op("logical_not(Tensor self) -> Tensor", "Is 0.", kind=ELEMENTWISE, promote=BOOL, differentiable=False)
logical_or = op(
    "logical_or(Tensor self, Tensor other) -> Tensor", "One of both is not 0.", kind=ELEMENTWISE, promote=BOOL, differentiable=False
)
logical_xor = op(
    "logical_xor(Tensor self, Tensor other) -> Tensor",
    "Exactly one of both is not 0.",
    kind=ELEMENTWISE,
    promote=BOOL,
    differentiable=False,
)
clamp = op(
    "clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor",
    "Limited to [min, max].",
    kind=ELEMENTWISE,
    promote=SAME,
    inplace=True,
    aliases="clip",
    number_overload="default",
)
where_self = op(
    "where.self(Tensor condition, Tensor self, Tensor other) -> Tensor",
    "self where condition holds, else other.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="",
    out=True,
    keep="condition",
    numbers="self other",
)


@where_self.check
def _(condition, self, other):
    if condition.dtype is uint8:
        notices.once(
            "where received a uint8 condition tensor. This behavior is deprecated and will be removed in a future version of PyTorch. Use "
            "a boolean condition instead."
        )
    if condition.dtype.category and condition.dtype is not uint8:
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype.scalar_name}"
        )


@clamp.check
def _(self, min, max):
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")


@binding("where", method=False)
def where(condition, input=None, other=None, *, out=None):  # the method x.where(condition, other) is below
    """input where condition holds, else other; with one argument, the indices where it holds (a tuple, as nonzero)."""
    if input is None and other is None:
        return condition.nonzero(as_tuple=True)
    if out is None and (input.__class__ in _NUMBERS or other.__class__ in _NUMBERS):
        input, other = _as_tensors(condition, input, other)
    return where_self.wrapper(condition, input, other, out=out)


_NUMBERS = frozenset((int, float))
_LEVELS = {int: 1, float: 2}  # a number's category: one that is not above the tensor's takes the tensor's dtype


def _as_tensors(condition, input, other):
    """Numbers beside a tensor, or two of one class, as tensors without dims, where that changes no dtype: such calls have a route."""
    if condition.__class__ is not Tensor or condition._k & UNROUTED or TL.st.bits & ~(NOGRAD | BELOW):
        return input, other
    if input.__class__ is other.__class__:
        kind = get_default_dtype() if input.__class__ is float else int64
        return _number(input, kind), _number(other, kind)
    tensor, number = (other, input) if input.__class__ in _NUMBERS else (input, other)
    fits = isinstance(tensor, Tensor) and not tensor._k & UNROUTED and tensor._k & CPU
    if not fits or tensor.dtype.category < _LEVELS.get(number.__class__, 9):
        return input, other
    made = _number(number, tensor.dtype)
    return (made, other) if tensor is other else (input, made)


def _number(value, kind):
    return filled((), value, kind)


@binding("clamp_min")
def clamp_min(input, min, *, out=None):
    """Not below min."""
    return clamp.wrapper(input, min, out=out)


@binding("clamp_max")
def clamp_max(input, max, *, out=None):
    """Not above max."""
    return clamp.wrapper(input, None, max, out=out)


@binding("clamp_min_")
def clamp_min_(input, min):
    """In-place form of `clamp_min`."""
    return clamp.inplace_wrapper(input, min)


@binding("clamp_max_")
def clamp_max_(input, max):
    """In-place form of `clamp_max`."""
    return clamp.inplace_wrapper(input, None, max)


@binding("isclose")
def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    """|input - other| <= atol + rtol * |other|, elementwise."""
    for at, (name, value) in enumerate((("input", input), ("other", other)), 1):
        if not isinstance(value, Tensor):
            raise TypeError(f"isclose(): argument '{name}' (position {at}) must be Tensor, not {type(value).__name__}")
    if input.dtype is not other.dtype:
        raise RuntimeError(f"{input.dtype.scalar_name} did not match {other.dtype.scalar_name}")
    for name, value in (("rtol", rtol), ("atol", atol)):
        if not value >= 0:
            raise RuntimeError(f"{name} must be greater than or equal to zero, but got {value}")
    close = eq.wrapper(input, other)
    if equal_nan:
        close = close | (isnan.wrapper(input) & isnan.wrapper(other))
    if input.is_floating_point() or input.is_complex():
        allowed = atol + (rtol * other).abs()
        error = (input - other).abs()
    else:
        allowed = atol + (rtol * other.double()).abs()
        error = (input.double() - other.double()).abs()
    return close | (isfinite.wrapper(error) & (error <= allowed))


@binding("allclose")
def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all elements are close (see isclose); a Python bool."""
    return bool(isclose(input, other, rtol, atol, equal_nan).all())


def _quick_equal(careful):
    def equal(input, other):
        try:
            k = input._k | other._k | TL.st.bits
            if not k & UNROUTED and k & DEVICES == CPU and k & DTYPES in DTYPE_OF and upcalls.observe is None:
                a, b = input._a, other._a
                return a.shape == b.shape and bool((a == b).all())
        except AttributeError:
            pass
        return careful(input, other)

    return equal


@binding("equal", quick=_quick_equal)
def equal_binding(input, other):
    """Whether two tensors have the same shape and elements; a Python bool."""
    if not isinstance(other, Tensor):
        raise TypeError(f"equal(): argument 'other' (position 1) must be Tensor, not {type(other).__name__}")
    if tuple(input.shape) != tuple(other.shape):
        return False
    return bool(OPS["all"].wrapper(input == other))


@binding("Tensor.where", function=False)
def where_method(self, condition, other):
    """self where condition holds, else other."""
    return where_self.wrapper(condition, self, other)
