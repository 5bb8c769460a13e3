"""Names of older linear algebra, flat places, files as memory. Expected values: torch 2.13.0."""

import os

import pytest

import ft_autograd  # noqa: F401  # the surface's reductions record
from ft_dispatch import surface as torch


@pytest.mark.parametrize("name", ["eig", "lstsq", "matrix_rank", "solve", "symeig"])
def test_what_torch_removed_says_where_to_go(name):
    with pytest.raises(RuntimeError, match=r"deprecated since version 1.9 and is now removed.*torch\.linalg\."):
        getattr(torch, name)(torch.eye(2))


def test_norms_of_old():
    x = torch.tensor([[3.0, 4.0], [0.0, 0.0]])
    assert torch.frobenius_norm(x, (0, 1)).item() == 5
    assert torch.frobenius_norm(x, 1, True).tolist() == [[5.0], [0.0]]
    assert torch.nuclear_norm(x).item() == pytest.approx(5)
    assert torch.nuclear_norm(x, True).shape == (1, 1)
    assert torch.nuclear_norm(x.unsqueeze(0), (1, 2)).shape == (1,)
    with pytest.raises(RuntimeError, match="at most 2 dimensions"):
        torch.frobenius_norm(x, (0, 1, 0))


def test_vandermonde_matrices():
    x = torch.tensor([1, 2, 3])
    assert torch.vander(x).tolist() == [[1, 1, 1], [4, 2, 1], [9, 3, 1]]
    assert torch.vander(x, 2, increasing=True).tolist() == [[1, 1], [1, 2], [1, 3]]
    assert torch.vander(x, 1).tolist() == [[1], [1], [1]]
    assert torch.vander(x, 0).shape == (3, 0)
    assert torch.vander(torch.tensor([True, False])).tolist() == [[1, 1], [0, 1]]
    for wrong, message in (((torch.eye(2),), "one-dimensional"), ((x, -1), "non-negative")):
        with pytest.raises(RuntimeError, match=message):
            torch.vander(*wrong)


def test_flat_places():
    rows, columns = torch.unravel_index(torch.tensor([4, 7]), (3, 3))
    assert (rows.tolist(), columns.tolist()) == ([1, 2], [1, 1])
    assert [t.item() for t in torch.unravel_index(torch.tensor(9), (3, 3))] == [0, 0]
    assert torch.unravel_index(torch.tensor([4]), ()) == ()
    assert torch.unravel_index(torch.tensor(4), 4)[0].item() == 0
    for wrong, kind, message in (
        ((torch.tensor(4.0), (3,)), TypeError, "integer dtype"),
        ((torch.tensor(True), (3,)), TypeError, "integer dtype"),
        ((torch.tensor(4), torch.tensor([3])), TypeError, "int or sequence of ints"),
        ((torch.tensor(4), (3.0,)), TypeError, "only contain ints"),
        ((torch.tensor(4), (-3,)), ValueError, "negative"),
        ((4, (3,)), AttributeError, "expects a tensor"),
    ):
        with pytest.raises(kind, match=message):
            torch.unravel_index(*wrong)


def test_a_slice_is_undone():
    whole = torch.arange(10.0)
    part = whole[2:6:2]
    assert torch.slice_inverse(whole, part).tolist() == [2.0, 4.0]
    assert torch.slice_inverse(whole, part).data_ptr() == part.data_ptr()


def test_statistics_of_channels_move_the_running_ones():
    x = torch.tensor([[[1.0, 3.0]], [[5.0, 7.0]]])
    mean, var = torch.zeros(1), torch.ones(1)
    found = torch.batch_norm_update_stats(x, mean, var, 0.5)
    assert [t.tolist() for t in found] == [[4.0], [5.0]]
    assert mean.tolist() == [2.0]
    assert var.item() == pytest.approx(0.5 + 0.5 * 20 / 3)
    assert [t.tolist() for t in torch.batch_norm_update_stats(x, None, None, 0.5)] == [[4.0], [5.0]]


def test_a_file_is_memory(tmp_path):
    name = str(tmp_path / "numbers")
    with open(name, "wb") as file:
        file.write(bytes(8))
    private = torch.from_file(name, False, 2)
    private.fill_(1)
    assert torch.from_file(name, False, 2).tolist() == [0, 0]
    shared = torch.from_file(name, True, 3, dtype=torch.int32)  # longer than the file, which grows
    shared.copy_(torch.tensor([1, 2, 3]))
    assert os.path.getsize(name) == 12
    assert torch.from_file(name, False, 3, dtype=torch.int32).tolist() == [1, 2, 3]
    assert torch.from_file(name).shape == (0,)
    assert torch.from_file(str(tmp_path / "new"), shared=True, size=2).tolist() == [0, 0]


def test_a_file_that_does_not_serve(tmp_path):
    name = tmp_path / "numbers"
    with pytest.raises(RuntimeError, match="unable to open file"):
        torch.from_file(str(name), False, 1)
    name.write_bytes(b"ab")
    with pytest.raises(RuntimeError, match="smaller than the required mapping size"):
        torch.from_file(str(name), False, 1)
    with pytest.raises(RuntimeError, match="cannot be pinned"):
        torch.from_file(str(name), size=1, pin_memory=True)


def test_pinning_needs_an_accelerator():
    with pytest.raises(RuntimeError, match="none is available"):
        torch.ones(1).pin_memory()
