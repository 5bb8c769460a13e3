"""Complex numbers: conjugates that are only marked, parts as views, and numbers made from parts.

`conj` copies nothing: it is the same memory with the CONJ bit turned, and the backend step carries the conjugate out for
kernels. `imag` of such a tensor is marked NEG in the same way. Arithmetic on complex numbers is where that of real ones is.
"""

from ft_core import Tensor
from ft_core.dtype import BY_NAME
from ft_core.keys import CONJ, NEG
from ft_core.layout import broadcast_shapes

from ..kinds import ELEMENTWISE, NONE, OPAQUE, VIEW
from ..memory import BUILTIN
from ..op import op
from ..registry import OPS, binding
from ..views import view_of

# Views as far as memory and gradients go; they are OPAQUE because a VIEW op states places only, and these turn a bit of the key.
_conj = op("_conj(Tensor(a) self) -> Tensor(a)", "The conjugate, marked.", kind=OPAQUE, variants="")
_neg_view = op("_neg_view(Tensor(a) self) -> Tensor(a)", "The negative, marked.", kind=OPAQUE, variants="")
view_as_real = op(
    "view_as_real(Tensor(a) self) -> Tensor(a)", "Real and imaginary parts as a last dimension of two.", kind=VIEW, variants=""
)
view_as_complex = op(
    "view_as_complex(Tensor(a) self) -> Tensor(a)", "A last dimension of two as complex numbers.", kind=VIEW, variants="function"
)
complex_ = op(
    "complex(Tensor real, Tensor imag) -> Tensor",
    "Complex numbers from their parts.",
    kind=ELEMENTWISE,
    promote=NONE,
    variants="",
    out=True,
)
polar = op(
    "polar(Tensor abs, Tensor angle) -> Tensor",
    "Complex numbers from modulus and argument.",
    kind=ELEMENTWISE,
    promote=NONE,
    variants="function",
    inplace=False,
)


def _turned(record, bit):
    @record.meta
    def _(self):
        return tuple(self._a.shape), self.dtype, self.stride()

    @record.put
    def _(base, value):
        return record(value)

    def make(args, spec, where, st):
        x = args[0]
        made = view_of(x, record, (), (tuple(x._a.shape), x.stride(), x.storage_offset()), st)
        made._k ^= bit
        return made

    BUILTIN[record.name] = make


_turned(_conj, CONJ)
_turned(_neg_view, NEG)


@view_as_real.view
def _(sizes, strides, offset, **facts):
    return (*sizes, 2), (*[2 * s for s in strides], 1), 2 * offset, facts["dtype_of_self"].to_real()


@view_as_real.put
def _(base, value):
    return view_as_complex(value.contiguous())


@view_as_complex.view
def _(sizes, strides, offset, **facts):
    kind = facts["dtype_of_self"]
    if kind.name not in ("float16", "float32", "float64"):
        raise RuntimeError(
            "view_as_complex is only supported for half, float and double tensors, but got a "
            f"tensor of scalar type: {kind.scalar_name}"
        )
    if not sizes:
        raise RuntimeError("Input tensor must have one or more dimensions")
    if sizes[-1] != 2:
        raise RuntimeError("Tensor must have a last dimension of size 2")
    if strides[-1] != 1:
        raise RuntimeError("Tensor must have a last dimension with stride 1")
    for step in strides[:-1]:
        if step % 2:
            raise RuntimeError("Tensor must have a stride divisible by 2 for all but last dimension")
    if offset % 2:
        raise RuntimeError("Tensor must have a storage_offset divisible by 2")
    return sizes[:-1], tuple([s // 2 for s in strides[:-1]]), offset // 2, _complex_of(kind)


@view_as_complex.put
def _(base, value):
    return view_as_real(value)


def _complex_of(kind):
    if kind.name == "float16":
        raise RuntimeError("complex numbers of two halves (torch.complex32) are not available here; convert to float32 first")
    return BY_NAME[{"float32": "complex64", "float64": "complex128"}[kind.name]]


def _parts_spec(first, second):
    kinds = [t.dtype for t in (first, second)]
    if any(kind.name not in ("float16", "float32", "float64") for kind in kinds):
        raise RuntimeError(
            f"Expected both inputs to be Half, Float or Double tensors but got {kinds[0].scalar_name} and {kinds[1].scalar_name}"
        )
    if kinds[0] is not kinds[1]:
        raise RuntimeError(
            f"Expected object of scalar type {kinds[0].scalar_name} but got scalar type {kinds[1].scalar_name} for second argument"
        )
    return broadcast_shapes(tuple(first.shape), tuple(second.shape)), _complex_of(kinds[0])


complex_.meta(_parts_spec)
polar.meta(_parts_spec)


# -- what users call -------------------------------------------------------------------------------------------------------


@binding("conj")
def conj(input):
    """The complex conjugate, over the same memory; the tensor itself where it is real."""
    return _conj(input) if input.is_complex() else input


@binding("conj_physical")
def conj_physical(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The complex conjugate, carried out; the tensor itself where it is real."""
    if out is None and isinstance(input, Tensor) and not input.is_complex():
        return input
    return OPS["conj_physical"].wrapper(input, out=out)


@binding("resolve_conj")
def resolve_conj(input):
    """The same values without the conj mark; the tensor itself where there is none."""
    return _conj(input).conj_physical() if input.is_conj() else input


@binding("resolve_neg")
def resolve_neg(input):
    """The same values without the neg mark; the tensor itself where there is none."""
    return _neg_view(input).neg() if input.is_neg() else input


@binding("view_as_real", method=False)
def view_as_real_binding(input):
    """Real and imaginary parts of a complex tensor as a last dimension of two, over the same memory."""
    if not input.is_complex():
        raise RuntimeError("view_as_real is only supported for complex tensors")
    if input.is_conj():
        raise RuntimeError(
            "view_as_real doesn't work on unresolved conjugated tensors.  To resolve the "
            "conjugate tensor so you can view it as real, use "
            "self.resolve_conj(); however, be warned that the resulting tensor will NOT alias the original."
        )
    return view_as_real.wrapper(input)


@binding("real", method=False)
def real(input):
    """Real parts, over the same memory; the tensor itself where it is real."""
    if not input.is_complex():
        return input
    plain = _conj(input) if input.is_conj() else input
    return view_as_real.wrapper(plain).select(-1, 0)


@binding("imag", method=False)
def imag(input):
    """Imaginary parts, over the same memory. RuntimeError for a real tensor."""
    if not input.is_complex():
        raise RuntimeError("imag is not implemented for tensors with non-complex dtypes.")
    if input.is_conj():
        return _neg_view(view_as_real.wrapper(_conj(input)).select(-1, 1))
    return view_as_real.wrapper(input).select(-1, 1)


@binding("is_conj", method=False)
def is_conj(input):
    """Whether a tensor is marked conjugated."""
    return input.is_conj()


@binding("is_neg", method=False)
def is_neg(input):
    """Whether a tensor is marked negated."""
    return input.is_neg()


def _part(name, read):
    """`Tensor.real` and `Tensor.imag`: properties that can be assigned to."""

    def write(self, value):
        read(self).copy_(value if isinstance(value, Tensor) else self.new_tensor(value, dtype=read(self).dtype))

    return property(read, write, doc=f"{name} parts over the same memory; assigning writes them.")


REAL, IMAG = _part("Real", real), _part("Imaginary", imag)
