"""Train a small network to tell four wave forms apart, from a DataLoader whose worker processes make the waves.

A script as people write them for torch: it imports torch and nothing that has to be installed. `python waves.py` runs it with torch,
`frankentorch run waves.py` with FrankenTorch; with the same seed both see the same batches, since the workers draw from the same
streams, and start from the same weights.
"""

import argparse
import math
import random
import time

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset, random_split

LENGTH, BATCH = 64, 32


def sine(t):
    return math.sin(2 * math.pi * t)


def square(t):
    return 1.0 if t % 1 < 0.5 else -1.0


def saw(t):
    return 2 * (t % 1) - 1


def triangle(t):
    return 4 * abs(t % 1 - 0.5) - 1


FORMS = (sine, square, saw, triangle)


class Waves(Dataset):
    """`count` waves of LENGTH points. A wave's form and pitch belong to its index, its phase and noise are drawn anew each time."""

    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __getitem__(self, i):
        form, pitch = i % len(FORMS), 1 + i % 5 / 2
        phase = random.random()  # each worker has its own seed for this, and for torch's streams
        wave = torch.tensor([FORMS[form](pitch * n / LENGTH + phase) for n in range(LENGTH)])
        return wave + 0.1 * torch.randn(LENGTH), form


class Net(nn.Module):
    """Two convolutions over time, then the mean over it, so that phase does not matter, and one linear layer."""

    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv1d(1, 16, 9, padding=4, padding_mode="circular", bias=False), nn.BatchNorm1d(16)
        self.conv2, self.norm2 = nn.Conv1d(16, 32, 9, padding=4, stride=2, bias=False), nn.BatchNorm1d(32)
        self.head = nn.Linear(32, len(FORMS))

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x.unsqueeze(1))))  # (N, 16, LENGTH)
        x = F.relu(self.norm2(self.conv2(x)))  # (N, 32, LENGTH / 2)
        return self.head(x.mean(2))


@torch.no_grad()
def accuracy(model, loader):
    """The share of waves told right."""
    model.eval()
    right = [(model(waves).argmax(1) == forms).float().mean().item() for waves, forms in loader]
    return sum(right) / len(right)


def batches(loader):
    """Batches without end, a new order each epoch."""
    while True:
        yield from loader


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=200, help="training steps (default 200)")
    parser.add_argument("--seed", type=int, default=0, help="seed of waves, order and weights (default 0)")
    parser.add_argument("--workers", type=int, default=2, help="processes that make waves (default 2)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    train, test = random_split(Waves(1280), [0.8, 0.2])
    loader = DataLoader(train, BATCH, shuffle=True, num_workers=options.workers, persistent_workers=options.workers > 0)
    test_loader = DataLoader(test, BATCH)
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    began = time.perf_counter()
    for step, (waves, forms) in enumerate(batches(loader), 1):
        model.train()
        loss = F.cross_entropy(model(waves), forms)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 0 or step in (1, options.steps):
            print(f"step {step:3}  loss {loss.item():.4f}  right {accuracy(model, test_loader):.1%}")
        if step == options.steps:
            break
    print(f"{options.steps / (time.perf_counter() - began):.1f} steps a second")


if __name__ == "__main__":
    main()
