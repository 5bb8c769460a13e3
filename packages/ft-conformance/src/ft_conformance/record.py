"""`python -m ft_conformance.record`: writes the fixtures from an installed torch, a few small samples of every op and dtype.

Recorded are calls by public name (a function or a Tensor method) whose arguments the format holds and whose values are unique:
what torch's own tests post-process (eigenvectors), seed by hand, or leave undefined stays the live oracle's affair. Where torch's
own rounding is near the tolerance, the answer in the wider type is recorded, too.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import types
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .asking import UNDEFINED_VALUES, Widener, attempt, flat, unprocessed
from .compare import tolerance_of
from .oracle import load_oracle
from .replay import cotangent_values
from .store import PATH, Case, StoredTensor, Word, Writer
from .translate import dtype_name

DTYPES = ("float32", "int64", "bool", "complex64", "bfloat16")
PER_DTYPE = {"float32": 6, "int64": 3, "bool": 2, "complex64": 2, "bfloat16": 2}
LOOKED_AT = 80
"""Samples of an op and dtype among which the recorded ones are chosen."""
MAX_BYTES = 4096
RANDOM = frozenset(
    ("normal", "uniform", "cauchy", "exponential", "geometric", "log_normal", "bernoulli", "multinomial", "nn.functional.rrelu")
)


class Unrecordable(Exception):  # noqa: N818  # says of a sample what it is; nobody catches it outside this file
    """A sample the format does not hold."""


class Recorder:
    """Turns torch's objects into stored ones."""

    def __init__(self, torch: Any) -> None:
        self.torch = torch

    def stored(self, value: Any) -> Any:
        """The stored form of an argument or result."""
        torch = self.torch
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, torch.dtype):
            return Word("dtype", dtype_name(value))
        if isinstance(value, (torch.memory_format, torch.layout)):
            return Word("layout", str(value).removeprefix("torch."))
        if isinstance(value, torch.device):
            return Word("device", str(value))
        if isinstance(value, dict):
            return {str(key): self.stored(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.stored(item) for item in value]
        if isinstance(value, tuple):
            return tuple(self.stored(item) for item in value)
        if isinstance(value, slice):
            return slice(self.stored(value.start), self.stored(value.stop), self.stored(value.step))
        if value is None or value is Ellipsis or type(value) in (bool, int, float, complex, str):
            return value
        raise Unrecordable(type(value).__name__)

    def _tensor(self, t: Any) -> StoredTensor:
        torch = self.torch
        if t.layout is not torch.strided or t.is_conj() or t.is_neg() or t.device.type != "cpu" or t.dim() > 8:
            raise Unrecordable(f"{t.layout} {t.device}")
        name = dtype_name(t.dtype)
        try:
            itemsize = np.dtype(name).itemsize
        except TypeError:
            raise Unrecordable(name) from None
        shape, strides = tuple(t.shape), tuple(t.stride())
        extent = 0 if 0 in shape else 1 + sum((n - 1) * s for n, s in zip(shape, strides, strict=True))
        if extent * itemsize > MAX_BYTES:
            raise Unrecordable("too large")
        source = t.detach()
        if not extent:
            raw = b""
        elif source._is_zerotensor():
            raw = bytes(extent * itemsize)
        else:
            raw = source.as_strided((extent,), (1,), t.storage_offset()).clone().view(torch.uint8).numpy().tobytes()
        return StoredTensor(name, shape, strides, raw, t.requires_grad)

    # -- one sample --------------------------------------------------------------------------------------------------------

    def case(self, info: Any, call: str, function: Any, sample: Any, dtype: str, grad: bool) -> Case:
        """The case of one sample. Raises Unrecordable."""
        torch = self.torch
        arguments = (sample.input, *sample.args)
        args, kwargs = self.stored(arguments), self.stored(sample.kwargs)
        torch.manual_seed(0)
        result, error = attempt(function, arguments, sample.kwargs)
        if error is not None:
            raise Unrecordable("raises")
        label = f"{info.name}.{info.variant_test_name}" if info.variant_test_name else info.name
        case = Case(label, call, dtype, args, kwargs, self.stored(result))
        wide = Widener(torch)
        torch.manual_seed(0)
        truth, error = attempt(function, wide(arguments), wide(sample.kwargs))
        if error is None and self._rounds(result, truth):
            case.truth = self.stored(_detached(torch, truth))
        if grad:
            self._gradient(case, arguments, sample.kwargs, result, None if error is not None else (truth, wide))
        return case

    def _gradient(self, case: Case, arguments: Any, kwargs: Any, result: Any, wide: Any) -> None:
        torch = self.torch
        leaves = [t for t in _leaves(torch, (*arguments, *kwargs.values())) if t.requires_grad]
        grads = self._grads(result, leaves)
        if grads is None:
            return
        case.grads = self.stored(grads)
        if wide is not None:
            truth, widener = wide
            known = self._grads(truth, [widener.memo[id(t)][1] for t in leaves])
            if known is not None and self._rounds(grads, known):
                case.grad_truth = self.stored(known)

    def _grads(self, result: Any, leaves: list[Any]) -> Any:
        torch = self.torch
        outputs = [t for t in flat(result, torch.Tensor) if t.requires_grad]
        if not outputs or not leaves:
            return None
        cotangents = [torch.from_numpy(cotangent_values(tuple(t.shape), t.is_complex())).to(t.dtype) for t in outputs]
        grads, error = attempt(torch.autograd.grad, (outputs, leaves, cotangents), {"allow_unused": True})
        return None if error is not None else tuple(grads)

    def _rounds(self, result: Any, truth: Any) -> bool:
        """Whether torch's own error is more than a quarter of the tolerance somewhere."""
        torch = self.torch
        for mine, exact in zip(flat(result, torch.Tensor), flat(truth, torch.Tensor), strict=True):
            tolerance = tolerance_of(dtype_name(mine.dtype))
            if tolerance.rtol and mine.shape == exact.shape and mine.numel():
                with torch.no_grad():
                    limit = tolerance.atol + tolerance.rtol * exact.abs()
                    if bool(((mine.to(exact.dtype) - exact).abs() > limit / 4).any()):
                        return True
        return False


def _detached(torch: Any, value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach()
    return type(value)(_detached(torch, item) for item in value) if type(value) in (list, tuple) else value


def _leaves(torch: Any, values: Sequence[Any]) -> Iterator[Any]:
    """Tensors in the order in which replay builds them."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _leaves(torch, value)


def public_call(torch: Any, info: Any) -> tuple[str, Any] | None:
    """(dotted name, torch's function) by which an entry is called; None where it has no name of its own."""
    for dotted in (info.name, f"Tensor.{info.name}"):
        holder: Any = torch
        for part in dotted.split("."):
            holder = getattr(holder, part, None)
        if callable(holder) and (holder is info.op or isinstance(info.op, types.FunctionType)):
            return dotted, holder
    return None


def varied(torch: Any, samples: Iterable[Any]) -> list[Any]:
    """The first samples, in an order in which each kind (ranks, layouts, emptiness, keywords) comes before a second of any kind.

    What torch lists first is often a 0-dim tensor or an empty one, which says little of a kernel: they come after the ordinary ones.
    """
    seen: dict[Any, int] = {}
    ranked = []
    for place, sample in enumerate(itertools.islice(samples, LOOKED_AT)):
        tensors = list(flat((sample.input, *sample.args, *sample.kwargs.values()), torch.Tensor))
        layouts = tuple([(t.dim(), t.layout is torch.strided and t.is_contiguous(), t.numel() == 0) for t in tensors])
        others = tuple([type(value) for value in sample.args]), frozenset((name, type(v)) for name, v in sample.kwargs.items())
        plain = bool(tensors) and all(t.numel() for t in tensors) and tensors[0].dim() > 0 and _says_something(torch, tensors[0])
        sort = layouts, others, plain
        seen[sort] = seen.get(sort, 0) + 1
        ranked.append((seen[sort], not plain, place, sample))
    return [sample for *_, sample in sorted(ranked, key=lambda row: row[:3])]


def _says_something(torch: Any, t: Any) -> bool:
    """Whether a tensor is not all zeros, of which most kernels make zeros."""
    return t.layout is not torch.strided or bool((t.detach() != 0).any())


def record(torch: Any, database: Sequence[Any]) -> tuple[Writer, dict[str, int]]:
    """All cases, and how many samples were left out for which reason."""
    writer = Writer(torch.__version__.split("+")[0])
    left: dict[str, int] = {}
    recorder = Recorder(torch)
    for info in database:
        named = public_call(torch, info)
        if named is None or info.name in UNDEFINED_VALUES or info.name in RANDOM or info.name.startswith(("jiterator", "_refs")):
            continue
        for dtype in DTYPES:
            kind = getattr(torch, dtype)
            if kind not in info.supported_dtypes("cpu"):
                continue
            grad = dtype in ("float32", "complex64") and info.supports_autograd and kind in info.supported_backward_dtypes("cpu")
            kept = 0
            for sample in varied(torch, info.sample_inputs("cpu", kind, requires_grad=grad)):
                if kept >= PER_DTYPE[dtype]:
                    break
                try:
                    if not unprocessed(sample):
                        raise Unrecordable("post-processed")
                    writer.add(recorder.case(info, *named, sample, dtype, grad))
                    kept += 1
                except (Unrecordable, TypeError) as error:
                    left[str(error)] = left.get(str(error), 0) + 1
    return writer, left


def main(argv: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="ft_conformance.record", description="Record torch's answers for where no torch is installed."
    )
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args(argv)
    torch, database = load_oracle()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        writer, left = record(torch, database)
    size = writer.write(options.out)
    ops = len({row["op"] for row in writer.cases})
    reasons = dict(sorted(left.items(), key=lambda item: -item[1])[:8])
    print(f"{len(writer.cases)} cases of {ops} ops, {size / 1e6:.2f} MB; left out: {reasons}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
