"""The other forms of an op on the oracle's samples: its method, its operators, its in-place form and `out=`.

A form that torch lists for an entry and we lack is a difference, too. Both sides run the same call on their own copies of the
arguments, which require no grad; `out=` is asked four ways, as callers get it wrong: a tensor of the right size in another layout, one
of another size (which is resized, with a warning), one of a dtype that cannot hold the result, one of a dtype that can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .asking import UNDEFINED_VALUES, attempt_warned, compare_errors, unprocessed
from .compare import Difference, first_difference
from .facade import Missing
from .translate import Translator, our_facts, torch_facts

if TYPE_CHECKING:
    from .oracle_cases import OracleRun


CORRUPTS = frozenset(("linalg.lu", "lu_unpack", "tril", "triu"))
"""Ops whose `out=` form in torch 2.13 writes beyond the destination's memory where it is not laid out like the input."""

WRONG = {
    "narrow_copy": "_other_layout",
    "nn.functional.avg_pool3d": "_other_layout",
    "fft.ihfft2": "_other_size _wider_dtype",
    "fft.ihfftn": "_other_size _wider_dtype",
}
"""Ops whose `out=` form in torch 2.13 gives wrong results in one of the ways: narrow_copy and avg_pool3d write row by row into any layout, ihfftn
over one dim leaves the destination as it was and returns the conjugate of what stood there."""

UNFOLDED = frozenset(("matmul", "nn.functional.linear", "__rmatmul__"))
"""Ops that torch 2.13 refuses, with a word on broadcasting, where the destination cannot be viewed as rows; ours are right there."""


class Detached:
    """A sample whose tensors require no grad: destinations and leaves may be written to. A tensor that occurs twice stays one."""

    def __init__(self, torch: Any, sample: Any) -> None:
        self.torch = torch
        self._memo: dict[int, Any] = {}
        self.input, self.args, self.kwargs = self._plain(sample.input), self._plain(tuple(sample.args)), self._plain(sample.kwargs)
        self.broadcasts_input = sample.broadcasts_input
        self.output_process_fn_grad = sample.output_process_fn_grad

    def _plain(self, value: Any) -> Any:
        if isinstance(value, self.torch.Tensor):
            return self._memo.setdefault(id(value), value.detach())
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        return type(value)(self._plain(item) for item in value) if type(value) in (list, tuple) else value


def variants(run: OracleRun, info: Any, sample: Any, expected: Any) -> Iterator[Difference | None]:
    """What each further form of `info` gives on one sample: a Difference whose kind is the form's name, or None.

    expected: torch's result of the op itself, from which the destinations of `out=` are shaped.
    """
    sample = Detached(run.torch, sample)
    tensor = isinstance(sample.input, run.torch.Tensor)
    if tensor and info.method_variant is not None and info.method_variant is not info.op:
        yield _compare(run, info, "method", info.method_variant, sample)
    if info.operator_variant is not None and not sample.kwargs:
        yield _compare(run, info, "operator", info.operator_variant, sample)
    if tensor and not sample.broadcasts_input:
        if info.inplace_variant is not None:
            yield _compare(run, info, "inplace", info.inplace_variant, sample, copied=True)
        if info.inplace_operator_variant is not None and not sample.kwargs:
            yield _compare(run, info, "operator", info.inplace_operator_variant, sample, copied=True)
    if info.supports_out and "out" not in sample.kwargs and info.name not in CORRUPTS:
        yield from _destinations(run, info, sample, expected)


def _mine(run: OracleRun, info: Any, function: Any) -> Callable[..., Any]:
    if getattr(function, "__module__", "") == "_operator":
        return function  # type: ignore[no-any-return]  # Python's own: it calls our method
    return run.ours_of(info, function)


def _compare(
    run: OracleRun, info: Any, kind: str, function: Any, sample: Any, *, copied: bool = False, out: Any = None, computed: Any = None
) -> Difference | None:
    """One form on both sides. copied: the first argument is written to, so each side gets a copy; out: torch's destinations;
    computed: what torch gives without them, in whose precision their contents are compared."""
    try:
        mine = _mine(run, info, function)
    except Missing as missing:
        return Difference(kind, f"{missing} is missing")
    torch, ours = run.torch, run.ours
    translate = Translator(torch, ours)
    theirs_first, theirs_kwargs = sample.input, sample.kwargs
    if copied:
        theirs_first = theirs_first.clone(memory_format=torch.preserve_format)
    first, args, kwargs = translate(theirs_first), translate(sample.args), translate(theirs_kwargs)
    if out is not None:
        kwargs, theirs_kwargs = {**kwargs, "out": translate(out)}, {**theirs_kwargs, "out": out}
    torch.manual_seed(0)
    theirs, theirs_error, theirs_warned = attempt_warned(function, (theirs_first, *sample.args), theirs_kwargs)
    run.seed()
    result, error, warned = attempt_warned(mine, (first, *args), kwargs)
    found = compare_errors(error, theirs_error)
    if error is None and out is not None and info.name in UNFOLDED and _unfolded(theirs_error):
        wanted = run.ask(function, (theirs_first, *sample.args), {**sample.kwargs, "out": torch.empty(0, dtype=out.dtype)})[0]
        found = _results(run, info, sample, result, wanted, "inplace")  # its strides are the destination's
        return None if found is None else Difference(kind, str(found))
    if found is None and theirs_error is None:
        if computed is not None:
            return _in_precision(run, info, sample, (kwargs["out"], out, computed), kind)
        found = _results(run, info, sample, result, theirs, kind)
        if found is None and out is not None:
            found = _results(run, info, sample, kwargs["out"], out, kind)
        if found is None and out is not None and _resized(warned) != _resized(theirs_warned):
            found = Difference(kind, f"warns of a resized output: {_resized(warned)}; torch: {_resized(theirs_warned)}")
    return None if found is None else Difference(kind, str(found))


def _in_precision(run: OracleRun, info: Any, sample: Any, three: tuple[Any, Any, Any], kind: str) -> Difference | None:
    """Our destinations against torch's, to the precision of the results that were cast into them."""
    ours, theirs, computed = ((x,) if not isinstance(x, (tuple, list)) else tuple(x) for x in three)
    for t, e, c in zip(ours, theirs, computed, strict=True):
        actual, expected, label = our_facts(t), torch_facts(run.torch, e), torch_facts(run.torch, c).dtype
        found = first_difference(actual, expected, values=False)
        if found is None and unprocessed(sample) and len(ours) == 1:  # of several, the plain form compares the values
            found = run.compare(info, sample, replace(actual, dtype=label), replace(expected, dtype=label))
        if found is not None:
            return Difference(kind, str(found))
    return None


def _unfolded(error: BaseException | None) -> bool:
    return isinstance(error, RuntimeError) and str(error).startswith(("The size of tensor a", "output with shape"))


def _results(run: OracleRun, info: Any, sample: Any, result: Any, theirs: Any, kind: str) -> Difference | None:
    actual, expected = our_facts(result), torch_facts(run.torch, theirs)
    # Where torch post-processes a result before it compares (signs of eigenvectors), values of a form are not unique either.
    values = info.name not in UNDEFINED_VALUES and unprocessed(sample)
    strides = kind != "inplace"  # the copies of overlapping inputs that each side makes need not be laid out alike
    return run.compare(info, sample, actual, expected, strides=strides, values=values)


def _destinations(run: OracleRun, info: Any, sample: Any, expected: Any) -> Iterator[Difference | None]:
    torch = run.torch
    alone = isinstance(expected, torch.Tensor)
    tensors = [expected] if alone else list(expected) if isinstance(expected, (list, tuple)) else []
    if not tensors or not all(isinstance(t, torch.Tensor) for t in tensors):
        return
    for make in (_other_layout, _other_size, _other_dtype, _wider_dtype):
        if make.__name__ in WRONG.get(info.name, ""):
            continue
        made = [make(torch, t) for t in tensors]
        computed = tensors if make is _wider_dtype else None
        yield _compare(run, info, "out", info.op, sample, out=made[0] if alone else tuple(made), computed=computed)


def _other_layout(torch: Any, t: Any) -> Any:
    """Right size and dtype, dimensions laid out in reverse order."""
    made = torch.empty(tuple(reversed(t.shape)), dtype=t.dtype).fill_(1)
    return made.permute(tuple(reversed(range(t.dim()))))


def _other_size(torch: Any, t: Any) -> Any:
    """One element more in the first dimension; a 0-dim result gets a vector."""
    shape = (t.shape[0] + 1, *t.shape[1:]) if t.dim() else (2,)
    return torch.empty(shape, dtype=t.dtype).fill_(1)


def _other_dtype(torch: Any, t: Any) -> Any:
    """Right size, a dtype that cannot hold the result without loss; for bool results one that can."""
    kind = torch.int64 if t.dtype.is_floating_point or t.dtype.is_complex else torch.bool if t.dtype != torch.bool else torch.uint8
    return torch.empty(t.shape, dtype=kind).fill_(1)


def _wider_dtype(torch: Any, t: Any) -> Any:
    """Right size, another dtype into which the result can be cast."""
    kind = torch.complex128 if t.dtype in (torch.float64, torch.complex64) else torch.float64
    return torch.empty(t.shape, dtype=kind if t.dtype != torch.complex128 else torch.complex64).fill_(1)


def _resized(messages: list[str]) -> bool:
    return any("was resized" in message for message in messages)
