"""What users call to make CSR, CSC, BSR and BSC tensors and to ask them for their indices. Source: torch.sparse_compressed_tensor (2.13)."""

from ft_core import Tensor
from ft_core.keys import LAYOUT_BITS
from ft_core.layout import LAYOUTS as LAYOUT_NAMES

from ..layouts import COMPRESSED, component
from ..registry import binding
from . import sparse as s
from ._sparse_bindings import WORDS, checks_invariants, surface_of, word_of


def _index_of(name, rows, which):
    """`crow_indices` and its like: a component of the layouts that compress rows (or columns)."""
    kinds = ("sparse_csr", "sparse_bsr") if rows else ("sparse_csc", "sparse_bsc")
    bits = sum(LAYOUT_BITS[kind] for kind in kinds)

    def read(self):
        if not self._k & bits:
            raise RuntimeError(
                f"{name} expected sparse {'row' if rows else 'column'} compressed tensor layout but got {word_of(self)}"
            )
        return component(getattr(self._a, which))

    read.__name__ = read.__qualname__ = name
    read.__doc__ = f"{name} of a tensor with compressed {'rows' if rows else 'columns'}. Source: torch.Tensor.{name}."
    binding(name, function=False)(read)


_index_of("crow_indices", True, "compressed")
_index_of("col_indices", True, "plain")
_index_of("ccol_indices", False, "compressed")
_index_of("row_indices", False, "plain")


def _compressed_parts(compressed, plain, values, dtype, where):
    torch = surface_of()
    values = values.to(device=where, dtype=dtype) if isinstance(values, Tensor) else torch.tensor(values, dtype=dtype, device=where)
    made = [x.to(values.device) if isinstance(x, Tensor) else torch.tensor(x, device=values.device) for x in (compressed, plain)]
    return (*made, values)


def _compressed(name, order, compressed, plain, values, size, dtype, where, requires_grad, check_invariants):
    from ..layout_rules.compressed_checks import check_compressed, check_lines, estimated_size  # noqa: PLC0415  # written over the surface

    first, second, values = _compressed_parts(compressed, plain, values, dtype, where)
    if size is None:
        size = estimated_size(order, first, second, values)
    size = tuple(int(n) for n in size)
    check_compressed(name, order, first, second, values, size)
    if checks_invariants() if check_invariants is None else check_invariants:
        check_lines(order, first, second, size, values)
    made = s.compressed_tensor.wrapper(first, second, values, size, layout=order)
    return made.requires_grad_() if requires_grad else made


def _constructor(kind):
    order, name = LAYOUT_NAMES[f"sparse_{kind}"], f"sparse_{kind}_tensor"

    def make(
        compressed_indices,
        plain_indices,
        values,
        size=None,
        *,
        dtype=None,
        device=None,
        pin_memory=False,
        requires_grad=False,
        check_invariants=None,
    ):
        return _compressed(
            name, order, compressed_indices, plain_indices, values, size, dtype, device, requires_grad, check_invariants
        )

    names = ("crow_indices", "col_indices") if kind in ("csr", "bsr") else ("ccol_indices", "row_indices")

    def named(*args, **kwargs):
        for position, alias in enumerate(names):
            if alias in kwargs:
                kwargs[("compressed_indices", "plain_indices")[position]] = kwargs.pop(alias)
        return make(*args, **kwargs)

    named.__name__ = named.__qualname__ = name
    named.__doc__ = f"A tensor in layout {order} from {names[0]}, {names[1]} and values. Source: torch.{name}."
    binding(name, method=False)(named)


for _name in ("csr", "csc", "bsr", "bsc"):
    _constructor(_name)


@binding("sparse_compressed_tensor", method=False)
def sparse_compressed_tensor(
    compressed_indices,
    plain_indices,
    values,
    size=None,
    *,
    dtype=None,
    layout=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
    check_invariants=None,
):
    """A tensor in layout `layout` (CSR, CSC, BSR or BSC) from its components. Source: torch.sparse_compressed_tensor."""
    if layout is None:
        raise RuntimeError("sparse_compressed_tensor expected sparse compressed tensor layout but got none")
    if not layout.bit & COMPRESSED:
        raise RuntimeError(
            f"sparse_compressed_tensor expected sparse compressed tensor layout but got {WORDS.get(layout.name, layout.name)}"
        )
    return _compressed(
        "sparse_compressed_tensor",
        layout,
        compressed_indices,
        plain_indices,
        values,
        size,
        dtype,
        device,
        requires_grad,
        check_invariants,
    )
