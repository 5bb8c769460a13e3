"""Sparse and quantized tensors against torch: what expressions print, unary ops on every layout, and the samples torch tests with."""

from __future__ import annotations

import json
import warnings

import numpy as np
import pytest
import recorded
from sparse_expressions import GROUPS, names

import ft_autograd  # noqa: F401  # some expressions record
from ft_core import Tensor
from ft_core.keys import LAYOUT_BITS, LAYOUTS
from ft_dispatch import surface as ours
from ft_dispatch.layouts import has_rule

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor.*deprecated")]  # said once a process
LAYOUTS_OF_SAMPLES = ("coo", "csr", "csc", "bsr", "bsc")


@pytest.fixture(scope="module")
def torch():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield pytest.importorskip("torch")


def outcome(torch, source, group):
    """What an expression prints on one side, or the class of the exception it raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return repr(eval(source, {"torch": torch, **names(torch, group)}))  # a line of sparse_expressions
        except Exception as error:  # noqa: BLE001  # whatever either side raises is what is compared
            return type(error)


def agree(found, wanted):
    """Equal texts, or an exception of the wanted class (ours may be more special: NotImplementedError for RuntimeError)."""
    if isinstance(wanted, type):
        return isinstance(found, type) and (issubclass(found, wanted) or issubclass(wanted, found))
    return found == wanted


def test_the_comparison_sees_a_difference(torch):
    assert not agree(outcome(ours, "s * 2", "COO"), outcome(torch, "s * 3", "COO"))
    assert not agree(outcome(ours, "s", "COO"), RuntimeError)
    assert not agree(TypeError, RuntimeError)


CASES = [(group, line) for group, text in vars(GROUPS).items() for line in text.strip().splitlines()]


@pytest.mark.parametrize(("group", "source"), CASES, ids=[f"{g}-{s}" for g, s in CASES])
def test_both_print_the_same(torch, group, source):
    assert agree(outcome(ours, source, group), outcome(torch, source, group))


def test_the_recorded_answers_are_torch_s(torch):
    assert json.loads(recorded.FILE.read_text(encoding="utf-8")) == recorded.answers(torch, ours)


# -- the samples torch tests its own layouts with -----------------------------------------------------------------------------------


def brought(x):
    """A torch value as ours."""
    import torch

    if isinstance(x, torch.Tensor):
        name = str(x.layout).rpartition(".")[2]
        if name == "strided":
            return ours.from_numpy(x.detach().resolve_conj().numpy().copy())
        if name == "sparse_coo":
            parts = brought(x._indices()), brought(x._values())
            return ours.sparse_coo_tensor(*parts, tuple(x.shape), is_coalesced=x.is_coalesced())
        rows = name in ("sparse_csr", "sparse_bsr")
        first, second = (x.crow_indices(), x.col_indices()) if rows else (x.ccol_indices(), x.row_indices())
        parts = brought(first), brought(second), brought(x.values())
        return ours.sparse_compressed_tensor(*parts, tuple(x.shape), layout=getattr(ours, name))
    if isinstance(x, (list, tuple)):
        return type(x)(brought(y) for y in x)
    if isinstance(x, dict):
        return {key: brought(value) for key, value in x.items()}
    if isinstance(x, (torch.dtype, torch.layout)):
        return getattr(ours, str(x).rpartition(".")[2])
    return ours.device(str(x)) if isinstance(x, torch.device) else x


def difference(found, wanted):
    """What is wrong with one of our results beside torch's; an empty text where nothing is."""
    for fact in ("layout", "dtype", "shape"):
        a, b = str(getattr(found, fact)), str(getattr(wanted, fact))
        if a != b:
            return f"{fact} {a}, expected {b}"
    if str(wanted.layout) == "torch.sparse_coo" and (found.sparse_dim(), found.is_coalesced()) != (
        wanted.sparse_dim(),
        wanted.is_coalesced(),
    ):
        return f"sparse_dim {found.sparse_dim()}, coalesced {found.is_coalesced()}"
    a = (found.to_dense() if found._k & LAYOUTS else found).resolve_conj().detach().numpy()
    b = (wanted.to_dense() if str(wanted.layout) != "torch.strided" else wanted).resolve_conj().detach().numpy()
    return "" if np.allclose(a, b, rtol=1e-5, atol=1e-6, equal_nan=True) else f"numbers {a}, expected {b}"


def test_the_difference_is_seen(torch):
    x = torch.eye(2).to_sparse()
    assert difference(brought(x), x) == ""
    assert "numbers" in difference(brought(x) * 2, x)
    assert "layout" in difference(brought(x).to_dense(), x)


def samples(torch, name, layout, dtype):
    from torch.testing._internal.common_methods_invocations import op_db

    info = next(o for o in op_db if o.name == name and not o.variant_test_name)
    return info, list(getattr(info, f"sample_inputs_sparse_{layout}")("cpu", dtype, requires_grad=False))


@pytest.mark.parametrize("layout", LAYOUTS_OF_SAMPLES)
@pytest.mark.parametrize("dtype", ["float32", "complex64", "int64"])
@pytest.mark.parametrize("name", ["mul", "sum", "zeros_like"])
def test_samples_of_torch(torch, name, layout, dtype):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        info, given = samples(torch, name, layout, getattr(torch, dtype))
        for sample in given:
            call = getattr(ours, name), brought(sample.input), brought(sample.args), brought(sample.kwargs)
            try:
                wanted = info.op(sample.input, *sample.args, **sample.kwargs)
            except RuntimeError:
                with pytest.raises(RuntimeError):
                    call[0](call[1], *call[2], **call[3])
                continue
            assert difference(call[0](call[1], *call[2], **call[3]), wanted) == ""


@pytest.mark.parametrize("name", ["sparse.sampled_addmm", "sparse.mm"])
def test_products_and_their_gradients(torch, name):
    from torch.testing._internal.common_methods_invocations import op_db

    info = next(o for o in op_db if o.name == name)
    function = getattr(ours.sparse, name.removeprefix("sparse."))
    for sample in info.sample_inputs("cpu", torch.float64, requires_grad=True):
        theirs = (sample.input, *sample.args)
        mine = tuple(brought(x).requires_grad_() if isinstance(x, torch.Tensor) else x for x in theirs)
        wanted, found = info.op(*theirs, **sample.kwargs), function(*mine, **brought(sample.kwargs))
        assert difference(found, wanted) == ""
        for t in (wanted, found):
            (t if "strided" in str(t.layout) else t.values()).sum().backward()
        for a, b in zip(mine, theirs, strict=True):
            if isinstance(a, Tensor):
                assert difference(a.grad, b.grad) == ""


UNARY = sorted(
    set(
        (
            "abs angle asin asinh atan atanh ceil conj_physical deg2rad erf erfinv expm1 floor frac isinf isnan isneginf isposinf log1p "
            "nan_to_num neg positive rad2deg relu round sgn sign signbit sin sinh sqrt square tan tanh trunc"
        ).split()
    )
)


@pytest.mark.parametrize("layout", ["sparse_coo", "sparse_csr", "sparse_bsc"])
@pytest.mark.parametrize("dtype", ["float32", "int64", "complex64"])
@pytest.mark.parametrize("name", UNARY)
def test_functions_that_leave_zeros(torch, name, dtype, layout):
    dense = torch.tensor([[0, 3, -3, 0], [0, 0, 2, 1]], dtype=getattr(torch, dtype)) * (1 if dtype == "int64" else 0.25)
    x = dense.to_sparse(layout=getattr(torch, layout), blocksize=(1, 2) if layout == "sparse_bsc" else None)
    try:
        wanted = getattr(torch, name)(x)
    except (RuntimeError, NotImplementedError):
        if has_rule(name if name != "round" else "round.decimals", layout) and name not in ("nan_to_num", "angle"):
            return  # served beyond torch
        with pytest.raises((RuntimeError, NotImplementedError)):
            getattr(ours, name)(brought(x))
        return
    assert difference(getattr(ours, name)(brought(x)), wanted) == ""


def test_every_layout_has_a_bit():
    assert set(LAYOUT_BITS) == {"sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc", "quantized"}


# -- quantized ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["quint8", "qint8", "qint32"])
@pytest.mark.parametrize(("scale", "zero"), [(0.1, 10), (0.037, 3), (0.5, 0)])
def test_integers_are_torch_s(torch, dtype, scale, zero):
    x = torch.randn(7, 41, generator=torch.Generator().manual_seed(0)) * 3
    wanted = torch.quantize_per_tensor(x, scale, zero, getattr(torch, dtype))
    found = ours.quantize_per_tensor(brought(x), scale, zero, getattr(ours, dtype))
    assert (found.int_repr().numpy() == wanted.int_repr().numpy()).all()
    assert (found.dequantize().numpy() == wanted.dequantize().numpy()).all()
    scales, zeros = torch.rand(7) + 0.01, torch.arange(7)
    wanted = torch.quantize_per_channel(x, scales, zeros, 0, getattr(torch, dtype))
    found = ours.quantize_per_channel(brought(x), brought(scales), brought(zeros), 0, getattr(ours, dtype))
    assert (found.int_repr().numpy() == wanted.int_repr().numpy()).all()


@pytest.mark.parametrize("reduce_range", [False, True])
@pytest.mark.parametrize("dtype", ["quint8", "qint8"])
@pytest.mark.parametrize("factor", [3.0, 0.0, 1e-7, -2.0])
def test_parameters_chosen_from_the_data_are_torch_s(torch, dtype, reduce_range, factor):
    for x in (torch.randn(50, generator=torch.Generator().manual_seed(1)), torch.rand(50)):
        wanted = torch.quantize_per_tensor_dynamic(x * factor, getattr(torch, dtype), reduce_range)
        found = ours.quantize_per_tensor_dynamic(brought(x * factor), getattr(ours, dtype), reduce_range)
        assert (found.q_scale(), found.q_zero_point()) == (wanted.q_scale(), wanted.q_zero_point())
        assert (found.int_repr().numpy() == wanted.int_repr().numpy()).all()


@pytest.mark.parametrize("zero_kind", ["int32", "float32"])
def test_fake_quantisation_and_its_gradient(torch, zero_kind):
    x = torch.randn(4, 9, generator=torch.Generator().manual_seed(2))
    scales, zeros = torch.tensor([0.1, 0.02, 0.3, 0.05]), torch.tensor([1, 2, 3, 4], dtype=getattr(torch, zero_kind))

    def both(call):
        results = []
        for side, leaf in ((torch, x.clone()), (ours, brought(x))):
            leaf.requires_grad_()
            made = call(side, leaf, *((scales, zeros) if side is torch else (brought(scales), brought(zeros))))
            made.sum().backward()
            results.append((made.detach().numpy(), leaf.grad.numpy()))
        return results

    for call in (
        lambda side, leaf, s, z: side.fake_quantize_per_tensor_affine(leaf, 0.013, 3, 0, 127),
        lambda side, leaf, s, z: side.fake_quantize_per_tensor_affine(leaf, s[0], z[0].to(side.int32), 0, 127),
        lambda side, leaf, s, z: side.fake_quantize_per_channel_affine(leaf, s, z, 0, -4, 12),
    ):
        (wanted, wanted_grad), (found, found_grad) = both(call)
        assert (found == wanted).all()
        assert (found_grad == wanted_grad).all()
