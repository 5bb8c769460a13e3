"""Arguments for every op of the table: the tests that hold for all ops draw them from here.

Elementwise ops, reductions and scans get theirs from the signature. For the rest small programs run, forward and backward, under a
mode that keeps each op it sees with its arguments, so named backward ops are sampled with what really reaches them.
"""

from __future__ import annotations

import warnings
from functools import cache

import numpy as np

import ft_autograd  # noqa: F401  # the programs run backward
from ft_core import Tensor
from ft_core.keys import BELOW, NOGRAD
from ft_core.state import bits_set
from ft_dispatch import surface as torch
from ft_dispatch.call import bind
from ft_dispatch.canonical import canonical
from ft_dispatch.kinds import COMPOSITE, ELEMENTWISE, REDUCTION, SCAN
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.registry import OPS
from ft_dispatch.schema import NO_DEFAULT

raw = torch.raw


def f(*shape, grad=False, low=-1.0, high=1.0, kind=np.float32):
    """Random numbers, the same in each run for the same shape."""
    rng = np.random.default_rng(abs(hash(shape)) % 1000 if shape else 1)
    t = torch.tensor(np.asarray(rng.uniform(low, high, shape), kind))
    return t.requires_grad_() if grad else t


def g(*shape):
    return f(*shape, grad=True)


def n(*values):
    return torch.tensor(list(values))


def back(out):
    """Backward through every float output."""
    outs = [out] if isinstance(out, Tensor) else [o for o in out if isinstance(o, Tensor)]
    sum((o * o).sum() for o in outs if o.requires_grad).backward()


def sobol_state():
    """Direction numbers of three dimensions."""
    return raw._sobol_engine_initialize_state(torch.zeros(3, 30, dtype=torch.int64), 3)


def spd():
    """A symmetric positive definite matrix."""
    made = f(3, 3)
    return made @ made.mT + 3 * torch.eye(3)


PROGRAMS = {
    "sobol": lambda: [
        raw._sobol_engine_initialize_state(torch.zeros(3, 30, dtype=torch.int64), 3),
        raw._sobol_engine_draw(torch.zeros(3, dtype=torch.int64), 4, sobol_state(), 3, 0, torch.float32),
        raw._sobol_engine_ff(torch.zeros(3, dtype=torch.int64), 4, sobol_state(), 3, 0),
        raw._sobol_engine_scramble(sobol_state(), torch.ones(3, 30, 30, dtype=torch.int64).tril(), 3),
    ],
    "matmul": lambda: [
        back(raw.mm(g(3, 4), g(4, 2))),
        back(raw.bmm(g(2, 3, 4), g(2, 4, 2))),
        back(raw.addmm(g(2), g(3, 4), g(4, 2))),
        raw.addmm(f(2), f(3, 4), f(4, 2), beta=0.5, alpha=2),
        back(raw.baddbmm(g(2), g(2, 3, 4), g(2, 4, 2))),
        back(raw._trilinear(g(2, 3), g(4, 3, 2), g(2, 2), [1, 3], [0], [1, 2], [2, 3])),
        back(raw.addbmm(g(2), g(2, 3, 4), g(2, 4, 2))),
        back(raw.addmv(g(3), g(3, 4), g(4))),
        back(raw.addr(g(3, 4), g(3), g(4))),
        back(raw.mv(g(3, 4), g(4))),
        back(raw.dot(g(4), g(4))),
        raw.vdot(f(4), f(4)),
    ],
    "conv": lambda: [
        back(raw.convolution(g(2, 4, 6, 5), g(6, 2, 3, 3), g(6), (1, 1), (1, 1), (1, 1), False, (0, 0), 2)),
        back(raw.convolution(g(2, 4, 6), g(4, 3, 2), None, (2,), (0,), (1,), True, (0,), 1)),
    ],
    "pool": lambda: [
        back(raw.max_pool2d_with_indices(g(1, 2, 6, 6), 2)[0]),
        back(raw.max_pool3d_with_indices(g(1, 2, 4, 4, 4), 2)[0]),
        back(raw.avg_pool2d(g(1, 2, 6, 6), 3, 2, 1)),
        back(raw.avg_pool3d(g(1, 2, 4, 4, 4), 2)),
        back(raw._adaptive_avg_pool2d(g(1, 2, 5, 7), (2, 3))),
        back(raw._adaptive_avg_pool3d(g(1, 2, 4, 4, 4), (2, 2, 2))),
        back(raw.adaptive_max_pool2d(g(1, 2, 5, 7), (2, 3))[0]),
        back(raw.adaptive_max_pool3d(g(1, 2, 4, 4, 4), (2, 2, 2))[0]),
    ],
    "padding": lambda: [
        [back(OPS[f"{how}_pad1d"](g(1, 2, 4), (1, 2))) for how in ("reflection", "replication")],
        [back(OPS[f"{how}_pad2d"](g(1, 2, 4, 3), (1, 2, 0, 1))) for how in ("reflection", "replication")],
        [back(OPS[f"{how}_pad3d"](g(1, 2, 4, 3, 3), (1, 2, 0, 1, 1, 1))) for how in ("reflection", "replication")],
    ],
    "fold": lambda: [
        back(OPS["im2col"](g(1, 2, 4, 4), (2, 2), (1, 1), (0, 0), (1, 1))),
        back(OPS["col2im"](g(1, 8, 9), (4, 4), (2, 2), (1, 1), (0, 0), (1, 1))),
    ],
    "unpool": lambda: [
        back(OPS["max_unpool2d"](g(1, 1, 2, 2), n([[[0, 3], [8, 10]]]).view(1, 1, 2, 2), (4, 4))),
        back(OPS["max_unpool3d"](g(1, 1, 1, 2, 2), n([0, 3, 8, 10]).view(1, 1, 1, 2, 2), (2, 4, 4), (2, 2, 2), (0, 0, 0))),
        back(OPS["fractional_max_pool2d"](g(1, 2, 5, 5), (2, 2), (3, 3), f(1, 2, 2, low=0.0))[0]),
        back(OPS["fractional_max_pool3d"](g(1, 2, 5, 5, 5), (2, 2, 2), (3, 3, 3), f(1, 2, 3, low=0.0))[0]),
    ],
    "resample": lambda: [
        back(raw.upsample_nearest1d(g(1, 2, 4), (6,))),
        back(raw.upsample_nearest2d(g(1, 2, 4, 3), (6, 6))),
        back(raw.upsample_nearest3d(g(1, 2, 2, 3, 2), (4, 4, 4))),
        back(raw._upsample_nearest_exact1d(g(1, 2, 4), (6,))),
        back(raw._upsample_nearest_exact2d(g(1, 2, 4, 3), (6, 6))),
        back(raw._upsample_nearest_exact3d(g(1, 2, 2, 3, 2), (4, 4, 4))),
        back(raw.upsample_linear1d(g(1, 2, 4), (6,), False)),
        back(raw.upsample_bilinear2d(g(1, 2, 4, 3), (6, 6), True)),
        back(raw.upsample_trilinear3d(g(1, 2, 2, 3, 2), (4, 4, 4), False)),
        back(raw.upsample_bicubic2d(g(1, 2, 4, 3), (6, 6), False)),
        back(raw._upsample_bilinear2d_aa(g(1, 2, 6, 6), (3, 4), False)),
        back(raw._upsample_bicubic2d_aa(g(1, 2, 6, 6), (3, 4), False)),
    ],
    "norm": lambda: [
        back(raw.native_layer_norm(g(3, 4), (4,), g(4), g(4), 1e-5)[0]),
        back(raw.native_group_norm(g(2, 4, 3), g(4), g(4), 2, 4, 3, 2, 1e-5)[0]),
        back(raw._native_batch_norm_legit_functional(g(4, 3), g(3), g(3), f(3), f(3, low=0.5), True, 0.1, 1e-5)[0]),
        back(raw._native_batch_norm_legit_no_stats(g(4, 3), g(3), g(3), True, 0.1, 1e-5)[0]),
        back(raw._fused_rms_norm(g(3, 4), (4,), g(4), None)[0]),
    ],
    "grid": lambda: [
        back(raw.grid_sampler_2d(g(2, 3, 4, 5), g(2, 3, 2, 2), 0, 2, False)),
        back(raw.grid_sampler_2d(g(2, 3, 4, 5), g(2, 3, 2, 2), 2, 1, True)),
        back(raw.grid_sampler_3d(g(1, 2, 3, 4, 5), g(1, 2, 1, 3, 3), 0, 0, False)),
        back(raw.affine_grid_generator(g(2, 2, 3), (2, 3, 4, 5), False)),
    ],
    "distance": lambda: [
        [back(raw._cdist_forward(g(2, 3, 4), g(5, 4), p, None)) for p in (1.0, 2.0, 3.0, float("inf"))],
        [back(raw._pdist_forward(g(5, 4), p)) for p in (1.5, 2.0)],
        back(raw._euclidean_dist(g(3, 4), g(5, 4))),
    ],
    "loss": lambda: [
        back(raw.mse_loss(g(3, 4), f(3, 4))),
        back(raw.smooth_l1_loss(g(3, 4), f(3, 4))),
        back(raw.huber_loss(g(3, 4), f(3, 4))),
        back(raw.soft_margin_loss(g(3, 4), f(3, 4))),
        back(raw.binary_cross_entropy(f(3, 4, low=0.1, high=0.9).requires_grad_(), f(3, 4, low=0.0))),
        back(raw.binary_cross_entropy_with_logits(g(3, 4), f(3, 4, low=0.0))),
        back(raw.nll_loss_forward(g(3, 4), n(0, 2, 1), None, 1, -100)[0]),
        back(raw.nll_loss2d_forward(g(2, 3, 2, 2), n([[0, 1], [2, 0]], [[1, 1], [0, 2]]), f(3, low=0.5), 1, -100)[0]),
        back(raw._ctc_loss(g(5, 2, 4).log_softmax(2), n([1, 2], [3, 1]), (5, 4), (2, 2))[0]),
        back(raw._ctc_loss_Tensor(g(5, 2, 4).log_softmax(2), n([1, 2], [3, 1]), n(5, 4), n(2, 2))[0]),
    ],
    "activation": lambda: [
        back(raw.glu(g(3, 4))),
        back(raw.log_sigmoid(g(3))),
        back(raw.prelu(g(3, 4), g(1))),
        back(torch.softmax(g(3, 4), 1)),
        back(torch.log_softmax(g(3, 4), 0)),
        raw._safe_softmax(f(3, 4), 1),
        raw.native_dropout(f(3, 4), 0.5, True),
        raw.rrelu_with_noise_functional(f(3), f(3), 0.1, 0.3, True),
    ],
    "attention": lambda: [
        back(raw._scaled_dot_product_flash_attention_for_cpu(g(1, 2, 3, 4), g(1, 2, 5, 4), g(1, 2, 5, 4))[0]),
    ],
    "rnn": lambda: [
        back(raw._thnn_fused_lstm_cell(g(2, 12), g(2, 12), g(2, 3), g(12), g(12))[:2]),
        back(raw._thnn_fused_gru_cell(g(2, 9), g(2, 9), g(2, 3), g(9), g(9))[0]),
    ],
    "index": lambda: [
        back(raw.index_Tensor(g(3, 4), [n(0, 2), None])),
        raw._unsafe_index_Tensor(f(3, 4), [n(0, 2), n(1, 1)]),
        back(raw.index_select(g(3, 4), 1, n(0, 3))),
        back(raw.gather(g(3, 4), 1, n([0], [1], [2]))),
        back(raw.take(g(3, 4), n(0, 5))),
        raw.nonzero_static(n(1, 0, 2), size=4),
        back(raw.embedding(g(5, 3), n(0, 4, 4))),
        raw.embedding_renorm(f(5, 3), n(0, 4), 0.5, 2.0),
        back(raw._embedding_bag(g(5, 3), n(0, 4, 1), n(0, 2))[0]),
        back(raw._embedding_bag(g(5, 3), n(0, 4, 1), n(0, 2), False, 2)[0]),
        back(raw._embedding_bag(g(5, 3), n(0, 4, 1), n(0, 2), False, 0, False, g(3))[0]),
        back(raw.masked_fill_Scalar(g(3, 4), f(3, 4) > 0, 2)),
        back(raw.masked_fill_Tensor(g(3, 4), f(3, 4) > 0, g())),
        raw.masked_scatter(f(3, 4), f(3, 4) > 0, f(12)),
        back(raw.masked_select(g(3, 4), f(3, 4) > 0)),
    ],
    "scatter": lambda: [
        back(raw.index_put(g(3, 4), [n(0, 2)], g(2, 4))),
        raw._unsafe_index_put(f(3, 4), [n(0, 2)], f(4), True),
        back(raw.scatter_src(g(3, 4), 1, n([0], [1], [2]), g(3, 1))),
        back(raw.scatter_value(g(3, 4), 1, n([0], [1], [2]), 2.0)),
        raw.scatter_reduce(f(3, 4), 1, n([0], [1], [2]), f(3, 1), "amax"),
        OPS["scatter.reduce"](f(3, 4), 1, n([0], [1], [2]), f(3, 1), reduce="add"),
        OPS["scatter.value_reduce"](f(3, 4), 1, n([0], [1], [2]), 2.0, reduce="multiply"),
        back(raw.scatter_add(g(3, 4), 1, n([0], [1], [2]), g(3, 1))),
        back(OPS["scatter_reduce.two"](g(3, 4), 1, n([0], [1], [2]), g(3, 1), "prod")),
        back(raw.index_add(g(3, 4), 0, n(0, 2), g(2, 4))),
        raw.index_reduce(f(3, 4), 0, n(0, 2), f(2, 4), "mean"),
        OPS["index_fill.int_Scalar"](f(3, 4), 0, n(0, 2), 1.0),
        OPS["index_fill.int_Tensor"](f(3, 4), 0, n(0, 2), f()),
        back(raw.index_copy(g(3, 4), 0, n(0, 2), g(2, 4))),
        raw.put(f(3, 4), n(0, 5), f(2)),
        raw.slice_scatter(f(3, 4), f(3, 2), 1, 0, 2),
        raw.select_scatter(f(3, 4), f(3), 1, 0),
        raw.diagonal_scatter(f(3, 4), f(3)),
        raw.as_strided_scatter(f(3, 4), f(2), (2,), (1,), 0),
    ],
    "movement": lambda: [
        back(raw.tril(g(3, 4))),
        OPS["_to_copy"](f(3, 4), dtype=torch.float64),
        raw.triu(f(3, 4), 1),
        back(g(3, 4).narrow(0, 1, 2)),
        back(g(3, 4).select(0, 1)),
        back(g(3, 4).diagonal()),
        back(g(6).unfold(0, 2, 1)),
        back(raw.cat([g(3, 4), g(2, 4)])),
        back(raw.stack([g(3), g(3)], 1)),
        back(raw.flip(g(3, 4), [0])),
        back(raw.roll(g(3, 4), 1, 0)),
        raw.rot90(f(3, 4)),
        back(raw.repeat(g(3), [2, 2])),
        raw.diag_embed(f(3)),
        back(raw.constant_pad_nd(g(3, 4), [1, 1])),
        raw.pixel_shuffle(f(1, 4, 2, 2), 2),
        raw.pixel_unshuffle(f(1, 1, 4, 4), 2),
        raw.channel_shuffle(f(1, 4, 2, 2), 2),
        raw.trace(f(3, 3)),
        torch.zeros(3).copy_(f(3)),
    ],
    "view": lambda: [
        [back(v(g(3, 4))) for v in (torch.t, lambda x: x.permute(1, 0), lambda x: x.transpose(0, 1), lambda x: x.view(4, 3))],
        [back(v(g(3, 4))) for v in (lambda x: x.unsqueeze(0), lambda x: x.expand(2, 3, 4), lambda x: x.as_strided((2,), (3,)))],
        [back(v(g(3, 1, 4))) for v in (torch.squeeze, lambda x: x.squeeze(1), torch.unbind, lambda x: x.split(2))],
        back(g(3, 4).split([1, 2])),
        OPS["alias"](f(3)),
        OPS["view.dtype"](f(3), torch.int32),
        raw._unsafe_view(f(3, 4), (2, 6)),
        raw.view_as_complex(raw.view_as_real(torch.complex(f(3), f(3)))),
    ],
    "sort": lambda: [
        back(raw.sort_stable(g(3, 4), stable=True)[0]),
        back(OPS["sort"](g(3, 4))[0]),
        back(raw.topk(g(3, 4), 2)[0]),
        back(raw.kthvalue(g(3, 4), 2)[0]),
        raw.searchsorted(n(1, 3, 5), n(2, 4)),
        raw.bucketize(n(2, 4), n(1, 3, 5)),
        OPS["isin.Tensor_Tensor"](n(2, 4), n(1, 4)),
    ],
    "stats": lambda: [
        back(raw.cummax(g(3, 4), 1)[0]),
        back(raw.cummin(g(3, 4), 0)[0]),
        raw.histc(f(12), 4),
        OPS["histogram.bin_ct"](f(12), 4),
        OPS["histogram.bins_tensor"](f(12), f(3).sort()[0]),
        OPS["_histogramdd_bin_edges"](f(6, 2), (2, 3)),
        OPS["_histogramdd_from_bin_cts"](f(6, 2), (2, 3), density=True),
        OPS["_histogramdd_from_bin_tensors"](f(6, 2), [f(3).sort()[0], f(2).sort()[0]], weight=f(6)),
    ],
    "segment": lambda: [
        [back(raw.segment_reduce(g(5, 2), how, lengths=n(2, 1, 2))) for how in ("max", "prod")],
        back(raw.segment_reduce(g(2, 5), "mean", offsets=n([0, 2, 5], [0, 1, 5]), axis=1)),
        raw.segment_reduce(f(5), "sum", lengths=n(1, 2), unsafe=True, initial=2),
        raw._chunk_cat([f(3, 2), f(2, 3)], 0, 2),
    ],
    "sparse": lambda: [
        raw._coo_mm(n(0, 2, 2, 0), n(1, 0, 1, 1), f(4), f(2, 3), 3),
        [back(soft(g(3, 4).to_sparse(), 1).values()) for soft in (torch.sparse.softmax, torch.sparse.log_softmax)],
    ],
    "quantized": lambda: [
        [raw._quantized_ints(f(3, 4), torch.tensor(0.1), torch.tensor(3.0), 0, 255, kind) for kind in (torch.uint8, torch.int32)],
        raw._quantized_ints(f(3, 4), f(3, 1, low=0.1), f(3, 1).round(), -128, 127, torch.int8),
        torch.fake_quantize_per_tensor_affine(f(3, 4), 0.1, 3, 0, 255),
        torch.fake_quantize_per_tensor_affine(f(3, 4), torch.tensor(0.1), torch.tensor(3), 0, 255),
        torch.fake_quantize_per_channel_affine(f(3, 4), f(3, low=0.1), n(1, 2, 3).int(), 0, -5, 9),
    ],
    "floating": lambda: [back(OPS["frexp.Tensor"](g(3, 4))[0]), OPS["hash_tensor"](f(3, 5)), OPS["hash_tensor"](n(1, 5), (0,))],
    "creation": lambda: [
        torch.full((2, 3), 1.5),
        torch.arange(5),
        torch.arange(0.0, 1.0, 0.25),
        torch.linspace(0, 1, 5),
        torch.logspace(0, 1, 5),
        torch.eye(3, 2),
        torch.empty(2, 3),
        torch.empty_strided((2, 3), (1, 2)),
        torch.empty_like(f(3)),
        torch.full_like(f(3), 2),
    ],
    "random": lambda: [
        [raw.bernoulli(f(3, low=0.1)), OPS["bernoulli.p"](f(3), 0.5), OPS["bernoulli.Tensor"](f(3), f(3, low=0.1))],
        [OPS[name](f(3)) for name in ("cauchy", "exponential", "log_normal", "normal_functional", "random", "uniform")],
        [OPS["geometric"](f(3), 0.5), OPS["random.from"](f(3), 2, 9), torch.randperm(5)],
        [OPS["multinomial"](f(4, low=0.1), 2)],
    ],
    "rejection": lambda: [
        [OPS[name](f(3, low=0.1)) for name in ("_standard_gamma", "_sample_dirichlet", "poisson")],
        OPS["binomial"](f(3, low=5.0, high=9.0).round(), f(3, low=0.1, high=0.9)),
        OPS["_standard_gamma_grad"](f(3, low=0.5), f(3, low=0.5)),
        OPS["_dirichlet_grad"](f(3, low=0.2, high=0.8), f(3, low=1.0, high=2.0), f(3, low=3.0, high=4.0)),
    ],
    "linalg": lambda: [
        [OPS[name](spd()) for name in ("linalg_cholesky_ex", "_linalg_eigh", "linalg_eig", "linalg_inv_ex", "_linalg_det")],
        [OPS["_linalg_solve_ex"](spd(), f(3, 2)), OPS["cholesky_solve"](f(3, 2), spd())],
        [OPS["_linalg_slogdet"](spd()), OPS["cholesky_inverse"](spd())],
        OPS["linalg_solve_triangular"](spd(), f(3, 2), upper=True),
        OPS["linalg_pinv.atol_rtol_tensor"](f(3, 4), atol=torch.tensor(0.0), rtol=torch.tensor(1e-6)),
    ],
    "lu": lambda: [
        back(raw.linalg_lu_factor_ex(g(4, 3))[0]),
        back(raw.lu_unpack(g(3, 4), n(1, 3, 3).int())[1:]),
        back(raw.linalg_lu_solve(g(3, 3), n(2, 3, 3).int(), g(3, 2), adjoint=True)),
        raw.linalg_ldl_solve(*raw.linalg_ldl_factor_ex(spd())[:2], f(3, 2)),
    ],
    "reflectors": lambda: [
        back(raw.linalg_householder_product(g(4, 3), g(2))),
        back(raw.ormqr(g(4, 3), g(3), g(2, 4), left=False)),
        [raw.geqrf(f(2, 4, 3)), back(raw.linalg_matrix_exp(g(2, 3, 3)))],
    ],
    "layouts": lambda: [
        [OPS["_fft_c2r"](torch.complex(f(3, 4), f(3, 4)), [1, 0], 0, 4), OPS["_fft_r2c"](f(3, 4, 2), [2, 0], 0, True)],
        OPS["_linalg_solve_ex"](spd(), f(2, 3), left=False),
    ],
    "fft": lambda: [
        OPS["_fft_c2c"](torch.complex(f(3, 4), f(3, 4)), [1], 0, True),
        OPS["_fft_c2r"](torch.complex(f(3, 4), f(3, 4)), [0], 0, 4),
    ],
}


class Harvest(TorchDispatchMode):
    """Keeps (op, arguments in schema order) of every call."""

    def __init__(self):
        self.calls = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        op = func._op
        if op is not None:
            self.calls.append((op, canonical(op, bind(op, args, kwargs or {}))))
        return func(*args, **(kwargs or {}))


def _argument(param, i, kind):
    if param.is_tensor:
        return f(3, 4, low=0.2, high=0.9) if kind == "float" else n([1, 2, 0, 3], [2, 2, 1, 5], [7, 1, 1, 2])
    if param.default is not NO_DEFAULT:
        return param.default
    if param.name in ("dim", "dims"):
        return (0,) if param.is_list else 0
    return {"int": 2, "float": 0.5, "Scalar": 0.5, "bool": False, "str": "floor"}.get(param.base, 1)


def plain(op):
    """Arguments made from the signature alone, float and integer."""
    found = []
    for kind in ("float", "int") if op.variants else ("float",):  # private ops are called by rules, in the dtype of a gradient
        try:
            args = canonical(op, tuple(_argument(p, i, kind) for i, p in enumerate(op.params)))
            if op.check_rule is not None:
                op.check_rule(*args)
            op(*args)
        except (RuntimeError, TypeError, ValueError, IndexError, NotImplementedError):  # refused, or no such dtype
            continue
        found.append(args)
    return found


@cache
def samples():
    """Op name -> list of argument tuples, at most four each."""
    found = {}
    for family, program in PROGRAMS.items():
        mode = Harvest()
        # whoever asks first may stand below autograd; the programs run backward
        with bits_set(off=BELOW | NOGRAD), mode, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program()
        assert mode.calls, family
        for op, args in mode.calls:
            held = found.setdefault(op.name, [])
            if len(held) < 4:
                held.append(args)
    for op in OPS.values():
        by_signature = op.kind in (ELEMENTWISE, REDUCTION, SCAN) or (op.name not in found and op.kind is not COMPOSITE)
        made = plain(op) if by_signature else []
        if made:
            found[op.name] = made + found.get(op.name, [])
    return found
