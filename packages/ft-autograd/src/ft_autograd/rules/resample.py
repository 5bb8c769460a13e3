"""Gradients of resizing: every op is linear, and its backward op is its transpose, whose transpose is the op."""

from ft_dispatch import surface as torch
from ft_dispatch.ops.resample import NEAREST, WITH_CORNERS

from ..rule import transpose


def _plain(name, scales):
    """Rules of an op without align_corners; `scales` names its scale parameters."""
    if len(scales) == 1:

        def forward(g, self, output_size, scales):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales)

        def backward(g, output_size, scales):
            return getattr(torch.raw, name)(g, output_size, scales)

    elif len(scales) == 2:

        def forward(g, self, output_size, scales_h, scales_w):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales_h, scales_w)

        def backward(g, output_size, scales_h, scales_w):
            return getattr(torch.raw, name)(g, output_size, scales_h, scales_w)

    else:

        def forward(g, self, output_size, scales_d, scales_h, scales_w):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, scales_d, scales_h, scales_w)

        def backward(g, output_size, scales_d, scales_h, scales_w):
            return getattr(torch.raw, name)(g, output_size, scales_d, scales_h, scales_w)

    _attach(name, forward, backward)


def _cornered(name, scales):
    """The same for an op with align_corners."""
    if len(scales) == 1:

        def forward(g, self, output_size, align_corners, scales):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales)

        def backward(g, output_size, align_corners, scales):
            return getattr(torch.raw, name)(g, output_size, align_corners, scales)

    elif len(scales) == 2:

        def forward(g, self, output_size, align_corners, scales_h, scales_w):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales_h, scales_w)

        def backward(g, output_size, align_corners, scales_h, scales_w):
            return getattr(torch.raw, name)(g, output_size, align_corners, scales_h, scales_w)

    else:

        def forward(g, self, output_size, align_corners, scales_d, scales_h, scales_w):
            return getattr(torch.raw, f"{name}_backward")(g, output_size, self.shape, align_corners, scales_d, scales_h, scales_w)

        def backward(g, output_size, align_corners, scales_d, scales_h, scales_w):
            return getattr(torch.raw, name)(g, output_size, align_corners, scales_d, scales_h, scales_w)

    _attach(name, forward, backward)


def _attach(name, forward, backward):
    forward.__name__ = forward.__qualname__ = f"{name}_self"
    backward.__name__ = backward.__qualname__ = f"{name}_backward_grad_output"
    globals().update({forward.__name__: forward, backward.__name__: backward})  # the generated recorders find rules by name
    transpose(name, wrt="self")(forward)
    transpose(f"{name}_backward", wrt="grad_output")(backward)


_SCALES = {"1": ("scales",), "2": ("scales_h", "scales_w"), "3": ("scales_d", "scales_h", "scales_w")}

for _name in NEAREST:
    _plain(_name, _SCALES[_name[-2]])
for _name in WITH_CORNERS:
    _cornered(_name, _SCALES[_name.removesuffix("_aa")[-2]])
