"""What else torch.library attaches to an op: autocast, rules of dispatch modes, keys that fall through, kernels by key, contexts."""

import pytest

from ft_autograd import library
from ft_autograd.user_op import USER_OPS, forget
from ft_core import Tensor
from ft_dispatch import modes
from ft_dispatch import surface as torch
from ft_dispatch.packets import ops


@pytest.fixture(autouse=True)
def clean():
    yield
    for made in list(USER_OPS.values()):
        forget(made.record)
    assert modes.RULES == {}


def product():
    seen = []

    @library.custom_op("mylib::product", mutates_args=())
    def product(x: Tensor, y: Tensor) -> Tensor:
        seen.append((x @ y.to(x.dtype)).dtype)
        return x * y

    return product, seen


def test_autocast_casts_what_goes_in_and_is_off_inside():
    op, seen = product()
    op.register_autocast("cpu", torch.bfloat16)
    x, n, d = torch.ones(3), torch.ones(3, dtype=torch.int64), torch.ones(3, dtype=torch.float64)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert op(x, x).dtype is torch.bfloat16
        assert op(x, n).dtype is torch.bfloat16
        assert op(d, d).dtype is torch.float64
        assert ops.mylib.product(x, x).dtype is torch.bfloat16
    assert op(x, x).dtype is torch.float32
    assert seen == [torch.bfloat16, torch.bfloat16, torch.float64, torch.bfloat16, torch.float32]
    with pytest.raises(ValueError, match="Device type 'meta' does not support autocast"):
        library.register_autocast(op, "meta", torch.float16)


def test_a_rule_of_exactly_one_class_of_mode():
    op, _ = product()

    class Mode(modes.TorchDispatchMode):
        pass

    class Below(Mode):
        pass

    @library.register_torch_dispatch("mylib::product", Mode)
    def rule(mode, func, types, args, kwargs):
        assert isinstance(mode, Mode)
        assert str(func) == "mylib.product.default"
        return args[0] + 10

    x = torch.ones(3)
    with Mode():
        assert op(x, x).tolist() == [11.0] * 3
        assert (x * x).tolist() == [1.0] * 3
    with Below():
        assert op(x, x).tolist() == [1.0] * 3


def test_without_a_gradient_of_their_own_declared_ops_record_inside():
    lib = library.Library("mylib", "FRAGMENT")
    lib.define("wave(Tensor x) -> Tensor")
    lib.impl("wave", lambda x: x.sin(), "CPU")
    x = torch.ones(2).requires_grad_()
    assert ops.mylib.wave(x).grad_fn.name() == "SinBackward0"
    lib.impl("wave", lambda x: x.cos(), "Autograd")
    assert ops.mylib.wave(x).grad_fn.name() == "CosBackward0"
    lib.impl("wave", library.fallthrough_kernel, "Autograd")
    assert ops.mylib.wave(x).grad_fn.name() == "SinBackward0"
    library.register_autograd("mylib::wave", lambda ctx, g: g * 7)
    lib.impl("wave", library.fallthrough_kernel, "CPU")
    with pytest.raises(NotImplementedError, match="no kernel for device 'cpu'"):
        ops.mylib.wave(x.detach())
    with pytest.raises(ValueError, match="to fall through; got 'Meta'"):
        lib.impl("wave", library.fallthrough_kernel, "Meta")
    with pytest.raises(NotImplementedError, match="should never be called"):
        library.fallthrough_kernel()


def test_a_registered_gradient_comes_before_what_records_inside():
    lib = library.Library("mylib", "FRAGMENT")
    lib.define("wave(Tensor x) -> Tensor")
    lib.impl("wave", lambda x: x.sin(), "CPU")
    library.register_autograd("mylib::wave", lambda ctx, g: g * 7)
    x = torch.ones(2).requires_grad_()
    ops.mylib.wave(x).sum().backward()
    assert x.grad.tolist() == [7.0, 7.0]


def test_kernels_by_key():
    x = torch.ones(2).requires_grad_()
    assert not library.get_kernel("aten::sin", "CPU").call_boxed(None, x).requires_grad
    assert library.get_kernel(ops.aten.sin.default, "AutogradCPU").call_boxed(None, x).requires_grad
    op, _ = product()
    assert library.get_kernel(op, "CPU").call_boxed(None, x, x).tolist() == [1.0, 1.0]
    assert repr(library.get_kernel("mylib::product", "CPU")) == "KernelFunction('mylib::product', 'CPU')"
    for which, key, kind, said in (
        ("aten::nope", "CPU", RuntimeError, "operator aten::nope does not exist"),
        ("aten::sin", "XX", ValueError, "Invalid dispatch key: XX"),
        (3, "CPU", ValueError, "got unexpected type for op: <class 'int'>"),
    ):
        with pytest.raises(kind, match=said):
            library.get_kernel(which, key)


def test_contexts_of_fake_implementations():
    assert library.get_ctx() is None
    op, _ = product()
    library.impl_abstract("mylib::product", lambda x, y: (library.get_ctx(), x.new_empty(())))
    x = torch.empty(2, device="meta")
    with pytest.raises(RuntimeError, match="You're trying to run this operator with meta Tensors"):
        op(x, x)
    assert library.get_ctx() is None
