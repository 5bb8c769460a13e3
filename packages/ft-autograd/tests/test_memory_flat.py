"""With the collector off, a thousand training steps, vmaps, transforms, checkpoints and replays leave neither objects nor memory behind.

Whatever still grows is a reference cycle: with the collector on it would only be found later, in the middle of a training run.
"""

import gc
import resource
import sys
import threading

import pytest

from ft_autograd import func
from ft_autograd.checkpoint import checkpoint
from ft_dispatch import surface as torch
from ft_dispatch.trace import capture

TIMES = 1_000


def setting(rows=4):
    torch.manual_seed(0)
    return torch.randn(rows, 8), torch.randn(8, 8), torch.randn(8)


def loss(x, w, b):
    return ((x @ w + b).tanh() ** 2).mean()


def training():
    x, w, b = setting()
    w.requires_grad_(), b.requires_grad_()

    def step():
        loss(x, w, b).backward()
        for p in (w, b):
            p.data.sub_(p.grad, alpha=0.01)
            p.grad = None

    return step


def discarded_graphs():
    x, w, b = setting()
    w.requires_grad_()
    return lambda: loss(x, w, b)


def vmaps():
    x, w, b = setting()
    return lambda: func.vmap(func.grad(loss, argnums=1), in_dims=(0, None, None))(x, w, b)


def forward_over_reverse():
    x, w, b = setting()
    return lambda: func.jvp(func.grad(loss, argnums=2), (x, w, b), (x, w, b))


def second_derivatives():
    x, w, b = setting()
    b.requires_grad_()

    def step():
        (g,) = torch_grad(loss(x, w, b), b, create_graph=True)
        torch_grad(g.sum(), b)

    return step


def checkpoints():
    x, w, b = setting()
    w.requires_grad_()
    return lambda: checkpoint(loss, x, w, b, use_reentrant=False).backward(inputs=[w])


def replays():
    x, w, b = setting()
    program = capture(loss, x, w, b)
    return lambda: program(x, w, b)


def backward_again():
    x, w, b = setting()
    w.requires_grad_()
    out = loss(x, w, b)
    return lambda: torch_grad(out, w, retain_graph=True)


def torch_grad(*args, **kwargs):
    from ft_autograd.backward import grad  # named apart from func.grad

    return grad(*args, **kwargs)


@pytest.mark.parametrize(
    "work",
    [training, discarded_graphs, vmaps, forward_over_reverse, second_derivatives, checkpoints, replays, backward_again],
    ids=lambda f: f.__name__,
)
def test_nothing_is_left_behind(work):
    step = work()
    for _ in range(20):  # memos and tables of routes fill
        step()
    gc.collect()
    gc.disable()
    try:
        objects, memory = len(gc.get_objects()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(TIMES):
            step()
        assert len(gc.get_objects()) - objects < 50
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 4096  # KiB; one step's graph kept is 20 MiB over all
    finally:
        gc.enable()


def test_a_deep_graph_needs_no_stack():
    """Recorded, run backward and dropped in a thread with a quarter of a megabyte of stack.

    One megabyte from CPython 3.13 on, whose own bound on nested deallocations lies between the half and the whole of it.
    """
    found = []

    def run():
        x = torch.ones(1).requires_grad_()
        y = x
        for _ in range(100_000):
            y = y * 1.0
        y.backward()
        found.append(x.grad.tolist())
        z = x
        for _ in range(100_000):
            z = z * 1.0  # dropped as it is, nothing released

    before = threading.stack_size((256 if sys.version_info < (3, 13) else 1024) * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert found == [[1.0]]
