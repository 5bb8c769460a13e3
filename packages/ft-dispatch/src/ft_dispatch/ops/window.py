"""Window functions of signal processing.

Torch's five (`hann_window`, …, periodic by default) and `torch.signal.windows` (symmetric by default). All are sums of few
elementwise ops over `arange` or `linspace`, so every backend and dtype has them.
"""

from math import pi, sqrt

from ft_core import get_default_dtype, strided

from ..kinds import COMPOSITE
from ..op import op
from ..registry import OPS, binding

_TAIL = "ScalarType? dtype=None, Device? device=None"
bartlett = op(
    f"bartlett_window(int window_length, bool periodic=True, *, {_TAIL}) -> Tensor", "A triangle.", kind=COMPOSITE, variants=""
)
blackman = op(
    f"blackman_window(int window_length, bool periodic=True, *, {_TAIL}) -> Tensor", "Three cosines.", kind=COMPOSITE, variants=""
)
hamming = op(
    f"hamming_window(int window_length, bool periodic=True, float alpha=0.54, float beta=0.46, *, {_TAIL}) -> Tensor",
    "alpha - beta * cos.",
    kind=COMPOSITE,
    variants="",
)
kaiser = op(
    f"kaiser_window(int window_length, bool periodic=True, float beta=12.0, *, {_TAIL}) -> Tensor",
    "Modified Bessel function of a half circle.",
    kind=COMPOSITE,
    variants="",
)


def _checked(name, n, dtype):
    """The window's dtype. RuntimeError for integers and for a negative length."""
    dtype = dtype or get_default_dtype()
    if not (dtype.is_floating_point or dtype.is_complex):
        raise RuntimeError(f"{name} expects floating point dtypes, got: torch.{dtype.scalar_name}Tensor")
    if n < 0:
        raise RuntimeError(f"{name} requires non-negative window_length, got window_length={n}")
    return dtype


def _window(name, n, periodic, dtype, device, shape):
    """`shape(ramp, last)` over 0, 1, …, last, the last point left out where the window is one period."""
    dtype = _checked(name, n, dtype)
    if n <= 1:
        return OPS["full"]((n,), 1.0, dtype=dtype, device=device)
    points = n + 1 if periodic else n
    made = shape(OPS["arange.start_step"](0, points, dtype=dtype, device=device), points - 1)
    return made.narrow(0, 0, n) if periodic else made


@bartlett.decompose
def _(window_length, periodic, dtype, device):
    return _window("bartlett_window", window_length, periodic, dtype, device, lambda x, last: 1 - (x * (2 / last) - 1).abs())


@blackman.decompose
def _(window_length, periodic, dtype, device):
    def shape(x, last):
        angle = x * (pi / last)
        return (angle * 4).cos() * 0.08 - (angle * 2).cos() * 0.5 + 0.42

    return _window("blackman_window", window_length, periodic, dtype, device, shape)


@hamming.decompose
def _(window_length, periodic, alpha, beta, dtype, device):
    return _window(
        "hamming_window", window_length, periodic, dtype, device, lambda x, last: (x * (2 * pi / last)).cos() * -beta + alpha
    )


@kaiser.decompose
def _(window_length, periodic, beta, dtype, device):
    def shape(x, last):
        ratio = (x - last / 2) / (last / 2)
        top = OPS["full"]((), beta, dtype=x.dtype, device=x.device).i0()
        return (beta * (1 - ratio * ratio).sqrt()).i0() / top

    return _window("kaiser_window", window_length, periodic, dtype, device, shape)


def _finished(t, requires_grad):
    return t.requires_grad_() if requires_grad else t


def _dense(name, layout):
    if layout not in (None, strided):
        raise RuntimeError(f"{name} is not implemented for sparse types, got: {layout}")


@binding("bartlett_window", method=False)
def bartlett_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    """A triangle from 0 to 1 and back."""
    _dense("bartlett_window", layout)
    return _finished(bartlett(window_length, periodic, dtype=dtype, device=device), requires_grad)


@binding("blackman_window", method=False)
def blackman_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    """0.42 - 0.5 cos + 0.08 cos of twice the angle."""
    _dense("blackman_window", layout)
    return _finished(blackman(window_length, periodic, dtype=dtype, device=device), requires_grad)


@binding("hamming_window", method=False)
def hamming_window(
    window_length,
    periodic=True,
    alpha=0.54,
    beta=0.46,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
):
    """alpha - beta cos."""
    _dense("hamming_window", layout)
    return _finished(hamming(window_length, periodic, alpha, beta, dtype=dtype, device=device), requires_grad)


@binding("hann_window", method=False)
def hann_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    """Half of 1 - cos."""
    _dense("hann_window", layout)
    _checked("hann_window", window_length, dtype)
    return _finished(hamming(window_length, periodic, 0.5, 0.5, dtype=dtype, device=device), requires_grad)


@binding("kaiser_window", method=False)
def kaiser_window(
    window_length, periodic=True, beta=12.0, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False
):
    """Modified Bessel function of a half circle; beta sets how narrow."""
    _dense("kaiser_window", layout)
    return _finished(kaiser(window_length, periodic, beta, dtype=dtype, device=device), requires_grad)


# -- torch.signal.windows ------------------------------------------------------------------------------------------------------


def _points(M, sym):
    """How many steps the window's period has."""
    return M - 1 if sym or M <= 1 else M


def _signal(name, wide_is_one=True):
    """Decorator: `compute(M, sym, line, **parameters)` as `torch.signal.windows.<name>`, with its checks.

    `line(start, stop)` is the ramp.
    """

    def attach(compute):
        def window(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False, **parameters):
            kind = dtype or get_default_dtype()
            if M < 0:
                raise ValueError(f"{name} requires non-negative window length, got M={M}")
            if layout not in (None, strided):
                raise ValueError(f"{name} is implemented for strided tensors only, got: {layout}")
            if kind.name not in ("float32", "float64"):
                raise ValueError(f"{name} expects float32 or float64 dtypes, got: {kind}")

            def line(start, stop):
                return OPS["linspace"](start, stop, M, dtype=kind, device=device)

            if M == 0 or (M == 1 and wide_is_one):
                return _finished(OPS["full"]((M,), 1.0, dtype=kind, device=device), requires_grad)
            return _finished(compute(M, sym, line, **parameters), requires_grad)

        window.__name__ = window.__qualname__ = name
        window.__doc__ = (
            f"{compute.__doc__} `sym` False leaves out the last point of a period. Source: torch.signal.windows.{name}."
        )
        binding(f"signal.windows.{name}", method=False)(window)
        return window

    return attach


@_signal("exponential", wide_is_one=False)
def exponential(M, sym, line, center=None, tau=1.0):
    """exp(-|n - center| / tau)."""
    if tau <= 0:
        raise ValueError(f"Tau must be positive, got: {tau} instead.")
    if sym and center is not None:
        raise ValueError("Center must be None for symmetric windows")
    middle = _points(M, sym) / 2 if center is None else center
    return (-line(-middle / tau, (M - 1 - middle) / tau).abs()).exp()


@_signal("cosine", wide_is_one=False)
def cosine(M, sym, line):
    """Half a sine wave."""
    step = pi / (M + 1 if not sym and M > 1 else M)
    return line(0.5 * step, (M - 0.5) * step).sin()


@_signal("gaussian", wide_is_one=False)
def gaussian(M, sym, line, std=1.0):
    """A bell of standard deviation `std`."""
    if std <= 0:
        raise ValueError(f"Standard deviation must be positive, got: {std} instead.")
    start, scale = -_points(M, sym) / 2, 1 / (std * sqrt(2))
    ramp = line(start * scale, (start + M - 1) * scale)
    return (-(ramp * ramp)).exp()


@_signal("kaiser")
def kaiser_signal(M, sym, line, beta=12.0):
    """Modified Bessel function of a half circle."""
    if beta < 0:
        raise ValueError(f"beta must be non-negative, got: {beta} instead.")
    ramp = line(-beta, min(beta, -beta + (M - 1) * 2 * beta / _points(M, sym)))
    top = OPS["full"]((), float(beta), dtype=ramp.dtype, device=ramp.device)
    return (beta * beta - ramp * ramp).sqrt().i0() / top.i0()


@_signal("bartlett")
def bartlett_signal(M, sym, line):
    """A triangle."""
    return 1 - line(-1, -1 + (M - 1) * 2 / _points(M, sym)).abs()


def _cosines(M, sym, line, weights):
    """Weighted cosines of 0, 1, 2, … times the angle, their signs alternating."""
    ramp = line(0, (M - 1) * 2 * pi / _points(M, sym))
    terms = [(ramp * i).cos() * (weight if i % 2 == 0 else -weight) for i, weight in enumerate(weights)]
    return sum(terms[1:], start=terms[0])


@_signal("general_cosine")
def general_cosine(M, sym, line, a):
    """Weighted cosines of multiples of the angle, their signs alternating."""
    if not isinstance(a, (list, tuple)):
        raise TypeError("Coefficients must be a list/tuple")
    if not a:
        raise ValueError("Coefficients cannot be empty")
    return _cosines(M, sym, line, a)


@_signal("general_hamming")
def general_hamming(M, sym, line, alpha=0.54):
    """alpha - (1 - alpha) cos."""
    return _cosines(M, sym, line, [alpha, 1.0 - alpha])


@_signal("hamming")
def hamming_signal(M, sym, line):
    """0.54 - 0.46 cos."""
    return _cosines(M, sym, line, [0.54, 0.46])


@_signal("hann")
def hann_signal(M, sym, line):
    """Half of 1 - cos."""
    return _cosines(M, sym, line, [0.5, 0.5])


@_signal("blackman")
def blackman_signal(M, sym, line):
    """0.42 - 0.5 cos + 0.08 cos of twice the angle."""
    return _cosines(M, sym, line, [0.42, 0.5, 0.08])


@_signal("nuttall")
def nuttall(M, sym, line):
    """Four cosines with the lowest side lobes."""
    return _cosines(M, sym, line, [0.3635819, 0.4891775, 0.1365995, 0.0106411])
