"""The kernels of connectionist temporal classification: forward and backward variables over the labels stretched by blanks.

All sequences of a batch advance together, one vectorised step a frame; all arithmetic is in logarithms. Source: Graves et al. 2006,
sections 4.1 and 4.2; the gradient is theirs with respect to log probabilities.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import ALLOC, kernel, store

Array = np.ndarray


def _lengths(x: Any) -> Array:
    return np.asarray(x, np.int64).reshape(-1)


def _stretched(targets: Array, lengths: Array, blank: int) -> tuple[Array, Array]:
    """(labels with blanks between and around, whether a step may skip the blank before): both (N, 2 * longest + 1)."""
    n, longest = len(lengths), int(lengths.max(initial=0))
    labels = np.full((n, 2 * longest + 1), blank, np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if targets.ndim == 1 else None
    for i in range(n):
        row = targets[i, : lengths[i]] if starts is None else targets[starts[i] : starts[i] + lengths[i]]
        labels[i, 1 : 2 * lengths[i] : 2] = row
    skip = np.zeros(labels.shape, bool)
    skip[:, 3::2] = labels[:, 3::2] != labels[:, 1:-2:2]
    return labels, skip


def _log_add(a: Array, b: Array, c: Array) -> Array:
    top = np.maximum(np.maximum(a, b), c)
    safe = np.where(np.isneginf(top), 0, top)
    return np.log(np.exp(a - safe) + np.exp(b - safe) + np.exp(c - safe)) + safe


def _shift(x: Array, by: int) -> Array:
    y = np.full_like(x, -np.inf)
    if x.shape[1] > by:
        y[:, by:] = x[:, : x.shape[1] - by]
    return y


@kernel("_ctc_loss", inplace=())
def ctc_loss(
    log_probs: Array, targets: Array, input_lengths: Any, target_lengths: Any, blank: int, zero_infinity: bool, *, out: Any
) -> tuple[Array, Array]:
    """(negative log likelihood (N,), log alpha (N, T, 2 * longest + 1)) of log_probs (T, N, C)."""
    first, second = (out, out) if out is ALLOC else out
    frames, lengths = _lengths(input_lengths), _lengths(target_lengths)
    labels, skip = _stretched(targets, lengths, blank)
    score = np.take_along_axis(log_probs, labels[None], 2)  # (T, N, S)
    alpha = _alpha(score, skip, frames, lengths)
    return store((-_likelihood(alpha, frames, lengths)).astype(log_probs.dtype), first), store(alpha, second)


@kernel("_ctc_loss.Tensor", inplace=())
def ctc_loss_of_tensors(
    log_probs: Array, targets: Array, input_lengths: Array, target_lengths: Array, blank: int, zero_infinity: bool, *, out: Any
) -> tuple[Array, Array]:
    """The same with lengths that nobody has seen yet: they are checked here, and log alpha has room for all of `targets`."""
    first, second = (out, out) if out is ALLOC else out
    steps, n, _ = log_probs.shape
    held = targets.shape[-1]
    for length in input_lengths:
        if not 0 <= length <= steps:
            raise RuntimeError(
                f"Expected input_lengths to have value at most {steps}, but got value {length} (while checking "
                f"arguments for ctc_loss_cpu)"
            )
    needed = target_lengths.sum() if targets.ndim == 1 else target_lengths.max(initial=0)
    if needed > held or target_lengths.min(initial=0) < 0:
        raise RuntimeError(
            f"ctc_loss: expected targets for lengths {target_lengths.tolist()}; got targets of shape {list(targets.shape)}"
        )
    likelihood, alpha = ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity, out=ALLOC)
    wide = np.full((n, steps, 2 * held + 1), -np.inf, alpha.dtype)
    wide[:, :, : alpha.shape[2]] = alpha
    return store(likelihood, first), store(wide, second)


def _alpha(score: Array, skip: Array, frames: Array, lengths: Array) -> Array:
    """Log probability of all paths that end at each (sample, frame, label), this frame included: (N, T, S)."""
    steps, n, width = score.shape
    alpha = np.full((n, steps, width), -np.inf, score.dtype)
    if steps:
        alpha[:, 0, 0] = score[0, :, 0]
        has = lengths > 0
        alpha[has, 0, 1:2] = score[0, has, 1:2]
    for t in range(1, steps):
        before = alpha[:, t - 1]
        jump = np.where(skip, _shift(before, 2), -np.inf)
        now = _log_add(before, _shift(before, 1), jump) + score[t]
        alpha[:, t] = np.where((t < frames)[:, None], now, -np.inf)
    return alpha


def _likelihood(alpha: Array, frames: Array, lengths: Array) -> Array:
    """Log probability of each sample's target: paths that end in its last label or in the blank behind it."""
    every = np.arange(len(frames))
    last = np.maximum(frames - 1, 0)
    end = alpha[every, last, 2 * lengths]
    before_end = np.where(lengths > 0, alpha[every, last, np.maximum(2 * lengths - 1, 0)], -np.inf)
    return np.where(frames > 0, np.logaddexp(end, before_end), np.where(lengths > 0, -np.inf, 0))


def _beta(score: Array, skip: Array, frames: Array, lengths: Array) -> Array:
    """Log probability of what follows each (sample, frame, label), this frame included: (N, T, S)."""
    steps, n, width = score.shape
    beta = np.full((n, steps, width), -np.inf, score.dtype)
    place = np.arange(width)
    final = (place == 2 * lengths[:, None]) | ((place == 2 * lengths[:, None] - 1) & (lengths[:, None] > 0))
    onward = np.zeros_like(skip)
    onward[:, :-2] = skip[:, 2:]
    for t in range(steps - 1, -1, -1):
        now = np.full((n, width), -np.inf, score.dtype)
        if t + 1 < steps:
            after = beta[:, t + 1]
            one, two = np.full_like(after, -np.inf), np.full_like(after, -np.inf)
            one[:, :-1] = after[:, 1:]
            two[:, :-2] = after[:, 2:]
            now = _log_add(after, one, np.where(onward, two, -np.inf)) + score[t]
        start = np.where(final, score[t], -np.inf)
        beta[:, t] = np.where((frames - 1 == t)[:, None], start, np.where((frames - 1 > t)[:, None], now, -np.inf))
    return beta


@kernel("_ctc_loss_backward.Tensor", inplace=())
@kernel("_ctc_loss_backward", inplace=())
def ctc_loss_backward(
    g: Array,
    log_probs: Array,
    targets: Array,
    input_lengths: Any,
    target_lengths: Any,
    neg_log_likelihood: Array,
    log_alpha: Array,
    blank: int,
    zero_infinity: bool,
    *,
    out: Any,
) -> Array:
    """exp(log_probs) minus the posterior of each class, times g; zero past a sequence's frames.

    A posterior is exp of a small difference of large logarithms, so both recursions run in float64 here: the saved log_alpha of a
    float32 forward would leave four digits.
    """
    frames, lengths = _lengths(input_lengths), _lengths(target_lengths)
    labels, skip = _stretched(targets, lengths, blank)
    steps, n, classes = log_probs.shape
    score = np.take_along_axis(log_probs, labels[None], 2).astype(np.float64)
    alpha, beta = _alpha(score, skip, frames, lengths), _beta(score, skip, frames, lengths)
    joint = np.exp(alpha + beta - score.transpose(1, 0, 2) - _likelihood(alpha, frames, lengths)[:, None, None])  # (N, T, S)
    joint = np.where(np.isfinite(alpha) & np.isfinite(beta), joint, 0)
    inside = np.arange(labels.shape[1]) <= 2 * lengths[:, None]
    occupancy = np.zeros((n, steps, classes), np.float64)
    sample = np.arange(n)[:, None, None]
    frame = np.arange(steps)[None, :, None]
    np.add.at(occupancy, (sample, frame, labels[:, None, :]), joint * inside[:, None, :])
    result = (np.exp(log_probs) - occupancy.transpose(1, 0, 2)) * g[None, :, None]
    result[(np.arange(steps)[:, None] >= frames[None, :])] = 0
    impossible = np.isinf(neg_log_likelihood)
    result[:, impossible] = np.where(np.arange(steps)[:, None] < frames[impossible], 0 if zero_infinity else np.nan, 0)[:, :, None]
    return store(result.astype(log_probs.dtype, copy=False), out)
