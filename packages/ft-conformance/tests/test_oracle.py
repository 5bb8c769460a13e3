"""The oracle's machinery: translation keeps bytes and strides, torch's lambdas run against us, wrong answers are reported."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.oracle

from ft_conformance import facade  # noqa: E402
from ft_conformance.asking import compare_errors, drawing_as  # noqa: E402
from ft_conformance.oracle import load_oracle, main, reports, select  # noqa: E402
from ft_conformance.oracle_cases import OracleRun, orphaned  # noqa: E402
from ft_conformance.translate import Translator, Unconvertible, our_facts, rebound, torch_facts  # noqa: E402


@pytest.fixture(scope="module")
def ours():
    return facade.make()


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "complex64", "int64", "bool", "float8_e5m2"])
def test_tensors_keep_values_and_strides(dtype, ours):
    source = (torch.arange(24).reshape(2, 3, 4) % 3).to(getattr(torch, dtype))
    for t in (
        source,
        source.transpose(0, 2),
        source[:, ::2],
        source[1:, 1:],
        source[:1].expand(4, 3, 4),
        source[0, 0, 0],
        source[:0],
    ):
        made = Translator(torch, ours)(t)
        assert our_facts(made).strides == tuple(t.stride())
        theirs = torch_facts(torch, t)
        assert (our_facts(made).values.astype(theirs.values.dtype) == theirs.values).all()


def test_one_tensor_stays_one_tensor(ours):
    x = torch.ones(2, requires_grad=True)
    translate = Translator(torch, ours)
    a, (b,) = translate((x, [x]))
    assert a is b
    assert a.requires_grad
    with pytest.raises(Unconvertible):
        translate(torch.nested.nested_tensor([torch.ones(2)]))
    assert translate({"d": torch.float32, "s": slice(0, torch.tensor(1))})["d"] is ours.float32


def test_a_view_that_gets_no_gradient_is_told_apart():
    base = torch.ones(3, requires_grad=True)
    with torch.no_grad():
        cut_off = base[:2]
    assert orphaned(cut_off)
    own = torch.ones(3)[:2].requires_grad_()
    assert not any(orphaned(t) for t in (base, base[:2], own))
    assert torch.autograd.grad((cut_off * 2).sum(), cut_off, allow_unused=True) == (None,)


@pytest.mark.parametrize(("narrow", "wide"), [("complex64", "complex128"), ("float32", "float64"), ("bfloat16", "float64")])
def test_a_truth_is_made_of_the_numbers_that_were_drawn(narrow, wide):
    def drawn(dtype):
        torch.manual_seed(0)
        return torch.randn(5, 5, dtype=getattr(torch, dtype))

    assert not (drawn(wide) == drawn(narrow)).all()
    with drawing_as(torch, getattr(torch, narrow)):
        assert (drawn(wide) == drawn(narrow)).all()
        assert drawn(wide).dtype is getattr(torch, wide)
        assert drawn(narrow).dtype is getattr(torch, narrow)
    with drawing_as(torch, None):
        assert not (drawn(wide) == drawn(narrow)).all()


def test_nested_namespaces_are_found(ours):
    assert facade.resolve(ours, "signal.windows.hann")(3).tolist() == [0, 1, 0]
    assert facade.resolve(ours, "masked.sum")(ours.ones(3)).item() == 3


def test_lambdas_of_torchs_tests_run_on_us(ours):
    scale = 2.0
    function = lambda x: torch.add(x, 1).mul(scale)  # noqa: E731  # what torch's database is made of
    assert rebound(function, ours)(ours.ones(1)).tolist() == [4.0]
    with pytest.raises(facade.Missing):
        rebound(lambda: torch.no_such_function_anywhere(1), ours)()


def _reports(ours, name, monkeypatch=None, **options):
    _, database = load_oracle()
    run = OracleRun(torch, ours, facade.families(), **options)
    return list(reports(run, select(run, database, [name], []), ["float32"]))


def test_right_op_passes_and_wrong_ones_fail(ours, monkeypatch):
    assert {r.status for r in _reports(ours, "cosh", grad=True)} == {"pass"}
    from ft_dispatch import surface

    right = surface.PUBLIC["cosh"]
    wrong = {
        "value": lambda x: right(x) * 1.0001,
        "dtype": lambda x: right(x).to(ours.float64),
        "grad": lambda x: right(x).detach() + (x - x.detach()),
        "error": lambda x: 1 // 0,
    }
    for kind, function in wrong.items():
        monkeypatch.setitem(surface.PUBLIC, "cosh", function)
        found = _reports(ours, "cosh", grad=True)
        assert kind in found[0].failures, kind
        assert found[0].status == "fail"


def test_missing_ops_are_listed(ours, monkeypatch, capsys):
    from ft_dispatch import surface

    monkeypatch.delitem(surface.PUBLIC, "cosh")
    monkeypatch.setattr(surface, "__all__", [n for n in surface.__all__ if n != "cosh"])
    assert [r.status for r in _reports(ours, "cosh")] == ["missing"]
    assert main(["--op", "cosh", "--dtype", "float32"]) == 0
    assert "missing (1): cosh" in capsys.readouterr().out


def test_exceptions_compare_by_type():
    assert compare_errors(ValueError(), ValueError()) is None
    assert compare_errors(None, None) is None
    assert compare_errors(IndexError(), RuntimeError()).kind == "error"
    assert compare_errors(None, RuntimeError()).kind == "error"
    assert compare_errors(RuntimeError(), None).kind == "error"
    assert compare_errors(RuntimeError(), torch.linalg.LinAlgError()) is None  # torch's own class, by its built-in base


def test_other_forms_and_orders_are_asked(ours, monkeypatch):
    from ft_dispatch import surface

    right = surface.PUBLIC["cosh"]
    assert {r.status for r in _reports(ours, "cosh", gradgrad=True, forward=True)} == {"pass"}
    assert _reports(ours, "cosh")[0].cases > 3 * _reports(ours, "cosh", limit=1)[0].cases - 8  # method, in place, three of out=
    monkeypatch.setattr(ours.Tensor, "cosh_", lambda x: x.copy_(x * 2))
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x, out=None: right(x) if out is None else out)
    failures = _reports(ours, "cosh")[0].failures
    assert {"inplace", "out"} <= set(failures)


def test_wrong_second_derivatives_and_tangents_are_found(ours, monkeypatch):
    from ft_dispatch import surface

    right = surface.PUBLIC["cosh"]
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x, out=None: right(x.detach()) + (x - x.detach()) * right(x.detach()))
    failures = _reports(ours, "cosh", gradgrad=True, forward=True)[0].failures
    assert {"gradgrad", "forward"} <= set(failures)


def test_wrong_batches_and_hessians_are_found(ours, monkeypatch):
    from ft_dispatch import surface

    assert {r.status for r in _reports(ours, "cosh", vmap=True, hessian=True)} == {"pass"}
    right = surface.PUBLIC["cosh"]
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x, out=None: right(x.detach()) + (x - x.detach()) * right(x.detach()))
    assert "hessian" in _reports(ours, "cosh", hessian=True)[0].failures
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x, out=None: right(x) * (2 if type(x).__name__ == "BatchedTensor" else 1))
    assert "vmap" in _reports(ours, "cosh", vmap=True)[0].failures
    monkeypatch.undo()
    run = OracleRun(torch, ours, facade.families(), vmap=True, limit=2)
    assert {r.status for r in reports(run, select(run, load_oracle()[1], ["histc", "masked_scatter"], ()), ["float64"])} == {"pass"}
    assert run.loops == {"histc"}


def test_tensors_over_one_memory_stay_over_one_memory(ours):
    whole = torch.arange(10.0)
    a, b = Translator(torch, ours)((whole[2:6], whole[4:]))
    a[2] = -1.0
    assert b[0].item() == -1.0
    assert a.storage_offset() == 2


def test_a_wrong_meta_rule_is_found(ours, monkeypatch):
    from ft_dispatch import surface

    right = surface.PUBLIC["cosh"]
    assert {r.status for r in _reports(ours, "cosh", meta=True)} == {"pass"}
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x: right(x).to(ours.float64) if x.is_meta else right(x))
    assert "meta" in _reports(ours, "cosh", meta=True)[0].failures
    monkeypatch.setitem(surface.PUBLIC, "cosh", lambda x: 1 // 0 if x.is_meta else right(x))
    assert "meta" in _reports(ours, "cosh", meta=True)[0].failures


def test_a_wider_destination_is_asked(ours, monkeypatch):
    from ft_dispatch import surface

    right = surface.PUBLIC["cosh"]

    def narrow(x, out=None):
        if out is not None and out.dtype is not x.dtype:
            raise RuntimeError("Found dtype Double but expected Float")
        return right(x) if out is None else right(x, out=out)

    monkeypatch.setitem(surface.PUBLIC, "cosh", narrow)
    assert "out" in _reports(ours, "cosh")[0].failures


@pytest.mark.parametrize(
    "op", ["matmul", "nn.functional.linear", "normal", "bernoulli", "nansum", "lu", "svd", "fft.ihfftn", "nonzero"]
)
def test_destinations_as_torchs(op, ours):
    assert {r.op: r.first for r in _reports(ours, op, limit=8) if r.status == "fail"} == {}
