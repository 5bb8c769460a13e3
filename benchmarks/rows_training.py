"""Training steps as people write them: an MLP with Adam, and the character GPT that the demo trains.

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
