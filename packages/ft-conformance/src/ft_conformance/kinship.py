"""What results are to arguments: the argument itself, a view, or memory that is shared.

A result that shares memory with an argument where torch's does not is a trap: writing to it changes the argument. One that is a view where
torch's is none obeys the rules for writes into views.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .asking import flat
from .compare import Difference

DENSE = "torch.strided"


def kinship(tensor: Any, arguments: Sequence[Any]) -> tuple[int | None, bool, bool]:
    """(which argument it is, whether it shares memory with one, whether it is a view)."""
    place = next((i for i, argument in enumerate(arguments) if argument is tensor), None)
    return place, any(_shares(tensor, argument) for argument in arguments), tensor._is_view()


def _shares(a: Any, b: Any) -> bool:
    if any(str(t.layout) != DENSE or t.is_quantized or not t.numel() or t.device.type == "meta" for t in (a, b)):
        return False
    return bool(a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr())


def first_stranger(ours: tuple[Any, type], theirs: tuple[Any, type], results: tuple[Any, Any]) -> Difference | None:
    """The first result that is something else to its arguments than torch's; each side as (arguments, tensor class).

    A view of a temporary is as good as a tensor of its own, so torch may have one where we have none.
    """
    (my_arguments, mine), (their_arguments, their) = ours, theirs
    before, after = flat(my_arguments, mine), flat(their_arguments, their)
    for i, (got, wanted) in enumerate(zip(flat(results[0], mine), flat(results[1], their), strict=True)):
        a, b = kinship(got, before), kinship(wanted, after)
        if a[:2] != b[:2] or (a[2] != b[2] and (a[2] or b[1])):
            return Difference("kinship", f"result {i}: (argument, shares memory, is a view) is {a}, torch's {b}")
    return None
