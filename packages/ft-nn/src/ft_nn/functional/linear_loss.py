"""Cross entropy of a linear layer's output, whole or in chunks of the batch that never hold all logits at once.

With options the batch is walked in pieces: mean and sum find the gradients in the forward, since the cotangent is one number that
scales them; without a reduction the backward walks once more. Chunked gradients cannot be differentiated again. Source of names,
defaults and refusals: torch.nn.functional.linear_cross_entropy (2.13).
"""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from ft_autograd import Function
from ft_core import Tensor, bfloat16, device, float16, float32, float64, int64
from ft_core import dtype as Dtype
from ft_dispatch import surface as torch

from .loss import cross_entropy

_POLICIES = ("auto", "accurate", "balanced", "compact")
_REDUCTIONS = ("mean", "sum", "none")


def _up(a: int, b: int) -> int:
    """a / b, rounded up."""
    return -(-a // b)


@dataclasses.dataclass(slots=True, frozen=True)
class LinearCrossEntropyOptions:
    """How :func:`linear_cross_entropy` walks the batch in chunks.

    allow_retain_graph: a mean or sum may be differentiated twice, at the cost of a copy of each gradient.
    batch_chunk_size: rows of a chunk; None leaves it to ``chunking_method``: "aspect_ratio:N" makes the logits of N chunks as large
    as the input, "auto" chooses N, None takes the batch whole. acc_policy: "accurate" computes in ``acc_dtype`` throughout,
    "balanced" sums the weight's gradient in it, "compact" in the input's dtype; "auto" chooses. Raises ``ValueError`` for others.
    """

    allow_retain_graph: bool = False
    batch_chunk_size: int | None = None
    chunking_method: str | None = "auto"
    acc_policy: str = "auto"
    acc_dtype: Dtype | None = None

    def __post_init__(self) -> None:
        if self.acc_policy not in _POLICIES:
            raise ValueError(f"invalid acc_policy: {self.acc_policy!r}; it is one of {', '.join(_POLICIES)}")
        if self.chunking_method not in (None, "auto"):
            name, sep, factor = str(self.chunking_method).partition(":")
            if name != "aspect_ratio" or (sep and not (factor.isdigit() and int(factor))):
                raise ValueError(
                    f"invalid chunking_method: {self.chunking_method!r}; it is aspect_ratio, aspect_ratio:N, auto or None"
                )
        size = self.batch_chunk_size
        if size is not None and not (isinstance(size, int) and size > 0):
            raise ValueError(f"batch_chunk_size must be positive int or None, got {size!r}")
        if self.acc_dtype not in (None, float16, bfloat16, float32, float64):
            raise ValueError(f"acc_dtype must be None or a floating dtype of 16, 32 or 64 bits, got {self.acc_dtype!r}")

    def _adjust(self, num_batches: int, in_features: int, num_classes: int, dtype: Dtype, device: device | None = None) -> Any:
        """These options with everything decided for one call."""
        half = dtype in (float16, bfloat16)
        on_host = device is not None and device.type == "cpu"
        method = self.chunking_method
        if method == "auto":
            whole = "aspect_ratio" if half and on_host else "aspect_ratio:2"
            method = None if self.batch_chunk_size is not None else whole
        policy = self.acc_policy
        if policy == "auto":
            policy = "accurate" if half and on_host else "compact"
        size = min(self.batch_chunk_size or num_batches, num_batches)
        if method is not None:
            rows = _up(num_batches, _up(num_classes, in_features))
            factor = int(method.partition(":")[2] or 1)
            size = min((1 << (rows - 1).bit_length()) // factor, num_batches)
            if self.batch_chunk_size not in (None, size):
                raise ValueError(
                    f"batch_chunk_size (={self.batch_chunk_size}) and chunking_method ({method!r}) give different chunk sizes "
                    f"({self.batch_chunk_size} vs {size}); pass only one."
                )
        wide = float32 if half and self.acc_policy == "auto" and device is not None else dtype
        return dataclasses.replace(
            self, acc_policy=policy, chunking_method=method, batch_chunk_size=max(1, size), acc_dtype=self.acc_dtype or wide
        )


class _Problem(NamedTuple):
    """One call: x (N, F), matrix (C, F), bias (C) or None, target (N), class weights (C) or None, and how to walk."""

    x: Tensor
    matrix: Tensor
    bias: Tensor | None
    target: Tensor
    weight: Tensor | None
    ignore_index: int
    options: LinearCrossEntropyOptions

    def row_weights(self) -> tuple[Tensor, Tensor]:
        """Each row's class, 0 where ignored, and its weight, 0 where ignored."""
        counted = self.target != self.ignore_index
        classes = self.target.masked_fill(counted.logical_not(), 0)
        kind = self.options.acc_dtype
        rows = counted.to(kind)
        return classes, rows if self.weight is None else rows * self.weight.to(kind).index_select(0, classes)

    def chunks(self, classes: Tensor) -> Iterator[tuple[slice, Tensor, Tensor]]:
        """(rows, their classes (n, 1), their log-probabilities (n, C)) of each chunk, in the accumulation dtype."""
        kind, step = self.options.acc_dtype, self.options.batch_chunk_size or 1
        wide = self.options.acc_policy == "accurate"
        matrix = (self.matrix.to(kind) if wide else self.matrix).t()
        for start in range(0, self.x.shape[0], step):
            rows = slice(start, start + step)
            x = self.x[rows]
            logits = (x.to(kind) if wide else x).matmul(matrix).to(kind)
            if self.bias is not None:
                logits = logits + self.bias.to(kind)
            yield rows, classes[rows].unsqueeze(1), torch.log_softmax(logits, 1)


class _Gradients:
    """Sums of the gradients over chunks: those asked for, the others None."""

    def __init__(self, problem: _Problem, needs: tuple[bool, bool, bool]) -> None:
        self.problem, self.needs = problem, needs
        options = problem.options
        kind = problem.x.dtype if options.acc_policy == "compact" else options.acc_dtype
        self.x = torch.empty_like(problem.x) if needs[0] else None
        self.matrix = torch.zeros_like(problem.matrix, dtype=kind) if needs[1] else None
        self.bias = torch.zeros_like(problem.bias, dtype=options.acc_dtype) if needs[2] and problem.bias is not None else None

    def add(self, rows: slice, classes: Tensor, log_p: Tensor, scale: Tensor) -> None:
        """One chunk; ``scale`` (n) is d result / d loss of its rows."""
        slope = log_p.exp()
        slope = slope.scatter_add(1, classes, -slope.new_ones(tuple(classes.shape))) * scale.unsqueeze(1)
        wide = self.problem.options.acc_policy == "accurate"
        kind = slope.dtype if wide else self.problem.x.dtype
        factor = slope.to(kind)
        if self.x is not None:
            self.x[rows] = factor.matmul(self.problem.matrix.to(kind)).to(self.x.dtype)
        if self.matrix is not None:
            self.matrix += factor.t().matmul(self.problem.x[rows].to(kind)).to(self.matrix.dtype)
        if self.bias is not None:
            self.bias += slope.sum(0)

    def found(self) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
        """The gradients in the dtypes of what they belong to."""
        like = (self.problem.x, self.problem.matrix, self.problem.bias)
        each = zip((self.x, self.matrix, self.bias), like, strict=True)
        matched = [None if g is None or source is None else g.to(source.dtype) for g, source in each]
        return matched[0], matched[1], matched[2]


def _reduced(problem: _Problem, reduction: str, gradients: _Gradients | None) -> Tensor:
    """Mean or sum in one walk, which adds to `gradients` on its way."""
    classes, row_weights = problem.row_weights()
    share = 1 / row_weights.sum() if reduction == "mean" else row_weights.new_ones(())
    total = row_weights.new_zeros(())
    for rows, labels, log_p in problem.chunks(classes):
        total = total - (log_p.gather(1, labels).squeeze(1) * row_weights[rows]).sum()
        if gradients is not None:
            gradients.add(rows, labels, log_p, row_weights[rows] * share)
    return (total * share).to(problem.x.dtype)


def _each_row(problem: _Problem) -> Tensor:
    """The loss of every row."""
    classes, row_weights = problem.row_weights()
    losses = [log_p.gather(1, labels).squeeze(1) * row_weights[rows] for rows, labels, log_p in problem.chunks(classes)]
    return torch.cat(losses).neg().to(problem.x.dtype) if losses else problem.x.new_zeros((0,))


class _Reduced(Function):
    """Mean or sum: loss and gradients in one walk."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, matrix: Tensor, bias: Tensor | None, rest: tuple[Any, ...], reduction: str) -> Tensor:
        problem = _Problem(x, matrix, bias, *rest)
        gradients = _Gradients(problem, tuple(ctx.needs_input_grad[:3]))
        loss = _reduced(problem, reduction, gradients)
        ctx.gradients = gradients.found()
        ctx.keep = problem.options.allow_retain_graph
        return loss

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> tuple[Any, ...]:
        if ctx.gradients is None:
            raise RuntimeError(
                "linear_cross_entropy: the gradients of a chunked mean or sum are there for one backward; for another one pass "
                "LinearCrossEntropyOptions(allow_retain_graph=True)."
            )
        found = ctx.gradients
        if ctx.keep:
            return *[None if d is None else d * g for d in found], None, None
        ctx.gradients = None
        return *[None if d is None else d.mul_(g) for d in found], None, None


class _EachRow(Function):
    """No reduction: the backward, which knows the cotangent of every row, walks the chunks again."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, matrix: Tensor, bias: Tensor | None, rest: tuple[Any, ...]) -> Tensor:
        ctx.save_for_backward(x, matrix, bias)
        ctx.rest = rest
        return _each_row(_Problem(x, matrix, bias, *rest))

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> tuple[Any, ...]:
        problem = _Problem(*ctx.saved_tensors, *ctx.rest)
        classes, row_weights = problem.row_weights()
        gradients = _Gradients(problem, tuple(ctx.needs_input_grad[:3]))
        scale = row_weights * g.to(row_weights.dtype)
        for rows, labels, log_p in problem.chunks(classes):
            gradients.add(rows, labels, log_p, scale[rows])
        return *gradients.found(), None


def _check(input: Tensor, matrix: Tensor, bias: Tensor | None) -> tuple[int, ...]:
    """The dimensions of a K-dimensional loss, () where it has none; RuntimeError where shapes do not go together."""
    if input.dim() not in (1, 2):
        raise RuntimeError(f"expected input with dimensionality 1 or 2, got {input.dim()}")
    if matrix.dim() < 2:
        raise RuntimeError(f"expected linear_weight with dimensionality at least 2, got {matrix.dim()}")
    if input.shape[-1] != matrix.shape[-1]:
        raise RuntimeError(
            "expected equal input and linear_weight last dimensions (in_features), got "
            f"{input.shape[-1]} and {matrix.shape[-1]}, respectively"
        )
    outputs = tuple(matrix.shape[:-1])
    if bias is not None and tuple(bias.shape) != outputs:
        raise RuntimeError(f"expected linear_bias shape {outputs}, got {tuple(bias.shape)}")
    if len(outputs) > 1 and input.dim() == 1:
        raise RuntimeError(
            f"K-dimensional loss defined by linear_weight shape {tuple(matrix.shape)} requires batched input, "
            f"(N, {input.shape[-1]}), got unbatched input with shape {tuple(input.shape)}"
        )
    return outputs[1:]


def linear_cross_entropy(
    input: Tensor,
    linear_weight: Tensor,
    target: Tensor,
    *,
    linear_bias: Tensor | None = None,
    weight: Tensor | None = None,
    reduction: str = "mean",
    ignore_index: int | None = None,
    label_smoothing: float = 0.0,
    options: LinearCrossEntropyOptions | None = None,
) -> Tensor:
    """cross_entropy(linear(input, linear_weight, linear_bias), target) of input (N, F) or (F) and linear_weight (C, *, F).

    target holds classes (N, *) (int64) or class probabilities (N, C, *). ``options`` asks for the walk in chunks, which takes
    classes, no smoothing and no further dimensions; else a warning says that it is not taken. Raises ``RuntimeError`` for shapes
    that do not go together.
    """
    extra = _check(input, linear_weight, linear_bias)
    classes = linear_weight.shape[0]
    logits_shape = (*input.shape[:-1], classes, *extra)
    if tuple(target.shape) == logits_shape and ignore_index is not None:
        raise RuntimeError("ignore_index cannot be specified when target contains probabilities")
    ignored = -100 if ignore_index is None else ignore_index
    if options is not None:
        if not extra and reduction in _REDUCTIONS and label_smoothing == 0 and target.dtype is int64:
            rest = (weight, ignored, options)
            return _chunked(input, linear_weight, linear_bias, target, rest, reduction)
        warnings.warn(
            "linear_cross_entropy: ``options`` ignored; chunks need reduction mean, sum or none, label_smoothing 0, an int64 "
            f"target and a 2-d linear_weight. Got reduction={reduction!r}, label_smoothing={label_smoothing}, "
            f"target.dtype={target.dtype}, linear_weight.shape={tuple(linear_weight.shape)}.",
            stacklevel=2,
        )
    if extra:
        linear_weight = linear_weight.reshape(classes * math.prod(extra), -1)
        linear_bias = None if linear_bias is None else linear_bias.reshape(-1)
    logits = torch.linear(input, linear_weight, linear_bias).reshape(logits_shape)
    return cross_entropy(logits, target, weight=weight, ignore_index=ignored, reduction=reduction, label_smoothing=label_smoothing)


def _chunked(x: Tensor, matrix: Tensor, bias: Tensor | None, target: Tensor, rest: tuple[Any, ...], reduction: str) -> Tensor:
    single = x.dim() == 1
    if single:
        x, target = x.unsqueeze(0), target.unsqueeze(0)
    weight, ignored, options = rest
    options = options._adjust(x.shape[0], x.shape[1], matrix.shape[0], x.dtype, x.device)
    given = (target, weight, ignored, options)
    recorded = torch.is_grad_enabled() and any(t is not None and t.requires_grad for t in (x, matrix, bias))
    if not recorded:  # plain ops, which a transform can take apart, as it cannot the Functions
        problem = _Problem(x, matrix, bias, *given)
        losses = _reduced(problem, reduction, None) if reduction != "none" else _each_row(problem)
    elif reduction != "none":
        losses = _Reduced.apply(x, matrix, bias, given, reduction)
    else:
        losses = _EachRow.apply(x, matrix, bias, given)
    if reduction != "none":
        return losses
    return losses.squeeze(0) if single else losses
