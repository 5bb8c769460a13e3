"""Refusals: messages of functions and constructors that are torch's, word for word."""

import warnings

import pytest

import ft_nn as nn
from ft_dispatch import surface

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.oracle
F = nn.functional

MESSAGES = {
    "dropout p": lambda f, t: f.dropout(t.ones(2), p=1.5),
    "dropout1d rank": lambda f, t: f.dropout1d(t.ones(2)),
    "batch norm one value": lambda f, t: f.batch_norm(t.ones(1, 3), None, None, training=True),
    "batch norm eps": lambda f, t: f.batch_norm(t.ones(2, 3), t.ones(3), t.ones(3), eps=-1.0),
    "instance norm one value": lambda f, t: f.instance_norm(t.ones(2, 3, 1)),
    "group norm one value": lambda f, t: f.group_norm(t.ones(1, 2), 2),
    "lrn rank": lambda f, t: f.local_response_norm(t.ones(2, 3), 2),
    "glu scalar": lambda f, t: f.glu(t.ones(())),
    "hardtanh bounds": lambda f, t: f.hardtanh(t.ones(1), 2.0, 1.0),
    "bce sizes": lambda f, t: f.binary_cross_entropy(t.ones(2), t.ones(3)),
    "bce logits sizes": lambda f, t: f.binary_cross_entropy_with_logits(t.ones(2), t.ones(3)),
    "reduction": lambda f, t: f.cross_entropy(t.ones(2, 2), t.zeros(2, dtype=t.int64), reduction="all"),
    "mse weight size": lambda f, t: f.mse_loss(t.ones(2), t.ones(2), weight=t.ones(3)),
    "mse weight reduction": lambda f, t: f.mse_loss(t.ones(2), t.ones(2), weight=t.ones(2), reduction="x"),
    "gaussian var sign": lambda f, t: f.gaussian_nll_loss(t.ones(2), t.ones(2), -t.ones(2)),
    "gaussian var size": lambda f, t: f.gaussian_nll_loss(t.ones(2, 3), t.ones(2, 3), t.ones(3, 2)),
    "multi margin p": lambda f, t: f.multi_margin_loss(t.ones(2, 2), t.zeros(2, dtype=t.int64), p=3),
    "triplet margin": lambda f, t: f.triplet_margin_loss(t.ones(2), t.ones(2), t.ones(2), margin=-1.0),
    "triplet ranks": lambda f, t: f.triplet_margin_with_distance_loss(t.ones(2), t.ones(2, 2), t.ones(2)),
    "ranking ranks": lambda f, t: f.margin_ranking_loss(t.ones(2), t.ones(2, 2), t.ones(2)),
    "embedding padding": lambda f, t: f.embedding(t.zeros(1, dtype=t.int64), t.ones(2, 2), padding_idx=5),
    "bag offsets": lambda f, t: f.embedding_bag(t.zeros(1, dtype=t.int64), t.ones(2, 2)),
    "bag mode": lambda f, t: f.embedding_bag(t.zeros(1, 1, dtype=t.int64), t.ones(2, 2), mode="x"),
    "bag weights": lambda f, t: f.embedding_bag(t.zeros(1, 1, dtype=t.int64), t.ones(2, 2), per_sample_weights=t.ones(1, 1)),
    "interpolate both": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, scale_factor=2),
    "interpolate none": lambda f, t: f.interpolate(t.ones(1, 1, 2)),
    "interpolate corners": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, align_corners=True),
    "interpolate sizes": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=(2, 2)),
    "interpolate types": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=(2.5,)),
    "interpolate factors": lambda f, t: f.interpolate(t.ones(1, 1, 2), scale_factor=(2.0, 2.0)),
    "interpolate 3d bilinear": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, mode="bilinear"),
    "interpolate 3d trilinear": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, mode="trilinear"),
    "interpolate 4d linear": lambda f, t: f.interpolate(t.ones(1, 1, 2, 2), size=2, mode="linear"),
    "interpolate 5d bilinear": lambda f, t: f.interpolate(t.ones(1, 1, 2, 2, 2), size=2, mode="bilinear"),
    "interpolate mode": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, mode="cubic"),
    "interpolate antialias": lambda f, t: f.interpolate(t.ones(1, 1, 2), size=2, antialias=True),
    "unpool size": lambda f, t: f.max_unpool1d(t.ones(1, 1, 2), t.zeros(1, 1, 2, dtype=t.int64), 2, output_size=(9,)),
    "fractional size": lambda f, t: f.fractional_max_pool2d(t.ones(1, 1, 4, 4), 2),
    "linear dtype": lambda f, t: f.linear(t.ones(1, 2), t.ones(3, 2, dtype=t.float64), t.ones(3)),
    "conv dtype": lambda f, t: f.conv2d(t.ones(1, 1, 2, 2, dtype=t.uint8), t.ones(1, 1, 1, 1), t.ones(1)),
    "conv weight dtype": lambda f, t: f.conv1d(t.ones(1, 1, 2, dtype=t.float64), t.ones(1, 1, 1)),
    "transposed channels": lambda f, t: f.conv_transpose2d(t.ones(1, 2, 3, 3), t.ones(3, 1, 1, 1)),
    "mse of integers": lambda f, t: f.mse_loss(t.ones(2, dtype=t.int64), t.ones(2, dtype=t.int64)),
    "smooth l1 of integers": lambda f, t: f.smooth_l1_loss(t.ones(2, dtype=t.int32), t.ones(2, dtype=t.int32)),
    "huber of integers": lambda f, t: f.huber_loss(t.ones(2, dtype=t.int64), t.ones(2, dtype=t.int64)),
    "huber into integers": lambda f, t: f.huber_loss(t.ones(2, dtype=t.int64), t.ones(2)),
    "soft margin of integers": lambda f, t: f.soft_margin_loss(t.ones(2, dtype=t.int64), t.ones(2)),
    "bce target dtype": lambda f, t: f.binary_cross_entropy(t.ones(2), t.ones(2, dtype=t.int64)),
    "bce float target dtype": lambda f, t: f.binary_cross_entropy(t.ones(2), t.ones(2, dtype=t.float64)),
    "bce of integers": lambda f, t: f.binary_cross_entropy(t.ones(2, dtype=t.int64), t.ones(2, dtype=t.int64)),
    "bce logits integer target": lambda f, t: f.binary_cross_entropy_with_logits(t.ones(2), t.ones(2, dtype=t.int64)),
    "bce logits bool target": lambda f, t: f.binary_cross_entropy_with_logits(t.ones(2), t.ones(2, dtype=t.bool)),
    "bce logits of integers": lambda f, t: f.binary_cross_entropy_with_logits(t.ones(2, dtype=t.int64), t.ones(2)),
    "kl div of integers": lambda f, t: f.kl_div(t.ones(2), t.ones(2, dtype=t.int64)),
    "nll target dtype": lambda f, t: f.nll_loss(t.ones(2, 2), t.zeros(2, dtype=t.int32)),
    "nll target size": lambda f, t: f.nll_loss(t.ones(3), t.zeros(2, dtype=t.int64)),
    "ctc lengths": lambda f, t: f.ctc_loss(t.ones(3, 1, 2), t.ones(1, 1, dtype=t.int64), t.tensor([4]), t.tensor([1])),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_are_torchs(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Exception) as expected:
            MESSAGES[name](torch.nn.functional, torch)
        with pytest.raises(expected.type) as found:
            MESSAGES[name](F, surface)
    assert str(found.value) == str(expected.value)


CONSTRUCTORS = {
    "conv groups": lambda n: n.Conv2d(3, 4, 1, groups=2),
    "conv outputs": lambda n: n.Conv2d(4, 3, 1, groups=2),
    "conv no groups": lambda n: n.Conv2d(4, 3, 1, groups=0),
    "conv same stride": lambda n: n.Conv2d(1, 1, 3, stride=2, padding="same"),
    "transpose mode": lambda n: n.ConvTranspose2d(1, 1, 1, padding_mode="reflect"),
    "dropout": lambda n: n.Dropout(-0.5),
    "group norm": lambda n: n.GroupNorm(2, 3),
    "embedding": lambda n: n.Embedding(2, 2, padding_idx=2),
    "attention": lambda n: n.MultiheadAttention(3, 2),
    "attention zero": lambda n: n.MultiheadAttention(0, 2),
    "rnn proj": lambda n: n.GRU(1, 2, proj_size=1),
    "rnn nonlinearity": lambda n: n.RNN(1, 2, nonlinearity="x"),
    "rnn dropout": lambda n: n.LSTM(1, 2, dropout=2),
    "rnn proj size": lambda n: n.LSTM(1, 2, proj_size=2),
    "rnn hidden": lambda n: n.LSTM(1, 0),
    "rnn input type": lambda n: n.LSTM(1.5, 1),
    "transformer activation": lambda n: n.TransformerEncoderLayer(2, 1, activation="tanh"),
    "unflatten": lambda n: n.Unflatten(1, (2, "a")),
    "unflatten number": lambda n: n.Unflatten(1, 3),
    "fractional": lambda n: n.FractionalMaxPool2d(2),
    "triplet": lambda n: n.TripletMarginLoss(margin=0),
    "multi margin": lambda n: n.MultiMarginLoss(p=4),
    "bilinear": lambda n: n.Bilinear(0, 1, 1),
    "hardtanh": lambda n: n.Hardtanh(1.0, 0.0),
}


@pytest.mark.parametrize("name", CONSTRUCTORS)
def test_constructor_messages_are_torchs(name):
    with pytest.raises(Exception) as expected:
        CONSTRUCTORS[name](torch.nn)
    with pytest.raises(expected.type) as found:
        CONSTRUCTORS[name](nn)
    assert str(found.value) == str(expected.value)


MIXED = [(kind, made, given) for kind in ("mse_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy_with_logits")
         for made, given in (("float32", "float64"), ("float64", "float32"), ("float32", "int64"), ("int64", "float32"))
         if (kind, given) != ("binary_cross_entropy_with_logits", "int64") and (kind, made) != ("huber_loss", "int64")
         and (kind, made) != ("binary_cross_entropy_with_logits", "int64")]  # fmt: skip


@pytest.mark.parametrize(("kind", "made", "given"), MIXED)
def test_losses_of_two_dtypes_are_torchs(kind, made, given):
    found, expected = (
        getattr(f, kind)(t.tensor([3, 1, 0]).to(getattr(t, made)), t.tensor([1, 0, 1]).to(getattr(t, given)))
        for f, t in ((F, surface), (torch.nn.functional, torch))
    )
    assert str(found.dtype) == str(expected.dtype)
    assert found.item() == pytest.approx(expected.item(), rel=1e-6)


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 1)])
def test_nll_of_zeros_has_torchs_sign(reduction, shape):
    made = [
        f.nll_loss(t.zeros(shape), t.zeros((2, *shape[2:]), dtype=t.int64), reduction=reduction)
        for f, t in ((F, surface), (torch.nn.functional, torch))
    ]
    found, expected = (str(m.tolist()) for m in made)
    assert found == expected
