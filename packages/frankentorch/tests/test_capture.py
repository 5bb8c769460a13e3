"""Whole training steps, modules and optimizers included, captured and replayed: the same bits as eager, step after step."""

import numpy as np
import pytest

import frankentorch as torch
from ft_dispatch.trace import capture

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, amsgrad=True),
}


def network(layers, make):
    torch.manual_seed(0)
    net = layers()
    return net, make(net.parameters())


def mlp():
    nn = torch.nn
    return nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 32), nn.ReLU(), nn.LayerNorm(32), nn.Linear(32, 2))


def step_of(net, optimizer):
    def step(x, y, lr):
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def bits(net):
    return [t.detach().numpy() for t in net.state_dict().values()]


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam", "adamw"])
def test_a_training_step_replays_bit_for_bit(name):
    (eager, first), (replayed, second) = network(mlp, OPTIMIZERS[name]), network(mlp, OPTIMIZERS[name])
    step, other = step_of(eager, first), step_of(replayed, second)
    x, y = torch.randn(3, 4), torch.randn(3, 2)
    assert step(x, y, 0.1).item() == other(x, y, 0.1).item()  # state is made in the first step, before the capture
    program = capture(other, x, y, 0.1)
    for i in range(6):
        x, y, lr = torch.randn(3, 4), torch.randn(3, 2), 0.1 / (i + 1)
        assert step(x, y, lr).item() == program(x, y, lr).item()
        assert all(np.array_equal(a, b) for a, b in zip(bits(eager), bits(replayed), strict=True))


def test_batch_norm_statistics_and_dropout_masks_are_part_of_it():
    def layers():
        nn = torch.nn
        return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2))

    (eager, first), (replayed, second) = network(layers, OPTIMIZERS["sgd"]), network(layers, OPTIMIZERS["sgd"])
    program = capture(step_of(replayed, second), torch.randn(5, 4), torch.randn(5, 2), 0.1)
    data = [(torch.randn(5, 4), torch.randn(5, 2)) for _ in range(4)]
    losses = []
    for run in (step_of(eager, first), program):
        torch.manual_seed(3)
        losses.append([run(x, y, 0.1).item() for x, y in data])
    assert losses[0] == losses[1]
    assert all(np.array_equal(a, b) for a, b in zip(bits(eager), bits(replayed), strict=True))


def test_inference_of_a_convolutional_net():
    torch.manual_seed(1)
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10)).eval()
    with torch.no_grad():
        program = capture(net, torch.randn(2, 1, 8, 8))
        for _ in range(2):
            x = torch.randn(2, 1, 8, 8)
            assert np.array_equal(program(x).numpy(), net(x).numpy())
