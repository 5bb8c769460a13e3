"""One op of torch's database against ours: forward, in-place, gradient and error cases. Found differences are counted, the first
is kept.

Torch's samples are the questions and torch's results, taken live, the answers. Where float results differ beyond tolerance, torch
is asked again in the wider type, and an element nearer to that truth than torch's own is right.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .compare import Difference, first_difference
from .facade import Missing, resolve
from .replay import cotangent_values
from .translate import BrokenResult, Translator, Unconvertible, our_facts, rebound, torch_facts

UNDEFINED_VALUES = frozenset(
    ("empty", "empty_like", "empty_strided", "empty_permuted", "new_empty", "new_empty_strided", "resize_", "resize_as_")
)
"""Ops whose values are whatever the memory held."""

WIDER = {"float16": "float64", "bfloat16": "float64", "float32": "float64", "complex64": "complex128"}


@dataclass(slots=True)
class Report:
    """What one op did in one dtype. `status`: pass, fail, missing, unconvertible (no sample fits our data model)."""

    op: str
    dtype: str
    family: str
    cases: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    first: str = ""
    missing: str = ""
    unconvertible: int = 0

    @property
    def status(self) -> str:
        if self.missing:
            return "missing"
        if self.failures:
            return "fail"
        return "unconvertible" if self.unconvertible and not self.cases else "pass"

    def add(self, found: Difference | None, sample: str) -> None:
        """Count a case, with its difference if there is one."""
        self.cases += 1
        if found is not None:
            self.failures[found.kind] = self.failures.get(found.kind, 0) + 1
            if not self.first:
                self.first = f"{found}  <- {sample}"


class OracleRun:
    """Holds both sides. `limit` bounds the samples of an op and dtype; None takes all."""

    def __init__(self, torch: Any, ours: Any, families: dict[str, str], *, grad: bool = False, limit: int | None = None) -> None:
        self.torch, self.ours, self.families = torch, ours, families
        self.grad, self.limit = grad, limit

    def family(self, info: Any) -> str:
        """The family of an op of torch's database, "" where we have none of its names."""
        names = [info.name, *(alias.name for alias in info.aliases)]
        return next((self.families[name] for name in names if name in self.families), "")

    def ours_of(self, info: Any, function: Any) -> Callable[..., Any]:
        """Our callable for `function` of `info` (the op, its method or its in-place form). Raises Missing."""
        if isinstance(function, type(lambda: 0)) and function.__module__.startswith("torch.testing"):
            return rebound(function, self.ours)
        name = getattr(function, "__name__", None) or info.name
        owner = getattr(function, "__objclass__", None)
        if owner is not None or getattr(function, "__qualname__", "").startswith("Tensor."):
            return resolve(self.ours.Tensor, name)
        if type(function).__name__ in ("OpOverload", "OpOverloadPacket"):
            return resolve(self.ours.ops.aten, str(function).removeprefix("aten."))
        return resolve(self.ours, info.name)

    # -- one op ----------------------------------------------------------------------------------------------------------

    def run(self, info: Any, dtype: str) -> Report:
        """All cases of one op in one dtype."""
        label = f"{info.name}.{info.variant_test_name}" if info.variant_test_name else info.name
        report = Report(label, dtype, self.family(info))
        try:
            mine = self.ours_of(info, info.op)
        except Missing as error:
            report.missing = str(error)
            return report
        kind = getattr(self.torch, dtype)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grad = self.grad and info.supports_autograd and kind in info.supported_backward_dtypes("cpu")
            for n, sample in enumerate(self._samples(info, kind, grad)):
                if self.limit is not None and n >= self.limit:
                    break
                try:
                    self._sample(info, mine, sample, report, grad)
                except Unconvertible:
                    report.unconvertible += 1
                except BrokenResult as error:
                    report.add(Difference("structure", str(error)), describe(sample))
                except Missing as error:
                    report.missing = f"{error} (reached by torch's sample)"
                    return report
        return report

    def _samples(self, info: Any, kind: Any, grad: bool) -> Iterator[Any]:
        self.torch.manual_seed(0)
        yield from info.sample_inputs("cpu", kind, requires_grad=grad)

    def _sample(self, info: Any, mine: Callable[..., Any], sample: Any, report: Report, grad: bool) -> None:
        text = describe(sample)
        translate = Translator(self.torch, self.ours)
        arguments = translate((sample.input, *sample.args)), translate(sample.kwargs)
        expected, theirs_error, _ = self._ask(info.op, (sample.input, *sample.args), sample.kwargs)
        self._seed()
        actual, error = attempt(mine, *arguments)
        if theirs_error is not None or error is not None:
            report.add(compare_errors(error, theirs_error), text)
            return
        plain = torch_facts(self.torch, expected)
        values = info.name not in UNDEFINED_VALUES
        processed, difference = self._processed(sample, expected, actual)
        if not processed:
            difference = first_difference(our_facts(actual), plain, None, values=values)
        if difference is not None and difference.kind == "value" and not processed:
            difference = first_difference(our_facts(actual), plain, self._truth(info.op, sample), values=values)
        report.add(difference, text)
        if difference is None and grad:
            report.add(self._gradient(info, sample, translate, expected, actual), text)
        if info.inplace_variant is not None and not sample.broadcasts_input:
            self._inplace(info, sample, report, text)

    def _processed(self, sample: Any, expected: Any, actual: Any) -> tuple[bool, Difference | None]:
        """Results whose values are not unique (signs of eigenvectors) are compared as the sample says, after their metadata."""
        process = sample.output_process_fn_grad
        if unprocessed(sample):
            return False, None
        found = first_difference(our_facts(actual), torch_facts(self.torch, expected), values=False)
        if found is not None:
            return True, found
        try:
            theirs = process(expected)
            mine = rebound(process, self.ours)(actual)
        except Missing:
            raise
        except Exception as error:  # noqa: BLE001  # whatever torch's lambda raises on our result is the finding
            return True, Difference("structure", f"torch's post-processing of the sample raises {error!r}")
        return True, first_difference(our_facts(mine), torch_facts(self.torch, theirs), strides=False)

    def _ask(self, function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, BaseException | None, None]:
        self.torch.manual_seed(0)
        result, error = attempt(function, args, kwargs)
        return result, error, None

    def _seed(self) -> None:
        self.ours.default_generator.manual_seed(0)

    def _truth(self, function: Callable[..., Any], sample: Any) -> Any:
        """Torch's result for the same numbers in the wider type, or None."""
        wide = Widener(self.torch)
        result, error, _ = self._ask(function, wide((sample.input, *sample.args)), wide(sample.kwargs))
        return None if error is not None else torch_facts(self.torch, result)

    # -- gradients -------------------------------------------------------------------------------------------------------

    def _gradient(self, info: Any, sample: Any, translate: Translator, expected: Any, actual: Any) -> Difference | None:
        pairs = [(theirs, ours) for theirs, ours in translate.memo.values() if theirs.requires_grad and not orphaned(theirs)]
        theirs_process = (lambda x: x) if unprocessed(sample) else sample.output_process_fn_grad
        ours_process = theirs_process if unprocessed(sample) else rebound(theirs_process, self.ours)
        theirs_out = [t for t in flat(theirs_process(expected), self.torch.Tensor) if t.requires_grad]
        ours_out = [t for t in flat(ours_process(actual), self.ours.Tensor) if t.requires_grad]
        if not theirs_out or not pairs:
            return None
        if len(ours_out) != len(theirs_out):
            return Difference("requires_grad", f"{len(ours_out)} outputs require grad, torch has {len(theirs_out)}")
        cotangents = [cotangent(self.torch, t) for t in theirs_out]
        theirs_grads, theirs_error = attempt(
            self.torch.autograd.grad, (theirs_out, [p[0] for p in pairs], cotangents), {"allow_unused": True}
        )
        mine = Translator(self.torch, self.ours)
        grads, error = attempt(
            self.ours.grad, (ours_out, [p[1] for p in pairs], [mine(c) for c in cotangents]), {"allow_unused": True}
        )
        if theirs_error is not None or error is not None:
            found = compare_errors(error, theirs_error)
            return None if found is None else Difference("grad", found.text)
        a, e = our_facts(tuple(grads)), torch_facts(self.torch, tuple(theirs_grads))
        found = first_difference(a, e, strides=False)
        if found is not None and found.kind == "value":
            found = first_difference(a, e, self._gradient_truth(info, sample, theirs_process, cotangents), strides=False)
        return None if found is None else Difference("grad", f"{found.kind} {found.text}")

    def _gradient_truth(self, info: Any, sample: Any, process: Callable[..., Any], cotangents: list[Any]) -> Any:
        wide = Widener(self.torch)
        result, error, _ = self._ask(info.op, wide((sample.input, *sample.args)), wide(sample.kwargs))
        if error is not None:
            return None
        outputs = [t for t in flat(process(result), self.torch.Tensor) if t.requires_grad]
        leaves = [made for source, made in wide.memo.values() if source.requires_grad]
        grads, error = attempt(self.torch.autograd.grad, (outputs, leaves, [wide(c) for c in cotangents]), {"allow_unused": True})
        return None if error is not None else torch_facts(self.torch, tuple(grads))

    # -- in-place and errors ---------------------------------------------------------------------------------------------

    def _inplace(self, info: Any, sample: Any, report: Report, text: str) -> None:
        text = f"in place: {text}"
        try:
            mine = self.ours_of(info, info.inplace_variant)
        except Missing as missing:
            report.add(Difference("inplace", f"{missing} is missing"), text)
            return
        translate = Translator(self.torch, self.ours)
        with self.torch.no_grad(), self.ours.no_grad():
            target = translate(sample.input)
            args, kwargs = translate(tuple(sample.args)), translate(sample.kwargs)
            source = sample.input
            theirs_target = source.detach().clone(memory_format=self.torch.preserve_format) if hasattr(source, "detach") else source
            theirs, theirs_error, _ = self._ask(info.inplace_variant, (theirs_target, *sample.args), sample.kwargs)
            self._seed()
            result, error = attempt(mine, (target.detach() if hasattr(target, "detach") else target, *args), kwargs)
        if theirs_error is not None or error is not None:
            found = compare_errors(error, theirs_error)
        else:
            a, e = our_facts(result), torch_facts(self.torch, theirs)
            found = first_difference(a, e, strides=False, values=info.name not in UNDEFINED_VALUES)
            if found is not None and found.kind == "value":
                found = first_difference(a, e, self._truth(info.op, sample), strides=False)
        report.add(None if found is None else Difference("inplace", str(found)), text)

    def run_errors(self, info: Any) -> Report:
        """Torch's error inputs: ours must raise the same type."""
        label = f"{info.name}.{info.variant_test_name}" if info.variant_test_name else info.name
        report = Report(label, "errors", self.family(info))
        try:
            mine = self.ours_of(info, info.op)
        except Missing as missing:
            report.missing = str(missing)
            return report
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for bad in info.error_inputs("cpu"):
                sample = bad.sample_input
                try:
                    translate = Translator(self.torch, self.ours)
                    args, kwargs = translate((sample.input, *sample.args)), translate(sample.kwargs)
                    _, theirs, _ = self._ask(info.op, (sample.input, *sample.args), sample.kwargs)
                    if theirs is None:
                        continue  # refused by the method torch's own test calls, not by this function
                    _, error = attempt(mine, args, kwargs)
                    report.add(compare_errors(error, theirs), describe(sample))
                except Unconvertible:
                    report.unconvertible += 1
                except Missing as missing:
                    report.add(Difference("error", f"{missing} is missing"), describe(sample))
        return report


class Widener:
    """Copies arguments with every float tensor in float64 and every complex one in complex128, dtype arguments too."""

    def __init__(self, torch: Any) -> None:
        self.torch = torch
        self.memo: dict[int, tuple[Any, Any]] = {}

    def __call__(self, value: Any) -> Any:
        torch = self.torch
        if isinstance(value, torch.Tensor):
            if id(value) not in self.memo:
                wide = WIDER.get(str(value.dtype).removeprefix("torch."))
                made = value.detach().to(getattr(torch, wide)) if wide else value.detach().clone()
                self.memo[id(value)] = (value, made.requires_grad_() if value.requires_grad else made)
            return self.memo[id(value)][1]
        if isinstance(value, torch.dtype):
            return getattr(torch, WIDER.get(str(value).removeprefix("torch."), str(value).removeprefix("torch.")))
        if isinstance(value, dict):
            return {key: self(item) for key, item in value.items()}
        if type(value) in (list, tuple):
            return type(value)(self(item) for item in value)
        return value


def orphaned(t: Any) -> bool:
    """Whether t is a view that torch's sample made without grad of a tensor that requires it: it says it does, and never gets one."""
    return t.is_leaf and t._is_view() and t._base.requires_grad


def unprocessed(sample: Any) -> bool:
    """Whether torch compares this sample's result as it stands."""
    process = sample.output_process_fn_grad
    return process is None or process.__code__.co_code == (lambda x: x).__code__.co_code


def attempt(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, BaseException | None]:
    """(result, None) or (None, exception); a missing name is no exception of the op."""
    try:
        return function(*args, **kwargs), None
    except (Missing, Unconvertible):
        raise
    except Exception as error:  # noqa: BLE001  # exceptions are results here
        return None, error


def compare_errors(mine: BaseException | None, theirs: BaseException | None) -> Difference | None:
    """A difference unless both raised the same type (or ours a subclass of it), or neither raised."""
    if theirs is None and mine is not None:
        return Difference("error", f"raised {type(mine).__name__}: {_first_line(mine)}; torch computes")
    if theirs is not None and mine is None:
        return Difference("error", f"computed; torch raises {type(theirs).__name__}: {_first_line(theirs)}")
    if theirs is None or isinstance(mine, type(theirs)):
        return None
    wanted = type(theirs)
    known = wanted if wanted.__module__ == "builtins" else next(c for c in wanted.__mro__ if c.__module__ == "builtins")
    if isinstance(mine, known) and known is not Exception:
        return None
    text = f"raised {type(mine).__name__}: {_first_line(mine)}; torch raises {wanted.__name__}: {_first_line(theirs)}"
    return Difference("error", text)


def _first_line(error: BaseException | None) -> str:
    return (str(error).splitlines() or [""])[0][:160]


def flat(value: Any, tensor: type) -> list[Any]:
    """The tensors in nested tuples and lists, in order."""
    if isinstance(value, tensor):
        return [value]
    if isinstance(value, (list, tuple)):
        return [t for item in value for t in flat(item, tensor)]
    return []


def cotangent(torch: Any, t: Any) -> Any:
    """The kit's cotangent in t's shape and dtype."""
    return torch.from_numpy(cotangent_values(tuple(t.shape), t.is_complex())).to(t.dtype)


def describe(sample: Any) -> str:
    """A sample in one line: shapes and dtypes of tensors, other arguments as they are."""

    def show(value: Any) -> str:
        if hasattr(value, "stride") and hasattr(value, "dtype"):
            mark = "" if not hasattr(value, "is_contiguous") or value.is_contiguous() else f"/{tuple(value.stride())}"
            return f"{str(value.dtype).removeprefix('torch.')}{tuple(value.shape)}{mark}"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(map(show, value)) + "]"
        return repr(value)

    parts = [show(v) for v in (sample.input, *sample.args)] + [f"{k}={show(v)}" for k, v in sample.kwargs.items()]
    return ", ".join(parts)[:300]
