"""custom_function, value_and_grad and trees with names: what users of functional array libraries know, in every transform."""

import itertools

import pytest

import ft_autograd as autograd
from ft_autograd import trees
from ft_autograd.custom_function import custom_function, value_and_grad
from ft_autograd.func import grad, jvp, vjp, vmap
from ft_dispatch import surface as torch

X = torch.tensor([[0.3, -0.4, 1.1], [0.9, 0.2, -1.5]], dtype=torch.float64)
Y = torch.tensor([[1.5, 2.0, -0.5], [0.1, -2.0, 0.7]], dtype=torch.float64)


def made(*rules):
    """sin(x) y with some of its rules; each notes that it ran."""
    ran = []

    @custom_function
    def f(x, y):
        ran.append("f")
        return torch.sin(x) * y

    def f_vjp(primals, cotangent, output):
        ran.append("vjp")
        assert output.shape == cotangent.shape
        x, y = primals
        return cotangent * torch.cos(x) * y, cotangent * torch.sin(x)

    def f_jvp(primals, tangents):
        ran.append("jvp")
        (x, y), (dx, dy) = primals, tangents
        return dx * torch.cos(x) * y + dy * torch.sin(x)

    def f_vmap(inputs, axes):
        ran.append("vmap")
        (x, y), (ax, ay) = inputs, axes
        return torch.sin(x) * y, ax if ax is not None else ay

    for name in rules:
        getattr(f, name)({"vjp": f_vjp, "jvp": f_jvp, "vmap": f_vmap}[name])
    return f, ran


def plain(x, y):
    return torch.sin(x) * y


ALL = [c for n in range(4) for c in itertools.combinations(("vjp", "jvp", "vmap"), n)]
USES = {
    "value": (lambda f: f(X, Y), None),
    "grad": (lambda f: grad(lambda x, y: f(x, y).sum(), argnums=(0, 1))(X, Y), "vjp"),
    "jvp": (lambda f: jvp(f, (X, Y), (Y, X)), "jvp"),
    "vmap": (lambda f: vmap(f)(X, Y), "vmap"),
    "vmap, shared": (lambda f: vmap(f, in_dims=(0, None))(X, Y[0]), "vmap"),
    "vmap of grad": (lambda f: vmap(grad(lambda x, y: f(x, y).sum()))(X, Y), "vjp"),
    "grad of vmap": (lambda f: grad(lambda x, y: vmap(f)(x, y).sum())(X, Y), None),
    "grad of grad": (lambda f: grad(lambda x: grad(lambda x: f(x, Y).sum())(x).sum())(X), "vjp"),
    "jvp of grad": (lambda f: jvp(grad(lambda x: f(x, Y).sum()), (X,), (Y,)), "vjp"),
}


@pytest.mark.parametrize("rules", ALL, ids=lambda c: "+".join(c) or "none")
@pytest.mark.parametrize("use", USES)
def test_every_rule_in_every_transform(rules, use):
    run, rule = USES[use]
    f, ran = made(*rules)
    ours, expected = run(f), run(plain)
    for a, b in zip(autograd.levels.tree.flatten(ours)[0], autograd.levels.tree.flatten(expected)[0], strict=True):
        assert torch.allclose(a, b, rtol=1e-12, atol=1e-14)
    assert (rule in ran) == (rule in rules)


@pytest.mark.parametrize("rules", [(), ("vjp",), ("jvp",)], ids=str)
def test_everyday_backward(rules):
    f, ran = made(*rules)
    x, y = X.clone().requires_grad_(), Y.clone().requires_grad_()
    f(x, y).sum().backward()
    assert torch.allclose(x.grad, torch.cos(X) * Y)
    assert torch.allclose(y.grad, torch.sin(X))
    assert ("vjp" in ran) == ("vjp" in rules)


def test_one_argument_comes_bare():
    @custom_function
    def clipped(x):
        return x.clamp(-1, 1)

    @clipped.vjp
    def through(x, dx, fx):
        assert isinstance(x, torch.Tensor)
        assert torch.equal(fx, x.clamp(-1, 1))
        return dx * 10

    assert clipped.__name__ == "clipped"
    assert grad(lambda x: clipped(x).sum())(X).tolist() == [[10.0] * 3] * 2


def test_trees_and_what_has_no_gradient():
    @custom_function
    def scaled(params, n, which):
        return {"out": params["w"] * n + params["b"], "which": which * 2}

    @scaled.vjp
    def rule(primals, cotangents, outputs):
        params, n, _ = primals
        assert set(outputs) == set(cotangents) == {"out", "which"}
        return {"w": cotangents["out"] * n * params["w"], "b": None}, None, None

    w, which = X.clone().requires_grad_(), torch.tensor([1, 2])
    out = scaled({"w": w, "b": Y}, 3.0, which)
    assert torch.equal(out["which"], which * 2)
    out["out"].sum().backward()
    assert torch.allclose(w.grad, 3 * X)


@pytest.mark.parametrize(("returned", "said"), [((1,), "1 results for 2"), (([], None), "0 leaves for an argument of 1")])
def test_rules_that_return_too_little_are_told(returned, said):
    f, _ = made()
    f.vjp(lambda primals, cotangent, output: returned)
    with pytest.raises(ValueError, match=f"its vjp returned {said}"):
        f(X.clone().requires_grad_(), Y).sum().backward()


# -- value_and_grad ----------------------------------------------------------------------------------------------------------


def loss(params, x, *, scale=1.0):
    return (scale * (params["w"] * x + params["b"]) ** 2).sum()


PARAMS = {"w": X, "b": Y}


def test_value_and_grad():
    value, found = value_and_grad(loss)(PARAMS, Y)
    inner = X * Y + Y
    assert torch.allclose(value, (inner**2).sum())
    assert torch.allclose(found["w"], 2 * inner * Y)
    assert torch.allclose(found["b"], 2 * inner)
    value, (by_params, by_x) = value_and_grad(loss, argnums=(0, 1))(PARAMS, Y)
    assert torch.allclose(by_x, 2 * inner * X)
    assert torch.equal(by_params["w"], found["w"])


def test_value_and_grad_by_name_and_with_more_outputs():
    scale = torch.tensor(2.0, dtype=torch.float64)
    _, named = value_and_grad(loss, argnames="scale")(PARAMS, Y, scale=scale)
    assert set(named) == {"scale"}
    assert torch.allclose(named["scale"], ((X * Y + Y) ** 2).sum())
    _, (by_x, named) = value_and_grad(loss, argnums=1, argnames=["scale"])(PARAMS, Y, scale=scale)
    assert torch.allclose(by_x, 4 * (X * Y + Y) * X)
    (value, further), _ = value_and_grad(lambda x: (x.sum(), {"mean": x.mean()}))(X)
    assert torch.equal(value, X.sum())
    assert torch.equal(further["mean"], X.mean())
    for call in (lambda: value_and_grad(loss, argnums=())(PARAMS, Y), lambda: value_and_grad(loss, argnums=5)(PARAMS, Y)):
        with pytest.raises(ValueError, match="value_and_grad: expected"):
            call()


def test_value_and_grad_composes():
    values, grads = vmap(value_and_grad(lambda x: (x**3).sum()))(X)
    assert torch.allclose(values, (X**3).sum(1))
    assert torch.allclose(grads, 3 * X**2)
    _, pull = vjp(lambda x: value_and_grad(lambda x: (x**3).sum())(x)[1], X)
    assert torch.allclose(pull(Y)[0], 6 * X * Y)


# -- trees -------------------------------------------------------------------------------------------------------------------

TREE = {"layers": [{"w": 1, "b": 2}, {"w": 3, "b": (4, 5)}], "n": 6}


def test_leaves_have_names():
    pairs = trees.tree_flatten(TREE)
    assert pairs[0] == ("layers.0.w", 1)
    assert [name for name, _ in pairs][-2:] == ["layers.1.b.1", "n"]
    assert trees.tree_unflatten(pairs) == {"layers": [{"w": 1, "b": 2}, {"w": 3, "b": [4, 5]}], "n": 6}
    assert trees.tree_unflatten(dict(pairs)) == trees.tree_unflatten(pairs)
    assert trees.tree_flatten(7) == [("", 7)]
    assert trees.tree_unflatten([("", 7)]) == 7
    assert trees.tree_flatten([1], prefix="p") == [("p.0", 1)]
    assert trees.tree_unflatten([("0", 1), ("2", 3)]) == [1, {}, 3]
    assert trees.tree_flatten([(1, 2)], is_leaf=lambda t: isinstance(t, tuple)) == [("0", (1, 2))]
    with pytest.raises(ValueError, match="'a' is the name of a leaf and of a branch"):
        trees.tree_unflatten([("a", 1), ("a.b", 2)])


def test_maps_and_reductions():
    doubled = trees.tree_map(lambda a, b: a + b, TREE, TREE)
    assert trees.tree_reduce(lambda a, b: a + b, doubled) == 42
    assert type(doubled["layers"][1]["b"]) is tuple
    assert trees.tree_map_with_path(lambda path, leaf: path, {"a": [0]}) == {"a": ["a.0"]}
    assert trees.tree_reduce(lambda total, leaf: total + [leaf], [1, [2]], []) == [1, 2]
    with pytest.raises(ValueError, match=r"the trees differ: one has layers.0, another is dict there"):
        trees.tree_map(lambda a, b: a, TREE, {"layers": {}, "n": 0})
