"""Layouts at random, for the tests that compare integer math with torch's."""

import pytest


@pytest.fixture(scope="session")
def random_layout():
    """A function of a `random.Random` (and a shape) that makes a torch tensor: permuted, sliced, narrowed, expanded, or plain."""
    torch = pytest.importorskip("torch")

    def make(rng, shape=None):
        if shape is None:
            shape = [rng.choice([0, 1, 1, 2, 3, 4]) if rng.random() < 0.9 else 1 for _ in range(rng.randint(0, 5))]
        order = list(range(len(shape)))
        rng.shuffle(order)
        step = [rng.choice([1, 1, 1, 2]) for _ in order]
        t = torch.zeros([shape[dim] * n for dim, n in zip(order, step, strict=True)])
        if shape:
            t = t[tuple(slice(None, None, n) for n in step)].permute([order.index(dim) for dim in range(len(shape))])
        if shape and rng.random() < 0.3:
            dim = rng.randrange(t.ndim)
            if t.shape[dim]:
                t = t.narrow(dim, 0, 1)
            if rng.random() < 0.7:
                t = t.expand([rng.choice([2, 3]) if size == 1 and rng.random() < 0.8 else size for size in t.shape])
        return t

    return make
