"""hash_tensor: a checksum of the bits of elements, for telling tensors apart without comparing them.

A reduction like the others but for its result, uint64 whatever comes in.
"""

from ft_core import float64, uint64

from ..kinds import REDUCTION
from ..meta import reduced_shape
from ..op import op
from .extreme import distinct

hash_tensor = op(
    "hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor",
    "Exclusive or of the elements' bits (of float64 for floats, of 64-bit integers for the rest): uint64.",
    kind=REDUCTION,
    out=True,
    differentiable=False,
)


@hash_tensor.meta
def _(self, dim, keepdim, mode):
    if mode != 0:
        raise RuntimeError(f"Unknown hash_tensor mode: {mode}")
    if self.dtype.is_complex:
        raise NotImplementedError(f"\"xor_sum_cpu\" not implemented for '{self.dtype.scalar_name}'")
    distinct(dim)
    if self.numel() == 0 and not dim:
        raise RuntimeError(
            "hash_tensor: Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' "
            "argument."
        )
    for d in dim:
        if self.ndim and self.shape[d] == 0:
            raise IndexError(f"hash_tensor: Expected reduction dim {d} to have non-zero size.")
    return [(reduced_shape(tuple(self.shape), dim, keepdim), uint64)]


@hash_tensor.decompose
def _(self, dim, keepdim, mode):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    bits = self.to(float64).contiguous().view(uint64) if self.is_floating_point() else self.to(uint64)
    for d in (dim or range(self.ndim)) if self.ndim else ():
        while bits.shape[d] > 1:  # one half against the other: as many rounds as the size has bits
            n = bits.shape[d]
            pairs = bits.narrow(d, 0, n // 2) ^ bits.narrow(d, n // 2, n // 2)
            bits = surface.cat([pairs, bits.narrow(d, n - 1, 1)], d) if n % 2 else pairs
    return bits.reshape(reduced_shape(tuple(self.shape), dim, keepdim))
