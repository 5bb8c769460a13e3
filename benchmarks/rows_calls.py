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
)


def small(torch: Any) -> Names:
    """What the statements use: tensors of a few hundred elements at most, and modules that fit them."""
    z = torch.randn(4, 6, 8)
    return {
        "torch": torch, "F": torch.nn.functional,
        "z": z, "zz": torch.randn(4, 6, 8), "zt": z.transpose(0, 1), "zk": torch.randn(4, 8, 6),
        "c": torch.zeros(4, 6, 8), "m": z > 0,
        "x": torch.randn(64, 10), "y": torch.randint(10, (64,)), "w": torch.randn(5, 8), "b": torch.randn(5),
        "e": torch.randn(100, 16), "i": torch.randint(100, (4, 6)), "k": torch.randint(8, (4, 6, 1)),
        "image": torch.randn(1, 3, 8, 8), "kernel": torch.randn(4, 3, 3, 3),
        "normalise": torch.nn.BatchNorm1d(6), "lstm": torch.nn.LSTM(8, 16, batch_first=True),
    }  # fmt: skip


for _statement in STATEMENTS:
    row(_statement, _statement, group=CALLS, target=1.0)(small)
