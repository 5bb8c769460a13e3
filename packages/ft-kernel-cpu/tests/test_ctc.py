"""CTC against the sum over all alignments, written out, for sequences short enough to list them."""

from __future__ import annotations

from itertools import product

import numpy as np

from ft_core.state import TL
from ft_kernel_cpu import ctc as kernels

run = TL.st.run
FRAMES, LABELS = (5, 4, 3), (2, 1, 3)
TARGETS = np.array([[1, 2, 0], [2, 0, 0], [1, 1, 2]])  # the last one needs five frames: impossible in three


def collapsed(path: tuple[int, ...]) -> list[int]:
    """A path without repetitions and blanks."""
    return [c for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c)]


def likelihood(log_probs: np.ndarray, label: list[int]) -> float:
    steps, classes = log_probs.shape
    paths = [p for p in product(range(classes), repeat=steps) if collapsed(p) == label]
    return float(np.exp([log_probs[np.arange(steps), p].sum() for p in paths]).sum()) if paths else 0.0


def scores(rng: np.random.Generator) -> np.ndarray:
    x = rng.standard_normal((5, 3, 3))
    return x - np.log(np.exp(x).sum(2, keepdims=True))


def test_likelihood_is_the_sum_over_all_alignments(rng) -> None:
    x = scores(rng)
    losses, _ = run(kernels.ctc_loss, x, TARGETS, FRAMES, LABELS, 0, False, out=...)
    for i in range(2):
        assert abs(losses[i] + np.log(likelihood(x[: FRAMES[i], i], list(TARGETS[i, : LABELS[i]])))) < 1e-12
    assert losses[2] == np.inf


def test_concatenated_targets_give_the_same(rng) -> None:
    x = scores(rng)
    flat = np.concatenate([TARGETS[i, : LABELS[i]] for i in range(3)])
    for a, b in zip(
        run(kernels.ctc_loss, x, flat, FRAMES, LABELS, 0, False, out=...),
        run(kernels.ctc_loss, x, TARGETS, FRAMES, LABELS, 0, False, out=...),
        strict=True,
    ):
        np.testing.assert_array_equal(a, b)


def test_gradient_of_softmax_scores(rng) -> None:
    """The kernel returns exp(x) minus posteriors, which is the gradient through a log_softmax: it must vanish along constants."""
    x, g = scores(rng), np.array([0.7, -1.3, 0.0])
    losses, alpha = run(kernels.ctc_loss, x, TARGETS, FRAMES, LABELS, 0, True, out=...)
    grad = run(kernels.ctc_loss_backward, g, x, TARGETS, FRAMES, LABELS, losses, alpha, 0, True, out=...)
    v, h = rng.standard_normal(x.shape), 1e-6

    def moved(step: float) -> np.ndarray:
        z = x + step * v
        z = z - np.log(np.exp(z).sum(2, keepdims=True))
        return run(kernels.ctc_loss, z, TARGETS, FRAMES, LABELS, 0, True, out=...)[0][:2]

    slope = (moved(h) - moved(-h)) / (2 * h)
    assert abs((slope * g[:2]).sum() - (grad * v)[:, :2].sum()) < 1e-7
    assert (grad[:, 2] == 0).all()
    assert (grad[4, 1] == 0).all()  # past the sequence's frames
