"""Resizing: nearest, linear, cubic, antialiased, in one to three dims, each with its backward op, as in ATen.

`nn.functional.interpolate` chooses among them and lives in ft_nn. The `scales` arguments are the factors a user gave, which
decide source places where a size was rounded; None means that sizes decide.
"""

from ..kinds import COMPOSITE, OPAQUE
from ..meta import follows_format
from ..op import op
from .index import sizes
from .reduction import scalar_type

_SCALES = {
    1: "float? scales=None",
    2: "float? scales_h=None, float? scales_w=None",
    3: "float? scales_d=None, float? scales_h=None, float? scales_w=None",
}
WITH_CORNERS = (
    "upsample_linear1d",
    "upsample_bilinear2d",
    "upsample_trilinear3d",
    "upsample_bicubic2d",
    "_upsample_bilinear2d_aa",
    "_upsample_bicubic2d_aa",
)
NEAREST = tuple(f"{name}{n}d" for name in ("upsample_nearest", "_upsample_nearest_exact") for n in (1, 2, 3))


def dims_of(name):
    """Spatial dims of a resizing op, from its name."""
    return int(name.removesuffix("_aa")[-2])


def _records(name):
    n = dims_of(name)
    corners = "bool align_corners, " if name in WITH_CORNERS else ""
    forward = op(
        f"{name}(Tensor self, SymInt[{n}] output_size, {corners}{_SCALES[n]}) -> Tensor",
        f"Resized over {n} dims.",
        kind=OPAQUE,
        variants="",
        keeps_format=n > 1,
    )
    backward = op(
        f"{name}_backward(Tensor grad_output, SymInt[{n}] output_size, SymInt[{n + 2}] input_size, {corners}{_SCALES[n]}) -> "
        "Tensor",
        f"The transpose of {name}.",
        kind=OPAQUE,
        variants="",
    )
    forward.meta(_forward_shape(name, n))
    backward.meta(_backward_shape(name, n))
    flag = "bool align_corners, " if corners else ""
    either = op(
        f"{name}.vec(Tensor input, SymInt[]? output_size, {flag}float[]? scale_factors) -> Tensor",
        f"Resized over {n} dims, to a size or by factors.",
        kind=COMPOSITE,
        variants="",
    )
    either.decompose(_either(forward, n, bool(corners)))


def _either(forward, n, cornered):
    def size_of(input, output_size, scale_factors):
        if (output_size is None) == (scale_factors is None):
            raise RuntimeError("Must specify exactly one of output_size and scale_factors")
        if output_size is not None:
            return output_size, (None,) * n
        return tuple(int(m * f) for m, f in zip(sizes(input)[2:], scale_factors, strict=True)), scale_factors

    def with_corners(input, output_size, align_corners, scale_factors):
        size, scales = size_of(input, output_size, scale_factors)
        return forward.wrapper(input, size, align_corners, *scales)

    def plain(input, output_size, scale_factors):
        size, scales = size_of(input, output_size, scale_factors)
        return forward.wrapper(input, size, *scales)

    return with_corners if cornered else plain


def _forward_shape(name, n):
    letters = ("D", "H", "W")[-n:]

    def shape(self, output_size, *params):
        if len(output_size) != n:
            raise RuntimeError(f"It is expected output_size equals to {n}, but got size {len(output_size)}")
        if self.ndim != n + 2:
            raise RuntimeError(f"It is expected input_size equals to {n + 2}, but got size {self.ndim}")
        have = sizes(self)[2:]
        if min(*have, *output_size) <= 0:
            before = ", ".join(f"{letter}: {v}" for letter, v in zip(letters, have, strict=True))
            after = ", ".join(f"{letter}: {v}" for letter, v in zip(letters, output_size, strict=True))
            raise RuntimeError(f"Input and output sizes should be greater than 0, but got input ({before}) output ({after})")
        if self.shape[1] == 0:
            raise RuntimeError(f"Non-empty {n + 2}D data tensor expected but got a tensor with sizes {list(self.shape)}")
        if self.dtype.is_complex or (self.dtype.category < 2 and self.dtype.name != "uint8"):
            raise NotImplementedError(f"\"compute_indices_weights_{_word(name)}\" not implemented for '{scalar_type(self.dtype)}'")
        made = sizes(self)[:2] + tuple(output_size)
        return [(made, self.dtype, follows_format(self, made))]

    return shape


def _word(name):
    return "nearest" if "nearest" in name else "cubic" if "cubic" in name else "linear"


def _backward_shape(name, n):
    def shape(grad_output, output_size, input_size, *params):
        expected = (*input_size[:2], *output_size)
        if sizes(grad_output) != expected:
            wrong = next((i for i, (a, b) in enumerate(zip(sizes(grad_output), expected)) if a != b), 0)
            raise RuntimeError(
                f"Expected grad_output to have the same shape as output; output.size({wrong}) = {expected[wrong]} "
                f"but got grad_output.size({wrong}) = {grad_output.shape[wrong]}"
            )
        keeps = "linear" in name or (name.startswith(("upsample_nearest", "_upsample_nearest")) and len(output_size) == 2)
        keeps = keeps and not name.endswith("_aa")  # torch's other backwards answer contiguously
        return [(tuple(input_size), grad_output.dtype, follows_format(grad_output, tuple(input_size)) if keeps else None)]

    return shape


for _name in (*NEAREST, *WITH_CORNERS):
    _records(_name)
