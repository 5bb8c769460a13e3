"""Generators: torch's seeds, errors and 5056 bytes of state, both engines, and streams that can be cut anywhere."""

import copy
import hashlib
import pickle
import threading

import numpy as np
import pytest

from ft_core.generator import DEFAULT_SEED, ENGINES, Generator, default_generator
from ft_core.random.mt19937 import STATE
from ft_core.random.xoshiro import STATE as XOSHIRO
from ft_core.random.xoshiro import splitmix64

MASK = (1 << 64) - 1


@pytest.fixture(params=sorted(ENGINES))
def generator(request):
    return Generator(engine=request.param).manual_seed(7)


def test_mt19937_has_the_published_stream():
    # source: Matsumoto and Nishimura's mt19937ar, init_genrand(5489); the 10,000th word is in the C++ standard
    words = Generator().manual_seed(5489).words32(10_000)
    assert words.dtype == np.uint32
    assert (words[0], words[-1]) == (3499211612, 4123659995)


def test_splitmix64_has_the_published_stream():
    # source: S. Vigna's splitmix64.c from 1234567
    assert splitmix64(1234567, 3).tolist() == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_xoshiro_lane_follows_the_published_recurrence():
    def rotate(x, by):
        return ((x << by) | (x >> (64 - by))) & MASK

    generator = Generator(engine="xoshiro256++").manual_seed(7)
    lanes = generator._source()._lanes.shape[1]
    draws = generator.words64(6 * lanes)
    for lane in (0, 1, lanes - 1):
        s0, s1, s2, s3 = splitmix64(7, 4 * lanes)[4 * lane : 4 * lane + 4].tolist()
        for step in range(6):
            assert draws[step * lanes + lane] == (rotate((s0 + s3) & MASK, 23) + s0) & MASK
            shifted = (s1 << 17) & MASK
            s2, s3 = s2 ^ s0, s3 ^ s1
            s1, s0 = s1 ^ s2, s0 ^ s3
            s2, s3 = s2 ^ shifted, rotate(s3, 45)


def test_stream_does_not_depend_on_how_it_is_cut(generator):
    whole = copy.deepcopy(generator).words32(20_000)
    cuts = [1, 3, 255, 256, 257, 0, 620, 4091, 5000, 8192]
    pieces = [generator.words32(cut) for cut in cuts]
    assert np.array_equal(np.concatenate(pieces), whole[: sum(cuts)])


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("count", [1, 100, 127, 128, 5000])
@pytest.mark.parametrize("bits", [24, 32, 53, 63, 64])
def test_words64_are_two_words_with_the_first_on_top(generator, before, count, bits):
    generator.words32(before)
    words = copy.deepcopy(generator).words32(2 * count).astype(np.uint64)
    pairs = (words[0::2] << np.uint64(32)) | words[1::2]
    draws = generator.words64(count, bits)
    assert draws.dtype == (np.uint64 if bits == 64 else np.int64)
    assert np.array_equal(draws.astype(np.uint64), pairs & np.uint64((1 << bits) - 1))


@pytest.mark.parametrize("count", [10, 1000])
@pytest.mark.parametrize("bits", [1, 24, 31])
def test_words32_keep_the_low_bits(generator, count, bits):
    words = copy.deepcopy(generator).words32(count)
    cut = generator.words32(count, bits)
    assert cut.dtype == np.int32
    assert np.array_equal(cut.astype(np.uint32), words & np.uint32((1 << bits) - 1))


@pytest.mark.parametrize(("seed", "initial"), [(-1, MASK), (-(2**63), 2**63), (MASK, MASK), (0, 0), (np.int64(4), 4)])
def test_manual_seed_takes_torchs_range(seed, initial):
    generator = Generator()
    assert generator.manual_seed(seed) is generator
    assert generator.initial_seed() == initial
    assert generator.get_state_bytes()[:8].tobytes() == initial.to_bytes(8, "little")


@pytest.mark.parametrize("seed", [2**64, -(2**63) - 1])
def test_manual_seed_refuses_more_than_64_bits(seed):
    with pytest.raises(ValueError, match="Overflow when unpacking long long"):
        Generator().manual_seed(seed)


@pytest.mark.parametrize(("seed", "name"), [(1.5, "float"), (True, "bool"), ("a", "str"), (None, "NoneType")])
def test_manual_seed_refuses_what_is_no_integer(seed, name):
    with pytest.raises(RuntimeError, match=f"manual_seed expected a long, but got {name}"):
        Generator().manual_seed(seed)


def test_manual_seed_forgets_the_cached_normal(generator):
    generator.normal = generator.normal32 = 0.5
    generator.manual_seed(1)
    assert generator.normal is generator.normal32 is None


def test_manual_seed_restarts_the_stream(generator):
    first = generator.words32(1000)
    assert np.array_equal(generator.manual_seed(7).words32(1000), first)
    assert not np.array_equal(generator.manual_seed(8).words32(1000), first)


def test_seed_is_fresh_and_reported(generator):
    seeds = {generator.seed() for _ in range(4)}
    assert len(seeds) == 4
    assert max(seeds) < 2**53
    assert generator.initial_seed() in seeds


def test_default_generator_is_torchs():
    assert default_generator.device.type == "cpu"
    assert Generator().initial_seed() == DEFAULT_SEED == 67280421310721


def test_device_is_normalised_and_meta_refused():
    assert str(Generator("cpu:0").device) == "cpu"
    with pytest.raises(RuntimeError, match="META device type not an accelerator"):
        Generator("meta")


def test_engine_unknown_names_the_engines():
    with pytest.raises(ValueError, match=r"unknown engine 'pcg'; choose one of 'mt19937', 'xoshiro256\+\+'"):
        Generator(engine="pcg")


def test_repr_is_torchs():
    assert repr(Generator()).startswith("<torch._C.Generator object at 0x")


def test_offset_is_refused():
    for call in (Generator().get_offset, lambda: Generator().set_offset(3)):
        with pytest.raises(RuntimeError, match="CPU Generator does not use offset"):
            call()


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, Generator.clone_state, lambda g: pickle.loads(pickle.dumps(g))])
def test_clone_continues_on_its_own(generator, clone):
    generator.words32(1001)
    generator.normal, generator.normal32 = 0.25, -1.5
    other = clone(generator)
    assert (other.engine, other.device, other.initial_seed(), other.normal, other.normal32) == (
        generator.engine,
        generator.device,
        7,
        0.25,
        -1.5,
    )
    expected = generator.words32(5000)
    assert np.array_equal(other.words32(5000), expected)


def test_state_goes_back(generator):
    generator.words32(777)
    state = generator.get_state_bytes()
    expected = generator.words32(3000)
    generator.manual_seed(99)
    assert generator.set_state_bytes(state) is generator
    assert generator.initial_seed() == 7
    assert np.array_equal(generator.words32(3000), expected)


@pytest.mark.parametrize(
    ("drawn", "left", "following"), [(0, 1, 0), (1, 624, 1), (623, 2, 623), (624, 1, 624), (625, 624, 1), (1248, 1, 624)]
)
def test_mt19937_state_counts_as_torch_does(drawn, left, following):
    generator = Generator().manual_seed(7)
    generator.words32(drawn)
    state = generator.get_state_bytes().view(STATE)[0]
    assert (state["left"], state["seeded"], state["next"]) == (left, 1, following)
    assert np.array_equal(Generator().set_state_bytes(generator.get_state_bytes()).words32(9), generator.words32(9))


def test_mt19937_state_is_torchs_to_the_byte():
    generator = Generator().manual_seed(42)
    generator.words32(1000)
    generator.normal = -0.75
    state = generator.get_state_bytes()
    assert (state.dtype, state.size) == (np.uint8, 5056)
    # sha256 of torch 2.13's own get_state() after random_() of 1000 int32, with the cached sample written into it
    assert hashlib.sha256(state.tobytes()).hexdigest() == "a73defba540c89932360e6f423c031b1f8bedadde133406708a0c512499aefbe"


def broken(**fields):
    state = Generator().get_state_bytes().view(STATE)
    for name, value in fields.items():
        state[name] = value
    return state.view(np.uint8)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (np.zeros(10, np.uint8), "Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 10"),
        (np.zeros(5056, np.uint8), "Invalid mt19937 state"),
        (broken(left=0), "Invalid mt19937 state"),
        (broken(left=625), "Invalid mt19937 state"),
        (broken(left=1, next=623), "Invalid mt19937 state"),
        (broken(left=600, next=600), "Invalid mt19937 state"),
        (broken(seeded=0), "Invalid mt19937 state"),
    ],
)
def test_mt19937_state_invalid_is_refused_and_changes_nothing(state, message):
    generator = Generator().manual_seed(3)
    generator.normal = 0.5
    before = generator.get_state_bytes()
    with pytest.raises(RuntimeError, match=message):
        generator.set_state_bytes(state)
    assert np.array_equal(generator.get_state_bytes(), before)


def test_xoshiro_state_is_laid_out_as_documented():
    generator = Generator(engine="xoshiro256++").manual_seed(9)
    generator.words32(5)
    plain = generator.get_state_bytes().view(XOSHIRO)[0]
    assert (plain["magic"], plain["seed"], plain["position"]) == (b"ftxo256p", 9, 5)
    assert (plain["normal_valid"], plain["normal32_valid"]) == (0, 0)
    generator.normal, generator.normal32 = 0.25, -1.5
    cached = generator.get_state_bytes().view(XOSHIRO)[0]
    assert (cached["normal"], cached["normal_valid"], cached["normal32"], cached["normal32_valid"]) == (0.25, 1, -1.5, 1)


@pytest.mark.parametrize(("position", "valid"), [(0, True), (1, True), (8192, True), (8193, False)])
def test_xoshiro_state_is_somewhere_in_a_step(position, valid):
    generator = Generator(engine="xoshiro256++").manual_seed(9)
    state = generator.get_state_bytes().view(XOSHIRO)
    state["position"] = position
    before = generator.get_state_bytes()
    if valid:
        generator.set_state_bytes(state.view(np.uint8))
        expected = Generator(engine="xoshiro256++").manual_seed(9).words32(position + 9)[position:]
        assert np.array_equal(generator.words32(9), expected)
    else:
        with pytest.raises(RuntimeError, match=r"^Invalid xoshiro256\+\+ state$"):
            generator.set_state_bytes(state.view(np.uint8))
        assert np.array_equal(generator.get_state_bytes(), before)


def test_xoshiro_refuses_one_lane_of_zeros():
    generator = Generator(engine="xoshiro256++")
    state = generator.get_state_bytes().view(XOSHIRO)
    state["lanes"][..., 3] = 0
    with pytest.raises(RuntimeError, match=r"^Invalid xoshiro256\+\+ state$"):
        generator.set_state_bytes(state.view(np.uint8))


def test_xoshiro_state_invalid_is_refused():
    generator = Generator(engine="xoshiro256++")
    with pytest.raises(RuntimeError, match=r"Expected a xoshiro256\+\+ state"):
        generator.set_state_bytes(Generator().get_state_bytes())
    zero_lane = generator.get_state_bytes()
    zero_lane[24:-24] = 0
    with pytest.raises(RuntimeError, match=r"Invalid xoshiro256\+\+ state"):
        generator.set_state_bytes(zero_lane)


@pytest.mark.parametrize("state", [[1, 2], "x", np.zeros(5056)])
def test_state_of_another_type_is_a_type_error(state):
    with pytest.raises(TypeError, match=r"torch.ByteTensor"):
        Generator().set_state_bytes(state)


def test_lock_gives_every_thread_words_of_its_own(generator):
    expected = np.sort(copy.deepcopy(generator).words32(8 * 50 * 100))
    taken, start = [], threading.Barrier(8)

    def draw():
        start.wait()
        taken.extend(generator.words32(100) for _ in range(50))

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(np.sort(np.concatenate(taken)), expected)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", [0, 1, -1, 123456789012])
def test_state_passes_to_torch_and_back(seed):
    import torch

    theirs, ours = torch.Generator(), Generator().manual_seed(seed)
    theirs.manual_seed(seed)
    for count in (0, 1, 5, 618, 1, 624, 623, 3000):
        torch.empty(count, dtype=torch.int32).random_(generator=theirs)
        ours.words32(count)
        assert np.array_equal(ours.get_state_bytes(), theirs.get_state().numpy())
        torch.randn(3, generator=theirs)  # leaves a cached sample
        assert np.array_equal(ours.set_state_bytes(theirs.get_state().numpy()).get_state_bytes(), theirs.get_state().numpy())
        torch.randn(2, generator=theirs)
        theirs.set_state(torch.from_numpy(ours.get_state_bytes()))
        assert theirs.initial_seed() == ours.initial_seed()
    drawn = torch.empty(1000, dtype=torch.int32).random_(generator=theirs).numpy()
    assert np.array_equal(drawn, ours.words32(1000, 31))
