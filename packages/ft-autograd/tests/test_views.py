"""In-place writes, views and history: torch's rules and messages, exact values."""

import pytest

import ft_autograd as autograd
from ft_autograd import no_grad
from ft_dispatch import surface as torch


def ones(*shape):
    return torch.ones(*shape, requires_grad=True)


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
    assert x.grad is None or x.grad.tolist() == [0.0, 0.0, 0.0]


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
