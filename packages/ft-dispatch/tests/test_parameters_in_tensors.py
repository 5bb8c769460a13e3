"""A 0-dim tensor or an object with `__index__` where a number may stand: its value of the moment counts, every time."""

import numpy as np
import pytest

from ft_dispatch import surface as torch
from ft_dispatch.op import is_pointwise
from ft_dispatch.registry import OPS

X = torch.tensor([3.0, -1.0, 2.0, 0.5, -0.5, 1.0])
CALLS = {
    "roll": (lambda x, n: x.roll(n), 1, 2),
    "topk": (lambda x, n: x.topk(n)[0], 2, 3),
    "kthvalue": (lambda x, n: x.kthvalue(n)[0], 2, 4),
    "norm": (torch.linalg.vector_norm, 2, 1),
    "narrow": (lambda x, n: x.narrow(0, 1, n), 2, 3),
    "diag_embed": (lambda x, n: torch.diag_embed(x, offset=n), 1, 2),
    "sum": (lambda x, n: x.view((2, 3)).sum(n), 0, 1),
    "cumsum": (lambda x, n: x.view((2, 3)).cumsum(n), 0, 1),
    "permute": (lambda x, n: x.view((2, 3, 1)).permute((n, 1 - n, 2)), 0, 1),
    "view": (lambda x, n: x.view((n, 6 // int(n))), 2, 3),
    "pow": (lambda x, n: x.abs().pow(int(n)), 2, 3),
    "add": (lambda x, n: x.add(x, alpha=n), 2, 3),
    "add_": (lambda x, n: x.clone().add_(x, alpha=n), 2, 3),
    "clamp": (lambda x, n: x.clamp(max=n), 1, 2),
    "leaky_relu": (torch.leaky_relu, 2, 3),
}


class Changing:
    """An index that may be another one next time."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


@pytest.mark.parametrize("name", CALLS)
def test_a_tensor_is_read_at_every_call(name) -> None:
    call, first, second = CALLS[name]
    n = torch.tensor(first)
    for _ in range(3):
        assert torch.equal(call(X, n), call(X, first))
    n.fill_(second)
    assert torch.equal(call(X, n), call(X, second))
    assert not (call(X, first).shape == call(X, second).shape and torch.equal(call(X, first), call(X, second)))


@pytest.mark.parametrize("name", ["roll", "topk", "kthvalue", "narrow", "sum", "cumsum"])
def test_so_is_an_object_with_an_index(name) -> None:
    call, first, second = CALLS[name]
    n = Changing(first)
    for _ in range(3):
        assert torch.equal(call(X, n), call(X, first))
    n.value = second
    assert torch.equal(call(X, n), call(X, second))


def _numbered() -> list[str]:
    """Pointwise ops with numbers among their parameters, and nothing else there."""
    found = []
    for op in OPS.values():
        rest = op.params[len(op.tensor_at) :]
        if is_pointwise(op) and op.wrapper is not None and rest and all(p.base in ("Scalar", "float") for p in rest):
            found.append(op.name)
    return sorted(found)


@pytest.mark.parametrize("name", _numbered())
@pytest.mark.parametrize("kind", [torch.tensor, np.float64, np.float32], ids=["tensor", "float64", "float32"])
def test_numbers_of_pointwise_ops_may_be_tensors_and_scalars(name, kind) -> None:
    op = OPS[name]
    operands = [X.abs() * 0.25] * len(op.tensor_at)
    values = [0.25 + 0.5 * i for i in range(len(op.params) - len(operands))]
    expected = op(*operands, *values)
    for _ in range(2):
        made = op(*operands, *[kind(value) for value in values])
        assert made.dtype is expected.dtype
        assert torch.allclose(made, expected, equal_nan=True)
