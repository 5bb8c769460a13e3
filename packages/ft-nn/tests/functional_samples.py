"""A call of every public function of torch.nn.functional, as `name: (t, F) -> result`, for any torch-shaped `t` and its `F`.

The same calls run against ours and, where it is installed, against torch. Inputs are smooth, without ties, and the same in both.
"""


def x(t, *shape, shift=0.0):
    """Numbers in (-1, 1) that repeat nowhere near."""
    n = 1
    for size in shape:
        n *= size
    return ((t.arange(n, dtype=t.float32) * 0.7371 + shift).sin() * 0.93).reshape(shape)


def p(t, *shape, shift=0.0):
    """Numbers in (0, 1)."""
    return x(t, *shape, shift=shift) * 0.45 + 0.5


def classes(t, *values):
    return t.tensor(list(values), dtype=t.int64)


def unpooled(n):
    def call(t, F):
        image = x(t, 1, 2, *(4,) * n)
        values, places = getattr(F, f"max_pool{n}d")(image, 2, return_indices=True)
        return getattr(F, f"max_unpool{n}d")(values, places, 2)

    return call


def seeded(call):
    def run(t, F):
        t.manual_seed(3)
        return call(t, F)

    return run


def inplace(name, *args):
    return lambda t, F: getattr(F, name)(x(t, 3, 4), *args)


def pointwise(name, *args):
    return lambda t, F: getattr(F, name)(x(t, 3, 4), *args)


def image(name, *args, dims=2, **kwargs):
    return lambda t, F: getattr(F, name)(x(t, 1, 4, *(6,) * dims), *args, **kwargs)


def pair(name, **kwargs):
    return lambda t, F: getattr(F, name)(x(t, 3, 4), x(t, 3, 4, shift=1.0), **kwargs)


def grouped(t, F):
    ends = t.tensor([2, 2, 6], dtype=t.int32)
    products = [
        F.grouped_mm(x(t, 6, 8), x(t, 3, 8, 12, shift=1.0), offs=ends),
        F.grouped_mm(x(t, 3, 6, 8), x(t, 3, 8, 12, shift=1.0)),
        F.grouped_mm(x(t, 3, 6, 8), x(t, 8, 16, shift=1.0), offs=t.tensor([4, 8, 16], dtype=t.int32)),
        F.grouped_mm(x(t, 4, 16), x(t, 16, 8, shift=1.0), offs=t.tensor([4, 8, 16], dtype=t.int32)),
    ]
    return products


def scaled(t, F):
    a, b = x(t, 16, 32).to(t.float8_e4m3fn), x(t, 16, 32, shift=1.0).to(t.float8_e5m2).t()
    kinds = F.ScalingType
    whole = F.scaled_mm(a, b, t.tensor(0.5), kinds.TensorWise, t.tensor(1.75), kinds.TensorWise, output_dtype=t.float32)
    rows = F.scaled_mm(a, b, p(t, 16, 1), kinds.RowWise, p(t, 1, 16), kinds.RowWise, bias=x(t, 16), output_dtype=t.float32)
    return whole, rows


def attention(t, F):
    q, k, v = x(t, 3, 2, 4), x(t, 5, 2, 4, shift=1.0), x(t, 5, 2, 4, shift=2.0)
    weights = x(t, 12, 4), x(t, 12), None, None, False, 0.0, x(t, 4, 4), x(t, 4)
    return F.multi_head_attention_forward(q, k, v, 4, 2, *weights)


def batch_norm(t, F):
    mean, var = t.zeros(4), t.ones(4)
    return [F.batch_norm(x(t, 3, 4, 2), mean, var, x(t, 4), x(t, 4), True), mean, var]


def distribution_loss(t, F):
    return F.kl_div(F.log_softmax(x(t, 3, 4), 1), F.softmax(x(t, 3, 4, shift=1.0), 1), reduction="batchmean")


def ctc(t, F):
    scores = F.log_softmax(x(t, 6, 2, 4), 2)
    return F.ctc_loss(scores, classes(t, 1, 2, 3, 1, 1, 2).reshape(2, 3), (6, 5), (3, 2))


def margins(t, F):
    return F.margin_ranking_loss(x(t, 4), x(t, 4, shift=1.0), classes(t, 1, -1, 1, -1).float(), margin=0.2)


def triplet(name):
    return lambda t, F: getattr(F, name)(x(t, 3, 4), x(t, 3, 4, shift=1.0), x(t, 3, 4, shift=2.0))


CALLS = {
    **{f"adaptive_{kind}_pool{n}d": image(f"adaptive_{kind}_pool{n}d", 3, dims=n) for kind in ("avg", "max") for n in (1, 2, 3)},
    **{
        f"adaptive_max_pool{n}d_with_indices": image(f"adaptive_max_pool{n}d_with_indices", 3, dims=n, return_indices=True)
        for n in (1, 2, 3)
    },
    "affine_grid": lambda t, F: F.affine_grid(x(t, 2, 2, 3), [2, 1, 3, 4], align_corners=False),
    "alpha_dropout": seeded(pointwise("alpha_dropout", 0.4, True)),
    **{f"avg_pool{n}d": image(f"avg_pool{n}d", 2, dims=n) for n in (1, 2, 3)},
    "batch_norm": batch_norm,
    "bilinear": lambda t, F: F.bilinear(x(t, 3, 4), x(t, 3, 2), x(t, 5, 4, 2), x(t, 5)),
    "binary_cross_entropy": lambda t, F: F.binary_cross_entropy(p(t, 3, 4), p(t, 3, 4, shift=1.0)),
    "binary_cross_entropy_with_logits": lambda t, F: F.binary_cross_entropy_with_logits(x(t, 3, 4), p(t, 3, 4)),
    "celu": pointwise("celu", 0.7),
    "celu_": inplace("celu_", 0.7),
    "channel_shuffle": image("channel_shuffle", 2),
    **{f"conv{n}d": lambda t, F, n=n: getattr(F, f"conv{n}d")(x(t, 1, 2, *(5,) * n), x(t, 3, 2, *(2,) * n)) for n in (1, 2, 3)},
    "conv_tbc": lambda t, F: F.conv_tbc(x(t, 5, 2, 3), x(t, 2, 3, 4), x(t, 4), 1),
    **{
        f"conv_transpose{n}d": lambda t, F, n=n: getattr(F, f"conv_transpose{n}d")(x(t, 1, 2, *(3,) * n), x(t, 2, 3, *(2,) * n))
        for n in (1, 2, 3)
    },
    "cosine_embedding_loss": lambda t, F: F.cosine_embedding_loss(x(t, 3, 4), x(t, 3, 4, shift=1.0), classes(t, 1, -1, 1)),
    "cosine_similarity": pair("cosine_similarity"),
    "cross_entropy": lambda t, F: F.cross_entropy(x(t, 3, 4), classes(t, 1, 3, 0), label_smoothing=0.1),
    "ctc_loss": ctc,
    "dropout": seeded(pointwise("dropout", 0.4)),
    **{f"dropout{n}d": seeded(image(f"dropout{n}d", 0.4, dims=n)) for n in (1, 2, 3)},
    "elu": pointwise("elu", 0.7),
    "elu_": inplace("elu_", 0.7),
    "embedding": lambda t, F: F.embedding(classes(t, 2, 0, 2), x(t, 3, 4)),
    "embedding_bag": lambda t, F: F.embedding_bag(classes(t, 2, 0, 2, 1), x(t, 3, 4), classes(t, 0, 3), mode="mean"),
    "feature_alpha_dropout": seeded(image("feature_alpha_dropout", 0.4, True)),
    "fold": lambda t, F: F.fold(x(t, 1, 8, 9), 4, 2),
    **{f"fractional_max_pool{n}d": seeded(image(f"fractional_max_pool{n}d", 2, output_size=3, dims=n)) for n in (2, 3)},
    **{
        f"fractional_max_pool{n}d_with_indices": seeded(image(f"fractional_max_pool{n}d_with_indices", 2, output_size=3, dims=n))
        for n in (2, 3)
    },
    "gaussian_nll_loss": lambda t, F: F.gaussian_nll_loss(x(t, 3, 4), x(t, 3, 4, shift=1.0), p(t, 3, 4)),
    "gelu": pointwise("gelu"),
    "glu": pointwise("glu"),
    "grid_sample": lambda t, F: F.grid_sample(x(t, 1, 2, 4, 4), x(t, 1, 3, 3, 2), padding_mode="reflection", align_corners=True),
    "group_norm": image("group_norm", 2),
    "grouped_mm": grouped,
    "gumbel_softmax": seeded(pointwise("gumbel_softmax", 0.5)),
    "hardshrink": pointwise("hardshrink", 0.3),
    "hardsigmoid": pointwise("hardsigmoid"),
    "hardswish": pointwise("hardswish"),
    "hardtanh": pointwise("hardtanh", -0.4, 0.6),
    "hardtanh_": inplace("hardtanh_", -0.4, 0.6),
    "hinge_embedding_loss": lambda t, F: F.hinge_embedding_loss(x(t, 4), classes(t, 1, -1, 1, -1)),
    "huber_loss": pair("huber_loss", delta=0.5),
    "instance_norm": image("instance_norm"),
    "interpolate": image("interpolate", scale_factor=1.5, mode="bilinear"),
    "kl_div": distribution_loss,
    "l1_loss": pair("l1_loss"),
    "layer_norm": pointwise("layer_norm", (4,)),
    "leaky_relu": pointwise("leaky_relu", 0.2),
    "leaky_relu_": inplace("leaky_relu_", 0.2),
    "linear": lambda t, F: F.linear(x(t, 3, 4), x(t, 5, 4), x(t, 5)),
    "linear_cross_entropy": lambda t, F: F.linear_cross_entropy(x(t, 3, 4), x(t, 5, 4), classes(t, 1, 4, 0)),
    "local_response_norm": image("local_response_norm", 3),
    "log_softmax": pointwise("log_softmax", 1),
    "logsigmoid": pointwise("logsigmoid"),
    **{f"lp_pool{n}d": lambda t, F, n=n: getattr(F, f"lp_pool{n}d")(p(t, 1, 2, *(4,) * n), 2, 2) for n in (1, 2, 3)},
    "margin_ranking_loss": margins,
    **{f"max_pool{n}d": image(f"max_pool{n}d", 2, dims=n) for n in (1, 2, 3)},
    **{f"max_pool{n}d_with_indices": image(f"max_pool{n}d_with_indices", 2, dims=n) for n in (1, 2, 3)},
    **{f"max_unpool{n}d": unpooled(n) for n in (1, 2, 3)},
    "mish": pointwise("mish"),
    "mse_loss": pair("mse_loss"),
    "multi_head_attention_forward": attention,
    "multi_margin_loss": lambda t, F: F.multi_margin_loss(x(t, 3, 4), classes(t, 1, 3, 0)),
    "multilabel_margin_loss": lambda t, F: F.multilabel_margin_loss(x(t, 1, 4), classes(t, 2, 0, -1, 1).reshape(1, 4)),
    "multilabel_soft_margin_loss": lambda t, F: F.multilabel_soft_margin_loss(x(t, 3, 4), p(t, 3, 4).round()),
    "native_channel_shuffle": image("native_channel_shuffle", 2),
    "nll_loss": lambda t, F: F.nll_loss(x(t, 3, 4), classes(t, 1, 3, 0), p(t, 4)),
    "normalize": pointwise("normalize"),
    "one_hot": lambda t, F: F.one_hot(classes(t, 1, 3, 0), 5),
    "pad": image("pad", (1, 2, 0, 1), mode="reflect"),
    "pairwise_distance": pair("pairwise_distance"),
    "pdist": pointwise("pdist", 3.0),
    "pixel_shuffle": image("pixel_shuffle", 2),
    "pixel_unshuffle": image("pixel_unshuffle", 2),
    "poisson_nll_loss": lambda t, F: F.poisson_nll_loss(x(t, 3, 4), p(t, 3, 4), full=True),
    "prelu": lambda t, F: F.prelu(x(t, 3, 4), p(t, 4)),
    "relu": pointwise("relu"),
    "relu6": pointwise("relu6"),
    "relu_": inplace("relu_"),
    "rms_norm": pointwise("rms_norm", (4,)),
    "rrelu": seeded(pointwise("rrelu", 0.1, 0.3, True)),
    "rrelu_": seeded(inplace("rrelu_", 0.1, 0.3, True)),
    "scaled_dot_product_attention": lambda t, F: F.scaled_dot_product_attention(
        x(t, 1, 2, 3, 4), x(t, 1, 2, 5, 4, shift=1.0), x(t, 1, 2, 5, 4, shift=2.0), is_causal=True
    ),
    "scaled_mm": scaled,
    "selu": pointwise("selu"),
    "selu_": inplace("selu_"),
    "sigmoid": pointwise("sigmoid"),
    "silu": pointwise("silu"),
    "smooth_l1_loss": pair("smooth_l1_loss", beta=0.5),
    "soft_margin_loss": lambda t, F: F.soft_margin_loss(x(t, 4), classes(t, 1, -1, 1, -1).float()),
    "softmax": pointwise("softmax", 1),
    "softmin": pointwise("softmin", 1),
    "softplus": pointwise("softplus", 2),
    "softshrink": pointwise("softshrink", 0.3),
    "softsign": pointwise("softsign"),
    "tanh": pointwise("tanh"),
    "tanhshrink": pointwise("tanhshrink"),
    "threshold": pointwise("threshold", 0.1, 20.0),
    "threshold_": inplace("threshold_", 0.1, 20.0),
    "triplet_margin_loss": triplet("triplet_margin_loss"),
    "triplet_margin_with_distance_loss": triplet("triplet_margin_with_distance_loss"),
    "unfold": image("unfold", 2),
    "upsample": image("upsample", scale_factor=2),
    "upsample_bilinear": image("upsample_bilinear", scale_factor=2),
    "upsample_nearest": image("upsample_nearest", scale_factor=2),
}
