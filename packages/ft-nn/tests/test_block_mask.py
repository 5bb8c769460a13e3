"""Block masks and the refusals of flex_attention, each expression once in torch and once here; flash attention's registry."""

import logging

import pytest

from ft_dispatch import surface
from ft_nn import attention
from ft_nn.attention import flex_attention as ours

EXPRESSIONS = """
mask
str(mask)
mask.as_tuple()
len(mask.as_tuple(flatten=False))
mask[0]
mask[:, :, 1].kv_num_blocks
mask[0, -1, 1:3].full_kv_indices
mask.to_string(grid_size=(2, 2))
mask.to_string(grid_size=3, limit=1)
str(many)
many.to_dense()
mask.to("cpu")
mask.sparsity(), mask.numel(), mask.shape
mask._adjust(4, 6).as_tuple()[:-1]
given, given.as_tuple()[:-1]
F.BlockMask.from_kv_blocks(counts, places, BLOCK_SIZE=4, compute_q_blocks=False)
F.create_block_mask(causal, 2, 3, 30, 20, device="cpu", BLOCK_SIZE=8, separate_full_blocks=False).as_tuple()[:-1]
F.create_block_mask(far, 1, 1, 30, 30, device="cpu", BLOCK_SIZE=(10, 5)).as_tuple()[:-1]
F.create_mask(causal, 1, None, 3, 4)
F.create_mask(lambda s, b, h, q, k: t.where(q >= k, s, -float("inf")), 1, 2, 3, 3)
list(F.FlexKernelOptions.__annotations__)
F.AuxRequest(), F.AuxOutput()
mask[0].mask_mod(0, 0, 0, 0)
mask[5].shape
F.create_block_mask(lambda q, k: q >= k, 1, 1, 8, 8, device="cpu")
F.BlockMask.from_kv_blocks(counts[0, 0], places[0, 0, 0])
F.BlockMask.from_kv_blocks(counts, places, counts)
F.flex_attention(q[0], k[0], v[0])
F.flex_attention(q, k[:, :1], v[:, :1])
F.flex_attention(t.cat([q, q, q[:, :1]], 1), k, v, enable_gqa=True)
F.flex_attention(q, k[..., :2], v)
F.flex_attention(t.cat([q, q]), k, v)
F.flex_attention(q[:, :, :4], k, v, block_mask=mask)
F.flex_attention(t.cat([q, q], 2), k, v, block_mask=mask)
F.flex_attention(q, k, v, return_lse=True, return_aux=F.AuxRequest(lse=True))
""".strip().splitlines()


def causal(b, h, q, k):
    return q >= k


def far(b, h, q, k):
    return q // 10 != k // 10


def world(t, flex):
    """The names that the expressions use, of one framework."""
    q, k, v = (t.arange(64, dtype=t.float32).reshape(1, 2, 8, 4).cos() + i for i in range(3))
    counts, places = t.tensor([[[1, 2]]], dtype=t.int32), t.tensor([[[[0, 1], [0, 1]]]], dtype=t.int32)
    return {
        "t": t,
        "F": flex,
        "q": q,
        "k": k,
        "v": v,
        "counts": counts,
        "places": places,
        "causal": causal,
        "far": far,
        "mask": flex.create_block_mask(causal, None, None, 8, 8, device="cpu", BLOCK_SIZE=2),
        "many": flex.create_block_mask(causal, 2, 3, 5, 5, device="cpu", BLOCK_SIZE=2),
        "given": flex.BlockMask.from_kv_blocks(counts, places, BLOCK_SIZE=4),
    }


def answer(expression, names):
    """What the expression gives, as text; or the exception."""
    try:
        return repr(eval(expression, dict(names)))
    except Exception as error:  # noqa: BLE001 - the exception is what is compared
        return f"{type(error).__name__}: {str(error).partition(' When you slice')[0]}"


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_block_masks_answer_as_torchs(expression):
    torch = pytest.importorskip("torch")
    flex = pytest.importorskip("torch.nn.attention.flex_attention")
    expected = answer(expression, world(torch, flex))
    assert answer(expression, world(surface, ours)).replace("ft_nn", "torch.nn") == expected


def test_a_block_mask_draws_itself():
    mask = ours.create_block_mask(causal, None, None, 4, 4, device="cpu", BLOCK_SIZE=2)
    assert str(mask) == "BlockMask(shape=(1, 1, 4, 4), sparsity=25.00%, \n(0, 0)\n██  \n████\n)"
    assert mask.full_kv_num_blocks.tolist() == [[[0, 1]]]
    with pytest.raises(RuntimeError, match="Cannot use mask_mod from a sliced BlockMask"):
        mask[0].mask_mod(0, 0, 0, 0)


def test_implementations_of_flash_attention_come_and_go(caplog):
    log = []

    class Handle:
        def remove(self):
            log.append("removed")

    attention.register_flash_attention_impl("mine", register_fn=lambda: log.append("made") or Handle())
    assert "mine" in attention.list_flash_attention_impls()
    attention.activate_flash_attention_impl("mine")
    assert attention.current_flash_attention_impl() == "mine"
    attention.activate_flash_attention_impl("mine")
    attention.restore_flash_attention_impl()
    assert attention.current_flash_attention_impl() is None
    assert log == ["made", "removed", "made", "removed"]
    with caplog.at_level(logging.WARNING):
        attention.restore_flash_attention_impl()
    assert "no custom impl was activated" in caplog.text
    with pytest.raises(ValueError, match=r"Unknown flash attention impl 'other'. Available implementations: \['mine'\]"):
        attention.activate_flash_attention_impl("other")
