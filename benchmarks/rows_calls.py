"""Everyday calls on small tensors: where the ladder has a few rungs, this has the floor on which programs stand.

The ladder's ops are the ones that were made fast first. A training step is made of all the others too: reshape, cat, indexing, a
loss. Each should cost no more than in torch; what costs several times as much has no route yet and takes the careful road.
"""

from __future__ import annotations

from typing import Any

from .row import Names, row

CALLS = "calls"
STATEMENTS = (
    *(
        "z.view(24, 8)",
        "z.reshape(24, 8)",
        "zt.reshape(24, 8)",
        "z.flatten()",
        "z.permute(1, 0, 2)",
        "z.unsqueeze(0)",
        "z.squeeze()",
    ),
    *("z.expand(2, 4, 6, 8)", "zt.contiguous()", "z.clone()", "z.detach()", "z.to(torch.float64)", "z.float()"),
    *("z[0]", "z[:, 1]", "z[..., None]", "z[z > 0]", "e[i]", "z[0, 0, 0].item()", "torch.gather(z, 2, k)"),
    *("torch.cat([z, z])", "torch.stack([z, z])", "z.split(2, 1)", "z.chunk(2, 1)", "z.repeat(2, 1, 1)"),
    *(
        "torch.zeros(3)",
        "torch.zeros_like(z)",
        "torch.arange(64)",
        "torch.randn(3)",
        "torch.tensor(1.0)",
        "torch.tensor([1.0, 2.0])",
    ),
    *(
        "z.sum((0, 1))",
        "z.sum([0, 1])",
        "z.sum(-1)",
        "z.mean()",
        "z.mean(-1)",
        "z.var()",
        "z.norm()",
        "z.max()",
        "z.max(1)",
        "z.argmax(1)",
    ),
    *(
        "1 - z",
        "z / 2",
        "z**2",
        "z > 0",
        "z.clamp(0, 1)",
        "torch.where(m, z, z)",
        "z.masked_fill(m, 0.0)",
        "z.cumsum(0)",
        "z.sort()",
    ),
    *("c.zero_()", "c.fill_(1.0)", "c.copy_(z)", "c.mul_(1.0)", "c.add_(z, alpha=0.5)"),
    *("torch.matmul(z, zk)", "torch.bmm(z, zk)", "torch.einsum('bij,bjk->bik', z, zk)", "F.linear(z, w)", "F.linear(z, w, b)"),
    *(
        "F.relu(z)",
        "F.gelu(z)",
        "torch.softmax(z, -1)",
        "torch.log_softmax(x, 1)",
        "F.layer_norm(z, (8,))",
        "F.dropout(z, 0.1, True)",
    ),
    *("F.mse_loss(z, zz)", "F.cross_entropy(x, y)", "F.embedding(i, e)", "F.conv2d(image, kernel)", "F.max_pool2d(image, 2)"),
    *("F.scaled_dot_product_attention(z, z, z)", "normalise(z)", "lstm(z)"),
    *("z.shape", "z.size(0)", "z.dim()", "len(z)", "z.tolist()"),
    *("z[1, 2]", "z[1:3]", "z[:, 1:3]", "z[-1]", "z[rows]", "z[[0, 2]]", "z[m]", "for row in z: pass"),
    *("c[0] = 1.0", "c[0] = z[0]", "c[:, 1] = z[:, 1]", "c[m] = 0.0", "c[rows] = 1.0"),
    *("float(number)", "bool(number > 0)", "number.item()", "y.tolist()", "z.numpy()", "repr(number)"),
    *(
        "z.transpose(1, 2)",
        "z.unbind(1)",
        "z.cpu()",
        "z.to(torch.float32)",
        "z.bool()",
        "z.int()",
        "z.data",
        "z.flip(0)",
        "torch.cat([z, z], 1)",
        "torch.stack([v, v, v, v])",
    ),
    *(
        "z == 0",
        "z < zz",
        "(z > 0).any()",
        "m.all()",
        "torch.equal(z, z)",
        "torch.where(m, 1.0, 0.0)",
        "torch.where(z > 0, z, 0.0)",
    ),
    *(
        "torch.tensor([[1, 2], [3, 4]])",
        "torch.full((3,), 1.5)",
        "torch.linspace(0, 1, 5)",
        "torch.eye(3)",
        "torch.rand(3)",
        "torch.randn(4, 8)",
        "torch.randint(10, (3,))",
        "torch.randperm(8)",
        "torch.full_like(z, 2.0)",
        "c.normal_()",
        "c.uniform_()",
        "c.clamp_(0, 1)",
    ),
    *("z.std(-1)", "z.min()", "z.argmax()", "z.prod()", "z.topk(3)", "torch.triu(w)", "F.one_hot(y, 10)", "F.nll_loss(x, y)"),
    *("F.silu(z)", "F.softplus(z)", "F.sigmoid(z)", "F.avg_pool2d(image, 2)", "F.pad(z, (1, 1))", "F.normalize(z, dim=-1)"),
)
STEPS = {
    "step: Linear, GELU, Dropout, cross entropy, Adam": "deep_step()",
    "step: Linear, ReLU, LayerNorm, SGD": "normed_step()",
    "step: Embedding, sum": "embedded_step()",
    "step: Conv2d, BatchNorm2d, MaxPool2d": "image_step()",
    "step: LSTMCell": "cell_step()",
    "step: LSTM over 6 places": "sequence_step()",
    "step: TransformerEncoderLayer": "encoder_step()",
    "TransformerEncoderLayer, evaluation": "evaluated()",
    "MultiheadAttention": "attention(z, z, z)",
    "Sequential, no_grad": "forward()",
    "DataLoader, 64 samples by 16": "epoch()",
    "Adam.step, 4 parameters": "adam.step()",
    "SGD.step, 6 parameters": "sgd.step()",
    "zero_grad": "adam.zero_grad()",
}
"""What small programs are made of: a step there and back of tiny modules, by name and statement."""


FUNCTIONS = """
def back(loss, optimizer=None):
    if optimizer is not None:
        optimizer.zero_grad()
    loss.backward()
    if optimizer is not None:
        optimizer.step()

def deep_step():
    back(F.cross_entropy(deep(rows_in), classes), adam)

def normed_step():
    back(((normed(rows_in) - wanted) ** 2).mean(), sgd)

def embedded_step():
    back(table(i).sum(1).pow(2).mean())

def image_step():
    back(F.cross_entropy(images(pictures), y[:4]))

def cell_step():
    a, b = cell(z[0], state)
    back(a.sum() + b.sum())

def sequence_step():
    back(lstm(z)[0].sum())

def encoder_step():
    back(encoder(z).sum())

def evaluated():
    with torch.no_grad():
        return resting(z)

def forward():
    with torch.no_grad():
        return normed(rows_in)

def epoch():
    for batch in loader:
        pass
"""


def programs(torch: Any) -> Names:
    """What the steps use: modules of a few hundred parameters, their optimizers, a loader."""
    nn, names = torch.nn, small(torch)
    deep = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Dropout(0.1), nn.Linear(16, 10))
    normed = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 4))
    samples = torch.utils.data.TensorDataset(torch.randn(64, 8), torch.randint(10, (64,)))
    names.update(
        deep=deep, normed=normed, adam=torch.optim.Adam(deep.parameters(), 1e-3, foreach=False),
        sgd=torch.optim.SGD(normed.parameters(), 1e-3, momentum=0.9, foreach=False),
        rows_in=torch.randn(16, 8), classes=torch.randint(10, (16,)), wanted=torch.randn(16, 4),
        table=nn.Embedding(100, 16), cell=nn.LSTMCell(8, 16), state=(torch.zeros(6, 16), torch.zeros(6, 16)),
        images=nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10)),
        pictures=torch.randn(4, 3, 8, 8), attention=nn.MultiheadAttention(8, 2, batch_first=True),
        encoder=nn.TransformerEncoderLayer(8, 2, 16, batch_first=True),
        resting=nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval(),
        loader=torch.utils.data.DataLoader(samples, batch_size=16, shuffle=True),
    )  # fmt: skip
    exec(FUNCTIONS, names)  # the functions of a program, over these names
    back_once(names)
    return names


def back_once(names: Names) -> None:
    """One step of each optimizer, so that `step` alone has gradients to work with."""
    names["deep_step"]()
    names["normed_step"]()


def small(torch: Any) -> Names:
    """What the statements use: tensors of a few hundred elements at most, and modules that fit them."""
    z = torch.randn(4, 6, 8)
    return {
        "torch": torch, "F": torch.nn.functional,
        "z": z, "zz": torch.randn(4, 6, 8), "zt": z.transpose(0, 1), "zk": torch.randn(4, 8, 6),
        "c": torch.zeros(4, 6, 8), "m": z > 0,
        "x": torch.randn(64, 10), "y": torch.randint(10, (64,)), "w": torch.randn(5, 8), "b": torch.randn(5),
        "e": torch.randn(100, 16), "i": torch.randint(100, (4, 6)), "k": torch.randint(8, (4, 6, 1)),
        "v": torch.randn(4), "rows": torch.tensor([0, 2]), "number": torch.tensor(2.5),
        "image": torch.randn(1, 3, 8, 8), "kernel": torch.randn(4, 3, 3, 3),
        "normalise": torch.nn.BatchNorm1d(6), "lstm": torch.nn.LSTM(8, 16, batch_first=True),
    }  # fmt: skip


for _statement in STATEMENTS:
    row(_statement, _statement, group=CALLS, target=1.0)(small)
for _name, _statement in STEPS.items():
    row(_name, _statement, group=CALLS, target=1.0)(programs)
