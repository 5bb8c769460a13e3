"""Dtypes that torch's ops lack are refused by ours, with torch's exception, on every road; numbers count as operands."""

import pytest

import ft_kernel_cpu  # noqa: F401  # the backend
from ft_dispatch import surface as torch
from ft_dispatch.ops import _lacking
from ft_dispatch.registry import lookup

LETTERS = {"b": torch.bool, "i": torch.int64, "f": torch.float32, "c": torch.complex64}
CASES = [(name, kinds) for kinds, names in _lacking._LACKS.items() for name in names.split()]


def called(name, kind, device="cpu"):
    record = lookup(name)
    args = []
    for param in record.params:
        if param.kwonly:
            break
        if param.is_tensor:
            args.append(torch.ones((2,), dtype=kind, device=device))
        elif type(param.default) in (int, float, bool, str):
            args.append(param.default)
        else:
            args.append(0 if param.name == "dim" else 1)
    return record.wrapper(*args)


@pytest.mark.parametrize("device", ["cpu", "meta"])
@pytest.mark.parametrize(("name", "kinds"), CASES)
def test_what_torch_lacks_is_refused_and_the_rest_is_not(name, kinds, device) -> None:
    for letter, kind in LETTERS.items():
        if letter in kinds:
            with pytest.raises((NotImplementedError, RuntimeError), match=r"not|may|Unsupported"):
                called(name, kind, device)
    called(name, torch.int64 if name.startswith("bitwise") or "f" in kinds else torch.float32, device)


def test_numbers_count_as_operands_and_bools_grow_to_integers() -> None:
    x = torch.ones((2,), dtype=torch.bool)
    assert x.remainder(2).tolist() == [1, 1]
    assert (x**2).tolist() == [1, 1]
    for other in (x, True):
        with pytest.raises(NotImplementedError, match="\"remainder_cpu\" not implemented for 'Bool'"):
            x.remainder(other)
    with pytest.raises(NotImplementedError, match="\"lt_cpu\" not implemented for 'ComplexFloat'"):
        torch.ones((2,)).lt(1j)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "words"),
    [
        ("celu", {"alpha": 1.0}, {"alpha": 0.0}, "alpha cannot be 0"),
        ("gelu", {"approximate": "tanh"}, {"approximate": "sigmoid"}, "either none or tanh"),
        ("softshrink", {"lambd": 0.5}, {"lambd": -0.5}, "lambda must be in range"),
    ],
)
def test_parameters_are_checked_in_the_second_call_as_in_the_first(name, right, wrong, words) -> None:
    x, call = torch.ones((2,)), lookup(name).wrapper
    call(x, **right)
    for _ in range(2):
        with pytest.raises(RuntimeError, match=words):
            call(x, **wrong)


def test_a_rounding_mode_is_checked_in_the_second_call_as_in_the_first() -> None:
    x = torch.ones((2,))
    torch.div(x, x, rounding_mode="floor")
    with pytest.raises(RuntimeError, match="rounding_mode to be one of"):
        torch.div(x, x, rounding_mode="down")


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "kinds"), CASES)
def test_torch_lacks_them_and_says_so_alike(name, kinds) -> None:
    theirs = pytest.importorskip("torch")
    record = lookup(name)
    packet = getattr(theirs.ops.aten, record.base)
    op = getattr(packet, record.overload or "default")
    for letter, kind in LETTERS.items():
        args = []
        for param in record.params:
            if param.kwonly:
                break
            if param.is_tensor:
                args.append(theirs.ones(2, dtype=getattr(theirs, str(kind).removeprefix("torch."))))
            elif type(param.default) in (int, float, bool, str):
                args.append(param.default)
            else:
                args.append(0 if param.name == "dim" else 1)
        if letter not in kinds:
            continue
        with pytest.raises((NotImplementedError, RuntimeError)) as expected:
            op(*args)
        with pytest.raises(type(expected.value)):
            called(name, kind)
