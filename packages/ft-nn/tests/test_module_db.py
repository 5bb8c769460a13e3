"""Every entry of torch's own module database, with all its inputs, in every dtype torch computes them in.

Generated: an entry that torch adds is tested here without a line being written. One seed must give the same weights bit
for bit, and the layer the same printed form, state, values, gradients, copies and refusals.
"""

import copy
import functools
import pickle

import numpy as np
import pytest

import ft_nn
from ft_dispatch import surface

torch = pytest.importorskip("torch")
common_modules = pytest.importorskip("torch.testing._internal.common_modules")

from module_samples import (  # noqa: E402 - only where torch is
    assert_state,
    assert_values,
    convert,
    cotangents,
    dtype_of,
    mine,
    tensors,
    to_numpy,
)

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

ENTRIES = common_modules.module_db
FLOATS = (torch.float32, torch.float64)
HALVES = (torch.float16, torch.bfloat16)
# NumPy has no complex half to hold the values with.
NEVER = {torch.complex32}
# The database computes the samples of these in float64, whatever it is asked for.
DOUBLE_CONSTANTS = {"nn.FractionalMaxPool2d", "nn.FractionalMaxPool3d"}


def cases():
    """(entry, dtype, training) for what the entry allows; evaluation only where it differs."""
    for info in ENTRIES:
        for dtype in [d for d in info.dtypes if d not in NEVER]:
            if info.name in DOUBLE_CONSTANTS and dtype != torch.float64:
                continue
            for training in (True, False) if info.train_and_eval_differ else (True,):
                yield pytest.param(info, dtype, training, id=f"{info.name[3:]}-{str(dtype)[6:]}-{'train' if training else 'eval'}")


def samples(info, dtype, training):
    torch.manual_seed(1)  # the samples are drawn from torch's stream
    return info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=True, training=training)


def layer(info):
    """Our class of the entry's: the one of the same name."""
    found = getattr(ft_nn, info.module_cls.__name__, None)
    assert found is not None, f"torch.nn.{info.module_cls.__name__} is absent"
    return found


def build(info, sample, dtype, training):
    """(ours, theirs), each from seed 7 and in `dtype`."""
    args, kwargs = sample.constructor_input.args, dict(sample.constructor_input.kwargs)
    our_args, our_kwargs = convert(args), convert(kwargs)
    torch.manual_seed(7)
    theirs = info.module_cls(*args, **kwargs)
    after = torch.rand(1).item()
    surface.manual_seed(7)
    ours = layer(info)(*our_args, **our_kwargs)
    assert surface.rand(1).item() == after, "the constructor leaves the random stream elsewhere than torch's"
    assert_state(ours, theirs, torch.float32)
    return ours.to(dtype_of(dtype)).train(training), theirs.to(dtype).train(training)


def run(module, forward_input, seed):
    """The result of the module from `seed` of its own framework."""
    seed(3)
    return module(*forward_input[0], **forward_input[1])


def backward(outputs, make):
    """Send fixed cotangents back from the outputs that have a history; whether there was one."""
    roots = [t for t in outputs if t.requires_grad]
    for i, root in enumerate(roots):
        root.backward(make(root), retain_graph=i + 1 < len(roots))
    return bool(roots)


def grad_of_theirs(t):
    return torch.from_numpy(cotangents(to_numpy(t))).to(t.dtype)


def grad_of_ours(t):
    return surface.from_numpy(cotangents(mine(t))).to(t.dtype)


def fresh(value, dtype=None):
    """Arguments as leaves of their own, in `dtype` where they are floating point."""
    if isinstance(value, torch.nn.utils.rnn.PackedSequence):
        return torch.nn.utils.rnn.PackedSequence(*[fresh(v, dtype) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)(fresh(v, dtype) for v in value)
    if isinstance(value, dict):
        return {k: fresh(v, dtype) for k, v in value.items()}
    if not isinstance(value, torch.Tensor):
        return value
    cast = dtype if dtype is not None and value.is_floating_point() else value.dtype
    return value.detach().to(cast, copy=True).requires_grad_(value.requires_grad)


def gradients(module, given):
    """Of the arguments, then of the parameters."""
    return [t.grad for t in tensors(given)], [p.grad for p in module.parameters()]


def compare_sample(info, sample, dtype, training):
    ours, theirs = build(info, sample, dtype, training)
    assert_state(ours, theirs, dtype)
    if sample.forward_input is None:
        return
    before = copy.deepcopy(theirs)
    their_in = fresh((sample.forward_input.args, sample.forward_input.kwargs))
    our_in = (convert(their_in[0]), convert(their_in[1]))

    @functools.cache
    def truth():
        # A lazy layer has its weights only now; any other computes from the state before.
        module, given = (copy.deepcopy(theirs) if info.is_lazy else before).double(), fresh(their_in, torch.float64)
        outputs = tensors(run(module, given, torch.manual_seed))
        torch.manual_seed(4)
        again = tensors(copy.deepcopy(module)(*given[0], **given[1]))
        if not all(torch.allclose(x, y, 0, 0, equal_nan=True) for x, y in zip(outputs, again, strict=True)):
            return [None] * 4
        backward(outputs, grad_of_theirs)
        return outputs, *gradients(module, given), module.state_dict()

    expected = tensors(run(theirs, their_in, torch.manual_seed))
    found = tensors(run(ours, our_in, surface.manual_seed))
    assert_values(found, expected, dtype, "output", lambda: truth()[0])
    assert [t.requires_grad for t in found] == [t.requires_grad for t in expected]
    assert_state(ours, theirs, dtype, lambda: truth()[3])  # running statistics, and what lazy layers made of their input
    backward(expected, grad_of_theirs)
    backward(found, grad_of_ours)
    for i, (mine_, theirs_) in enumerate(zip(gradients(ours, our_in), gradients(theirs, their_in), strict=True)):
        assert_values(mine_, theirs_, dtype, ("gradient of input", "gradient of parameter")[i], lambda i=i: truth()[i + 1])


def all_samples(info, dtype, training):
    """The entry's inputs; there is at least one."""
    found = list(samples(info, dtype, training))
    assert found
    return found


def some_samples(info, dtype):
    """At most 120 of them, spread over all: one entry has 857."""
    found = all_samples(info, dtype, True)
    return found[:: 1 + len(found) // 120]


@pytest.mark.parametrize(("info", "dtype", "training"), list(cases()))
def test_module_agrees_with_torch(info, dtype, training):
    for sample in all_samples(info, dtype, training):
        compare_sample(info, sample, dtype, training)


def half_cases():
    for info in ENTRIES:
        for dtype in HALVES:
            if info.name not in DOUBLE_CONSTANTS:
                yield pytest.param(info, dtype, id=f"{info.name[3:]}-{str(dtype)[6:]}")


@pytest.mark.parametrize(("info", "dtype"), list(half_cases()))
def test_halves_where_torch_computes_them(info, dtype):
    """float16 and bfloat16, wherever torch's own module takes them, whether the entry says so or not."""
    for sample in some_samples(info, dtype):
        try:
            torch.manual_seed(7)
            module = info.module_cls(*sample.constructor_input.args, **sample.constructor_input.kwargs).to(dtype)
            if sample.forward_input is not None:
                given = fresh((sample.forward_input.args, sample.forward_input.kwargs))
                backward(tensors(module(*given[0], **given[1])), grad_of_theirs)
        except (RuntimeError, NotImplementedError):
            continue
        compare_sample(info, sample, dtype, True)


@pytest.mark.parametrize("info", ENTRIES, ids=lambda m: m.name[3:])
def test_copies_and_pickles_are_the_module(info):
    dtype = torch.float64 if info.name in DOUBLE_CONSTANTS else torch.float32
    for sample in some_samples(info, dtype):
        ours, theirs = build(info, sample, dtype, True)
        try:
            pickle.dumps(theirs)
        except (AttributeError, pickle.PicklingError):
            copies = [copy.deepcopy(ours)]  # an argument that Python cannot pickle, a lambda for one
        else:
            copies = [copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))]
        for made in copies:
            assert_state(made, theirs, dtype)
            assert made.training == theirs.training
            assert {id(p) for p in made.parameters()}.isdisjoint(id(p) for p in ours.parameters())
            if sample.forward_input is not None:
                given = sample.forward_input
                results = [
                    tensors(run(m, (convert(given.args), convert(given.kwargs)), surface.manual_seed))
                    for m in (copy.copy(ours), made)
                ]
                for x, y in zip(*results, strict=True):
                    np.testing.assert_array_equal(mine(x), mine(y))


CASES = [(e, i) for e in ENTRIES if e.module_error_inputs_func is not None for i in (True, False)]


@pytest.mark.parametrize(("info", "training"), CASES, ids=[f"{e.name[3:]}-{t}" for e, t in CASES])
def test_refusals_are_torchs(info, training):
    """The exception's type and message, of what torch's module raises here and now; not only what the entry expects."""
    for error in info.module_error_inputs_func(info, device="cpu", dtype=torch.float32, requires_grad=False, training=training):
        sample = error.module_error_input
        with pytest.raises(error.error_type, match=error.error_regex) as expected:
            construct_and_call(info.module_cls, sample, lambda v: v)
        with pytest.raises(error.error_type, match=error.error_regex) as found:
            construct_and_call(layer(info), sample, convert)
        assert type(found.value) is expected.type
        assert str(found.value) == str(expected.value)


def construct_and_call(make, sample, translate):
    """Construct, and call where the case has something to call with: either may be what is refused."""
    module = make(*translate(sample.constructor_input.args), **translate(sample.constructor_input.kwargs))
    if sample.forward_input is not None:
        module(*translate(sample.forward_input.args), **translate(sample.forward_input.kwargs))


def test_the_comparison_fails_on_a_wrong_answer():
    info = next(e for e in ENTRIES if e.name == "nn.Linear")
    sample = all_samples(info, torch.float32, True)[0]
    ours, theirs = build(info, sample, torch.float32, True)
    with torch.no_grad():
        theirs.weight[0, 0] += 1e-7
    with pytest.raises(AssertionError, match="weight"):
        assert_state(ours, theirs, torch.float32)
    wrong = [surface.ones(2)], [torch.tensor([1.0, 1.001])]
    with pytest.raises(AssertionError):
        assert_values(*wrong, torch.float32, "output")
    exact, near, far = torch.tensor([1.0, 1.0]), torch.tensor([1.0, 1.00002]), torch.tensor([1.0, 1.0001])
    assert_values([surface.ones(2)], [near], torch.float32, "output", lambda: [exact])
    with pytest.raises(AssertionError):
        assert_values([convert(far)], [near], torch.float32, "output", lambda: [exact])
    with pytest.raises(AssertionError):
        assert_values([surface.ones(2)], [far], torch.float32, "output", lambda: None)
    with pytest.raises(AssertionError, match="output 0"):
        assert_values([surface.ones(2)], [torch.ones(2, dtype=torch.float64)], torch.float64, "output")


@pytest.mark.parametrize("targets", [[0, 5, 12, 19, 3], [4, 11], [0, 1]])
def test_adaptive_softmax_agrees(targets):
    torch.manual_seed(5)
    theirs = torch.nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10], div_value=2.0)
    surface.manual_seed(5)
    ours = ft_nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10], div_value=2.0)
    assert_state(ours, theirs, torch.float32)
    x, target = torch.randn(len(targets), 8), torch.tensor(targets)
    pairs = [*zip(ours(convert(x), convert(target)), theirs(x, target), strict=True)]
    pairs += [(ours.log_prob(convert(x)), theirs.log_prob(x)), (ours.predict(convert(x)), theirs.predict(x))]
    for found, expected in pairs:
        np.testing.assert_allclose(mine(found), to_numpy(expected), rtol=1e-5, atol=1e-6)
