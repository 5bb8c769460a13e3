"""Small things of torch's autograd surface that programs ask for by name: switches, hooks, kernels of ops, steps, what is not built."""

import importlib

import pytest

import frankentorch as torch
from frankentorch.autograd.graph import region_activation_memory_budget
from frankentorch.overrides import (
    TorchFunctionMode,
    enable_reentrant_dispatch,
    handle_torch_function,
    has_torch_function,
    redispatch_function,
)
from frankentorch.utils import _python_dispatch as dispatch
from frankentorch.utils import hooks

ABSENT = "autograd.NestedIOFunction profiler.ExecutionTraceObserver profiler.itt".split()


@pytest.mark.parametrize("name", ABSENT)
def test_what_is_not_built_says_so_and_why(name):
    module, _, short = name.rpartition(".")
    with pytest.raises(AttributeError, match=rf"has no attribute '{short}': torch 2.13 has it, FrankenTorch does not yet \(.+\)"):
        getattr(importlib.import_module(f"frankentorch.{module}"), short)
    with pytest.raises(AttributeError, match=r"has no attribute 'nothing'$"):
        importlib.import_module(f"frankentorch.{module}").nothing  # noqa: B018


def test_a_function_keeps_its_name_from_its_module():
    module = importlib.import_module("frankentorch.autograd.gradcheck")
    assert module.gradcheck is torch.autograd.gradcheck
    assert module.GradcheckError.__name__ == "GradcheckError"
    from frankentorch.autograd.gradcheck import gradgradcheck

    assert gradgradcheck is torch.autograd.gradgradcheck


def test_anomaly_switches():
    assert not torch.is_anomaly_enabled()
    torch.set_anomaly_enabled(True, check_nan=False)
    assert torch.is_anomaly_enabled()
    assert not torch.is_anomaly_check_nan_enabled()
    torch.set_anomaly_enabled(False)
    assert not torch.is_anomaly_enabled()
    assert torch.is_anomaly_check_nan_enabled()


@pytest.mark.parametrize("bad", [(True, TypeError, "expects a float, got bool"), (2, ValueError, r"must be in \[0, 1\], got 2")])
def test_memory_budgets_outside_compiled_regions(bad):
    value, kind, said = bad
    with pytest.raises(kind, match=said):
        region_activation_memory_budget(value)
    with pytest.raises(RuntimeError, match=r"can only be used inside a torch\.compile region"):
        region_activation_memory_budget(0.5)


# -- layout of gradients -----------------------------------------------------------------------------------------------------


def leaves():
    return {
        "permuted": torch.ones(2, 3, 4).permute(2, 0, 1),
        "transposed": torch.ones(3, 4).t(),
        "channels last": torch.ones(2, 3, 4, 5).to(memory_format=torch.channels_last),
        "with gaps": torch.ones(3, 4)[:, ::2],
        "expanded": torch.ones(3, 1).expand(3, 4),
    }


@pytest.mark.parametrize("name", leaves())
@pytest.mark.filterwarnings("ignore:Using backward.. with create_graph=True")
@pytest.mark.parametrize("create_graph", [False, True])
def test_a_gradient_lies_as_its_leaf_does(name, create_graph):
    p = leaves()[name].detach().requires_grad_()
    expected = p.stride() if name in ("permuted", "transposed", "channels last") else torch.empty(p.shape).stride()
    for _ in range(2):
        (p * p * 3).sum().backward(create_graph=create_graph)
        assert p.grad.stride() == expected
    assert torch.equal(p.grad, 12 * torch.ones(p.shape))
    if create_graph:
        assert torch.equal(torch.autograd.grad(p.grad.sum(), p)[0], 12 * torch.ones(p.shape))


def test_layouts_need_not_be_enforced():
    p = torch.ones(3, 4).t().detach().requires_grad_()
    with torch.autograd.enforce_grad_layout_policy(False):
        (p.contiguous() * 2).sum().backward()
    assert p.grad.stride() == (3, 1)
    p.grad = None

    @torch.autograd.enforce_grad_layout_policy(False)
    def step():
        (p.contiguous() * 2).sum().backward()

    step()
    assert p.grad.stride() == (3, 1)
    p.grad = None
    (p.contiguous() * 2).sum().backward()
    assert p.grad.stride() == (1, 4)


# -- hooks -------------------------------------------------------------------------------------------------------------------


def test_all_hooks_have_handles_of_one_class():
    layer = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(layer.parameters(), 0.1)
    made = [
        layer.register_forward_hook(print),
        layer.weight.register_hook(print),
        (layer.weight * 2).register_hook(print),
        optimizer.register_step_pre_hook(print),
        torch.autograd.graph.register_multi_grad_hook([layer.weight], print),
    ]
    assert all(isinstance(handle, hooks.RemovableHandle) for handle in made)
    for handle in made:
        handle.remove()
        handle.remove()


def test_hooks_are_not_saved_and_that_is_said():
    for x in (torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True) * 2):

        def noisy(grad):
            return grad

        @hooks.unserializable_hook
        def silent(grad):
            return grad

        hooks.warn_if_has_hooks(x)
        handle = x.register_hook(silent)
        hooks.warn_if_has_hooks(x)
        x.register_hook(noisy)
        with pytest.warns(UserWarning, match=r"backward hook <function .*noisy.* on tensor will not be serialized"):
            hooks.warn_if_has_hooks(x)
        handle.remove()


# -- overrides and modes -----------------------------------------------------------------------------------------------------


def scaled(a, b):
    if has_torch_function((a, b)):
        return handle_torch_function(scaled, (a, b), a, b)
    return a * b + 1


def test_redispatch_passes_a_class_once():
    calls = []

    class Logged(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            calls.append(func.__name__)
            return redispatch_function(func, types, args, kwargs)

    x = torch.tensor([3.0]).as_subclass(Logged)
    assert type(scaled(x, x)) is torch.Tensor
    assert calls == ["scaled", "mul"]


def test_redispatch_passes_a_mode_once():
    calls = []

    class Logged(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            calls.append(func.__name__)
            with self:
                return redispatch_function(func, types, args, kwargs)

    with Logged():
        out = scaled(torch.tensor([3.0]), 4.0)
    assert out.item() == 13
    assert calls == ["tensor", "scaled", "mul", "add"]


def test_recording_inside_a_dispatch_mode():
    seen = []

    class Mode(dispatch.TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            with enable_reentrant_dispatch():
                x = torch.ones(2, requires_grad=True)
                (x * x).sum().backward()
                seen.append(x.grad.tolist())
            return func(*args, **(kwargs or {}))

    y = torch.ones(2, requires_grad=True)
    with Mode():
        out = y.sin()
    assert seen == [[2.0, 2.0]]
    assert out.requires_grad


def test_modes_are_put_aside_for_a_block():
    class Mode(dispatch.TorchDispatchMode):
        pass

    mode = Mode()
    with mode:
        assert dispatch.is_in_any_mode_without_ignore_compile_internals()
        with dispatch._pop_mode_temporarily() as held:
            assert held is mode
            assert not dispatch.is_in_torch_dispatch_mode()
        assert dispatch.is_in_torch_dispatch_mode()
    assert dispatch.autograd_would_have_decomposed(torch.ops.aten.linear.default, ())
    assert not dispatch.autograd_would_have_decomposed(torch.ops.aten.add.Tensor, ())


# -- profiler and gradcheck --------------------------------------------------------------------------------------------------


def test_steps_are_the_highest_count():
    tracker = torch.autograd.profiler.KinetoStepTracker
    start = tracker.current_step()
    assert tracker.increment_step("a") == start + 1
    assert tracker.increment_step("b") == start + 2
    assert tracker.increment_step("a") == start + 2
    assert tracker.increment_step("a") == start + 3
    assert tracker.erase_step_count("a")
    assert not tracker.erase_step_count("a")
    tracker.erase_step_count("b")
    unique = torch.autograd.profiler.EnforceUnique()
    unique.see("k", 1)
    with pytest.raises(RuntimeError, match=r"duplicate key: \('k', 1\)"):
        unique.see("k", 1)
    assert torch.profiler.DeviceType.PrivateUse1.value == 20
    assert not torch.profiler.kineto_available()


def test_jacobians_of_old():
    from frankentorch.autograd import gradcheck_jacobians as old

    x = torch.tensor([[0.1, 0.2], [0.3, -0.4]], dtype=torch.float64, requires_grad=True)
    f = lambda a: (a @ a).sin()  # noqa: E731
    out = f(x)
    with pytest.warns(FutureWarning, match="get_analytical_jacobian"):
        (by_backward,), *checks = old.get_analytical_jacobian((x,), out)
    assert checks == [True, True, True]
    with pytest.warns(FutureWarning, match="get_numerical_jacobian"):
        (numerical,) = old.get_numerical_jacobian(lambda inputs: f(*inputs), (x,), eps=1e-6)
    assert torch.allclose(by_backward, numerical, atol=1e-8)
    (specific,) = old.get_numerical_jacobian_wrt_specific_input(f, 0, (x,), out, 1e-6)
    assert torch.allclose(specific, numerical, atol=1e-8)
    with pytest.raises(AssertionError, match="real-valued"):
        old.get_numerical_jacobian_wrt_specific_input(lambda a: a * 1j, 0, (x,), out, 1e-6)
    with pytest.raises(ValueError, match="non-complex"):
        old.get_analytical_jacobian((x,), out * 1j)


# -- annotations for other profilers ------------------------------------------------------------------------------------------


def test_nvtx_needs_cuda():
    off = torch.autograd.profiler.emit_nvtx(enabled=False)
    with off:
        assert not off.entered
    with pytest.raises(AssertionError, match="Torch not compiled with CUDA enabled"), torch.autograd.profiler.emit_nvtx():
        raise RuntimeError("not reached")


def test_itt_annotates_nothing():
    emit = torch.autograd.profiler.emit_itt()
    with emit:
        assert emit.entered
        with pytest.raises(RuntimeError, match="not reentrant"):
            emit.__enter__()


# -- switches of the override protocol ----------------------------------------------------------------------------------------


def test_neither_modes_nor_classes_are_asked():
    asked = []

    class Mode(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            asked.append(func.__name__)
            return func(*args, **(kwargs or {}))

    class Class(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            asked.append(f"class {func.__name__}")
            return super().__torch_function__(func, types, args, kwargs or {})

    x = torch.ones(2).as_subclass(Class)
    with Mode(), torch._C.DisableTorchFunction():
        assert type(torch.add(x, 1)) is torch.Tensor
        assert not torch._C._is_torch_function_enabled()
        assert torch._C._is_torch_function_all_disabled()
    assert asked == []
    with Mode() as mode:
        assert torch.overrides._get_current_function_mode() is mode
        with torch._C.DisableTorchFunctionSubclass():
            torch.add(x, 1)
            assert not torch._C._is_torch_function_all_disabled()
        with torch.overrides._pop_mode_temporarily():
            torch.ones(1)
    assert asked == ["add"]
    assert torch._C._is_torch_function_enabled()
    assert torch.overrides._get_current_function_mode_stack() == []
