"""torch.sparse as a namespace: its functions, the switch of invariant checks, gradcheck of functions of sparse tensors."""

from __future__ import annotations

import pytest

import frankentorch as torch


def matrix():
    x = torch.arange(12.0, dtype=torch.float64).reshape(3, 4) - 5
    x[0, 1] = x[2, 3] = 0
    return x


def test_the_namespace_has_torch_s_names():
    names = "addmm as_sparse_gradcheck check_sparse_tensor_invariants log_softmax mm sampled_addmm softmax spdiags sum"
    assert set(names.split()) <= set(dir(torch.sparse))


def test_the_switch_is_a_context_a_decorator_and_a_switch():
    check = torch.sparse.check_sparse_tensor_invariants
    assert not check.is_enabled()
    with check():
        assert check.is_enabled()
        with check(enable=False):
            assert not check.is_enabled()
        with pytest.raises(RuntimeError, match="size is inconsistent"):
            torch.sparse_coo_tensor([[3]], [1.0], (2,))
    assert not check.is_enabled()
    assert check()(check.is_enabled)()
    check.enable()
    assert check.is_enabled()
    check.disable()
    assert torch.sparse_coo_tensor([[3]], [1.0], (2,))._nnz() == 1
    entered = check()
    with entered, pytest.raises(RuntimeError, match="already activated"):
        entered.__enter__()


@pytest.mark.parametrize("layout", [torch.sparse_coo, torch.sparse_csr, torch.sparse_csc])
@pytest.mark.parametrize("masked", [True, False])
def test_gradcheck_goes_through_the_values(layout, masked):
    gradcheck = torch.sparse.as_sparse_gradcheck(torch.autograd.gradcheck)
    x = matrix().to_sparse(layout=layout).requires_grad_()
    assert gradcheck(lambda a: a.to_dense(masked_grad=masked) * 2, (x,), masked=masked)


def test_gradcheck_finds_a_wrong_gradient():
    gradcheck = torch.sparse.as_sparse_gradcheck(torch.autograd.gradcheck)
    x = matrix().to_sparse().requires_grad_()
    with pytest.raises(RuntimeError, match="Jacobian mismatch"):
        gradcheck(lambda a: (a.detach() * 2).to_dense() + a.to_dense(), (x,), masked=True)


def test_diagonals():
    made = torch.sparse.spdiags(torch.arange(9.0).reshape(3, 3), torch.tensor([0, 1, -1]), (3, 3))
    assert made.to_dense().tolist() == [[0.0, 4.0, 0.0], [6.0, 1.0, 5.0], [0.0, 7.0, 2.0]]
    with pytest.raises(RuntimeError, match="duplicate"):
        torch.sparse.spdiags(torch.ones(2, 3), torch.tensor([0, 0]), (3, 3))


def test_a_table_learns_with_sparse_gradients():
    torch.manual_seed(0)
    table = torch.nn.Embedding(50, 4, sparse=True)
    optimizer = torch.optim.SparseAdam(table.parameters(), lr=0.1)
    places, wanted = torch.tensor([3, 7, 3]), torch.ones(3, 4)
    first = None
    for _ in range(30):
        optimizer.zero_grad()
        loss = (table(places) - wanted).pow(2).mean()
        loss.backward()
        assert table.weight.grad.is_sparse
        optimizer.step()
        first = first or loss.item()
    assert loss.item() < first / 10


def test_a_parameter_may_be_sparse():
    p = torch.nn.Parameter(torch.eye(2).to_sparse())
    assert repr(p).startswith("Parameter containing:\ntensor(indices=")
    (p.to_dense() * 3).sum().backward()
    assert p.grad.values().tolist() == [3.0, 3.0]


@pytest.mark.filterwarnings("ignore:torch.sparse.SparseTensor:UserWarning")
def test_the_old_types():
    i, v = torch.tensor([[0, 1], [1, 0]]), torch.tensor([1.0, 2.0])
    made = torch.sparse.FloatTensor(i, v, torch.Size([2, 3]))
    assert (made.layout, tuple(made.shape), made.to_dense().tolist()) == (
        torch.sparse_coo,
        (2, 3),
        [[0.0, 1.0, 0.0], [2.0, 0.0, 0.0]],
    )
    assert tuple(torch.sparse.FloatTensor(i, v).shape) == (2, 2)
    assert [tuple(t.shape) for t in (torch.sparse.LongTensor(2, 3), torch.sparse.LongTensor(torch.Size([4])), torch.sparse.LongTensor())] == [
        (2, 3), (4,), (0,),
    ]  # fmt: skip
    assert torch.sparse.LongTensor(2, 3).dtype is torch.int64
    assert torch.sparse.DoubleTensor(i, v).dtype is torch.float32
    assert isinstance(made, torch.sparse.FloatTensor)
    assert not isinstance(made, torch.FloatTensor)
    assert not isinstance(made, torch.sparse.DoubleTensor)
    assert not isinstance(torch.ones(1), torch.sparse.FloatTensor)
    assert made.type() == "torch.sparse.FloatTensor"
    assert made.type(torch.sparse.DoubleTensor).dtype is torch.float64
    assert repr(torch.sparse.FloatTensor) == "<class 'torch.sparse.FloatTensor'>"
    with pytest.raises(TypeError, match="only accepts sizes"):
        torch.sparse.FloatTensor([1, 2])
    for wrong in ((made,), (i, v, 2), (v,)):
        with pytest.raises(TypeError, match="invalid combination of arguments"):
            torch.sparse.FloatTensor(*wrong)
