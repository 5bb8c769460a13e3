"""Mutated files with fixed seeds: each loads or is refused, runs nothing, is quick, and allocates within bounds.

The mutations are `fuzz_mutations.py`'s, which know the formats; `fuzz_files.py` runs a million of them (`nox -s fuzz`).
"""

from __future__ import annotations

import random

import pytest
from fuzz_files import Watch, broken_promise, run
from fuzz_mutations import files, mutate_bytes, mutate_pt
from serialize_standin import MODEL

from ft_serialize.errors import CheckpointError
from ft_serialize.torch_file import load_with

FORMATS = ("ftck", "gguf", "msgpack", "npy", "npz", "pt", "safetensors", "repair", "proof", "index")


def test_a_broken_promise_would_be_noticed(monkeypatch):
    """Each promise is broken by a reader made for it."""
    watch = Watch.get()
    readers = {
        "did exec": lambda *_: eval("1 + 1"),
        "allocated": lambda *_: bytearray(70 << 20),
        "raised KeyError": lambda *_: {}["x"],
    }
    for what, reader in readers.items():
        monkeypatch.setattr("fuzz_files.read", reader)
        outcome, said = broken_promise("any", b"", watch)
        assert outcome == "broken"
        assert what in said
    monkeypatch.setattr("fuzz_files.read", lambda *_: None)
    assert broken_promise("any", b"", watch) == ("loaded", "")
    monkeypatch.setattr("fuzz_files.SECONDS", -1.0)
    assert "took" in broken_promise("any", b"", watch)[1]


@pytest.mark.parametrize("count", [1000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_mutants_of_every_format_are_refused_or_harmless(count):
    tally, broken = run(count, seed=20240229)
    assert not broken
    for name in FORMATS:
        assert tally[name, "refused"] > count // 50  # the mutations do damage
        assert tally[name, "loaded"] >= count // 5000  # and get past the first check
    assert sum(tally[name, "loaded"] for name in FORMATS) > count // 20


def test_mutants_of_torch_files_without_the_tensor_package():
    """The readers proper, over the stand-in model: they must not lean on ft_core's own checks."""
    corpus, rng, refused = files()["pt"], random.Random(20240229), 0
    for i in range(2000):
        data = rng.choice(corpus)
        data = mutate_pt(rng, data) if rng.random() < 0.7 else mutate_bytes(rng, data)
        try:
            load_with(MODEL, data)
        except CheckpointError as error:
            refused += bool(str(error))
        except Exception as error:
            raise AssertionError(f"mutation {i} raised {error!r}") from error
    assert 1000 < refused < 1980
