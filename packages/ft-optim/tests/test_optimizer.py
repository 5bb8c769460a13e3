"""Optimizer: groups, hooks, checkpoints, refusals; and recorded numbers of ten steps of every algorithm, computed by torch 2.13."""

from __future__ import annotations

import copy
import pickle
import warnings
from typing import Any

import pytest

import ft_optim
from ft_autograd import enable_grad, is_grad_enabled
from ft_dispatch import surface as torch
from ft_optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook, required


def parameter(*values: float) -> Any:
    p = torch.zeros(len(values)) + torch.tensor(list(values))
    return p.requires_grad_()


def stepped(name: str, steps: int = 10, **options: Any) -> list[float]:
    p = parameter(1.0, -2.0, 3.0)
    optimizer = getattr(ft_optim, name)([p], **options)
    for i in range(steps):
        p.grad = torch.tensor([0.5, -1.0, 2.0]) * (1 + i % 3) - 0.25 * i
        optimizer.step()
    return p.tolist()


# what torch 2.13 gives for the same steps
RECORDED: dict[str, list[tuple[dict[str, Any], list[float]]]] = {
    "SGD": [
        ({}, [1.00175, -1.9697499, 2.9732499]),
        ({"lr": 0.01, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}, [0.9273342, -0.6064692, 1.5078009]),
    ],
    "Adam": [
        ({"lr": 0.01}, [0.9582462, -1.9025896, 2.9101901]),
        ({"lr": 0.01, "amsgrad": True, "weight_decay": 0.1, "maximize": True}, [1.0324627, -2.0965958, 3.0879495]),
    ],
    "AdamW": [({"lr": 0.01}, [0.9572796, -1.9006337, 2.9072332])],
    "Adamax": [({"lr": 0.01}, [0.9657404, -1.9302251, 2.937362])],
    "NAdam": [({"lr": 0.01}, [1.0001801, -1.9085292, 2.9318118])],
    "RAdam": [({"lr": 0.01}, [0.9728988, -1.9027867, 2.8485224])],
    "Adagrad": [({"lr": 0.01, "lr_decay": 0.1}, [0.9874212, -1.9546891, 2.963892])],
    "Adadelta": [({"lr": 1.0}, [1.0054278, -1.9531904, 2.972332])],
    "RMSprop": [({"lr": 0.01, "momentum": 0.9, "centered": True}, [-0.1463915, 0.8027546, 0.6694123])],
    "Rprop": [({}, [0.969504, -1.7404132, 2.7920108])],
    "ASGD": [({"lr": 0.01, "t0": 3.0}, [1.0174897, -1.6974821, 2.7324717])],
    "Adafactor": [({"lr": 0.01}, [1.0348049, -1.7871274, 2.8496611])],
}


@pytest.mark.parametrize("name", RECORDED)
def test_ten_steps_give_recorded_numbers(name: str) -> None:
    for options, expected in RECORDED[name]:
        assert stepped(name, **options) == pytest.approx(expected, rel=1e-5, abs=1e-7)


# -- groups ----------------------------------------------------------------------------------------------------------------


def test_defaults_fill_groups_and_repr_lists_them() -> None:
    optimizer = ft_optim.SGD([{"params": [parameter(1.0)]}, {"params": parameter(2.0), "lr": 0.5}], lr=0.1)
    assert [group["lr"] for group in optimizer.param_groups] == [0.1, 0.5]
    assert repr(optimizer).splitlines()[:3] == ["SGD (", "Parameter Group 0", "    dampening: 0"]
    assert repr(optimizer).endswith("    weight_decay: 0\n)")
    assert "    weight_decay: 0\n\nParameter Group 1\n" in repr(optimizer)


@pytest.mark.parametrize(
    ("params", "error", "message"),
    [
        (lambda: parameter(1.0), TypeError, "params argument given to the optimizer should be an iterable of Tensors or dicts"),
        (list, ValueError, "optimizer got an empty parameter list"),
        (lambda: [1.0], TypeError, "optimizer can only optimize Tensors, but one of the params is float"),
        (lambda: [{"params": {parameter(1.0)}}], TypeError, "optimizer parameters need to be organized in ordered collections"),
        (lambda: [("a", parameter(1.0)), parameter(2.0)], ValueError, "Some param names are missing"),
        (lambda: [parameter(1.0) * 2], ValueError, "can't optimize a non-leaf Tensor"),
    ],
)
def test_bad_parameters_are_refused(params: Any, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        ft_optim.SGD(params(), lr=0.1)


def test_a_parameter_belongs_to_one_group_once() -> None:
    p, q = parameter(1.0), parameter(2.0)
    optimizer = ft_optim.SGD([p], lr=0.1)
    with pytest.raises(ValueError, match="some parameters appear in more than one parameter group"):
        optimizer.add_param_group({"params": [p]})
    with pytest.raises(ValueError, match="cannot add param group with names to the optimizer"):
        optimizer.add_param_group({"params": [("q", q)]})
    with pytest.warns(UserWarning, match="duplicate parameters"):
        optimizer.add_param_group({"params": [q, q]})
    with pytest.raises(TypeError, match="param_group must be a dict"):
        optimizer.add_param_group([q])  # type: ignore[arg-type]


def test_named_parameters_are_kept_in_the_checkpoint() -> None:
    optimizer = ft_optim.SGD([("w", parameter(1.0)), ("b", parameter(2.0))], lr=0.1)
    assert optimizer.state_dict()["param_groups"][0]["param_names"] == ["w", "b"]


def test_required_option_must_be_stated() -> None:
    with pytest.raises(ValueError, match="didn't specify a value of required optimization parameter lr"):
        ft_optim.Optimizer([parameter(1.0)], {"lr": required})
    assert repr(required) == "<required parameter>"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("SGD", {"lr": -1.0}, "Invalid learning rate: -1.0"),
        ("SGD", {"momentum": -0.1}, "Invalid momentum value: -0.1"),
        ("SGD", {"nesterov": True}, "Nesterov momentum requires a momentum and zero dampening"),
        ("Adam", {"betas": (1.0, 0.9)}, "Invalid beta parameter at index 0: 1.0"),
        ("Adam", {"eps": -1.0}, "Invalid epsilon value: -1.0"),
        ("AdamW", {"weight_decay": -1.0}, "Invalid weight_decay value: -1.0"),
        ("Adadelta", {"rho": 1.1}, "Invalid rho value: 1.1"),
        ("Rprop", {"etas": (1.1, 1.2)}, "Invalid eta values: 1.1, 1.2"),
        ("Muon", {}, "Muon only supports 2D parameters"),
        ("Adafactor", {"d": 0.5}, "Clipping threshold d should be >= 1 but is: 0.5"),
    ],
)
def test_options_out_of_range_are_refused(name: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(ft_optim, name)([parameter(1.0)], **options)


def test_fused_excludes_foreach_and_differentiable() -> None:
    with pytest.raises(RuntimeError, match="`fused` and `foreach` cannot be `True` together"):
        ft_optim.Adam([parameter(1.0)], fused=True, foreach=True)
    with pytest.raises(RuntimeError, match="`fused` does not support `differentiable`"):
        ft_optim.SGD([parameter(1.0)], fused=True, differentiable=True)


# -- steps -----------------------------------------------------------------------------------------------------------------


def test_closure_runs_with_grad_and_its_loss_is_returned() -> None:
    p = parameter(1.0)
    optimizer = ft_optim.SGD([p], lr=0.1)
    seen = []

    def closure() -> float:
        seen.append(is_grad_enabled())
        p.grad = torch.ones(1)
        return 7.0

    with enable_grad():
        assert optimizer.step(closure) == 7.0
        assert is_grad_enabled()
    assert seen == [True]
    assert p.tolist() == pytest.approx([0.9])


def test_step_raises_the_version_and_keeps_the_leaf() -> None:
    for name in ("SGD", "Adam", "Adagrad", "RMSprop"):
        p = parameter(1.0, 2.0)
        optimizer = getattr(ft_optim, name)([p], lr=0.1)
        for _ in range(2):
            p.grad = torch.ones(2)
            before = p._version
            optimizer.step()
            assert p._version > before, name
            assert p.is_leaf
        assert p.requires_grad


def test_rate_is_read_anew_each_step() -> None:
    p = parameter(0.0)
    optimizer = ft_optim.SGD([p], lr=1.0)
    for lr in (1.0, 10.0, 100.0):
        optimizer.param_groups[0]["lr"] = lr
        p.grad = torch.ones(1)
        optimizer.step()
    assert p.tolist() == [-111.0]


def test_rate_in_a_tensor_equals_the_number() -> None:
    for name in ("SGD", "Adam", "AdamW", "Adagrad", "NAdam", "RAdam", "RMSprop", "Adadelta", "ASGD", "Adamax", "Rprop"):
        with_number, with_tensor = stepped(name, lr=0.01), stepped(name, lr=torch.tensor(0.01))
        assert with_tensor == pytest.approx(with_number, rel=1e-5), name


def test_found_inf_leaves_everything_as_it_was() -> None:
    p = parameter(1.0, 2.0)
    optimizer = ft_optim.Adam([p], lr=0.1, fused=True)
    p.grad = torch.ones(2) * 4
    optimizer.grad_scale, optimizer.found_inf = torch.tensor(4.0), torch.tensor(1.0)
    optimizer.step()
    assert p.tolist() == [1.0, 2.0]
    assert optimizer.state[p]["step"].item() == 0
    optimizer.found_inf = torch.tensor(0.0)
    optimizer.step()
    assert p.tolist() == pytest.approx([0.9, 1.9])
    assert p.grad.tolist() == [1.0, 1.0]


def test_differentiable_step_carries_gradients_to_the_rate() -> None:
    p = parameter(1.0, 2.0)
    lr = torch.tensor(0.1).requires_grad_()
    moved = p * 1.0
    optimizer = ft_optim.SGD([moved], lr=lr, differentiable=True)
    moved.grad = torch.tensor([3.0, 4.0])
    optimizer.step()
    moved.sum().backward()
    assert lr.grad.item() == pytest.approx(-7.0)


def test_zero_grad_drops_or_fills() -> None:
    p = parameter(1.0)
    optimizer = ft_optim.SGD([p], lr=0.1)
    p.grad = kept = torch.ones(1)
    optimizer.zero_grad(set_to_none=False)
    assert p.grad is kept
    assert kept.tolist() == [0.0]
    optimizer.zero_grad()
    assert p.grad is None


# -- hooks -----------------------------------------------------------------------------------------------------------------


def test_step_hooks_run_in_order_and_can_be_removed() -> None:
    p = parameter(1.0)
    optimizer = ft_optim.SGD([p], lr=0.1)
    seen: list[str] = []
    handles = [
        optimizer.register_step_post_hook(lambda o, a, k: seen.append("post")),
        optimizer.register_step_pre_hook(lambda o, a, k: seen.append("pre")),
        register_optimizer_step_pre_hook(lambda o, a, k: seen.append("global pre")),
        register_optimizer_step_post_hook(lambda o, a, k: seen.append("global post")),
    ]
    optimizer.step()
    assert seen == ["global pre", "pre", "post", "global post"]
    for handle in handles:
        handle.remove()
    optimizer.step()
    assert len(seen) == 4


def test_pre_hook_may_replace_the_arguments() -> None:
    optimizer = ft_optim.SGD([parameter(1.0)], lr=0.1)
    optimizer.register_step_pre_hook(lambda o, args, kwargs: ((*args, lambda: 5.0), kwargs))
    assert optimizer.step() == 5.0
    optimizer.register_step_pre_hook(lambda o, args, kwargs: 3)
    with pytest.raises(RuntimeError, match="must return None or a tuple"):
        optimizer.step()


def test_state_dict_hooks_may_replace_what_is_saved_and_loaded() -> None:
    optimizer = ft_optim.SGD([parameter(1.0)], lr=0.1)
    calls: list[str] = []
    optimizer.register_state_dict_pre_hook(lambda o: calls.append("second"))
    optimizer.register_state_dict_pre_hook(lambda o: calls.append("first"), prepend=True)
    optimizer.register_state_dict_post_hook(lambda o, d: {**d, "extra": 1})
    saved = optimizer.state_dict()
    assert saved["extra"] == 1
    assert calls == ["first", "second"]
    saved["param_groups"][0]["lr"] = 9.0
    optimizer.register_load_state_dict_pre_hook(lambda o, d: {**d, "param_groups": [{**d["param_groups"][0], "lr": 3.0}]})
    optimizer.register_load_state_dict_post_hook(lambda o: calls.append("loaded"))
    optimizer.load_state_dict(saved)
    assert optimizer.param_groups[0]["lr"] == 3.0
    assert calls[-1] == "loaded"


# -- checkpoints -----------------------------------------------------------------------------------------------------------


OTHERWISE = {"Optimizer", "LBFGS", "Muon", "MultiOptimizer", "SparseAdam", "lr_scheduler", "swap_in_optimizer_params_and_state"}


@pytest.mark.parametrize("name", sorted(set(ft_optim.__all__) - OTHERWISE))
def test_checkpoint_continues_where_it_was_saved(name: str) -> None:
    p, q = parameter(1.0, -2.0), parameter(1.0, -2.0)
    a = getattr(ft_optim, name)([p])
    for i in range(3):
        p.grad = torch.tensor([0.5, -1.5]) * (i + 1)
        a.step()
    saved = copy.deepcopy(a.state_dict())
    b = getattr(ft_optim, name)([q])
    b.load_state_dict(saved)
    with torch_no_grad():
        q.copy_(p)
    for optimizer, each in ((a, p), (b, q)):
        each.grad = torch.tensor([1.0, 2.0])
        optimizer.step()
    assert p.tolist() == q.tolist()
    assert a.state_dict()["param_groups"] == b.state_dict()["param_groups"]


def torch_no_grad() -> Any:
    from ft_autograd import no_grad

    return no_grad()


def test_loading_casts_state_but_not_the_step() -> None:
    p = parameter(1.0)
    optimizer = ft_optim.Adam([p])
    p.grad = torch.ones(1)
    optimizer.step()
    saved = copy.deepcopy(optimizer.state_dict())
    wide = torch.ones(1, dtype=torch.float64).requires_grad_()
    other = ft_optim.Adam([wide])
    other.load_state_dict(saved)
    assert other.state[wide]["exp_avg"].dtype is torch.float64
    assert other.state[wide]["step"].dtype is torch.float32


def test_loading_refuses_other_groups() -> None:
    optimizer = ft_optim.SGD([parameter(1.0)], lr=0.1)
    two = ft_optim.SGD([parameter(1.0), parameter(2.0)], lr=0.1).state_dict()
    with pytest.raises(ValueError, match="doesn't match the size of optimizer's group"):
        optimizer.load_state_dict(two)
    with pytest.raises(ValueError, match="different number of parameter groups"):
        optimizer.load_state_dict({"state": {}, "param_groups": two["param_groups"] * 2})


def test_optimizer_pickles_with_its_parameters() -> None:
    p = parameter(1.0, 2.0)
    optimizer = ft_optim.Adam([p], lr=0.1)
    p.grad = torch.ones(2)
    optimizer.step()
    twin = pickle.loads(pickle.dumps(optimizer))
    q = twin.param_groups[0]["params"][0]
    assert q.tolist() == p.tolist()
    q.grad = p.grad = torch.ones(2)
    optimizer.step()
    twin.step()
    assert q.tolist() == p.tolist()


def test_scheduler_wraps_step_without_a_cycle() -> None:
    import weakref

    optimizer = ft_optim.SGD([parameter(1.0)], lr=0.1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scheduler = ft_optim.lr_scheduler.StepLR(optimizer, 2)
        optimizer.step()
        scheduler.step()
    gone = weakref.ref(optimizer)
    del optimizer, scheduler
    assert gone() is None


@pytest.mark.parametrize("name", ["ASGD", "Adadelta", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "RMSprop", "Rprop"])
def test_a_capturable_step_needs_a_device_with_graphs(name: str) -> None:
    p = torch.ones(2).requires_grad_()
    optimizer = getattr(ft_optim, name)([p], capturable=True)
    optimizer.step()  # nothing to do, so nothing is asked
    p.grad = torch.ones(2)
    with pytest.raises(AssertionError, match=r"If capturable=True, params.* must be on supported devices: \['cuda'"):
        optimizer.step()
    assert p.tolist() == [1.0, 1.0]
    assert not optimizer.state


def test_a_differentiable_adamax_keeps_what_its_gradient_needs() -> None:
    p, g = torch.tensor([0.5]).requires_grad_(), torch.tensor([0.25]).requires_grad_()
    moved = p.clone()
    optimizer = ft_optim.Adamax([moved], lr=0.1, differentiable=True)
    for _ in range(2):
        moved.grad = g * 1.0
        optimizer.step()
    moved.sum().backward()
    assert p.grad.tolist() == [1.0]
    assert g.grad.item() == pytest.approx(0.0, abs=1e-6)  # Adamax steps by the sign at first
