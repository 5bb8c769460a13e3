"""Reductions: sums, means, products, truth, counts, norms. Extremes are in `extreme`, variances and order statistics in `stats`.

torch puts several overloads under one name (`sum` is two functions), so most names users type are bindings over the records here.
"""

from math import inf

from ft_core import get_default_dtype, uint8
from ft_core.dtype import bool_ as bool_dtype

from ..kinds import BOOL, COMPOSITE, FLOAT, INT64, REDUCTION, SAME, SUM
from ..meta import reduced_shape
from ..op import op
from .extreme import amax, amin, checked, distinct

all_all = op(
    "all(Tensor self) -> Tensor",
    "Whether every element is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
all_dim = op(
    "all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor",
    "Whether every element along a dimension is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
all_dims = op(
    "all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
    "Whether every element along dimensions is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
any_all = op(
    "any(Tensor self) -> Tensor",
    "Whether some element is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
any_dim = op(
    "any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor",
    "Whether some element along a dimension is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
any_dims = op(
    "any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
    "Whether some element along dimensions is true.",
    kind=REDUCTION,
    promote=BOOL,
    variants="",
    out=True,
    differentiable=False,
)
count_nonzero_dim = op(
    "count_nonzero(Tensor self, int? dim=None) -> Tensor",
    "How many elements are not zero.",
    kind=REDUCTION,
    promote=INT64,
    variants="",
    differentiable=False,
)
count_nonzero_dims = op(
    "count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor",
    "How many elements along dimensions are not zero.",
    kind=REDUCTION,
    promote=INT64,
    variants="",
    differentiable=False,
)
linalg_vector_norm = op(
    "linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
    "p-norm of the elements along dimensions.",
    kind=REDUCTION,
    variants="",
    out=True,
    autocast="float32",
    accumulate="float32",
    python="linalg.vector_norm",
)
logsumexp = op(
    "logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
    "log of the sum of exponentials, without overflow.",
    kind=REDUCTION,
    promote=FLOAT,
    out=True,
    python="special.logsumexp",
    accumulate="float32",
)
mean_all = op(
    "mean(Tensor self, *, ScalarType? dtype=None) -> Tensor",
    "Arithmetic mean.",
    kind=REDUCTION,
    promote=SAME,
    variants="",
    out=True,
    accumulate="float32",
)
mean_dim = op(
    "mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
    "Arithmetic mean along dimensions.",
    kind=REDUCTION,
    promote=SAME,
    variants="",
    out=True,
    accumulate="float32",
)
nansum = op(
    "nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
    "Sum, NaN counted as zero.",
    kind=REDUCTION,
    promote=SUM,
    out=True,
    accumulate="float32",
)
prod_all = op(
    "prod(Tensor self, *, ScalarType? dtype=None) -> Tensor",
    "Product of all elements.",
    kind=REDUCTION,
    promote=SUM,
    variants="",
    out=True,
    autocast="float32",
)
prod_dim = op(
    "prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
    "Product along a dimension.",
    kind=REDUCTION,
    promote=SUM,
    variants="",
    out=True,
    autocast="float32",
)
sum_all = op(
    "sum(Tensor self, *, ScalarType? dtype=None) -> Tensor",
    "Sum of all elements; integers are added as int64.",
    kind=REDUCTION,
    promote=SUM,
    variants="",
    out=True,
    autocast="float32",
    accumulate="float32",
)
sum_dim = op(
    "sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
    "Sum along dimensions; integers are added as int64.",
    kind=REDUCTION,
    promote=SUM,
    variants="",
    out=True,
    autocast="float32",
    accumulate="float32",
)
norm_scalar = op("norm.Scalar(Tensor self, Scalar p=2) -> Tensor", "p-norm of all elements.", kind=COMPOSITE, variants="")
norm_dim = op(
    "norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor",
    "p-norm along dimensions.",
    kind=COMPOSITE,
    variants="",
)
norm_dim_dtype = op(
    "norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor",
    "p-norm along dimensions, computed in `dtype`.",
    kind=COMPOSITE,
    variants="",
)
norm_dtype = op(
    "norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor",
    "p-norm of all elements, computed in `dtype`.",
    kind=COMPOSITE,
    variants="",
)

_TYPE_NAMES = {"int64": "Long", "int32": "Int", "int16": "Short", "int8": "Char", "uint8": "Byte", "bool": "Bool"}


def scalar_type(dtype):
    """The name torch's C++ messages give a dtype."""
    name = str(dtype).removeprefix("torch.")
    return _TYPE_NAMES.get(
        name,
        {
            "float32": "Float",
            "float64": "Double",
            "float16": "Half",
            "bfloat16": "BFloat16",
            "complex64": "ComplexFloat",
            "complex128": "ComplexDouble",
        }.get(name, name),
    )


# -- checks and shapes ---------------------------------------------------------------------------------------------------


def _check_mean(self, dtype):
    kind = dtype if dtype is not None else self.dtype
    if kind.category < 2:
        which = "Optional" if dtype is not None else "Input"
        raise RuntimeError(
            f"mean(): could not infer output dtype. {which} dtype must be either a floating point or complex dtype. "
            f"Got: {scalar_type(kind)}"
        )


checked(mean_all, _check_mean)
checked(mean_dim, lambda self, dim, keepdim, dtype: _check_mean(self, dtype))


def _truth_dtype(x):
    return uint8 if x.dtype is uint8 else bool_dtype


def _truth_meta(record):
    @record.meta
    def _(self, *params):
        dim = params[0] if params else None
        keepdim = params[1] if len(params) > 1 else False
        if record.overload == "dims" and dim == ():
            return [(tuple(self.shape), _truth_dtype(self))]
        dims = (dim,) if isinstance(dim, int) else dim
        return [(reduced_shape(tuple(self.shape), dims, keepdim), _truth_dtype(self))]


for _record in (all_all, all_dim, all_dims, any_all, any_dim, any_dims):
    _truth_meta(_record)


@linalg_vector_norm.meta
def _(self, ord, dim, keepdim, dtype):
    if self.dtype.category < 2:
        raise RuntimeError(
            f"linalg.vector_norm: Expected a floating point or complex tensor as input. Got {scalar_type(self.dtype)}"
        )
    kind = dtype if dtype is not None else self.dtype
    if dtype is not None and dtype.is_complex != self.dtype.is_complex:
        word = "complex" if self.dtype.is_complex else "real"
        raise RuntimeError(f"linalg.vector_norm: dtype should be {word} for {word} inputs, but got {scalar_type(dtype)}")
    if ord < 0 or ord == inf:
        dims = dim or tuple(range(self.ndim))
        if 0 in [self.shape[d] for d in dims if self.ndim]:
            raise RuntimeError(
                f"linalg.vector_norm cannot compute the {ord} norm on an empty dimension because the operation does "
                f"not have an identity"
            )
    kind = kind.to_real() if kind.is_complex else kind
    distinct(dim)
    return [(reduced_shape(tuple(self.shape), dim, keepdim), kind)]


# -- decompositions: a backend needs sum, prod, amax, amin, argmax, argmin; the rest follows ----------------------------


def size_of(x, dim):
    """How many elements one result along `dim` (None or empty: all) is made of."""
    if not dim and dim != 0:
        return x.numel()
    n = 1
    for d in dim if isinstance(dim, tuple) else (dim,):
        n *= x.shape[d] if x.ndim else 1
    return n


@sum_all.decompose
def _(self, dtype):
    return sum_dim(self, None, False, dtype=dtype)


@mean_all.decompose
def _(self, dtype):
    return sum_all(self, dtype=dtype or self.dtype) / self.numel()


@mean_dim.decompose
def _(self, dim, keepdim, dtype):
    return sum_dim(self, dim, keepdim, dtype=dtype or self.dtype) / size_of(self, dim)


@nansum.decompose
def _(self, dim, keepdim, dtype):
    return sum_dim(self.masked_fill(self != self, 0), dim, keepdim, dtype=dtype)


@count_nonzero_dim.decompose
def _(self, dim):
    return sum_dim(self != 0, None if dim is None else (dim,), False)


@count_nonzero_dims.decompose
def _(self, dim):
    return sum_dim(self != 0, dim, False)


@logsumexp.decompose
def _(self, dim, keepdim):
    self = self if self.is_floating_point() or self.is_complex() else self.to(get_default_dtype())
    top = amax(self.real if self.is_complex() else self, dim, True)
    top = top.masked_fill(top.abs() == inf, 0)
    sums = sum_dim((self - top).exp(), dim, True).log() + top
    return sums if keepdim else sums.reshape(reduced_shape(tuple(self.shape), dim, False))


@linalg_vector_norm.decompose
def _(self, ord, dim, keepdim, dtype):
    x = (self if dtype is None else self.to(dtype)).abs()
    if ord == inf or ord == -inf:
        return (amax if ord > 0 else amin)(x, dim or (), keepdim)
    if ord == 0:
        return sum_dim((x != 0).to(x.dtype), dim, keepdim)
    if ord == 1:
        return sum_dim(x, dim, keepdim)
    if ord == 2:
        return sum_dim(x * x, dim, keepdim).sqrt()
    return sum_dim(x**ord, dim, keepdim) ** (1 / ord)


@norm_scalar.decompose
def _(self, p):
    return linalg_vector_norm(self, p, None, False)


@norm_dim.decompose
def _(self, p, dim, keepdim):
    return linalg_vector_norm(self, 2 if p is None else p, dim, keepdim)


@norm_dim_dtype.decompose
def _(self, p, dim, keepdim, dtype):
    return linalg_vector_norm(self, 2 if p is None else p, dim, keepdim, dtype=dtype)


@norm_dtype.decompose
def _(self, p, dtype):
    return linalg_vector_norm(self, 2 if p is None else p, None, False, dtype=dtype)


from . import _reduction_bindings  # noqa: E402, F401  # attaches the names users type
