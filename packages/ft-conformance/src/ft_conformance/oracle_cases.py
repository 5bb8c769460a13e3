"""One op of torch's database against ours: its result, its other forms, its derivatives and its error inputs. Found
differences are counted, the first is kept.

Torch's samples are the questions and torch's results, taken live, the answers. Where float results differ beyond tolerance, torch
is asked again in the wider type, and an element nearer to that truth than torch's own is right.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .asking import UNDEFINED_VALUES, Widener, attempt, compare_errors, drawing_as, flat, refuted, unprocessed
from .compare import Difference, Facts, first_difference
from .facade import Missing, resolve
from .kinship import first_stranger
from .oracle_meta import on_meta
from .oracle_orders import forward_mode, second_order
from .oracle_transforms import batched, forward_over_reverse
from .oracle_variants import variants
from .replay import cotangent_values
from .ties import judged, judged_gradients
from .translate import BrokenResult, Translator, Unconvertible, host_values, our_facts, rebound, torch_facts


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
    """Holds both sides. `limit` bounds the samples of an op and dtype; None takes all.

    grad: compare gradients; gradgrad: second derivatives; forward: forward mode; hessian: forward over reverse; vmap: against a loop;
    meta: the same on the meta device. loops: the ops of the table that vmap ran example by example.
    """

    def __init__(
        self,
        torch: Any,
        ours: Any,
        families: dict[str, str],
        *,
        grad: bool = False,
        gradgrad: bool = False,
        forward: bool = False,
        vmap: bool = False,
        hessian: bool = False,
        meta: bool = False,
        limit: int | None = None,
    ) -> None:
        self.torch, self.ours, self.families = torch, ours, families
        self.gradgrad, self.forward, self.meta = gradgrad, forward, meta
        self.vmap, self.hessian = vmap, hessian
        self.loops: set[str] = set()
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
            grad = (
                (self.grad or self.gradgrad or self.forward or self.hessian)
                and info.supports_autograd
                and kind in info.supported_backward_dtypes("cpu")
            )
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

    def _higher(self, info: Any, mine: Callable[..., Any], sample: Any) -> Iterator[Difference | None]:
        """Orders beyond the first, where they are asked for and torch's database says that the op has them."""
        if self.gradgrad and info.supports_gradgrad:
            found = second_order(self, info, mine, sample)
            wrong = any(refuted(info, "TestBwdGradients", test) for test in ("test_fn_grad", "test_fn_gradgrad"))
            yield None if found and wrong else found
        if self.hessian and info.supports_gradgrad:
            found = forward_over_reverse(self, info, mine, sample)
            yield None if found and refuted(info, "TestBwdGradients", "test_fn_gradgrad") else found
        if self.forward and info.supports_forward_ad:
            found = forward_mode(self, info, mine, sample)
            yield None if found and refuted(info, "TestFwdGradients", "test_forward_mode_AD") else found

    def _samples(self, info: Any, kind: Any, grad: bool) -> Iterator[Any]:
        self.torch.manual_seed(0)
        yield from info.sample_inputs("cpu", kind, requires_grad=grad)

    def _sample(self, info: Any, mine: Callable[..., Any], sample: Any, report: Report, grad: bool) -> None:
        text = describe(sample)
        translate = Translator(self.torch, self.ours)
        arguments = translate((sample.input, *sample.args)), translate(sample.kwargs)
        expected, theirs_error = self.ask(info.op, (sample.input, *sample.args), sample.kwargs)
        self.seed()
        actual, error = attempt(mine, *arguments)
        plain = torch_facts(self.torch, expected)  # raises where our data model has no such dtype or layout
        if theirs_error is not None or error is not None:
            report.add(compare_errors(error, theirs_error), text)
            return
        values = info.name not in UNDEFINED_VALUES
        processed, difference = self._processed(sample, expected, actual)
        if not processed:
            difference = self.compare(info, sample, our_facts(actual), plain, values=values)
        if difference is None:
            theirs = (sample.input, *sample.args), sample.kwargs
            difference = first_stranger((arguments, self.ours.Tensor), (theirs, self.torch.Tensor), (actual, expected))
        report.add(difference, text)
        if difference is None and grad and self.grad:
            found = self._gradient(info, sample, translate, expected, actual)
            report.add(None if found and refuted(info, "TestBwdGradients", "test_fn_grad") else found, text)
        for found in variants(self, info, sample, expected):
            report.add(found, text)
        for found in self._higher(info, mine, sample) if grad else ():
            report.add(found, text)
        if self.vmap:
            report.add(batched(self, info, mine, sample), text)
        if self.meta:
            report.add(on_meta(self, info, mine, sample), text)

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
            mine = self.processor(sample)(actual)
        except Missing:
            raise
        except Exception as error:  # noqa: BLE001  # whatever torch's lambda raises on our result is the finding
            return True, Difference("structure", f"torch's post-processing of the sample raises {error!r}")
        return True, first_difference(our_facts(mine), torch_facts(self.torch, theirs), strides=False)

    def ask(self, function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, BaseException | None]:
        """(result, exception) of a function of torch's, its generator seeded."""
        self.torch.manual_seed(0)
        return attempt(function, args, kwargs)

    def seed(self) -> None:
        """Our generator as torch's is before each call."""
        self.ours.default_generator.manual_seed(0)

    def compare(self, info: Any, sample: Any, actual: Any, expected: Any, **options: Any) -> Difference | None:
        """The first difference of two results of `info`, its choice among equals and torch's own rounding allowed for."""
        found = first_difference(actual, expected, **options)
        if found is None or found.kind != "value":
            return found
        if isinstance(sample.input, self.torch.Tensor):
            values = host_values(self.torch, sample.input)
            actual, expected = judged(info.name, values, sample.args, sample.kwargs, actual, expected)
        found = first_difference(actual, expected, self.truth(info.op, sample, info.name.startswith("fft.")), **options)
        if found is not None and found.kind == "value":
            found = first_difference(actual, expected, self.reference(info, sample, expected), **options)
        return found

    def reference(self, info: Any, sample: Any, expected: Any) -> Facts | None:
        """What SciPy's own function gives, where torch's database names one for the op: torch's Bessel functions err by 5e-7."""
        function = getattr(info, "ref", None)
        if not (info.name.startswith("special.bessel_") and isinstance(function, np.ufunc) and isinstance(expected, Facts)):
            return None
        return replace(expected, values=np.asarray(function(host_values(self.torch, sample.input))))

    def processor(self, sample: Any) -> Callable[..., Any]:
        """What the sample does to a result before it is compared, over our names."""
        process = sample.output_process_fn_grad
        return process if unprocessed(sample) else rebound(process, self.ours)

    def truth(self, function: Callable[..., Any], sample: Any, integers: bool = False) -> Any:
        """Torch's result for the same numbers in the wider type, or None."""
        result, error = self._ask_wide(function, sample, Widener(self.torch, integers))
        return None if error is not None else torch_facts(self.torch, result)

    def _ask_wide(self, function: Callable[..., Any], sample: Any, wide: Widener) -> tuple[Any, BaseException | None]:
        """`ask` with the sample's arguments in the wider type and the same random numbers."""
        with drawing_as(self.torch, getattr(sample.input, "dtype", None)):
            return self.ask(function, wide((sample.input, *sample.args)), wide(sample.kwargs))

    # -- gradients -------------------------------------------------------------------------------------------------------

    def _gradient(self, info: Any, sample: Any, translate: Translator, expected: Any, actual: Any) -> Difference | None:
        pairs = [(theirs, ours) for theirs, ours in translate.memo.values() if theirs.requires_grad and not orphaned(theirs)]
        theirs_process = (lambda x: x) if unprocessed(sample) else sample.output_process_fn_grad
        ours_process = theirs_process if unprocessed(sample) else self.processor(sample)
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
        if found is not None and found.kind == "value" and isinstance(sample.input, self.torch.Tensor):
            values = host_values(self.torch, sample.input)
            a, e = (judged_gradients(info.name, values, sample.args, sample.kwargs, x) for x in (a, e))
            found = first_difference(a, e, strides=False)
        if found is not None and found.kind == "value":
            found = first_difference(a, e, self._gradient_truth(info, sample, theirs_process, cotangents), strides=False)
        return None if found is None else Difference("grad", f"{found.kind} {found.text}")

    def _gradient_truth(self, info: Any, sample: Any, process: Callable[..., Any], cotangents: list[Any]) -> Any:
        wide = Widener(self.torch)
        result, error = self._ask_wide(info.op, sample, wide)
        if error is not None:
            return None
        outputs = [t for t in flat(process(result), self.torch.Tensor) if t.requires_grad]
        leaves = [made for source, made in wide.memo.values() if source.requires_grad]
        grads, error = attempt(self.torch.autograd.grad, (outputs, leaves, [wide(c) for c in cotangents]), {"allow_unused": True})
        return None if error is not None else torch_facts(self.torch, tuple(grads))

    # -- error inputs ----------------------------------------------------------------------------------------------------

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
                    _, theirs = self.ask(info.op, (sample.input, *sample.args), sample.kwargs)
                    if theirs is None:
                        continue  # refused by the method torch's own test calls, not by this function
                    _, error = attempt(mine, args, kwargs)
                    report.add(compare_errors(error, theirs), describe(sample))
                except Unconvertible:
                    report.unconvertible += 1
                except Missing as missing:
                    report.add(Difference("error", f"{missing} is missing"), describe(sample))
        return report


def orphaned(t: Any) -> bool:
    """Whether t is a view that torch's sample made without grad of a tensor that requires it: it says it does, and never gets one."""
    return t.is_leaf and t._is_view() and t._base.requires_grad


def cotangent(torch: Any, t: Any) -> Any:
    """The kit's cotangent in t's shape and dtype; where t is sparse, at its elements."""
    made = torch.from_numpy(cotangent_values(tuple(t.shape), t.is_complex())).to(t.dtype)
    return made if t.layout is torch.strided else made.sparse_mask(t.detach())


def describe(sample: Any) -> str:
    """A sample in one line: shapes and dtypes of tensors, other arguments as they are."""

    def show(value: Any) -> str:
        if getattr(value, "layout", None) is not None and str(value.layout) != "torch.strided":
            return f"{str(value.layout).removeprefix('torch.')}{tuple(value.shape)}"
        if hasattr(value, "stride") and hasattr(value, "dtype"):
            mark = "" if not hasattr(value, "is_contiguous") or value.is_contiguous() else f"/{tuple(value.stride())}"
            return f"{str(value.dtype).removeprefix('torch.')}{tuple(value.shape)}{mark}"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(map(show, value)) + "]"
        return repr(value)

    parts = [show(v) for v in (sample.input, *sample.args)] + [f"{k}={show(v)}" for k, v in sample.kwargs.items()]
    return ", ".join(parts)[:300]
