"""dtypes: identity, facts of every type, NumPy's types, and the default type."""

import copy
import importlib
import pickle

import ml_dtypes
import numpy as np
import pytest

from ft_core.dtype import BY_NAME, bfloat16, bool_, dtype, float16, float32, float64, from_numpy, int32, int64

module = importlib.import_module("ft_core.dtype")  # `ft_core.dtype` is the class


@pytest.fixture
def default_restored():
    before = module.get_default_dtype()
    yield
    module.set_default_dtype(before)


@pytest.mark.parametrize("kind", sorted(set(BY_NAME.values()), key=str), ids=str)
def test_dtype_copies_are_the_same_object(kind):
    assert copy.copy(kind) is kind
    assert copy.deepcopy([kind])[0] is kind
    assert pickle.loads(pickle.dumps(kind)) is kind


def test_dtype_prints_as_torch():
    assert repr(float32) == str(float32) == "torch.float32"
    assert repr(BY_NAME["cfloat"]) == "torch.complex64"


def test_dtype_cannot_be_made_or_changed():
    with pytest.raises(TypeError, match=r"cannot create 'torch.dtype' instances"):
        dtype("float32")
    with pytest.raises(AttributeError, match="not writable"):
        float32.itemsize = 8
    with pytest.raises(AttributeError, match="has no attribute 'colour'"):
        float32.colour = 1


def test_dtype_computes_narrow_floats_in_float32():
    narrow = [kind for kind in set(BY_NAME.values()) if kind.is_floating_point and kind.itemsize < 4]
    assert {kind.opmath for kind in narrow} == {float32}
    assert BY_NAME["complex32"].opmath is BY_NAME["complex64"]
    assert float64.opmath is float64
    assert int32.opmath is int32


def test_dtype_host_types_have_its_size():
    for kind in set(BY_NAME.values()):
        if kind.numpy is not None:
            assert kind.numpy.itemsize == kind.itemsize
            assert from_numpy(kind.numpy, extended=True) is kind


def test_dtype_real_and_complex():
    assert bfloat16.to_complex() is BY_NAME["complex64"]
    assert float16.to_complex() is BY_NAME["complex32"]
    assert BY_NAME["complex128"].to_real() is float64
    assert int64.to_real() is int64
    with pytest.raises(RuntimeError, match="Unknown Complex ScalarType for Long"):
        int64.to_complex()


def test_dtype_real_and_complex_of_themselves():
    assert BY_NAME["complex64"].to_complex() is BY_NAME["complex64"]
    assert float32.to_real() is float32


def test_dtype_signs():
    assert float32.is_signed
    assert not bool_.is_signed
    with pytest.raises(RuntimeError, match="Bits types are undefined"):
        _ = BY_NAME["bits8"].is_signed
    with pytest.raises(RuntimeError, match="not supported for quantized types"):
        _ = BY_NAME["qint8"].is_signed


def test_dtype_from_numpy_refuses_as_torch():
    assert from_numpy(np.dtype("int64")) is from_numpy(np.dtype(np.longlong)) is int64
    with pytest.raises(TypeError, match=r"can't convert np.ndarray of type numpy.str_\. The only supported types are: float64,"):
        from_numpy(np.dtype("U1"))
    with pytest.raises(TypeError, match=r"ml_dtypes\.bfloat16"):
        from_numpy(np.dtype(ml_dtypes.bfloat16))
    with pytest.raises(ValueError, match="byte order different"):
        from_numpy(np.dtype("f4").newbyteorder())


@pytest.mark.usefixtures("default_restored")
def test_dtype_default_moves_the_complex_default():
    module.set_default_dtype(float64)
    assert module.get_default_dtype() is float64
    assert module.default_complex_dtype() is BY_NAME["complex128"]
    module.set_default_dtype(bfloat16)
    with pytest.raises(RuntimeError, match="invalid default scalar type for complex"):
        module.default_complex_dtype()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("float32", "invalid dtype object: only floating-point types are supported as the default type"),
        (int32, "only floating-point types are supported as the default type"),
        (BY_NAME["complex64"], "only floating-point types are supported as the default type"),
        (BY_NAME["float8_e5m2"], "couldn't find storage object Float8_e5m2Storage"),
    ],
)
@pytest.mark.usefixtures("default_restored")
def test_dtype_default_refuses_as_torch(value, text):
    with pytest.raises(TypeError) as caught:
        module.set_default_dtype(value)
    assert str(caught.value) == text
    assert module.get_default_dtype() is float32


@pytest.mark.oracle
def test_dtype_facts_equal_torch():
    torch = pytest.importorskip("torch")
    names = [name for name in dir(torch) if isinstance(getattr(torch, name), torch.dtype)]
    assert sorted(names) == sorted(BY_NAME)
    for name in names:
        ours, theirs = BY_NAME[name], getattr(torch, name)
        for fact in ("is_floating_point", "is_complex", "itemsize", "abbr", "__repr__", "to_real", "to_complex"):
            assert _fact(ours, fact) == _fact(theirs, fact), (name, fact)
        assert _fact(ours, "is_signed") == _fact(theirs, "is_signed"), name


def _fact(kind, name):
    try:
        value = getattr(kind, name)
        return str(value() if callable(value) else value)
    except RuntimeError as error:
        return str(error)
