"""The ops of the `optim` family: lists in place, versions, refusals, `_foreach_*` against the per-tensor functions."""

from __future__ import annotations

from typing import Any

import pytest

from ft_autograd import no_grad
from ft_dispatch import surface as torch
from ft_dispatch.ops.optim import fused_adam, fused_adam_, fused_sgd, fused_sgd_
from ft_dispatch.registry import OPS
from ft_kernel_cpu import backend

SGD = {"weight_decay": 0.0, "momentum": 0.0, "dampening": 0.0, "nesterov": False, "maximize": False, "is_first_step": True}
ADAM = {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.05, "eps": 1e-8, "amsgrad": False, "maximize": False}


def some(*values: float) -> Any:
    return torch.zeros(len(values)) + torch.tensor(list(values))


def test_every_written_tensor_gets_a_new_version_on_both_roads() -> None:
    params, grads, buffers = [some(1.0), some(2.0, 3.0)], [some(1.0), some(1.0, 1.0)], [some(0.0), some(0.0, 0.0)]
    with no_grad():
        for first in (True, False, False):  # the first call takes the careful road, the others the kernel at once
            before = [t._version for t in params + buffers]
            fused_sgd_(params, grads, buffers, lr=0.1, **{**SGD, "momentum": 0.5, "is_first_step": first})
            assert [t._version for t in params + buffers] == [version + 1 for version in before]
    assert params[0].tolist() == pytest.approx([1.0 - 0.1 * (1 + 1.5 + 1.75)])
    assert params[1].tolist() == pytest.approx([2.0 - 0.425, 3.0 - 0.425])


def test_a_view_of_the_parameter_sees_the_update() -> None:
    p = some(1.0, 2.0)
    view = p[1:]
    with no_grad():
        fused_sgd_([p], [some(1.0, 1.0)], [], lr=1.0, **SGD)
        fused_sgd_([view], [some(5.0)], [], lr=1.0, **SGD)
    assert p.tolist() == [0.0, -4.0]
    assert view._version == p._version


def test_a_leaf_that_requires_grad_is_refused_while_recording() -> None:
    p = some(1.0).requires_grad_()
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        fused_sgd_([p], [some(1.0)], [], lr=1.0, **SGD)
    assert p.tolist() == [1.0]


def test_lists_that_do_not_run_in_parallel_are_refused_before_anything_is_written() -> None:
    p, q = some(1.0), some(2.0)
    with no_grad():
        with pytest.raises(RuntimeError, match="must have the same number of tensors, got 2 and 1"):
            fused_adam_([p, q], [some(1.0)], [], [], [], [torch.tensor(1.0)] * 2, **ADAM)
        with pytest.raises(RuntimeError, match="must have one shape"):
            fused_sgd_([p], [some(1.0, 2.0)], [], lr=1.0, **SGD)
    assert p.tolist() == [1.0]


@pytest.mark.parametrize("changes", [{}, {"amsgrad": True}, {"maximize": True}, {"beta1": 0.25}, {"weight_decay": 0.0}])
@pytest.mark.parametrize("name", ["_fused_adam_", "_fused_adamw_"])
def test_adam_kernel_equals_its_decomposition(name: str, changes: dict[str, Any]) -> None:
    options = {**ADAM, **changes}
    rows = [[some(1.0, -2.0, 0.5)], [some(0.3, 4.0, -1.0)], [some(0.1, 0.2, 0.3)], [some(0.5, 0.25, 0.125)], [some(0.4, 0.4, 0.4)]]
    if not options["amsgrad"]:
        rows[4] = []
    twins = [[t.clone() for t in row] for row in rows]
    steps = [torch.tensor(3.0)]
    with no_grad():
        getattr(torch.raw, name)(*rows, steps, **options)
        OPS[name].decomposition(*twins, steps, *options.values(), None, None)
    for row, twin in zip(rows, twins, strict=True):
        for a, b in zip(row, twin, strict=True):
            assert a.tolist() == pytest.approx(b.tolist(), rel=2e-6)


def test_without_the_kernel_the_step_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def one(p: Any) -> list[float]:
        state = [torch.zeros(2)], [torch.zeros(2)]
        with no_grad():
            for i in (1.0, 2.0):
                fused_adam_([p], [some(0.5, -3.0)], *state, [], [torch.tensor(i)], **ADAM)
        return p.tolist()

    fast = one(some(1.0, 2.0))
    monkeypatch.delitem(backend.kernels, "_fused_adam_")
    monkeypatch.setattr(fused_adam, "table", {})
    assert one(some(1.0, 2.0)) == pytest.approx(fast, rel=1e-6)


def test_found_inf_skips_the_decomposed_step_too() -> None:
    p, buffer = some(1.0), some(0.0)
    with no_grad():
        fused_sgd.decomposition(
            [p], [some(2.0)], [buffer], 0.0, 0.5, 0.1, 0.0, False, False, True, torch.tensor(2.0), torch.tensor(1.0)
        )
        assert (p.tolist(), buffer.tolist()) == ([1.0], [0.0])
        fused_sgd.decomposition(
            [p], [some(2.0)], [buffer], 0.0, 0.5, 0.1, 0.0, False, False, True, torch.tensor(2.0), torch.tensor(0.0)
        )
    assert (p.tolist(), buffer.tolist()) == ([pytest.approx(0.9)], [1.0])


def test_the_step_runs_on_meta_and_changes_nothing() -> None:
    p = torch.zeros(3, device="meta")
    with no_grad():
        fused_sgd_([p], [torch.zeros(3, device="meta")], [], lr=0.1, **SGD)
    assert (tuple(p.shape), p.device.type) == ((3,), "meta")


# -- foreach ---------------------------------------------------------------------------------------------------------------

UNARY = (
    "abs acos asin atan ceil cos cosh erf erfc exp expm1 floor frac lgamma log log10 log1p log2 neg reciprocal round rsqrt sigmoid "
    "sign sin sinh sqrt tan tanh trunc"
).split()


@pytest.mark.parametrize("name", UNARY)
def test_foreach_unary_equals_the_function_per_tensor(name: str) -> None:
    tensors = [some(0.25, 0.5), some(0.75)]
    expected = [getattr(t, name)().tolist() for t in tensors]
    assert [t.tolist() for t in getattr(torch, f"_foreach_{name}")(tensors)] == expected
    assert getattr(torch, f"_foreach_{name}_")(tensors) is tensors
    assert [t.tolist() for t in tensors] == expected


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "pow", "maximum", "minimum", "clamp_max", "clamp_min"])
def test_foreach_binary_takes_numbers_and_lists(name: str) -> None:
    def scalar(a: float, b: float) -> float:
        plain = {"add": a + b, "sub": a - b, "mul": a * b, "div": a / b, "pow": a**b}
        return plain[name] if name in plain else (max if name in ("maximum", "clamp_min") else min)(a, b)

    function, inplace = getattr(torch, f"_foreach_{name}"), getattr(torch, f"_foreach_{name}_")
    for other, values in ((2.0, (2.0, 2.0)), ([4.0, 0.5], (4.0, 0.5)), ([some(4.0), some(0.5)], (4.0, 0.5))):
        tensors = [some(2.5), some(0.25)]
        expected = [[scalar(2.5, values[0])], [scalar(0.25, values[1])]]
        assert [t.tolist() for t in function(tensors, other)] == expected
        inplace(tensors, other)
        assert [t.tolist() for t in tensors] == expected


def test_foreach_pointwise_lerp_norm_and_copies() -> None:
    a, b, c = [some(1.0, 2.0), some(3.0)], [some(4.0, 5.0), some(6.0)], [some(2.0, 2.0), some(4.0)]
    assert [t.tolist() for t in torch._foreach_addcmul(a, b, c, value=0.5)] == [[5.0, 7.0], [15.0]]
    assert [t.tolist() for t in torch._foreach_addcdiv(a, b, c, [1.0, 2.0])] == [[3.0, 4.5], [6.0]]
    assert [t.tolist() for t in torch._foreach_lerp(a, b, 0.5)] == [[2.5, 3.5], [4.5]]
    assert [t.item() for t in torch._foreach_norm([some(3.0, 4.0), some(2.0)])] == [5.0, 2.0]
    assert [t.item() for t in torch._foreach_norm([some(3.0, -4.0)], 1)] == [7.0]
    assert [t.item() for t in torch._foreach_max(b)] == [5.0, 6.0]
    torch._foreach_copy_(a, b)
    assert [t.tolist() for t in a] == [[4.0, 5.0], [6.0]]
    assert all(x is not y for x, y in zip(torch._foreach_clone(a), a, strict=True))
    torch._foreach_zero_(a)
    assert [t.tolist() for t in a] == [[0.0, 0.0], [0.0]]


def test_foreach_refuses_empty_and_unequal_lists() -> None:
    with pytest.raises(RuntimeError, match="Tensor list must have at least one tensor"):
        torch._foreach_add([], 1)
    with pytest.raises(RuntimeError, match="must have the same number of tensors, got 1 and 2"):
        torch._foreach_mul([some(1.0)], [1.0, 2.0])


# -- the loss scale --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [torch.float32, torch.float64, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("bad", [1.0, float("inf"), float("nan")])
def test_unscaling_kernel_equals_its_decomposition(kind: Any, bad: float) -> None:
    grads = [some(3.0, bad).to(kind), torch.tensor(-4.0).to(kind)]
    twins, found, again = [g.clone() for g in grads], torch.zeros(1), torch.zeros(1)
    torch._amp_foreach_non_finite_check_and_unscale_(grads, found, torch.tensor(0.3))
    OPS["_amp_foreach_non_finite_check_and_unscale_"].decomposition(twins, again, torch.tensor(0.3))
    assert str([g.tolist() for g in grads]) == str([g.tolist() for g in twins])
    assert found.tolist() == again.tolist() == [float(bad != 1.0)]
    assert grads[1].item() == pytest.approx(-1.2, rel=1e-2)
    assert all(t._version for t in (*grads, found))


def test_the_loss_scale_is_refused_before_anything_is_written() -> None:
    g, zero = some(1.0), torch.tensor(0.0)
    for wrong, text in ((torch.zeros(2), "1-element"), (torch.tensor(0), "must be a float tensor")):
        with pytest.raises(RuntimeError, match=text):
            torch._amp_foreach_non_finite_check_and_unscale_([g], wrong, torch.tensor(2.0))
    with pytest.raises(NotImplementedError, match="not implemented for 'Long'"):
        torch._amp_foreach_non_finite_check_and_unscale_([g, torch.tensor([1])], zero, torch.tensor(2.0))
    with pytest.raises(RuntimeError, match="growth_tracker must be an int tensor"):
        torch._amp_update_scale_(torch.tensor(1.0), torch.tensor(0), zero, 2.0, 0.5, 3)
    assert g.tolist() == [1.0]


@pytest.mark.parametrize(
    ("scale", "count", "bad", "expected"),
    [(4.0, 0, 0.0, (4.0, 1)), (4.0, 1, 0.0, (8.0, 0)), (4.0, 1, 1.0, (2.0, 0)), (4.0, 5, 0.0, (4.0, 6)), (3e38, 1, 0.0, (3e38, 0))],
)
def test_the_loss_scale_grows_and_backs_off(scale: float, count: int, bad: float, expected: tuple[float, int]) -> None:
    held, tracker = torch.tensor(scale), torch.tensor(count, dtype=torch.int32)
    assert torch._amp_update_scale_(held, tracker, torch.tensor(bad), 2.0, 0.5, 2) is held
    assert (held.item(), tracker.item()) == (pytest.approx(expected[0]), expected[1])


def test_foreach_lerp_by_a_number_is_lerp_by_that_number() -> None:
    for kind in (torch.float32, torch.float64, torch.bfloat16):
        for weight in (0, 0.3, 0.7, 1):
            a, b = [some(1.0, -2.0).to(kind), some(3.0).to(kind)], [some(4.0, 5.0).to(kind), some(6.0).to(kind)]
            expected = [x.lerp(y, weight).tolist() for x, y in zip(a, b, strict=True)]
            assert [t.tolist() for t in torch._foreach_lerp(a, b, weight)] == expected
            torch._foreach_lerp_(a, b, weight)
            assert [t.tolist() for t in a] == expected
    x = some(1.0, 2.0).requires_grad_()
    torch._foreach_lerp([x], [some(3.0, 3.0)], 0.25)[0].sum().backward()
    assert x.grad.tolist() == [0.75, 0.75]
