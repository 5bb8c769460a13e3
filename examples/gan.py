"""Train a small DCGAN on handwritten digits: one network draws digits, the other learns to tell them from real ones.

A script as people write them for torch; the recipe is Radford, Metz and Chintala's of 2015. `python gan.py` runs it with torch,
`frankentorch run gan.py` with FrankenTorch; with the same seed both start from the same weights and draw the same noise. The digits
come with scikit-learn.
"""

import torch
from showing import Progress, digits, options, tiles
from torch import nn
from torch.nn import functional as F

BATCH, SIDE, LATENT, WIDTH = 64, 8, 32, 32
RATE, BETAS, REAL = 2e-4, (0.5, 0.999), 0.9  # REAL: what the judge should say of a real digit, a little less than sure
EPS = 1e-4  # no weight takes a full step for a gradient that is hardly more than rounding


class Generator(nn.Module):
    """Noise (N, LATENT) to images (N, 1, 8, 8) from -1 to 1."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.ConvTranspose2d(LATENT, 2 * WIDTH, 2, bias=False), nn.BatchNorm2d(2 * WIDTH), nn.ReLU(),
            nn.ConvTranspose2d(2 * WIDTH, WIDTH, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(WIDTH), nn.ReLU(),
            nn.ConvTranspose2d(WIDTH, 1, 4, stride=2, padding=1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, z):
        return self.layers(z.view(-1, LATENT, 1, 1))


class Judge(nn.Module):
    """Images (N, 1, 8, 8) to one logit each: how sure it is that somebody wrote them."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, WIDTH, 4, stride=2, padding=1), nn.LeakyReLU(0.2),
            nn.Conv2d(WIDTH, 2 * WIDTH, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(2 * WIDTH), nn.LeakyReLU(0.2),
            nn.Dropout(0.3), nn.Conv2d(2 * WIDTH, 1, 2),
        )  # fmt: skip

    def forward(self, x):
        return self.layers(x).flatten()


def initialise(module):
    """Weights from N(0, 0.02), as the recipe says; norms start near one."""
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0.0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)


def against(logits, truth):
    """How far the judge's answers are from one truth for all of them."""
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, truth))


def main():
    chosen = options(__doc__, 2000)
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    x = torch.from_numpy(digits()[0]).unsqueeze(1).to(torch.get_default_dtype()) * 2 - 1
    generator, judge = Generator().apply(initialise), Judge().apply(initialise)
    draws, judges = (torch.optim.Adam(net.parameters(), lr=RATE, betas=BETAS, eps=EPS) for net in (generator, judge))
    always = torch.randn(60, LATENT)
    print(f"torch {torch.__version__}: {sum(p.numel() for net in (generator, judge) for p in net.parameters()):,} parameters")
    progress = Progress(chosen.steps)
    for _ in range(chosen.steps):
        real = x[torch.randint(len(x), (BATCH,))]
        drawn = generator(torch.randn(BATCH, LATENT))
        judged = against(judge(real), REAL) + against(judge(drawn.detach()), 0.0)
        judges.zero_grad()
        judged.backward()
        judges.step()

        fooled = against(judge(drawn), 1.0)
        draws.zero_grad()
        fooled.backward()
        draws.step()
        progress(judged.item(), drawing=f"{fooled.item():.3f}")
    progress.log(chosen.log_losses, torch, seed=chosen.seed)
    with torch.no_grad():
        images = (generator.eval()(always).squeeze(1) + 1) / 2
    tiles([list(row) for row in images.view(6, 10, SIDE, SIDE).tolist()], chosen.out / "gan.png")
    spread, real = images.std(0).mean().item(), x.std(0).mean().item() / 2
    print(f"60 digits are in gan.png; from one to the next a pixel varies by {spread:.2f}, in real ones by {real:.2f}")


if __name__ == "__main__":
    main()
