"""`out=` forms, derived from the functional op: every check first, then one write into each tensor the caller brought.

Which dtypes an output may have is torch's and differs from op to op: arithmetic and most reductions cast as far as `can_cast` allows,
ops that move or choose elements demand exactly the result's dtype. Messages are torch's. In-place forms are in `inplace`.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, can_cast
from ft_core.backend import backend_for
from ft_core.keys import BELOW, CONJ, FUNC, GRAD, IRREG, LAYOUTS, LEVEL, NEG, NOGRAD
from ft_core.layout import contiguous_strides, is_non_overlapping_and_dense
from ft_core.overlap import partially_overlap
from ft_core.state import TL

from . import layouts
from .call import interpret, key_of, lowest
from .canonical import canonical
from .execute import tensors_of
from .inplace import as_stored, backend_under, bump, check_internal_overlap, check_overlap, place_of
from .kinds import COMPOSITE, CREATION, ELEMENTWISE, INDEX, RANDOM, REDUCTION, SCAN
from .meta import Spec, specs
from .tensor_memory import place

if TYPE_CHECKING:
    from ft_core import dtype
    from ft_core.state import State

    from .op import Op

# Pointwise ops whose output torch does not cast, each with the words of its refusal.
_SAME_DTYPE = {
    **dict.fromkeys(
        "abs binary_cross_entropy bitwise_not ceil clamp conj_physical elu floor frac gelu hardshrink hardsigmoid hardswish hardtanh "
        "leaky_relu lerp mish neg round sgn sign silu softplus softshrink trunc".split(),
        "Found dtype {got} but expected {want}",
    ),
    **dict.fromkeys("isneginf isposinf signbit".split(), "{op} does not support non-boolean outputs."),
    **dict.fromkeys("complex polar".split(), "Expected object of scalar type {want} but got scalar type {got} for argument 'out'"),
    "where": "Expected out type to be {want} but got {got}",
    "heaviside": "heaviside is not yet implemented for tensors with different dtypes.",
    "nan_to_num": "nan_to_num: dtype of out: {got} should be same as input: {want}",
}
# Ops of other kinds that write into any dtype the result can be cast to; the rest demand the result's own.
_CASTING = frozenset(
    "_chunk_cat addr all all.dim all.dims any any.dim any.dims cat cholesky_inverse cholesky_solve cumprod cumsum glu kron logsumexp "
    "max mean mean.dim min multinomial mvlgamma nansum normal.Tensor_Tensor normal.Tensor_float normal.float_Tensor outer prod "
    "prod.dim_int special_ndtr stack std.correction sum sum.dim_IntList var.correction".split()
)
# Beside INDEX ops: they read their input again after the first write.
_READ_LATE = frozenset(("cat", "kthvalue", "mode"))
# These compute in the dtype of their destination, whatever it is.
_IN_THEIR_DTYPE = frozenset(("cumsum", "cumprod", "nansum"))
# Destinations of these are resized without a word.
_LIES = frozenset(
    ("cat", "linalg_solve_triangular", "nonzero", "triangular_solve")
)  # their structured kernels give a resized out the result's strides
_QUIET = frozenset("addbmm bernoulli log_sigmoid log_sigmoid_forward multinomial narrow_copy".split())
# In evaluation these write no statistics of the batch: torch leaves the destinations after the first as they are.
_ONE_WHERE_RESTING = frozenset(("native_batch_norm", "_native_batch_norm_legit"))
_CPP_NAMES = {
    "float32": "float", "float64": "double", "float16": "c10::Half", "bfloat16": "c10::BFloat16", "bool": "bool", "int8": "signed char",
    "int16": "short int", "int32": "int", "int64": "long int", "uint8": "unsigned char", "complex64": "c10::complex<float>",
    "complex128": "c10::complex<double>",
}  # fmt: skip


def _casts(base: str, args: tuple[Any, ...]) -> bool:
    """Whether an op that does not cast its result does so for these arguments."""
    if base == "abs":
        return args[0].is_complex()
    if base == "lerp":
        return not isinstance(args[2], Tensor)
    return base == "clamp" and any(isinstance(bound, Tensor) for bound in args[1:])


def _expected(result: dtype, given: dtype) -> str:
    """torch's words for a destination whose dtype is not the result's."""
    wanted, got = (_CPP_NAMES.get(kind.name, kind.name) for kind in (result, given))
    return f"Expected out tensor to have dtype {wanted}, but got {got} instead"


def check_dtype(op: Op, result: dtype, t: Tensor, args: tuple[Any, ...]) -> None:
    """RuntimeError where `t` may not take a result of dtype `result` of `op`, which its arguments can decide."""
    if op.base == "bernoulli":
        return  # draws of any dtype
    if t.dtype is not result:
        words = _SAME_DTYPE.get(op.base) if op.kind is ELEMENTWISE or op.base == "complex" else None
        if words is not None and not _casts(op.base, args):
            raise RuntimeError(words.format(op=op.base, want=result.scalar_name, got=t.dtype.scalar_name))
        if op.kind not in (ELEMENTWISE, CREATION, RANDOM) and op.name not in _CASTING:
            raise RuntimeError(_expected(result, t.dtype))
        if op.base in ("std", "var") and t.is_complex() and not args[0].is_complex() and t.numel() > 1:
            raise NotImplementedError(f"\"std_cpu\" not implemented for '{t.dtype.scalar_name}'")
        if op.base in ("all", "any"):
            if t.dtype.name not in ("bool", "uint8"):
                raise RuntimeError(f"{op.base} only supports bool tensor for result, got: {t.dtype.scalar_name}")
            return
    if not can_cast(result, t.dtype):
        if op.base in ("cat", "stack", "_chunk_cat"):
            raise TypeError(f"torch.cat(): input types can't be cast to the desired output type {t.dtype.scalar_name}")
        raise RuntimeError(f"result type {result.scalar_name} can't be cast to the desired output type {t.dtype.scalar_name}")


def _in_their_dtype(op: Op, args: tuple[Any, ...], t: Tensor) -> tuple[Any, ...]:
    """`args` with the dtype of `t` to compute in, where the caller named none. RuntimeError or NotImplementedError for one torch refuses."""
    at, x = op.index_of["dtype"], args[0]
    asked = args[at]
    if op.base == "nansum" and x.dtype.category >= 2:  # of integers it is the sum
        if asked is not None and asked is not t.dtype:
            raise RuntimeError(
                f"nansum: provided dtype must match dtype of result. Got {t.dtype.scalar_name} and {asked.scalar_name}."
            )
        if not t.dtype.is_floating_point:
            raise NotImplementedError(f"\"nansum_cpu\" not implemented for '{t.dtype.scalar_name}'")
    if op.base != "nansum" and t.dtype.name == "bool" and x.ndim and x.numel():
        raise NotImplementedError(f"\"{op.base}_out_cpu\" not implemented for 'Bool'")
    return args if asked is not None else (*args[:at], t.dtype, *args[at + 1 :])


def _shares(op: Op, args: tuple[Any, ...], t: Tensor) -> bool:
    """Whether an input lives in the same storage as `t`."""
    return any(x is t or (t._storage is not None and x._storage is t._storage) for x in tensors_of(op, args))


def _destinations(op: Op, out: Any) -> tuple[Tensor, ...]:
    """The tensors of `out`. TypeError where they are no tensors, or not as many as `op` has outputs."""
    several = isinstance(out, (tuple, list))
    outs = tuple(out) if several else (out,)
    if op.n_outputs > 1 and not several:
        raise TypeError(f"{op.base}(): argument 'out' must be tuple of Tensors, not {type(out).__name__}")
    if op.n_outputs == 1 and several:
        raise TypeError(f"{op.base}(): argument 'out' must be Tensor, not {type(out).__name__}")
    if op.n_outputs > 1 and len(outs) != op.n_outputs:
        raise TypeError(f"expected tuple of {op.n_outputs} elements but got {len(outs)}")
    for t in outs:
        if not isinstance(t, Tensor):
            raise TypeError(f"{op.base}(): argument 'out' must be Tensor, not {type(t).__name__}")
    return outs


def call_out(op: Op, args: tuple[Any, ...], out: Any, st: State) -> Any:
    """Run `op` and leave its outputs in `out` (a tensor, or a tuple for several outputs), resized where the size differs."""
    outs = _destinations(op, out)
    k, _ = key_of(op, args, st.bits)
    k_out = k
    for t in outs:
        k_out |= t._k
    if k_out & (LEVEL | FUNC):
        return _level_out(op, args, outs, out, k, st)
    if k_out & GRAD and op.differentiable and not k & (NOGRAD | BELOW):
        raise RuntimeError(
            f"{op.base}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    if k_out & LAYOUTS:
        layouts.call_out(op, outs, interpret(op, args, k, st), st)
        for t in outs:
            bump(t)
        return out
    if op.into_rule is not None:
        return op.into_rule(out, *args)
    if op.base in _IN_THEIR_DTYPE:
        args = _in_their_dtype(op, args, outs[0])
    at = op.index_of.get("dtype")
    if at is not None and args[at] is not None and args[at] is not outs[0].dtype and op.kind in (REDUCTION, SCAN):
        raise RuntimeError(_expected(args[at], outs[0].dtype))
    found = None if op.kind is COMPOSITE else specs(op, args, k)
    if found is not None and None in found:
        found = None  # sizes that only the data tell
    if op.kind is INDEX or op.base in _READ_LATE:
        for i, t in enumerate(outs):
            _check_apart(op, args, t, tuple(t._a.shape) if found is None else found[i].shape)
    if found is not None:
        _check_outs(op, args, outs, found)
    direct = found is not None and len(outs) == 1 and isinstance(out, Tensor) and _same(outs[0], found[0])
    if direct and op.kind is not ELEMENTWISE and _shares(op, args, outs[0]):
        direct = False  # a kernel that reads an input twice must not write over it
    if op.kind is RANDOM and outs[0]._k & IRREG:
        direct = False  # draws fill rows in order
    if direct and outs[0].device.type != "meta" and backend_for(outs[0].device).aliasing:
        made = lowest(op, args, k, st, dest=outs[0])
    else:
        made = interpret(op, args, k, st)
    values = (made,) if isinstance(made, Tensor) else made
    if op.base in _ONE_WHERE_RESTING and "training" in op.index_of and not args[op.index_of["training"]]:
        outs, values = outs[:1], values[:1]
    for t, value in zip(outs, values, strict=True):
        if value is not t:
            _check_out(op, t, value, args)
    for t, value in zip(outs, values, strict=True):
        if value is not t:
            quiet = op.base in _QUIET or (op.base == "mode" and not args[0].ndim)
            put_out(t, value, st, quiet, op.kind is ELEMENTWISE or op.base in _LIES)
        bump(t)
    return out


def leave_in(name: str, out: Any, made: Any, cast: bool, lies: bool = False) -> Any:
    """Leave the finished result of a function written over ops in `out`, after the checks that an op's `out=` makes.

    cast: whether the result is cast as far as `can_cast` allows; otherwise the dtype must be the result's own.
    lies: whether a destination that must be resized lies in memory as the result does; otherwise in order.
    """
    st = TL.st
    outs, values = (tuple(x) if isinstance(x, (tuple, list)) else (x,) for x in (out, made))
    if len(outs) != len(values):
        raise RuntimeError(f"{name}: expected as many tensors in 'out' as there are results, {len(values)}, but got {len(outs)}")
    for t, value in zip(outs, values, strict=True):
        if not isinstance(t, Tensor):
            raise TypeError(f"{name}(): argument 'out' must be Tensor, not {type(t).__name__}")
        if (t._k | value._k) & GRAD and not st.bits & (NOGRAD | BELOW):
            raise RuntimeError(
                f"{name}(): functions with out=... arguments don't support automatic differentiation, "
                "but one of the arguments requires grad."
            )
        _check_cast(name, value.dtype, t, cast)
        if value.device != t.device:
            raise RuntimeError(f"{name}: Expected out tensor to have device {value.device}, but got {t.device} instead")
        if tuple(t._a.shape) == tuple(value._a.shape):
            check_internal_overlap(t)
    for t, value in zip(outs, values, strict=True):
        if (t._k | value._k) & (LEVEL | FUNC):
            t.copy_(value)
        else:
            put_out(t, value, st, name in _QUIET, lies)
            bump(t)
    return out


def _check_cast(name: str, result: dtype, t: Tensor, cast: bool) -> None:
    if t.dtype is result:
        return
    if not cast:
        raise RuntimeError(f"{name}: {_expected(result, t.dtype)}")
    if not can_cast(result, t.dtype):
        raise RuntimeError(f"result type {result.scalar_name} can't be cast to the desired output type {t.dtype.scalar_name}")


def _level_out(op: Op, args: tuple[Any, ...], outs: tuple[Tensor, ...], out: Any, k: int, st: State) -> Any:
    """Inside a transform `out=` is the op followed by a copy, so that each level sees both."""
    made = interpret(op, canonical(op, args), k, st)
    for t, value in zip(outs, (made,) if isinstance(made, Tensor) else made, strict=True):
        t.copy_(value)
    return out


def _same(t: Tensor, spec: Spec) -> bool:
    return t.dtype is spec.dtype and tuple(t._a.shape) == spec.shape


def _check_apart(op: Op, args: tuple[Any, ...], t: Tensor, shape: tuple[int, ...]) -> None:
    """RuntimeError where t, once it has `shape`, overlaps itself or any input: these ops read where they have already written."""
    check_internal_overlap(t)
    place = place_of(t) if tuple(t._a.shape) == shape else (shape, contiguous_strides(shape), t.storage_offset())
    for x in tensors_of(op, args):
        shared = t._storage is not None and x._storage is t._storage
        if x is t or (shared and partially_overlap(place, place_of(x), allow_same=False)):
            raise RuntimeError(
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single "
                "memory location. Please clone() the tensor before performing the operation."
            )


def _check_outs(op: Op, args: tuple[Any, ...], outs: tuple[Tensor, ...], found: list[Spec]) -> None:
    for t, spec in zip(outs, found, strict=True):
        check_dtype(op, spec.dtype, t, args)
        if tuple(t._a.shape) == spec.shape:
            check_overlap(op, args, t)


def _check_out(op: Op, t: Tensor, value: Tensor, args: tuple[Any, ...]) -> None:
    """What can be refused only when the result is known: ops without a shape rule, and devices."""
    check_dtype(op, value.dtype, t, args)
    if value.device != t.device:
        raise RuntimeError(f"{op.base}: Expected out tensor to have device {value.device}, but got {t.device} instead")
    if tuple(t._a.shape) == tuple(value._a.shape):
        check_internal_overlap(t)


def fit_out(t: Tensor, shape: tuple[int, ...], quiet: bool = False) -> bool:
    """Give `t` a shape, with torch's warning unless it had it or was empty; whether it had to change."""
    if tuple(t._a.shape) == shape:
        return False
    if t.numel() and not quiet:
        warnings.warn(
            f"An output with one or more elements was resized since it had shape {list(t._a.shape)}, which does not match "
            f"the required output shape {list(shape)}. This behavior is deprecated, and in a future PyTorch release "
            "outputs will not be resized unless they have zero elements. You can explicitly reuse an out tensor t by "
            "resizing it, inplace, to zero elements with t.resize_(0).",
            UserWarning,
            stacklevel=5,
        )
    t.resize_(shape)
    return True


def put_out(t: Tensor, value: Tensor, st: State, quiet: bool = False, lies: bool = False) -> None:
    """Copy a finished result into `t`, resizing it first where the shape differs (with torch's warning unless it was empty)."""
    if fit_out(t, tuple(value._a.shape), quiet):
        sizes, strides = tuple(value._a.shape), value.stride()
        if lies and value._k & IRREG and is_non_overlapping_and_dense(sizes, strides):
            place(t, sizes, strides)  # what had to be resized lies as the result does
    if t.device.type == "meta":
        return
    backend = backend_under(t._k | st.bits, t)
    array = value._a if value.dtype is t.dtype else backend.cast(value._a, value.dtype, t.dtype)
    if backend.aliasing:
        turned = t._k & (CONJ | NEG)
        st.run(backend.copy_within, t._a, as_stored(array, turned, backend, st) if turned else array)
        return
    from .functionalise import write_through  # noqa: PLC0415

    write_through(t, value)
