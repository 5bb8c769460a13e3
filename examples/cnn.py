"""Train a small convolutional network to tell four patterns apart, on pictures it draws itself.

A script as people write them for torch: it imports torch and nothing that has to be installed. `python cnn.py` runs it with torch,
`frankentorch run cnn.py` with FrankenTorch; with the same seed both see the same pictures and start from the same weights.
"""

import argparse
import time

import torch
from torch import nn
from torch.nn import functional as F

SIZE, BATCH, CLASSES = 16, 64, ("rows", "columns", "diagonals", "checks")


def pictures(count):
    """Noisy stripes of a random width and offset, shape (count, 1, SIZE, SIZE), and which of the four patterns each one is."""
    labels = torch.randint(len(CLASSES), (count,))
    width = torch.randint(2, 5, (count, 1, 1))
    offset = torch.randint(8, (count, 1, 1))
    y = torch.arange(SIZE).view(1, SIZE, 1) + offset
    x = torch.arange(SIZE).view(1, 1, SIZE) + offset
    rows, columns, diagonals = y // width % 2, x // width % 2, (x + y) // width % 2
    patterns = torch.stack(
        [part.expand(count, SIZE, SIZE) for part in (rows, columns, diagonals, (rows + columns) % 2)]
    )  # (4, N, H, W)
    clean = patterns[labels, torch.arange(count)].float()
    return (clean - 0.5 + 0.6 * torch.randn(count, SIZE, SIZE)).unsqueeze(1), labels


class Net(nn.Module):
    """Two convolutions, each normalised and pooled, then one linear layer over what is left of the picture."""

    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8)
        self.conv2, self.norm2 = nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.head = nn.Linear(16 * (SIZE // 4) ** 2, len(CLASSES))

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm1(self.conv1(x))), 2)  # (N, 8, H/2, W/2)
        x = F.max_pool2d(F.relu(self.norm2(self.conv2(x))), 2)  # (N, 16, H/4, W/4)
        return self.head(x.flatten(1))


@torch.no_grad()
def accuracy(model, x, labels):
    """The share of pictures told right."""
    model.eval()
    return (model(x).argmax(1) == labels).float().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=150, help="training steps (default 150)")
    parser.add_argument("--seed", type=int, default=0, help="seed of pictures and weights (default 0)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    test_pictures, test_labels = pictures(512)
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9, nesterov=True)
    began = time.perf_counter()
    for step in range(1, options.steps + 1):
        x, labels = pictures(BATCH)
        model.train()
        loss = F.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 0 or step in (1, options.steps):
            print(f"step {step:3}  loss {loss.item():.4f}  right {accuracy(model, test_pictures, test_labels):.1%}")
    print(f"{options.steps / (time.perf_counter() - began):.1f} steps a second")


if __name__ == "__main__":
    main()
