"""Gradients of resizing: every op is linear, and its backward op is its transpose, whose transpose is the op."""

from ft_dispatch import surface as torch
from ft_dispatch.ops.resample import NEAREST, WITH_CORNERS

from ..rule import real_only, transpose

real_only(
    "upsample_nearest1d_backward upsample_nearest2d_backward upsample_nearest3d_backward _upsample_nearest_exact1d_backward "
    "_upsample_nearest_exact2d_backward _upsample_nearest_exact3d_backward upsample_linear1d_backward "
    "upsample_bilinear2d_backward upsample_trilinear3d_backward upsample_bicubic2d_backward "
    "_upsample_bilinear2d_aa_backward _upsample_bicubic2d_aa_backward"
)


def _plain_1d(name):
    def forward(g, self, output_size, scales):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales)

    def backward(g, output_size, scales):
        return getattr(torch.raw, name)(g, output_size, scales)

    return forward, backward


def _plain_2d(name):
    def forward(g, self, output_size, scales_h, scales_w):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales_h, scales_w)

    def backward(g, output_size, scales_h, scales_w):
        return getattr(torch.raw, name)(g, output_size, scales_h, scales_w)

    return forward, backward


def _plain_3d(name):
    def forward(g, self, output_size, scales_d, scales_h, scales_w):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales_d, scales_h, scales_w)

    def backward(g, output_size, scales_d, scales_h, scales_w):
        return getattr(torch.raw, name)(g, output_size, scales_d, scales_h, scales_w)

    return forward, backward


def _cornered_1d(name):
    def forward(g, self, output_size, align_corners, scales):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales)

    def backward(g, output_size, align_corners, scales):
        return getattr(torch.raw, name)(g, output_size, align_corners, scales)

    return forward, backward


def _cornered_2d(name):
    def forward(g, self, output_size, align_corners, scales_h, scales_w):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales_h, scales_w)

    def backward(g, output_size, align_corners, scales_h, scales_w):
        return getattr(torch.raw, name)(g, output_size, align_corners, scales_h, scales_w)

    return forward, backward


def _cornered_3d(name):
    def forward(g, self, output_size, align_corners, scales_d, scales_h, scales_w):
        return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales_d, scales_h, scales_w)

    def backward(g, output_size, align_corners, scales_d, scales_h, scales_w):
        return getattr(torch.raw, name)(g, output_size, align_corners, scales_d, scales_h, scales_w)

    return forward, backward


def _attach(name, forward, backward):
    forward.__name__ = forward.__qualname__ = f"{name}_self"
    backward.__name__ = backward.__qualname__ = f"{name}_backward_grad_output"
    globals().update({forward.__name__: forward, backward.__name__: backward})  # the generated recorders find rules by name
    transpose(name, wrt="self")(forward)
    transpose(f"{name}_backward", wrt="grad_output")(backward)


# Written out, since recorders are generated from the parameters' names: by align_corners and spatial dims.
for _name in NEAREST:
    _attach(_name, *{"1": _plain_1d, "2": _plain_2d, "3": _plain_3d}[_name[-2]](_name))
for _name in WITH_CORNERS:
    _attach(_name, *{"1": _cornered_1d, "2": _cornered_2d, "3": _cornered_3d}[_name.removesuffix("_aa")[-2]](_name))
