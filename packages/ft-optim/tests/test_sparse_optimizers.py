"""Optimizers along sparse gradients: where every element is there they are the dense algorithms, elsewhere nothing moves."""

from __future__ import annotations

import pytest

import ft_optim as optim
from ft_dispatch import surface as torch

EVERY, SOME = [0, 1, 2, 3], [1, 1, 3]


def stepped(make, places, steps=3, sparse=True, ns=torch, **options):
    """A table (4, 2) after some steps of sum(x^2) over its rows at `places`."""
    w = (ns.arange(8.0).reshape(4, 2) / 10 + 0.1).requires_grad_()
    optimizer = make([w], **options)
    for _ in range(steps):
        optimizer.zero_grad()
        ns.embedding(w, ns.tensor(places), -1, False, sparse).pow(2).sum().backward()
        optimizer.step()
    return w.detach()


CASES = [
    (optim.SparseAdam, optim.Adam, {"lr": 0.1}),
    (optim.SparseAdam, optim.Adam, {"lr": 0.1, "maximize": True, "betas": (0.5, 0.9)}),
    (optim.SGD, optim.SGD, {"lr": 0.1}),
    (optim.SGD, optim.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    (optim.SGD, optim.SGD, {"lr": 0.1, "momentum": 0.5, "dampening": 0.1, "maximize": True}),
    (optim.Adagrad, optim.Adagrad, {"lr": 0.1, "lr_decay": 0.1}),
]


@pytest.mark.parametrize(("make", "plain", "options"), CASES, ids=[f"{m.__name__}-{o}" for m, _, o in CASES])
def test_with_every_row_the_step_is_the_dense_one(make, plain, options):
    found = stepped(make, EVERY, **options)
    assert torch.allclose(found, stepped(plain, EVERY, sparse=False, **options), rtol=1e-5)
    assert not torch.allclose(found, stepped(plain, EVERY, steps=2, sparse=False, **options), rtol=1e-5)


@pytest.mark.parametrize("make", [optim.SparseAdam, optim.SGD, optim.Adagrad])
def test_rows_without_a_gradient_stay(make):
    before = stepped(make, SOME, steps=0, lr=0.1)
    after = stepped(make, SOME, lr=0.1)
    assert (after == before).all(1).tolist() == [True, False, True, False]


def test_the_momentum_of_sgd_is_sparse():
    w = torch.zeros(4, 2, requires_grad=True)
    optimizer = optim.SGD([w], lr=0.1, momentum=0.9)
    torch.embedding(w, torch.tensor([2]), -1, False, True).sum().backward()
    optimizer.step()
    assert optimizer.state[w]["momentum_buffer"].is_sparse


@pytest.mark.parametrize("name", "Adam AdamW Adamax NAdam RAdam RMSprop Rprop ASGD Adadelta Adafactor".split())
def test_the_others_refuse(name):
    with pytest.raises(RuntimeError, match="does not support sparse gradients"):
        stepped(getattr(optim, name), SOME)


@pytest.mark.parametrize(("make", "words"), [(optim.SGD, "add\\(sparse, dense\\)"), (optim.Adagrad, "weight_decay option")])
def test_weight_decay_is_refused_and_nothing_moves(make, words):
    w = torch.ones(4, 2, requires_grad=True)
    optimizer = make([w], lr=0.1, weight_decay=0.1)
    torch.embedding(w, torch.tensor([2]), -1, False, True).sum().backward()
    with pytest.raises(RuntimeError, match=words):
        optimizer.step()
    assert (w == 1).all()


def test_sparse_adam_refuses_what_it_is_not_for():
    with pytest.raises(ValueError, match=r"Sparse params at indices \[\[0, 0\]\]"):
        optim.SparseAdam([torch.eye(2).to_sparse()])
    with pytest.raises(ValueError, match="Complex params"):
        optim.SparseAdam([torch.ones(2, dtype=torch.complex64)])
    with pytest.raises(ValueError, match="Invalid learning rate"):
        optim.SparseAdam([torch.ones(2)], lr=0.0)
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    with pytest.raises(RuntimeError, match="please consider Adam instead"):
        optim.SparseAdam([w]).step()


def test_state_survives_a_checkpoint():
    w = torch.ones(4, 2, requires_grad=True)
    first = optim.SparseAdam([w], lr=0.1)
    torch.embedding(w, torch.tensor([2]), -1, False, True).sum().backward()
    first.step()
    second = optim.SparseAdam([w], lr=0.5)
    second.load_state_dict(first.state_dict())
    assert second.param_groups[0]["lr"] == 0.1
    assert second.state[w]["step"] == 1
    assert (second.state[w]["exp_avg"] == first.state[w]["exp_avg"]).all()


@pytest.mark.oracle
@pytest.mark.parametrize(("make", "plain", "options"), CASES, ids=[f"{m.__name__}-{o}" for m, _, o in CASES])
def test_steps_are_torch_s(make, plain, options):
    theirs = pytest.importorskip("torch")
    wanted = stepped(getattr(theirs.optim, make.__name__), SOME, ns=theirs, **options)
    assert torch.allclose(stepped(make, SOME, **options), torch.tensor(wanted.tolist()), rtol=1e-5)
