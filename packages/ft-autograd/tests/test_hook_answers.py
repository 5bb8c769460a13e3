"""What hooks may answer, what a captured node keeps, hooks of single saved tensors, and Functions of both styles in forward mode."""

import pytest

import ft_autograd as autograd
from ft_autograd import Function, forward_ad
from ft_autograd.graph import get_gradient_edge
from ft_core import float64
from ft_dispatch import surface as torch


def leaf(n=2):
    return torch.ones(n).requires_grad_()


def with_hook(place, answer):
    x, w = leaf(), leaf()
    y = x * w
    hook = lambda *given: answer  # noqa: E731
    {"tensor": y.register_hook, "before": y.grad_fn.register_prehook, "after": y.grad_fn.register_hook}[place](hook)
    (y * 2).sum().backward()
    return x.grad


@pytest.mark.parametrize(
    ("place", "answer", "error", "message"),
    [
        ("tensor", 3, TypeError, "expected Variable, but hook returned 'int'"),
        ("tensor", torch.ones(3), RuntimeError, "has changed the size of value"),
        ("tensor", torch.ones(2, dtype=float64), RuntimeError, "has changed the type of value"),
        ("before", torch.ones(2), TypeError, "expected tuple, but hook returned 'Tensor'"),
        ("before", (torch.ones(2),) * 2, RuntimeError, r"incorrect number of values \(got 2, but expected 1\)"),
        ("after", (torch.ones(2),), RuntimeError, r"incorrect number of values \(got 1, but expected 2\)"),
        ("after", (torch.ones(2), 3), TypeError, "expected Variable"),
    ],
)
def test_answers_that_are_refused(place, answer, error, message):
    with pytest.raises(error, match=message):
        with_hook(place, answer)


def test_answers_that_count():
    assert with_hook("tensor", torch.full((2,), 5.0)).tolist() == [5, 5]
    assert with_hook("before", (torch.full((2,), 5.0),)).tolist() == [5, 5]
    assert with_hook("after", (torch.full((2,), 7.0), None)).tolist() == [7, 7]


def test_a_captured_node_has_not_run():
    x = leaf()
    y = x.exp()
    assert autograd.grad((y * 3).sum(), get_gradient_edge(y))[0].tolist() == [3, 3]
    assert torch.allclose(autograd.grad(y.sum(), x)[0], y)  # its result is still there


def test_nothing_arrives_at_a_node_of_several_outputs():
    class Silent(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1

        @staticmethod
        def backward(ctx, g):
            return None

    x = leaf(4)
    a, b = (x * 2).split(2)
    (Silent.apply(a).sum() + Silent.apply(b).sum() + x.sum()).backward()
    assert x.grad.tolist() == [1, 1, 1, 1]


def test_saved_tensors_take_hooks_of_their_own():
    x = leaf()
    y = x * x
    y.grad_fn._raw_saved_self.register_hooks(lambda t: t + 1, lambda t: t * 10)
    assert y.grad_fn._saved_self.tolist() == [20, 20]
    with pytest.raises(RuntimeError, match="whose hooks have already been set"):
        y.grad_fn._raw_saved_self.register_hooks(lambda t: t, lambda t: t)
    y.sum().backward()
    assert x.grad.tolist() == [21, 21]
    z = leaf().exp()
    saved = z.grad_fn._raw_saved_result
    z.sum().backward()
    with pytest.raises(RuntimeError, match="after it has been freed"):
        saved.register_hooks(lambda t: t, lambda t: t)
    with pytest.raises(AttributeError, match="_raw_saved_colour"):
        _ = z.grad_fn._raw_saved_colour


@pytest.mark.parametrize("name", ["shape", "k", "next", "seq", "extra", "places", "facts", "traits", "saved", "n_outputs", "index"])
def test_names_in_a_ctx_are_the_users(name):
    class Sum(Function):
        @staticmethod
        def forward(ctx, x):
            setattr(ctx, name, tuple(x.shape))
            return x.sum()

        @staticmethod
        def backward(ctx, g):
            return g.expand(getattr(ctx, name))

    x = leaf(3)
    out = Sum.apply(x)
    (out * 2).backward()
    assert x.grad.tolist() == [2, 2, 2]
    assert out.grad_fn.name() == "SumBackward"


class Scaled(Function):
    """Old style: forward has the ctx."""

    @staticmethod
    def forward(ctx, x, y, factor):
        ctx.save_for_forward(x, y)
        ctx.save_for_backward(x, y)
        ctx.factor = factor
        return x * y * factor, x + y

    @staticmethod
    def jvp(ctx, tx, ty, _):
        x, y = ctx.saved_tensors
        return (tx * y + x * ty) * ctx.factor, tx + ty

    @staticmethod
    def backward(ctx, a, b):
        x, y = ctx.saved_tensors
        return a * y * ctx.factor + b, a * x * ctx.factor + b, None


def test_functions_of_the_old_style_in_forward_mode():
    x, y = leaf(), torch.full((2,), 3.0)
    with forward_ad.dual_level():
        first, second = Scaled.apply(forward_ad.make_dual(x, torch.ones(2)), y, 2.0)
        assert forward_ad.unpack_dual(first).tangent.tolist() == [6, 6]
        assert forward_ad.unpack_dual(second).tangent.tolist() == [1, 1]
        assert first.requires_grad
        forward_ad.unpack_dual(first).primal.sum().backward()
    assert x.grad.tolist() == [6, 6]


def test_forward_mode_can_be_off():
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(torch.ones(2), torch.ones(2))
        assert repr(dual) == "tensor([1., 1.], tangent=tensor([1., 1.]))"
        with forward_ad._set_fwd_grad_enabled(False):
            assert forward_ad.unpack_dual(dual * 2).tangent is None
        assert forward_ad.unpack_dual(dual * 2).tangent.tolist() == [2, 2]
        with autograd.inference_mode():
            assert forward_ad.unpack_dual(dual * 2).tangent is None


def test_variable_is_a_tensor_and_makes_one():
    made = autograd.Variable(torch.ones(2), requires_grad=True)
    assert isinstance(made, autograd.Variable)
    assert type(made) is type(torch.ones(2))
    assert made.requires_grad
    with pytest.raises(TypeError, match="has to be a tensor"):
        autograd.Variable(3)


def test_mutation_is_allowed_within_its_context_only():
    x = leaf()
    with autograd.graph.allow_mutation_on_saved_tensors():
        y = x.clone()
        z = y**2
        y.mul_(5)
        with pytest.raises(RuntimeError, match="cannot be nested"), autograd.graph.allow_mutation_on_saved_tensors():
            pass
    with pytest.raises(AssertionError, match="outside of the 'allow_mutation_on_saved_tensors' context"):
        z.sum().backward()


def test_generators_under_a_grad_mode_hear_of_exceptions():
    heard = []

    @autograd.no_grad()
    def generate():
        try:
            yield 1
        except ValueError:
            heard.append(torch.is_grad_enabled())
            yield 2
        finally:
            heard.append("closed")

    running = generate()
    assert (next(running), running.throw(ValueError())) == (1, 2)
    running.close()
    assert heard == [False, "closed"]
