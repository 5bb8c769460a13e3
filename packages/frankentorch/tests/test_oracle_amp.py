"""torch.amp against an installed torch: the lists as its dispatcher holds them, what every op returns, and scaled training."""

import warnings

import pytest

import frankentorch as ft
from ft_conformance import facade
from ft_conformance.asking import attempt, flat
from ft_conformance.facade import Missing
from ft_conformance.oracle_cases import OracleRun
from ft_conformance.translate import Translator, Unconvertible
from ft_dispatch.autocast_lists import _CPU, _CUDA

torch = pytest.importorskip("torch")
invocations = pytest.importorskip("torch.testing._internal.common_methods_invocations")

pytestmark = pytest.mark.oracle


def listed(key):
    """Base names of the ops with a kernel of their own under a dispatch key."""
    names = [name.removeprefix("aten::") for name in torch._C._dispatch_get_all_op_names() if name.startswith("aten::")]
    lines = {name: torch._C._dispatch_dump(f"aten::{name}").splitlines() for name in names}
    own = [n for n, rows in lines.items() if any(r.startswith(key + ":") and "fallthrough" not in r for r in rows)]
    return {name.partition(".")[0] for name in own}


@pytest.mark.parametrize(("key", "lists"), [("AutocastCPU", _CPU), ("AutocastCUDA", _CUDA)])
def test_the_lists_name_what_torch_registers(key, lists):
    assert {name for names in lists.values() for name in names.split()} == listed(key)


QUIRKS = {  # torch's kernels join halves of two kinds by an op of its lists, and stumble; ours do not
    "roll", "fft.fftshift", "fft.ifftshift", "isin", "matrix_exp", "_chunk_cat",
}  # fmt: skip
ABSENT = {"complex", "chalf", "to_sparse"}  # complex numbers of two halves; sparse layouts

LIMIT = 2


def cases():
    return [
        pytest.param(info, id=f"{info.name}-{info.variant_test_name}")
        for info in invocations.op_db
        if not info.name.startswith(("jiterator", "_refs.")) and info.name not in QUIRKS | ABSENT
    ]


@pytest.fixture(scope="module")
def run():
    return OracleRun(torch, facade.make(), {}, limit=LIMIT)


@pytest.mark.parametrize("info", cases())
def test_every_op_returns_torchs_dtypes_in_a_region(info, run):
    try:
        mine = run.ours_of(info, info.op)
    except Missing:
        pytest.skip("not built")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for given, low in (("float32", "bfloat16"), ("float16", "bfloat16")):
            if getattr(torch, given) not in info.supported_dtypes("cpu"):
                continue
            for _, sample in zip(range(LIMIT), run._samples(info, getattr(torch, given), False), strict=False):
                compare(run, info, mine, sample, low)


def compare(run, info, mine, sample, low):
    try:
        translate = Translator(torch, run.ours)
        arguments = translate((sample.input, *sample.args)), translate(sample.kwargs)
    except Unconvertible:
        return
    with torch.autocast("cpu", getattr(torch, low)):
        expected, error = run.ask(info.op, (sample.input, *sample.args), sample.kwargs)
    run.seed()
    with ft.autocast("cpu", getattr(ft, low)):
        made, mistake = attempt(mine, *arguments)
    assert type(mistake).__name__ == type(error).__name__, (mistake, error)
    if error is None:
        kinds = [str(t.dtype) for t in flat(expected, torch.Tensor)]
        assert [str(t.dtype) for t in flat(made, run.ours.Tensor)] == kinds


def trained(lib, start, data, fused, kind):
    """(losses, scales, skipped steps, final weight) of a small model trained in half precision."""
    model = lib.nn.Sequential(lib.nn.Linear(4, 8), lib.nn.ReLU(), lib.nn.Linear(8, 1))
    model.load_state_dict({name: lib.tensor(value) for name, value in start.items()})
    optimizer = lib.optim.Adam(model.parameters(), lr=0.05, fused=fused)
    scaler = lib.amp.GradScaler("cpu", init_scale=2.0**20, growth_interval=4)
    x, y = (lib.tensor(values) for values in data)
    rows = []
    for _ in range(12):
        optimizer.zero_grad()
        with lib.autocast("cpu", getattr(lib, kind)):
            loss = lib.nn.functional.mse_loss(model(x), y)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        rows.append((loss.item(), scaler.get_scale(), scaler._get_growth_tracker()))
    return rows, model[0].weight.tolist(), scaler.state_dict()


@pytest.mark.parametrize("kind", ["float16", "bfloat16"])
@pytest.mark.parametrize("fused", [False, True])
def test_scaled_training_goes_as_torchs(fused, kind):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    start = {name: value.tolist() for name, value in model.state_dict().items()}
    data = torch.randn(16, 4).tolist(), torch.randn(16, 1).tolist()
    theirs, weights, state = trained(torch, start, data, fused, kind)
    mine, ours, held = trained(ft, start, data, fused, kind)
    assert held == state
    assert [row[1:] for row in mine] == [row[1:] for row in theirs]
    assert [row[0] for row in mine] == pytest.approx([row[0] for row in theirs], rel=2e-2)
    assert ours == [pytest.approx(row, abs=2e-2) for row in weights]
    if kind == "float16":
        assert len({row[1] for row in theirs}) > 1  # the first steps overflow
