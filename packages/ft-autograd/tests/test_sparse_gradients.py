"""Gradients of sparse tensors: which layout they have, what they hold, how the engine adds them. Live comparisons carry `oracle`."""

from __future__ import annotations

import warnings

import pytest

import ft_autograd
from ft_core import Tensor
from ft_dispatch import surface as torch

INDICES = [[0, 1, 1, 0], [2, 0, 2, 2]]
VALUES = [3.0, 4.0, 5.0, 6.0]


def coo(ns, coalesced=True):
    """A leaf (2, 3) with one coordinate twice, unless coalesced."""
    t = ns.sparse_coo_tensor(ns.tensor(INDICES), ns.tensor(VALUES), (2, 3))
    return (t.coalesce() if coalesced else t).requires_grad_()


def dense(ns, rows=2, cols=3):
    return (ns.arange(float(rows * cols)).reshape(rows, cols) + 1).requires_grad_()


def csr(ns):
    return dense(ns).detach().to_sparse_csr().requires_grad_()


def summed(t):
    return t.to_dense().sum() if "strided" not in str(t.layout) else t.sum()


# Each makes the leaves, then a result from them; the result's sum is differentiated.
PROGRAMS = {
    "to_dense": lambda ns: ([x := coo(ns, False)], x.to_dense() * dense(ns).detach()),
    "to_dense unmasked": lambda ns: ([x := coo(ns)], x.to_dense(masked_grad=False) * dense(ns).detach()),
    "to_sparse": lambda ns: ([x := dense(ns)], x.to_sparse() * 2),
    "to_sparse with a dense dim": lambda ns: ([x := dense(ns)], x.to_sparse(1)),
    "constructor": lambda ns: (
        [v := ns.tensor(VALUES, requires_grad=True)],
        ns.sparse_coo_tensor(ns.tensor(INDICES), v, (2, 3)) * 2,
    ),
    "sparse.mm": lambda ns: ([x := coo(ns, False), w := dense(ns, 3, 2)], ns.sparse.mm(x, w)),
    "sparse.mm of a dense left": lambda ns: ([x := coo(ns), w := dense(ns, 4, 2)], ns.sparse.mm(w, x)),
    "mm": lambda ns: ([x := coo(ns, False), w := dense(ns, 3, 2)], ns.mm(x, w)),
    "mv": lambda ns: ([x := coo(ns), w := ns.ones(3, requires_grad=True)], x @ w),
    "sparse.addmm": lambda ns: (
        [b := dense(ns, 2, 2), x := coo(ns), w := dense(ns, 3, 2)],
        ns.sparse.addmm(b, x, w, beta=2, alpha=3),
    ),
    "sparse.sum": lambda ns: ([x := coo(ns, False)], ns.sparse.sum(x)),
    "sparse.sum of a dim": lambda ns: ([x := coo(ns, False)], ns.sparse.sum(x, 0)),
    "sparse.sum of all dims": lambda ns: ([x := coo(ns)], ns.sparse.sum(x, (0, 1))),
    "sum": lambda ns: ([x := coo(ns, False)], x.sum()),
    "values": lambda ns: ([x := coo(ns, False)], x.coalesce().values() * 3),
    "add": lambda ns: ([x := coo(ns), y := coo(ns)], x + y * 2),
    "dense + sparse": lambda ns: ([x := coo(ns), y := dense(ns)], y + x),
    "mul by a number": lambda ns: ([x := coo(ns, False)], x * 3),
    "mul by a dense one": lambda ns: ([x := coo(ns)], x * dense(ns).detach()),
    "mul of a dense one": lambda ns: ([y := dense(ns)], coo(ns).detach() * y),
    "mul": lambda ns: ([x := coo(ns), y := coo(ns)], x * y),
    "div": lambda ns: ([x := coo(ns)], x / 2),
    "neg": lambda ns: ([x := coo(ns)], -x),
    "abs": lambda ns: ([x := coo(ns)], x.abs()),
    "relu": lambda ns: ([x := coo(ns)], x.relu()),
    "pow": lambda ns: ([x := coo(ns)], x.pow(2)),
    "t": lambda ns: ([x := coo(ns)], x.t()),
    "double": lambda ns: ([x := coo(ns)], x.double()),
    "clone": lambda ns: ([x := coo(ns)], x.clone()),
    "softmax": lambda ns: ([x := coo(ns)], ns.sparse.softmax(x, 1).to_dense() * dense(ns).detach()),
    "log_softmax": lambda ns: ([x := coo(ns)], ns.sparse.log_softmax(x, 0).to_dense() * dense(ns).detach()),
    "sparse_mask": lambda ns: ([y := dense(ns)], y.sparse_mask(coo(ns).detach())),
    "csr to_dense": lambda ns: ([x := csr(ns)], x.to_dense() * 2),
    "csr values": lambda ns: ([x := csr(ns)], x.values() * 2),
    "csr mm": lambda ns: ([x := csr(ns), w := dense(ns, 3, 2)], ns.mm(x, w)),
    "csr sparse.mm": lambda ns: ([x := csr(ns), w := dense(ns, 3, 2)], ns.sparse.mm(x, w)),
    "csr mul": lambda ns: ([x := csr(ns)], x * 2),
    "csr to_sparse": lambda ns: ([x := csr(ns)], x.to_sparse()),
    "dense to csr": lambda ns: ([x := dense(ns)], x.to_sparse_csr()),
    "gather": lambda ns: ([x := dense(ns)], x.gather(1, ns.tensor([[0, 1], [2, 2]]), sparse_grad=True)),
    "embedding": lambda ns: ([w := dense(ns, 4, 2)], ns.embedding(w, ns.tensor([[1, 1], [3, 0]]), 3, False, True)),
}


def differentiated(ns, program):
    """(result, gradients of its leaves)."""
    leaves, made = program(ns)
    summed(made).backward()
    return made, [leaf.grad for leaf in leaves]


def numbers(t):
    return (t.to_dense() if "strided" not in str(t.layout) else t).tolist()


@pytest.fixture(scope="module")
def oracle():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield pytest.importorskip("torch")


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_have_torch_s_layout_and_numbers(oracle, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted, wanted_grads = differentiated(oracle, PROGRAMS[name])
    found, grads = differentiated(torch, PROGRAMS[name])
    assert type(found.grad_fn).__name__.rstrip("01") == type(wanted.grad_fn).__name__.rstrip("01")
    for mine, theirs in zip(grads, wanted_grads, strict=True):
        assert str(mine.layout) == str(theirs.layout)
        assert mine.shape == theirs.shape
        assert torch.allclose(torch.tensor(numbers(mine)), torch.tensor(numbers(theirs)), rtol=1e-5)
        if mine.is_sparse:
            assert mine.sparse_dim() == theirs.sparse_dim()


# -- without the oracle: against the same program on dense tensors --------------------------------------------------------------------


DENSE = {
    "sparse.mm": lambda x, w: x.mm(w),
    "mm": lambda x, w: x.mm(w),
    "mv": lambda x, w: x @ w,
    "sparse.sum of a dim": lambda x: x.sum(0),
    "mul": lambda x, y: x * y,
    "add": lambda x, y: x + y * 2,
    "pow": lambda x: x.pow(2),
    "csr mm": lambda x, w: x.mm(w),
    "csr to_dense": lambda x: x * 2,
    "div": lambda x: x / 2,
}


@pytest.mark.parametrize("name", DENSE)
def test_where_there_are_elements_gradients_are_the_dense_ones(name):
    leaves, made = PROGRAMS[name](torch)
    summed(made).backward()
    plain = [t.detach().to_dense().requires_grad_() for t in leaves]
    DENSE[name](*plain).sum().backward()
    for leaf, other in zip(leaves, plain, strict=True):
        grad = leaf.grad
        wanted = other.grad
        if grad.layout is not torch.strided:
            held = leaf.detach().coalesce() if leaf.is_sparse else leaf.detach()
            wanted = wanted.sparse_mask(held)
        assert numbers(grad) == numbers(wanted)


def embedded(w, *places, sparse=True):
    return torch.embedding(w, torch.tensor(list(places)), -1, False, sparse)


def test_sparse_gradients_add_up_in_the_leaf():
    w = torch.zeros(4, 2, requires_grad=True)
    for _ in range(2):
        embedded(w, 1, 1, 3).sum().backward()
    assert w.grad.is_sparse
    assert w.grad.to_dense().tolist() == [[0, 0], [4, 4], [0, 0], [2, 2]]


@pytest.mark.parametrize("first", [True, False])
def test_a_sparse_and_a_dense_gradient_meet_in_one_backward(first):
    w = torch.zeros(4, 2, requires_grad=True)
    terms = [embedded(w, 1).sum(), w.sum()]
    (terms[not first] + terms[first]).backward()
    assert w.grad.layout is torch.strided
    assert w.grad.tolist() == [[1, 1], [2, 2], [1, 1], [1, 1]]


@pytest.mark.filterwarnings("ignore:Using backward.. with create_graph=True")
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("first", [True, False])
def test_a_sparse_and_a_dense_gradient_meet_in_the_leaf(first, create_graph):
    w = torch.zeros(4, 2, requires_grad=True)
    for sparse in (first, not first):
        embedded(w, 1, sparse=sparse).sum().backward(create_graph=create_graph)
    assert w.grad.layout is torch.strided
    assert w.grad.tolist() == [[0, 0], [2, 2], [0, 0], [0, 0]]


def test_the_leaf_does_not_share_its_gradient_with_the_next_backward():
    w = torch.zeros(4, 2, requires_grad=True)
    embedded(w, 1).sum().backward()
    first = w.grad
    w.grad = None
    embedded(w, 1).sum().backward()
    w.grad._values().mul_(5)
    assert first.to_dense()[1].tolist() == [1, 1]


def test_rows_that_pad_get_no_gradient_and_frequencies_are_refused():
    w = torch.zeros(4, 2, requires_grad=True)
    torch.embedding(w, torch.tensor([0, 1, 0]), 0, False, True).sum().backward()
    assert w.grad._indices().tolist() == [[1]]
    with pytest.raises(RuntimeError, match="scale_grad_by_freq not supported with sparse gradients"):
        torch.embedding(w, torch.tensor([0]), -1, True, True).sum().backward()


@pytest.mark.parametrize("mode", [0, 1])
def test_bags_give_the_same_gradient_sparse_and_dense(mode):
    grads = []
    for sparse in (True, False):
        w = dense(torch, 5, 2)
        made = torch.embedding_bag(w, torch.tensor([1, 1, 4, 0]), torch.tensor([0, 3]), False, mode, sparse)[0]
        (made * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
        grads.append(w.grad)
    assert grads[0].is_sparse
    assert torch.allclose(grads[0].to_dense(), grads[1])


def test_gradients_of_gradients():
    x, w = coo(torch), dense(torch, 3, 2)
    (g,) = ft_autograd.grad(torch.sparse.mm(x, w).pow(2).sum(), w, create_graph=True)
    g.sum().backward()
    # through g the left matrix has a dense gradient, as of mm; through the product a sparse one: together they are dense
    assert x.grad.tolist() == [[198.0, 198.0, 396.0], [188.0, 134.0, 332.0]]
    assert w.grad.shape == (3, 2)


def test_hooks_and_retained_gradients_see_sparse_ones():
    x, seen = coo(torch), []
    x.register_hook(lambda g: seen.append(g.layout))
    y = x * 2
    y.retain_grad()
    torch.sparse.sum(y).backward()
    assert seen == [torch.sparse_coo]
    assert y.grad.is_sparse


def test_a_dense_gradient_may_not_be_put_on_a_sparse_leaf():
    x = coo(torch)
    with pytest.raises(RuntimeError, match="has data of a different type"):
        x.grad = torch.zeros(2, 3)
    w = torch.zeros(2, 3, requires_grad=True)
    w.grad = x.detach()
    assert w.grad.is_sparse


def test_recorded_graphs_hold_no_cycle():
    import gc
    import weakref

    gc.disable()
    try:
        x = coo(torch)
        y = torch.sparse.softmax(torch.sparse.mm(x, x.t()) * 2, 1)
        gone = weakref.ref(y)
        assert isinstance(y, Tensor)
        del x, y
        assert gone() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("build", ["sparse_coo", "sparse_csr", "sparse_csc"])
def test_finite_differences(build):
    """gradcheck through the values, of functions whose results are dense."""
    a = dense(torch, 3, 4).detach().double()
    a[0, 1] = a[2, 3] = 0
    t = a.to_sparse(layout=getattr(torch, build))
    pattern = t.coalesce() if t.is_sparse else t

    def rebuilt(values):
        if t.is_sparse:
            return torch.sparse_coo_tensor(pattern.indices(), values, t.shape, is_coalesced=True)
        parts = (
            (pattern.crow_indices(), pattern.col_indices())
            if build == "sparse_csr"
            else (pattern.ccol_indices(), pattern.row_indices())
        )
        return torch.sparse_compressed_tensor(*parts, values, t.shape, layout=t.layout)

    values, w = pattern.values().clone().requires_grad_(), dense(torch, 4, 2).detach().double().requires_grad_()
    assert ft_autograd.gradcheck(lambda v, w: torch.sparse.mm(rebuilt(v), w), (values, w))
    assert ft_autograd.gradcheck(lambda v: rebuilt(v * v).to_dense(), (values,))


def test_fake_quantisation_passes_the_gradient_where_nothing_is_cut_off():
    x = torch.tensor([-9.0, 0.2, 0.4, 99.0], requires_grad=True)
    made = torch.fake_quantize_per_tensor_affine(x, 0.1, 3, 0, 10)
    made.backward(torch.tensor([1.0, 2.0, 3.0, 4.0]))
    assert x.grad.tolist() == [0.0, 2.0, 3.0, 0.0]
