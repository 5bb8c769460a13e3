"""Every entry of torch's module database with inputs that do not lie in order: values, and strides of what comes out."""

import pytest

import ft_nn
from ft_core import set_default_dtype
from ft_dispatch import surface

torch = pytest.importorskip("torch")
common_modules = pytest.importorskip("torch.testing._internal.common_modules")

from module_samples import assert_values, convert, dtype_of, tensors  # noqa: E402 - only where torch is

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

ENTRIES = common_modules.module_db
FORMATS = {4: "channels_last", 5: "channels_last_3d"}


def spread(tensor, t):
    """The same numbers, every other element of a larger tensor."""
    if tensor.dim() == 0:
        return tensor
    return t.stack([tensor.detach(), t.zeros_like(tensor.detach())], -1)[..., 0]


def laid_out(tensor, t):
    """Channels last where the rank has such a format."""
    name = FORMATS.get(tensor.dim())
    return tensor.detach() if name is None else tensor.detach().contiguous(memory_format=getattr(t, name))


def rearranged(value, t, change):
    """Arguments with every floating point tensor changed."""
    if isinstance(value, (torch.nn.utils.rnn.PackedSequence, ft_nn.utils.rnn.PackedSequence)):
        return value
    if isinstance(value, (list, tuple)):
        return type(value)(rearranged(v, t, change) for v in value)
    if isinstance(value, dict):
        return {k: rearranged(v, t, change) for k, v in value.items()}
    return change(value, t) if isinstance(value, t.Tensor) and value.is_floating_point() else value


def lazy(p):
    return torch.nn.parameter.is_lazy(p) or ft_nn.parameter.is_lazy(p)


def outputs(make, t, sample, change, translate):
    t.manual_seed(7)
    module = make(*translate(sample.constructor_input.args), **translate(sample.constructor_input.kwargs))
    given = rearranged(translate((sample.forward_input.args, sample.forward_input.kwargs)), t, change)
    t.manual_seed(3)
    if change is laid_out:
        for dim, name in FORMATS.items():
            if any(not lazy(p) and p.dim() == dim for p in module.parameters()):
                module.to(memory_format=getattr(t, name))
    return tensors(module(*given[0], **given[1]))


@pytest.mark.parametrize("change", [spread, laid_out])
@pytest.mark.parametrize("info", ENTRIES, ids=lambda m: m.name[3:])
def test_layouts(info, change):
    # torch lays out by format in float32 only, where another library computes its convolutions.
    dtype = torch.float32 if info.module_memformat_affects_out else torch.float64
    torch.manual_seed(1)
    for sample in info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=False, training=True)[:60]:
        if sample.forward_input is None:
            continue
        torch.set_default_dtype(dtype)
        set_default_dtype(dtype_of(dtype))
        try:
            expected = outputs(info.module_cls, torch, sample, change, lambda v: v)
            found = outputs(getattr(ft_nn, info.module_cls.__name__), surface, sample, change, convert)
        finally:
            torch.set_default_dtype(torch.float32)
            set_default_dtype(surface.float32)
        assert_values(found, expected, dtype, "output")
        if info.module_memformat_affects_out:
            assert [t.stride() for t in found] == [t.stride() for t in expected], sample.constructor_input.args
