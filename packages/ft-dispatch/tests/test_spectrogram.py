"""Short-time Fourier transforms: a frame is a transform of its own, the inverse gives the signal back, what does not fit is refused."""

from __future__ import annotations

import pytest

import ft_autograd
from ft_core import complex64, float64
from ft_dispatch import surface as torch
from ft_dispatch.trace import capture

torch.manual_seed(0)
SIGNAL = torch.randn(2, 120, dtype=float64)
WINDOW = torch.hann_window(16, dtype=float64)


def stft(x, n=16, **more):
    return torch.stft(x, n, **{"window": WINDOW, "return_complex": True} | more)


def test_a_frame_is_the_transform_of_its_piece() -> None:
    found = stft(SIGNAL, hop_length=5, center=False)
    assert found.shape == (2, 9, 21)
    assert torch.allclose(found[1, :, 3], torch.fft.rfft(SIGNAL[1, 15:31] * WINDOW))


def test_center_pads_by_half_a_frame() -> None:
    padded = torch.cat([SIGNAL[0, 1:9].flip(0), SIGNAL[0], SIGNAL[0, -9:-1].flip(0)])
    assert torch.allclose(stft(SIGNAL[0]), stft(padded, center=False))


def test_a_short_window_stands_in_the_middle() -> None:
    short = WINDOW[4:12]
    wide = torch.cat([torch.zeros(4, dtype=float64), short, torch.zeros(4, dtype=float64)])
    assert torch.allclose(stft(SIGNAL, window=short, win_length=8, hop_length=4), stft(SIGNAL, window=wide, hop_length=4))


@pytest.mark.parametrize("normalized", [False, True])
@pytest.mark.parametrize("onesided", [False, True])
@pytest.mark.parametrize("hop", [2, 4, 5])
def test_the_inverse_gives_the_signal_back(normalized, onesided, hop) -> None:
    spectrum = stft(SIGNAL, hop_length=hop, normalized=normalized, onesided=onesided)
    found = torch.istft(spectrum, 16, hop, window=WINDOW, normalized=normalized, onesided=onesided, length=120)
    assert torch.allclose(found, SIGNAL)
    assert torch.allclose(
        spectrum[0].istft(16, hop, window=WINDOW, normalized=normalized, onesided=onesided, length=120), SIGNAL[0]
    )


def test_complex_signals_come_back_complex() -> None:
    x = torch.complex(SIGNAL, SIGNAL.flip(1))
    spectrum = stft(x)
    assert spectrum.shape == (2, 16, 31)
    assert torch.allclose(torch.istft(spectrum, 16, window=WINDOW, return_complex=True), x)


def test_gradients_equal_differences() -> None:
    x, w = SIGNAL[:, :40].clone().requires_grad_(), (WINDOW + 0.1).requires_grad_()

    def there_and_back(x, w):
        spectrum = torch.stft(x, 16, window=w, return_complex=True)
        return torch.istft(spectrum * spectrum.abs(), 16, window=w)

    assert ft_autograd.gradcheck(there_and_back, (x, w))


def test_real_pairs_are_deprecated_but_there() -> None:
    with pytest.warns(UserWarning, match="return_complex=False is deprecated"):
        pairs = stft(SIGNAL, return_complex=False)
    assert torch.equal(torch.view_as_complex(pairs.contiguous()), stft(SIGNAL))


def test_no_window_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="A window was not provided"):
        bare = stft(SIGNAL, window=None)
    assert torch.allclose(bare, stft(SIGNAL, window=torch.ones(16, dtype=float64)))


def test_a_length_beyond_the_frames_is_filled_with_zeros() -> None:
    with pytest.warns(UserWarning, match="shorter than the length parameter"):
        found = torch.istft(stft(SIGNAL), 16, window=WINDOW, length=200)
    assert found.shape == (2, 200)
    assert found[:, 128:].abs().max().item() == 0


def test_meta() -> None:
    meta = SIGNAL.to("meta")
    spectrum = stft(meta, window=WINDOW.to("meta"))
    assert spectrum.shape == (2, 9, 31)
    assert torch.istft(spectrum, 16, window=WINDOW.to("meta")).shape == (2, 120)


def test_both_can_be_captured() -> None:
    spectrum = stft(SIGNAL)
    assert torch.equal(capture(stft, SIGNAL)(SIGNAL), spectrum)
    back = capture(lambda x: torch.istft(x, 16, window=WINDOW), spectrum)
    assert torch.allclose(back(spectrum), SIGNAL)


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: stft(SIGNAL, return_complex=None), RuntimeError, "requires the return_complex parameter"),
        (lambda: stft(SIGNAL, align_to_window=True), RuntimeError, "align_to_window should only be set when center = false"),
        (lambda: stft(SIGNAL, 200, center=False), RuntimeError, "expected 0 < n_fft < 120, but got n_fft=200"),
        (lambda: stft(SIGNAL, hop_length=0), RuntimeError, "expected hop_length > 0, but got hop_length=0"),
        (lambda: stft(SIGNAL, win_length=17), RuntimeError, "expected 0 < win_length <= n_fft, but got win_length=17"),
        (lambda: stft(SIGNAL, window=WINDOW[:3]), RuntimeError, r"but got window with size \[3\]"),
        (lambda: stft(SIGNAL, window=WINDOW.to(complex64), onesided=True), RuntimeError, "Cannot have onesided output"),
        (lambda: stft(torch.arange(40)), RuntimeError, "floating point or complex values"),
        (lambda: stft(SIGNAL.reshape(2, 2, 60), center=False), RuntimeError, "expected a 1D or 2D tensor"),
        (lambda: torch.istft(SIGNAL, 16, window=WINDOW), RuntimeError, "requires a complex-valued input tensor"),
        (
            lambda: torch.istft(stft(SIGNAL), 15, window=WINDOW[1:]),
            RuntimeError,
            "to match n_fft / 2 \\+ 1 when onesided=True, but got 9",
        ),
        (lambda: torch.istft(stft(SIGNAL), 16, 17, window=WINDOW), RuntimeError, "expected 0 < hop_length <= win_length"),
        (lambda: torch.istft(stft(SIGNAL), 16, window=WINDOW, center=False), RuntimeError, "window overlap add min: 1"),
        (lambda: torch.istft(stft(SIGNAL), 16, window=WINDOW, return_complex=True), RuntimeError, "Cannot have onesided output"),
        (lambda: torch.istft(stft(SIGNAL), 16, window=WINDOW, length=0), RuntimeError, "at least one sample"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_refusals(make, error, text) -> None:
    with pytest.raises(error, match=text):
        make()
