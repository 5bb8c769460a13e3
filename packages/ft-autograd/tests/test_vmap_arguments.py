"""Arguments that are numbers or memory to an op, batched by vmap: bounds, lengths, sizes. What torch batches we do, what it refuses too."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

from types import SimpleNamespace

import pytest

from ft_autograd import func
from ft_dispatch import surface as torch

pytestmark = pytest.mark.filterwarnings("ignore:There is a performance drop")
PROBABILITIES = [
    [[[0.1 * (i + 1) * (t + 2) % 0.7 + 0.1 * c for c in range(3)] for _ in range(2)] for t in range(5)] for i in range(3)
]


def bounds(ns):
    return ns.tensor([0.0, 1.5, -2.0]), ns.tensor([5.0, 7.0, 0.5])


def square(ns):
    return ns.arange(6.0).reshape(3, 2)


def losses(ns, *lengths, **options):
    log_p = ns.tensor(PROBABILITIES).log_softmax(-1)
    targets = ns.tensor([[1, 2], [2, 1]])
    return lambda vmap: vmap(
        lambda p, n: ns.ctc_loss(p, targets, *[n if at is None else ns.tensor(at) for at in lengths], **options)
    )(log_p, ns.tensor([[5, 5], [4, 5], [5, 4]] if lengths[0] is None else [[2, 2], [1, 2], [2, 1]]))


def ctc_gradient(ns, transforms):
    log_p = ns.tensor(PROBABILITIES).log_softmax(-1)
    targets, frames = ns.tensor([[1, 2], [2, 1]]), ns.tensor([[5, 5], [4, 5], [5, 4]])
    one = lambda p, n: ns.ctc_loss(p.log_softmax(-1), targets, n, ns.tensor([2, 2]), reduction=1)  # noqa: E731
    return transforms.vmap(transforms.grad(one))(log_p, frames)


BATCHED = {
    "linspace": lambda ns, f: f.vmap(lambda a, b: ns.linspace(a, b, 5))(*bounds(ns)),
    "linspace to a number": lambda ns, f: f.vmap(lambda a: ns.linspace(a, 4, 4))(bounds(ns)[0]),
    "linspace from a number": lambda ns, f: f.vmap(lambda b: ns.linspace(1, b, 4))(bounds(ns)[1]),
    "linspace of one": lambda ns, f: f.vmap(lambda a: ns.linspace(a, 4.0, 1))(bounds(ns)[0]),
    "linspace of integers": lambda ns, f: f.vmap(lambda a: ns.linspace(a, 10, 4, dtype=ns.int64))(ns.tensor([1, 2])),
    "linspace inside grad": lambda ns, f: f.vmap(f.grad(lambda a: ns.linspace(a, 2 * a, 3).sum()))(bounds(ns)[0]),
    "logspace": lambda ns, f: f.vmap(lambda a, b: ns.logspace(a, b, 3, base=2.0))(*bounds(ns)),
    "logspace of integers": lambda ns, f: f.vmap(lambda a: ns.logspace(a, 3, 3, dtype=ns.int64))(ns.tensor([1, 2])),
    "resize_": lambda ns, f: f.vmap(lambda x: x.clone().resize_(2, 1))(square(ns)),
    "resize_ to fewer": lambda ns, f: f.vmap(lambda x: x.clone().resize_(1))(square(ns)),
    "resize_ of a view": lambda ns, f: f.vmap(lambda x: x.clone()[1:].resize_(1, 1))(square(ns)),
    "resize_ twice": lambda ns, f: f.vmap(f.vmap(lambda x: x.clone().resize_(1)))(square(ns)),
    "resize_ of a constant": lambda ns, f: f.grad(lambda x: (ns.zeros(3).resize_(2) * x).sum())(square(ns)[0]),
    "argwhere": lambda ns, f: f.vmap(ns.argwhere)(ns.ones(2, 3)),
    "bincount": lambda ns, f: f.vmap(ns.bincount)(ns.tensor([[1, 2], [0, 2]])),
    "repeat_interleave": lambda ns, f: f.vmap(lambda n: ns.repeat_interleave(n))(ns.tensor([[1, 2], [2, 1]])),
    "ctc_loss, frames": lambda ns, f: losses(ns, None, [2, 2], reduction=1)(f.vmap),
    "ctc_loss, labels": lambda ns, f: losses(ns, [5, 5], None, reduction=1)(f.vmap),
    "ctc_loss, sums": lambda ns, f: losses(ns, [5, 5], None, reduction=2, zero_infinity=True)(f.vmap),
    "ctc_loss, each": lambda ns, f: losses(ns, [5, 5], None)(f.vmap),
    "ctc_loss, gradient": ctc_gradient,
}
OF_THE_WHOLE = ("resize_ to fewer", "resize_ of a view")  # torch resizes the memory of all examples, which then share it out anew
REFUSED = {
    "linspace of vectors": (lambda ns, f: ns.linspace(ns.ones(1), 2.0, 3), "only supports 0-dimensional start and end tensors"),
    "resize_ of columns": (lambda ns, f: f.vmap(lambda x: x.resize_(1, 3), in_dims=1)(square(ns)), "NYI: resize_ batch rule for"),
    "resize_ in another order": (
        lambda ns, f: f.vmap(lambda x: x.clone().resize_(1, 1, 1, 2, memory_format=ns.channels_last))(square(ns)),
        "only supports None or Contiguous MemoryFormat",
    ),
    "resize_ of what is differentiated": (
        lambda ns, f: f.grad(lambda x: (x * 1).resize_(2).sum())(square(ns)[0]),
        "cannot resize variables that require grad",
    ),
    "resize_ of a dual": (
        lambda ns, f: f.jvp(lambda x: (x * 1).resize_(2), (square(ns)[0],), (square(ns)[0],)),
        "cannot resize variables that has a forward grad",
    ),
    "argwhere of other counts": (lambda ns, f: f.vmap(ns.argwhere)(square(ns)), "stack expects each tensor to be equal size"),
    "bincount of other counts": (
        lambda ns, f: f.vmap(ns.bincount)(ns.tensor([[1, 2], [0, 1]])),
        "stack expects each tensor to be equal size",
    ),
    "nonzero": (lambda ns, f: f.vmap(ns.nonzero)(square(ns)), "Attempted to vmap over aten::nonzero"),
    "unique": (lambda ns, f: f.vmap(ns.unique)(square(ns)), "Attempted to vmap over aten::_unique2"),
    "unique along a dim": (
        lambda ns, f: f.vmap(lambda x: ns.unique(x, dim=0))(square(ns)),
        "Attempted to vmap over aten::unique_dim",
    ),
    "an address": (lambda ns, f: f.vmap(lambda x: x.data_ptr() and x)(square(ns)), "Cannot access data pointer of Tensor"),
    "a storage": (
        lambda ns, f: f.vmap(lambda x: x.untyped_storage() and x)(square(ns)),
        "Cannot access storage of BatchedTensorImpl",
    ),
    "an array": (
        lambda ns, f: f.grad(lambda x: x.numpy().sum() + x.sum())(square(ns)[0]),
        r"Can't call numpy\(\) on Tensor that requires",
    ),
}


def one_by_one(function):
    return lambda *batches: torch.stack([function(*row) for row in zip(*batches, strict=True)])


LOOP = SimpleNamespace(vmap=one_by_one, grad=func.grad)


@pytest.fixture(scope="module")
def oracle():
    return pytest.importorskip("torch")


@pytest.mark.oracle
@pytest.mark.parametrize("case", BATCHED)
def test_as_torch_batches(oracle, case):
    ours, theirs = BATCHED[case](torch, func), BATCHED[case](oracle, oracle.func)
    assert (tuple(ours.shape), str(ours.dtype)) == (tuple(theirs.shape), str(theirs.dtype))
    assert oracle.allclose(oracle.tensor(ours.tolist(), dtype=theirs.dtype), theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("case", [case for case in BATCHED if case not in OF_THE_WHOLE])
def test_as_each_example(case):
    assert torch.allclose(BATCHED[case](torch, func), BATCHED[case](torch, LOOP), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    call, message = REFUSED[case]
    with pytest.raises((RuntimeError, NotImplementedError), match=message):
        call(torch, func)


@pytest.mark.oracle
@pytest.mark.parametrize("case", REFUSED)
def test_torch_refuses_with_the_same_type_and_words(oracle, case):
    call, message = REFUSED[case]
    with pytest.raises((RuntimeError, NotImplementedError), match=message) as theirs:
        call(oracle, oracle.func)
    with pytest.raises(theirs.type, match=message):
        call(torch, func)
