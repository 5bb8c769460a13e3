"""Hooks: their order, what they may replace, and what happens on errors."""

import pickle

import pytest

import ft_nn as nn
from ft_dispatch import surface as torch
from ft_nn import hooks


class Double(nn.Module):
    def forward(self, x, bias=0):
        return x * 2 + bias


def test_forward_hooks_run_in_order_and_replace():
    module, log = Double(), []
    module.register_forward_pre_hook(lambda m, args: log.append("pre") or (args[0] + 1,))
    module.register_forward_pre_hook(lambda m, args: log.append("first"), prepend=True)
    module.register_forward_hook(lambda m, args, out: log.append("post") or out * 10)
    assert module(1) == 40
    assert log == ["first", "pre", "post"]


def test_hooks_with_kwargs_see_and_change_them():
    module = Double()
    handle = module.register_forward_pre_hook(lambda m, a, k: (a, {"bias": k["bias"] + 1}), with_kwargs=True)
    seen = []
    module.register_forward_hook(lambda m, a, k, out: seen.append(k), with_kwargs=True)
    assert module(1, bias=2) == 5
    assert seen == [{"bias": 3}]
    handle.remove()
    assert module(1, bias=2) == 4
    assert not module._forward_pre_hooks_with_kwargs
    module.register_forward_pre_hook(lambda m, a, k: 3, with_kwargs=True)
    with pytest.raises(RuntimeError, match="forward pre-hook must return None or a tuple"):
        module(1)


def test_a_single_value_from_a_pre_hook_becomes_the_arguments():
    module = Double()
    module.register_forward_pre_hook(lambda m, args: 5)
    assert module(1) == 10


def test_always_call_runs_after_an_error():
    class Broken(nn.Module):
        def forward(self, x):
            raise ValueError("broken")

    module, log = Broken(), []
    module.register_forward_hook(lambda m, args, out: log.append("normal"))
    module.register_forward_hook(lambda m, args, out: log.append(out), always_call=True)
    with pytest.raises(ValueError, match="broken"):
        module(1)
    assert log == [None]


def test_always_call_does_not_run_for_an_outer_exception():
    module, log = Double(), []
    module.register_forward_hook(lambda m, args, out: log.append(out), always_call=True)
    try:
        raise KeyError
    except KeyError:
        module(1)
    assert log == [2]


def test_an_error_in_an_always_called_hook_only_warns():
    class Broken(nn.Module):
        def forward(self, x):
            raise ValueError("broken")

    def bad(module, args, out):
        raise KeyError("hook")

    module = Broken()
    module.register_forward_hook(bad, always_call=True)
    with pytest.warns(UserWarning, match="silenced"), pytest.raises(ValueError, match="broken"):
        module(1)


def test_global_hooks_come_first_and_go():
    module, log = Double(), []
    module.register_forward_hook(lambda m, a, out: log.append("own"))
    with hooks.register_module_forward_hook(lambda m, a, out: log.append("global")):
        module(1)
    module(1)
    assert log == ["global", "own", "own"]


def test_registration_hooks_may_replace():
    replacement = nn.Tanh()
    with hooks.register_module_module_registration_hook(lambda m, name, child: replacement):
        module = nn.Sequential(nn.ReLU())
    assert module[0] is replacement


def test_handle_is_a_context_and_pickles():
    module = Double()
    with module.register_forward_hook(lambda m, a, out: 0) as handle:
        assert module(1) == 0
        assert pickle.loads(pickle.dumps(hooks.RemovableHandle(module._state_dict_hooks))).id != handle.id
    assert module(1) == 2
    handle.remove()


def test_regular_and_full_backward_hooks_do_not_mix():
    module = Double()
    module.register_full_backward_hook(lambda m, gi, go: None)
    with pytest.raises(RuntimeError, match="Cannot use both regular backward hooks and full backward hooks"):
        module.register_backward_hook(lambda m, gi, go: None)


def test_full_backward_hooks_see_the_borders():
    module, log = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Tanh()), []
    module.register_full_backward_pre_hook(lambda m, go: log.append(("pre", go)))
    module.register_full_backward_hook(lambda m, gi, go: log.append(("post", gi, go)))
    x = torch.ones(1, 2, requires_grad=True)
    module(x).sum().backward()
    (pre, grad_out), (post, grad_in, same) = log
    assert (pre, post) == ("pre", "post")
    assert torch.equal(grad_out[0], torch.ones(1, 2))
    assert same[0] is grad_out[0]
    assert torch.equal(grad_in[0], x.grad)


def test_full_backward_hook_replaces_the_gradient():
    module = Double()
    module.register_full_backward_hook(lambda m, gi, go: (gi[0] * 3,))
    x = torch.ones(2, requires_grad=True)
    module(x).sum().backward()
    assert x.grad.tolist() == [6.0, 6.0]


def test_full_backward_pre_hook_replaces_the_gradient():
    module = Double()
    module.register_full_backward_pre_hook(lambda m, go: (go[0] * 5,))
    x = torch.ones(2, requires_grad=True)
    module(x).sum().backward()
    assert x.grad.tolist() == [10.0, 10.0]


def test_full_backward_hook_without_differentiable_input():
    module, log = nn.Linear(2, 1), []
    module.register_full_backward_hook(lambda m, gi, go: log.append((gi, go)))
    with pytest.warns(UserWarning, match="Full backward hook is firing .* since no inputs require gradients"):
        module(torch.ones(1, 2)).sum().backward()
    assert log[0][0] == (None,)
    assert log[0][1][0].tolist() == [[1.0]]


def test_wrong_number_of_gradients_is_refused():
    module = Double()
    module.register_full_backward_hook(lambda m, gi, go: (None, None))
    with pytest.raises(RuntimeError, match="invalid number of grad_input, got 2, but expected 1"):
        module(torch.ones(1, requires_grad=True)).sum().backward()
