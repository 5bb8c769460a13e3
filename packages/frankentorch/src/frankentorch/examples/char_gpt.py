"""Train a small character-level GPT on Python's own help texts, then let it write.

A script as people write them for torch: it imports torch and the standard library, nothing else, and knows nothing of what
stands behind that name. `python char_gpt.py` runs it with torch, `frankentorch run char_gpt.py` with FrankenTorch; with the same
seed both start from the same weights, draw the same batches and drop the same units.

It leaves a checkpoint and the loss curve as a picture, reads the checkpoint back, and prints a sample.
"""

import argparse
import hashlib
import itertools
import json
import math
import struct
import sys
import time
import zlib
from pathlib import Path
from pydoc_data.topics import topics

import torch
from torch import nn
from torch.nn import functional as F

LAYERS, HEADS, WIDTH, CONTEXT, BATCH, DROPOUT = 2, 4, 128, 64, 12, 0.1
LEARNING_RATE, WEIGHT_DECAY, BETAS, CLIP = 1e-3, 0.1, (0.9, 0.99), 1.0


class Attention(nn.Module):
    """Causal self-attention; every head sees its own slice of the width."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (part.view(B, T, HEADS, C // HEADS).transpose(1, 2) for part in self.qkv(x).split(WIDTH, dim=2))  # (B, H, T, C/H)
        y = F.scaled_dot_product_attention(q, k, v, dropout_p=DROPOUT if self.training else 0.0, is_causal=True)
        return self.dropout(self.out(y.transpose(1, 2).contiguous().view(B, T, C)))


class Block(nn.Module):
    """Attention, then a two-layer perceptron, each after its own norm and added to what came in."""

    def __init__(self):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(WIDTH), Attention()
        self.norm2 = nn.LayerNorm(WIDTH)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH), nn.Dropout(DROPOUT))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class CharGPT(nn.Module):
    """Token and position embeddings, the blocks, a norm, and one score per character."""

    def __init__(self, vocabulary):
        super().__init__()
        self.token = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(CONTEXT, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, vocabulary, bias=False)
        self.apply(self.initialise)

    @staticmethod
    def initialise(module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)

    def forward(self, index, target=None):
        """Scores of shape (B, T, vocabulary), and the mean cross-entropy if targets of shape (B, T) are given."""
        x = self.dropout(self.token(index) + self.position(torch.arange(index.shape[1])))
        for block in self.blocks:
            x = block(x)
        scores = self.head(self.norm(x))
        if target is None:
            return scores, None
        return scores, F.cross_entropy(scores.view(-1, scores.shape[-1]), target.view(-1))

    @torch.no_grad()
    def write(self, index, length, temperature=0.8):
        """Continue `index`, of shape (1, T), by `length` characters."""
        self.eval()
        for _ in range(length):
            scores, _ = self(index[:, -CONTEXT:])
            chances = F.softmax(scores[:, -1, :] / temperature, dim=-1)
            index = torch.cat([index, torch.multinomial(chances, num_samples=1)], dim=1)
        return index


def make_optimizer(model):
    """AdamW that decays matrices and embeddings, and leaves biases and norms alone."""
    decayed = [p for p in model.parameters() if p.dim() >= 2]
    spared = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": spared, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=BETAS)


def batch(data):
    """Inputs and the same shifted by one, both of shape (BATCH, CONTEXT)."""
    start = torch.randint(len(data) - CONTEXT, (BATCH,))
    window = start[:, None] + torch.arange(CONTEXT)
    return data[window], data[window + 1]


def fingerprint(model):
    """sha256 over the names and bytes of all parameters: equal weights, equal text."""
    digest = hashlib.sha256()
    for name, parameter in model.named_parameters():
        digest.update(name.encode())
        digest.update(parameter.detach().numpy().tobytes())
    return digest.hexdigest()


def train(model, data, steps):
    """Run `steps` steps; return the loss of each and what the optimizer holds at the end."""
    optimizer = make_optimizer(model)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps, eta_min=LEARNING_RATE / 10)
    losses = []
    model.train()
    began = time.perf_counter()
    for step in range(1, steps + 1):
        _, loss = model(*batch(data))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        report(step, steps, losses, time.perf_counter() - began)
    return losses, optimizer


def report(step, steps, losses, seconds):
    """One line that is rewritten on a terminal, and a line every tenth of the way elsewhere."""
    terminal = sys.stdout.isatty()
    last = step == steps
    if not last and step % (10 if terminal else max(1, steps // 10)):
        return
    recent = losses[-50:]
    rate = step / seconds
    line = (
        f"step {step:>{len(str(steps))}}/{steps}  loss {sum(recent) / len(recent):.3f}  {rate:6.1f} steps/s"
        f"  {rate * BATCH * CONTEXT:9,.0f} chars/s  {(steps - step) / rate:4.0f} s left"
    )
    print(line, end="\r" if terminal and not last else "\n", flush=True)


# The picture: a canvas of bytes and 3x5 digits, since a loss curve is no reason to ask for a plotting library.

GLYPHS = dict(zip("0123456789.", (31599, 11415, 29671, 29647, 23497, 31183, 31215, 29257, 31727, 31695, 2), strict=True))
INK, GREY, BLUE, PALE = (20, 20, 20), (215, 215, 215), (31, 90, 180), (170, 198, 232)


class Canvas:
    """An RGB picture of `width` x `height` pixels, white at first, with the origin at the upper left."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.pixels = bytearray(b"\xff" * (3 * width * height))

    def dot(self, x, y, colour):
        if 0 <= x < self.width and 0 <= y < self.height:
            at = 3 * (y * self.width + x)
            self.pixels[at : at + 3] = bytes(colour)

    def line(self, x0, y0, x1, y1, colour):
        count = max(abs(x1 - x0), abs(y1 - y0), 1)
        for i in range(count + 1):
            self.dot(round(x0 + (x1 - x0) * i / count), round(y0 + (y1 - y0) * i / count), colour)

    def text(self, x, y, text, colour, scale=2):
        for character in text:
            bits = GLYPHS[character]
            for row in range(5):
                for column in range(3):
                    if bits >> (14 - 3 * row - column) & 1:
                        for dx in range(scale):
                            for dy in range(scale):
                                self.dot(x + scale * column + dx, y + scale * row + dy, colour)
            x += 4 * scale

    def save(self, path):
        """Write a PNG: header, one compressed stream of unfiltered rows, end."""
        stride = 3 * self.width
        rows = b"".join(b"\0" + self.pixels[y * stride : (y + 1) * stride] for y in range(self.height))
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            file.writelines(
                struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
                for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
            )


def draw(losses, path, width=720, height=420):
    """The loss of each step in a pale line, its running mean in a strong one; steps to the right, nats upwards."""
    canvas = Canvas(width, height)
    left, right, top, bottom = 56, width - 16, 16, height - 36
    ceiling = math.ceil(max(losses))

    def place(step, loss):
        return left + (right - left) * step // max(1, len(losses) - 1), bottom - round((bottom - top) * loss / ceiling)

    for nats in range(0, ceiling + 1, max(1, ceiling // 8)):
        _, y = place(0, nats)
        canvas.line(left, y, right, y, GREY)
        canvas.text(left - 8 - 8 * len(str(nats)), y - 5, str(nats), INK)
    for quarter in range(5):
        step = (len(losses) - 1) * quarter // 4
        x, _ = place(step, 0)
        canvas.line(x, bottom, x, bottom + 5, INK)
        canvas.text(x - 8 * len(str(step + 1)) // (1 if quarter == 4 else 2), bottom + 12, str(step + 1), INK)
    canvas.line(left, top, left, bottom, INK)
    canvas.line(left, bottom, right, bottom, INK)
    mean, means = losses[0], []
    for step, loss in enumerate(losses):
        mean += (loss - mean) * max(0.05, 1 / (step + 1))
        means.append(mean)
    for values, colour, thickness in ((losses, PALE, 1), (means, BLUE, 2)):
        points = [place(step, value) for step, value in enumerate(values)]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            for below in range(thickness):
                canvas.line(x0, y0 + below, x1, y1 + below, colour)
    canvas.save(path)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=2000, help="training steps (default 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of weights, batches, dropout and the sample (default 0)")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for char_gpt.pt and char_gpt.png (default: here)")
    parser.add_argument("--log-losses", type=Path, metavar="FILE", help="write the loss of every step as JSON")
    parser.add_argument("--length", type=int, default=400, help="characters of the sample (default 400)")
    options = parser.parse_args()
    if options.steps < 1:
        parser.error("--steps must be at least 1")
    return options


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    text = "\n\n".join(topics[name] for name in sorted(topics))
    characters = sorted(set(text))
    number = {character: i for i, character in enumerate(characters)}
    data = torch.tensor([number[character] for character in text])
    model = CharGPT(len(characters))
    weights = fingerprint(model)
    size = sum(p.numel() for p in model.parameters())
    print(
        f"torch {torch.__version__}: {len(text):,} characters, {len(characters)} kinds, {size:,} parameters, weights {weights[:12]}"
    )

    losses, optimizer = train(model, data, options.steps)

    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint, picture = options.out / "char_gpt.pt", options.out / "char_gpt.png"
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "characters": "".join(characters),
        "steps": options.steps,
    }
    torch.save(state, checkpoint)
    draw(losses, picture)
    if options.log_losses:
        log = {"torch": str(torch.__version__), "seed": options.seed, "weights_sha256": weights, "losses": losses}
        options.log_losses.write_text(json.dumps(log, indent=1) + "\n")
    print(f"checkpoint {checkpoint} ({checkpoint.stat().st_size / 1e6:.1f} MB), loss curve {picture}")

    saved = torch.load(checkpoint)
    again = CharGPT(len(saved["characters"]))
    again.load_state_dict(saved["model"])
    if fingerprint(again) != fingerprint(model):
        raise SystemExit("the checkpoint holds other weights than the model that was saved")
    start = torch.tensor([[number["\n"]]])
    print("from the checkpoint it writes:\n")
    print("".join(saved["characters"][i] for i in again.write(start, options.length)[0].tolist()).strip())


if __name__ == "__main__":
    main()
