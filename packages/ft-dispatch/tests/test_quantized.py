"""Quantized tensors without the oracle: the grid they stand on, what keeps it, what is shared, and refusals that change nothing."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core import Tensor
from ft_dispatch import surface as torch

X = [[-1.0, 0.0, 0.26, 0.5], [1.0, 1.7, 25.5, 100.0]]


def per_tensor(kind="quint8", scale=0.1, zero=10) -> Tensor:
    return torch.quantize_per_tensor(torch.tensor(X), scale, zero, getattr(torch, kind))


def per_channel(axis=0) -> Tensor:
    scales, zeros = torch.tensor([0.1, 0.2]), torch.tensor([10, 0])
    x = torch.tensor(X)
    return torch.quantize_per_channel(x if axis == 0 else x.t(), scales, zeros, axis, torch.quint8)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=40),
    scale=st.floats(0.01, 3),
    zero=st.integers(0, 127),
    kind=st.sampled_from(["quint8", "qint8", "qint32"]),
)
def test_a_number_in_range_is_off_by_half_a_step_at_most(values, scale, zero, kind):
    x = torch.tensor(values)
    q = torch.quantize_per_tensor(x, scale, zero, getattr(torch, kind))
    low, high = {"quint8": (0, 255), "qint8": (-128, 127), "qint32": (-(2**31), 2**31 - 1)}[kind]
    ints = q.int_repr()
    assert ints.min() >= low
    assert ints.max() <= high
    error = (q.dequantize() - x.clamp((low - zero) * scale, (high - zero) * scale)).abs().max().item()
    assert error <= scale * 0.5 * (1 + 1e-3) + 1e-3
    again = torch.quantize_per_tensor(q.dequantize(), scale, zero, getattr(torch, kind))
    assert again.int_repr().tolist() == ints.tolist()


def test_what_a_quantized_tensor_says_of_itself():
    q = per_tensor()
    assert (q.q_scale(), q.q_zero_point(), q.qscheme()) == (0.1, 10, torch.per_tensor_affine)
    assert (q.dtype, q.layout, q.is_quantized) == (torch.quint8, torch.strided, True)
    assert q.int_repr().tolist() == [[0, 10, 13, 15], [20, 27, 255, 255]]
    c = per_channel(1)
    assert (c.q_per_channel_axis(), c.qscheme()) == (1, torch.per_channel_affine)
    assert c.q_per_channel_scales().dtype is torch.float64
    assert c.q_per_channel_zero_points().tolist() == [10, 0]
    with pytest.raises(RuntimeError, match="kPerTensorAffine to be true"):
        c.q_scale()
    with pytest.raises(RuntimeError, match="kPerChannelAffine"):
        q.q_per_channel_scales()
    with pytest.raises(NotImplementedError, match="aten::q_scale"):
        torch.tensor(X).q_scale()


def test_it_prints_as_torch_does():
    assert repr(per_tensor()) == (
        "tensor([[-1.0000,  0.0000,  0.3000,  0.5000],\n        [ 1.0000,  1.7000, 24.5000, 24.5000]], size=(2, 4), dtype=torch.quint8,\n"
        "       quantization_scheme=torch.per_tensor_affine, scale=0.1, zero_point=10)"
    )
    assert "scale=tensor([0.1000, 0.2000], dtype=torch.float64),\n       zero_point=tensor([10,  0]), axis=0)" in repr(
        per_channel()
    )


VIEWS = {
    "view": lambda t: t.view(4, 2),
    "t": lambda t: t.t(),
    "select": lambda t: t[1],
    "slice": lambda t: t[:, 1:3],
    "unsqueeze": lambda t: t.unsqueeze(0),
    "expand": lambda t: t.expand(3, 2, 4),
    "unfold": lambda t: t.unfold(1, 2, 1),
}


@pytest.mark.parametrize("name", VIEWS)
def test_views_share_the_integers(name):
    q = per_tensor()
    made = VIEWS[name](q)
    assert made.q_scale() == 0.1
    assert made.int_repr().tolist() == VIEWS[name](q.int_repr()).tolist()
    assert made.dequantize().tolist() == VIEWS[name](q.dequantize()).tolist()
    if name != "expand":
        made.fill_(0.7)
        assert (VIEWS[name](q).dequantize() - 0.7).abs().max().item() < 1e-6


MOVES = {
    "flip": lambda t: t.flip(0),
    "index_select": lambda t: t.index_select(1, torch.tensor([3, 0])),
    "index": lambda t: t[torch.tensor([1, 1])],
    "cat": lambda t: torch.cat([t, t]),
    "stack": lambda t: torch.stack([t, t]),
    "max": lambda t: t.max(),
    "sort": lambda t: t.sort(1, descending=True)[0],
    "relu": lambda t: t.relu(),
    "clamp": lambda t: t.clamp(-0.5, 1.7),
    "clone": lambda t: t.clone(),
}


@pytest.mark.parametrize("name", MOVES)
def test_moving_integers_is_moving_numbers(name):
    q = per_tensor()
    made = MOVES[name](q)
    assert (made.q_scale(), made.q_zero_point(), made.dtype) == (0.1, 10, torch.quint8)
    assert torch.allclose(made.dequantize(), MOVES[name](q.dequantize()))


@pytest.mark.parametrize("operator", ["eq", "ne", "lt", "le", "gt", "ge"])
def test_comparisons_are_of_numbers(operator):
    q = per_tensor()
    assert getattr(q, operator)(0.5).tolist() == getattr(q.dequantize(), operator)(0.5).tolist()
    assert getattr(q, operator)(q).tolist() == getattr(q.dequantize(), operator)(q.dequantize()).tolist()


def test_functions_of_known_range_choose_their_own_grid():
    assert (per_tensor().sigmoid().q_scale(), per_tensor("qint8").sigmoid().q_zero_point()) == (1 / 256, -128)
    assert (per_tensor().tanh().q_scale(), per_tensor().tanh().q_zero_point()) == (2 / 256, 128)


def test_a_channel_of_a_channelwise_tensor_is_per_tensor():
    c = per_channel()
    assert c[1].qscheme() is torch.per_tensor_affine
    assert c[1].dequantize().tolist() == c.dequantize()[1].tolist()
    with pytest.raises(RuntimeError, match="uniformly quantized"):
        c.t()


def test_writes_and_what_they_refuse():
    q = per_tensor()
    q.copy_(torch.zeros(2, 4))
    assert q.int_repr().unique().tolist() == [10]
    q.masked_fill_(torch.tensor([True, False, False, False]), 1.0)
    assert q.int_repr()[:, 0].tolist() == [20, 20]
    before = q.int_repr().tolist()
    for wrong in (
        lambda: q.copy_(torch.zeros(2, 4).double()),
        lambda: q.add_(1),
        lambda: torch.zeros(2, 4).copy_(q),
        lambda: q.copy_(per_tensor("qint8")),
    ):
        with pytest.raises((RuntimeError, NotImplementedError)):
            wrong()
    assert q.int_repr().tolist() == before


@pytest.mark.parametrize("made", [per_tensor, per_channel])
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))], ids=["deepcopy", "pickle"])
def test_copies_keep_the_quantizer(made, copied):
    assert repr(copied(made())) == repr(made())


def test_the_scheme_is_one_object():
    assert pickle.loads(pickle.dumps(torch.per_tensor_affine)) is torch.per_tensor_affine
    assert copy.deepcopy(torch.per_channel_symmetric) is torch.per_channel_symmetric


BAD = [
    (lambda: torch.quantize_per_tensor(torch.tensor(X), 0.1, 1000, torch.quint8), "above upper bound"),
    (lambda: torch.quantize_per_tensor(torch.tensor(X), 0.1, -1, torch.quint8), "below lower bound"),
    (lambda: torch.quantize_per_tensor(torch.tensor(X), 0.1, 0, torch.uint8), "not supported in new_qtensor"),
    (lambda: torch.quantize_per_tensor(torch.tensor(X).double(), 0.1, 0, torch.quint8), "only works on Float Tensor"),
    (lambda: torch.fake_quantize_per_tensor_affine(torch.tensor(X), 0.1, 300, 0, 255), "must be between"),
    (lambda: torch.fake_quantize_per_tensor_affine(torch.tensor(X), 0.1, 3, 255, 0), "quant_min"),
    (
        lambda: torch.fake_quantize_per_channel_affine(torch.tensor(X), torch.ones(3), torch.ones(3).int(), 0, 0, 9),
        "not consistent with input tensor",
    ),
    (lambda: per_tensor() + per_tensor(), "'QuantizedCPU' backend"),
    (lambda: per_tensor().float(), "requires quantized dtype"),
    (lambda: per_tensor().requires_grad_(), "only Tensors of floating point"),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=[m for _, m in BAD])
def test_refusals(call, message):
    with pytest.raises(RuntimeError, match=message):
        call()


def test_parameters_from_the_data_hold_the_data():
    for kind in (torch.quint8, torch.qint8):
        x = torch.tensor([-3.0, 0.0, 5.0])
        q = torch.quantize_per_tensor_dynamic(x, kind, False)
        assert q.dequantize()[1].item() == 0.0
        assert (q.dequantize() - x).abs().max().item() <= q.q_scale()
