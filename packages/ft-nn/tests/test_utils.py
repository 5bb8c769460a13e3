"""What is done with modules from outside: clipping, vectors, fusion, packing, other tensors."""

import pytest

import ft_nn as nn
from ft_core import Parameter
from ft_dispatch import surface as torch
from ft_nn import utils
from ft_nn.utils import rnn, stateless
from ft_nn.utils.substitution import functional_call


def with_grad(*values):
    p = Parameter(torch.zeros(len(values)))
    p.grad = torch.tensor(values)
    return p


@pytest.mark.parametrize("foreach", [None, False])
def test_clip_grad_norm_scales_to_the_bound(foreach):
    params = [with_grad(3.0), with_grad(4.0), Parameter(torch.zeros(1))]
    total = utils.clip_grad_norm_(params, 1.0, foreach=foreach)
    assert total.item() == 5.0
    assert params[0].grad.item() == pytest.approx(0.6, rel=1e-6)
    assert params[1].grad.item() == pytest.approx(0.8, rel=1e-6)
    assert utils.clip_grad_norm_(params, 10.0).item() == pytest.approx(1.0, rel=1e-6)
    assert params[0].grad.item() == pytest.approx(0.6, rel=1e-6)


def test_clip_grad_norm_of_other_orders_and_failures():
    params = (p for p in [with_grad(3.0, -7.0)])
    assert utils.clip_grad_norm_(params, 100.0, norm_type=float("inf")).item() == 7.0
    with pytest.raises(RuntimeError, match="is non-finite, so it cannot be clipped"):
        utils.clip_grad_norm_(with_grad(float("nan")), 1.0, error_if_nonfinite=True)
    with pytest.warns(UserWarning, match="empty generator"):
        assert utils.clip_grad_norm_(iter([]), 1.0).item() == 0.0


@pytest.mark.parametrize("foreach", [None, False])
def test_clip_grad_value_clamps(foreach):
    p = with_grad(-3.0, 0.5, 3.0)
    utils.clip_grad_value_(p, 1, foreach=foreach)
    assert p.grad.tolist() == [-1.0, 0.5, 1.0]


def test_parameters_travel_as_a_vector():
    net = nn.Linear(2, 1)
    vector = utils.parameters_to_vector(net.parameters())
    assert vector.shape == (3,)
    utils.vector_to_parameters(torch.tensor([1.0, 2.0, 3.0]), net.parameters())
    assert net.weight.tolist() == [[1.0, 2.0]]
    assert net.bias.tolist() == [3.0]
    with pytest.raises(TypeError, match=r"expected torch.Tensor, but got: list"):
        utils.vector_to_parameters([1.0], net.parameters())


def trained_norm(norm):
    norm.running_mean.copy_(torch.tensor([0.5, -1.0]))
    norm.running_var.copy_(torch.tensor([2.0, 0.25]))
    with torch.no_grad():
        norm.weight.copy_(torch.tensor([1.5, -0.5]))
        norm.bias.copy_(torch.tensor([0.1, 0.2]))
    return norm.eval()


def test_fused_layers_do_the_same():
    bn = trained_norm(nn.BatchNorm2d(2))
    x = torch.randn(3, 2, 5, 5)
    for conv in (nn.Conv2d(2, 2, 3).eval(), nn.Conv2d(2, 2, 3, bias=False).eval()):
        assert torch.allclose(utils.fuse_conv_bn_eval(conv, bn)(x), bn(conv(x)), atol=1e-5)
    transposed = nn.ConvTranspose2d(2, 2, 3).eval()
    fused = utils.fuse_conv_bn_eval(transposed, bn, transpose=True)
    assert torch.allclose(fused(x), bn(transposed(x)), atol=1e-5)
    linear, bn1 = nn.Linear(4, 2).eval(), trained_norm(nn.BatchNorm1d(2))
    y = torch.randn(3, 4)
    assert torch.allclose(utils.fuse_linear_bn_eval(linear, bn1)(y), bn1(linear(y)), atol=1e-5)
    with pytest.raises(AssertionError, match="Fusion only for eval!"):
        utils.fuse_linear_bn_eval(linear.train(), bn1)


SEQUENCES = [[1.0, 2.0], [3.0, 4.0, 5.0], [6.0]]


@pytest.mark.parametrize("batch_first", [True, False])
def test_packing_and_back(batch_first):
    tensors = [torch.tensor(s) for s in SEQUENCES]
    padded = rnn.pad_sequence(tensors, batch_first=batch_first, padding_value=-1.0)
    assert padded.shape == (3, 3)
    packed = rnn.pack_padded_sequence(padded, [2, 3, 1], batch_first=batch_first, enforce_sorted=False)
    assert packed.batch_sizes.tolist() == [3, 2, 1]
    assert packed.data.tolist() == [3.0, 1.0, 6.0, 4.0, 2.0, 5.0]
    again, lengths = rnn.pad_packed_sequence(packed, batch_first=batch_first, padding_value=-1.0)
    assert torch.equal(again, padded)
    assert lengths.tolist() == [2, 3, 1]
    longer, _ = rnn.pad_packed_sequence(packed, batch_first=True, total_length=5)
    assert longer.shape == (3, 5)
    with pytest.raises(ValueError, match="Expected total_length to be at least"):
        rnn.pad_packed_sequence(packed, total_length=2)
    assert [t.tolist() for t in rnn.unpack_sequence(rnn.pack_sequence(tensors, enforce_sorted=False))] == SEQUENCES


def test_packed_sequence_moves():
    packed = rnn.pack_sequence([torch.ones(3), torch.ones(1)])
    assert packed.double().data.dtype == torch.float64
    assert packed.to("cpu") is packed
    assert not packed.is_cuda
    assert rnn.invert_permutation(torch.tensor([2, 0, 1])).tolist() == [1, 2, 0]


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
def test_packed_batch_equals_each_sequence_alone(kind):
    layer = getattr(nn, kind)(2, 3, num_layers=2, bidirectional=True)
    tensors = [torch.randn(n, 2) for n in (2, 4, 1)]
    packed, state = layer(rnn.pack_sequence(tensors, enforce_sorted=False))
    last = state[0] if kind == "LSTM" else state
    for i, (tensor, output) in enumerate(zip(tensors, rnn.unpack_sequence(packed), strict=True)):
        alone, own = layer(tensor)
        assert torch.allclose(output, alone, atol=1e-6)
        assert torch.allclose(last[:, i], own[0] if kind == "LSTM" else own, atol=1e-6)


def test_functional_call_uses_and_returns_the_tensors():
    net = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Linear(1, 1, bias=False))
    own = net[0].weight
    new = {"0.weight": torch.tensor([[2.0]]), "1.weight": torch.tensor([[3.0]])}
    assert functional_call(net, new, torch.ones(1, 1)).item() == 6.0
    assert net[0].weight is own
    with pytest.raises(AttributeError, match="Sequential has no attribute `nothing`"):
        functional_call(net, {"0.weight": own, "nothing.weight": own}, torch.ones(1, 1))
    assert net[0].weight is own
    with pytest.raises(RuntimeError, match=r"Missing key\(s\): '1.weight'"):
        functional_call(net, {"0.weight": own}, torch.ones(1, 1), strict=True)
    with pytest.raises(ValueError, match="appeared in multiple dictionaries"):
        functional_call(net, [new, new], torch.ones(1, 1))
    with pytest.warns(FutureWarning, match="use `torch.func.functional_call` instead"):
        assert stateless.functional_call(net, parameters_and_buffers=new, args=torch.ones(1, 1)).item() == 6.0


def test_functional_call_follows_ties():
    net = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Linear(1, 1, bias=False))
    net[1].weight = net[0].weight
    two, three = torch.tensor([[2.0]]), torch.tensor([[3.0]])
    assert functional_call(net, {"0.weight": two}, torch.ones(1, 1)).item() == 4.0
    with pytest.raises(ValueError, match="which are tied"):
        functional_call(net, {"0.weight": two, "1.weight": three}, torch.ones(1, 1))
    assert functional_call(net, {"0.weight": two, "1.weight": three}, torch.ones(1, 1), tie_weights=False).item() == 6.0


def test_skip_init_allocates_and_draws_nothing():
    torch.manual_seed(0)
    net = utils.skip_init(nn.Linear, 3, 2)
    drawn = torch.rand(1)
    torch.manual_seed(0)
    assert torch.equal(torch.rand(1), drawn)
    assert net.weight.shape == (2, 3)
    assert net.weight.device.type == "cpu"
    with pytest.raises(RuntimeError, match="Expected a Module"):
        utils.skip_init(int)
    with pytest.raises(RuntimeError, match="must support a 'device' arg"):
        utils.skip_init(nn.ReLU)


def test_convolution_weights_change_their_memory_format():
    net = nn.Sequential(nn.Conv2d(2, 3, 3), nn.Conv3d(2, 3, 3))
    values = [m.weight.detach().clone() for m in net]
    assert utils.convert_conv2d_weight_memory_format(net, torch.channels_last) is net
    assert net[0].weight.stride() == (18, 1, 6, 2)
    assert net[1].weight.is_contiguous()
    utils.convert_conv3d_weight_memory_format(net, torch.channels_last_3d)
    assert net[1].weight.stride() == (54, 1, 18, 6, 2)
    assert all(torch.equal(m.weight, v) for m, v in zip(net, values, strict=True))


def test_gradients_of_convolutions_alone():
    torch.manual_seed(0)
    for n in (1, 2, 3):
        x, w = torch.randn(2, 3, *(5,) * n).requires_grad_(), torch.randn(4, 3, *(2,) * n).requires_grad_()
        y = getattr(nn.functional, f"conv{n}d")(x, w, stride=2, padding=1)
        g = torch.randn(*y.shape)
        y.backward(g)
        assert torch.allclose(getattr(nn.grad, f"conv{n}d_input")(x.shape, w.detach(), g, 2, 1), x.grad, atol=1e-5)
        assert torch.allclose(getattr(nn.grad, f"conv{n}d_weight")(x.detach(), w.shape, g, 2, 1), w.grad, atol=1e-4)


def test_factory_kwargs_takes_what_makes_tensors():
    assert nn.factory_kwargs(None) == {}
    assert nn.factory_kwargs({"dtype": torch.float32, "factory_kwargs": {"device": "cpu"}}) == {
        "device": "cpu",
        "dtype": torch.float32,
    }
    with pytest.raises(TypeError, match="unexpected kwargs"):
        nn.factory_kwargs({"bias": True})
    with pytest.raises(TypeError, match="specified twice"):
        nn.factory_kwargs({"dtype": torch.float32, "factory_kwargs": {"dtype": torch.float32}})


def test_modules_namespace_holds_the_same_classes():
    assert nn.modules.batchnorm.BatchNorm1d is nn.BatchNorm1d
    assert nn.modules.container.Sequential is nn.Sequential
    assert nn.modules.utils._pair(3) == (3, 3)
    assert issubclass(nn.Conv2d, nn.modules.conv._ConvNd)
    with pytest.warns(FutureWarning, match="`nn.Container` is deprecated"):
        assert list(dict(nn.Container(a=nn.ReLU()).named_children())) == ["a"]


def test_cross_map_lrn_sums_over_channels():
    x = torch.zeros(1, 6, 1, 1)
    x[0, 4] = 1.0
    y = nn.CrossMapLRN2d(3, alpha=1.0, beta=1.0, k=1.0)(x)
    assert y.flatten().tolist() == pytest.approx([0, 0, 0, 0, 0.75, 0])
    x[0, 0] = 3.0  # the first channel stays in every sum
    assert nn.CrossMapLRN2d(3, alpha=1.0, beta=1.0, k=1.0)(x)[0, 4].item() == pytest.approx(3 / 13)
    with pytest.raises(ValueError, match="to be 4D, got 2D"):
        nn.CrossMapLRN2d(3)(torch.ones(2, 2))
