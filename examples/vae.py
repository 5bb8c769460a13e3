"""Train a variational autoencoder on handwritten digits, then let it draw digits that nobody wrote.

A script as people write them for torch. `python vae.py` runs it with torch, `frankentorch run vae.py` with FrankenTorch; with the same
seed both start from the same weights and draw the same noise. The digits come with scikit-learn.
"""

import torch
from showing import Progress, digits, options, tiles
from torch import nn
from torch.distributions import Independent, Normal, kl_divergence
from torch.nn import functional as F

BATCH, SIDE, HIDDEN, LATENT, RATE = 64, 8, 128, 8, 2e-3


class VAE(nn.Module):
    """Images (N, SIDE * SIDE) from 0 to 1: an encoder to a normal distribution over LATENT numbers, and a decoder back to logits."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(SIDE * SIDE, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, HIDDEN), nn.SiLU())
        self.mean, self.spread = nn.Linear(HIDDEN, LATENT), nn.Linear(HIDDEN, LATENT)
        self.decoder = nn.Sequential(
            nn.Linear(LATENT, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, SIDE * SIDE)
        )

    def encode(self, x):
        hidden = self.encoder(x)
        return Independent(Normal(self.mean(hidden), F.softplus(self.spread(hidden)) + 1e-3), 1)

    def loss(self, x):
        """The negative evidence lower bound in nats per pixel, with its two parts, all means over the batch."""
        posterior = self.encode(x)
        prior = Independent(Normal(torch.zeros(LATENT), torch.ones(LATENT)), 1)
        logits = self.decoder(posterior.rsample())
        pixels = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1).mean()
        distance = kl_divergence(posterior, prior.expand(posterior.batch_shape)).mean()
        return (pixels + distance) / x.shape[1], pixels, distance


@torch.no_grad()
def show(model, x, path):
    """A picture: ten digits, the same after the bottleneck, three rows drawn from the prior, two walks between digits."""

    def drawn(z):
        return torch.sigmoid(model.decoder(z)).view(-1, SIDE, SIDE).tolist()

    middle = model.encode(x[:10]).mean
    walks = [torch.lerp(middle[a], middle[b], torch.linspace(0, 1, 10).unsqueeze(1)) for a, b in ((0, 1), (2, 3))]
    rows = [x[:10].view(-1, SIDE, SIDE).tolist(), drawn(middle)]
    tiles(rows + [drawn(torch.randn(10, LATENT)) for _ in range(3)] + [drawn(walk) for walk in walks], path)


def main():
    chosen = options(__doc__, 2000)
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    x = torch.from_numpy(digits()[0]).flatten(1).to(torch.get_default_dtype())
    x = x[torch.randperm(len(x))]
    train, test = x[:1497], x[1497:]
    model = VAE()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=chosen.steps, eta_min=RATE / 20)
    print(f"torch {torch.__version__}: {sum(p.numel() for p in model.parameters()):,} parameters, {len(train)} images")
    progress = Progress(chosen.steps)
    for _ in range(chosen.steps):
        loss, pixels, distance = model.loss(train[torch.randint(len(train), (BATCH,))])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        progress(loss.item(), pixels=f"{pixels.item():.2f}", distance=f"{distance.item():.2f}")
    with torch.no_grad():
        print(f"loss on {len(test)} test images {model.loss(test)[0].item():.4f}")
    progress.log(chosen.log_losses, torch, seed=chosen.seed)
    show(model, test, chosen.out / "vae.png")


if __name__ == "__main__":
    main()
