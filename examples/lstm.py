"""Train an LSTM to continue waves: it sees the beginning, then goes on alone.

A script as people write them for torch: it imports torch and nothing that has to be installed. `python lstm.py` runs it with torch,
`frankentorch run lstm.py` with FrankenTorch; with the same seed both see the same waves and start from the same weights.
"""

import argparse
import math

import torch
from torch import nn

LENGTH, BATCH, UNITS = 48, 32, 32


def waves(count, length):
    """Waves of random pitch and phase, shape (count, length, 1)."""
    pitch = 0.2 + 0.3 * torch.rand(count, 1)
    phase = 2 * math.pi * torch.rand(count, 1)
    time = torch.arange(length, dtype=torch.float32)
    return torch.sin(pitch * time + phase).unsqueeze(-1)


class Continuer(nn.Module):
    """An LSTM and a linear layer that says how the next value differs from this one."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(1, UNITS, batch_first=True)
        self.head = nn.Linear(UNITS, 1)

    def forward(self, x, state=None):
        hidden, state = self.lstm(x, state)  # (B, T, UNITS)
        return x + self.head(hidden), state

    @torch.no_grad()
    def go_on(self, beginning, length):
        """`length` further values after `beginning`, each made from the one before; shape (B, length, 1)."""
        guess, state = self(beginning)
        made = [guess[:, -1:]]
        while len(made) < length:
            guess, state = self(made[-1], state)
            made.append(guess)
        return torch.cat(made, dim=1)


def picture(values, width=48):
    """One row of characters: low values low, high values high."""
    levels = "_.-~'^"
    return "".join(levels[min(len(levels) - 1, int((v + 1) / 2 * len(levels)))] for v in values[:width])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=300, help="training steps (default 300)")
    parser.add_argument("--seed", type=int, default=0, help="seed of waves and weights (default 0)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    model = Continuer()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=options.steps)
    for step in range(1, options.steps + 1):
        x = waves(BATCH, LENGTH + 1)
        guess, _ = model(x[:, :-1])
        loss = nn.functional.mse_loss(guess, x[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 25 == 0 or step in (1, options.steps):
            print(f"step {step:3}  loss {loss.item():.6f}")
    wave = waves(1, 2 * LENGTH)
    made = model.go_on(wave[:, :LENGTH], LENGTH)
    print(f"alone for {LENGTH} steps, mean error {(made - wave[:, LENGTH:]).abs().mean().item():.3f}")
    print("true", picture(wave[0, LENGTH:, 0].tolist()))
    print("made", picture(made[0, :, 0].tolist()))


if __name__ == "__main__":
    main()
