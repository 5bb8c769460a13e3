"""Training steps as people write them: an MLP with Adam, the character GPT that the demo trains, and the larger examples.

A trap lies here. Trained on one fixed batch, an MLP reaches a loss of nothing, Adam's second moments become denormal numbers,
and the very same step takes up to twenty times as long: one then compares how two libraries treat denormals. So batches are
fresh, labels cannot be learned, and each row asserts that the loss stayed above 0.1.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from .row import Names, row
from .sides import import_as

TRAINING = "training"
LOSS_FLOOR = 0.1
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CHAR_GPT = Path(__file__).resolve().parents[1] / "packages/frankentorch/src/frankentorch/examples/char_gpt.py"
BATCH, FEATURES, CLASSES = 64, 784, 10


def still_learning(names: Names) -> None:
    """AssertionError if the loss of the last step fell to where denormal moments are near."""
    loss = names["losses"][0].item()
    if not loss > LOSS_FLOOR:
        raise AssertionError(f"the loss is {loss:.3g}, not above {LOSS_FLOOR}: what was timed is not training")


def has_moved(names: Names) -> None:
    """AssertionError unless every parameter moved, and none away to infinity."""
    for p, old in zip(names["params"], names["before"], strict=True):
        moved = (p.detach() - old).abs().max().item()
        if not 0 < moved < 100:
            raise AssertionError(f"a parameter moved by {moved}: what was timed is no step of Adam")


@row("MLP 784-256-256-10 step, Adam", "step()", group=TRAINING, target=0.8, check=still_learning)
def mlp(torch: Any) -> Names:
    """Batch 64. 16 batches of inputs meet 17 of labels, so that a pair comes back only after 272 steps."""
    nn = torch.nn
    net = nn.Sequential(nn.Linear(FEATURES, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, CLASSES))
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-4)
    inputs = itertools.cycle([torch.randn(BATCH, FEATURES) for _ in range(16)])
    labels = itertools.cycle([torch.randint(CLASSES, (BATCH,)) for _ in range(17)])
    losses = []

    def step() -> None:
        loss = nn.functional.cross_entropy(net(next(inputs)), next(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses[:] = [loss]

    return {"step": step, "losses": losses}


@row("char_gpt step", "step()", group=TRAINING, target=2.0, check=still_learning)
def char_gpt(torch: Any) -> Names:
    """The demo's own model, batches, clipping and AdamW: two layers, width 128, 12 windows of 64 characters, dropout 0.1."""
    script = import_as(torch, CHAR_GPT)
    data = torch.randint(96, (100_000,))
    model = script["CharGPT"](96)
    optimizer = script["make_optimizer"](model)
    losses = []

    def step() -> None:
        _, loss = model(*script["batch"](data))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), script["CLIP"])
        optimizer.step()
        losses[:] = [loss]

    return {"step": step, "losses": losses}


@row("Adam step over 4 M parameters, fused", "step()", group=TRAINING, target=2.0, check=has_moved)
def adam_alone(torch: Any) -> Names:
    """16 matrices of 512 x 512: the update by itself, which is bound by memory. Gradients of one size keep moments normal."""
    params = [torch.randn(512, 512).requires_grad_() for _ in range(16)]
    for p in params:
        p.grad = torch.randn(512, 512)
    before = [p.detach().clone() for p in params]
    optimizer = torch.optim.Adam(params, lr=1e-4, fused=True)
    return {"step": optimizer.step, "params": params, "before": before}


def images(torch: Any, count: int, size: int, classes: int = 10) -> Any:
    """Endless batches of noise and labels: 5 of the one meet 6 of the other, so that nothing can be learned by heart in a round."""
    pictures = itertools.cycle([torch.randn(count, 1, size, size) for _ in range(5)])
    labels = itertools.cycle([torch.randint(classes, (count,)) for _ in range(6)])
    return zip(pictures, labels)


def classifier(torch: Any, net: Any, batches: Any) -> Names:
    """A step of SGD with momentum and smoothed labels, whose loss cannot fall to nothing."""
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3, momentum=0.9, weight_decay=5e-4)
    losses = []

    def step() -> None:
        x, labels = next(batches)
        loss = torch.nn.functional.cross_entropy(net(x), labels, label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses[:] = [loss]

    return {"step": step, "losses": losses}


@row("ResNet-18 step, 16 images of 32x32", "step()", group=TRAINING, target=3.0, check=still_learning)
def resnet18(torch: Any) -> Names:
    """examples/resnet18.py at its full width: 11 million parameters, 18 convolutions from 16x16 places to one."""
    return classifier(torch, import_as(torch, EXAMPLES / "resnet18.py")["ResNet18"](), images(torch, 16, 32))


@row("MobileNetV2 step, 16 images of 32x32", "step()", group=TRAINING, check=still_learning)
def mobilenet_v2(torch: Any) -> Names:
    """examples/mobilenet_v2.py at its full width: depthwise convolutions between wide 1x1 ones."""
    return classifier(torch, import_as(torch, EXAMPLES / "mobilenet_v2.py")["MobileNetV2"](), images(torch, 16, 32))


@row("LSTM step, 16 lanes of 32 characters", "step()", group=TRAINING, check=still_learning)
def lstm_lm(torch: Any) -> Names:
    """examples/lstm_lm.py: two layers of 128 units with dropout between them, gradients clipped."""
    script = import_as(torch, EXAMPLES / "lstm_lm.py")
    model = script["Writer"](96)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    batches = itertools.cycle([torch.randint(96, (script["BATCH"], script["LENGTH"] + 1)) for _ in range(16)])
    losses = []

    def step() -> None:
        rows = next(batches)
        scores, _ = model(rows[:, :-1])
        loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), rows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), script["CLIP"])
        optimizer.step()
        losses[:] = [loss]

    return {"step": step, "losses": losses}


@row("VAE step, 64 digits", "step()", group=TRAINING, check=still_learning)
def vae(torch: Any) -> Names:
    """examples/vae.py: torch.distributions, and layers so small that calls are what counts."""
    script = import_as(torch, EXAMPLES / "vae.py")
    model = script["VAE"]()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    batches = itertools.cycle([torch.rand(script["BATCH"], 64) for _ in range(16)])
    losses = []

    def step() -> None:
        loss = model.loss(next(batches))[0]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses[:] = [loss]

    return {"step": step, "losses": losses}
