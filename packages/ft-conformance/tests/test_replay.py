"""Canaries: a recorded case with a wrong kernel behind it must fail, for forward, dtype, stride and gradient; a right one
passes."""

import numpy as np
import pytest

from ft_conformance import facade
from ft_conformance.replay import cotangent_values, replay
from ft_conformance.store import Case, Fixtures, StoredTensor, Word, Writer


@pytest.fixture(scope="module")
def ours():
    return facade.make()


@pytest.fixture
def case():
    """exp of a float32 matrix, with its gradient, written down from NumPy."""
    x = np.linspace(-1, 1, 6, dtype=np.float32).reshape(2, 3)
    y = np.exp(x)
    stored = [
        StoredTensor("float32", (2, 3), (3, 1), a.astype(np.float32).tobytes()) for a in (x, y, cotangent_values((2, 3), False) * y)
    ]
    leaf, result, grad = (StoredTensor(t.dtype, t.shape, t.strides, t.raw, i < 2) for i, t in enumerate(stored))
    return Case("exp", "exp", "float32", (leaf,), {}, result, grads=(grad,))


def test_right_answer_passes(case, ours):
    assert replay(case, ours) is None


CANARIES = {
    "value": lambda t, x: t.exp(x) * (1 + 1e-4),
    "dtype": lambda t, x: t.exp(x).to(t.float64),
    "shape": lambda t, x: t.exp(x).unsqueeze(0),
    "stride": lambda t, x: t.exp(x).t().contiguous().t(),
    "requires_grad": lambda t, x: t.exp(x).detach(),
    "grad": lambda t, x: t.exp(x).detach() + (x - x.detach()),
}


@pytest.mark.parametrize("kind", CANARIES)
def test_wrong_kernels_are_caught(kind, case, ours):
    found = replay(case, ours, lambda x: CANARIES[kind](ours, x))
    assert found is not None
    assert found.kind == kind


def test_missing_function_is_not_a_pass(case, ours):
    lacking = Case("no_such", "no_such_function", case.dtype, case.args, {}, case.result)
    with pytest.raises(facade.Missing):
        replay(lacking, ours)


def test_store_gives_back_what_was_put_in(tmp_path):
    strided = StoredTensor("float32", (2, 2), (1, 2), np.arange(4, dtype=np.float32).tobytes(), True)
    half = StoredTensor("bfloat16", (1,), (1,), b"\x80\x3f")
    args = (strided, [1, True, None, 2.5, float("inf"), 1 - 2j, "mean"], slice(None, 3), Ellipsis, Word("dtype", "float64"))
    case = Case("op", "nn.functional.op", "float32", args, {"dim": (0, 1)}, (strided, half), grads=(strided, None))
    writer = Writer("2.13.0")
    writer.add(case)
    writer.add(case)
    size = writer.write(tmp_path / "f.npz")
    assert size < 4000
    assert sum(map(len, writer.blocks)) == 18  # equal blocks once
    back = Fixtures(tmp_path / "f.npz")
    assert back.cases("op") == [case, case]
    assert back.calls("op") == {"nn.functional.op"}
    assert strided.values().tolist() == [[0.0, 2.0], [1.0, 3.0]]
    assert float(half.values()[0]) == 1.0
    with pytest.raises(TypeError, match="object"):
        writer.add(Case("op", "op", "float32", (object(),), {}, None))


def test_other_versions_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ft_conformance.store.VERSION", 99)
    Writer("2.13.0").write(tmp_path / "f.npz")
    monkeypatch.undo()
    with pytest.raises(ValueError, match="version 1 expected, got 99"):
        Fixtures(tmp_path / "f.npz")


def test_cotangents_are_exact_in_every_float():
    values = cotangent_values((40,), False)
    assert (values.astype(np.float16) == values).all()
    assert (values > 0).any()
    assert (values < 0).any()
    assert cotangent_values((), True).dtype.kind == "c"


def test_fixtures_are_small_and_broad():
    from ft_conformance.store import PATH

    assert PATH.stat().st_size < 4e6
    assert len(Fixtures().ops()) > 500
