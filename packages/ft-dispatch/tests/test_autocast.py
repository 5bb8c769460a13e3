"""Autocast: which calls are cast to what, in regions that nest, with weights that are cast once."""

from __future__ import annotations

import threading
import warnings
from typing import Any

import pytest

from ft_autograd import no_grad
from ft_dispatch import autocast_state as module
from ft_dispatch import surface as torch
from ft_dispatch.autocast import autocast
from ft_dispatch.autocast_lists import POLICIES
from ft_dispatch.autocast_state import settings
from ft_dispatch.registry import BINDINGS, OPS

A, V = torch.ones(2, 3), torch.ones(3)
B16, F16 = A.to(torch.bfloat16), A.to(torch.float16)


def weight() -> Any:
    return torch.ones(3, 3).requires_grad_()


@pytest.fixture(autouse=True)
def _as_it_was() -> Any:
    yield
    assert settings() == module.DEFAULTS
    assert not torch.is_autocast_enabled("cpu")


# -- what is cast ----------------------------------------------------------------------------------------------------------

LOWER = {
    "mm": lambda: torch.mm(A, A.t()),
    "matmul of vectors": lambda: torch.matmul(V, V),
    "operator": lambda: A @ A.t(),
    "linear": lambda: torch.raw.linear(A, A, None),
    "conv2d": lambda: torch.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2)),
    "prelu": lambda: torch.prelu(A, torch.ones(1)),
    "einsum": lambda: torch.einsum("ij,kj->ik", A, A),
    "bmm of halves": lambda: torch.bmm(F16[None], F16[None].mT),
}
WIDE = {
    "mse_loss": lambda: torch.raw.mse_loss(B16, B16),
    "prod": lambda: torch.prod(B16),
    "stack of both": lambda: torch.stack([A, B16]),
    "a fft": lambda: torch.fft.rfft(B16).real,
    "a solver": lambda: torch.linalg.inv(torch.eye(2).to(torch.bfloat16)),
    "cdist": lambda: torch.cdist(B16, B16),
}
SAME = {
    "mv": lambda: torch.mv(A, V),
    "dot": lambda: torch.dot(V, V),
    "add": lambda: A + A,
    "in place": lambda: torch.ones(2, 2).addmm_(A, A.t()),
    "out": lambda: torch.mm(A, A.t(), out=torch.empty(2, 2)),
    "bilinear": lambda: torch.bilinear(A, A, torch.ones(1, 3, 3), None),
}


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", LOWER)
def test_products_run_in_the_dtype_of_the_region(name: str, kind: Any) -> None:
    with autocast("cpu", kind):
        assert LOWER[name]().dtype is kind


@pytest.mark.parametrize("name", [*WIDE, *SAME])
def test_sums_run_in_float32_and_the_rest_as_it_is(name: str) -> None:
    with autocast("cpu"):
        assert {**WIDE, **SAME}[name]().dtype is torch.float32


def test_float64_and_integers_are_left_alone() -> None:
    with autocast("cpu"):
        for kind in (torch.float64, torch.int64):
            assert torch.mm(A.to(kind), A.t().to(kind)).dtype is kind
        assert torch.cat([A.to(torch.float64), A]).dtype is torch.float64
        with pytest.raises(RuntimeError, match="same dtype, but got: double != c10::BFloat16"):
            torch.mm(A.to(torch.float64), A.t())


def test_a_third_float_among_those_to_promote_is_refused() -> None:
    with autocast("cpu"), pytest.raises(RuntimeError, match="Unexpected floating ScalarType in at::autocast::prioritize"):
        torch.cat([F16, B16])


def test_an_op_of_the_lists_is_not_cast_again_inside() -> None:
    with autocast("cpu"):
        x = torch.linalg.lstsq(torch.eye(3), torch.ones(3, 1)).solution  # multiplies matrices
    assert x.dtype is torch.float32


def test_other_devices_are_left_alone() -> None:
    with autocast("cpu"):
        made = torch.mm(torch.ones(2, 2, device="meta"), torch.ones(2, 2, device="meta"))
    assert made.dtype is torch.float32


def test_policies_of_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists of CUDA on tensors of the CPU: no device is needed to see what they say."""
    monkeypatch.setitem(POLICIES, "cpu", POLICIES["cuda"])
    with autocast("cpu"):
        for wide in (torch.softmax(B16, 0), torch.sum(B16), torch.exp(B16), B16**2, torch.norm(B16), torch.cumsum(B16, 0)):
            assert wide.dtype is torch.float32
        assert torch.sum(B16, 0, dtype=torch.bfloat16).dtype is torch.bfloat16
        assert torch.mv(A, V).dtype is torch.bfloat16
        assert torch.linalg.matrix_norm(B16).dtype is torch.float32
        with pytest.raises(RuntimeError, match="unsafe to autocast"):
            torch.raw.binary_cross_entropy(A, A)


def test_names_of_the_lists_are_ops_or_bindings() -> None:
    """What torch lists and nothing here is called: backends' own ops, or parts that ours do in one."""
    known = {op.base for op in OPS.values()} | set(OPS) | set(BINDINGS)
    known |= {dotted.replace(".", "_") for b in BINDINGS.values() for dotted in b.python.split()}
    assert {name for lists in POLICIES.values() for name in lists} - known == {
        "_addmm_activation", "_convolution", "_grid_sampler_2d_cpu_fallback", "_lu_with_info", "_native_multi_head_attention",
        "_scaled_dot_product_flash_attention", "cudnn_convolution", "cudnn_convolution_transpose",
        "mkldnn_rnn_layer", "multilabel_margin_loss_forward",
    }  # fmt: skip


# -- regions ---------------------------------------------------------------------------------------------------------------


def kind_now() -> Any:
    return torch.mm(A, A.t()).dtype


def test_regions_nest_and_leave_what_they_found() -> None:
    with autocast("cpu"):
        with autocast("cpu", torch.float16):
            assert kind_now() is torch.float16
            with autocast("cpu", enabled=False):
                assert kind_now() is torch.float32
                assert not torch.is_autocast_enabled("cpu")
            assert kind_now() is torch.float16
        assert kind_now() is torch.bfloat16
    assert kind_now() is torch.float32
    with pytest.raises(KeyError), autocast("cpu"):
        raise KeyError


def test_one_instance_may_be_entered_twice_and_decorate() -> None:
    region = autocast("cpu")

    @region
    def inner() -> Any:
        return kind_now()

    with region:
        assert inner() is torch.bfloat16
        assert kind_now() is torch.bfloat16
    assert inner() is torch.bfloat16
    with pytest.raises(TypeError, match="requires a callable, but got int"):
        region(3)  # type: ignore[type-var]


def test_a_region_belongs_to_its_thread() -> None:
    seen = []
    with autocast("cpu"):
        other = threading.Thread(target=lambda: seen.append(kind_now()))
        other.start()
        other.join()
    assert seen == [torch.float32]


def test_regions_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="Expected `device_type` of type `str`"):
        autocast(torch.device("cpu"))  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="unsupported scalarType"):
        autocast("meta")
    with pytest.warns(UserWarning, match="In CPU autocast, but the target dtype is not supported"):
        region = autocast("cpu", torch.float32)
    with region:
        assert kind_now() is torch.float32


# -- weights are cast once -------------------------------------------------------------------------------------------------


def stale(w: Any, **options: Any) -> bool:
    """Whether a product uses the weight as it was at its first use in the region."""
    with autocast("cpu", **options):
        torch.mm(A, w)
        with no_grad():
            w.zero_()
        return bool(torch.mm(A, w).sum() != 0)


def test_casts_of_weights_are_kept_for_the_region() -> None:
    assert stale(weight())
    assert not stale(weight(), cache_enabled=False)
    assert not stale(torch.ones(3, 3))  # needs no gradient
    assert not stale(weight() * 1)  # no leaf
    torch.set_autocast_cache_enabled(False)
    assert not stale(weight())
    torch.set_autocast_cache_enabled(True)


def test_casts_end_with_the_outermost_region_or_on_request() -> None:
    w = weight()
    with autocast("cpu"):
        torch.mm(A, w)
        with autocast("cpu"):
            pass
        kept = module.kept(module.TL.st).casts
        assert len(kept) == 1
        torch.clear_autocast_cache()
        assert not kept
        torch.mm(A, w)
    assert not kept


def test_a_cast_under_no_grad_does_not_cut_the_weight_off() -> None:
    w = weight()
    with autocast("cpu"):
        with no_grad():
            torch.mm(A, w)
        out = torch.mm(A, w)
    out.sum().backward()
    assert w.grad.tolist() == [[2.0] * 3] * 3
    assert w.grad.dtype is torch.float32


def test_two_dtypes_keep_two_casts() -> None:
    w = weight()
    with autocast("cpu"):
        assert torch.mm(A, w).dtype is torch.bfloat16
        with autocast("cpu", torch.float16):
            assert torch.mm(A, w).dtype is torch.float16


# -- switches --------------------------------------------------------------------------------------------------------------


def test_switches_by_device_type() -> None:
    torch.set_autocast_enabled("cpu", True)
    assert torch.is_autocast_enabled("cpu")
    assert not torch.is_autocast_enabled()
    assert kind_now() is torch.bfloat16
    torch.set_autocast_dtype("cpu", torch.float16)
    assert kind_now() is torch.float16
    torch.set_autocast_enabled("cpu", False)
    torch.set_autocast_dtype("cpu", torch.bfloat16)
    torch.set_autocast_enabled(True)
    assert torch.is_autocast_enabled("cuda")
    torch.set_autocast_enabled(False)
    assert [torch.autocast_increment_nesting(), torch.autocast_increment_nesting()] == [1, 2]
    assert [torch.autocast_decrement_nesting(), torch.autocast_decrement_nesting()] == [1, 0]


REFUSED = [
    (lambda: torch.set_autocast_enabled("cpu"), TypeError, r"'enabled' \(position 1\) must be bool, not str"),
    (lambda: torch.set_autocast_enabled("cpu", 1), TypeError, r"'enabled' \(position 2\) must be bool, not int"),
    (lambda: torch.set_autocast_enabled("meta", True), RuntimeError, "unknown device type for autocast"),
    (lambda: torch.is_autocast_enabled("meta"), RuntimeError, "unknown device type for autocast"),
    (lambda: torch.get_autocast_dtype(3), TypeError, "must be str, not int"),
    (lambda: torch.get_autocast_dtype("meta"), RuntimeError, "unsupported scalarType"),
    (lambda: torch.set_autocast_dtype("cpu", "x"), TypeError, "must be torch.dtype, not str"),
    (lambda: torch.set_autocast_cache_enabled(1), TypeError, r"enabled must be a bool \(got int\)"),
    (lambda: torch.set_autocast_cpu_enabled(0), TypeError, r"enabled must be a bool \(got int\)"),
]


@pytest.mark.parametrize(("attempt", "error", "text"), REFUSED)
def test_switches_refuse_what_they_cannot_take(attempt: Any, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        attempt()


@pytest.mark.parametrize("word", ["cpu", "gpu", "ipu", "xla"])
def test_old_switches_warn_and_forward(word: str) -> None:
    kind = "cuda" if word == "gpu" else word
    with pytest.warns(DeprecationWarning, match=f"Please use torch.get_autocast_dtype\\('{kind}'\\) instead"):
        assert getattr(torch, f"get_autocast_{word}_dtype")() is torch.get_autocast_dtype(kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        getattr(torch, f"set_autocast_{word}_dtype")(torch.float16)
        assert torch.get_autocast_dtype(kind) is torch.float16
        getattr(torch, f"set_autocast_{word}_dtype")(module.DEFAULTS.dtypes[kind])
        if word != "gpu":
            getattr(torch, f"set_autocast_{word}_enabled")(True)
            assert getattr(torch, f"is_autocast_{word}_enabled")()
            getattr(torch, f"set_autocast_{word}_enabled")(False)
