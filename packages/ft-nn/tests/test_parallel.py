"""torch.nn.parallel on a machine without an accelerator: the wrapper is the module, what moves tensors refuses, as in torch."""

from collections import namedtuple

import pytest

import ft_nn as nn
from ft_dispatch import surface
from ft_nn import parallel
from ft_nn.parallel import devices

Pair = namedtuple("Pair", "a b")


@pytest.fixture(autouse=True)
def no_accelerator(monkeypatch):
    """These are the answers without one, wherever the tests run."""
    for module in (devices, parallel.data_parallel.__globals__, parallel.comm):
        names = module if isinstance(module, dict) else vars(module)
        monkeypatch.setitem(names, "accelerator", lambda: None)


def test_data_parallel_is_the_module():
    layer = nn.Linear(2, 3)
    wrapped = nn.DataParallel(layer, device_ids=[0, 1])
    assert wrapped.device_ids == []
    assert list(wrapped.state_dict()) == ["module.weight", "module.bias"]
    assert repr(wrapped) == "DataParallel(\n  (module): Linear(in_features=2, out_features=3, bias=True)\n)"
    x = surface.ones(4, 2)
    assert surface.equal(wrapped(x), layer(x))


def test_arguments_are_shared_where_they_are_no_tensors():
    given = [1, {"a": 2}, (), Pair(3, 4), (5,)]
    assert parallel.scatter(given, [0, 1]) == [given, given]
    assert parallel.scatter_gather.scatter_kwargs((1,), {"k": 2}, [0, 1]) == (((1,), (1,)), ({"k": 2}, {"k": 2}))
    assert parallel.scatter_gather.scatter_kwargs((1,), None, [0, 1]) == (((1,), (1,)), ({}, {}))
    assert parallel.scatter_gather.scatter_kwargs((), {"k": 2}, [0, 1]) == (((), ()), ({"k": 2}, {"k": 2}))


def test_replicas_without_parameters():
    net = nn.Sequential(nn.ReLU(), nn.Tanh())
    made = parallel.replicate(net, [0, 1])
    assert [repr(m) for m in made] == [repr(net)] * 2
    assert made[0][0] is not net[0]
    assert parallel.replicate(nn.Linear(1, 1), []) == []


def test_what_is_not_built_says_so():
    assert not hasattr(parallel, "DistributedDataParallelCPU")
    with pytest.raises(AttributeError, match="not built yet in FrankenTorch"):
        parallel.DistributedDataParallelCPU  # noqa: B018
    with pytest.raises(RuntimeError, match=r"needs torch\.distributed, which is not built yet"):
        parallel.DistributedDataParallel(nn.Linear(1, 1))
    assert not isinstance(nn.Linear(1, 1), (nn.DataParallel, parallel.DistributedDataParallel))


LAYER = nn.Linear(1, 1)
ONE = surface.ones(2, 1)
REFUSED = {
    "replicate": (lambda: parallel.replicate(LAYER, [0]), AssertionError, "Broadcast function not implemented for CPU tensors"),
    "replicate on cpu": (lambda: parallel.replicate(LAYER, ["cpu"]), ValueError, "Expected a non cpu device, but got: cpu"),
    "gather": (lambda: parallel.gather([ONE, ONE], "cpu"), AssertionError, "Gather function not implemented for CPU tensors"),
    "gather dicts": (lambda: parallel.gather([{}, {"a": 1}], 0), ValueError, "All dicts must have the same number of keys"),
    "data_parallel": (lambda: parallel.data_parallel(LAYER, ONE), RuntimeError, "device type could not be determined"),
    "apply": (lambda: parallel.parallel_apply([LAYER], [ONE]), RuntimeError, "Cannot access accelerator device when none"),
    "apply inputs": (
        lambda: parallel.parallel_apply([LAYER], []),
        AssertionError,
        "modules 1 is not equal to the number of inputs 0",
    ),
    "reduce": (lambda: parallel.comm.reduce_add([ONE]), AssertionError, "reduce_add expects all inputs to be on GPUs, but input 0"),
    "broadcast": (lambda: parallel.comm.broadcast(ONE), RuntimeError, "Exactly one of 'devices' and 'out' must be specified"),
    "scatter": (lambda: parallel.comm.scatter(ONE, [0], out=[ONE]), RuntimeError, "'devices' must not be specified when 'out'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    call, kind, text = REFUSED[name]
    with pytest.raises(kind, match=text):
        call()


def test_host_tensors_go_into_given_ones():
    parts = surface.zeros(1, 2), surface.zeros(3, 2)
    whole = surface.arange(8.0).reshape(4, 2)
    parallel.comm.scatter(whole, out=parts)
    assert surface.equal(parallel.comm.gather(parts, out=surface.empty(4, 2)), whole)
    assert surface.equal(parallel.comm.broadcast(whole, out=[surface.empty(4, 2)])[0], whole)


def test_modules_run_at_once_and_in_order(monkeypatch):
    monkeypatch.setitem(parallel.parallel_apply.__globals__, "index_of", lambda device, optional: 0)  # as on a machine that has one
    with surface.no_grad():
        made = parallel.parallel_apply([nn.Identity(), nn.ReLU()], [-ONE, (-ONE,)])
    assert [m.sum().item() for m in made] == [-2, 0]
    recorded = parallel.parallel_apply([LAYER, LAYER], [ONE, ONE], [{}, {}])
    assert [m.requires_grad for m in recorded] == [True, True]
    with pytest.raises(NotImplementedError, match="missing the required"):
        parallel.parallel_apply([LAYER, nn.Module()], [ONE, ONE])
