"""Hashes of arrays: one for one row of bits, another for any other, however the array lies and however long it is."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ft_core.fingerprint import HEAD, LENGTH, fingerprint

SIZES = (0, 1, 9, 4095, 4097, 20_011, 300_000)
"""Elements: hashed whole, in rows with a rest, in several pieces."""


def numbers(n, kind=np.float32):
    return np.random.default_rng(n).standard_normal(n).astype(kind)


@pytest.mark.parametrize("n", SIZES)
def test_equal_bits_give_one_hash(n):
    a = numbers(n)
    digest, head = fingerprint(a)
    assert (digest, head) == fingerprint(a.copy())
    assert len(digest) == LENGTH
    assert head == a.tobytes()[:HEAD]
    assert fingerprint(a.reshape(1, n))[0] == digest


@given(n=st.sampled_from(SIZES[1:]), at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 31))
def test_one_bit_anywhere_gives_another(n, at, bit):
    a = numbers(n)
    b = a.copy()
    b.view(np.uint32)[int(at * n)] ^= np.uint32(1 << bit)
    assert fingerprint(a)[0] != fingerprint(b)[0]


@pytest.mark.parametrize("kind", [np.float64, np.complex64, np.uint8, np.float16, np.bool_])
def test_signs_places_and_rests(kind):
    a = np.zeros(100_003, kind)
    seen = {fingerprint(a)[0]}
    for where in ([0], [1], [0, 1], [50_000], [0, 50_000], [100_002], [100_001]):
        b = a.copy()
        b[where] = -b[where] if kind is np.float64 else 1
        seen.add(fingerprint(b)[0])
    assert len(seen) == 8
    assert fingerprint(np.zeros(100_002, kind))[0] not in seen


def test_memory_order():
    a = numbers(60_000).reshape(200, 300)
    assert fingerprint(a.T) == fingerprint(a)
    assert fingerprint(a[::2, ::3]) == fingerprint(a[::2, ::3].copy())
    cube = a.reshape(20, 30, 100).transpose(1, 0, 2)
    assert fingerprint(cube) == fingerprint(cube.copy())
    assert fingerprint(cube) != fingerprint(a)
    assert fingerprint(np.array(1.5)) == fingerprint(np.array([1.5]))


def test_recorded_hashes():
    """Hashes are compared between runs, so they may not change."""
    small, large = np.arange(4096, dtype=np.float32), np.arange(5003, dtype=np.float32)
    assert fingerprint(small) == (hashlib.sha1(small.tobytes()).digest()[:LENGTH], small.tobytes()[:HEAD])
    assert fingerprint(large)[0].hex() == "64bf407014e88919f1d8"
    assert fingerprint(np.arange(70_001, dtype=np.float32))[0].hex() == "4caff0b2edc113255252"
    assert fingerprint(np.arange(20_001, dtype=np.uint8))[0].hex() == "3e19cff9d9a78d1c0116"


def test_an_array_that_is_not_aligned():
    whole = numbers(20_012).view(np.uint8)
    assert fingerprint(whole[1:]) == fingerprint(whole[1:].copy())
