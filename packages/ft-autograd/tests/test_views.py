"""In-place writes, views and history: torch's rules and messages, exact values."""

import pytest

import ft_autograd as autograd
from ft_autograd import no_grad
from ft_dispatch import surface as torch


def ones(*shape):
    return torch.ones(shape, requires_grad=True)


def test_a_write_into_a_view_reaches_the_base():
    x = ones(3)
    b = x * 2
    v = b.view(3, 1)
    v.mul_(torch.tensor([[1.0], [2.0], [3.0]]))
    assert b.grad_fn.name() == "CopySlices"
    assert v.grad_fn.name() == "AsStridedBackward0"
    b.sum().backward()
    assert x.grad.tolist() == [2.0, 4.0, 6.0]


def test_siblings_see_a_write_through_another_view():
    base = torch.zeros(4)
    left, right = base.narrow(0, 0, 2), base.narrow(0, 1, 2)
    w = ones(2)
    left.copy_(w * 5)
    assert right.requires_grad
    right.sum().backward()
    assert w.grad.tolist() == [0.0, 5.0]


def test_a_write_with_a_gradient_makes_a_plain_tensor_require_grad():
    x, w = torch.zeros(2), ones(2)
    x.add_(w)
    assert x.requires_grad
    (x * 3).sum().backward()
    assert w.grad.tolist() == [3.0, 3.0]


def test_values_that_the_rule_needs_are_saved_before_the_write():
    x, w = ones(2), torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 4
    y.mul_(w)
    y.sum().backward()
    assert w.grad.tolist() == [4.0, 4.0]
    assert x.grad.tolist() == [8.0, 12.0]


def test_a_constant_write_cuts_history():
    x = ones(3)
    y = x * 2
    y.fill_(7)
    assert y.requires_grad
    y.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, 0.0]


CONSTANT = {
    "random": lambda t: t.uniform_(),
    "comparison": lambda t: t.eq_(1),
    "number": lambda t: t.fill_(7),
    "bernoulli": lambda t: t.bernoulli_(0.5),
}


@pytest.mark.parametrize("write", CONSTANT.values(), ids=CONSTANT.keys())
def test_what_constants_overwrite_gets_zeros(write):
    x = ones(3)
    y = x * 2
    write(y)
    assert (y.requires_grad, y.is_leaf) == (True, False)
    (y * 5).sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("write", CONSTANT.values(), ids=CONSTANT.keys())
def test_what_constants_overwrite_through_a_view_gets_zeros(write):
    x = ones(3)
    y = x * 2
    part, rest = y[0:1], y[1:]
    write(part)
    assert y.grad_fn.name() == "CopySlices"
    (y * 5).sum().backward(retain_graph=True)
    assert x.grad.tolist() == [0.0, 10.0, 10.0]
    (part.sum() + rest.sum()).backward()
    assert x.grad.tolist() == [0.0, 12.0, 12.0]


@pytest.mark.parametrize("part", [slice(None), slice(0, 1)], ids=["whole", "part"])
@pytest.mark.parametrize("write", ["comparison", "number"])
def test_what_constants_overwrite_inside_a_transform_gets_zeros(write, part):
    def function(x):
        y = x * 2
        CONSTANT[write](y if part == slice(None) else y[part])
        return y.sum()

    expected = [0.0, 0.0, 0.0] if part == slice(None) else [0.0, 2.0, 2.0]
    assert autograd.func.grad(function)(torch.ones(3)).tolist() == expected


@pytest.mark.parametrize("write", CONSTANT.values(), ids=CONSTANT.keys())
def test_constants_give_no_history_to_what_has_none(write):
    x = torch.ones(3)
    write(x[1:])
    write(x)
    assert (x.requires_grad, x.grad_fn, x[1:].requires_grad) == (False, None, False)
    y, w = torch.ones(3), ones(3)
    y.eq_(w)
    y[:2].eq_(w[:2])
    assert (y.requires_grad, y.grad_fn) == (False, None)


def test_a_write_of_which_the_old_values_are_no_part():
    """`copy_` into a part: the part's own gradient is zero, the source's is the part's, the rest passes."""
    x, w = ones(4), ones(2)
    y = x * 3
    y[1:3].copy_(w * 5)
    y.sum().backward()
    assert (x.grad.tolist(), w.grad.tolist()) == ([3.0, 0.0, 0.0, 3.0], [5.0, 5.0])


def test_writes_through_views_of_views_one_after_another():
    x, w = ones(2, 3), torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 1
    column = y.t()[1]
    column.mul_(w)
    y[0].add_(w.sum())
    column.mul_(10)
    y.sum().backward()
    assert x.grad.tolist() == [[1.0, 20.0, 1.0], [1.0, 30.0, 1.0]]
    assert w.grad.tolist() == [10.0 + 12.0, 10.0 + 12.0]


def test_what_a_write_saved_is_let_go_and_says_so():
    x, w = ones(2), ones(2)
    y = x * 1
    y[:1].mul_(w[:1])
    y.sum().backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        y.sum().backward()
    z = x * 1
    z[:1].mul_(w[:1])
    z.sum().backward(retain_graph=True)
    z.sum().backward()
    assert x.grad.tolist() == [3.0, 3.0]


def test_saved_values_of_writes_are_packed():
    packed = []
    x, w = ones(2), ones(2)
    with autograd.graph.saved_tensors_hooks(lambda t: packed.append(tuple(t.shape)) or t, lambda t: t):
        y = x * 1
        before = len(packed)
        y.mul_(w)
        whole = len(packed)
        y[:1].mul_(w[:1])
    assert (packed[before:whole], packed[whole:]) == ([(2,), (2,)], [(1,), (1,)])
    y.sum().backward()
    assert x.grad.tolist() == [1.0, 1.0]


def test_a_stand_in_for_old_values_has_a_version_of_its_own():
    x, w = ones(2), torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 4
    y.mul_(w)
    y.add_(1)
    y.sum().backward()
    assert w.grad.tolist() == [4.0, 4.0]


def test_old_values_are_cloned_only_where_a_needed_gradient_asks_for_them(monkeypatch):
    cloned = []
    clone = torch.Tensor.clone
    monkeypatch.setattr(torch.Tensor, "clone", lambda t, **kw: cloned.append(tuple(t.shape)) or clone(t, **kw))
    y = ones(2) * 1
    y.mul_(torch.ones(2))
    y.add_(ones(2))
    assert cloned == []
    y.mul_(ones(2))
    assert cloned == [(2,)]


def test_an_op_without_a_rule_refuses_to_write_into_history():
    z = torch.ones(2, dtype=torch.float64, requires_grad=True) * 1
    assert z.grad_fn is not None
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad is being used in an in-place operation"):
        ones(2).mul_(2)


def test_a_view_of_another_dtype_is_made_again_by_its_own_chain():
    x = torch.ones(2, 2, requires_grad=True)
    y = x * 1
    z = torch.view_as_complex(y)
    y.mul_(3)
    assert z.requires_grad
    torch.view_as_real(z).sum().backward()
    assert x.grad.tolist() == [[3.0, 3.0], [3.0, 3.0]]


def test_a_saved_tensor_that_changed_is_an_error_that_says_what_to_do():
    x = ones(3)
    y = x.exp()
    y.add_(1)
    with pytest.raises(
        RuntimeError, match=r"\[torch.FloatTensor \[3\]\], which is output 0 of Exp, is at version 1; expected version 0"
    ):
        y.sum().backward()


def test_an_unsaved_input_may_change():
    x = ones(3)
    b = x * 1
    c = b.exp()
    b.add_(1)
    c.sum().backward()


def test_only_needed_inputs_are_checked():
    w, x = ones(3), torch.ones(3)
    y = w * x
    with no_grad():
        w.add_(1)  # w is not saved: x needs no gradient
    y.sum().backward()
    assert w.grad.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: ones(3).add_(1), "a leaf Variable that requires grad is being used in an in-place operation"),
        (lambda: ones(3).narrow(0, 0, 1).add_(1), "a view of a leaf Variable that requires grad"),
        (lambda: ones(2, 2).clone().unbind(0)[0].add_(1), "Output 0 of Unbind is a view and is being modified inplace"),
    ],
)
def test_refused_writes(write, message):
    with pytest.raises(RuntimeError, match=message):
        write()


def test_a_view_made_under_no_grad_refuses_a_recorded_write():
    x = ones(4)
    with no_grad():
        v = x.narrow(0, 0, 2)
    with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
        v.add_(1)


def test_refused_writes_change_nothing():
    x = ones(3)
    with pytest.raises(RuntimeError):
        x.add_(1)
    assert (x.tolist(), x._version) == ([1.0, 1.0, 1.0], 0)


def test_versions_are_shared_by_aliases_and_not_by_data():
    x = torch.zeros(3)
    v, d, a = x.view(3, 1), x.detach(), x.data
    x.add_(1)
    assert (x._version, v._version, d._version, a._version) == (1, 1, 1, 0)
    assert a.tolist() == [1.0, 1.0, 1.0]


def test_detach_in_place_cuts_a_tensor_off():
    x = ones(2)
    y = x * 2
    y.detach_()
    assert not y.requires_grad
    assert y.grad_fn is None


def test_a_view_made_without_recording_requires_grad_as_what_it_views_does():
    x = torch.ones(3, 4).requires_grad_()
    y = x * 2
    with no_grad():
        views = [x[0], y.view(-1), y.t()[1:], x.unbind(0)[1]]
        assert not (x * 2).requires_grad
        assert not (views[0] * 2).requires_grad
        assert not x.detach().requires_grad
    assert all(v.requires_grad and v.is_leaf and v.grad_fn is None for v in views)
    assert not torch.ones(3)[0].requires_grad
    assert not x.argmax(0)[0].requires_grad


NO_GRAD = (
    "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and "
    "error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block "
    "(if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
)
SEVERAL = (
    "Output 1 of Unbind is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such "
    "functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one."
)


def test_refusals_in_full():
    x = ones(2, 2)
    y = x * 1
    with no_grad():
        view = y[0]
    with autograd.inference_mode():
        inside = y[0]
    inside_text = NO_GRAD.replace("no_grad mode", "inference mode").replace("with grad mode enabled", "in normal mode")
    inside_text = inside_text.replace("no_grad block", "inference_mode block")
    for t, text in ((view, NO_GRAD), (inside, inside_text), (y.unbind(0)[1], SEVERAL)):
        before = t.tolist()
        with pytest.raises(RuntimeError) as caught:
            t.mul_(2)
        assert str(caught.value) == text
        assert (t.tolist(), y._version) == (before, 0)


@pytest.mark.parametrize("mode", ["no_grad", "inference"])
def test_views_made_without_recording_are_refused_after_a_write(mode):
    y = torch.ones(3, 4).requires_grad_() * 2
    with no_grad() if mode == "no_grad" else autograd.inference_mode():
        v = y[0]
    y.mul_(2)
    where = "with grad mode enabled" if mode == "no_grad" else "in normal mode"
    said = rf"A view was created in {mode} mode and its base or another view of its base has been modified inplace {where}\. Given"
    for use in (lambda: v.grad_fn, lambda: v * 2):
        with pytest.raises(RuntimeError, match=said):
            use()
    with no_grad():
        assert (v * 2).tolist() == [8.0] * 4


def test_a_view_made_without_recording_takes_no_history_from_what_is_written():
    plain, q = torch.ones(3, 4), torch.ones(4).requires_grad_()
    with no_grad():
        v = plain[0]
    v.mul_(2)
    with pytest.raises(
        RuntimeError, match="A view was created in no_grad mode and is being modified inplace with grad mode enabled"
    ):
        v.mul_(q)
    piece = plain.unbind(0)[1]
    with pytest.raises(RuntimeError, match="This view is the output of a function that returns multiple views"):
        piece.mul_(q)
    assert plain.sum().item() == 16


class Same(autograd.Function):
    """Returns its input."""

    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, g):
        return g


class Flat(Same):
    """Returns a view of its input."""

    @staticmethod
    def forward(ctx, x):
        return x.view(-1)


class Halves(Same):
    """Returns two views of its input."""

    @staticmethod
    def forward(ctx, x):
        return x[:1], x[1:]

    @staticmethod
    def backward(ctx, g, h):
        return torch.cat([g, h])


@pytest.mark.parametrize("leaf", [True, False])
@pytest.mark.parametrize("function", [Same, Flat])
def test_what_a_custom_function_hands_on_is_not_written_to(function, leaf):
    x = ones(2)
    held = x if leaf else x * 1
    for part in (lambda y: y, lambda y: y[:1]):
        y = part(function.apply(held))
        with pytest.raises(
            RuntimeError, match=r"is a view and is being modified inplace. This view was created inside a custom Function"
        ):
            y.mul_(2)
    assert held.tolist() == [1.0, 1.0]
    function.apply(held).sum().backward()
    assert x.grad.tolist() == [1.0, 1.0]


def test_one_of_many_views_of_a_custom_function_is_not_written_to():
    with pytest.raises(
        RuntimeError, match=r"Output 1 of Halves is a view and is being modified inplace. This view is the output of a function"
    ):
        Halves.apply(ones(2))[1].mul_(2)
