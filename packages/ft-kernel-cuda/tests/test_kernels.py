"""Every kernel of the table: its text compiles for a device, and run on the host it gives NumPy's answer.

SAMPLES has a call and the expected result for each entry; a kernel without one fails `test_every_kernel_has_a_sample`.
"""

import math

import numpy as np
import pytest

from ft_kernel_cuda import nvrtc, table
from ft_kernel_cuda.cast import cast
from ft_kernel_cuda.random import Philox
from ft_kernel_cuda.source import STORAGE, specialised
from ft_kernel_cuda.unary import _PLAIN

rng = np.random.default_rng(0)
X = rng.standard_normal((3, 4)).astype(np.float32)
Y = rng.standard_normal((3, 4)).astype(np.float32)
Z = rng.standard_normal((4,)).astype(np.float32)
POSITIVE = np.abs(X) + np.float32(0.25)
SMALL = np.clip(X / 4, -0.9, 0.9)
I = rng.integers(-9, 9, (3, 4))
J = rng.integers(1, 7, (3, 4))
COMPLEX = (X + 1j * Y).astype(np.complex64)
SPECIAL = np.array([0.0, -0.0, 1.5, -2.5, np.inf, -np.inf, np.nan], np.float32)
PLACES = np.array([[0, 1, 2, -1], [3, 0, 0, 1]])
F32, F64, I64 = "torch.float32", "torch.float64", "torch.int64"

erf = np.vectorize(math.erf, otypes=[np.float64])
erfc = np.vectorize(math.erfc, otypes=[np.float64])
lgamma = np.vectorize(math.lgamma, otypes=[np.float64])
OTHER_NAMES = {
    "acos": np.arccos,
    "asin": np.arcsin,
    "atan": np.arctan,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
}
OTHER_NAMES |= {"erf": erf, "erfc": erfc, "lgamma": lgamma}
DOMAIN = {"log": POSITIVE, "log2": POSITIVE, "log10": POSITIVE, "sqrt": POSITIVE, "lgamma": POSITIVE, "acosh": POSITIVE + 1}
DOMAIN |= {"acos": SMALL, "asin": SMALL, "atanh": SMALL, "log1p": SMALL}


def _inverse_erf(y):
    x = 0.0
    for _ in range(60):
        x -= (math.erf(x) - y) / (2 / math.sqrt(math.pi) * math.exp(-x * x))
    return x


def _gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def sigmoid(x):
    return 1 / (1 + np.exp(-x.astype(np.float64)))


def softmax(x):
    e = np.exp(x.astype(np.float64) - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


ROWS = np.array([[0, 1, 2, -1], [1, 0, 0, 1]])  # for dim 0 of (3, 4): in each column the two differ


def scatter_reference(x, source, add):
    out = x.copy()
    for i in range(2):
        for j in range(4):
            out[ROWS[i, j], j] = source[i, j] + (out[ROWS[i, j], j] if add else 0)
    return out


def put(x, values, add):
    out = x.copy()
    (np.add.at(out, (np.array([0, 0, 2]), np.array([1, 1, 3])), values)) if add else out.__setitem__(([0, 0, 2], [1, 1, 3]), values)
    return out


SAMPLES = {name: [((DOMAIN.get(name, X),), OTHER_NAMES.get(name) or getattr(np, name))] for name in _PLAIN.split()}
SAMPLES |= {
    "abs": [((X,), np.abs), ((COMPLEX,), np.abs), ((I,), np.abs)],
    "angle": [((COMPLEX,), np.angle), ((X,), np.angle)],
    "conj_physical": [((COMPLEX,), np.conj)],
    "deg2rad": [((X,), np.deg2rad)],
    "rad2deg": [((X,), np.rad2deg)],
    "erfinv": [((SMALL,), np.vectorize(_inverse_erf))],
    "frac": [((X,), lambda x: x - np.trunc(x))],
    "i0": [((X,), np.i0)],
    "neg": [((X,), np.negative), ((I.astype(np.int8),), np.negative)],
    "reciprocal": [((X,), np.reciprocal), ((COMPLEX,), np.reciprocal)],
    "relu": [((SPECIAL,), lambda x: np.where(np.isnan(x), x, np.maximum(x, 0)))],
    "round": [((np.array([0.5, 1.5, -2.5, 2.4], np.float32),), np.round)],
    "rsqrt": [((POSITIVE,), lambda x: 1 / np.sqrt(x))],
    "sgn": [((SPECIAL,), np.sign)],
    "sigmoid": [((X * 40,), sigmoid)],
    "sign": [((SPECIAL,), np.sign), ((I,), np.sign)],
    "sinc": [((X,), np.sinc)],
    "square": [((X,), np.square)],
    "silu": [((X,), lambda x: x * sigmoid(x))],
    "mish": [((X,), lambda x: x * np.tanh(np.log1p(np.exp(x))))],
    "gelu": [((X, "none"), lambda x, a: 0.5 * x * (1 + erf(x / math.sqrt(2)))), ((X, "tanh"), lambda x, a: _gelu_tanh(x))],
    "leaky_relu": [((X, 0.1), lambda x, s: np.where(x > 0, x, x * s))],
    "sigmoid_backward": [((X, Y), lambda g, y: g * (1 - y) * y)],
    "silu_backward": [((X, Y), lambda g, x: g * sigmoid(x) * (1 + x * (1 - sigmoid(x))))],
    "tanh_backward": [((X, Y), lambda g, y: g * (1 - y * y))],
    "hardtanh": [((X, -0.5, 0.25), np.clip)],
    "softplus": [((X, 2, 1.0), lambda x, b, t: np.where(x * b > t, x, np.log1p(np.exp(x * b)) / b))],
    "threshold": [((X, 0.1, 7), lambda x, t, v: np.where(x <= t, v, x))],
    "threshold_backward": [((X, Y, 0), lambda g, x, t: np.where(x <= t, 0, g))],
    "elu": [((X, 0.5, 2.0, 1.5), lambda x, a, s, i: np.where(x > 0, x * s, np.expm1(x * i) * a * s))],
    "add.Tensor": [
        ((X, Z, 2), lambda a, b, k: a + k * b),
        ((X[:, ::2], 1.5, 1), lambda a, b, k: a + b),
        ((I, J, 3), lambda a, b, k: a + k * b),
        ((COMPLEX, 2, 1j), lambda a, b, k: a + k * b),
        ((I > 0, J > 3, 1), lambda a, b, k: a | b),
    ],
    "sub.Tensor": [((X.T, Y.T, 2), lambda a, b, k: a - k * b)],
    "rsub.Tensor": [((X, Y, 2), lambda a, b, k: b - k * a)],
    "mul.Tensor": [((X, Y), np.multiply), ((COMPLEX, COMPLEX[0]), np.multiply)],
    "div.Tensor": [((X, Y), np.divide), ((COMPLEX, COMPLEX[0]), np.divide)],
    "div.Tensor_mode": [
        ((X, Y, None), lambda a, b, m: a / b),
        ((I, J, "floor"), lambda a, b, m: a // b),
        ((X, Y, "trunc"), lambda a, b, m: np.trunc(a / b)),
    ],
    "floor_divide": [((X, Y), np.floor_divide), ((I, -J), np.floor_divide)],
    "remainder.Tensor": [((X, Y), np.remainder), ((I, -J), np.remainder)],
    "fmod.Tensor": [((X, Y), np.fmod), ((I, J), np.fmod)],
    "pow.Tensor_Tensor": [((POSITIVE, Y), np.power), ((I, J), np.power)],
    "pow.Tensor_Scalar": [((POSITIVE, 2.5), np.power)],
    "pow.Scalar": [((2.5, X), np.power)],
    "atan2": [((X, Y), np.arctan2)],
    "copysign.Tensor": [((X, Y), np.copysign)],
    "hypot": [((X, Y), np.hypot)],
    "nextafter": [((X, Y), np.nextafter)],
    "heaviside": [((SPECIAL, 0.5), np.heaviside)],
    "gcd": [((I, J), np.gcd)],
    "lcm": [((I, J), np.lcm)],
    "logaddexp2": [((X, Y), np.logaddexp2), ((np.array([-np.inf]), np.array([-np.inf])), np.logaddexp2)],
    "logaddexp": [((X, Y), np.logaddexp)],
    "xlogy.Tensor": [((np.array([0, 2], np.float32), np.array([0, 3], np.float32)), lambda a, b: np.array([0, 2 * math.log(3)]))],
    "maximum": [((SPECIAL, SPECIAL[::-1]), np.maximum)],
    "minimum": [((SPECIAL, SPECIAL[::-1]), np.minimum)],
    "clamp_max": [((SPECIAL, 1), np.minimum)],
    "clamp_min": [((SPECIAL, 1), np.maximum)],
    "fmax": [((SPECIAL, SPECIAL[::-1]), np.fmax)],
    "fmin": [((SPECIAL, SPECIAL[::-1]), np.fmin)],
    "lerp.Scalar": [((X, Y, 0.3), lambda a, b, w: a + w * (b - a))],
    "lerp.Tensor": [((X, Y, Z), lambda a, b, w: a + w * (b - a))],
    "clamp.Tensor": [((X, -POSITIVE, POSITIVE / 2), np.clip)],
    "clamp": [((X, -0.5, 0.5), np.clip), ((X, None, 0.5), np.clip), ((X, 0.5, None), np.clip)],
    "addcmul": [((X, Y, Z, 2), lambda a, b, c, v: a + v * b * c)],
    "addcdiv": [((X, Y, Z, 2), lambda a, b, c, v: a + v * b / c)],
    "where.self": [((X > 0, X, Y), np.where), ((X > 0, X, 0.0), np.where)],
    "masked_fill.Scalar": [((X, X > 0, 3), lambda x, m, v: np.where(m, v, x))],
    "masked_fill.Tensor": [((X, X > 0, np.array(3, np.float32)), lambda x, m, v: np.where(m, v, x))],
    "bitwise_not": [((I,), np.invert), ((I > 0,), np.invert)],
    "bitwise_and.Tensor": [((I, J), np.bitwise_and)],
    "bitwise_or.Tensor": [((I, J), np.bitwise_or)],
    "bitwise_xor.Tensor": [((I, J), np.bitwise_xor)],
    "bitwise_left_shift.Tensor": [((I, J), np.left_shift)],
    "bitwise_right_shift.Tensor": [((I, J), np.right_shift), ((np.array([-4, 4]), 80), lambda a, n: np.array([-1, 0]))],
    "logical_and": [((I, J - 1), np.logical_and)],
    "logical_or": [((I, J - 1), np.logical_or)],
    "logical_xor": [((X, 0), np.logical_xor)],
    "logical_not": [((I,), np.logical_not), ((COMPLEX,), np.logical_not)],
    "signbit": [((SPECIAL[:-1],), np.signbit), ((I,), np.signbit)],
    "sum": [((X, None), lambda x, d: x.sum()), ((I > 0, None), lambda x, d: x.sum()), ((COMPLEX, None), lambda x, d: x.sum())],
    "sum.dim_IntList": [
        ((X, (0,), True, None), lambda x, a, k, d: x.sum(a, keepdims=k)),
        ((X[:, :0], (1,), False, None), lambda x, a, k, d: x.sum(1)),
    ],
    "mean": [((X, None), lambda x, d: x.mean())],
    "mean.dim": [((X.T, (1,), False, F64), lambda x, a, k, d: x.astype(np.float64).mean(1))],
    "prod": [((X, None), lambda x, d: x.prod())],
    "prod.dim_int": [((J, 1, False, None), lambda x, a, k, d: x.prod(a))],
    "amax": [((X, (0, 1), False), lambda x, a, k: x.max()), ((SPECIAL, (0,), True), lambda x, a, k: x.max(keepdims=True))],
    "amin": [((X, (1,), True), lambda x, a, k: x.min(1, keepdims=True))],
    "max": [((I,), np.max)],
    "min": [((X,), np.min)],
    "max.dim": [((I, 1, True), lambda x, a, k: (x.max(1, keepdims=True), x.argmax(1)[:, None]))],
    "min.dim": [((SPECIAL, 0, False), lambda x, a, k: (np.float32(np.nan), np.int64(6)))],
    "argmax": [((np.array([1, 3, 3, 0]), None, False), lambda x, a, k: 1), ((X, 0, False), lambda x, a, k: x.argmax(0))],
    "argmin": [((SPECIAL, None, True), lambda x, a, k: np.array([6])), ((X, 1, True), lambda x, a, k: x.argmin(1)[:, None])],
    "all": [((X,), np.all)],
    "all.dim": [((I, 1, False), lambda x, a, k: x.all(a))],
    "all.dims": [((I, (0, 1), True), lambda x, a, k: x.all(a, keepdims=k))],
    "any": [((COMPLEX,), np.any)],
    "any.dim": [((I > 7, 0, False), lambda x, a, k: x.any(a))],
    "any.dims": [((I > 7, (), False), lambda x, a, k: x.any())],
    "_softmax": [((X, 1, False), lambda x, a, h: softmax(x)), ((X.T, 0, False), lambda x, a, h: softmax(x.T).T)],
    "_log_softmax": [((X * 30, -1, False), lambda x, a, h: np.log(softmax(x)))],
    "_softmax_backward_data": [((X, Y, 1, F32), lambda g, y, a, d: (g - (g * y).sum(1, keepdims=True)) * y)],
    "_log_softmax_backward_data": [((X, Y, 1, F32), lambda g, y, a, d: g - np.exp(y) * g.sum(1, keepdims=True))],
    "copy": [
        ((X, Z, False), lambda x, s, n: np.broadcast_to(s, x.shape)),
        ((I, COMPLEX, False), lambda x, s, n: s.real.astype(np.int64)),
    ],
    "cumsum": [((X, 1, None), lambda x, a, d: x.cumsum(a)), ((I > 0, 0, None), lambda x, a, d: x.cumsum(a))],
    "cumprod": [((X.T, -1, F64), lambda x, a, d: x.astype(np.float64).cumprod(a))],
    "clone": [((X.T[::-1], None), lambda x, f: x)],
    "_to_copy": [
        ((X, I64), lambda x, d: x.astype(np.int64)),
        ((I, F64), lambda x, d: x.astype(np.float64)),
        ((COMPLEX, F32), lambda x, d: x.real),
    ],
    "full": [(((2, 3), 7, I64), lambda s, v, d: np.full(s, v)), (((2,), True, "torch.bool"), lambda s, v, d: np.full(s, v))],
    "zeros": [(((2, 0), None), lambda s, d: np.zeros(s, np.float32))],
    "ones": [(((), "torch.float16"), lambda s, d: np.ones(s, np.float16))],
    "fill.Scalar": [((COMPLEX, 2), np.full_like)],
    "fill.Tensor": [((X, np.array(2, np.float32)), np.full_like)],
    "arange.start_step": [
        ((2, 11, 3, None), lambda a, b, s, d: np.arange(a, b, s)),
        ((1.0, 0, -0.25, None), lambda a, b, s, d: np.arange(a, b, s).astype(np.float32)),
    ],
    "linspace": [
        ((-1, 2, 7, None), lambda a, b, n, d: np.linspace(a, b, n).astype(np.float32)),
        ((3, 4, 1, F64), lambda a, b, n, d: np.array([3.0])),
    ],
    "eye.m": [((3, 4, None), lambda n, m, d: np.eye(n, m, dtype=np.float32))],
    "tril": [((X, 1), np.tril), ((np.stack([I, J]), -1), np.tril)],
    "triu": [((X, -1), np.triu)],
    "cat": [(([X, np.empty(0, np.float32), Y.T.reshape(3, 4)], 1), lambda t, d: np.concatenate([t[0], t[2]], 1))],
    "flip": [((X, (0, -1)), np.flip)],
    "roll": [((X, (1, -6), (0, 1)), np.roll), ((I, (5,), ()), lambda x, s, d: np.roll(x, 5))],
    "repeat": [((X, (2, 1, 3)), np.tile)],
    "constant_pad_nd": [((X, (1, 2, -1, 0), 5), lambda x, p, v: np.pad(x[1:], ((0, 0), (1, 2)), constant_values=v))],
    "gather": [
        ((X, 1, PLACES), lambda x, d, i: np.take_along_axis(x[:2], i, 1)),
        ((np.array(5.0), 0, np.array(0)), lambda x, d, i: x),
    ],
    "scatter.src": [((X, 0, ROWS, Y), lambda x, d, i, s: scatter_reference(x, s, False))],
    "scatter.value": [((X, 0, ROWS, 9), lambda x, d, i, s: scatter_reference(x, np.full((2, 4), 9), False))],
    "scatter_add": [((X, 0, ROWS * 0, Y), lambda x, d, i, s: x + np.array([[1], [0], [0]]) * s[:2].sum(0))],
    "index_select": [((X, 1, np.array([3, -4, 3])), lambda x, d, i: x[:, i])],
    "index_add": [((X, 0, np.array([1, 1]), Y[:2], 2), lambda x, d, i, s, k: x + 2 * np.array([[0], [1], [0]]) * s.sum(0))],
    "embedding": [((X, np.array([[0, 2], [1, 1]], np.int32)), lambda w, i: w[i])],
    "index.Tensor": [
        ((X, [np.array([0, -1]), np.array([1, 2])]), lambda x, i: x[tuple(i)]),
        ((X, [None, np.array([[0], [3]])]), lambda x, i: x[:, i[1]]),
        ((X, [X > 0]), lambda x, i: x[i[0]]),
        ((np.stack([X, Y]), [np.array([1]), None, np.array([0, 1])]), lambda x, i: x[i[0], :, i[2]]),
    ],
    "index_put": [
        ((X, [np.array([0, 0, 2]), np.array([1, 1, 3])], np.ones(3, np.float32), True), lambda x, i, v, a: put(x, v, a)),
        ((I, [I > 2], np.array(7), False), lambda x, i, v, a: np.where(x > 2, 7, x)),
    ],
    "nonzero": [((I,), np.argwhere)],
    "mm": [((X, Y.T), np.matmul)],
    "bmm": [((np.stack([X, Y]), np.stack([Y.T, X.T])), np.matmul)],
    "mv": [((X, Z), np.matmul)],
    "dot": [((Z, Z), np.dot)],
    "addmm": [
        ((Z[:3], X, Y.T, 2, 3), lambda c, a, b, beta, alpha: 2 * c + 3 * (a @ b)),
        ((Z[:3] * np.nan, X, Y.T, 0, 1), lambda c, a, b, *_: a @ b),
    ],
    "baddbmm": [((Z[:3], X[None], Y.T[None], 1, 1), lambda c, a, b, *_: c + a @ b)],
    "addmv": [((Z[:3], X, Z, 1, 2), lambda c, a, b, *_: c + 2 * (a @ b))],
}
for _name, _op in {
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}.items():
    SAMPLES[f"{_name}.Tensor"] = [((SPECIAL, SPECIAL[::-1].copy()), _op), ((I, 2), _op)]
for _name, _op in {
    "isnan": np.isnan,
    "isinf": np.isinf,
    "isfinite": np.isfinite,
    "isposinf": np.isposinf,
    "isneginf": np.isneginf,
}.items():
    SAMPLES[_name] = [((SPECIAL,), _op)]

DRAWS = {
    "uniform": ((-1.0, 3.0), lambda x: ((x >= -1) & (x < 3)).all() and abs(x.mean() - 1) < 0.1),
    "normal_functional": ((1.0, 2.0), lambda x: abs(x.mean() - 1) < 0.15 and abs(x.std() - 2) < 0.15),
    "bernoulli.p": ((0.25,), lambda x: set(np.unique(x)) == {0, 1} and abs(x.mean() - 0.25) < 0.05),
    "exponential": ((2.0,), lambda x: (x > 0).all() and abs(x.mean() - 0.5) < 0.05),
    "random.from": ((-2, 4), lambda x: set(np.unique(x)) == {-2, -1, 0, 1, 2, 3}),
}


def call(name, args, out=None):
    return table[name].fn(*args, out=out)


def same(got, expected, name):
    expected = np.asarray(expected)
    assert got.shape == expected.shape, name
    exact = got.dtype.kind in "biu"
    np.testing.assert_allclose(got, expected, rtol=0 if exact else 3e-6, atol=0 if exact else 3e-7, err_msg=name)


@pytest.fixture
def built(host):
    """The host machine with the kernels of all samples, compiled in one go."""
    with host.collecting() as units:
        for name, calls in SAMPLES.items():
            for args, _ in calls:
                call(name, args)
    missing = {unit: entry for unit, entry in units.items() if unit not in host.loaded}
    if missing:
        host.build(missing)
    return host


def test_every_kernel_has_a_sample():
    assert set(table) == set(SAMPLES) | set(DRAWS) | {"native_dropout", "empty.memory_format"}


@pytest.mark.slow
def test_kernels_give_numpys_answers(built):
    with np.errstate(all="ignore"):
        for name, calls in SAMPLES.items():
            for args, reference in calls:
                expected, got = reference(*args), call(name, args)
                for g, e in zip(got, expected, strict=True) if isinstance(got, tuple) else [(got, expected)]:
                    same(g, e, name)


@pytest.mark.slow
def test_kernels_write_into_a_strided_destination(built):
    with np.errstate(all="ignore"):
        for name, calls in SAMPLES.items():
            args = calls[0][0]
            expected = call(name, args)
            if isinstance(expected, tuple) or not table[name].out or expected.ndim == 0:
                continue
            out = np.zeros((*expected.shape, 2), expected.dtype)[..., 0]
            assert call(name, args, out) is out, name
            np.testing.assert_array_equal(out, expected, err_msg=name)


@pytest.mark.slow
def test_every_launch_compiles_for_sm_90(noting):
    if nvrtc.library() is None:
        pytest.skip(nvrtc.MISSING)
    with np.errstate(all="ignore"):
        for name, calls in SAMPLES.items():
            for args, _ in calls:
                call(name, args)
        for name, (args, _) in DRAWS.items():
            for dtype in (np.float32, np.float64):
                call(name, (np.empty(5, dtype), *args, Philox()))
        call("native_dropout", (X, 0.5, True))
        for source in STORAGE:
            for target in STORAGE:
                raw = {"bfloat16": "uint16", "float8_e4m3fn": "uint8", "float8_e5m2": "uint8"}.get(source, source)
                cast(np.zeros(2, raw), source, target)
        for entry in (e for e in table.values() if e.native is not None and e.native.result == "same"):
            names = ["bfloat16"] * entry.native.arity
            if entry.name not in INTEGER_ONLY:
                entry.native.typed([np.zeros(2, np.uint16)] * entry.native.arity, names, None, "bfloat16")
    for file, macros in noting.noted:
        assert nvrtc.compile_text(specialised(file, macros), "sm_90")[:4] == b"\x7fELF", (file, macros)


INTEGER_ONLY = {"gcd", "lcm", "bitwise_not", *(f"bitwise_{w}.Tensor" for w in ("and", "or", "xor", "left_shift", "right_shift"))}


@pytest.mark.parametrize("name", sorted(DRAWS))
def test_draws_have_their_distribution_and_move_on(host, name):
    args, holds = DRAWS[name]
    state = Philox(7)
    first, second = (call(name, (np.empty((40, 60), np.float32), *args, state)) for _ in range(2))
    assert holds(first)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(call(name, (np.empty((40, 60), np.float32), *args, Philox(7))), first)


def test_dropout_scales_what_it_keeps(host):
    x = np.ones((50, 40), np.float32)
    made, mask = call("native_dropout", (x, 0.2, True))
    np.testing.assert_allclose(made, mask / np.float32(0.8), rtol=1e-6)
    assert abs(mask.mean() - 0.8) < 0.04
    kept, everything = call("native_dropout", (x, 0.2, False))
    assert everything.all()
    np.testing.assert_array_equal(kept, x)


def test_empty_has_the_shape_and_dtype_asked_for(host):
    made = call("empty.memory_format", ((2, 3), "torch.bfloat16"))
    assert (made.shape, made.dtype) == ((2, 3), np.uint16)
