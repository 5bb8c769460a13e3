"""Gap: op by op we agree with torch; do the libraries that people build on it run, and give the same numbers?

`python tools/compare_libraries.py` runs this file twice, once below `frankentorch run`, and compares; exit 1 where a library fails or is further
off than TOLERANCE. `nox -s libraries` installs the libraries, listed in tools/libraries.txt, without what they depend on: that would be torch again.
"""

# ruff: noqa: PLC0415 - each library is imported by its own case, so that one that fails does not hide the others

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

TOLERANCE = 1e-3  # relative; optimisers and samplers add up many roundings
CASES: dict[str, Callable[[], list[Any]]] = {}


def case(function: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    """Enter a case; its name is the library's."""
    CASES[function.__name__.rstrip("_")] = function
    return function


@case
def einops():
    """Rearranged, reduced and repeated images, a layer, an einsum."""
    import torch
    from einops import einsum, rearrange, reduce, repeat
    from einops.layers.torch import Rearrange

    x = torch.randn(2, 3, 4, 4)
    moved = rearrange(x, "b c (h a) (w k) -> b (c a k) h w", a=2, k=2)
    wide = repeat(x, "b c h w -> b c h (w k)", k=2)
    return [
        moved[0, 5],
        reduce(x, "b c h w -> b c", "max"),
        wide.sum((0, 1)),
        Rearrange("b c h w -> b (c h w)")(x),
        einsum(x, x, "b c h w, b c h v -> w v"),
    ]


@case
def torchdiffeq():
    """A small field integrated, and its gradient by the adjoint."""
    import torch
    from torchdiffeq import odeint, odeint_adjoint

    class Field(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = torch.nn.Linear(2, 2)

        def forward(self, t, y):
            return torch.tanh(self.linear(y))

    field = Field()
    ends = odeint(field, torch.ones(3, 2), torch.linspace(0, 1, 5))
    odeint_adjoint(field, torch.ones(3, 2), torch.linspace(0, 1, 3)).sum().backward()
    return [ends, field.linear.weight.grad]


@case
def gpytorch():
    """An exact Gaussian process fitted for ten steps, then asked."""
    import gpytorch as gp
    import torch

    class Exact(gp.models.ExactGP):
        def __init__(self, x, y, likelihood):
            super().__init__(x, y, likelihood)
            self.mean = gp.means.ConstantMean()
            self.kernel = gp.kernels.ScaleKernel(gp.kernels.RBFKernel())

        def forward(self, x):
            return gp.distributions.MultivariateNormal(self.mean(x), self.kernel(x))

    x = torch.linspace(0, 1, 20)
    y = torch.sin(x * 6) + torch.randn(20) * 0.1
    likelihood = gp.likelihoods.GaussianLikelihood()
    model = Exact(x, y, likelihood)
    optimizer, objective = torch.optim.Adam(model.parameters(), lr=0.1), gp.mlls.ExactMarginalLogLikelihood(likelihood, model)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = -objective(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval(), likelihood.eval()
    with torch.no_grad():
        found = likelihood(model(torch.tensor([0.25, 0.5])))
    return [losses, found.mean, found.variance]


@case
def botorch():
    """A model fitted by SciPy, and the best next point."""
    import torch
    from botorch.acquisition import LogExpectedImprovement
    from botorch.fit import fit_gpytorch_mll
    from botorch.models import SingleTaskGP
    from botorch.optim import optimize_acqf
    from gpytorch.mlls import ExactMarginalLogLikelihood

    x = torch.rand(8, 2, dtype=torch.double)
    y = -(x - 0.5).pow(2).sum(-1, keepdim=True)
    model = SingleTaskGP(x, y)
    fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
    bounds = torch.tensor([[0.0, 0.0], [1.0, 1.0]], dtype=torch.double)
    return list(optimize_acqf(LogExpectedImprovement(model, best_f=y.max()), bounds=bounds, q=1, num_restarts=2, raw_samples=8))


@case
def pyro():
    """Variational inference of a coin, and a chain of NUTS."""
    import pyro
    import pyro.distributions as dist
    import torch
    from pyro.infer import MCMC, NUTS, SVI, Trace_ELBO

    pyro.set_rng_seed(0)
    seen = torch.tensor([1.0, 1, 0, 1, 0, 1])

    def model(seen):
        fair = pyro.sample("fair", dist.Beta(10.0, 10.0))
        with pyro.plate("seen", len(seen)):
            pyro.sample("toss", dist.Bernoulli(fair), obs=seen)

    def guide(seen):
        names = [pyro.param(name, torch.tensor(15.0), constraint=dist.constraints.positive) for name in ("a", "b")]
        pyro.sample("fair", dist.Beta(*names))

    fit = SVI(model, guide, pyro.optim.Adam({"lr": 0.01}), Trace_ELBO())
    losses = [fit.step(seen) for _ in range(8)]
    chain = MCMC(NUTS(lambda: pyro.sample("x", dist.Normal(0.0, 1.0))), num_samples=5, warmup_steps=3, disable_progbar=True)
    chain.run()
    return [losses, pyro.param("a").item(), chain.get_samples()["x"]]


@case
def torchmetrics():
    """Five metrics of three classes."""
    import torch
    import torchmetrics as tm

    p, target, kind = torch.randn(8, 3).softmax(-1), torch.randint(0, 3, (8,)), {"task": "multiclass", "num_classes": 3}
    return [metric(**kind)(p, target) for metric in (tm.Accuracy, tm.AUROC, tm.ConfusionMatrix, tm.F1Score, tm.CalibrationError)]


@case
def captum():
    """What a small net looks at, in three ways."""
    import torch
    from captum.attr import IntegratedGradients, LayerGradCam, Saliency

    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    x = torch.randn(2, 3)
    shown = [IntegratedGradients(net).attribute(x, target=0), Saliency(net).attribute(x, target=1)]
    return [*shown, LayerGradCam(net, net[1]).attribute(x, target=0).detach()]


@case
def torchsde():
    """A decay without its noise."""
    import torch
    from torchsde import sdeint

    class Decay(torch.nn.Module):
        noise_type, sde_type = "diagonal", "ito"

        def f(self, t, y):
            return -y

        def g(self, t, y):
            return y * 0.0

    return [
        sdeint(Decay(), torch.ones(2, 3), torch.linspace(0, 1, 3), dt=0.1)
    ]  # its noise is from NumPy's unseeded entropy, so none


@case
def torchcde():
    """A spline through a path, and its slope."""
    import torch
    import torchcde as cde

    path = cde.CubicSpline(cde.hermite_cubic_coefficients_with_backward_differences(torch.randn(2, 6, 3)))
    return [path.evaluate(0.5), path.derivative(1.5)]


@case
def skorch():
    """A classifier trained for three epochs behind the interface of scikit-learn."""
    import numpy as np
    import torch
    from skorch import NeuralNetClassifier

    nn, random = torch.nn, np.random.RandomState(0)
    module = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2), nn.Softmax(-1))
    net = NeuralNetClassifier(module, max_epochs=3, verbose=0, train_split=None)
    net.fit(random.randn(40, 4).astype("float32"), (random.rand(40) > 0.5).astype("int64"))
    return [[row["train_loss"] for row in net.history]]


@case
def pytorch_metric_learning():
    """Mined pairs, three losses and their gradient."""
    import torch
    from pytorch_metric_learning import losses, miners

    x, labels = torch.randn(8, 4, requires_grad=True), torch.tensor([0, 0, 1, 1, 2, 2, 3, 3])
    pairs = miners.MultiSimilarityMiner()(x, labels)
    loss = losses.TripletMarginLoss()(x, labels, pairs) + losses.NTXentLoss()(x, labels) + losses.ArcFaceLoss(4, 4)(x, labels)
    loss.backward()
    return [loss.item(), x.grad]


@case
def x_transformers():
    """A decoder with rotary positions, and a gradient."""
    import torch
    from x_transformers import Decoder, TransformerWrapper

    model = TransformerWrapper(num_tokens=20, max_seq_len=16, attn_layers=Decoder(dim=16, depth=2, heads=2, rotary_pos_emb=True))
    y = model(torch.randint(0, 20, (2, 8)))
    y.square().mean().backward()
    return [y.detach(), next(model.parameters()).grad]


@case
def torch_optimizer():
    """Five steps of four optimizers."""
    import torch
    import torch_optimizer as optim

    found = []
    for kind in (optim.Yogi, optim.Lamb, optim.AdaBelief, optim.DiffGrad):
        p = torch.nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))
        optimizer = kind([p], lr=0.1)
        for _ in range(5):
            optimizer.zero_grad()
            (p**2).sum().backward()
            optimizer.step()
        found.append(p.detach())
    return found


def answers() -> dict[str, list[float] | str]:
    """Each case's numbers in one list, or what it raised."""
    import torch

    torch.set_num_threads(1)
    found: dict[str, list[float] | str] = {}
    for name, function in CASES.items():
        torch.manual_seed(0)
        try:
            found[name] = torch.cat([torch.as_tensor(value, dtype=torch.float64).reshape(-1) for value in function()]).tolist()
        except Exception as error:  # noqa: BLE001  # one library that fails must not hide the others
            found[name] = f"{type(error).__name__}: {error}"
    return found


def worst(ours: list[float], theirs: list[float]) -> float:
    """The largest difference, relative to the largest number of the case; infinite where the counts differ or a number is none."""
    if len(ours) != len(theirs) or any(a != a for a in (*ours, *theirs)):
        return float("inf")
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / max(map(abs, theirs))


def main() -> int:
    """Run both sides and print a line a library."""
    sides = []
    for command in (["-m", "frankentorch", "run"], []):
        done = subprocess.run([sys.executable, *command, __file__, "answers"], capture_output=True, text=True, check=True)
        sides.append(json.loads(done.stdout.splitlines()[-1]))
    failed = 0
    for name in CASES:
        ours, theirs = sides[0][name], sides[1][name]
        off = worst(ours, theirs) if isinstance(ours, list) and isinstance(theirs, list) else float("inf")
        failed += off > TOLERANCE
        shown = f"{off:.1e}" if isinstance(ours, list) else ours
        print(f"{name:26} {shown}" if isinstance(theirs, list) else f"{name:26} torch itself: {theirs}")
    print(f"{len(CASES) - failed} of {len(CASES)} libraries agree with torch within {TOLERANCE:g}")
    return int(failed > 0)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1:] == ["answers"]:
        print(json.dumps(answers()))
    else:
        sys.exit(main())
