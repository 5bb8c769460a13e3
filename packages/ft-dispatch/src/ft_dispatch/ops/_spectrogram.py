"""Short-time Fourier transform and its inverse: plain Python over views, a window and the transforms of `fft`.

A frame is a view of the signal (`unfold`); the inverse adds the frames up where they lay and divides by the sum of the squared
windows, which must vanish nowhere. Source: Griffin and Lim 1984, "Signal estimation from modified short-time Fourier transform".
"""

import warnings

from ft_core.keys import META, TRACED

from ..registry import binding
from ..views import owned


def _surface():
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface


def _call(name, x, **given):
    """The call as torch's messages show it."""
    shown = ", ".join(f"{key}={_shown(value)}" for key, value in given.items())
    return f"{name}({x.type()}[{', '.join(map(str, x.shape))}], {shown}) :"


def _shown(value):
    return list(value.shape) if hasattr(value, "shape") else value


def _widened(window, width, n_fft, like, dtype):
    """The window in the middle of n_fft zeros; `width` ones where there is none."""
    if window is None:
        window = like.new_ones((width,), dtype=dtype)
    room = n_fft - width
    return _surface().constant_pad_nd(window, [room // 2, room - room // 2]) if room else window


# -- stft --------------------------------------------------------------------------------------------------------------------------


def _check_stft(call, x, n_fft, hop, width, window):
    if x.dtype.category < 2:
        raise RuntimeError(f"{call} expected a tensor of floating point or complex values")
    if not 1 <= x.ndim <= 2:
        raise RuntimeError(f"{call} expected a 1D or 2D tensor")
    if not 0 < n_fft <= x.shape[-1]:
        raise RuntimeError(f"{call} expected 0 < n_fft < {x.shape[-1]}, but got n_fft={n_fft}")
    if hop <= 0:
        raise RuntimeError(f"{call} expected hop_length > 0, but got hop_length={hop}")
    if not 0 < width <= n_fft:
        raise RuntimeError(f"{call} expected 0 < win_length <= n_fft, but got win_length={width}")
    if window is not None and tuple(window.shape) != (width,):
        raise RuntimeError(
            f"{call} expected a 1D window tensor of size equal to win_length={width}, but got window with size {list(window.shape)}"
        )


@binding("stft")
def stft(
    input,
    n_fft,
    hop_length=None,
    win_length=None,
    window=None,
    center=True,
    pad_mode="reflect",
    normalized=False,
    onesided=None,
    return_complex=None,
    align_to_window=None,
):
    """Fourier transforms of overlapping frames of a signal (L) or of a batch of them (B, L): (B?, frequencies, frames).

    A frame is `n_fft` long and begins `hop_length` (default n_fft // 4) after the one before; `window` (`win_length` long) weights it.
    `center` pads so that frames lie around their time. `onesided` (default for real input) leaves out the mirrored half, `normalized`
    divides by sqrt(n_fft); `return_complex` False gives a last dim of two. RuntimeError where sizes do not fit.
    """
    if center and align_to_window is not None:
        raise RuntimeError("stft align_to_window should only be set when center = false")
    surface = _surface()
    x = input
    if center:
        x = surface.pad(x.reshape((1,) * (3 - x.ndim) + tuple(x.shape)), [n_fft // 2, n_fft // 2], pad_mode)
        x = x.reshape(x.shape[3 - input.ndim :])
    hop, width = n_fft // 4 if hop_length is None else hop_length, n_fft if win_length is None else win_length
    call = _call("stft", x, n_fft=n_fft, hop_length=hop, win_length=width, window=window)
    if return_complex is None and not (x.is_complex() or (window is not None and window.is_complex())):
        raise RuntimeError(
            "stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True "
            "in a future PyTorch release."
        )
    _check_stft(call, x, n_fft, hop, width, window)
    if window is None:
        _warn_rectangular("stft")
    if not center and align_to_window:
        x = surface.constant_pad_nd(x, [(n_fft - width) // 2] * 2)
    frames = x.unfold(-1, n_fft, hop)
    if window is not None or width < n_fft:
        frames = frames * _widened(window, width, n_fft, x, x.dtype)
    found = _transformed(frames, onesided, "ortho" if normalized else None).transpose(-2, -1)
    found = owned(found)
    if return_complex is not False:
        return found
    warnings.warn(
        "stft with return_complex=False is deprecated; ask for complex numbers and call torch.view_as_real on them",
        UserWarning,
        stacklevel=3,
    )
    return surface.view_as_real(found)


def _transformed(frames, onesided, norm):
    fft = _surface().fft
    if onesided is None:
        onesided = not frames.is_complex()
    if not onesided:
        return fft.fft(frames, norm=norm)
    if frames.is_complex():
        raise RuntimeError("Cannot have onesided output if window or input is complex")
    return fft.rfft(frames, norm=norm)


def _warn_rectangular(name):
    warnings.warn(
        f"{name}: A window was not provided. A rectangular window will be applied, which is known to cause spectral leakage; give "
        "`window=torch.ones(n_fft)` to mean it, or torch.hann_window",
        UserWarning,
        stacklevel=4,
    )


# -- istft -------------------------------------------------------------------------------------------------------------------------


def _check_istft(call, x, n_fft, hop, width, window, onesided):
    if not x.is_complex():
        raise RuntimeError("istft requires a complex-valued input tensor matching the output from stft with return_complex=True.")
    if x.numel() == 0:
        raise RuntimeError(f"{call} input tensor cannot be empty.")
    if x.ndim not in (2, 3):
        raise RuntimeError(f"{call} expected a tensor with 3 or 4 dimensions, but got {x.ndim + 1}")
    bins = n_fft // 2 + 1 if onesided else n_fft
    if x.shape[-2] != bins:
        wanted = "n_fft / 2 + 1 when onesided=True" if onesided else "n_fft when onesided=False"
        raise RuntimeError(
            f"{call} expected the frequency dimension (3rd to the last) of the input tensor to match {wanted}, but got {x.shape[-2]}"
        )
    if not 0 < hop <= width:
        raise RuntimeError(f"{call} expected 0 < hop_length <= win_length")
    if not 0 < width <= n_fft:
        raise RuntimeError(f"{call} expected 0 < win_length <= n_fft")
    if window is not None and tuple(window.shape) != (width,):
        raise RuntimeError(f"{call} Invalid window shape. window has to be 1D and length of `win_length`")


def _frames(x, n_fft, window, normalized, onesided, return_complex):
    """(B, frames, n_fft): the inverse transform of each frame, real unless complex numbers are asked for."""
    fft = _surface().fft
    norm = "ortho" if normalized else None
    x = x.transpose(-2, -1)
    if return_complex:
        if onesided:
            raise RuntimeError("Cannot have onesided output if window or input is complex")
        return fft.ifft(x, norm=norm)
    if window is not None and window.is_complex():
        raise RuntimeError("Complex windows are incompatible with return_complex=False")
    return fft.irfft(x if onesided else x.narrow(-1, 0, n_fft // 2 + 1), n_fft, norm=norm)


@binding("istft")
def istft(
    input,
    n_fft,
    hop_length=None,
    win_length=None,
    window=None,
    center=True,
    normalized=False,
    onesided=None,
    length=None,
    return_complex=False,
):
    """The signal (B?, L) that `stft` made input (B?, frequencies, frames) of, by least squares from overlapping frames.

    Parameters as given to `stft`; `length` cuts the signal, or fills it with zeros. RuntimeError where sizes do not fit, or where the
    windows leave part of the signal uncovered.
    """
    hop, width = n_fft // 4 if hop_length is None else hop_length, n_fft if win_length is None else win_length
    call = _call("istft", input, n_fft=n_fft, hop_length=hop, win_length=width, window=window, center=center, length=length)
    if window is None:
        _warn_rectangular("istft")
    onesided = (input.ndim > 1 and input.shape[-2] != n_fft) if onesided is None else onesided
    _check_istft(call, input, n_fft, hop, width, window, onesided)
    x = input if input.ndim == 3 else input.unsqueeze(0)
    frames = _frames(x, n_fft, window, normalized, onesided, return_complex)
    window = _widened(window, width, n_fft, input, input.dtype.to_real())
    count = frames.shape[1]
    whole = n_fft + hop * (count - 1)
    add_up = _surface().raw.unfold_backward
    signal = add_up(frames * window, (frames.shape[0], whole), 1, n_fft, hop)
    weight = add_up((window * window).expand((1, count, n_fft)), (1, whole), 1, n_fft, hop)
    start = n_fft // 2 if center else 0
    end = start + length if length is not None else whole - start
    kept = max(min(end, whole) - start, 0)
    signal, weight = signal.narrow(1, start, kept), weight.narrow(1, start, kept)
    _check_covered(call, weight)
    signal = signal / weight
    if end > whole:
        warnings.warn(
            "The length of signal is shorter than the length parameter. Result is being padded with zeros in the tail. Please check "
            "your center and hop_length settings.",
            UserWarning,
            stacklevel=3,
        )
        signal = _surface().constant_pad_nd(signal, [0, end - whole])
    return signal if input.ndim == 3 else signal.squeeze(0)


def _check_covered(call, weight):
    if weight.numel() == 0:
        raise RuntimeError(f"{call} expected a signal of at least one sample; got none with this `length`")
    if weight._k & (META | TRACED):  # no data to look at: a captured call divides by zero where eager code refuses
        return
    if bool((weight.abs() < 1e-11).any()):
        raise RuntimeError(f"{call} window overlap add min: 1; the windows do not cover the signal")
