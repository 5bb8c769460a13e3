"""flex_attention: score and mask functions, blocks, and what it returns beside the output; against plain attention and torch."""

import numpy as np
import pytest

from ft_autograd import grad
from ft_autograd.gradcheck import gradcheck
from ft_dispatch import surface
from ft_nn.attention import flex_attention as ours
from ft_nn.functional import scaled_dot_product_attention

BIAS = [0.5, -1.0, 2.0, 0.25]


def tensors(t, *shapes, dtype="float32"):
    rng = np.random.default_rng(0)
    return [t.from_numpy(rng.standard_normal(shape).astype(dtype)) for shape in shapes]


def qkv(t):
    return tensors(t, (2, 4, 5, 8), (2, 4, 7, 8), (2, 4, 7, 6))


def causal(b, h, q, k):
    return q >= k


def even_heads(b, h, q, k):
    return (h % 2 == 0) | (k < 2)


def relative(score, b, h, q, k):
    return score + (q - k) * 0.1


def by_head(t):
    bias = t.tensor(BIAS)
    return lambda score, b, h, q, k: score * bias[h]


CASES = {
    "plain": lambda t, m: {},
    "score": lambda t, m: {"score_mod": relative, "scale": 0.3},
    "buffer": lambda t, m: {"score_mod": by_head(t)},
    "causal": lambda t, m: {"block_mask": m.create_block_mask(causal, None, None, 5, 7, device="cpu", BLOCK_SIZE=2)},
    "heads": lambda t, m: {
        "block_mask": m.create_block_mask(m.and_masks(causal, even_heads), 2, 4, 5, 7, device="cpu", BLOCK_SIZE=(2, 4))
    },
    "either": lambda t, m: {
        "block_mask": m.create_block_mask(m.or_masks(causal, even_heads), 1, 4, 5, 7, device="cpu"),
        "score_mod": relative,
    },
}
FACTS = [f"{full}{side}_{what}" for full in ("", "full_") for side in ("kv", "q") for what in ("num_blocks", "indices")]


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_flex_attention_equals_torch(name):
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("torch.nn.attention.flex_attention")
    found = []
    for t, m in ((surface, ours), (torch, theirs)):
        options = CASES[name](t, m)
        mask = options.get("block_mask")
        facts = [] if mask is None else [*[getattr(mask, f) for f in FACTS], mask.to_dense(), t.tensor(mask.shape)]
        found.append([m.flex_attention(*qkv(t), **options), *facts])
    for mine, real in zip(*found, strict=True):
        np.testing.assert_allclose(mine.numpy(), real.numpy(), rtol=1e-5, atol=1e-6)


def test_flex_attention_without_functions_is_attention():
    q, k, v = qkv(surface)
    assert surface.allclose(ours.flex_attention(q, k, v), scaled_dot_product_attention(q, k, v), atol=1e-6)
    mask = ours.create_block_mask(causal, None, None, 5, 7)
    wanted = scaled_dot_product_attention(q, k, v, is_causal=True)
    assert surface.allclose(ours.flex_attention(q, k, v, block_mask=mask), wanted, atol=1e-6)
    few = (k[:, :2], v[:, :2])
    wanted = scaled_dot_product_attention(q, *few, enable_gqa=True)
    assert surface.allclose(ours.flex_attention(q, *few, enable_gqa=True), wanted, atol=1e-6)


def test_flex_attention_gradients_reach_captured_tensors():
    q, k, v, bias = tensors(surface, (1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 3, 4), (2,), dtype="float64")
    inputs = [x.requires_grad_() for x in (q, k, v, bias)]
    mask = ours.create_block_mask(causal, None, None, 3, 3)

    def attend(q, k, v, bias):
        return ours.flex_attention(q, k, v, lambda s, b, h, i, j: s * bias[h], mask)

    assert gradcheck(attend, inputs)


def test_flex_attention_returns_what_is_asked():
    q, k, v = qkv(surface)
    scores = q @ k.mT * 8**-0.5
    out, lse = ours.flex_attention(q, k, v, return_lse=True)
    assert surface.allclose(lse, scores.logsumexp(-1))
    same, aux = ours.flex_attention(q, k, v, return_aux=ours.AuxRequest(max_scores=True))
    assert surface.equal(out, same)
    assert aux.lse is None
    assert surface.allclose(aux.max_scores, scores.amax(-1))


def test_flex_attention_of_a_query_without_keys_is_zero():
    q, k, v = (x.requires_grad_() for x in qkv(surface))
    mask = ours.create_block_mask(lambda b, h, i, j: i > j, None, None, 5, 7)
    out = ours.flex_attention(q, k, v, block_mask=mask)
    assert out[:, :, 0].abs().sum() == 0
    assert all(g.isfinite().all() for g in grad(out.sum(), (q, k, v)))


def test_block_mask_sums_up_a_mask():
    mask = ours.create_block_mask(causal, None, None, 5, 7, BLOCK_SIZE=2)
    assert mask.shape == (1, 1, 5, 7)
    assert mask.kv_num_blocks.tolist() == [[[1, 1, 3]]]
    assert mask.full_kv_num_blocks.tolist() == [[[0, 1, 0]]]
    assert mask.kv_indices.tolist() == [[[[0, 1, 2, 3], [1, 0, 2, 3], [0, 1, 2, 3]]]]
    assert mask.to_dense().tolist() == [[[[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]]]]
    assert mask.sparsity() == pytest.approx(100 * (1 - 24 / 35))
    assert str(mask).startswith("BlockMask(shape=(1, 1, 5, 7), sparsity=31.43%, ")


def test_create_mask_of_masks_and_scores():
    wanted = surface.ones(3, 4, dtype=surface.bool).tril()[None, None]
    assert surface.equal(ours.create_mask(causal, None, None, 3, 4), wanted)
    assert surface.equal(ours.create_mask(lambda s, b, h, q, k: surface.where(q >= k, s, -float("inf")), 1, 1, 3, 4), wanted)
    assert ours.create_mask(ours.noop_mask, 2, 1, 3, 4).all()
    assert ours.create_mask(even_heads, None, 2, 1, 3).tolist() == [[[[True] * 3], [[True, True, False]]]]


@pytest.mark.parametrize(
    ("shapes", "error", "message"),
    [
        (((4, 5, 8), (4, 7, 8), (4, 7, 8)), NotImplementedError, "must be 4D"),
        (((1, 4, 5, 8), (1, 2, 7, 8), (1, 2, 7, 8)), ValueError, "Try setting enable_gqa=True"),
        (((1, 4, 5, 8), (1, 4, 7, 6), (1, 4, 7, 6)), ValueError, "same embedding dimension"),
        (((1, 4, 9, 8), (1, 4, 7, 8), (1, 4, 7, 8)), ValueError, "block_mask was created for"),
    ],
)
def test_flex_attention_refuses(shapes, error, message):
    mask = ours.create_block_mask(causal, None, None, 5, 7)
    with pytest.raises(error, match=message):
        ours.flex_attention(*tensors(surface, *shapes), block_mask=mask)
    with pytest.raises(RuntimeError, match="callable mask_mods"):
        ours.or_masks(3)
