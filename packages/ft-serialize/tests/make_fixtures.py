"""Writes tests/data/*.pt with real torch, and expected.json with what is in them: `python make_fixtures.py` (needs torch 2.13).

The files are committed; this script is their source. Names that begin with `legacy` are in the format before torch 1.6.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter, OrderedDict
from pathlib import Path
from typing import Any

import torch
from serialize_describe import describe, torch_tensor

DATA = Path(__file__).parent / "data"


def cases() -> dict[str, Any]:
    """Name to object."""
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    net(torch.randn(5, 3)).sum().backward()
    optimizer.step()
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    special = [float("nan"), float("inf"), -0.0, 1e-45, 3.5]
    tied = torch.nn.Parameter(torch.ones(2, 2))
    marked = torch.ones(2)
    marked.note = "kept"
    return {
        "state_dict": net.state_dict(),
        "checkpoint": {"model": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "loss": 0.25, "tag": None},
        "shared": {"base": base, "view": base[1:, ::2], "transposed": base.t(), "row": base[2], "expanded": base[0].expand(3, 6)},
        "dtypes": {
            str(d): torch.tensor(special).to(d)
            for d in (torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128)
        },
        "integers": {
            str(d): torch.tensor([0, 1, 2, 100]).to(d) for d in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
        },
        "newer_dtypes": {
            str(d): torch.tensor([0, 1, 2, 100]).to(d)
            for d in (torch.uint16, torch.uint32, torch.uint64, torch.float8_e4m3fn, torch.float8_e5m2)
        },
        "bool": torch.tensor([True, False, True]),
        "conj_neg": [torch.tensor([1 + 2j, 3j]).conj(), torch.tensor([1 + 2j]).conj().imag],
        "parameters": {"a": tied, "b": tied, "frozen": torch.nn.Parameter(torch.zeros(3), requires_grad=False)},
        "grad_leaf": torch.ones(2, requires_grad=True),
        "scalar": torch.tensor(1.5),
        "empty": [torch.empty(0), torch.empty(3, 0, 2), torch.empty(0, dtype=torch.int64)],
        "meta": torch.empty(2, 3, device="meta"),
        "state_on_tensor": marked,
        "plain": {
            "list": [1, -1, 255, 256, 65536, 1 << 40, -(1 << 70), True, None, 0.1],
            "tuple": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
            "text": "grüß \U0001f600",
            "bytes": b"\x00\xff",
            "bytearray": bytearray(b"xyz"),
            "set": {1},
            "complex": 1 - 2j,
            "size": torch.Size([2, 3]),
            "dtype": torch.bfloat16,
            "device": torch.device("cpu"),
            "layout": torch.strided,
            "counter": Counter({"a": 2}),
            "ordered": OrderedDict([("z", 1), ("a", 2)]),
            ("tuple", "key"): 1,
            2: "int key",
        },
        "many": list(range(2003)),
        **irregular(),
    }


def irregular() -> dict[str, Any]:
    """Sparse and quantized tensors of each kind."""
    with (
        torch.sparse.check_sparse_tensor_invariants(),
        warnings.catch_warnings(),
    ):  # torch warns whoever checks and whoever does not
        warnings.simplefilter("ignore")
        return _irregular()


def _irregular() -> dict[str, Any]:
    dense = torch.tensor([[0, 1.5, 0, 2], [0, 0, 3, 0], [-4, 0, 0, 0], [0, 0, 0, 5]])
    small = torch.tensor([0, 1, 2], dtype=torch.int32), torch.tensor([1, 0], dtype=torch.int32)
    values = torch.tensor([1.0, 2.0, 3.0])
    steps, zeros = torch.tensor([0.1, 0.2, 0.3, 0.4]), torch.tensor([0, 1, 2, 3])
    quantized = torch.quantize_per_tensor(dense, 0.25, 3, torch.qint8)
    return {
        "sparse": {
            "coo": dense.to_sparse(), "hybrid": dense.to_sparse(1), "uncoalesced": torch.sparse_coo_tensor([[0, 0, 1]], values, (3,)),
            "values": values, "empty": torch.sparse_coo_tensor(size=(2, 3)), "bfloat16": dense.bfloat16().to_sparse(),
        },
        "sparse_compressed": {
            "csr": dense.to_sparse_csr(), "csc": dense.to_sparse_csc(), "batch": torch.stack([dense, dense]).to_sparse_csr(),
            "int32": torch.sparse_csr_tensor(*small, torch.tensor([1.0, 2.0], dtype=torch.float64), (2, 2)),
        },
        "sparse_blocks": [dense.to_sparse_bsr((2, 2)), dense.to_sparse_bsc((2, 1))],
        "quantized": {
            **{str(d): torch.quantize_per_tensor(dense, 0.25, 3, d) for d in (torch.quint8, torch.qint8, torch.qint32)},
            "base": quantized, "view": quantized[1:, ::2],
            "channels": torch.quantize_per_channel(dense, steps, zeros, 1, torch.qint8),
            "floating": torch.quantize_per_channel(dense, steps, zeros + 0.5, 0, torch.quint8),
        },
    }  # fmt: skip


def main() -> None:
    """Write all fixtures."""
    DATA.mkdir(exist_ok=True)
    expected = {}
    for name, obj in cases().items():
        torch.save(obj, DATA / f"{name}.pt")
        expected[name] = describe(obj, torch_tensor)
        if name != "conj_neg":
            torch.save(obj, DATA / f"legacy_{name}.pt", _use_new_zipfile_serialization=False)
            expected[f"legacy_{name}"] = expected[name]
    (DATA / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
