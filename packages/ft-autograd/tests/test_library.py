"""Ops of users: declared, implemented, differentiated, batched, checked and refused as torch.library does it, on the table of ours."""

import warnings

import numpy as np
import pytest

from ft_autograd import func, gradcheck, gradgradcheck, library
from ft_autograd.backward import grad
from ft_autograd.opcheck import OpCheckError
from ft_autograd.user_op import USER_OPS, forget
from ft_core import Tensor, dtype
from ft_dispatch import surface as torch
from ft_dispatch.packets import ops
from ft_dispatch.registry import OPS, PACKETS
from ft_dispatch.trace import TraceError, capture


@pytest.fixture(autouse=True)
def clean():
    before = set(OPS)
    yield
    for made in list(USER_OPS.values()):
        forget(made.record)
    assert set(OPS) == before
    assert not [name for name in PACKETS if "::" in name]


def sine():
    """sin by NumPy, which autograd cannot look into, times a factor."""

    @library.custom_op("mylib::sine", mutates_args=())
    def sine(x: Tensor, scale: float = 1.0) -> Tensor:
        return torch.from_numpy(np.sin(x.numpy()) * scale)

    return sine


def whole_sine():
    op = sine()

    def setup(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])
        ctx.scale = inputs[1]

    op.register_autograd(lambda ctx, g: (g * ctx.saved_tensors[0].cos() * ctx.scale, None), setup_context=setup)
    op.register_fake(lambda x, scale=1.0: torch.empty_like(x))
    return op


def points(*shape):
    return torch.arange(float(np.prod(shape)), dtype=torch.float64).reshape(shape) / 7


def test_the_op_is_on_the_table():
    op = sine()
    assert torch.allclose(op(points(3)), points(3).sin())
    assert torch.allclose(ops.mylib.sine(points(3), 2.0), points(3).sin() * 2)
    assert torch.allclose(ops.mylib.sine.default(points(3), scale=2.0), points(3).sin() * 2)
    overload = ops.mylib.sine.default
    assert (str(overload), overload.name(), overload.namespace) == ("mylib.sine.default", "mylib::sine", "mylib")
    assert overload._schema == "mylib::sine(Tensor x, float scale=1.0) -> Tensor"
    assert repr(op) == "<CustomOpDef(mylib::sine)>"
    with pytest.raises(AttributeError, match="'mylib' object has no attribute 'cosine'"):
        _ = ops.mylib.cosine


def test_gradient():
    op = whole_sine()
    x = points(4).requires_grad_()
    assert op(x).grad_fn.name() == "GeneratedBackwardFor_mylib_sine_defaultBackward"
    assert gradcheck(op, (x,))
    assert gradgradcheck(op, (x,))
    assert not op(points(3)).requires_grad


def test_without_a_formula_backward_says_so():
    out = sine()(points(3).requires_grad_())
    assert out.requires_grad
    with pytest.raises(
        RuntimeError, match=r"Trying to backward through mylib\.sine\.default but no autograd formula was registered"
    ):
        out.sum().backward()


def test_transforms_without_a_batching_rule_loop_and_say_so():
    op = whole_sine()
    with pytest.warns(UserWarning, match="batching rule for mylib::sine"):
        found = func.vmap(func.grad(lambda t: op(t).sum()))(points(2, 3))
    assert torch.allclose(found, points(2, 3).cos())
    assert torch.allclose(func.grad(lambda t: op(t, 3.0).sum())(points(3)), points(3).cos() * 3)


def test_a_batching_rule_serves_vmap_alone_and_below_grad():
    op = whole_sine()
    seen = []

    def batch(info, in_dims, x, scale):
        seen.append((info.batch_size, in_dims))
        return op(x, scale), in_dims[0]

    op.register_vmap(batch)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert torch.allclose(func.vmap(op, in_dims=1)(points(2, 3)), points(2, 3).sin().t())
        assert torch.allclose(func.vmap(func.grad(lambda t: op(t).sum()))(points(2, 3)), points(2, 3).cos())
    assert seen == [(3, (0, None)), (2, (0, None))]


def test_fake_tensors():
    op = sine()
    with pytest.raises(RuntimeError, match=r"There was no fake impl registered for <CustomOpDef\(mylib::sine\)>"):
        op(torch.empty(2, device="meta"))
    library.register_fake("mylib::sine", lambda x, scale=1.0: torch.empty_like(x))
    assert op(torch.empty(2, 3, device="meta")).shape == (2, 3)
    with pytest.raises(RuntimeError, match="already has a fake implementation"):
        library.register_fake("mylib::sine", lambda x, scale=1.0: x, allow_override=False)


def test_captures_refuse_it():
    with pytest.raises(TraceError, match="mylib::sine: a user's op runs Python"):
        capture(sine(), torch.ones(2))


def test_arguments_that_are_written_to():
    @library.custom_op("mylib::bump", mutates_args={"x"})
    def bump(x: Tensor, by: int = 1) -> None:
        x.numpy()[...] += by

    x = torch.zeros(2)
    assert bump(x, 3) is None
    assert (x.tolist(), x._version) == ([3.0, 3.0], 1)
    assert USER_OPS["mylib::bump"].record.schema == "mylib::bump(Tensor(a0!) x, SymInt by=1) -> ()"
    with pytest.raises(RuntimeError, match="Cannot register autograd formula for non-functional operator mylib::bump"):
        bump.register_autograd(lambda ctx: None)


def test_lists_of_tensors():
    @library.custom_op("mylib::joined", mutates_args=())
    def joined(xs: list[Tensor], dim: int = 0) -> list[Tensor]:
        return [torch.cat(xs, dim), xs[0] * 2]

    joined.register_autograd(lambda ctx, grads: ([grads[0][:2] + grads[1] * 2, grads[0][2:]], None))
    a, b = points(2).requires_grad_(), points(3).requires_grad_()
    both, twice = joined([a, b])
    assert isinstance(joined([a, b]), list)
    found = grad(both.sum() + twice.sum(), (a, b))
    assert [g.tolist() for g in found] == [[3.0, 3.0], [1.0, 1.0, 1.0]]
    joined.register_autograd(lambda ctx, grads: ([grads[0]], None))
    with pytest.raises(RuntimeError, match="returned 1 gradients for the list xs; expected 2"):
        joined([a, b])[0].sum().backward()
    joined.register_autograd(lambda ctx, grads: None)
    with pytest.raises(RuntimeError, match="backward returned 1 gradients; expected 2, one for each of xs, dim"):
        joined([a, b])[0].sum().backward()


def test_outputs_may_not_alias_inputs():
    @library.custom_op("mylib::same", mutates_args=())
    def same(x: Tensor) -> Tensor:
        return x.view(-1)

    with pytest.raises(RuntimeError, match="may not alias any inputs"):
        same(torch.ones(2))


def test_kernels_per_device():
    @library.custom_op("mylib::only", mutates_args=(), device_types="cuda")
    def only(x: Tensor) -> Tensor:
        return x * 2

    with pytest.raises(NotImplementedError, match="mylib::only: no kernel for device 'cpu'; there are cuda; register one"):
        only(torch.ones(2))

    @only.register_kernel("cpu")
    def _(x):
        return x * 3

    assert only(torch.ones(2)).tolist() == [3.0, 3.0]


def test_libraries():
    lib = library.Library("mine", "DEF")
    assert lib.define("twice(Tensor x) -> Tensor") == "twice"
    lib.impl("twice", lambda x: x + x, "CompositeImplicitAutograd")
    x = points(2).requires_grad_()
    assert ops.mine.twice(x).grad_fn.name() == "AddBackward0"
    lib.define("thrice(Tensor x, *, float bias=0.0) -> Tensor")
    lib.impl("thrice", lambda x, bias=0.0: x * 3 + bias, "CPU")
    library.Library("mine", "IMPL", "Meta").impl("thrice", lambda x, bias=0.0: torch.empty_like(x))
    assert torch.allclose(ops.mine.thrice(points(2), bias=1.0), points(2) * 3 + 1)
    assert ops.mine.thrice(torch.empty(2, device="meta")).shape == (2,)
    with pytest.raises(ValueError, match="no dispatch key 'XPU'"):
        lib.impl("thrice", lambda x: x, "XPU")
    lib._destroy()
    assert not [name for name in OPS if name.startswith("mine::")]
    with pytest.raises(RuntimeError, match="expected a library of kind DEF or FRAGMENT"):
        library.Library("mine", "IMPL").define("f(Tensor x) -> Tensor")
    with pytest.raises(ValueError, match="Unsupported kind: MORE"):
        library.Library("mine", "MORE")
    with pytest.raises(ValueError, match="aten is a reserved namespace"):
        library.Library("aten", "DEF")


def test_define_and_impl():
    library.define("mylib::half", "(Tensor x) -> Tensor")
    library.impl("mylib::half", "default")(lambda x: x / 2)
    assert ops.mylib.half(torch.ones(2)).tolist() == [0.5, 0.5]
    with pytest.raises(ValueError, match="expected an op's name as 'namespace::name'"):
        library.define("half", "(Tensor x) -> Tensor")
    with pytest.raises(RuntimeError, match="with the same name and overload name multiple times"):
        library.define("mylib::half", "(Tensor x) -> Tensor")
    with pytest.raises(RuntimeError, match=r"expected an op declared with torch\.library.*there are mylib::half"):
        library.impl("mylib::quarter", "cpu")


def test_schemas_from_annotations():
    def f(
        x: Tensor,
        y: Tensor | None,
        s: list[int],
        z: list[Tensor],
        *,
        a: float = 1.0,
        b: bool = True,
        d: dtype = torch.float32,
        w: str = "no",
    ) -> tuple[Tensor, Tensor]: ...

    wanted = '(Tensor x, Tensor? y, SymInt[] s, Tensor[] z, *, float a=1.0, bool b=True, ScalarType d=float32, str w="no") -> (Tensor, Tensor)'
    assert library.infer_schema(f, mutates_args=()) == wanted
    record = library.Library("mine", "DEF")
    record.define("f" + wanted)
    assert OPS["mine::f"].params[6].default is torch.float32

    def bare(x: Tensor, n) -> Tensor: ...
    def odd(x: dict) -> Tensor: ...
    def silent(x: Tensor): ...
    def many(*x: Tensor) -> Tensor: ...

    for function, why in (
        (bare, "Parameter n must have a type annotation"),
        (odd, "Parameter x has unsupported type"),
        (silent, "No return type annotation"),
        (many, "We do not support positional-only args"),
    ):
        with pytest.raises(ValueError, match=why):
            library.infer_schema(function, mutates_args=())
    with pytest.raises(ValueError, match=r"'q'.* were not found in the custom op's signature"):
        library.infer_schema(f, mutates_args={"q"})
    with pytest.raises(ValueError, match="only Tensors or collections of Tensors can be mutated"):
        library.infer_schema(f, mutates_args={"s"})


def test_opcheck_passes_a_whole_op():
    assert set(library.opcheck(whole_sine(), (points(3).requires_grad_(),)).values()) == {"SUCCESS"}


def test_opcheck_finds_a_wrong_fake():
    op = whole_sine()
    op.register_fake(lambda x, scale=1.0: x.new_empty((7,)))
    with pytest.raises(OpCheckError, match="test_faketensor failed with the fake implementation promises"):
        library.opcheck(op, (points(3),))
    verdicts = library.opcheck(op, (points(3),), raise_exception=False)
    assert verdicts["test_schema"] == "SUCCESS"
    assert verdicts["test_faketensor"].startswith("FAILED: ")


def test_opcheck_finds_a_hidden_write():
    @library.custom_op("mylib::sly", mutates_args=())
    def sly(x: Tensor) -> Tensor:
        made = x.clone()
        x.zero_()
        return made

    with pytest.raises(OpCheckError, match="argument x is not declared as mutated but was written to"):
        library.opcheck(sly, (points(3) + 1,), test_utils="test_schema")
    with pytest.raises(ValueError, match="no test is called test_speed"):
        library.opcheck(sly, (points(3),), test_utils="test_speed")
