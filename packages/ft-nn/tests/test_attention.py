"""torch.nn.attention: which way attention takes, and causal masks as objects."""

import pytest

import ft_nn
from ft_dispatch import surface as torch
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.ops.attention import BACKENDS
from ft_nn.attention import SDPBackend, bias, sdpa_kernel

attend = ft_nn.functional.scaled_dot_product_attention


def tensors(queries=3, keys=5):
    torch.manual_seed(0)
    return torch.randn(1, 2, queries, 4), torch.randn(1, 2, keys, 4), torch.randn(1, 2, keys, 4)


class Seen(TorchDispatchMode):
    def __init__(self):
        self.names = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.names.append(str(func))
        return func(*args, **(kwargs or {}))


def fused(*args):
    with Seen() as seen:
        attend(*args)
    return any("flash" in name for name in seen.names)


def test_sdpa_kernel_chooses_within_the_block_only():
    q, k, v = tensors()
    assert fused(q, k, v)
    with sdpa_kernel(SDPBackend.MATH):
        assert not fused(q, k, v)
        with sdpa_kernel([SDPBackend.FLASH_ATTENTION, SDPBackend.MATH], set_priority=True):
            assert fused(q, k, v)
        assert not fused(q, k, v)
    assert all(BACKENDS.values())


def test_sdpa_kernel_without_a_way_refuses():
    q, k, v = tensors()
    with sdpa_kernel(SDPBackend.EFFICIENT_ATTENTION), pytest.raises(RuntimeError, match="No viable backend"):
        attend(q, k, v)
    with sdpa_kernel(SDPBackend.FLASH_ATTENTION), pytest.raises(RuntimeError, match="No available kernel"):
        attend(q[0], k[0], v[0])
    with pytest.raises(AssertionError, match="Backend must be an instance of SDPBackend"), sdpa_kernel("MATH"):
        pass
    assert all(BACKENDS.values())


@pytest.mark.parametrize(("queries", "keys"), [(3, 5), (4, 4), (5, 3)])
def test_causal_bias_upper_left_is_is_causal(queries, keys):
    q, k, v = tensors(queries, keys)
    mask = bias.causal_upper_left(queries, keys)
    assert torch.equal(attend(q, k, v, mask), attend(q, k, v, is_causal=True))
    assert mask.shape == (queries, keys)


def test_causal_bias_lower_right_ends_at_the_last_key():
    q, k, v = tensors()
    mask = bias.causal_lower_right(3, 5)
    rows = [[1, 1, 1, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    assert repr(mask) == repr(torch.tensor(rows, dtype=torch.bool))
    assert torch.allclose(attend(q, k, v, mask), attend(q, k, v, torch.tensor(rows).bool()))


def test_causal_bias_refuses_and_warns():
    q, k, v = tensors()
    with pytest.raises(ValueError, match="should not be used with causal=True"):
        attend(q, k, v, bias.causal_upper_left(3, 5), is_causal=True)
    with pytest.raises(AssertionError, match="only supports 2D"):
        bias.causal_lower_right(3, 5, 1)
    with pytest.warns(UserWarning, match="will produce NaNs"):
        bias.causal_lower_right(5, 3)


def test_attention_by_the_formula_keeps_half_precision_in_float32():
    q, k, v = (t.bfloat16()[0] for t in tensors())
    exact = attend(*(t.float() for t in (q, k, v)))
    assert torch.equal(attend(q, k, v), exact.bfloat16())
