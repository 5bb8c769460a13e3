"""torch.amp and its old names: regions around a training step, custom functions, checkpoints."""

import pytest

import frankentorch as torch


def test_names_are_the_same_objects():
    from frankentorch.amp import autocast_mode, grad_scaler
    from frankentorch.cuda.amp.common import amp_definitely_not_available

    assert torch.GradScaler is torch.amp.GradScaler is grad_scaler.GradScaler
    assert torch.autocast is torch.amp.autocast is autocast_mode.autocast
    assert grad_scaler.OptState.READY.value == 0
    assert torch.amp.is_autocast_available("cpu")
    assert not torch.amp.is_autocast_available("meta")
    assert torch._C._autocast_supported_devices()[:2] == ["cpu", "cuda"]
    assert amp_definitely_not_available() is not torch.cuda.is_available()
    assert not torch._C._is_any_autocast_enabled()


def test_old_names_warn_and_work():
    x = torch.ones(2, 2)
    with pytest.warns(FutureWarning, match=r"use `torch.amp.autocast\('cpu', args...\)`"):
        region = torch.cpu.amp.autocast()
    with region:
        assert (x @ x).dtype is torch.bfloat16
    with pytest.warns(FutureWarning, match=r"use `torch.amp.GradScaler\('cpu', args...\)`"):
        assert torch.cpu.amp.GradScaler(4.0).get_scale() == 4.0
    if not torch.cuda.is_available():
        with pytest.warns(UserWarning, match="CUDA is not available"), pytest.warns(FutureWarning):
            assert not torch.cuda.amp.autocast()._enabled
        with pytest.warns(UserWarning, match="Disabling"), pytest.warns(FutureWarning):
            assert not torch.cuda.amp.GradScaler().is_enabled()
    for name in ("custom_fwd", "custom_bwd"):
        with pytest.warns(FutureWarning, match=f"torch.amp.{name}"):
            getattr(torch.cuda.amp, name)(lambda ctx: None)


class Product(torch.autograd.Function):
    """Notes the dtypes that its two halves see."""

    seen = []

    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu")
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        out = a @ b
        Product.seen.append(out.dtype)
        return out

    @staticmethod
    @torch.amp.custom_bwd(device_type="cpu")
    def backward(ctx, g):
        a, b = ctx.saved_tensors
        left = g @ b.t()
        Product.seen.append(left.dtype)
        return left.to(a.dtype), (a.t() @ g).to(b.dtype)


class Wide(Product):
    """Casts its inputs and runs with autocast off."""

    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu", cast_inputs=torch.float32)
    def forward(ctx, a, b):
        assert not torch.is_autocast_enabled("cpu")
        ctx.save_for_backward(a, b)
        return a @ b


def test_custom_functions_run_backward_as_they_ran_forward():
    a, b = torch.ones(2, 3).requires_grad_(), torch.ones(3, 2).requires_grad_()
    Product.seen.clear()
    with torch.autocast("cpu"):
        out = Product.apply(a, b)
    out.sum().backward()
    assert Product.seen == [torch.bfloat16, torch.bfloat16]
    with torch.autocast("cpu"):
        wide = Wide.apply(a.to(torch.bfloat16), b)
    assert wide.dtype is torch.float32
    assert Wide.apply(a, b).dtype is torch.float32
    with pytest.raises(ValueError, match="Expected `device_type` of type `str`"):
        torch.amp.custom_fwd(lambda ctx: 0, device_type=3)


def test_custom_functions_cast_what_is_inside_containers():
    tree = {"a": [torch.ones(1), ("x", torch.ones(1, dtype=torch.float64))], "n": 3}
    made = torch.amp.autocast_mode._cast(tree, "cpu", torch.bfloat16)
    assert made["a"][0].dtype is torch.bfloat16
    assert made["a"][1][0] == "x"
    assert made["a"][1][1].dtype is torch.float64
    assert made["n"] == 3


def trained(steps, **scaling):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    optimizer, scaler = torch.optim.SGD(model.parameters(), lr=0.1), torch.amp.GradScaler("cpu", **scaling)
    x, y = torch.randn(16, 4), torch.randn(16, 1)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.float16):
            loss = torch.nn.functional.mse_loss(model(x), y)
        assert loss.dtype is torch.float32
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        losses.append(loss.item())
    return losses, scaler


def test_training_in_half_precision():
    losses, scaler = trained(20)
    plain, _ = trained(20, enabled=False)
    assert losses[-1] < 0.8 * losses[0]
    assert losses == pytest.approx(plain, rel=1e-2)
    assert scaler.get_scale() <= 2.0**16


@pytest.mark.parametrize("reentrant", [False, True])
def test_a_checkpoint_repeats_the_region_and_keeps_no_cast(reentrant):
    from frankentorch.utils.checkpoint import checkpoint

    w = torch.ones(2, 2).requires_grad_()
    x = torch.ones(2, 2).requires_grad_()
    seen = []

    def product(x):
        seen.append(torch.is_autocast_enabled("cpu"))
        return (x @ w) * 1

    with torch.autocast("cpu"):
        out = checkpoint(product, x, use_reentrant=reentrant)
    out.sum().backward()
    assert seen == [True, True]
    with torch.no_grad():
        w.zero_()
    with torch.autocast("cpu"):
        assert not (x @ w).any()
