"""Train a ResNet-18 on handwritten digits of 8x8.

A script as people write them for torch; the network is He et al.'s of 2015 with 64 to 512 channels, its parameters named as torchvision
names them. `python resnet18.py` runs it with torch, `frankentorch run resnet18.py` with FrankenTorch; with the same seed
both start from the same weights and see the same batches. The digits come with scikit-learn.
"""

import torch
from showing import Progress, curve, digits, options
from torch import nn
from torch.nn import functional as F

BATCH, CLASSES, WIDTH = 32, 10, 64
RATE, MOMENTUM, DECAY, SMOOTHING, WARM_UP = 0.02, 0.9, 5e-4, 0.1, 0.4


def conv(channels, filters, size, stride=1):
    return nn.Conv2d(channels, filters, size, stride=stride, padding=size // 2, bias=False)


def groups(channels):
    """Normalisation within each image, over groups of up to eight channels (Wu and He 2018): it does not mind a small batch."""
    return nn.GroupNorm(max(1, channels // 8), channels)


NORMS = {"batch": nn.BatchNorm2d, "group": groups}


class Block(nn.Module):
    """Two convolutions of 3x3, added to what came in; a projection where the shape changes."""

    def __init__(self, channels, filters, stride, norm):
        super().__init__()
        self.conv1, self.bn1 = conv(channels, filters, 3, stride), norm(filters)
        self.conv2, self.bn2 = conv(filters, filters, 3), norm(filters)
        self.downsample = None
        if stride != 1 or channels != filters:
            self.downsample = nn.Sequential(conv(channels, filters, 1, stride), norm(filters))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    """Images (N, channels, H, W) to scores (N, classes); `norm` makes a normalisation of so many channels.

    For `small` images, as is usual, the first convolution is of 3x3 and without stride, and nothing is pooled after it; nor has the last stage
    a stride, so that batch norm never averages over a single place of each image.
    """

    def __init__(self, channels=1, classes=CLASSES, width=WIDTH, norm=nn.BatchNorm2d, small=False):
        super().__init__()
        self.conv1, self.bn1 = conv(channels, width, *((3, 1) if small else (7, 2))), norm(width)
        self.maxpool = nn.Identity() if small else nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = nn.Sequential(Block(width, width, 1, norm), Block(width, width, 1, norm))
        self.layer2 = nn.Sequential(Block(width, 2 * width, 2, norm), Block(2 * width, 2 * width, 1, norm))
        self.layer3 = nn.Sequential(Block(2 * width, 4 * width, 2, norm), Block(4 * width, 4 * width, 1, norm))
        self.layer4 = nn.Sequential(Block(4 * width, 8 * width, 1 if small else 2, norm), Block(8 * width, 8 * width, 1, norm))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(8 * width, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")  # by inputs: no filter so short that a step turns it
            if isinstance(module, Block):
                nn.init.zeros_(module.bn2.weight)  # a block starts as what came in (Goyal et al. 2017)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(self.avgpool(x).flatten(1))


def pictures():
    """Images (N, 1, 8, 8), about zero, and labels (N,)."""
    images, labels = digits()
    return torch.from_numpy(images).unsqueeze(1).to(torch.get_default_dtype()) * 2 - 1, torch.from_numpy(labels)


def batches(count):
    """Places of BATCH images without end, a new order each time all have been seen; what is left over waits for the next order."""
    while True:
        yield from torch.randperm(count).split(BATCH)[: count // BATCH]


@torch.no_grad()
def accuracy(model, x, labels):
    """The share of images told right."""
    model.eval()
    right = [(model(some).argmax(1) == true).sum().item() for some, true in zip(x.split(100), labels.split(100))]
    model.train()
    return sum(right) / len(x)


def make_optimizer(model, steps, rate=RATE):
    """SGD with momentum; the rate rises for a part WARM_UP of the steps, then falls along a cosine."""
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=MOMENTUM, weight_decay=DECAY)
    rising = max(1, round(WARM_UP * steps))
    rise = torch.optim.lr_scheduler.LinearLR(optimizer, 0.05, total_iters=rising)
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=max(1, steps - rising))
    return optimizer, torch.optim.lr_scheduler.SequentialLR(optimizer, [rise, fall], milestones=[rising])


def main():
    numbers = {"width": (WIDTH, "channels of the first layer"), "rate": (RATE, "highest learning rate")}
    chosen = options(__doc__, 400, **numbers, norm=("batch", "what to normalise over: batch, or group (of channels)"))
    if chosen.norm not in NORMS:
        raise SystemExit(f"--norm is {chosen.norm!r}, expected one of {', '.join(NORMS)}")
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    x, labels = pictures()
    order = torch.randperm(len(x))
    train, test = order[:1497], order[1497:]
    model = ResNet18(width=chosen.width, norm=NORMS[chosen.norm], small=True)
    criterion = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    optimizer, schedule = make_optimizer(model, chosen.steps, chosen.rate)
    print(f"torch {torch.__version__}: {sum(p.numel() for p in model.parameters()):,} parameters, {len(train)} images")

    progress = Progress(chosen.steps)
    for step, places in zip(range(1, chosen.steps + 1), batches(len(train))):
        chosen_ones = train[places]
        loss = criterion(model(x[chosen_ones]), labels[chosen_ones])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0 and step < chosen.steps:
            progress(loss.item(), right=f"{accuracy(model, x[test], labels[test]):.1%}")
        else:
            progress(loss.item())
    print(f"of {len(test)} test images {accuracy(model, x[test], labels[test]):.1%} are told right")
    progress.log(chosen.log_losses, torch, seed=chosen.seed)
    curve(progress.losses, chosen.out / "resnet18.png")


if __name__ == "__main__":
    main()
