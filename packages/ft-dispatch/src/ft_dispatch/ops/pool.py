"""Pooling over windows in one to three dims: maximum (with the places the backward needs), average, adaptive forms.

As in ATen the 2-d and 3-d ops with indices hold kernel and gradient; max_pool1d and friends are composites over them. The shape
rule is torch's: with ceil_mode a last window may hang over if it starts inside the input or its left padding.
"""

from functools import reduce

from ft_core import int64
from ft_core.keys import CPU, DEVICES, GRAD
from ft_core.state import TL

from ..kinds import COMPOSITE, OPAQUE
from ..meta import follows_format
from ..op import op
from ..registry import OPS, binding
from ..routes import UNROUTED
from ..views import owned
from .adaptive_pool import adaptive_shape, average2d, average3d, largest2d, largest3d
from .index import sizes
from .reduction import scalar_type


def _max_records(n):
    common = f"int[{n}] kernel_size, int[{n}] stride{{}}, int[{n}] padding{{}}, int[{n}] dilation{{}}, bool ceil_mode{{}}"
    given, default = common.format("", "", "", ""), common.format("=[]", "=0", "=1", "=False")
    forward = op(
        f"max_pool{n}d_with_indices(Tensor self, {default}) -> (Tensor, Tensor)",
        "Largest element of each window and its place.",
        kind=OPAQUE,
        variants="",
        keeps_format=True,
    )
    backward = op(
        f"max_pool{n}d_with_indices_backward(Tensor grad_output, Tensor self, {given}, Tensor indices) -> Tensor",
        "The cotangent at the places of the maxima.",
        kind=OPAQUE,
        variants="",
    )
    return forward, backward


max_pool2d_with_indices, max_pool2d_with_indices_backward = _max_records(2)
max_pool3d_with_indices, max_pool3d_with_indices_backward = _max_records(3)
max_pool1d_with_indices = op(
    "max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool "
    "ceil_mode=False) "
    "-> (Tensor, Tensor)",
    "Largest element of each window and its place.",
    kind=COMPOSITE,
    variants="function",
)


def _max_composite(n):
    return op(
        f"max_pool{n}d(Tensor self, int[{n}] kernel_size, int[{n}] stride=[], int[{n}] padding=0, int[{n}] dilation=1, "
        "bool ceil_mode=False) -> Tensor",
        "Largest element of each window.",
        kind=COMPOSITE,
        variants="function",
    )


max_pool1d, max_pool2d, max_pool3d = _max_composite(1), _max_composite(2), _max_composite(3)


def _avg_records(n):
    common = (
        f"int[{n}] kernel_size, int[{n}] stride{{}}, int[{n}] padding{{}}, bool ceil_mode{{}}, "
        "bool count_include_pad{}, int? divisor_override{}"
    )
    forward = op(
        f"avg_pool{n}d(Tensor self, {common.format('=[]', '=0', '=False', '=True', '=None')}) -> Tensor",
        "Mean of each window.",
        kind=OPAQUE,
        variants="",
        python=f"nn.functional.avg_pool{n}d",
        accumulate="float32",
        keeps_format=n == 2,
        out=True,
    )
    backward = op(
        f"avg_pool{n}d_backward(Tensor grad_output, Tensor self, {common.format('', '', '', '', '')}) -> Tensor",
        "The cotangent shared among each window's elements.",
        kind=OPAQUE,
        variants="",
    )
    return forward, backward


avg_pool2d, avg_pool2d_backward = _avg_records(2)
avg_pool3d, avg_pool3d_backward = _avg_records(3)
avg_pool1d = op(
    "avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, "
    "bool count_include_pad=True) -> Tensor",
    "Mean of each window.",
    kind=COMPOSITE,
    variants="function",
    python="nn.functional.avg_pool1d",
)


def _average_composite(n):
    return op(
        f"adaptive_avg_pool{n}d(Tensor self, SymInt[{n}] output_size) -> Tensor",
        "Mean of windows that cover the input.",
        kind=COMPOSITE,
        variants="",
    )


adaptive_avg_pool2d, adaptive_avg_pool3d = _average_composite(2), _average_composite(3)
adaptive_avg_pool1d = op(
    "adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor",
    "Mean of windows that cover the input.",
    kind=COMPOSITE,
    variants="function",
    python="nn.functional.adaptive_avg_pool1d",
)
adaptive_max_pool1d = op(
    "adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)",
    "Largest of windows that cover the input.",
    kind=COMPOSITE,
    variants="function",
)


# -- shapes and checks ---------------------------------------------------------------------------------------------------------


def pooled_size(size, k, stride, padding, dilation, ceil_mode):
    """How many windows fit along one dim."""
    reach = size + 2 * padding - dilation * (k - 1) - 1
    count = (-(-reach // stride) if ceil_mode else reach // stride) + 1
    return count - 1 if ceil_mode and (count - 1) * stride >= size + padding else count


def each_dim(values, n):
    """One value per dim: a single one stands for all, as in torch's parser."""
    return tuple(values) * n if len(values) == 1 else tuple(values)


def _check_rank(self, n):
    shape = sizes(self)
    if self.ndim not in (n + 1, n + 2) or 0 in shape[-n - 1 :]:
        raise RuntimeError(f"non-empty {n + 1}D or {n + 2}D (batch mode) tensor expected for input")


def _pooled(name, self, k, stride, padding, dilation, ceil_mode):
    n = len(k)
    stride, padding, dilation = each_dim(stride or k, n), each_dim(padding, n), each_dim(dilation, n)
    if any(v <= 0 for v in k):
        raise RuntimeError(
            "kernel size should be greater than zero, but got "
            + " ".join(f"{label}: {v}" for label, v in zip(("kT", "kH", "kW")[-n:], k, strict=True))
        )
    if any(v <= 0 for v in stride):
        raise RuntimeError("stride should not be zero")
    if any(v <= 0 for v in dilation):
        raise RuntimeError("dilation should be greater than zero, but got " + " ".join(map(str, dilation)))
    for p, w, d in zip(padding, k, dilation, strict=True):
        if p < 0:
            raise RuntimeError(f"pad must be non-negative, but got pad: {p}")
        if p > ((w - 1) * d + 1) // 2:
            raise RuntimeError(
                f"pad should be at most half of effective kernel size, but got pad={p}, kernel_size={w} and dilation={d}"
            )
    _check_rank(self, n)
    shape = sizes(self)
    each = zip(shape[-n:], k, stride, padding, dilation, strict=True)
    outs = tuple(pooled_size(*values, ceil_mode) for values in each)
    if min(outs) < 1:
        before, after = "x".join(map(str, shape[-n - 1 :])), "x".join(map(str, (shape[-n - 1], *outs)))
        raise RuntimeError(f"Given input size: ({before}). Calculated output size: ({after}). Output size is too small")
    return (*shape[:-n], *outs)


def _no_integers(name, self):
    if self.dtype.category == 0 or self.dtype.is_complex:
        raise NotImplementedError(f"\"{name}\" not implemented for '{scalar_type(self.dtype)}'")


@max_pool2d_with_indices.meta
@max_pool3d_with_indices.meta
def _(self, kernel_size, stride, padding, dilation, ceil_mode):
    shape = _pooled("max_pool", self, kernel_size, stride, padding, dilation, ceil_mode)
    _no_integers("max_pool2d", self)
    strides = follows_format(self, shape)
    return [(shape, self.dtype, strides), (shape, int64, strides)]


@avg_pool2d.meta
@avg_pool3d.meta
def _(self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    if divisor_override == 0:
        raise RuntimeError("divisor must be not zero")
    shape = _pooled("avg_pool", self, kernel_size, stride, padding, (1,) * len(kernel_size), ceil_mode)
    if self.dtype.category == 0:
        raise NotImplementedError(f"\"avg_pool{len(kernel_size)}d_out_frame\" not implemented for '{scalar_type(self.dtype)}'")
    return [(shape, self.dtype, follows_format(self, shape) if len(kernel_size) == 2 else None)]


@max_pool2d_with_indices_backward.meta
@max_pool3d_with_indices_backward.meta
@avg_pool2d_backward.meta
def _(grad_output, self, *params):
    return [(sizes(self), grad_output.dtype, follows_format(self, sizes(self)))]


@avg_pool3d_backward.meta
def _(grad_output, self, *params):  # torch's is contiguous, as its forward
    return [(sizes(self), grad_output.dtype)]


# -- compositions --------------------------------------------------------------------------------------------------------------


def _check_1d(self, name):
    if self.ndim not in (2, 3):
        raise RuntimeError(f"{name}() Expected 2D or 3D input tensor, but got {list(self.shape)}")


@max_pool1d_with_indices.decompose
def _(self, kernel_size, stride, padding, dilation, ceil_mode):
    _check_1d(self, "max_pool1d_with_indices")
    stride = stride or kernel_size
    values, places = max_pool2d_with_indices.wrapper(
        self.unsqueeze(-2), (1, *kernel_size), (1, *stride), (0, *padding), (1, *dilation), ceil_mode
    )
    return values.squeeze(-2), places.squeeze(-2)


_SEEN = GRAD | UNROUTED | DEVICES & ~CPU  # keys of tensors on which somebody asks for the places, or sees how the maxima are found
_FEW = 8  # taps up to which a pass for each is quicker than finding the places (measured)


def _largest_of_taps(self, k, stride, dilation):
    """The maxima alone, tap by tap; None where that is no shorter or the sizes are for the op with places to refuse."""
    k, stride, dilation = k[0], stride[0], dilation[0]
    if not 0 < k <= _FEW or stride < 1 or dilation < 1 or self.dtype.category != 2 or not self.numel():
        return None
    span = self.shape[-1] - dilation * (k - 1)
    if span < 1:
        return None
    span -= (span - 1) % stride
    taps = [OPS["slice.Tensor"].wrapper(self, -1, i * dilation, i * dilation + span, stride) for i in range(k)]
    return reduce(OPS["maximum"].wrapper, taps) if k > 1 else taps[0].clone()


@max_pool1d.decompose
def _(self, kernel_size, stride, padding, dilation, ceil_mode):
    _check_1d(self, "max_pool1d")
    if not (self._k | TL.st.bits) & _SEEN and not ceil_mode and padding[0] == 0:
        found = _largest_of_taps(self, kernel_size, stride or kernel_size, dilation)
        if found is not None:
            return found
    return owned(max_pool1d_with_indices.wrapper(self, kernel_size, stride, padding, dilation, ceil_mode)[0])


@max_pool2d.decompose
def _(self, kernel_size, stride, padding, dilation, ceil_mode):
    return max_pool2d_with_indices.wrapper(self, kernel_size, stride, padding, dilation, ceil_mode)[0]


@max_pool3d.decompose
def _(self, kernel_size, stride, padding, dilation, ceil_mode):
    return max_pool3d_with_indices.wrapper(self, kernel_size, stride, padding, dilation, ceil_mode)[0]


@avg_pool1d.decompose
def _(self, kernel_size, stride, padding, ceil_mode, count_include_pad):
    _check_1d(self, "avg_pool1d")
    stride = stride or kernel_size
    made = avg_pool2d.wrapper(self.unsqueeze(-2), (1, *kernel_size), (1, *stride), (0, *padding), ceil_mode, count_include_pad)
    return made.squeeze(-2)


def _whole(size):
    return all(n == 1 for n in size)


@adaptive_avg_pool2d.decompose
@adaptive_avg_pool3d.decompose
def _(self, output_size):
    n = len(output_size)
    adaptive_shape(f"adaptive_avg_pool{n}d", self, output_size)
    if _whole(output_size) and not self.dtype.category < 2:  # torch takes the mean then, which its logs show
        return self.mean(tuple(range(-n, 0)), keepdim=True)
    return (average2d if n == 2 else average3d).wrapper(self, output_size)


@adaptive_avg_pool1d.decompose
def _(self, output_size):
    if self.ndim not in (2, 3):
        raise RuntimeError(f"adaptive_avg_pool1d() Expected 2D or 3D input tensor, but got {list(self.shape)}")
    return adaptive_avg_pool2d.wrapper(self.unsqueeze(-2), (1, *output_size)).squeeze(-2)


@adaptive_max_pool1d.decompose
def _(self, output_size):
    if self.ndim not in (2, 3):
        raise RuntimeError(f"adaptive_max_pool1d() Expected 2D or 3D input tensor, but got {list(self.shape)}")
    values, places = largest2d.wrapper(self.unsqueeze(-2), (1, *output_size))
    return values.squeeze(-2), places.squeeze(-2)


# -- what users type -----------------------------------------------------------------------------------------------------------


def _with_choice(n, plain, with_indices):
    def max_pool(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
        args = (input, kernel_size, () if stride is None else stride, padding, dilation, ceil_mode)
        return tuple(with_indices.wrapper(*args)) if return_indices else plain.wrapper(*args)

    max_pool.__name__ = max_pool.__qualname__ = f"nn.functional.max_pool{n}d"
    max_pool.__doc__ = f"Largest element of each window over {n} dims; with return_indices also its place in the plane."
    binding(f"nn.functional.max_pool{n}d", method=False, function=False, python=f"nn.functional.max_pool{n}d")(max_pool)


_with_choice(1, max_pool1d, max_pool1d_with_indices)
_with_choice(2, max_pool2d, max_pool2d_with_indices)
_with_choice(3, max_pool3d, max_pool3d_with_indices)


def _adaptive_sizes(input, output_size, n):
    if isinstance(output_size, int):
        return (output_size,) * n
    wanted = (None,) * n if output_size is None else tuple(output_size)
    if input.ndim <= n:
        raise ValueError(f"Input dimension should be at least {n + 1}, got {input.ndim}")
    if len(wanted) != n:
        raise RuntimeError(f"adaptive_pool{n}d: output_size must be {n}; it has {len(wanted)} elements")
    have = tuple(input.shape)[-n:]
    return tuple(h if w is None else w for h, w in zip(have, wanted, strict=True))


def _adaptive(n, average, largest):
    def adaptive_avg_pool(input, output_size):
        return average.wrapper(input, _adaptive_sizes(input, output_size, n))

    def adaptive_max_pool(input, output_size, return_indices=False):
        found = largest.wrapper(input, _adaptive_sizes(input, output_size, n))
        return tuple(found) if return_indices else found[0]

    for function, kind, text in ((adaptive_avg_pool, "avg", "Mean"), (adaptive_max_pool, "max", "Largest element")):
        name = f"nn.functional.adaptive_{kind}_pool{n}d"
        function.__name__ = function.__qualname__ = name
        function.__doc__ = f"{text} of windows that cover {n} dims evenly; None in output_size keeps a size."
        binding(name, method=False, function=False, python=name)(function)


_adaptive(2, adaptive_avg_pool2d, largest2d)
_adaptive(3, adaptive_avg_pool3d, largest3d)
_adaptive(1, adaptive_avg_pool1d, adaptive_max_pool1d)
