"""Every entry of torch's own module database: constructor, printed form, state, initial weights, forward.

The database (``torch.testing._internal.common_modules``) makes the arguments; the layer of the same name here must
print the same, hold the same keys and, under one seed, the same weights bit for bit, and compute the same.
"""

import warnings
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

import ft_nn
from ft_dispatch import surface

torch = pytest.importorskip("torch")
common_modules = pytest.importorskip("torch.testing._internal.common_modules")

pytestmark = pytest.mark.oracle

# Not built yet, each with the reason; a name that is built must leave this table.
MISSING = {}
# The database's samples for these hold float64 constants.
DOUBLE_ONLY = {"nn.FractionalMaxPool2d", "nn.FractionalMaxPool3d"}


def convert(value):
    """A torch argument as ours: tensors through NumPy, modules rebuilt, the rest as it is."""
    if isinstance(value, torch.Tensor):
        ours = surface.from_numpy(value.detach().numpy().copy())
        return ours.requires_grad_() if value.requires_grad else ours
    if isinstance(value, torch.nn.utils.rnn.PackedSequence):
        return ft_nn.utils.rnn.PackedSequence(*[convert(v) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)(convert(v) for v in value)
    if isinstance(value, dict):
        return {k: convert(v) for k, v in value.items()}
    if isinstance(value, torch.dtype):
        return getattr(surface, str(value).removeprefix("torch."))
    if isinstance(value, torch.device):
        return surface.device(str(value))
    if isinstance(value, torch.nn.Module):
        return rebuild(value)
    if is_dataclass(value) and not isinstance(value, type):
        return getattr(ft_nn, type(value).__name__)(**{f.name: convert(getattr(value, f.name)) for f in fields(value)})
    name = getattr(value, "__name__", "")
    if callable(value) and getattr(torch.nn.functional, name, None) is value:
        return getattr(ft_nn.functional, name)
    if callable(value) and getattr(torch, name, None) is value:
        return getattr(surface, name)
    return value


def rebuild(module):
    """Our copy of a torch module that is itself an argument, weights included."""
    ours = getattr(ft_nn, type(module).__name__)
    if hasattr(module, "self_attn"):
        attention = module.self_attn
        made = ours(
            attention.embed_dim,
            attention.num_heads,
            module.linear1.out_features,
            module.dropout.p,
            convert(module.activation),
            module.norm1.eps,
            batch_first=attention.batch_first,
            norm_first=module.norm_first,
            bias=module.linear1.bias is not None,
        )
    else:
        made = ours()
    made.load_state_dict({k: convert(v) for k, v in module.state_dict().items()})
    return made


def to_numpy(value):
    """Nested results as lists of arrays."""
    if isinstance(value, (list, tuple)):
        return [a for v in value for a in to_numpy(v)]
    return [] if value is None else [np.asarray(value.detach().numpy())]


ENTRIES = [m for m in common_modules.module_db if m.module_cls.__module__.startswith("torch.nn.modules")]


def samples(info, training):
    dtype = torch.float32 if info.name not in DOUBLE_ONLY else torch.float64
    return info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=False, training=training)


def skip_missing(name):
    if name in MISSING:
        assert not hasattr(ft_nn, name), "it is built: take it out of MISSING"
        pytest.skip(MISSING[name])


@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("info", ENTRIES, ids=lambda m: m.name.replace(".", "_"))
def test_module_agrees_with_torch(info, training):
    name = info.module_cls.__name__
    skip_missing(name)
    count = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sample in samples(info, training):
            args, kwargs = sample.constructor_input.args, sample.constructor_input.kwargs
            torch.manual_seed(7)
            theirs = info.module_cls(*args, **kwargs).train(training)
            our_args, our_kwargs = convert(args), convert(kwargs)
            surface.manual_seed(7)
            ours = getattr(ft_nn, name)(*our_args, **our_kwargs).train(training)
            compare_state(ours, theirs)
            if sample.forward_input is not None:
                compare_forward(ours, theirs, sample.forward_input)
                compare_state(ours, theirs)  # running statistics, and what lazy layers made of their input
            count += 1
    assert count > 0


def compare_state(ours, theirs):
    assert repr(ours) == repr(theirs)
    a, b = ours.state_dict(), theirs.state_dict()
    assert list(a) == list(b)
    assert a._metadata == b._metadata
    for key in b:
        if torch.nn.parameter.is_lazy(b[key]):
            assert ft_nn.parameter.is_lazy(a[key])
            continue
        assert str(a[key].dtype) == str(b[key].dtype)
        if key.rpartition(".")[2] in ("running_mean", "running_var"):
            np.testing.assert_allclose(a[key].numpy(), b[key].numpy(), rtol=1.3e-6, atol=1e-5, err_msg=key)
        else:
            np.testing.assert_array_equal(a[key].numpy(), b[key].numpy(), err_msg=key)


def compare_forward(ours, theirs, forward_input):
    args, kwargs = forward_input.args, forward_input.kwargs
    our_args, our_kwargs = convert(args), convert(kwargs)
    torch.manual_seed(3)
    expected = to_numpy(theirs(*args, **kwargs))
    surface.manual_seed(3)
    found = to_numpy(ours(*our_args, **our_kwargs))
    assert len(found) == len(expected)
    for x, y in zip(found, expected, strict=True):
        assert x.dtype == y.dtype
        np.testing.assert_allclose(x, y, rtol=1.3e-6, atol=1e-5)


CASES = [(e, i) for e in ENTRIES if e.module_error_inputs_func is not None for i in (True, False)]


@pytest.mark.parametrize(("info", "training"), CASES, ids=[f"{e.name}-{t}" for e, t in CASES])
def test_database_errors(info, training):
    name = info.module_cls.__name__
    skip_missing(name)
    for error in info.module_error_inputs_func(info, device="cpu", dtype=torch.float32, requires_grad=False, training=training):
        sample = error.module_error_input
        args, kwargs = convert(sample.constructor_input.args), convert(sample.constructor_input.kwargs)
        build = getattr(ft_nn, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(error.error_type, match=error.error_regex):
                build_and_call(build, args, kwargs, sample.forward_input)


def build_and_call(build, args, kwargs, forward_input):
    """Construct, and call where the case has something to call with: either may be what is refused."""
    module = build(*args, **kwargs)
    if forward_input is not None:
        module(*convert(forward_input.args), **convert(forward_input.kwargs))


@pytest.mark.parametrize("targets", [[0, 5, 12, 19, 3], [4, 11], [0, 1]])
def test_adaptive_softmax_agrees(targets):
    torch.manual_seed(5)
    theirs = torch.nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10], div_value=2.0)
    surface.manual_seed(5)
    ours = ft_nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10], div_value=2.0)
    compare_state(ours, theirs)
    x, target = torch.randn(len(targets), 8), torch.tensor(targets)
    pairs = [*zip(ours(convert(x), convert(target)), theirs(x, target), strict=True)]
    pairs += [(ours.log_prob(convert(x)), theirs.log_prob(x)), (ours.predict(convert(x)), theirs.predict(x))]
    for found, expected in pairs:
        np.testing.assert_allclose(to_numpy(found)[0], to_numpy(expected)[0], rtol=1e-5, atol=1e-6)
