"""torch.func by itself: values that are known by mathematics, compositions, structures, refusals, and no garbage left behind."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

import gc
import itertools
import math

import pytest

import ft_autograd
from ft_autograd import func
from ft_dispatch import surface as torch

X = [0.3, 0.7, -0.2]


def vector(values=X):
    return torch.tensor(values, dtype=torch.float64)


def close(a, b, tolerance=1e-12):
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    assert tuple(a.shape) == tuple(b.shape)
    assert torch.allclose(a, b, rtol=tolerance, atol=tolerance), (a, b)


def net(params, x):
    """Two layers, one output."""
    w1, b1, w2, b2 = params
    return ((x @ w1 + b1).tanh() @ w2 + b2).sum()


def params():
    def ramp(*shape):
        n = math.prod(shape)
        return ((torch.arange(n, dtype=torch.float64) * 0.7548 + 0.3) % 1 - 0.5).reshape(shape)

    return ramp(3, 4), ramp(4), ramp(4, 2), ramp(2)


BATCH = [[0.1, -0.4, 0.8], [0.5, 0.2, -0.3], [-0.9, 0.6, 0.05], [0.0, 1.0, -1.0], [0.25, 0.25, 0.5]]


def test_grad_of_a_scalar_function():
    x = vector()
    close(func.grad(lambda x: (x.sin() * x).sum())(x), x.cos() * x + x.sin())


def test_third_derivative_by_nesting():
    f = lambda x: x.sin()  # noqa: E731
    third = func.grad(func.grad(func.grad(f)))
    close(third(torch.tensor(0.4, dtype=torch.float64)), torch.tensor(-math.cos(0.4), dtype=torch.float64))


def test_value_and_aux():
    grads, (value, aux) = func.grad_and_value(lambda x: ((x * x).sum(), x * 2), has_aux=True)(vector())
    close(grads, vector() * 2)
    close(value, (vector() ** 2).sum())
    close(aux, vector() * 2)


def test_grad_follows_the_structure_of_its_argument():
    found = func.grad(lambda d: (d["a"] * d["b"][0]).sum())({"a": vector(), "b": [vector() + 1]})
    assert list(found) == ["a", "b"]
    close(found["a"], vector() + 1)
    close(found["b"][0], vector())


@pytest.mark.parametrize("argnums", [0, 1, (0, 1), (1, 0), -1])
def test_argnums(argnums):
    a, b = vector(), vector() + 2
    whole = (2 * a * b, a * a)
    found = func.grad(lambda a, b: (a * a * b).sum(), argnums)(a, b)
    expected = whole[argnums] if isinstance(argnums, int) else [whole[i] for i in argnums]
    for have, want in zip(
        [found] if isinstance(argnums, int) else found, [expected] if isinstance(argnums, int) else expected, strict=True
    ):
        close(have, want)


def test_vjp_may_be_pulled_again_and_again():
    out, pull = func.vjp(lambda x: x * x, vector())
    close(out, vector() ** 2)
    for scale in (1.0, 2.0):
        (g,) = pull(torch.ones(3, dtype=torch.float64) * scale)
        close(g, vector() * 2 * scale)


def test_jvp_and_linearize_agree():
    x, t = vector(), vector([1.0, -2.0, 0.5])
    f = lambda x: x.sin() * x.sum()  # noqa: E731
    out, moved = func.jvp(f, (x,), (t,))
    value, push = func.linearize(f, x)
    close(out, f(x))
    close(value, f(x))
    close(moved, x.cos() * t * x.sum() + x.sin() * t.sum())
    close(push(t), moved)
    close(push(t * 3), moved * 3)


def test_jacobians_and_hessian():
    x = vector()
    f = lambda x: torch.stack([x[0] * x[1], x[1] * x[2] * x[2]])  # noqa: E731
    expected = torch.tensor([[0.7, 0.3, 0.0], [0.0, 0.04, 2 * 0.7 * -0.2]], dtype=torch.float64)
    close(func.jacrev(f)(x), expected)
    close(func.jacfwd(f)(x), expected)
    close(func.jacrev(f, chunk_size=1)(x), expected)
    h = func.hessian(lambda x: (x**3).sum())(x)
    close(h, torch.diag(6 * x))


def test_jacobian_of_several_arguments_and_outputs():
    f = lambda a, b: {"p": a * b, "q": a.sum()}  # noqa: E731
    for jac in (func.jacrev, func.jacfwd):
        found = jac(f, argnums=(0, 1))(vector(), vector() + 1)
        close(found["p"][0], torch.diag(vector() + 1))
        close(found["p"][1], torch.diag(vector()))
        close(found["q"][0], torch.ones(3, dtype=torch.float64))
        close(found["q"][1], torch.zeros(3, dtype=torch.float64))


# -- compositions --------------------------------------------------------------------------------------------------------


def tower(names):
    """names applied from the inside out to a function of one number; the result is again one of that number."""
    f = lambda x: (x * x).exp() / (1 + x.sigmoid()) - (x + 2).log() * x**3  # noqa: E731
    for name in names:
        f = {
            "grad": lambda f: lambda x: func.grad(f)(x),
            "jvp": lambda f: lambda x: func.jvp(f, (x,), (torch.ones_like(x),))[1],
            "vmap": lambda f: lambda x: func.vmap(f)(torch.stack([x, x * 0 + 0.5]))[0],
        }[name](f)
    return f


def derivative(order, x):
    """The order-th derivative of tower's function by central differences of the lower one (order <= 3)."""
    f = lambda x: math.exp(x * x) / (1 + 1 / (1 + math.exp(-x))) - math.log(x + 2) * x**3  # noqa: E731
    h = 2e-3
    weights = {0: {0: 1}, 1: {-2: 1 / 12, -1: -2 / 3, 1: 2 / 3, 2: -1 / 12}, 2: {-2: -1 / 12, -1: 4 / 3, 0: -5 / 2, 1: 4 / 3, 2: -1 / 12},
               3: {-3: 1 / 8, -2: -1, -1: 13 / 8, 1: -13 / 8, 2: 1, 3: -1 / 8}}[order]  # fmt: skip
    return sum(w * f(x + k * h) for k, w in weights.items()) / h**order


@pytest.mark.parametrize(
    "names", [n for k in (1, 2, 3) for n in itertools.product(("grad", "jvp", "vmap"), repeat=k)], ids="-".join
)
def test_every_composition_of_up_to_three(names):
    order = sum(name != "vmap" for name in names)
    found = tower(names)(torch.tensor(0.4, dtype=torch.float64))
    assert float(found) == pytest.approx(derivative(order, 0.4), rel=1e-6)


def test_per_sample_gradients_equal_a_loop():
    x = torch.tensor(BATCH, dtype=torch.float64)
    together = func.vmap(func.grad(net), in_dims=(None, 0))(params(), x)
    for k in range(len(BATCH)):
        alone = func.grad(net)(params(), x[k])
        for whole, one in zip(together, alone, strict=True):
            close(whole[k], one)


def test_gradient_of_a_batch_is_the_sum_of_per_sample_gradients():
    x = torch.tensor(BATCH, dtype=torch.float64)
    summed = func.grad(lambda p: func.vmap(net, in_dims=(None, 0))(p, x).sum())(params())
    each = func.vmap(func.grad(net), in_dims=(None, 0))(params(), x)
    for a, b in zip(summed, each, strict=True):
        close(a, b.sum(0))


def test_hessian_vector_products_two_ways():
    x = torch.tensor(BATCH[0], dtype=torch.float64)
    t = torch.tensor([1.0, 0.5, -0.25], dtype=torch.float64)
    f = lambda x: net(params(), x)  # noqa: E731
    forward_over_reverse = func.jvp(func.grad(f), (x,), (t,))[1]
    reverse_over_forward = func.grad(lambda x: func.jvp(f, (x,), (t,))[1])(x)
    reverse_over_reverse = func.grad(lambda x: (func.grad(f)(x) * t).sum())(x)
    whole = func.hessian(f)(x) @ t
    for found in (forward_over_reverse, reverse_over_forward, reverse_over_reverse):
        close(found, whole)


def test_nested_vmap():
    a, b = vector(), vector([1.0, 2.0])
    found = func.vmap(lambda x: func.vmap(lambda y: x * y + x)(b))(a)
    close(found, a[:, None] * b + a[:, None])


def test_everyday_autograd_lies_below():
    w = torch.ones(3, dtype=torch.float64).requires_grad_()
    inner = func.grad(lambda x: (x * x * w).sum())(vector())
    (g,) = ft_autograd.grad(inner.sum(), w)
    close(g, vector() * 2)


def test_autograd_grad_inside_a_transform():
    second = func.grad(lambda x: ft_autograd.grad((x**3).sum(), x, create_graph=True)[0].sum())(vector())
    close(second, vector() * 6)


# -- modes and mutation --------------------------------------------------------------------------------------------------


def test_no_grad_inside_counts_and_outside_does_not():
    def f(x):
        with ft_autograd.no_grad():
            constant = x * x
        return (x * constant).sum()

    close(func.grad(f)(vector()), vector() ** 2)
    with ft_autograd.no_grad():
        close(func.grad(lambda x: (x * x).sum())(vector()), vector() * 2)


def test_detach_cuts_both_modes():
    f = lambda x: x * x.detach()  # noqa: E731
    close(func.grad(lambda x: f(x).sum())(vector()), vector())
    close(func.jvp(f, (vector(),), (vector() * 0 + 1,))[1], vector())


def written(x):
    y = torch.zeros(3, dtype=torch.float64)
    y[0] = x[1] * x[2]
    y[1:].add_(x[1:]).mul_(2)
    return y


def test_writes_in_place_are_differentiated():
    expected = torch.tensor([[0.0, -0.2, 0.7], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0]], dtype=torch.float64)
    close(func.jacrev(written)(vector()), expected)
    close(func.jacfwd(written)(vector()), expected)


def test_a_view_sees_what_its_base_was_given():
    def f(x):
        y = x * 1
        head = y[:2]
        y.mul_(3)
        return (head * head).sum()

    close(func.grad(f)(vector()), torch.tensor([18 * 0.3, 18 * 0.7, 0.0], dtype=torch.float64))


def test_strides_of_tangents_and_cotangents_need_not_be_the_value_s():
    x = torch.arange(6, dtype=torch.float64).reshape(2, 3)
    crossed = torch.arange(6, dtype=torch.float64).reshape(3, 2).t()
    _, moved = func.jvp(lambda x: x.view(-1) * 2, (x,), (crossed,))
    close(moved, crossed.reshape(-1) * 2)

    def f(x):
        y = x * 1
        y.view(-1).mul_(2)
        return (y.sum(0) * torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)).sum()

    expected = torch.tensor([[2.0, 4.0, 6.0]] * 2, dtype=torch.float64)
    close(func.grad(f)(x), expected)
    close(func.jvp(f, (x,), (crossed,))[1], (expected * crossed).sum())
    leaf = x.clone().requires_grad_()
    f(leaf).backward()
    close(leaf.grad, expected)


def test_refusals_of_writes():
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad is being used in an in-place operation"):
        func.grad(lambda x: x.add_(1).sum())(vector())
    outside = torch.zeros(3, dtype=torch.float64)
    with pytest.raises(RuntimeError, match="would mutate a captured Tensor"):
        func.grad(lambda x: outside.add_(x).sum())(vector())
    assert outside.tolist() == [0, 0, 0]


@pytest.mark.parametrize("write", ["itself", "its base"])
@pytest.mark.parametrize("made", ["no_grad", "unbind"])
def test_views_without_a_history_are_refused_after_a_write(made, write):
    def f(x):
        y = x * 2
        if made == "unbind":
            v = y.unbind(0)[0]
        else:
            with ft_autograd.no_grad():
                v = y[0]
        (v if write == "itself" else y).mul_(2)
        return v.sum()

    said = "A view was created in no_grad mode" if made == "no_grad" else "Output 0 of Unbind is a view"
    with pytest.raises(RuntimeError, match=f"{said} and {'is being' if write == 'itself' else 'its base or another view'}"):
        func.grad(f)(vector())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: func.grad(lambda x: x * x)(x), "Expected f\\(\\*args\\) to return a scalar Tensor, got tensor with 1 dims"),
        (lambda x: func.grad(lambda x: 3.0)(x), "to return a Tensor, got <class 'float'>"),
        (lambda x: func.grad(lambda x: x.sum(), argnums=2)(x), "Got argnum=2, but only 1 positional inputs"),
        (lambda x: func.vjp(lambda x: (x, x), x)[1](x), "Expected pytree structure of cotangents"),
        (lambda x: func.jvp(lambda x: x, x, x), "Expected primals to be a tuple"),
        (lambda x: func.jvp(lambda x: x, (x,), (x[:2],)), "same shape"),
        (lambda x: func.jvp(lambda x: torch.ones(3), (x,), (x,), strict=True), "independent of the inputs"),
        (lambda x: func.grad(lambda x: x.requires_grad_().sum())(x), "You are attempting to call Tensor.requires_grad_"),
        (
            lambda x: func.grad(lambda x: x.sum())(x.to(torch.int64)),
            "only Tensors of floating point and complex dtype can require gradients",
        ),
    ],
)
def test_refusals(call, message):
    with pytest.raises(RuntimeError, match=message):
        call(vector())


def test_an_error_inside_leaves_no_level_behind():
    def fails(x):
        raise KeyError("inside")

    for transform in (func.grad(fails), func.vmap(fails), lambda x: func.jvp(fails, (x,), (x,))):
        with pytest.raises(KeyError):
            transform(vector())
        assert not func.active()
    close(vector() + 1, torch.tensor([1.3, 1.7, 0.8], dtype=torch.float64))


def test_an_op_without_a_rule_says_which_and_where():
    from ft_autograd.rule import RULES

    held = RULES.pop("sin")
    op = torch.raw.sin
    try:
        with pytest.raises(NotImplementedError, match=r"aten::sin has no rule(.|\n)*ft_autograd/rules/unary.py"):
            func.jvp(lambda x: op(x), (vector(),), (vector(),))
    finally:
        RULES["sin"] = held


# -- memory --------------------------------------------------------------------------------------------------------------


def test_nothing_is_left_for_the_collector():
    x = torch.tensor(BATCH, dtype=torch.float64)

    def step():
        func.vmap(func.grad(net), in_dims=(None, 0))(params(), x)
        func.hessian(lambda v: (v.tanh() * v).sum())(vector())
        func.jvp(written, (vector(),), (vector(),))

    for _ in range(3):
        step()
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        for _ in range(20):
            step()
        assert len(gc.get_objects()) - before < 20
    finally:
        gc.enable()
