"""torch.library.opcheck: does a user's op keep what it promises? One test per promise, each with its own verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.call import bind
from ft_dispatch.canonical import canonical
from ft_dispatch.execute import mapped, tensors_of

from .user_op import UserOp, found

TESTS = ("test_schema", "test_autograd_registration", "test_faketensor", "test_aot_dispatch_dynamic")


class OpCheckError(RuntimeError):
    """A promise that a user's op does not keep."""


def opcheck(
    op: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any] | None = None,
    *,
    test_utils: str | Sequence[str] = TESTS,
    raise_exception: bool = True,
    atol: float | None = None,
    rtol: float | None = None,
) -> dict[str, str]:
    """Check a user's op on sample arguments; returns the verdict of each test, "SUCCESS" or "FAILED: why".

    test_schema                  writes to what the schema says, and to nothing else
    test_autograd_registration   arguments that require grad give outputs that do, and backward has a formula
    test_faketensor              the fake implementation tells shapes and dtypes as they come out
    test_aot_dispatch_dynamic    outputs and gradients are the same under a gradient transform as outside of it
    OpCheckError at the first that fails, unless `raise_exception` is False; ValueError for other names. Source: torch.library.opcheck.
    """
    made = found(op)
    names = (test_utils,) if isinstance(test_utils, str) else tuple(test_utils)
    unknown = set(names) - set(TESTS)
    if unknown:
        raise ValueError(f"opcheck: no test is called {', '.join(sorted(unknown))}; there are {', '.join(TESTS)}")
    given = canonical(made.record, bind(made.record, args, kwargs or {}))
    close = {"atol": 1e-8 if atol is None else atol, "rtol": 1e-5 if rtol is None else rtol}
    verdicts = {}
    for name in names:
        try:
            _TESTS[name](made, given, close)
            verdicts[name] = "SUCCESS"
        except Exception as error:  # whatever an op's functions raise is a verdict on them
            if raise_exception:
                raise OpCheckError(f"opcheck(op, ...): {name} failed with {error} (scroll up for stack trace)") from error
            verdicts[name] = f"FAILED: {error}"
    return verdicts


def _fresh(made: UserOp, args: tuple[Any, ...]) -> tuple[Any, ...]:
    return mapped(made.record, args, lambda t: t.detach().clone().requires_grad_(t.requires_grad))


def _outputs(out: Any) -> list[Tensor]:
    return [t for t in ((out,) if isinstance(out, Tensor) else out or ()) if isinstance(t, Tensor)]


def _same(a: Tensor, b: Tensor, close: dict[str, float]) -> bool:
    if (a.shape, a.dtype) != (b.shape, b.dtype):
        return False
    return bool(torch.allclose(a, b, equal_nan=True, **close)) if a.dtype.category >= 2 else bool(torch.equal(a, b))


def _schema(made: UserOp, args: tuple[Any, ...], close: dict[str, float]) -> None:
    given = mapped(made.record, args, lambda t: t.detach().clone())
    before = mapped(made.record, given, lambda t: t.clone())
    made.record(*given)
    for param, now, then in zip(made.record.params, given, before, strict=True):
        pairs = zip(now, then, strict=True) if isinstance(now, tuple) else [(now, then)]
        changed = any(isinstance(a, Tensor) and not _same(a, b, {"atol": 0.0, "rtol": 0.0}) for a, b in pairs)
        if changed and not param.write:
            raise OpCheckError(
                f"argument {param.name} is not declared as mutated but was written to; name it in mutates_args, or clone it first"
            )


def _differentiable(made: UserOp, args: tuple[Any, ...]) -> list[Tensor]:
    return [t for t in tensors_of(made.record, args) if t.requires_grad]


def _autograd(made: UserOp, args: tuple[Any, ...], close: dict[str, float]) -> None:
    given = _fresh(made, args)
    if not _differentiable(made, given) or made.mutates:
        return
    outs = [t for t in _outputs(made.record(*given)) if t.dtype.category >= 2]
    if outs and not any(t.requires_grad for t in outs):
        raise OpCheckError("inputs require grad and no output does; register a gradient with register_autograd")
    if made.backward is not None:
        _gradients(made, given)


def _gradients(made: UserOp, given: tuple[Any, ...]) -> list[Tensor]:
    from .backward import grad  # noqa: PLC0415  # only this test differentiates

    outs = [t for t in _outputs(made.record(*given)) if t.requires_grad]
    found = grad(outs, _differentiable(made, given), [torch.ones_like(t) for t in outs], allow_unused=True, materialize_grads=True)
    return [g for g in found if g is not None]


def _fake(made: UserOp, args: tuple[Any, ...], close: dict[str, float]) -> None:
    real = _outputs(made.record(*_fresh(made, args)))
    fake = _outputs(made.faked(mapped(made.record, args, lambda t: torch.empty(tuple(t.shape), dtype=t.dtype, device="meta"))))
    shown = [(tuple(t.shape), t.dtype) for t in real], [(tuple(t.shape), t.dtype) for t in fake]
    if shown[0] != shown[1]:
        raise OpCheckError(f"the fake implementation promises {shown[1]}; the op returns {shown[0]}")


def _transformed(made: UserOp, args: tuple[Any, ...], close: dict[str, float]) -> None:
    given = _fresh(made, args)
    wanted = _differentiable(made, given)
    if not wanted or made.mutates or made.backward is None:
        return
    from .func import vjp  # noqa: PLC0415  # only this test transforms

    def run(*tensors: Tensor) -> tuple[Tensor, ...]:
        rest = iter(tensors)
        filled = mapped(made.record, given, lambda t: next(rest) if t.requires_grad else t)
        return tuple([t for t in _outputs(made.record(*filled)) if t.dtype.category >= 2])

    expected = _gradients(made, given)
    outs, pull = vjp(run, *[t.detach() for t in wanted])
    for i, (a, b) in enumerate(zip(pull(tuple(torch.ones_like(t) for t in outs)), expected, strict=True)):
        if not _same(a.detach(), b.detach(), close):
            raise OpCheckError(f"gradient {i} is {a} under torch.func.vjp and {b} from backward")


_TESTS = {
    "test_schema": _schema,
    "test_autograd_registration": _autograd,
    "test_faketensor": _fake,
    "test_aot_dispatch_dynamic": _transformed,
}
