"""Layouts and memory formats: torch's constants."""

import copy
import importlib
import pickle

import pytest

from ft_core.keys import LAYOUTS as LAYOUT_MASK
from ft_core.layout import LAYOUTS, MEMORY_FORMATS, layout, memory_format, sparse_coo, strided

module = importlib.import_module("ft_core.layout")  # `ft_core.layout` is the class


@pytest.mark.parametrize("constant", [*LAYOUTS.values(), *MEMORY_FORMATS.values()], ids=repr)
def test_layout_constants_are_their_names(constant):
    assert repr(constant) == f"torch.{constant.name}"
    assert copy.deepcopy(constant) is constant
    assert pickle.loads(pickle.dumps(constant)) is constant
    assert getattr(module, constant.name) is constant


def test_layout_bits():
    assert strided.bit == 0
    assert sparse_coo.bit & LAYOUT_MASK == sparse_coo.bit != 0


def test_layout_cannot_be_made_or_changed():
    for kind in (layout, memory_format):
        with pytest.raises(TypeError, match=f"cannot create 'torch.{kind.__name__}' instances"):
            kind("strided")
    with pytest.raises(AttributeError, match=r"'torch.layout' object has no attribute 'colour'"):
        strided.colour = 1


def test_layout_exports_exist():
    assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.oracle
def test_layout_names_equal_torch():
    torch = pytest.importorskip("torch")
    theirs = {str(value) for value in vars(torch).values() if isinstance(value, (torch.layout, torch.memory_format))}
    assert {repr(value) for value in (*LAYOUTS.values(), *MEMORY_FORMATS.values())} == theirs
