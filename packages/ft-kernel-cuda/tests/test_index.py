"""Index kernels refuse bad indices before they write anything."""

import numpy as np
import pytest

from ft_kernel_cuda import table

X = np.arange(12, dtype=np.float32).reshape(3, 4)
BAD = np.array([[0, 3, 0, 0]])


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("scatter.value", (0, BAD, 9)),
        ("scatter_add", (0, -1 - BAD, X)),
        ("index_add", (0, BAD[0], np.ones((4, 4), np.float32), 1)),
        ("index_put", ([BAD[0], None], np.ones((4, 4), np.float32), False)),
    ],
)
def test_bad_index_is_an_error_and_the_destination_stays(host, name, args):
    x = X.copy()
    with pytest.raises(IndexError, match=r"index out of range: index tensor 0 has a value outside \[-3, 3\)"):
        table[name].fn(x, *args, out=x)
    np.testing.assert_array_equal(x, X)


@pytest.mark.parametrize(
    ("name", "args"), [("gather", (0, BAD)), ("index_select", (0, BAD[0])), ("embedding", (BAD,)), ("index.Tensor", ([BAD],))]
)
def test_bad_index_is_an_error_when_reading(host, name, args):
    with pytest.raises(IndexError, match=r"outside \[-3, 3\)"):
        table[name].fn(X, *args, out=None)


def test_five_index_tensors_say_what_to_do(host):
    x = np.zeros((1,) * 5, np.float32)
    with pytest.raises(NotImplementedError, match=r"index: at most 4 index tensors .* got 5; index in two steps"):
        table["index.Tensor"].fn(x, [np.array([0])] * 5, out=None)
