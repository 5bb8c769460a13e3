"""Pooling whose places are data: max_unpool puts values back where a pooling found them, fractional pooling walks windows at random places.

Apart from `pool`, whose windows lie on a grid. All of it is gathering and scattering within a plane, so decompositions serve every backend.
"""

from ft_core import int64
from ft_core.layout import suggest_memory_format

from ..kinds import INDEX, OPAQUE
from ..meta import follows_format
from ..op import op
from ..registry import OPS
from ..views import owned
from .creation import arange
from .index import sizes
from .reduction import scalar_type

max_unpool2d = op(
    "max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor",
    "Values put at their places in planes of zeros.",
    kind=INDEX,
    variants="",
    out=True,
)
max_unpool3d = op(
    "max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor",
    "Values put at their places in volumes of zeros.",
    kind=INDEX,
    variants="",
    out=True,
)


def _fractional_records(n):
    forward = op(
        f"fractional_max_pool{n}d(Tensor self, int[{n}] kernel_size, int[{n}] output_size, Tensor random_samples) -> (Tensor, Tensor)",
        "Largest element of windows at pseudo-random places (Graham, 2014), and where it stood.",
        kind=OPAQUE,
        variants="",
    )
    backward = op(
        f"fractional_max_pool{n}d_backward(Tensor grad_output, Tensor self, int[{n}] kernel_size, int[{n}] output_size, Tensor indices) "
        "-> Tensor",
        "The cotangent at the places of the maxima.",
        kind=OPAQUE,
        variants="",
    )
    return forward, backward


fractional_max_pool2d, fractional_max_pool2d_backward = _fractional_records(2)
fractional_max_pool3d, fractional_max_pool3d_backward = _fractional_records(3)


# -- unpooling -------------------------------------------------------------------------------------------------------------------


def _unpooled(self, indices, output_size, n):
    if indices.dtype is not int64:
        raise RuntimeError(f"elements in indices should be type int64 but got: {scalar_type(indices.dtype)}")
    if len(output_size) != n:
        words = {2: "two elements (height, width)", 3: "three elements (depth, height, width)"}
        raise RuntimeError(f"There should be exactly {words[n]} in output_size, but got {len(output_size)} elements.")
    if self.ndim not in (n + 1, n + 2):
        raise RuntimeError(
            f"Input to max_unpooling{n}d should be a {n + 1}d or {n + 2}d Tensor, but got a tensor with {self.ndim} dimensions."
        )
    shape = sizes(self)
    if shape != sizes(indices):
        raise RuntimeError(
            f"Expected shape of indices to be same as that of the input tensor ({list(shape)}) but got indices tensor with shape: "
            f"{list(indices.shape)}"
        )
    for d in range(self.ndim - n, self.ndim):
        if shape[d] == 0:
            raise RuntimeError(
                f"max_unpooling{n}d_forward_out(): Expected input to have non-zero size for non-batch dimensions, but got {list(shape)} "
                f"with dimension {d} being empty."
            )
    return (*shape[:-n], *output_size), self.dtype


@max_unpool2d.meta
def _(self, indices, output_size):
    shape, kind = _unpooled(self, indices, output_size, 2)
    return [(shape, kind, follows_format(self, shape))]


@max_unpool3d.meta
def _(self, indices, output_size, stride, padding):
    if len(stride) != 3 or len(padding) != 3:
        raise RuntimeError(
            f"There should be exactly three elements (depth, height, width) in stride, but got: {len(stride)} elements."
        )
    if min(stride) <= 0:
        raise RuntimeError(f"strides should be greater than zero, but got stride: {list(stride)}")
    return _unpooled(self, indices, output_size, 3)


def _put(self, indices, shape, n):
    """Planes of zeros with self's values at their places; RuntimeError for a place outside its plane."""
    lead, output_size = shape[:-n], shape[-n:]
    size = _product(output_size)
    if not self.numel():
        return self.new_zeros(shape)
    flat, places = self.reshape((*lead, -1)), indices.reshape((*lead, -1))
    if self.device.type != "meta":
        lowest, highest = places.min().item(), places.max().item()
        if lowest < 0 or highest >= size:
            volume = "x".join(map(str, output_size))
            raise RuntimeError(
                f"Found an invalid max index: {highest if lowest >= 0 else lowest} (output volumes are of size {volume}"
            )
    return owned(self.new_zeros((*lead, size)).scatter(-1, places, flat).reshape(shape))


def _product(values):
    total = 1
    for value in values:
        total *= value
    return total


@max_unpool2d.decompose
def _(self, indices, output_size):
    shape, _ = _unpooled(self, indices, output_size, 2)
    form = suggest_memory_format(sizes(self), self.stride())
    return _put(self, indices, shape, 2).contiguous(memory_format=form)


@max_unpool3d.decompose
def _(self, indices, output_size, stride, padding):
    shape, _ = max_unpool3d.meta_rule(self, indices, output_size, stride, padding)
    return _put(self, indices, shape, 3)


# -- fractional pooling ----------------------------------------------------------------------------------------------------------


def _check_fractional(self, kernel_size, output_size, random_samples, n):
    shape = sizes(self)
    name = f"fractional_max_pool{n}d"
    if len(kernel_size) != n:
        raise RuntimeError(f"{name}: kernel_size must either be a single Int or tuple of Ints")
    if len(output_size) != n:
        raise RuntimeError(f"{name}: output_size must either be a single Int or tuple of Ints")
    if min(output_size) <= 0:
        raise RuntimeError(f"{name}(): output_size must be greater than zero, but got {list(output_size)}")
    if self.ndim not in (n + 1, n + 2) or 0 in shape[-n - 1 :]:
        raise RuntimeError(
            f"{name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes {list(shape)}"
        )
    if self.dtype is not random_samples.dtype:
        raise RuntimeError("Expect _random_samples to have the same dtype as input")
    batch = shape[0] if self.ndim == n + 2 else 1
    if random_samples.ndim != 3 or sizes(random_samples)[0] < batch or sizes(random_samples)[1] < shape[-n - 1]:
        raise RuntimeError(f"Expect _random_samples of shape (N, C, {n}), but got {list(random_samples.shape)}")
    if random_samples.shape[2] != n:
        raise RuntimeError(f"Expect _random_samples.size(2) equals {n} got {random_samples.shape[2]}.")
    for name_, k, o, size in zip(("T", "height", "width")[-n:], kernel_size, output_size, shape[-n:], strict=True):
        if o + k - 1 > size:
            raise RuntimeError(f"{name}(): pool {name_} {k} too large relative to input {name_} {size}")


def _fractional_meta(self, kernel_size, output_size, random_samples):
    n = len(kernel_size)
    _check_fractional(self, kernel_size, output_size, random_samples, n)
    shape = (*sizes(self)[:-n], *output_size)
    return [(shape, self.dtype), (shape, int64)]


def _starts(samples, size, count, k):
    """First place of each window along a dim: torch's pseudo-random sequence, in the dtype of the samples. (…) -> (…, count)"""
    last = size - k
    if count == 1:
        return samples.new_full((*samples.shape, 1), last, dtype=int64)
    alpha = samples.new_full((), last) / (count - 1)
    steps = arange(0, count - 1, dtype=samples.dtype, device=samples.device)
    u = samples.unsqueeze(-1)
    walked = ((steps + u) * alpha).to(int64) - (u * alpha).to(int64)
    return OPS["cat"].wrapper([walked, walked.new_full((*walked.shape[:-1], 1), last)], -1)


def _fractional(self, kernel_size, output_size, random_samples):
    n = len(kernel_size)
    _check_fractional(self, kernel_size, output_size, random_samples, n)
    lead, inner = sizes(self)[:-n], sizes(self)[-n:]
    samples = random_samples[: lead[0], : lead[1]] if len(lead) == 2 else random_samples[0, : lead[0]]
    order = range(n) if n == 3 else (1, 0)  # in two dims the first sample belongs to the width
    places = None
    for d, (sample, size, o, k) in enumerate(zip(order, inner, output_size, kernel_size, strict=True)):
        starts = _starts(samples.select(-1, sample), size, o, k)
        at = starts.unsqueeze(-1) + arange(0, k, device=self.device)  # (*lead, o, k)
        at = at.reshape((*lead, *[1] * d, o, *[1] * (n - 1), k, *[1] * (n - 1 - d)))
        places = at if places is None else places * size + at
    flat = places.reshape((*lead, *output_size, _product(kernel_size)))
    spread = flat.reshape((*lead, _product(output_size) * _product(kernel_size)))
    values = self.reshape((*lead, _product(inner))).gather(-1, spread).reshape(flat.shape)
    best, which = values.max(-1)
    return best, owned(flat.gather(-1, which.unsqueeze(-1)).squeeze(-1))


def _fractional_backward(grad_output, self, kernel_size, output_size, indices):
    n = len(kernel_size)
    lead = sizes(self)[:-n]
    flat = grad_output.new_zeros((*lead, _product(sizes(self)[-n:])))
    count = _product(sizes(indices)[-n:])
    return flat.scatter_add(-1, indices.reshape((*lead, count)), grad_output.reshape((*lead, count))).reshape(self.shape)


for _forward, _backward in (
    (fractional_max_pool2d, fractional_max_pool2d_backward),
    (fractional_max_pool3d, fractional_max_pool3d_backward),
):
    _forward.meta(_fractional_meta)
    _forward.decompose(_fractional)
    _backward.meta(lambda grad_output, self, *rest: (sizes(self), grad_output.dtype))
    _backward.decompose(_fractional_backward)
