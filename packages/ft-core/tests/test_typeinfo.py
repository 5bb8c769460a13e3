"""finfo and iinfo: torch's numbers, torch's text."""

import pytest

from ft_core.dtype import BY_NAME, bfloat16, complex64, float32, int8, uint8
from ft_core.typeinfo import finfo, iinfo

FIELDS = ("bits", "eps", "max", "min", "tiny", "smallest_normal", "resolution", "dtype")


def test_finfo_prints_as_torch():
    assert repr(finfo(float32)) == (
        "finfo(resolution=1e-06, min=-3.40282e+38, max=3.40282e+38, eps=1.19209e-07, smallest_normal=1.17549e-38, "
        "tiny=1.17549e-38, dtype=float32)"
    )
    assert repr(iinfo(int8)) == "iinfo(min=-128, max=127, dtype=int8)"


def test_finfo_values():
    assert finfo(bfloat16).eps == 2**-7
    assert finfo(bfloat16).resolution == 0.01
    assert finfo(BY_NAME["float8_e4m3fn"]).max == 448.0
    assert finfo(BY_NAME["float8_e5m2fnuz"]).eps == 0.125  # torch's answer; the next number after 1 is 1.25
    assert finfo().dtype == "float32"
    assert [finfo(BY_NAME[name]).bits for name in ("float8_e5m2", "float16", "float32", "float64", "complex128")] == [
        8,
        16,
        32,
        64,
        64,
    ]


def test_finfo_compares_by_dtype():
    assert finfo(float32) == finfo(complex64)
    assert finfo(float32) != finfo(bfloat16)
    assert iinfo(int8) != iinfo(uint8)
    assert iinfo(int8) != finfo(float32)
    with pytest.raises(TypeError, match="unhashable"):
        hash(finfo(float32))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: finfo(int8), "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'"),
        (lambda: iinfo(float32), "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'"),
        (lambda: iinfo(BY_NAME["bool"]), "torch.bool is not supported by torch.iinfo"),
        (lambda: finfo(3), "finfo(): argument 'type' (position 1) must be torch.dtype, not int"),
        (lambda: finfo(BY_NAME["float4_e2m1fn_x2"]), "torch.finfo(): no limits are defined for torch.float4_e2m1fn_x2"),
    ],
)
def test_typeinfo_refuses_other_types(call, text):
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == text


@pytest.mark.oracle
@pytest.mark.parametrize("name", sorted({kind.name for kind in BY_NAME.values()} - {"float4_e2m1fn_x2"}))
def test_typeinfo_equals_torch(name):
    torch = pytest.importorskip("torch")
    for ours, theirs in ((finfo, torch.finfo), (iinfo, torch.iinfo)):
        infos = [_outcome(ours, BY_NAME[name]), _outcome(theirs, getattr(torch, name))]
        if isinstance(infos[1], str):
            assert infos[0] == infos[1]
            continue
        assert _outcome(repr, infos[0]) == _outcome(repr, infos[1])
        fields = FIELDS if ours is finfo else ("bits", "min", "max", "dtype")
        for field in fields:
            assert _outcome(getattr, infos[0], field) == _outcome(getattr, infos[1], field), field


def _outcome(call, *args):
    try:
        return call(*args)
    except (TypeError, NotImplementedError) as error:
        return f"{type(error).__name__}: {error}"
