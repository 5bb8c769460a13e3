"""Results that end in a view of a temporary are tensors of their own, and none shares memory with an argument by mistake (torch 2.13)."""

import pytest

from ft_dispatch import surface as torch

M = torch.arange(24.0).reshape(2, 3, 4)
PROGRAMS = {
    "matmul, batches": lambda: M @ M.mT,
    "matmul, many dims": lambda: torch.ones(2, 3, 2, 2).matmul(torch.ones(2, 3, 2, 2)),
    "matmul, folded": lambda: M @ torch.ones(4, 2),
    "matmul, vector": lambda: torch.ones(4) @ torch.ones(4, 2),
    "einsum": lambda: torch.einsum("ij->", M[0]),
    "kron": lambda: torch.kron(M[0], M[0]),
    "quantile": lambda: torch.quantile(M, 0.5),
    "rot90": lambda: torch.rot90(M[0]),
    "sum_to_size": lambda: M.sum_to_size(1),
    "unique": lambda: torch.unique(M, dim=2),
    "unsafe_split": lambda: torch.unsafe_split(M, 1)[0],
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_view_of_what_nobody_holds(name):
    for _ in range(2):  # on the careful road, then by the route it left
        made = PROGRAMS[name]()
        assert not made._is_view()
        assert made.detach_() is made
    with torch.no_grad():
        made = PROGRAMS[name]()
    made.mul_(torch.ones((), requires_grad=True))  # a view made under no_grad would refuse
    assert made.requires_grad


@pytest.mark.parametrize(
    "program",
    [
        lambda x, v: torch.pixel_shuffle(x, 1),
        lambda x, v: torch.pixel_unshuffle(x, 1),
        lambda x, v: torch.index_fill(v, 0, torch.tensor([0]), v + 1),
        lambda x, v: torch.index_fill(v + 0, 0, torch.tensor([0]), v),
    ],
)
def test_results_are_written_to_without_changing_arguments(program):
    x, v = torch.arange(4.0).reshape(1, 1, 2, 2), torch.tensor(5.0)
    program(x, v).add_(1)
    assert (x.flatten().tolist(), v.item()) == ([0.0, 1.0, 2.0, 3.0], 5.0)


def test_nothing_to_unbind_is_recorded():
    x = torch.zeros(0, 3, requires_grad=True)
    for _ in range(2):
        assert tuple(x.unbind(0)) == ()


def test_strangers_see_the_function_that_was_called():
    class Stranger:
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            return func

    for function in (torch.permute, torch.reshape, torch.sum, torch.mean):
        assert function(Stranger(), (0,)) is function
