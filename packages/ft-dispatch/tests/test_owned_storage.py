"""A result in another order of memory has a storage of its elements as they lie, and no kernel leaves one where rows are due."""

import numpy as np

from ft_core.keys import IRREG
from ft_dispatch import surface as torch


def test_results_along_any_dim_are_rows_in_memory():
    x = torch.ones(2, 3, 4, dtype=torch.complex64)
    for _ in range(2):  # on the careful road, then by the route it left
        for dim in range(3):
            made = torch.logcumsumexp(x, dim)
            assert made._k & IRREG or made._a.flags.c_contiguous
            assert made.view(-1).data_ptr() == made.data_ptr()


def test_the_root_of_an_array_that_lies_by_columns():
    from ft_core.backend import backend_for

    backend = backend_for(torch.device("cpu"))
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    root, size = backend.root_of(array)
    assert (size, root.tolist()) == (48, [0.0, 3.0, 1.0, 4.0, 2.0, 5.0])
    assert backend.data_ptr(root) == array.ctypes.data
