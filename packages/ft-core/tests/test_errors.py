"""The tree of exceptions: what is drawn is what there is."""

import builtins
import re

import pytest

from ft_core import errors

CLASSES = {name: getattr(errors, name) for name in errors.__all__}


def test_errors_drawing_names_every_class():
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__))
    assert drawn == set(CLASSES) - {"FrankenTorchError"}


def test_errors_drawing_names_the_builtin():
    for name, builtin in re.findall(r"[├└]── (\w+) +\((\w+)\)", errors.__doc__):
        assert issubclass(CLASSES[name], getattr(builtins, builtin))


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_errors_have_one_root_and_say_when(kind):
    assert issubclass(kind, errors.FrankenTorchError)
    assert kind.__doc__


def test_errors_are_caught_by_clauses_written_for_torch():
    with pytest.raises(RuntimeError, match="no kernel"):
        raise errors.NoRouteError("exp: no kernel")
    with pytest.raises(NotImplementedError, match="no rule"):
        raise errors.NoRuleError("exp: no rule")


@pytest.mark.oracle
def test_errors_torch_names_have_torch_bases():
    torch = pytest.importorskip("torch")
    for ours, theirs in ((errors.LinAlgError, torch.linalg.LinAlgError), (errors.OutOfMemoryError, torch.OutOfMemoryError)):
        assert all(issubclass(ours, base) for base in theirs.__mro__[1:])
