"""Train a MobileNetV2 on handwritten digits, enlarged to 32x32, and stop when it no longer gets better.

A script as people write them for torch; the network is Sandler et al.'s of 2018, with two of its five strides left out as is usual for small
images. `python mobilenet_v2.py` runs it with torch, `frankentorch run mobilenet_v2.py` with FrankenTorch; with the same seed both start
from the same weights and see the same batches. The digits come with scikit-learn.
"""

import copy

import torch
from showing import Progress, digits, options, tiles
from torch import nn
from torch.nn import functional as F

BATCH, SIZE, CLASSES = 16, 32, 10
RATE, MOMENTUM, DECAY, SMOOTHING = 0.02, 0.9, 4e-5, 0.1
EVERY, PATIENCE = 40, 3  # steps between two looks at the validation images; looks without progress before the end
BLOCKS = ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
"""(how much wider inside, channels, how often, stride of the first) of each group of blocks: the paper's table 2, but for two strides."""


def conv(channels, filters, size=1, stride=1, groups=1, activation=True):
    layers = [
        nn.Conv2d(channels, filters, size, stride=stride, padding=size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(filters),
    ]
    return nn.Sequential(*layers, nn.ReLU6()) if activation else nn.Sequential(*layers)


class Block(nn.Module):
    """Widen, look at each channel's surroundings alone, narrow again; added to what came in where shapes allow."""

    def __init__(self, channels, filters, stride, wider):
        super().__init__()
        inside = channels * wider
        layers = [conv(channels, inside)] if wider > 1 else []
        layers += [conv(inside, inside, 3, stride, groups=inside), conv(inside, filters, activation=False)]
        self.layers, self.added = nn.Sequential(*layers), stride == 1 and channels == filters

    def forward(self, x):
        return x + self.layers(x) if self.added else self.layers(x)


class MobileNetV2(nn.Module):
    """Images (N, channels, H, W) to scores (N, classes)."""

    def __init__(self, channels=1, classes=CLASSES, width=1.0, dropout=0.2):
        super().__init__()
        first, last = self.rounded(32 * width), self.rounded(1280 * max(1.0, width))
        blocks, channels_now = [], first
        for wider, filters, count, stride in BLOCKS:
            for i in range(count):
                blocks.append(Block(channels_now, self.rounded(filters * width), stride if i == 0 else 1, wider))
                channels_now = self.rounded(filters * width)
        self.features = nn.Sequential(conv(channels, first, 3, 2), *blocks, conv(channels_now, last))
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(last, classes))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
                nn.init.zeros_(module.bias)
            elif isinstance(module, Block) and module.added:
                nn.init.zeros_(module.layers[-1][1].weight)  # a block starts as what came in (Goyal et al. 2017)

    @staticmethod
    def rounded(channels):
        """The multiple of eight nearest to a number of channels, but no less than nine tenths of it."""
        found = max(8, int(channels + 4) // 8 * 8)
        return found + 8 if found < 0.9 * channels else found

    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.features(x), 1)
        return self.classifier(x.flatten(1))


class EarlyStopping:
    """Remembers the best weights by validation accuracy, and says when `patience` looks brought nothing better."""

    def __init__(self, patience):
        self.patience, self.best, self.since, self.weights = patience, -1.0, 0, None

    def __call__(self, accuracy, model):
        if accuracy > self.best:
            self.best, self.since, self.weights = accuracy, 0, copy.deepcopy(model.state_dict())
        else:
            self.since += 1
        return self.since >= self.patience


def pictures():
    """Images (N, 1, SIZE, SIZE), about zero, and labels (N,)."""
    images, labels = digits()
    images = torch.from_numpy(images).unsqueeze(1).to(torch.get_default_dtype())
    return F.interpolate(images, size=(SIZE, SIZE), mode="bilinear", align_corners=False) * 2 - 1, torch.from_numpy(labels)


@torch.no_grad()
def told(model, x):
    """Which digit the model takes each image for."""
    model.eval()
    found = torch.cat([model(some).argmax(1) for some in x.split(100)])
    model.train()
    return found


def train(model, x, labels, validation, chosen):
    """Train until the steps are over or the validation images are told no better; the best weights are in the model at the end."""
    criterion = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    optimizer = torch.optim.SGD(model.parameters(), lr=chosen.rate, momentum=MOMENTUM, weight_decay=DECAY, nesterov=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=chosen.steps)
    stopping, progress = EarlyStopping(PATIENCE), Progress(chosen.steps)
    order = torch.randperm(len(x)).split(BATCH)
    for step in range(1, chosen.steps + 1):
        if step % len(order) == 0:
            order = torch.randperm(len(x)).split(BATCH)
        places = order[step % len(order) - 1]
        loss = criterion(model(x[places]), labels[places])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        progress(loss.item())
        if step % EVERY == 0:
            right = (told(model, validation[0]) == validation[1]).double().mean().item()
            progress.more["right"] = f"{right:.1%}"
            if stopping(right, model):
                print(f"step {step}: no better than {stopping.best:.1%} for {PATIENCE} looks, so this is the end")
                break
    if stopping.weights is not None:
        model.load_state_dict(stopping.weights)
    return progress


def main():
    chosen = options(__doc__, 240, width=(1.0, "factor of all channels"), rate=(RATE, "learning rate at the start"))
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    x, labels = pictures()
    order = torch.randperm(len(x))
    training, validation, test = order[:1297], order[1297:1497], order[1497:]
    model = MobileNetV2(width=chosen.width)
    print(f"torch {torch.__version__}: {sum(p.numel() for p in model.parameters()):,} parameters, {len(training)} images")
    progress = train(model, x[training], labels[training], (x[validation], labels[validation]), chosen)

    found = told(model, x[test])
    wrong = (found != labels[test]).nonzero().flatten()
    print(f"of {len(test)} test images {1 - len(wrong) / len(test):.1%} are told right")
    progress.log(chosen.log_losses, torch, seed=chosen.seed)
    worst = [((x[test[i], 0] + 1) / 2).tolist() for i in wrong[:20].tolist()]
    if worst:
        tiles([worst[:10], worst[10:]] if len(worst) > 10 else [worst], chosen.out / "mobilenet_v2.png", scale=3)
        print("in mobilenet_v2.png, taken for", " ".join(str(found[i].item()) for i in wrong[:20].tolist()))


if __name__ == "__main__":
    main()
