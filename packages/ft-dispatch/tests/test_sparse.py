"""Sparse tensors without the oracle: every layout agrees with the dense tensor it stands for, and refusals change nothing."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ft_autograd
from ft_core import Tensor
from ft_core.keys import LAYOUTS
from ft_dispatch import surface as torch

COMPRESSED = ("sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc")


def same(found: Tensor, wanted: Tensor) -> bool:
    """Whether a tensor of any layout has the sizes, dtype and numbers of a dense one."""
    dense = found.to_dense() if found._k & LAYOUTS else found
    return dense.shape == wanted.shape and dense.dtype is wanted.dtype and bool((dense == wanted).all())


def matrix(rows=4, cols=6, seed=0, dense=()):
    """Small whole numbers, about half of them zero."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(-2, 3, (rows, cols, *dense), generator=generator).to(torch.float64)


def uncoalesced():
    indices = torch.tensor([[1, 0, 1, 1], [2, 1, 0, 2]])
    return torch.sparse_coo_tensor(indices, torch.tensor([1.0, 2.0, 3.0, 4.0]), (2, 3))


def block_of(order):
    return (2, 3) if order in ("sparse_bsr", "sparse_bsc") else None


def in_layout(x, order):
    return x.to_sparse() if order == "sparse_coo" else x.to_sparse(layout=getattr(torch, order), blocksize=block_of(order))


def test_the_comparison_sees_a_wrong_number():
    x = matrix()
    assert same(x.to_sparse(), x)
    wrong = x.to_sparse()
    wrong._values().mul_(2)
    assert not same(wrong, x)
    assert not same(x.to_sparse(), x.float())


# -- round trips ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["sparse_coo", *COMPRESSED])
@pytest.mark.parametrize("target", ["sparse_coo", *COMPRESSED])
def test_every_conversion_keeps_the_numbers(source, target):
    x = matrix()
    t = in_layout(x, source)
    if source in ("sparse_bsr", "sparse_bsc") and target in ("sparse_csr", "sparse_csc"):
        with pytest.raises(RuntimeError, match="expected SparseCsr or SparseCsc layout"):
            in_layout(t, target)
        return
    made = in_layout(t, target)
    assert made.layout is getattr(torch, target)
    assert same(made, x)


@pytest.mark.parametrize("order", COMPRESSED)
def test_batches_and_dense_dimensions(order):
    x = torch.stack([matrix(seed=3), matrix(seed=3) * 2])
    assert same(in_layout(x, order), x)
    y = matrix(dense=(2,))
    t = y.to_sparse(layout=getattr(torch, order), blocksize=block_of(order), dense_dim=1)
    assert t.dense_dim() == 1
    assert same(t, y)


def test_batches_of_unequal_counts_are_refused():
    with pytest.raises(RuntimeError, match="same number of specified elements per batch"):
        torch.stack([torch.eye(2), torch.zeros(2, 2)]).to_sparse_csr()


@settings(max_examples=40, deadline=None)
@given(
    shape=st.lists(st.integers(0, 3), min_size=1, max_size=4),
    rank=st.integers(1, 4),
    nnz=st.integers(0, 8),
    seed=st.integers(0, 1000),
)
def test_coalescing_changes_no_number(shape, rank, nnz, seed):
    rank = min(rank, len(shape))
    generator = torch.Generator().manual_seed(seed)
    if 0 in shape[:rank]:
        nnz = 0
    rows = [torch.randint(0, max(n, 1), (nnz,), generator=generator) for n in shape[:rank]]
    values = torch.randint(-3, 4, (nnz, *shape[rank:]), generator=generator).to(torch.float64)
    t = torch.sparse_coo_tensor(torch.stack(rows), values, shape)
    made = t.coalesce()
    assert made.is_coalesced()
    assert made.coalesce() is made
    assert same(made, t.to_dense())
    places = [tuple(column) for column in made.indices().t().tolist()]
    assert places == sorted(set(places))
    assert same(t + t, t.to_dense() * 2)
    assert same(t * t, t.to_dense() * t.to_dense())
    assert same(torch.sparse.sum(t, list(range(rank))) if nnz else t.sum(list(range(rank))), t.to_dense().sum(list(range(rank))))


@pytest.mark.parametrize("order", ["sparse_coo", *COMPRESSED])
def test_products_agree_with_dense_ones(order):
    x, y = matrix(), matrix(6, 3, seed=5)
    t = in_layout(x, order)
    assert same(t @ y, x @ y)
    assert same(torch.mv(t, y[:, 0].contiguous()), x @ y[:, 0])
    assert same(y.t() @ t.t(), y.t() @ x.t())
    assert same(torch.addmm(torch.ones(4, 3).double(), t, y, beta=2, alpha=3), 2 + 3 * (x @ y))
    assert same(torch.sparse.mm(t, y), x @ y)
    assert same(t @ in_layout(matrix(6, 6, 7), order), x @ matrix(6, 6, 7))


@pytest.mark.parametrize("order", ["sparse_coo", *COMPRESSED])
def test_arithmetic_agrees_with_dense(order):
    x, y = matrix(), matrix(seed=2)
    t, u = in_layout(x, order), in_layout(y, order)
    assert same(t + u, x + y)
    assert same(t.add(u, alpha=3), x + 3 * y)
    assert same(t * u, x * y)
    assert same(t * y, x * y)
    assert same(t * 3, x * 3)
    assert same(-t, -x)
    assert same(y + t, x + y)
    assert same(t.abs(), x.abs())
    assert same(t.t(), x.t())
    assert same(t.sum(), x.sum())
    assert same(t[1], x[1])
    if block_of(order) is None:  # a block keeps its zeros
        assert same(y.sparse_mask(t), torch.where(x != 0, y, 0.0))


def test_moving_coo_elements_agrees_with_dense():
    x = matrix(4, 6, dense=(2,))
    t = x.to_sparse(2)
    places = torch.tensor([2, 0, 2])
    assert same(t.index_select(0, places), x.index_select(0, places))
    assert same(t.index_select(2, torch.tensor([1])), x[:, :, 1:])
    assert same(t.narrow_copy(1, 2, 3), x.narrow(1, 2, 3))
    assert same(t.unsqueeze(1), x.unsqueeze(1))
    assert same(t.permute(1, 0, 2), x.permute(1, 0, 2))
    assert same(torch.cat([t, t], 1), torch.cat([x, x], 1))
    assert same(torch.cat([t, t], 2), torch.cat([x, x], 2))
    assert same(torch.stack([t, t]), torch.stack([x, x]))
    assert same(t * x.expand(3, 4, 6, 2), x * x.expand(3, 4, 6, 2))


def test_softmax_is_over_what_is_there():
    t = torch.tensor([[0.0, 1.0, 2.0], [3.0, 0.0, 0.0]]).to_sparse()
    lines = [torch.tensor([1.0, 2.0]).softmax(0), torch.tensor([1.0])]
    assert torch.sparse.softmax(t, 1).values().tolist() == torch.cat(lines).tolist()
    assert torch.sparse.log_softmax(t, 1).values()[2].item() == 0.0


# -- in place, out= and aliases ----------------------------------------------------------------------------------------------------------


def test_in_place_writes_are_seen_by_who_holds_the_values():
    t = uncoalesced().coalesce()
    values, alias, version = t._values(), t.detach(), t._version
    t.mul_(2)
    assert values.tolist() == [4.0, 6.0, 10.0]
    assert same(alias, t.to_dense())
    assert t._version == version + 1


def test_out_takes_the_layout_of_the_result():
    t = uncoalesced()
    out = torch.zeros(2, 3, layout=torch.sparse_coo)
    assert torch.add(t, t, out=out) is out
    assert same(out, t.to_dense() * 2)
    with pytest.raises(RuntimeError, match=r"layout torch\.sparse_coo"):
        torch.add(t, t, out=torch.zeros(2, 3))
    dense = torch.empty(0)
    torch.mm(t, torch.ones(3, 2), out=dense)
    assert dense.tolist() == [[2.0, 2.0], [8.0, 8.0]]


def test_dense_plus_sparse_in_place_touches_its_places_only():
    x = torch.full((2, 3), float("nan"))
    x.add_(uncoalesced() * 0)
    assert x.isnan().all()
    y = torch.zeros(3, 2).t()
    y.add_(uncoalesced(), alpha=2)
    assert same(y, uncoalesced().to_dense() * 2)


def test_a_refused_write_changes_nothing():
    t = uncoalesced()
    before = t.to_dense()
    for wrong in (lambda: t.add_(torch.ones(2, 3)), lambda: t.copy_(torch.ones(2, 3)), lambda: t.fill_(1), lambda: t.mul_("x")):
        with pytest.raises((RuntimeError, TypeError)):
            wrong()
    assert same(t, before)
    assert t._version == 0


def test_zero_and_copy():
    t = uncoalesced()
    assert t.clone().zero_()._nnz() == 0
    other = torch.zeros(2, 3, layout=torch.sparse_coo)
    assert same(other.copy_(t), t.to_dense())


def test_resizing_keeps_elements_and_does_not_shrink():
    t = uncoalesced()
    assert t.sparse_resize_((4, 5), 2, 0).shape == (4, 5)
    assert t.to_dense()[:2, :3].tolist() == uncoalesced().to_dense().tolist()
    with pytest.raises(RuntimeError, match="shrinking the size of sparse dimensions"):
        t.sparse_resize_((2, 3), 2, 0)
    assert t.sparse_resize_and_clear_((2, 3, 4), 2, 1)._values().shape == (0, 4)


@pytest.mark.parametrize("order", ["sparse_coo", *COMPRESSED])
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))], ids=["deepcopy", "pickle"])
def test_copies_keep_everything(order, copied):
    t = in_layout(matrix(), order).requires_grad_()
    made = copied(t)
    assert made.layout is t.layout
    assert made.requires_grad
    assert same(made.detach(), t.detach().to_dense())


# -- constructors ---------------------------------------------------------------------------------------------------------------------------


BROKEN = [
    (([0, 1, 3], [0, 1], [1.0, 2.0]), r"crow_indices\[\.\.\., -1\] == nnz"),
    (([1, 1, 2], [0, 1], [1.0, 2.0]), r"crow_indices\[\.\.\., 0\] == 0"),
    (([0, 1, 2], [0, 5], [1.0, 2.0]), "0 <= col_indices < ncols"),
    (([0, 2, 2], [1, 1], [1.0, 2.0]), "sorted and distinct"),
    (([0, 1], [0], [1.0]), "number of rows"),
]


@pytest.mark.parametrize(("parts", "message"), BROKEN, ids=[m[:20] for _, m in BROKEN])
def test_invariants_are_checked_where_asked(parts, message):
    torch.sparse_csr_tensor(*parts, (2, 2))
    with pytest.raises(RuntimeError, match=message):
        torch.sparse_csr_tensor(*parts, (2, 2), check_invariants=True)


def test_coordinates_are_checked_where_asked():
    with pytest.raises(RuntimeError, match="size is inconsistent with indices: for dim 0, size is 1 but found index 1"):
        torch.sparse_coo_tensor([[0, 1]], [1.0, 2.0], (1,), check_invariants=True)
    with pytest.raises(RuntimeError, match="found negative index -1 for dim 0"):
        torch.sparse_coo_tensor([[0, -1]], [1.0, 2.0])
    with pytest.raises(RuntimeError, match="cannot set is_coalesced to true"):
        torch.sparse_coo_tensor([[1, 0]], [1.0, 2.0], (2,), is_coalesced=True, check_invariants=True)


# -- refusals ------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [lambda t: t.exp(), lambda t: t.view(6), lambda t: t == t, lambda t: torch.cumsum(t, 0)])
def test_an_op_without_a_rule_says_so_and_densifies_nothing(call):
    with pytest.raises(NotImplementedError, match=r"Could not run 'aten::.*' with arguments from the 'SparseCPU' backend"):
        call(uncoalesced())
    with pytest.raises(NotImplementedError, match="SparseCsrCPU"):
        call(uncoalesced().to_sparse_csr())


def test_there_is_no_one_memory_under_it():
    t = uncoalesced()
    with pytest.raises(NotImplementedError, match="Cannot access storage of SparseTensorImpl"):
        t.untyped_storage()
    with pytest.raises(RuntimeError, match="data pointer"):
        t.data_ptr()
    with pytest.raises(TypeError, match="can't convert Sparse layout tensor to numpy"):
        t.numpy()
    with pytest.raises(RuntimeError, match="strides"):
        t.to_sparse_csr().stride()


def test_transforms_and_captures_refuse():
    from ft_autograd import func
    from ft_dispatch.trace import capture

    t = uncoalesced()
    with pytest.raises(NotImplementedError, match=r"transforms of torch\.func take dense tensors"):
        func.vmap(lambda x: x * 2)(t)
    with pytest.raises(NotImplementedError, match=r"transforms of torch\.func take dense tensors"):
        func.grad(lambda w: (t @ w).sum())(torch.ones(3, 1))
    with pytest.raises(NotImplementedError, match="captured function"):
        capture(lambda w: t @ w, torch.ones(3, 1))


def test_the_switch_of_invariant_checks():
    from ft_dispatch.ops._sparse_bindings import checks_invariants, set_checks

    set_checks(True)
    try:
        with pytest.raises(RuntimeError, match="size is inconsistent"):
            torch.sparse_coo_tensor([[3]], [1.0], (2,))
    finally:
        set_checks(False)
    assert not checks_invariants()


def test_dispatch_modes_see_one_op():
    from ft_dispatch.modes import TorchDispatchMode

    seen = []

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            seen.append(str(func))
            return func(*args, **(kwargs or {}))

    with Watch():
        torch.mm(uncoalesced().coalesce(), torch.ones(3, 2))
    assert seen[-1] == "aten.mm.default"
    assert "aten._coo_mm.default" not in seen


def test_inference_mode_marks_results():
    with ft_autograd.inference_mode():
        assert (uncoalesced() * 2).is_inference()
