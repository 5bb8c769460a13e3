"""Train an LSTM to write Python's own help texts, character by character: char_gpt.py's task, with a memory instead of attention.

A script as people write them for torch. The text runs past in BATCH lanes, LENGTH characters at a time; the state is carried from one
piece to the next, the gradient is not (truncated backpropagation through time), and its norm is clipped. `python lstm_lm.py` runs it
with torch, `frankentorch run lstm_lm.py` with FrankenTorch; with the same seed both start from the same weights and drop the same units.
"""

import math
from pydoc_data.topics import topics

import torch
from showing import Progress, curve, options
from torch import nn
from torch.nn import functional as F

BATCH, LENGTH, EMBEDDED, UNITS, LAYERS, DROPOUT = 16, 32, 48, 128, 2, 0.1
RATE, CLIP = 3e-3, 1.0


class Writer(nn.Module):
    """Characters (B, T) and a state to scores (B, T, kinds) and the next state."""

    def __init__(self, kinds):
        super().__init__()
        self.embedding = nn.Embedding(kinds, EMBEDDED)
        self.lstm = nn.LSTM(EMBEDDED, UNITS, LAYERS, batch_first=True, dropout=DROPOUT)
        self.head = nn.Linear(UNITS, kinds)
        for name, parameter in self.lstm.named_parameters():
            if name.startswith("weight_hh"):
                for gate in parameter.chunk(4):
                    nn.init.orthogonal_(gate)
            elif name.startswith("bias_ih"):
                nn.init.zeros_(parameter)
                nn.init.ones_(parameter[UNITS : 2 * UNITS])  # the forget gates start open

    def forward(self, characters, state=None):
        hidden, state = self.lstm(self.embedding(characters), state)
        return self.head(hidden), state

    @torch.no_grad()
    def write(self, start, length, temperature=0.7):
        """Continue the characters `start`, of shape (1, T), by `length`; a list of numbers."""
        self.eval()
        scores, state = self(start)
        written = []
        for _ in range(length):
            character = torch.multinomial(F.softmax(scores[:, -1] / temperature, dim=-1), 1)
            written.append(character.item())
            scores, state = self(character, state)
        return written


def lanes(data, count):
    """A long row of characters as `count` rows side by side, what is left over cut off."""
    return data[: len(data) // count * count].view(count, -1)


def pieces(rows):
    """(inputs, targets, whether the text begins anew) of LENGTH characters each, round and round."""
    while True:
        for at in range(0, rows.shape[1] - LENGTH - 1, LENGTH):
            yield rows[:, at : at + LENGTH], rows[:, at + 1 : at + LENGTH + 1], at == 0


def main():
    chosen = options(__doc__, 800, length=(300, "characters of the sample"))
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    text = "\n\n".join(topics[name] for name in sorted(topics))
    characters = sorted(set(text))
    number = {character: i for i, character in enumerate(characters)}
    rows = lanes(torch.tensor([number[character] for character in text]), BATCH)
    model = Writer(len(characters))
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=chosen.steps + 1, pct_start=0.1)
    print(f"torch {torch.__version__}: {len(text):,} characters, {sum(p.numel() for p in model.parameters()):,} parameters")

    progress, state = Progress(chosen.steps), None
    for _, (x, target, anew) in zip(range(chosen.steps), pieces(rows)):
        state = None if anew else tuple(part.detach() for part in state)
        scores, state = model(x, state)
        loss = F.cross_entropy(scores.flatten(0, 1), target.flatten())
        optimizer.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        progress(loss.item(), bits=f"{loss.item() / math.log(2):.2f}", gradient=f"{norm.item():.2f}")
    progress.log(chosen.log_losses, torch, seed=chosen.seed)
    curve(progress.losses, chosen.out / "lstm_lm.png")
    written = model.write(torch.tensor([[number["\n"]]]), chosen.length)
    print("it writes:\n" + "".join(characters[i] for i in written).strip())


if __name__ == "__main__":
    main()
