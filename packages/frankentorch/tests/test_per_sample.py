"""Per-sample gradients and ensembles of whole models: one batched call gives what a loop over examples or models gives."""

import pytest

import frankentorch as torch
from frankentorch import nn
from frankentorch.func import functional_call, grad, stack_module_state, vmap
from frankentorch.nn import functional as F


class Block(nn.Module):
    """A transformer block of width 16 with two heads, and a head for three classes."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(11, 16)
        self.attention = nn.MultiheadAttention(16, 2, batch_first=True)
        self.before, self.between = nn.LayerNorm(16), nn.LayerNorm(16)
        self.mlp = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16))
        self.head = nn.Linear(16, 3)

    def forward(self, tokens):
        x = self.embed(tokens)
        y = self.before(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return self.head((x + self.mlp(self.between(x))).mean(1))


def cnn():
    body = [
        nn.Conv2d(2, 4, 3, padding=1),
        nn.GroupNorm(2, 4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 8, 3, stride=2),
        nn.BatchNorm2d(8),
    ]
    model = nn.Sequential(*body, nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3))
    return model.double().eval(), torch.randn(5, 2, 8, 8, dtype=torch.float64)


def block():
    return Block().double(), torch.randint(0, 11, (5, 7))


@pytest.fixture(params=[cnn, block], ids=lambda make: make.__name__)
def model(request):
    torch.manual_seed(0)
    return (*request.param(), torch.tensor([0, 2, 1, 1, 0]))


def test_per_sample_gradients_equal_a_loop(model):
    net, x, target = model
    params = {name: p.detach() for name, p in net.named_parameters()}
    buffers = dict(net.named_buffers())

    def loss(params, example, label):
        out = functional_call(net, (params, buffers), (example.unsqueeze(0),))
        return F.cross_entropy(out, label.unsqueeze(0))

    batched = vmap(grad(loss), in_dims=(None, 0, 0))(params, x, target)
    for i in range(len(x)):
        net.zero_grad()
        F.cross_entropy(net(x[i : i + 1]), target[i : i + 1]).backward()
        for name, p in net.named_parameters():
            assert torch.allclose(batched[name][i], p.grad, rtol=1e-9, atol=1e-12), (i, name)
    net.zero_grad()
    F.cross_entropy(net(x), target).backward()
    for name, p in net.named_parameters():
        assert torch.allclose(batched[name].mean(0), p.grad, rtol=1e-9, atol=1e-12), name


def test_an_ensemble_equals_its_members(model):
    _, x, _ = model
    make = cnn if x.dim() == 4 else block
    nets = [make()[0] for _ in range(3)]
    params, buffers = stack_module_state(nets)
    assert all(p.requires_grad and p.is_leaf and p.shape[0] == 3 for p in params.values())
    out = vmap(lambda p, b: functional_call(nets[0], (p, b), (x,)))(params, buffers)
    expected = torch.stack([net(x) for net in nets])
    assert torch.allclose(out, expected, rtol=1e-9, atol=1e-12)
    out.square().sum().backward()
    expected.square().sum().backward()
    for name, p in params.items():
        members = torch.stack([dict(net.named_parameters())[name].grad for net in nets])
        assert torch.allclose(p.grad, members, rtol=1e-8, atol=1e-11), name
