"""What a compiler needs from every op, one generated test per contract; meta rules have a file of their own.

Each runs over the whole op table with the arguments of `op_samples`, on the CPU's kernels.
"""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from op_samples import Harvest, f, samples

from ft_core import Tensor
from ft_core.backend import backend_for
from ft_core.keys import BELOW
from ft_core.state import TL, bits_set
from ft_dispatch import surface as torch
from ft_dispatch.call import key_of
from ft_dispatch.execute import execute
from ft_dispatch.kinds import COMPOSITE, CREATION, ELEMENTWISE, RANDOM, VIEW
from ft_dispatch.memory import BUILTIN
from ft_dispatch.registry import OPS
from ft_dispatch.trace import TraceError, capture

KERNELS = backend_for("cpu").kernels
PACKAGES = Path(__file__).parents[2]
UNDEFINED = {"empty.memory_format", "empty_strided", "empty_like", "native_dropout"}  # or drawn
LAZY = {"_conj", "_neg_view"}  # bits on a tensor, which captures refuse
# their decomposition looks at indices, or zero points, to refuse wrong ones
CHECKED = {"max_unpool2d", "max_unpool3d", "fake_quantize_per_channel_affine_cachemask"}


def plain_ops():
    """Ops whose result is a function of their arguments, by name."""
    return [
        op.name
        for op in OPS.values()
        if op.kind not in (COMPOSITE, RANDOM)
        and op.name not in UNDEFINED | LAZY
        and not op.base.startswith(("_amp_", "_fused_"))
        and not op.data_dependent
        and not any(p.base == "Generator" for p in op.params)
    ]


def with_kernel(*without):
    return [name for name in plain_ops() if name in KERNELS and OPS[name].kind not in (VIEW, *without)]


def detached(value):
    if isinstance(value, Tensor):
        return value.detach()
    return tuple(detached(v) for v in value) if isinstance(value, (list, tuple)) else value


def arrays(value):
    """Every tensor of a result as (dtype, NumPy array)."""
    if isinstance(value, Tensor):
        wide = value.to(torch.float32) if value.dtype.itemsize == 2 and value.is_floating_point() else value
        return [(value.dtype, wide.resolve_conj().detach().numpy())]
    return [pair for v in value for pair in arrays(v)] if isinstance(value, (list, tuple)) else []


def equal(a, b):
    return len(a) == len(b) and all(
        x is y and p.shape == q.shape and np.array_equal(p, q, equal_nan=p.dtype.kind in "fc")
        for (x, p), (y, q) in zip(a, b, strict=True)
    )


def close(a, b, rtol=2e-4, atol=1e-5):
    return len(a) == len(b) and all(
        x is y and p.shape == q.shape and np.allclose(p, q, rtol=rtol, atol=atol, equal_nan=True)
        for (x, p), (y, q) in zip(a, b, strict=True)
    )


# -- a trace is a backend: whatever runs can be captured, and replays the same bits ------------------------------------------


@pytest.mark.parametrize("name", plain_ops())
def test_captured_op_replays_bit_for_bit(name):
    op = OPS[name]
    if name in CHECKED:
        with pytest.raises(TraceError, match="may not look at values"):
            capture(op, *detached(samples()[name][0]))
        return
    for given in samples()[name]:
        args = detached(given)
        at = [i for i, a in enumerate(args) if isinstance(a, Tensor)]

        def run(*tensors, args=args, at=at):
            made = list(args)
            for i, t in zip(at, tensors, strict=True):
                made[i] = t
            return op(*made)

        tensors = [args[i] for i in at]
        program = capture(run, *tensors)
        want = arrays(run(*tensors))
        assert equal(arrays(program(*tensors)), want)
        assert equal(arrays(program(*tensors)), want), "the second run differs"


# -- nobody above a kernel sees data ---------------------------------------------------------------------------------------------


def sources(package, folder=""):
    return sorted((PACKAGES / package / "src" / package.replace("-", "_") / folder).rglob("*.py"))


WITHOUT_ARRAYS = [*sources("ft-autograd", "rules"), *sources("ft-nn"), *sources("ft-optim"), *sources("ft-distributions")]


@pytest.mark.parametrize("path", WITHOUT_ARRAYS, ids=lambda p: p.stem)
def test_no_array_above_the_kernels(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not {n.partition(".")[0] for n in names} & {"numpy", "ml_dtypes", "cupy"}, (
                f"{path.name}:{node.lineno} imports arrays"
            )
        if isinstance(node, ast.Attribute) and node.attr == "_a":
            raise AssertionError(f"{path.name}:{node.lineno} reads an array")


# -- kernel promises -------------------------------------------------------------------------------------------------------------


class Spy:
    """Calls of one kernel as the dispatcher makes them."""

    def __init__(self, kernel):
        self.kernel, self.calls = kernel, []

    def __enter__(self):
        self.fn, self.leaf = self.kernel.fn, self.kernel.leaf

        def spy(*args, out):
            self.calls.append(args)
            return self.fn(*args, out=out)

        self.kernel.fn = spy
        return self

    def __exit__(self, *exc):
        self.kernel.fn = self.fn


def kernel_calls(name):
    """Arrays and parameters with which a kernel is called for the op's samples."""
    spy, calls = Spy(KERNELS[name]), samples()[name]  # the samples are programs with gradients: made before recording goes off
    with spy, bits_set(on=BELOW):
        for args in calls:
            given = detached(args)
            execute(OPS[name], given, key_of(OPS[name], given, TL.st.bits)[0], TL.st)
    assert spy.calls, f"{name}: its kernel was never called"
    return spy.calls


def ndarrays(args):
    for a in args:
        if isinstance(a, np.ndarray):
            yield a
        elif isinstance(a, (list, tuple)):
            yield from ndarrays(a)


def listed(made):
    return list(made) if isinstance(made, (tuple, list)) else [made]


@pytest.mark.parametrize("name", with_kernel(CREATION))
def test_kernel_never_returns_an_input_and_leaves_them_alone(name):
    for args in kernel_calls(name):
        before = [a.copy() for a in ndarrays(args)]
        made = TL.st.run(KERNELS[name].fn, *args, out=...)
        for out in listed(made):
            assert out is None or isinstance(out, np.ndarray)
            assert out is None or not any(np.shares_memory(out, a) for a in ndarrays(args))
        assert all(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc") for a, b in zip(ndarrays(args), before, strict=True))


@pytest.mark.parametrize("name", [n for n in with_kernel(CREATION) if KERNELS[n].out and OPS[n].n_outputs != -1])
def test_kernel_writes_into_its_destination(name):
    for args in kernel_calls(name):
        made = listed(TL.st.run(KERNELS[name].fn, *args, out=...))
        if any(m is None for m in made):
            continue
        dests = [np.empty_like(m, order="C") for m in made]
        for d in dests:
            d[...] = 1
        got = listed(TL.st.run(KERNELS[name].fn, *args, out=dests[0] if OPS[name].n_outputs == 1 else tuple(dests)))
        for g, d, m in zip(got, dests, made, strict=True):
            assert g is d
            assert np.array_equal(d, m, equal_nan=d.dtype.kind in "fc")


@pytest.mark.parametrize("name", [n for n in with_kernel(CREATION) if 0 in KERNELS[n].inplace and OPS[n].n_outputs == 1])
def test_kernel_may_overwrite_its_first_input(name):
    for args in kernel_calls(name):
        x = args[0]
        made = TL.st.run(KERNELS[name].fn, *args, out=...)
        if not isinstance(x, np.ndarray) or (made.shape, made.dtype) != (x.shape, x.dtype):
            continue
        target = x.copy()
        TL.st.run(KERNELS[name].fn, target, *args[1:], out=target)
        assert np.array_equal(target, made, equal_nan=made.dtype.kind in "fc")


# -- storage owns the address ----------------------------------------------------------------------------------------------------


def test_address_and_generation_belong_to_the_storage():
    x = torch.arange(12.0).view(3, 4)
    row = x.select(0, 1)
    storage = x.untyped_storage()
    assert row.untyped_storage() is storage
    assert row.data_ptr() == storage.data_ptr() + 4 * 4
    assert storage.nbytes() == 48
    before = storage.generation
    x.add_(1)
    assert storage.generation == before, "a write does not move memory"
    storage.resize_(96)
    assert storage.generation > before
    assert row.data_ptr() == storage.data_ptr() + 4 * 4
    assert row.tolist() == [5, 6, 7, 8]


# -- mutation is declared --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(OPS))
def test_schema_says_what_is_written_and_what_is_shared(name):
    op = OPS[name]
    written = [p.name for p in op.params if p.write]
    assert not written or op.base.endswith("_") or op.kind is COMPOSITE, f"{name} writes {written} without an underscore"
    shared = [p for p in op.signature.returns if p.alias and not p.write]
    if op.kind is VIEW:
        assert shared, f"{name} is a view, and its schema does not say that it shares memory"
        assert op.view_rule is not None
    if op.inplace:
        assert op.inplace_wrapper is not None
        assert op.params[0].is_tensor


# -- static or run-time ------------------------------------------------------------------------------------------------------------


def with_numbers():
    return [
        op.name
        for op in OPS.values()
        if op.kind is ELEMENTWISE
        and op.name in KERNELS
        and op.meta_rule is None
        and any(p.base in ("Scalar", "float") and not p.is_list and not p.optional for p in op.params)
    ]


@pytest.mark.parametrize("name", with_numbers())
def test_numbers_are_inputs_of_a_program(name):
    op = OPS[name]
    args = list(detached(samples()[name][0]))
    at = [i for i, p in enumerate(op.params) if p.base in ("Scalar", "float") and not p.is_list and not p.optional]

    def run(*numbers):
        made = list(args)
        for i, number in zip(at, numbers, strict=True):
            made[i] = number
        return op(*made)

    first = [0.5 + 0.25 * i for i in range(len(at))]
    program = capture(run, *first)
    for numbers in (first, [n + 0.125 for n in first]):
        assert equal(arrays(program(*numbers)), arrays(run(*numbers)))
    frozen = [guard for guard in program.guards() if re.search(r"(?<!not )\(r\d+ == ", guard)]
    assert not frozen, f"{name} holds for one number only: {frozen}"


EXEMPT = {"fill.Scalar"}  # its decomposition makes a tensor of the same shape
AS_WHERE = dict.fromkeys(["masked_fill.Scalar", "masked_fill.Tensor"])  # a where that keeps the dtype of its first operand


# -- decompositions ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [op.name for op in OPS.values() if op.kind is ELEMENTWISE and op.decomposition is not None and op.name not in EXEMPT]
)
def test_elementwise_decompositions_run_on_scalars(name):
    op = OPS[name]
    for given in samples()[name]:
        scalars = [a.reshape(-1)[:1].reshape(()) if isinstance(a, Tensor) else a for a in detached(given)]
        mode = Harvest()
        with mode:
            made = op.decomposition(*scalars)
        assert made.shape == ()
        foreign = {o.name for o, _ in mode.calls if o.kind is not ELEMENTWISE and o.name not in BUILTIN | AS_WHERE}
        assert not foreign, f"{name} leaves the elementwise world: {foreign}"


@pytest.mark.parametrize("name", [n for n in with_kernel() if OPS[n].decomposition is not None and n not in EXEMPT])
def test_kernel_equals_decomposition(name):
    op = OPS[name]
    for given in samples()[name]:
        args = detached(given)
        with bits_set(on=BELOW):
            want = op.decomposition(*args)
        assert close(arrays(op(*args)), arrays(want))


def test_samples_are_not_empty():
    assert len(samples()) > 400
    assert f(3).shape == (3,)
