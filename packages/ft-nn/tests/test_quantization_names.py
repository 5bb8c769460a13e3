"""Fused containers, layers with fake quantizers and observed operations: they compute in floating point; the rest says it is absent."""

import importlib

import pytest

import ft_nn as nn
from ft_dispatch import surface
from ft_nn import intrinsic, qat, quantizable, quantized, stubs

MAKE = {
    "ConvReLU": lambda n, d: (getattr(n, f"Conv{d}d")(2, 3, 2), n.ReLU()),
    "ConvBn": lambda n, d: (getattr(n, f"Conv{d}d")(2, 3, 2), getattr(n, f"BatchNorm{d}d")(3)),
    "ConvBnReLU": lambda n, d: (getattr(n, f"Conv{d}d")(2, 3, 2), getattr(n, f"BatchNorm{d}d")(3), n.ReLU()),
    "BNReLU": lambda n, d: (getattr(n, f"BatchNorm{d}d")(2), n.ReLU()),
    "LinearBn": lambda n, d: (n.Linear(3, 3), n.BatchNorm1d(2)),
    "LinearReLU": lambda n, d: (n.Linear(3, 3), n.ReLU()),
    "LinearLeakyReLU": lambda n, d: (n.Linear(3, 3), n.LeakyReLU()),
    "LinearTanh": lambda n, d: (n.Linear(3, 3), n.Tanh()),
}
CHAINS = [name for name in intrinsic.modules.fused.__all__ if not name.startswith("ConvAdd")]


def parts(n, name):
    stem = name.removesuffix("d")
    dims = int(stem[-1]) if stem[-1].isdigit() else 0
    return MAKE[stem.rstrip("123")](n, dims), dims


@pytest.mark.parametrize("name", CHAINS)
def test_chains_compute_as_their_parts(name):
    layers, dims = parts(nn, name)
    chain = getattr(intrinsic, name)(*layers).eval()
    assert isinstance(chain, intrinsic._FusedModule)
    x = surface.randn(4, 2, *(3,) * max(dims, 1))
    expected = x
    for layer in layers:
        expected = layer(expected)
    assert surface.equal(chain(x), expected)


@pytest.mark.oracle
@pytest.mark.parametrize("name", CHAINS)
def test_chains_refuse_as_torchs(name):
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("torch.ao.nn.intrinsic")
    assert repr(getattr(intrinsic, name)(*parts(nn, name)[0])) == repr(getattr(theirs, name)(*parts(torch.nn, name)[0]))
    with pytest.raises(AssertionError) as expected:
        getattr(theirs, name)(*[torch.nn.Identity()] * len(parts(torch.nn, name)[0]))
    with pytest.raises(AssertionError) as found:
        getattr(intrinsic, name)(*[nn.Identity()] * len(parts(nn, name)[0]))
    assert str(found.value) == str(expected.value)


def test_sums_behind_a_convolution():
    conv, x, y = nn.Conv2d(1, 1, 1), surface.randn(1, 1, 2, 2), surface.randn(1, 1, 2, 2)
    assert surface.equal(intrinsic.ConvAdd2d(conv, surface.add)(x, y), conv(x) + y)
    assert surface.equal(intrinsic.ConvAddReLU2d(conv, surface.add, nn.ReLU())(x, y), (conv(x) + y).relu())


class Halves(nn.Module):
    """A fake quantizer: to the nearest half."""

    def forward(self, x):
        return (x * 2).round() / 2


class Settings:
    @staticmethod
    def weight(factory_kwargs=None):
        return Halves()


TRAINED = [
    ("Linear", (3, 2), (4, 3)),
    ("Conv1d", (3, 2, 2), (1, 3, 4)),
    ("Conv2d", (3, 2, 2), (1, 3, 4, 4)),
    ("Conv3d", (3, 2, 1), (1, 3, 2, 2, 2)),
]


@pytest.mark.parametrize(("name", "args", "shape"), TRAINED)
def test_trained_layers_use_the_fake_quantizer(name, args, shape):
    plain = getattr(nn, name)(*args)
    with pytest.raises(AssertionError, match="Input float module must have qconfig defined"):
        getattr(qat, name).from_float(plain)
    plain.qconfig = None
    with pytest.raises(AssertionError, match="must have a valid qconfig"):
        getattr(qat, name).from_float(plain)
    plain.qconfig = Settings
    layer = getattr(qat, name).from_float(plain)
    assert layer.weight is plain.weight
    x = surface.randn(*shape)
    rounded = getattr(nn, name)(*args)
    rounded.load_state_dict({"weight": Halves()(plain.weight), "bias": plain.bias})
    assert surface.equal(layer(x), rounded(x))
    layer(x).sum().backward()
    back = layer.to_float()
    assert type(back) is getattr(nn, name)
    assert surface.equal(back(x), plain(x))
    with pytest.raises(AssertionError, match=f"qat.{name}.from_float only works for {name}, got ReLU"):
        getattr(qat, name).from_float(nn.ReLU())
    with pytest.raises(AssertionError, match="qconfig must be provided for QAT module"):
        getattr(qat, name)(*args)


class RowSettings:
    """Halves with the scheme that embeddings ask for, or with another one."""

    def __init__(self, torch, scheme="per_channel_affine_float_qparams"):
        self.torch, self.scheme = torch, getattr(torch, scheme)

    def weight(self, factory_kwargs=None):
        class Rows(self.torch.nn.Module):
            qscheme = self.scheme

            def forward(self, x):
                return x + ((x * 2).round() / 2 - x).detach()

        return Rows()


class Library:
    """Ours under torch's names, as far as a fake quantizer wants them."""

    nn = nn
    per_channel_affine_float_qparams = surface.per_channel_affine_float_qparams
    per_tensor_affine = surface.per_tensor_affine


ROWS = {
    "Embedding": ((5, 3, 1), {"scale_grad_by_freq": True}, [[0, 4], [1, 1]], ()),
    "EmbeddingBag": ((5, 3), {"mode": "sum", "include_last_offset": True, "padding_idx": 2}, [0, 4, 2, 1], ([0, 1, 4],)),
}


def trained_rows(torch, where, name):
    """What an embedding for training gives and learns, and what it is turned back into; then what it refuses."""
    args, options, indices, rest = ROWS[name]
    plain = getattr(torch.nn, name)(*args, **options)
    with torch.no_grad():
        plain.weight.copy_(torch.arange(15.0).view(5, 3) / 4)
    refused = []
    for settings in ("absent", None, RowSettings(torch, "per_tensor_affine")):
        if settings != "absent":
            plain.qconfig = settings
        with pytest.raises(AssertionError) as caught:
            getattr(where, name).from_float(plain)
        refused.append(str(caught.value))
    for call in (lambda: getattr(where, name).from_float(torch.nn.ReLU()), lambda: getattr(where, name)(*args)):
        with pytest.raises(AssertionError) as caught:
            call()
        refused.append(str(caught.value))
    plain.qconfig = RowSettings(torch)
    layer = getattr(where, name).from_float(plain.eval()).eval()
    out = layer(torch.tensor(indices), *map(torch.tensor, rest))
    out.square().sum().backward()
    back = layer.to_float()
    kinds = type(back) is getattr(torch.nn, name), layer.weight.data_ptr() == plain.weight.data_ptr(), back.training
    return out.tolist(), layer.weight.grad.tolist(), back.weight.tolist(), kinds, repr(back), refused


@pytest.mark.parametrize("name", ROWS)
def test_trained_embeddings_use_the_fake_quantizer(name):
    library = type("L", (Library,), {n: staticmethod(getattr(surface, n)) for n in ("tensor", "arange", "no_grad")})
    out, grad, weight, kinds, _, refused = trained_rows(library, qat, name)
    assert all(x * 2 == round(x * 2) for row in out for x in (row if isinstance(row[0], float) else [y for r in row for y in r]))
    assert any(x for row in grad for x in row)
    assert len(weight) == 5
    assert kinds == (True, True, False)
    assert refused == [
        "Input float module must have qconfig defined",
        "Input float module must have a valid qconfig",
        f"{name.replace('gB', 'g B')} weights requires a qscheme of torch.per_channel_affine_float_qparams Got torch.per_tensor_affine",
        f" qat.{name}.from_float only works for {name}",
        "qconfig must be provided for QAT module",
    ]


@pytest.mark.oracle
@pytest.mark.parametrize("name", ROWS)
def test_trained_embeddings_are_torchs(name):
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("torch.ao.nn.qat")
    library = type("L", (Library,), {n: staticmethod(getattr(surface, n)) for n in ("tensor", "arange", "no_grad")})
    assert trained_rows(library, qat, name) == trained_rows(torch, theirs, name)


OPERATIONS = {
    "add": lambda f, a, b: f.add(a, b),
    "add_scalar": lambda f, a, b: f.add_scalar(a, 2.0),
    "mul": lambda f, a, b: f.mul(a, b),
    "mul_scalar": lambda f, a, b: f.mul_scalar(a, 2.0),
    "cat": lambda f, a, b: f.cat([a, b], dim=1),
    "add_relu": lambda f, a, b: f.add_relu(a, b),
    "matmul": lambda f, a, b: f.matmul(a, b),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_are_observed(name):
    seen = []
    observed, plain = quantized.FloatFunctional(), quantized.FXFloatFunctional()
    observed.activation_post_process.register_forward_hook(lambda module, args, output: seen.append(1))
    a, b = surface.randn(2, 2), surface.randn(2, 2)
    assert surface.equal(OPERATIONS[name](observed, a, b), OPERATIONS[name](plain, a, b))
    assert seen == [] if name.endswith("scalar") else [1]
    with pytest.raises(RuntimeError, match="not intended to use the 'forward'"):
        observed(a)


@pytest.mark.oracle
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_are_torchs(name):
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("torch.ao.nn.quantized")
    a, b = [[1.0, -2.0], [3.0, 0.5]], [[-4.0, 1.0], [2.0, 0.25]]
    expected = OPERATIONS[name](theirs.FloatFunctional(), torch.tensor(a), torch.tensor(b))
    assert OPERATIONS[name](quantized.FloatFunctional(), surface.tensor(a), surface.tensor(b)).tolist() == expected.tolist()


def test_stubs_are_identities():
    inner = nn.Linear(2, 2)
    inner.qconfig = Settings
    wrapped = stubs.QuantWrapper(inner.eval())
    assert wrapped.quant.qconfig is Settings
    assert not wrapped.training
    x = surface.randn(1, 2)
    assert surface.equal(wrapped(x), inner(x))
    assert not hasattr(stubs.DeQuantStub(), "qconfig")


@pytest.mark.parametrize(
    ("module", "name"),
    [(intrinsic, "qat"), (qat, "dynamic"), (quantizable, "LSTM"), (quantized, "QFunctional")],
)
def test_what_is_not_built_says_so(module, name):
    assert not hasattr(module, name)
    with pytest.raises(AttributeError, match=f"has no attribute '{name}': torch 2.13 has it, it is not built yet"):
        getattr(module, name)


def test_namespaces_are_found():
    for name in ("intrinsic", "qat", "quantizable", "quantized"):
        assert getattr(nn, name) is importlib.import_module(f"ft_nn.{name}")
        assert name in dir(nn)
