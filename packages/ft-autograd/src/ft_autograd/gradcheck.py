"""gradcheck and gradgradcheck: gradients against finite differences, in torch's terms.

Slow mode compares whole Jacobians, fast mode one projection of them. Complex inputs follow torch's convention (conjugate
Wirtinger derivative). Only ordinary ops are used, so any backend can be checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .backward import grad
from .gradcheck_checks import Case, GradcheckError, as_tuple, check_all, check_batched_forward, direction_like
from .gradcheck_jacobians import get_analytical_jacobian, get_numerical_jacobian, get_numerical_jacobian_wrt_specific_input


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Whether backward of `func` agrees with central differences at `inputs` (float64 or complex128 tensors that require grad).

    Returns True, or raises GradcheckError with both Jacobians (returns False with raise_exception=False). check_forward_ad
    compares jvps as well, check_batched_grad gradients in vmap; `masked` is for sparse inputs and changes nothing for dense
    ones. Source: torch.autograd.gradcheck.
    """
    if not check_backward_ad and not check_forward_ad:
        raise AssertionError("Expected at least one of check_forward_ad and check_backward_ad to be True")
    if check_batched_grad and not check_backward_ad:
        raise AssertionError("Setting check_batched_grad=True requires check_backward_ad to be True")
    if check_batched_forward_grad and not check_forward_ad:
        raise AssertionError("Setting check_batched_forward_grad=True requires check_forward_ad to be True")
    try:
        case = Case(func, inputs, eps, atol, rtol, nondet_tol)
        check_all(case, fast_mode, check_forward_ad, check_backward_ad, check_batched_grad, check_undefined_grad, check_grad_dtypes)
        if check_batched_forward_grad:
            check_batched_forward(case)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func: Callable[..., Any],
    inputs: Any,
    grad_outputs: Any = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """gradcheck of the gradient of `func`, with respect to its inputs and the cotangents (random ones by default). Source:
    torch.autograd.gradgradcheck."""
    if not check_fwd_over_rev and not check_rev_over_rev:
        raise AssertionError("Expected at least one of check_fwd_over_rev and check_rev_over_rev to be True")
    given = as_tuple(inputs)
    outs = [o for o in as_tuple(func(*given)) if isinstance(o, Tensor) and o.dtype.category >= 2 and o.requires_grad]
    seeds = tuple(direction_like(o).requires_grad_() for o in outs) if grad_outputs is None else as_tuple(grad_outputs)
    if gen_non_contig_grad_outputs:
        seeds = tuple(torch.stack([s.detach(), s.detach()], -1).select(-1, 0).requires_grad_() for s in seeds)
    count = len(given)

    def gradient(*args: Any) -> tuple[Tensor, ...]:
        values, cotangents = args[:count], args[count:]
        made = tuple(t.view_as(t) if isinstance(t, Tensor) and t.requires_grad else t for t in values)
        live = [o for o in as_tuple(func(*made)) if isinstance(o, Tensor) and o.dtype.category >= 2 and o.requires_grad]
        wanted = [t for t in made if isinstance(t, Tensor) and t.requires_grad]
        found = grad(live, wanted, list(cotangents), create_graph=True, allow_unused=True)
        return tuple(g for g in found if g is not None and g.requires_grad)

    if check_fwd_over_rev and not _forward_over_reverse(func, given, seeds, eps, atol, rtol, raise_exception):
        return False
    return not check_rev_over_rev or gradcheck(
        gradient,
        given + seeds,
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
        check_grad_dtypes=check_grad_dtypes,
        check_batched_grad=check_batched_grad,
        fast_mode=fast_mode,
    )


def _forward_over_reverse(func: Any, given: Any, seeds: Any, eps: float, atol: float, rtol: float, raise_exception: bool) -> bool:
    """The same by jvp over vjp."""
    from .func import vjp  # noqa: PLC0415

    at = [i for i, t in enumerate(given) if isinstance(t, Tensor) and t.requires_grad]

    def gradient(*args: Any) -> tuple[Tensor, ...]:
        def only(*xs: Tensor) -> tuple[Tensor, ...]:
            made = [t.detach() if isinstance(t, Tensor) else t for t in given]
            for i, x in zip(at, xs, strict=True):
                made[i] = x
            return tuple(o for o in as_tuple(func(*made)) if isinstance(o, Tensor) and o.dtype.category >= 2)

        _, pull = vjp(only, *[args[i] for i in at])
        return pull(tuple(args[len(given) :]))

    return gradcheck(
        gradient,
        given + seeds,
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        check_forward_ad=True,
        check_backward_ad=False,
    )


__all__ = [
    "GradcheckError",
    "get_analytical_jacobian",
    "get_numerical_jacobian",
    "get_numerical_jacobian_wrt_specific_input",
    "gradcheck",
    "gradgradcheck",
]
