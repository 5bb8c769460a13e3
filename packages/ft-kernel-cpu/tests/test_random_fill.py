"""Random fills: torch's numbers, bit for bit, and torch's place in the stream afterwards.

`CASES` is the table: a fill, its arguments, torch's method and the dtypes. `random_recorded.json` holds digests of what torch
2.13 gives for each, so that most of this runs without torch; float64 fills whose last bit is the C library's are compared with
torch only.
"""

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from ft_core.generator import Generator
from ft_kernel_cpu import random_fill as fill
from ft_kernel_cpu.random_choice import _shuffled, _swapped
from ft_kernel_cpu.random_words import libm, multiply_add

FLOATS = ("float32", "float64", "bfloat16", "float16")
INTS = ("int64", "int32", "int16", "int8", "uint8")
SIZES = (0, 1, 2, 7, 15, 16, 17, 31, 1000, 1003)


@dataclass(frozen=True)
class Case:
    """One fill beside the method of a torch Tensor that it equals, called with the same arguments."""

    fill: str
    method: str
    args: tuple = ()
    dtypes: tuple[str, ...] = FLOATS
    words: dict[str, int] | int = 2  # 32-bit words an element
    libm: bool = False  # float64 results are the C library's

    def __str__(self):
        return "-".join([self.fill, *map(str, self.args)])


CASES = [
    Case("uniform", "uniform_", words={"float64": 2}),
    Case("uniform", "uniform_", (-0.3, 0.7), words={"float64": 2}),
    Case("uniform", "uniform_", (0.0, 0.7), words={"float64": 2}),
    Case("uniform", "uniform_", (3.0, 4.0), words={"float64": 2}),
    Case("uniform", "uniform_", (2.0, 2.0), words={"float64": 2}),
    Case("random", "random_", dtypes=(*FLOATS, *INTS, "bool"), words={"float64": 2, "int64": 2}),
    Case("randint", "random_", (3, 99), (*FLOATS, *INTS), words=1),
    Case("randint", "random_", (-64, 64), INTS[:-1], words=1),
    Case("randint", "random_", (0, 1 << 28), ("int64", "int32"), words=2),
    Case("randint", "random_", (-5, (1 << 40) + 7), ("int64", "float64"), words=2),
    Case("randint", "random_", (-(2**63), 2**63 - 1), ("int64",), words=2),
    Case("random_full_range", "random_", (-(2**63), None), ("int64", "float64", "float32", "bfloat16")),
    Case("bernoulli", "bernoulli_", (0.3,), (*FLOATS, *INTS, "bool")),
    Case("bernoulli", "bernoulli_", (0.0,)),
    Case("bernoulli", "bernoulli_", (1.0,)),
    Case("exponential", "exponential_", (1.7,), libm=True),
    Case("cauchy", "cauchy_", (0.5, 1.7), libm=True),
    Case("geometric", "geometric_", (0.3,), (*FLOATS, *INTS)),
    Case("log_normal", "log_normal_", (0.5, 0.7), libm=True),
    Case("normal", "normal_", libm=True),
    Case("normal", "normal_", (2.0, 0.7), libm=True),
    Case("normal", "normal_", (0.0, 0.02), libm=True),
    Case("normal", "normal_", (1.0, 0.0), libm=True),
]

ROWS = [pytest.param(case, dtype, id=f"{case}-{dtype}") for case in CASES for dtype in case.dtypes]
RECORDABLE = [row for row in ROWS if not (row.values[0].libm and row.values[1] == "float64")]


def numpy_dtype(name):
    return np.dtype(ml_dtypes.bfloat16 if name == "bfloat16" else name)


def ours(case, dtype, size, generator):
    out = np.empty(size, numpy_dtype(dtype))
    args = case.args
    if case.fill == "random_full_range":
        args = ()
    assert getattr(fill, case.fill)(generator, out, *args) is out
    return out


def digest(*arrays):
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()[:16]


RECORDED = json.loads(Path(__file__).with_name("random_recorded.json").read_text())["digests"]


@pytest.fixture(autouse=True)
def quiet():
    """Kernels run with NumPy's warnings off (log(0), casts of infinity), and so do these."""
    with np.errstate(all="ignore"):
        yield


@pytest.mark.parametrize(("case", "dtype"), RECORDABLE)
def test_fill_gives_the_recorded_numbers(case, dtype):
    generator = Generator().manual_seed(42)
    arrays = [ours(case, dtype, size, generator) for size in (1003, 7, 16)]
    assert digest(*arrays, generator.get_state_bytes()) == RECORDED[f"{case}-{dtype}"]


@pytest.mark.parametrize(("case", "dtype"), [row for row in ROWS if not row.values[0].fill.endswith("normal")])
@pytest.mark.parametrize("engine", ["mt19937", "xoshiro256++"])
def test_fill_takes_the_words_it_states(case, dtype, engine):
    each = case.words.get(dtype, 1) if isinstance(case.words, dict) else case.words
    generator, counter = Generator(engine=engine).manual_seed(3), Generator(engine=engine).manual_seed(3)
    ours(case, dtype, 1003, generator)
    counter.words32(1003 * each)
    assert np.array_equal(generator.words32(64), counter.words32(64))


@pytest.mark.parametrize(
    ("dtype", "size", "words"),
    [
        ("float32", 16, 16), ("float32", 1003, 1003 + 16), ("float64", 1003, 2 * 1003 + 32), ("bfloat16", 1003, 992 + 16),
        ("float16", 32, 32), ("float32", 15, 32), ("float64", 7, 16),
    ],
)  # fmt: skip
def test_normal_takes_the_words_it_states(dtype, size, words):
    generator, counter = Generator().manual_seed(3), Generator().manual_seed(3)
    fill.normal(generator, np.empty(size, numpy_dtype(dtype)))
    counter.words32(words)
    assert np.array_equal(generator.words32(64), counter.words32(64))


def test_normal_keeps_the_sine_for_the_next_call():
    at_once = fill.normal(Generator().manual_seed(5), np.empty(6))
    generator = Generator().manual_seed(5)
    assert generator.normal is None
    first = fill.normal(generator, np.empty(3))
    assert generator.normal == at_once[3]
    assert np.array_equal(np.concatenate([first, fill.normal(generator, np.empty(3))]), at_once)
    assert generator.normal is None


def test_normal_of_nothing_leaves_the_cached_sine():
    generator = Generator().manual_seed(5)
    generator.normal = 0.5
    fill.normal(generator, np.empty(0))
    assert generator.normal == 0.5


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("engine", ["mt19937", "xoshiro256++"])
def test_normal_has_its_moments(dtype, engine):
    draws = fill.normal(Generator(engine=engine).manual_seed(1), np.empty(200_000, numpy_dtype(dtype)), 1.0, 2.0).astype(np.float64)
    error = 2.0 / math.sqrt(draws.size)
    assert abs(draws.mean() - 1.0) < 4 * error
    assert abs(draws.std() - 2.0) < 4 * error


def test_blocks_do_not_show():
    """More elements than one cache block: equal to the draws of a generator that was asked in one piece."""
    whole = Generator().manual_seed(2).words32(100_000, 24).astype(np.float32) * np.float32(2.0**-24)
    assert np.array_equal(fill.uniform(Generator().manual_seed(2), np.empty(100_000, np.float32)), whole)


def test_bernoulli_tensor_broadcasts_and_compares_in_its_own_precision():
    p = np.linspace(0, 1, 5, dtype=np.float32)
    generator, counter = Generator().manual_seed(4), Generator().manual_seed(4)
    coins = fill.bernoulli_tensor(generator, np.empty((1000, 5), np.float32), p)
    draws = counter.words32(5000, 24) * 2.0**-24
    assert np.array_equal(coins, (draws.reshape(1000, 5) < p).astype(np.float32))
    assert (coins[:, 0].max(), coins[:, 4].min()) == (0.0, 1.0)


def test_dropout_mask_scales_what_it_keeps():
    values = fill.dropout_mask(Generator().manual_seed(6), np.empty(5000, np.float32), 0.1)
    kept = fill.dropout_mask(Generator().manual_seed(6), np.empty(5000, np.bool_), 0.1)
    assert np.array_equal(np.unique(values), np.array([0, 1 / np.float32(0.9)], np.float32))
    assert np.array_equal(values != 0, kept)
    assert 0.88 < kept.mean() < 0.92


def test_dropout_mask_of_everything_draws_nothing():
    generator = Generator().manual_seed(6)
    assert not fill.dropout_mask(generator, np.ones(9, np.float32), 1.0).any()
    assert np.array_equal(generator.words32(5), Generator().manual_seed(6).words32(5))


@pytest.mark.parametrize(
    ("size", "start"), [(0, []), (1, [0]), (2, [0, 1]), (10, [2, 6, 1, 8, 4, 5, 0, 9, 3, 7])]
)  # torch.manual_seed(42)
def test_randperm_gives_the_recorded_order(size, start):
    assert fill.randperm(Generator().manual_seed(42), np.empty(size, np.int64)).tolist() == start


@pytest.mark.parametrize("size", [2, 3, 17, 1000, 70_000])
def test_randperm_by_numpys_shuffle_is_the_swaps_in_sequence(size):
    for seed in range(3):
        picks = np.random.default_rng(seed).integers(0, np.arange(size, 1, -1)).astype(np.uint32)
        assert np.array_equal(_shuffled(picks), _swapped(picks))


def test_randperm_of_a_million_is_a_permutation():
    order = fill.randperm(Generator().manual_seed(1), np.empty(10**6, np.int32))
    assert np.array_equal(np.sort(order), np.arange(10**6))
    assert digest(order) == "081236ae70c10b3a"  # of torch.randperm(10**6, dtype=torch.int32), seed 1


def test_multinomial_follows_the_weights():
    weights = np.array([[0.0, 1.0, 3.0], [2.0, 0.0, 2.0]], np.float32)
    drawn = fill.multinomial(Generator().manual_seed(1), np.empty((2, 20_000), np.int64), weights, True)
    shares = np.stack([np.bincount(row, minlength=3) / 20_000 for row in drawn])
    assert np.abs(shares - weights / 4).max() < 0.02
    assert shares[0, 0] == shares[1, 1] == 0


def test_multinomial_without_replacement_draws_each_once():
    drawn = fill.multinomial(Generator().manual_seed(1), np.empty(50, np.int64), np.full(50, 0.5), False)
    assert np.array_equal(np.sort(drawn), np.arange(50))


def test_fill_refuses_a_strided_array_and_draws_nothing():
    generator = Generator().manual_seed(6)
    with pytest.raises(ValueError, match="expected a C-contiguous array"):
        fill.uniform(generator, np.empty((4, 4), np.float32).T[1:])
    assert np.array_equal(generator.words32(5), Generator().manual_seed(6).words32(5))


@pytest.mark.parametrize("name", ["log", "log1p", "sin", "cos", "tan", "exp"])
def test_libm_has_the_librarys_last_bit(name):
    points = np.random.default_rng(0).uniform(0.001, 0.999, 20_000)
    assert np.array_equal(libm(name)(points), [getattr(math, name)(x) for x in points.tolist()])


def test_libm_log_of_zero_is_infinite():
    assert libm("log")(np.array([0.0, 1.0])).tolist() == [-math.inf, 0.0]


@pytest.mark.parametrize(("a", "b"), [(0.7, 2.0), (1.0, 0.3), (0.3, 0.0), (-1e-9, 1.0), (1e9, -1.0)])
def test_multiply_add_rounds_once(a, b):
    from fractions import Fraction

    x = np.random.default_rng(0).normal(size=2000)
    exact = [float(Fraction(v) * Fraction(a) + Fraction(b)) for v in x.tolist()]
    assert np.array_equal(multiply_add(x.copy(), a, b), exact)


# --- beside torch ---


def theirs(call, dtype, size, generator):
    import torch

    tensor = torch.empty(size, dtype=getattr(torch, dtype))
    tensor = call(tensor, generator)
    return tensor.clone(memory_format=torch.contiguous_format)


def assert_same(tensor, array, torch_generator, generator):
    import torch

    bits = tensor.reshape(-1).view(torch.uint8).numpy()
    assert np.array_equal(bits, array.reshape(-1).view(np.uint8))
    assert np.array_equal(torch_generator.get_state().numpy(), generator.get_state_bytes())


def both(seed):
    import torch

    return torch.Generator().manual_seed(seed), Generator().manual_seed(seed)


@pytest.mark.oracle
@pytest.mark.parametrize(("case", "dtype"), ROWS)
def test_fill_equals_torch(case, dtype):
    for seed in (0, 1, 42, 123456789012):
        torch_generator, generator = both(seed)
        for size in SIZES:
            expected = theirs(lambda t, g: getattr(t, case.method)(*case.args, generator=g), dtype, size, torch_generator)
            assert_same(expected, ours(case, dtype, size, generator), torch_generator, generator)


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", FLOATS)
def test_normal_in_pairs_equals_torch_on_strided_tensors(dtype):
    torch_generator, generator = both(3)
    for size in (1, 16, 33, 40_001):
        expected = theirs(lambda t, g: t[:, 0].normal_(1.0, 0.3, generator=g), dtype, (size, 2), torch_generator)
        out = np.empty(size, numpy_dtype(dtype))
        assert_same(expected, fill.normal(generator, out, 1.0, 0.3, blocks=False), torch_generator, generator)


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_normal_equals_torch_over_many_draws(dtype):
    torch_generator, generator = both(9)
    for mean, std in ((0.0, 1.0), (1.0, 0.3)):
        expected = theirs(lambda t, g, m=mean, s=std: t.normal_(m, s, generator=g), dtype, 400_003, torch_generator)
        assert_same(expected, fill.normal(generator, np.empty(400_003, dtype), mean, std), torch_generator, generator)


@pytest.mark.oracle
@pytest.mark.parametrize("p_dtype", FLOATS)
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int64", "bool"])
def test_bernoulli_tensor_equals_torch(dtype, p_dtype):
    import torch

    torch_generator, generator = both(3)
    for size in SIZES:
        p = torch.rand(size, dtype=getattr(torch, p_dtype), generator=torch.Generator().manual_seed(size))
        chances = p.view(torch.uint8).numpy().view(numpy_dtype(p_dtype))
        expected = theirs(lambda t, g, p=p: t.bernoulli_(p, generator=g), dtype, size, torch_generator)
        assert_same(
            expected, fill.bernoulli_tensor(generator, np.empty(size, numpy_dtype(dtype)), chances), torch_generator, generator
        )


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("p", [0.1, 0.5, 1.0])
def test_dropout_mask_equals_torch(dtype, p):
    import torch

    generator = Generator().manual_seed(3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        expected = torch.nn.functional.dropout(torch.ones(1003, dtype=getattr(torch, dtype)), p)
        assert_same(
            expected, fill.dropout_mask(generator, np.empty(1003, numpy_dtype(dtype)), p), torch.default_generator, generator
        )


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", ["int64", "int32", "float32"])
def test_randperm_equals_torch(dtype):
    import torch

    torch_generator, generator = both(3)
    for size in (*SIZES, 511, 512, 65_536, 65_537, 200_000):
        expected = torch.randperm(size, dtype=getattr(torch, dtype), generator=torch_generator)
        assert_same(expected, fill.randperm(generator, np.empty(size, dtype)), torch_generator, generator)


@pytest.mark.oracle
@pytest.mark.parametrize("replacement", [True, False])
@pytest.mark.parametrize("dtype", FLOATS)
def test_multinomial_equals_torch(dtype, replacement):
    import torch

    torch_generator, generator = both(3)
    for categories in (1, 7, 1000):
        weights = torch.rand(3, categories, dtype=getattr(torch, dtype), generator=torch.Generator().manual_seed(1)) + 0.01
        rows = weights.view(torch.uint8).numpy().view(numpy_dtype(dtype))
        # half types tie, and which of two equal ones comes first is torch's selection algorithm's affair
        samples = (1,) if dtype in ("bfloat16", "float16") and not replacement else (1, 5, 40)
        for count in samples:
            if count <= categories or replacement:
                expected = torch.multinomial(weights, count, replacement, generator=torch_generator)
                out = np.empty((3, count), np.int64)
                assert_same(expected, fill.multinomial(generator, out, rows, replacement), torch_generator, generator)
