"""What the graph saves: hooks on it, checkpointing, anomaly mode, edges and hooks over several tensors."""

import gc
import weakref

import pytest

import ft_autograd
from ft_autograd import Function, graph
from ft_autograd.checkpoint import CheckpointError, checkpoint, checkpoint_sequential, set_checkpoint_early_stop
from ft_dispatch import surface as torch


def leaf(values=((0.3, 0.7), (-0.2, 0.9))):
    return torch.tensor([list(row) for row in values], dtype=torch.float64).requires_grad_()


def f(x, w):
    return (x @ w).tanh() @ w * x.exp()


def gradients(out, x, w):
    return [g.tolist() for g in ft_autograd.grad(out.sum(), (x, w))]


@pytest.fixture
def xw():
    return leaf(), leaf(((0.5, 0.1), (1.2, -0.4)))


# -- hooks ---------------------------------------------------------------------------------------------------------------


def test_packing_and_unpacking(xw):
    x, w = xw
    packed, unpacked = [], []

    def pack(t):
        packed.append(t)
        assert not torch.is_grad_enabled()
        return t.tolist()

    def unpack(values):
        unpacked.append(values)
        return torch.tensor(values, dtype=torch.float64)

    with graph.saved_tensors_hooks(pack, unpack):
        out = f(x, w)
    assert len(packed) >= 6
    assert any(t is x for t in packed)
    assert any(t is w for t in packed)
    assert gradients(out, x, w) == gradients(f(x, w), x, w)
    assert len(unpacked) == len(packed)


def test_hooks_keep_the_second_derivative(xw):
    x, w = xw

    def second(out):
        (g,) = ft_autograd.grad(out.sum(), x, create_graph=True)
        return gradients(g, x, w)

    with graph.saved_tensors_hooks(lambda t: t.clone(), lambda t: t):
        out = f(x, w)
    assert torch.allclose(torch.tensor(second(out)), torch.tensor(second(f(x, w))), rtol=1e-12)


def test_hooks_see_lists_in_place_and_functions(xw):
    x, w = xw
    count = []

    class Keep(Function):
        @staticmethod
        def forward(ctx, a):
            result = a * a
            ctx.save_for_backward(a, result)
            return result

        @staticmethod
        def backward(ctx, g):
            a, result = ctx.saved_tensors
            assert torch.equal(a * a, result)
            return g * 2 * a

    with graph.saved_tensors_hooks(lambda t: (count.append(1), t.clone())[1], lambda t: t):
        y = Keep.apply(x)
        assert len(count) == 2
        z = (x * 1).mul_(w)
    (g,) = ft_autograd.grad((y + z).sum(), x)
    assert torch.allclose(g, 2 * x.detach() + w.detach())


def test_the_innermost_hooks_win_and_hooks_end(xw):
    x, _ = xw
    seen = []
    with graph.saved_tensors_hooks(lambda t: (seen.append("outer"), t)[1], lambda t: t):
        with graph.saved_tensors_hooks(lambda t: (seen.append("inner"), t)[1], lambda t: t):
            x.sin()
        x.sin()
    x.sin()
    assert seen == ["inner", "outer"]


def test_hooks_that_misbehave(xw):
    x, _ = xw
    with graph.saved_tensors_hooks(lambda t: t, lambda t: 3):
        y = x.sin()
    with pytest.raises(TypeError, match="unpack_hook expected to be a Tensor but got result of type int"):
        y.sum().backward()
    with (
        graph.saved_tensors_hooks(lambda t: t.mul_(2), lambda t: t),
        pytest.raises(RuntimeError, match="pack hook is modifying its input in place"),
    ):
        x.sin()


def test_disabled(xw):
    with graph.disable_saved_tensors_hooks("not here"), pytest.raises(RuntimeError, match="not here"):
        graph.saved_tensors_hooks(lambda t: t, lambda t: t).__enter__()
    with graph.saved_tensors_hooks(lambda t: t, lambda t: t):
        pass


def test_on_cpu_and_mutation(xw):
    x, w = xw
    with graph.save_on_cpu():
        out = f(x, w)
    assert gradients(out, x, w) == gradients(f(x, w), x, w)
    with graph.allow_mutation_on_saved_tensors():
        a = x.sin()
        b = a * a
        a.mul_(2)
        (g,) = ft_autograd.grad(b.sum(), x)
    assert torch.allclose(g, 2 * x.detach().sin() * x.detach().cos())


# -- checkpointing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reentrant", [False, True])
def test_checkpoint_runs_twice_and_gives_the_same_gradients(xw, reentrant):
    x, w = xw
    calls = []

    def counted(x, w):
        calls.append(1)
        return f(x, w)

    checkpoint(counted, x, w, use_reentrant=reentrant).sum().backward()
    assert len(calls) == 2
    assert [x.grad.tolist(), w.grad.tolist()] == gradients(f(x, w), x, w)


def test_checkpoint_keeps_nothing_of_the_inside(xw):
    x, w = xw
    inside = []

    def watched(x, w):
        h = (x @ w).sin()
        inside.append(weakref.ref(h))
        return (h * h).sum()

    gc.disable()
    try:
        out = checkpoint(watched, x, w, use_reentrant=False)
        assert inside[0]() is None
        kept = watched(x, w)
        assert inside[1]() is not None
        del kept
    finally:
        gc.enable()
    assert gradients(out, x, w) == gradients(watched(x, w), x, w)


def test_nested_checkpoints_and_second_derivatives(xw):
    x, w = xw

    def outer(x, w):
        return checkpoint(f, x, w, use_reentrant=False).sin()

    def second(out):
        (g,) = ft_autograd.grad(out.sum(), x, create_graph=True)
        return torch.tensor(gradients(g, x, w))

    assert torch.allclose(second(checkpoint(outer, x, w, use_reentrant=False)), second(f(x, w).sin()), rtol=1e-12)


@pytest.mark.parametrize("reentrant", [False, True])
def test_random_numbers_are_the_same_in_both_runs(reentrant):
    x = torch.ones(50, dtype=torch.float64).requires_grad_()
    torch.manual_seed(5)
    out = checkpoint(lambda x: x * torch.rand(50, dtype=torch.float64), x, use_reentrant=reentrant)
    torch.rand(7)
    after = torch.rand(3)
    torch.manual_seed(5)
    torch.rand(50, dtype=torch.float64), torch.rand(7)
    assert torch.equal(after, torch.rand(3))
    out.sum().backward()
    assert torch.equal(x.grad, out.detach())


def test_keyword_arguments_and_early_stop():
    x = leaf()
    lines = []

    def g(x, *, scale):
        y = (x * scale).sin().exp()
        lines.append("end")
        return y + 1

    for stop, expected in ((True, 1), (False, 2)):
        lines.clear()
        with set_checkpoint_early_stop(stop):
            out = checkpoint(g, x, use_reentrant=False, scale=2.0)
        out.sum().backward()
        assert len(lines) == expected


def test_runs_that_differ_are_refused():
    x = leaf()
    calls = []

    def shrinks(x):
        calls.append(1)
        return x.sin().cos() if len(calls) == 1 else x.sin()

    with pytest.raises(CheckpointError, match="A different number of tensors was saved"):
        checkpoint(shrinks, x, use_reentrant=False).sum().backward()

    def turns(x):
        calls.append(1)
        return (x.sin() if len(calls) % 2 else x[0].sin()).sum()

    calls.clear()
    with pytest.raises(CheckpointError, match="different metadata"):
        checkpoint(turns, x, use_reentrant=False).backward()


def test_reentrant_limits():
    x = leaf()
    with pytest.warns(UserWarning, match="use_reentrant parameter should be passed explicitly"):
        out = checkpoint(lambda x: x.sin(), x)
    with pytest.raises(RuntimeError, match=r"incompatible with \.grad\(\)"):
        ft_autograd.grad(out.sum(), x)
    with pytest.raises(ValueError, match="Unexpected keyword arguments: scale"):
        checkpoint(lambda x: x, x, use_reentrant=True, scale=1)
    with pytest.warns(UserWarning, match="None of the inputs have requires_grad=True"):
        checkpoint(lambda x: x, x.detach(), use_reentrant=True)


def test_sequential():
    x = leaf()
    layers = [torch.sin, torch.exp, torch.tanh, torch.cos, torch.sin]
    expected = x
    for layer in layers:
        expected = layer(expected)
    for reentrant in (False, True):
        x.grad = None
        checkpoint_sequential(layers, 2, x, use_reentrant=reentrant).sum().backward()
        assert torch.equal(x.grad, ft_autograd.grad(expected.sum(), x, retain_graph=True)[0])


# -- anomaly mode --------------------------------------------------------------------------------------------------------


def test_anomaly_finds_nan_and_its_forward_call():
    x = torch.zeros(2).requires_grad_()
    with pytest.warns(UserWarning, match="Anomaly Detection has been enabled"):
        mode = ft_autograd.detect_anomaly()
    with mode:
        assert ft_autograd.is_anomaly_enabled()
        y = x / x
        with (
            pytest.warns(UserWarning, match=r"Error detected in DivBackward0(.|\n)*y = x / x"),
            pytest.raises(RuntimeError, match=r"Function 'DivBackward0' returned nan values in its [01]th output"),
        ):
            y.sum().backward()
    assert not ft_autograd.is_anomaly_enabled()


def test_anomaly_shows_where_a_failing_node_was_made():
    class Fails(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1

        @staticmethod
        def backward(ctx, g):
            raise KeyError("inside")

    with ft_autograd.set_detect_anomaly(True, check_nan=False):
        y = Fails.apply(torch.zeros(2).requires_grad_())
        with pytest.warns(UserWarning, match=r"Error detected in FailsBackward(.|\n)*y = Fails.apply"), pytest.raises(KeyError):
            y.sum().backward()


# -- edges ---------------------------------------------------------------------------------------------------------------


def test_gradient_edges(xw):
    x, w = xw
    y = x * w
    edge = graph.get_gradient_edge(y)
    out = y.sin().sum()
    (g,) = ft_autograd.grad(out, [edge], retain_graph=True)
    assert torch.equal(g, y.detach().cos())
    del y
    (g,) = ft_autograd.grad(edge, x, torch.ones(2, 2, dtype=torch.float64))
    assert torch.equal(g, w.detach())
    (g,) = ft_autograd.grad((x * 3).sum(), [graph.get_gradient_edge(x)])
    assert g.tolist() == [[3.0, 3.0], [3.0, 3.0]]
    with pytest.raises(RuntimeError, match="does not require gradients"):
        graph.get_gradient_edge(torch.ones(2))


def test_hook_over_several_tensors(xw):
    x, w = xw
    unused = leaf()
    seen = []
    handle = graph.register_multi_grad_hook((x, w, unused), lambda grads: seen.append([g is not None for g in grads]))
    f(x, w).sum().backward()
    (x * 2).sum().backward()
    assert seen == [[True, True, False], [True, False, False]]
    handle.remove()
    f(x, w).sum().backward()
    assert len(seen) == 2
    with pytest.raises(ValueError, match="Expects mode to be one of"):
        graph.register_multi_grad_hook((x,), print, mode="some")


def test_any_hook_fires_once_per_backward(xw):
    x, w = xw
    seen = []
    with graph.register_multi_grad_hook((x, w), seen.append, mode="any"):
        f(x, w).sum().backward()
        f(x, w).sum().backward()
    assert len(seen) == 2


def test_increment_version(xw):
    x, _ = xw
    y = x * 1
    out = y.sin()
    graph.increment_version(y)
    with pytest.raises(RuntimeError, match="is at version 1; expected version 0"):
        out.sum().backward()
