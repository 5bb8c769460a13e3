"""Places of a flattened tensor in the coordinates of its shape; imported by `index`."""

from itertools import accumulate
from operator import mul

from ft_core import Tensor, int64

from ..registry import binding


@binding("unravel_index", method=False)
def unravel_index(indices, shape):
    """Coordinates, one tensor for each dim of `shape`, of indices into the flattened tensor; what is too large wraps around.

    indices: any integer tensor (not bool). TypeError for other dtypes and for a shape of other things than ints, ValueError for
    negative sizes. Source: torch.unravel_index.
    """
    if not isinstance(indices, Tensor):
        raise AttributeError(f"unravel_index expects a tensor of indices, but got {type(indices).__name__}; it has no 'is_complex'")
    if indices.dtype.category != 1:
        raise TypeError(f"expected 'indices' to be integer dtype, but got {indices.dtype}")
    if not isinstance(shape, (int, list, tuple)):
        raise TypeError(f"expected 'shape' to be int or sequence of ints, but got {type(shape)}")
    sizes = (shape,) if isinstance(shape, int) else tuple(shape)
    for n in sizes:
        if not isinstance(n, int):
            raise TypeError(f"expected 'shape' sequence to only contain ints, but got {type(n)}")
        if n < 0:
            raise ValueError(f"'shape' cannot have negative values, but got {sizes}")
    steps = list(accumulate(reversed((*sizes[1:], 1)), mul))[::-1] if sizes else []
    wide = indices.unsqueeze(-1)
    return (wide.floor_divide(wide.new_tensor(steps, dtype=int64)) % wide.new_tensor(sizes, dtype=int64)).unbind(-1)
