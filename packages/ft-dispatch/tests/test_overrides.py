"""`__torch_function__`: who is asked, in which order, what it is shown, and what its answer does."""

from __future__ import annotations

import contextlib

import pytest

from ft_core import Parameter, Tensor
from ft_core.keys import SUB, TF_MODE
from ft_core.state import TL
from ft_dispatch import overrides
from ft_dispatch import surface as torch
from ft_dispatch.overrides import (
    DisableTorchFunctionSubclass,
    default_torch_function,
    disabled_torch_function,
    dispatch_function,
    flat,
    hop_skipped,
    overloaded,
    overridable,
    public_name,
    redispatch,
    split_arguments,
)
from ft_dispatch.registry import OPS

seen_by: list[tuple[str, tuple[type, ...]]] = []


class Mine(Tensor):
    """Answers for itself."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        seen_by.append((cls.__name__, types))
        return "answered by " + cls.__name__


class Younger(Mine):
    """A subclass, which is asked before its base."""


class Passes(Tensor):
    """Never answers."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        seen_by.append((cls.__name__, types))
        return NotImplemented


class Usual(Tensor):
    """The usual handler: run it, and keep the class."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return super().__torch_function__(func, types, args, kwargs or {})


class Silent(Tensor):
    """A subclass that takes part in nothing."""

    __torch_function__ = disabled_torch_function


class Duck:
    """No tensor at all."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        raise AssertionError("asked as an instance")


class Goose:
    """Something that answers as a class."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        seen_by.append(("Goose", types))
        return "a goose"


@pytest.fixture(autouse=True)
def forgotten():
    seen_by.clear()
    yield
    assert not TL.st.bits & TF_MODE
    assert not TL.st.data.get("subclass_off")


def of(kind):
    return torch.ones(2).as_subclass(kind)


@contextlib.contextmanager
def under(handler):
    """A mode with this handler."""
    made = type("Mode", (), {"__torch_function__": lambda self, *given: handler(*given)})()
    TL.st.function_modes.append(made)
    TL.st.bits |= TF_MODE
    try:
        yield
    finally:
        TL.st.function_modes.pop()
        if not TL.st.function_modes:
            TL.st.bits &= ~TF_MODE


ORDER = [
    ("left to right", lambda: [of(Mine), of(Usual)], [Mine, Usual]),
    ("right to left", lambda: [of(Usual), of(Mine)], [Usual, Mine]),
    ("a class is asked once", lambda: [of(Mine), of(Mine)], [Mine]),
    ("a subclass before its base", lambda: [of(Mine), of(Younger)], [Younger, Mine]),
    ("before its base only", lambda: [of(Usual), of(Mine), of(Younger)], [Usual, Younger, Mine]),
    ("its base later", lambda: [of(Younger), of(Mine)], [Younger, Mine]),
    ("tensors and numbers are not asked", lambda: [torch.ones(1), Parameter(torch.ones(1)), 2, "x", None, [of(Mine)]], []),
    ("nor who has it switched off", lambda: [of(Silent)], []),
    ("ducks are", lambda: [Goose(), of(Mine)], [Goose, Mine]),
]


@pytest.mark.parametrize(("values", "asked"), [row[1:] for row in ORDER], ids=[row[0] for row in ORDER])
def test_who_is_asked_and_when(values, asked):
    assert [type(v) for v in overloaded(values())] == asked


def test_lists_are_opened_one_level():
    assert flat((1, [2, [3]], (4, 5), "ab")) == [1, 2, [3], 4, 5, "ab"]


def test_the_first_answer_counts_and_all_types_are_shown():
    assert torch.add(of(Passes), of(Mine)) == "answered by Mine"
    assert seen_by == [("Passes", (Passes, Mine)), ("Mine", (Passes, Mine))]
    seen_by.clear()
    assert torch.cat([torch.ones(1), of(Mine)]) == "answered by Mine"
    assert seen_by == [("Mine", (Mine,))]
    assert torch.add(torch.ones(2), Goose()) == "a goose"


def test_when_all_pass_the_error_names_them():
    with pytest.raises(
        TypeError, match=r"^Multiple dispatch failed for 'torch\.add'; all __torch_function__ handlers returned NotImpl"
    ) as told:
        torch.add(of(Passes), torch.ones(2))
    assert "  - tensor subclass <class '" in str(told.value)
    assert "Passes'>" in str(told.value)


def test_nobody_is_asked_where_nobody_overrides():
    assert dispatch_function(torch.add, (torch.ones(2), 2), {}) == (False, None)
    assert dispatch_function(torch.add, (torch.ones(2),), {"other": of(Mine)}) == (True, "answered by Mine")
    with DisableTorchFunctionSubclass():
        assert dispatch_function(torch.add, (of(Mine), 2), {}) == (False, None)
        with DisableTorchFunctionSubclass():
            pass
        assert dispatch_function(torch.add, (of(Mine), 2), {}) == (False, None)
    assert dispatch_function(torch.add, (of(Mine), 2), {})[0]


# -- modes ------------------------------------------------------------------------------------------------------------------------


def test_a_mode_is_asked_first_and_is_off_inside():
    inside = []

    def handler(func, types, args, kwargs):
        inside.append((func, types, args, kwargs, bool(TL.st.bits & TF_MODE), len(TL.st.function_modes)))
        return "the mode"

    x, mine = torch.ones(2), of(Mine)
    with under(handler):
        assert torch.add(x, mine, alpha=2) == "the mode"
        assert torch.zeros(2) == "the mode"
        assert TL.st.bits & TF_MODE
        assert len(TL.st.function_modes) == 1
    assert seen_by == []
    func, types, args, kwargs, on, left = inside[0]
    assert (func, types, kwargs, on, left) == (torch.add, (Mine,), {"alpha": 2}, False, 0)
    assert args[0] is x


def test_a_mode_inside_another_is_asked_first_and_leaves_the_outer_one_on():
    order = []

    def inner(func, types, args, kwargs):
        order.append(("inner", bool(TL.st.bits & TF_MODE)))
        return func(*args, **(kwargs or {}))

    def outer(func, types, args, kwargs):
        order.append(("outer", bool(TL.st.bits & TF_MODE)))
        return func(*args, **(kwargs or {}))

    x = torch.ones(2)
    with under(outer), under(inner):
        made = torch.add(x, 1)
    assert made.tolist() == [2.0, 2.0]
    assert order == [("inner", True), ("outer", False)]


def test_a_mode_that_passes_leaves_it_to_the_classes():
    x, mine = torch.ones(2), of(Mine)
    with under(lambda *given: NotImplemented):
        assert torch.add(mine, 1) == "answered by Mine"
        with pytest.raises(TypeError, match=r"Multiple dispatch failed for 'torch.add'(.|\n)*- mode object"):
            torch.add(x, 1)


def test_a_mode_is_on_again_after_an_error():
    def handler(*given):
        raise KeyError("broken")

    with under(handler):
        with pytest.raises(KeyError, match="broken"):
            torch.add(torch.ones(2), 1)
        assert TL.st.bits & TF_MODE
        assert len(TL.st.function_modes) == 1


# -- what a handler is shown ---------------------------------------------------------------------------------------------------------


X = torch.ones(2, 3)
SPLIT = [
    ("add.Tensor", (X, X, 1), None, (X, X), {}),
    ("add.Tensor", (X, X, 2), None, (X, X), {"alpha": 2}),
    ("add.Tensor", (X, X, 1), X, (X, X), {"out": X}),
    ("sum.dim_IntList", (X, 1, False, None), None, (X, 1), {}),
    ("sum.dim_IntList", (X, 1, True, None), None, (X, 1, True), {}),
    ("sum.dim_IntList", (X, 1, False, torch.float64), None, (X, 1), {"dtype": torch.float64}),
    ("sum.dim_IntList", (X, None, True, None), None, (X, None, True), {}),
    ("sin", (X,), None, (X,), {}),
    ("linear", (X, X, None), None, (X, X), {}),
]


@pytest.mark.parametrize(("name", "args", "out", "positional", "named"), SPLIT)
def test_a_handler_is_shown_what_a_user_would_have_written(name, args, out, positional, named):
    function, shown, kwargs = split_arguments(OPS[name], torch.add, args, out)
    assert function is torch.add
    assert len(shown) == len(positional)
    assert all(a is b for a, b in zip(shown, positional, strict=True))
    assert kwargs.keys() == named.keys()
    assert all(kwargs[key] is named[key] for key in named)


def test_functions_have_names():
    assert public_name(torch.add) == "torch.add"
    assert public_name(3) == "torch.3"


# -- the usual handler -----------------------------------------------------------------------------------------------------------------


def test_results_take_the_subclass():
    x = of(Usual)
    assert type(x + 1) is Usual
    assert type(1 + x) is Usual
    assert type(x.sum()) is Usual
    assert [type(t) for t in x.split(1)] == [Usual, Usual]
    assert type(x.split(1)) is tuple
    found = torch.max(x, 0)
    assert type(found).__name__ == "max"
    assert (type(found.values), type(found.indices)) == (Usual, Usual)
    assert type(x.size(0)) is int
    assert type(torch.add(torch.ones(2), x)) is Usual
    x.add_(1)
    assert x.tolist() == [2.0, 2.0]


def test_the_usual_handler_passes_where_another_class_has_a_say():
    assert default_torch_function(Usual, torch.add, (Usual, Mine), (of(Usual), of(Mine))) is NotImplemented
    assert torch.add(of(Usual), of(Mine)) == "answered by Mine"
    made = default_torch_function(Usual, torch.add, (Usual, Tensor), (of(Usual), 1))
    assert type(made) is Usual
    assert type(default_torch_function(Tensor, torch.add, (Tensor,), (torch.ones(2), 1))) is Tensor
    with DisableTorchFunctionSubclass():
        assert default_torch_function(Usual, torch.add, (Usual,), (of(Usual), 1)) is NotImplemented


def test_switched_off_subclasses_are_plain_tensors():
    x = of(Mine)
    with DisableTorchFunctionSubclass():
        made = torch.add(x, 1)
        assert type(made) is Tensor
        assert made.tolist() == [2.0, 2.0]
    assert torch.add(x, 1) == "answered by Mine"
    assert disabled_torch_function(Mine, torch.add, ()) is NotImplemented
    assert disabled_torch_function.__name__ == "_disabled_torch_function_impl"
    y = of(Silent)
    assert not y._k & SUB
    assert type(y + 1) is Tensor


# -- functions in plain Python ----------------------------------------------------------------------------------------------------------


@overridable
def plain(x, more=None, *, named=None):
    """A function over ops."""
    return ("ran", x)


CALLS = [
    ("a tensor", lambda: plain(torch.ones(1)), False),
    ("numbers, words and nothing", lambda: plain(1, "x"), False),
    ("a subclass", lambda: plain(of(Mine)), True),
    ("what is no tensor", lambda: plain(Goose()), True),
    ("what is no tensor, in a list", lambda: plain([1, Goose()]), True),
    ("a subclass as second", lambda: plain(1, of(Mine)), True),
    ("a subclass by name", lambda: plain(1, named=of(Mine)), True),
    ("a subclass in a list", lambda: plain([1, of(Mine)]), True),
    ("a subclass in a tuple", lambda: plain((of(Mine),)), True),
    ("a subclass in a named list", lambda: plain(1, named=[of(Mine)]), True),
    ("tensors in a list", lambda: plain([torch.ones(1), Parameter(torch.ones(1))]), False),
    ("lists of lists", lambda: plain([[1]]), False),
    ("an object", lambda: plain(object()), False),
    ("an object in a list", lambda: plain([object()]), False),
    ("a class that is off", lambda: plain(of(Silent)), False),
    ("no argument but a word", lambda: plain("x", named="y"), False),
]


@pytest.mark.parametrize(("call", "asked"), [row[1:] for row in CALLS], ids=[row[0] for row in CALLS])
def test_a_plain_function_asks(monkeypatch, call, asked):
    handled, dispatched = [], overrides.dispatch_function
    monkeypatch.setattr(overrides, "dispatch_function", lambda *given: handled.append(given) or dispatched(*given))
    for known in (dict(overrides._PLAIN), {}):  # what has been found out about classes changes nothing
        monkeypatch.setattr(overrides, "_PLAIN", {**known, Tensor: True, int: True, str: True, type(None): True})
        assert call() in ("answered by Mine", "a goose") if asked else call()[0] == "ran"
    assert bool(handled) is asked  # a plain call asks nobody


def test_a_plain_function_keeps_its_name_and_is_shown():
    assert plain.__name__ == "plain"
    assert plain.__doc__ == "A function over ops."
    shown = []
    with under(lambda func, types, args, kwargs: shown.append((func, args, kwargs)) or "seen"):
        assert plain(3, named=4) == "seen"
    assert shown == [(plain, (3,), {"named": 4})]


def test_classes_found_to_be_plain_are_remembered_up_to_a_bound(monkeypatch):
    kept = {}
    monkeypatch.setattr(overrides, "_PLAIN", kept)
    kinds = [type(f"K{i}", (), {}) for i in range(300)]
    for kind in kinds:
        assert plain(kind())[0] == "ran"
    assert len(kept) == 256
    assert kept[kinds[0]] is True
    plain(Goose())
    plain([1])
    plain(torch.ones(1))
    plain(of(Silent))
    assert not {Goose, list, tuple, Tensor, Silent} & kept.keys()


# -- past all of them --------------------------------------------------------------------------------------------------------------------


def test_redispatch_runs_an_op_past_modes_and_classes():
    seen, mine, x, y = [], of(Mine), torch.ones(2), torch.ones(3)
    with under(lambda func, types, args, kwargs: seen.append(func) or "seen"):
        made = redispatch(torch.add, (mine, 1), {"alpha": 2})
        assert TL.st.bits & TF_MODE
        with pytest.raises(RuntimeError, match="must match the size"):
            redispatch(torch.add, (x, y), {})
        assert TL.st.bits & TF_MODE
    assert made.tolist() == [3.0, 3.0]
    assert (seen, seen_by) == ([], [])


def test_redispatch_of_a_python_function_passes_one_call():
    def outside(x):
        return plain(x), plain(x)

    outside.__module__ = "somewhere"
    first, second = redispatch(outside, (of(Mine),), {})
    assert first[0] == "ran"
    assert second == "answered by Mine"
    assert "skip_hop" not in TL.st.data
    redispatch(outside, (1,), {})
    assert "skip_hop" not in TL.st.data


def test_redispatch_without_a_mode_leaves_none_behind():
    assert redispatch(torch.add, (torch.ones(2), 1), {}).tolist() == [2.0, 2.0]
    assert not TL.st.bits & TF_MODE


def test_subclasses_are_on_again_after_the_first_time_they_were_off():
    TL.st.data.pop("subclass_off", None)
    with DisableTorchFunctionSubclass():
        assert TL.st.data["subclass_off"] == 1
    assert TL.st.data["subclass_off"] == 0


def test_a_hop_is_skipped_once():
    assert hop_skipped(TL.st) is False
    TL.st.data["skip_hop"] = True
    assert hop_skipped(TL.st) is True
    assert hop_skipped(TL.st) is False
