"""Kernels on the bits of integers and bools.

A shift by a negative or too large count gives 0; a right shift of a negative number gives -1.
"""

from __future__ import annotations

from .elementwise import rows

rows({"bitwise_not": "ft_bitnot(a)"}, arity=1)

rows(
    {
        "bitwise_and.Tensor": "a & b",
        "bitwise_left_shift.Tensor": "ft_shift_left(a, b)",
        "bitwise_or.Tensor": "a | b",
        "bitwise_right_shift.Tensor": "ft_shift_right(a, b)",
        "bitwise_xor.Tensor": "a ^ b",
    },
    arity=2,
)
