"""Tensor as a container, as a type, over other memory, and as a view of itself."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core import Tensor, channels_last, float64, int32
from ft_dispatch import surface as torch


def matrix():
    return torch.arange(6).reshape(2, 3)


def test_transposes_are_properties() -> None:
    x = matrix()
    assert x.T.tolist() == x.mT.tolist() == [[0, 3], [1, 4], [2, 5]]
    assert torch.tensor([[1j, 2]]).H.tolist() == [[-1j], [2]]
    with pytest.warns(UserWarning, match="The use of `x.T` on tensors of dimension other than 2"):
        torch.zeros(2, 3, 4).T  # noqa: B018  # reading is the call
    with pytest.raises(RuntimeError, match="Got 1-D tensor"):
        torch.zeros(3).mT  # noqa: B018  # reading is the call


def test_a_tensor_is_a_container_of_its_slices() -> None:
    x = matrix()
    assert [row.tolist() for row in x] == [[0, 1, 2], [3, 4, 5]]
    assert [row.tolist() for row in reversed(x)] == [[3, 4, 5], [0, 1, 2]]
    assert 4 in x
    assert 7 not in x
    with pytest.raises(TypeError, match="iteration over a 0-d tensor"):
        iter(torch.tensor(1))
    with pytest.raises(RuntimeError, match="only supports Tensor or scalar"):
        "a" in x  # noqa: B015  # asking is the call


def test_type_names_and_casts() -> None:
    x = matrix()
    assert x.type() == "torch.LongTensor"
    assert x.type("torch.DoubleTensor").dtype is float64
    assert x.type(int32).dtype is int32
    with pytest.raises(ValueError, match=r"invalid type: 'torch.NoTensor'"):
        x.type("torch.NoTensor")


def test_resize_moves_every_alias() -> None:
    x = torch.arange(4)
    view = x[1:3]
    x.resize_(100)
    x[1] = 9
    assert view.tolist() == [9, 2]
    assert x.shape == (100,)
    assert torch.zeros(0).resize_(1, 2, 2, 2, memory_format=channels_last).stride() == (8, 1, 4, 2)


def test_memory_of_others_does_not_grow() -> None:
    x = torch.from_numpy(np.arange(3.0))
    assert x.resize_(2).tolist() == [0, 1]
    with pytest.raises(RuntimeError, match="Trying to resize storage that is not resizable"):
        x.resize_(4)
    with pytest.raises(RuntimeError, match="cannot resize variables that require grad"):
        torch.zeros(2, requires_grad=True).resize_(3)


def test_set_stands_on_other_memory() -> None:
    x, other = torch.zeros(2), torch.arange(6.0)
    x.set_(other.untyped_storage(), 1, (2, 2), (2, 1))
    assert x.tolist() == [[1, 2], [3, 4]]
    assert x._version == 1
    assert not x.is_set_to(other)
    assert torch.zeros(3).set_(other).is_set_to(other)
    assert torch.zeros(3).set_().shape == (0,)
    with pytest.raises(RuntimeError, match="Could not set tensor of type double to a tensor of type float"):
        x.set_(torch.zeros(2, dtype=float64))


def test_a_tensor_becomes_a_view_of_itself() -> None:
    x = matrix()
    assert x.t_() is x
    assert (x.shape, x.stride(), x._version) == ((3, 2), (1, 3), 1)
    assert x.unsqueeze_(0).squeeze_().transpose_(0, 1).tolist() == matrix().tolist()


def test_shared_memory_takes_views_along() -> None:
    x = torch.arange(3)
    view = x[1:]
    assert not x.is_shared()
    x.share_memory_()
    view.zero_()
    assert x.tolist() == [0, 0, 0]
    assert x.is_shared()
    assert view.is_shared()


def test_an_object_of_a_subclass_shares_the_memory() -> None:
    class Named(Tensor):
        pass

    x = matrix()
    made = x.as_subclass(Named)
    assert type(made) is Named
    assert made.data_ptr() == x.data_ptr()
    assert type(made + 1) is Named
    with pytest.raises(TypeError, match="must be a subclass of Tensor"):
        x.as_subclass(int)


def test_a_python_function_on_every_element() -> None:
    x = torch.zeros(2)
    assert x.map2_(torch.ones(2), torch.tensor([2.0, 3.0]), lambda a, b, c: a + b * c).tolist() == [2, 3]
    assert x.apply_(lambda v: v * v).tolist() == [4, 9]


def test_summed_to_a_size_that_broadcasts() -> None:
    assert matrix().sum_to_size(1, 3).tolist() == [[3, 5, 7]]
    assert matrix().sum_to_size(3).tolist() == [3, 5, 7]
    with pytest.raises(RuntimeError, match="is not expandable to size"):
        matrix().sum_to_size(4)
