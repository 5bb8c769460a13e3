"""torch.sparse: functions of the op table under `sparse.`, and the switch for checks of invariants."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.legacy_types import SPARSE_TYPES
from ft_dispatch.ops._sparse_bindings import checks_invariants, set_checks

from ._rooms import fill


class check_sparse_tensor_invariants:
    """Whether constructors of sparse tensors check that the parts go together, for the process: a context, a decorator, a switch.

    `enable()` and `disable()` switch it, `is_enabled()` tells; `with check_sparse_tensor_invariants():` switches it on (or, with
    `enable=False`, off) for a block. Source: torch.sparse.check_sparse_tensor_invariants.
    """

    def __init__(self, enable: bool = True) -> None:
        self.state = enable
        self._before: bool | None = None

    @staticmethod
    def is_enabled() -> bool:
        """Whether constructors check."""
        return checks_invariants()

    @staticmethod
    def enable() -> None:
        """Let constructors check."""
        set_checks(True)

    @staticmethod
    def disable() -> None:
        """Let constructors trust their caller."""
        set_checks(False)

    def __enter__(self) -> None:
        if self._before is not None:
            raise RuntimeError(
                "This context manager instance is already activated. Use a different context manager instance for context nesting."
            )
        self._before = checks_invariants()
        set_checks(self.state)

    def __exit__(self, *exc: object) -> None:
        set_checks(bool(self._before))
        self._before = None

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            with check_sparse_tensor_invariants(self.state):
                return function(*args, **kwargs)

        return checked


def _taken_apart(t: Tensor, masked: bool) -> tuple[dict[str, Any], Tensor]:
    """(how to put it together again, its values as a leaf) of a sparse argument of gradcheck."""
    order, size = t.layout, tuple(t.shape)
    if not masked:  # zeros count as parameters, too: every element gets a value
        block = tuple(t.values().shape[-2:]) if order in (torch.sparse_bsr, torch.sparse_bsc) else None
        full = torch.ones(size, dtype=t.dtype, device=t.device)
        pattern = (
            full.to_sparse(t.sparse_dim())
            if t.is_sparse
            else full.to_sparse(layout=order, blocksize=block, dense_dim=t.dense_dim())
        )
        t = pattern.detach() * 0 + t.detach() if t.is_sparse else t.detach().to_dense().sparse_mask(pattern)
    t = t.detach().coalesce() if t.is_sparse else t.detach()
    how: dict[str, Any] = {"order": order, "size": size}
    if order is torch.sparse_coo:
        how["parts"] = (t.indices(),)
    elif order in (torch.sparse_csr, torch.sparse_bsr):
        how["parts"] = (t.crow_indices(), t.col_indices())
    else:
        how["parts"] = (t.ccol_indices(), t.row_indices())
    return how, t.values().clone().requires_grad_()


def _together(how: dict[str, Any], values: Tensor) -> Tensor:
    if how["order"] is torch.sparse_coo:
        return torch.sparse_coo_tensor(*how["parts"], values, how["size"], is_coalesced=True)
    return torch.sparse_compressed_tensor(*how["parts"], values, how["size"], layout=how["order"])


def as_sparse_gradcheck(gradcheck: Callable[..., Any]) -> Callable[..., Any]:
    """`gradcheck` for functions of sparse tensors: each sparse argument is checked through its values.

    With `masked=True` only elements that are there are varied, otherwise all of them. Source: torch.sparse.as_sparse_gradcheck.
    """

    def gradcheck_with_sparse_support(func: Callable[..., Any], inputs: Any, **kwargs: Any) -> Any:
        masked = kwargs.pop("masked", False)
        given = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
        plans: list[dict[str, Any] | None] = []
        flat: list[Any] = []
        for value in given:
            sparse = isinstance(value, Tensor) and value.requires_grad and value.layout is not torch.strided
            plan, taken = _taken_apart(value, masked) if sparse else (None, value)
            plans.append(plan)
            flat.append(taken)

        def on_values(*args: Any) -> Any:
            whole = [arg if plan is None else _together(plan, arg) for plan, arg in zip(plans, args, strict=True)]
            made = func(*whole)
            outputs = made if isinstance(made, (tuple, list)) else (made,)
            dense = tuple(
                o.to_dense(masked_grad=masked) if isinstance(o, Tensor) and o.layout is not torch.strided else o for o in outputs
            )
            return dense if isinstance(made, (tuple, list)) else dense[0]

        return gradcheck(on_values, tuple(flat), **kwargs)

    return gradcheck_with_sparse_support


globals().update(SPARSE_TYPES)

__all__ = ["as_sparse_gradcheck", "check_sparse_tensor_invariants", *SPARSE_TYPES, *fill(sys.modules[__name__], "sparse")]  # noqa: PLE0604
