"""torch.autograd.Function: both styles, saving, flags, double backward, transforms, and errors that name what is wrong."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

import gc
import weakref

import pytest

import ft_autograd
from ft_autograd import Function, func
from ft_autograd.function import InplaceFunction, once_differentiable
from ft_dispatch import surface as torch


class Power(Function):
    @staticmethod
    def forward(ctx, x, n):
        ctx.save_for_backward(x)
        ctx.n = n
        return x**n

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * ctx.n * x ** (ctx.n - 1), None


class Exp(Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
        return x.exp()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, g):
        return g * ctx.saved_tensors[0]

    @staticmethod
    def jvp(ctx, t):
        return t * ctx.saved_tensors[0]


class Split(Function):
    """Two outputs, one of integers."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        where = x.argmax()
        doubled = x * 2
        ctx.mark_non_differentiable(where)
        return doubled, x * 3, where

    @staticmethod
    def backward(ctx, double, triple, where):
        ctx.seen = (double, triple, where)
        return double * 2 + triple * 3


def leaf(values=(1.0, 2.0, 3.0)):
    return torch.tensor(list(values), dtype=torch.float64).requires_grad_()


def test_old_style_first_and_second_derivative():
    x = leaf()
    y = Power.apply(x, 3)
    assert y.grad_fn.name() == "PowerBackward"
    assert y.grad_fn.needs_input_grad == (True, False)
    (g,) = ft_autograd.grad(y.sum(), x, create_graph=True)
    assert g.tolist() == [3.0, 12.0, 27.0]
    assert ft_autograd.grad(g.sum(), x)[0].tolist() == [6.0, 12.0, 18.0]


def test_setup_context_style_with_keyword_and_default():
    class Scale(Function):
        @staticmethod
        def forward(x, factor=2.0):
            return x * factor

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.factor = inputs[1]

        @staticmethod
        def backward(ctx, g):
            return g * ctx.factor, None

    x = leaf()
    for call, factor in ((lambda: Scale.apply(x), 2.0), (lambda: Scale.apply(x, factor=5.0), 5.0)):
        (g,) = ft_autograd.grad(call().sum(), x)
        assert g.tolist() == [factor] * 3
    with pytest.raises(TypeError, match=r"forward\(\) got an unexpected keyword argument 'k'"):
        Power.apply(x, 2, k=3)


def test_vjp_is_another_name_of_backward():
    class Twice(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def vjp(ctx, g):
            return g * 2

    x = leaf()
    assert ft_autograd.grad(Twice.apply(x).sum(), x)[0].tolist() == [2.0] * 3


def test_several_outputs_and_materialised_zeros():
    x = leaf()
    double, triple, where = Split.apply(x)
    assert not where.requires_grad
    assert int(where) == 2
    assert ft_autograd.grad(double.sum(), x, retain_graph=True)[0].tolist() == [2.0] * 3
    assert double.grad_fn.seen[1].tolist() == [0.0] * 3
    assert double.output_nr == 0
    assert triple.output_nr == 1


def test_none_instead_of_zeros():
    seen = []

    class Pair(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.set_materialize_grads(False)
            return x * 1, x * 1

        @staticmethod
        def backward(ctx, a, b):
            seen.append((a is None, b is None))
            return a

    x = leaf()
    Pair.apply(x)[0].sum().backward()
    assert seen == [(False, True)]


def test_recording_off():
    x = leaf()
    with ft_autograd.no_grad():
        assert not Power.apply(x, 2).requires_grad
    assert not Power.apply(x.detach(), 2).requires_grad


def test_saved_tensors_are_checked_and_freed():
    x = leaf() * 1
    y = Power.apply(x, 2)
    with ft_autograd.no_grad():
        x.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()
    z = Power.apply(leaf(), 2).sum()
    z.backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        z.backward()


def test_saved_output_makes_no_cycle():
    gc.disable()
    try:
        y = Exp.apply(leaf())
        held = weakref.ref(y.grad_fn)
        del y
        assert held() is None
    finally:
        gc.enable()


def test_saved_output_is_part_of_the_graph():
    x = leaf()
    (g,) = ft_autograd.grad(Exp.apply(x).sum(), x, create_graph=True)
    (gg,) = ft_autograd.grad(g.sum(), x)
    assert torch.allclose(gg, x.detach().exp())


class AddOne(InplaceFunction):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x.add_(1)

    @staticmethod
    def backward(ctx, g):
        return g * 10


def test_mark_dirty():
    x = leaf()
    y = x * 2
    z = AddOne.apply(y)
    assert z is y
    assert y.tolist() == [3.0, 5.0, 7.0]
    assert ft_autograd.grad(y.sum(), x)[0].tolist() == [20.0] * 3
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad has been used in an in-place operation"):
        AddOne.apply(leaf())

    class Forgets(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.mark_dirty(x)
            return x * 1

    with pytest.raises(RuntimeError, match="marked as dirty during the forward method were not returned as output"):
        Forgets.apply(leaf() * 1)


def test_an_input_that_is_returned_keeps_its_own_history():
    class Same(Function):
        @staticmethod
        def forward(ctx, x):
            return x

        @staticmethod
        def backward(ctx, g):
            return g * 5

    x = leaf()
    y = Same.apply(x)
    assert y is not x
    assert x.is_leaf
    assert ft_autograd.grad(y.sum(), x)[0].tolist() == [5.0] * 3


def test_once_differentiable():
    class Once(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @once_differentiable
        def backward(ctx, g):
            assert not ft_autograd.is_grad_enabled()
            return g * 2 * ctx.saved_tensors[0]

    x = leaf()
    (g,) = ft_autograd.grad(Once.apply(x).sum(), x, create_graph=True)
    assert g.tolist() == [2.0, 4.0, 6.0]

    seed = torch.ones(3, dtype=torch.float64).requires_grad_()
    (g,) = ft_autograd.grad(Once.apply(x), x, seed, create_graph=True)
    with pytest.raises(RuntimeError, match="trying to differentiate twice a function that was marked with @once_differentiable"):
        g.sum().backward()


# -- errors --------------------------------------------------------------------------------------------------------------


def wrong(result, n=2):
    class Wrong(Function):
        @staticmethod
        def forward(ctx, a, b):
            return a + (b if n == 2 else 0)

        @staticmethod
        def backward(ctx, g):
            return result(g)

    return Wrong


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (lambda g: g, r"function WrongBackward returned an incorrect number of gradients \(expected 2, got 1\)"),
        (
            lambda g: (g, g.sum()),
            r"WrongBackward returned an invalid gradient at index 1 - got \[\] but expected shape compatible with \[3\]; .*'b' of Wrong.forward",
        ),
        (lambda g: (g, 3), r"index 1: expected Tensor or None \(got int\)"),
    ],
)
def test_wrong_gradients_name_function_input_and_shapes(result, message):
    with pytest.raises(RuntimeError, match=message):
        wrong(result).apply(leaf(), leaf()).sum().backward()


def test_gradient_for_what_is_no_tensor():
    with pytest.raises(
        RuntimeError, match="gradient different from None at position 2, but the corresponding forward input was not a Variable"
    ):
        wrong(lambda g: (g, g), 1).apply(leaf(), 4).sum().backward()


def test_extra_nones_are_fine_and_broadcast_is_undone():
    a, b = leaf(), torch.ones(1, dtype=torch.float64).requires_grad_()
    wrong(lambda g: (g, g, None)).apply(a, b).sum().backward()
    assert b.grad.tolist() == [3.0]


def test_what_is_missing_says_so():
    class Bare(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1

    with pytest.raises(NotImplementedError, match="must implement either the backward or vjp method"):
        Bare.apply(leaf()).sum().backward()
    with pytest.raises(NotImplementedError, match="must implement the forward function"):
        Function.apply(leaf())
    with pytest.warns(DeprecationWarning, match="should not be instantiated"):
        made = Bare()
    with pytest.raises(RuntimeError, match="Legacy autograd function with non-static forward method"):
        made(leaf())

    class Saves(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(3)

    with pytest.raises(TypeError, match="save_for_backward can only save variables, but argument 0 is of type int"):
        Saves.apply(leaf())


# -- transforms ----------------------------------------------------------------------------------------------------------


def x64():
    return torch.tensor([0.1, 0.5, -0.3], dtype=torch.float64)


@pytest.mark.parametrize(
    "transform",
    [
        lambda f: func.grad(lambda x: f(x).sum()),
        lambda f: func.vmap(f),
        lambda f: func.vmap(func.grad(f)),
        lambda f: func.grad(lambda x: func.vmap(f)(x).sum()),
        lambda f: lambda x: func.jvp(f, (x,), (torch.ones_like(x),))[1],
        lambda f: lambda x: func.jvp(func.vmap(f), (x,), (torch.ones_like(x),))[1],
        lambda f: func.vmap(lambda x: func.jvp(f, (x,), (torch.ones_like(x),))[1]),
        lambda f: func.grad(lambda x: func.grad(lambda y: f(y).sum())(x).sum()),
        lambda f: lambda x: func.jvp(func.grad(lambda y: f(y).sum()), (x,), (torch.ones_like(x),))[1],
        lambda f: lambda x: func.jacfwd(f)(x).sum(0),
        lambda f: lambda x: func.jacrev(f)(x).sum(0),
        lambda f: func.vmap(f, chunk_size=2),
    ],
)
def test_transforms_of_a_function(transform):
    assert torch.allclose(transform(Exp.apply)(x64()), x64().exp())


def test_generated_rule_sums_over_what_examples_share():
    class Mul(Function):
        generate_vmap_rule = True

        @staticmethod
        def forward(a, b):
            return a * b

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(*inputs)

        @staticmethod
        def backward(ctx, g):
            a, b = ctx.saved_tensors
            return g * b, g * a

    w, x = x64(), torch.ones(4, 3, dtype=torch.float64) * 2
    found = func.grad(lambda w: func.vmap(Mul.apply, in_dims=(0, None))(x, w).sum())(w)
    assert found.tolist() == [8.0] * 3


def test_a_vmap_method():
    class Own(Function):
        @staticmethod
        def forward(x, n):
            return x * n

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.n = inputs[1]

        @staticmethod
        def backward(ctx, g):
            return g * ctx.n, None

        @staticmethod
        def vmap(info, in_dims, x, n):
            assert info.batch_size == 3
            assert in_dims == (0, None)
            return Own.apply(x, n), 0

    assert torch.allclose(func.vmap(lambda x: Own.apply(x, 3))(x64()), x64() * 3)
    assert func.vmap(func.grad(lambda x: Own.apply(x, 3)))(x64()).tolist() == [3.0] * 3


def test_transforms_need_setup_context_and_a_rule():
    with pytest.raises(RuntimeError, match="must override the setup_context staticmethod"):
        func.grad(lambda x: Power.apply(x, 2).sum())(x64())

    class NoRule(Exp):
        generate_vmap_rule = False

    with pytest.raises(RuntimeError, match="does not have vmap support"):
        func.vmap(NoRule.apply)(x64())

    class BothRules(Exp):
        @staticmethod
        def vmap(info, in_dims, x):
            return x, 0

    with pytest.raises(RuntimeError, match="has both generate_vmap_rule=True and an overriden vmap staticmethod"):
        func.vmap(BothRules.apply)(x64())


def test_a_thousand_forwards_leave_nothing_behind():
    x = leaf()

    def step():
        a, b, _ = Split.apply(Exp.apply(x * 2))
        return Power.apply(a + b, 2).tanh().sum()

    for _ in range(10):
        step()
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        for _ in range(1000):
            step()
        assert len(gc.get_objects()) - before < 20
    finally:
        gc.enable()
