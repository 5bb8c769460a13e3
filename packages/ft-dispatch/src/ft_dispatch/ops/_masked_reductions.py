"""torch.masked: reductions and normalisations of the elements where a mask is true. Plain Python over ops.

A masked-out element is replaced by the number that leaves the operation's result as it is (0 for a sum, -inf for a maximum), so
that it counts for nothing; then the plain op runs. What no number leaves alone (mean, variance) is made of sums and counts.
Dense tensors. Source: torch.masked.
"""

from math import inf, nan

from ft_core import float32, iinfo, int64
from ft_core.dtype import bool_ as bool_dtype

from ..registry import binding


def _surface():
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface


# -- dims, masks, neutral elements -------------------------------------------------------------------------------------------------


def _dims(dim, rank):
    """`dim` (None and () mean all) as a sorted tuple. IndexError outside the tensor, RuntimeError for one named twice."""
    if dim is None or dim == ():
        return tuple(range(rank))
    bound, found = max(rank, 1), []
    for d in (dim,) if isinstance(dim, int) else dim:
        if d in found:
            raise RuntimeError(f"dim={d} appears multiple times in the list of dims")
        if not -bound <= d < bound:
            raise IndexError(f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], but got {d})")
        found.append(d % bound)
    return tuple(sorted(found))


def _mask(input, mask):
    """The mask as bool and in input's shape. IndexError where it has more dimensions, RuntimeError where it does not broadcast."""
    if mask.ndim > input.ndim:
        raise IndexError("_input_mask expected broadcastable mask (got mask dimensionality higher than of the input)")
    return mask.expand(input.shape).to(bool_dtype)


def _least(kind):
    return -inf if kind.is_floating_point or kind.is_complex else iinfo(kind).min


def _greatest(kind):
    return inf if kind.is_floating_point else iinfo(kind).max


def _real_only(name, input):
    if input.dtype.is_complex or input.dtype is bool_dtype:
        raise NotImplementedError(f"identity of {name} on {input.dtype} input")


def _filled(input, mask, neutral):
    """input with `neutral` where the mask is false."""
    return input if mask is None else _surface().where(_mask(input, mask), input, input.new_full((), neutral))


def _summed_dtype(input):
    return input.dtype if input.dtype.category > 1 else int64


# -- reductions --------------------------------------------------------------------------------------------------------------------


@binding("masked.sum", method=False)
def masked_sum(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Sum along `dim` (default all) of the elements where `mask` is true; 0 where none is. Integers are added as int64."""
    filled = _filled(input, mask, 0)
    return filled.sum(_dims(dim, input.ndim), bool(keepdim), dtype=dtype or _summed_dtype(input))


@binding("masked.prod", method=False)
def masked_prod(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Product along `dim` (default all) of the elements where `mask` is true; 1 where none is."""
    made = _filled(input, mask, 1).to(dtype or _summed_dtype(input))
    for d in reversed(_dims(dim, input.ndim)):
        made = made.prod(d, bool(keepdim))
    return made


@binding("masked.amax", method=False)
def masked_amax(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Largest element along `dim` where `mask` is true; the dtype's least value where none is."""
    _real_only("amax", input)
    return _filled(input, mask, _least(input.dtype)).amax(_dims(dim, input.ndim), bool(keepdim)).to(dtype or input.dtype)


@binding("masked.amin", method=False)
def masked_amin(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Smallest element along `dim` where `mask` is true; the dtype's greatest value where none is."""
    _real_only("amin", input)
    return _filled(input, mask, _greatest(input.dtype)).amin(_dims(dim, input.ndim), bool(keepdim)).to(dtype or input.dtype)


@binding("masked.argmax", method=False)
def masked_argmax(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Place of the largest element along `dim` (of all: in the flat input) where `mask` is true; in input's dtype, unless given."""
    _real_only("argmax", input)
    return _filled(input, mask, _least(input.dtype)).argmax(dim, bool(keepdim)).to(dtype or input.dtype)


@binding("masked.argmin", method=False)
def masked_argmin(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Place of the smallest element along `dim` (of all: in the flat input) where `mask` is true; in input's dtype, unless given."""
    _real_only("argmin", input)
    return _filled(input, mask, _greatest(input.dtype)).argmin(dim, bool(keepdim)).to(dtype or input.dtype)


@binding("masked.logsumexp", method=False)
def masked_logsumexp(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """log of the sum of exponentials along `dim` where `mask` is true; -inf where it is nowhere."""
    filled = _filled(input, mask, _least(input.dtype))
    return filled.logsumexp(_dims(dim, input.ndim), bool(keepdim)).to(dtype or input.dtype)


@binding("masked.logaddexp", method=False)
def masked_logaddexp(input, other, *, dtype=None, input_mask=None, other_mask=None):
    """log(exp(input) + exp(other)), each counted only where its own mask is true."""
    one, two = _filled(input, input_mask, _least(input.dtype)), _filled(other, other_mask, _least(other.dtype))
    return one.logaddexp(two).to(dtype or input.dtype)


@binding("masked.norm", method=False)
def masked_norm(input, ord=2.0, dim=None, *, keepdim=False, dtype=None, mask=None):
    """p-norm along `dim` (default all) of the elements where `mask` is true; 0 where none is, inf for ord -inf."""
    filled = _filled(input, mask, inf if ord == -inf else 0)
    return _surface().linalg.vector_norm(filled, ord, _dims(dim, input.ndim), bool(keepdim), dtype=dtype or input.dtype)


def _counted(input, dim, keepdim, mask):
    """How many elements count along `dim`."""
    ones = input.new_ones(input.shape, dtype=int64) if mask is None else mask
    return ones.sum(_dims(dim, input.ndim), keepdim)


@binding("masked.mean", method=False)
def masked_mean(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    """Mean along `dim` (default all) of the elements where `mask` is true; NaN where none is. ValueError for an integer dtype."""
    kind = dtype or input.dtype
    if kind.category < 2:
        source = "Input" if dtype is None else "Optional"
        raise ValueError(
            f"mean(): Could not infer output dtype. {source} dtype must be either a floating point or complex dtype. Got: {kind}"
        )
    inside = None if mask is None else _mask(input, mask)
    return masked_sum(input, dim, keepdim=keepdim, dtype=kind, mask=inside) / _counted(input, dim, bool(keepdim), inside)


@binding("masked.median", method=False)
def masked_median(input, dim=-1, *, keepdim=False, dtype=None, mask=None):
    """Lower median along `dim` of the elements where `mask` is true; NaN where none is, ValueError then for integers."""
    whole = not input.is_floating_point()
    place = _dims(dim, input.ndim)[0]
    x = input.to(float32) if whole else input
    found = _surface().nanmedian(_filled(x, mask, nan), place, keepdim).values
    if not whole:
        return found
    if bool(found.isnan().any()):
        raise ValueError("masked median expects no fully masked out rows if dtype is not floating point")
    return found.to(dtype or input.dtype)


def _spread(input, dim, unbiased, correction, keepdim, dtype, mask):
    """Sum of squared distances from the mean over n - correction."""
    if unbiased is not None and correction is not None:
        raise AssertionError("Only one of unbiased and correction may be given")
    less = (1.0 if unbiased is None or unbiased else 0.0) if correction is None else float(correction)
    kind = dtype or (input.dtype if input.dtype.category > 1 else float32)
    wide = kind if kind.category > 1 else float32
    inside = None if mask is None else _mask(input, mask)
    count = _counted(input, dim, True, inside)
    d = input - masked_sum(input, dim, keepdim=True, dtype=kind, mask=inside) / count
    total = masked_sum(d * d.conj(), dim, keepdim=keepdim, dtype=wide, mask=inside)
    count = count if keepdim else count.reshape(total.shape)
    if less:
        real = wide.to_real() if wide.is_complex else wide
        count = (count.to(real) - less).clamp(min=0)
    return (total / count).to(kind)


@binding("masked.var", method=False)
def masked_var(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None, mask=None):
    """Variance along `dim` of the elements where `mask` is true, over n - correction (1 by default); NaN where none is."""
    return _spread(input, dim, unbiased, correction, keepdim, dtype, mask)


@binding("masked.std", method=False)
def masked_std(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None, mask=None):
    """Standard deviation along `dim` of the elements where `mask` is true, over n - correction (1 by default)."""
    return _spread(input, dim, unbiased, correction, keepdim, dtype, mask).sqrt()


# -- normalisations and running reductions: the result has input's shape -----------------------------------------------------------


@binding("masked.cumsum", method=False)
def masked_cumsum(input, dim, *, dtype=None, mask=None):
    """Running sum along `dim` that passes over what is masked out; in input's dtype, unless given."""
    kind = dtype or input.dtype
    return _filled(input, mask, 0).cumsum(_dims(dim, input.ndim)[0], dtype=kind)


@binding("masked.cumprod", method=False)
def masked_cumprod(input, dim, *, dtype=None, mask=None):
    """Running product along `dim` that passes over what is masked out; in input's dtype, unless given."""
    kind = dtype or input.dtype
    return _filled(input, mask, 1).cumprod(_dims(dim, input.ndim)[0], dtype=kind)


@binding("masked.softmax", method=False)
def masked_softmax(input, dim, *, dtype=None, mask=None):
    """Exponentials over their sum along `dim`, among the elements where `mask` is true; NaN where none is."""
    return _surface().softmax(_filled(input, mask, _least(input.dtype)), _dims(dim, input.ndim)[0], dtype=dtype or input.dtype)


@binding("masked.log_softmax", method=False)
def masked_log_softmax(input, dim, *, dtype=None, mask=None):
    """Logarithm of the masked softmax."""
    filled = _filled(input, mask, _least(input.dtype))
    return _surface().log_softmax(filled, _dims(dim, input.ndim)[0], dtype=dtype or input.dtype)


@binding("masked.softmin", method=False)
def masked_softmin(input, dim, *, dtype=None, mask=None):
    """Softmax of the negated elements where `mask` is true."""
    filled = _filled(input, mask, _greatest(input.dtype))
    return _surface().softmax(-filled, _dims(dim, input.ndim)[0], dtype=dtype or input.dtype)


@binding("masked.normalize", method=False)
def masked_normalize(input, ord, dim, *, eps=1e-12, dtype=None, mask=None):
    """Elements where `mask` is true over their p-norm along `dim` (at least `eps`); 0 elsewhere."""
    norm = masked_norm(input, ord, dim, keepdim=True, dtype=dtype, mask=mask)
    least = norm.new_full((), eps)
    return _filled(input, mask, 0) / _surface().maximum(norm, least)
