"""Initial weights as digests: how constructors are written down without torch, and how the record is made.

`initial_weights.json` holds torch 2.13's digests. A record is made anew, where torch is installed, by
``python packages/ft-nn/tests/recorded_weights.py``; the oracle test says whether it is still torch's.
"""

import hashlib
import json
import math
import warnings
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np

RECORD = Path(__file__).parent / "initial_weights.json"
SEED = 7
FILLS = {
    "calculate_gain": [["leaky_relu", 0.3]],
    "constant": [[2.5]],
    "constant_": [[2.5]],
    "dirac": [[]],
    "dirac_": [[], [2]],
    "eye": [[]],
    "eye_": [[]],
    "kaiming_normal": [[]],
    "kaiming_normal_": [[], [0, "fan_out", "relu"]],
    "kaiming_uniform": [[]],
    "kaiming_uniform_": [[math.sqrt(5)], [0, "fan_out", "tanh"]],
    "normal": [[]],
    "normal_": [[], [1.0, 0.5]],
    "ones_": [[]],
    "orthogonal": [[]],
    "orthogonal_": [[], [2.0]],
    "sparse": [[0.3]],
    "sparse_": [[0.3], [0.7, 0.1]],
    "trunc_normal_": [[], [0.0, 0.02], [3.0, 1.0, -1.0, 1.0]],
    "uniform": [[]],
    "uniform_": [[], [-2.0, 3.0]],
    "xavier_normal": [[]],
    "xavier_normal_": [[], [0.3]],
    "xavier_uniform": [[]],
    "xavier_uniform_": [[], [0.3]],
    "zeros_": [[]],
}
"""The functions of nn.init, with the arguments after the tensor."""


def shape_of(name):
    """What is filled: a matrix, or a kernel where only that will do."""
    return (4, 3, 5) if name.startswith("dirac") else (6, 10)


def array(tensor):
    """A tensor of either framework as an array."""
    return tensor.detach().numpy()


def digest(tensor):
    """A few bytes of the hash of shape, dtype and every bit."""
    a = array(tensor)
    text = f"{a.shape}{a.dtype}".encode() + np.ascontiguousarray(a).tobytes()
    return hashlib.sha256(text).hexdigest()[:16]


def decode(value, t, n):
    """A written argument as an argument of the framework with tensors ``t`` and modules ``n``."""
    if isinstance(value, list):
        return [decode(v, t, n) for v in value]
    if not isinstance(value, dict):
        return value
    kind, held = next(iter(value.items()))
    if kind == "tuple":
        return tuple(decode(v, t, n) for v in held)
    if kind == "dtype":
        return getattr(t, held)
    if kind == "tensor":
        return t.tensor(held[0], dtype=getattr(t, held[1]))
    if kind == "function":
        return getattr(n.functional, held)
    made = getattr(n, held[0])
    return made(*decode(held[1], t, n), **{k: decode(v, t, n) for k, v in held[2].items()})


def weights(name, written, t, n):
    """key -> digest of a fresh module's state."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        t.manual_seed(SEED)
        module = decode({"module": [name, *written["make"]]}, t, n)
        if "input" in written:
            module(t.ones(written["input"]))
    return {key: digest(value) for key, value in module.state_dict().items()}


def filled(name, args, t, n):
    """What an init function gives: a digest; rounded numbers where LAPACK computes them; a number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        t.manual_seed(SEED)
        if name == "calculate_gain":
            return n.init.calculate_gain(*args)
        made = getattr(n.init, name)(t.empty(shape_of(name)), *args)
    return np.round(array(made).astype(float), 4).ravel().tolist() if name.startswith("orthogonal") else digest(made)


def record(torch, module_db):
    """The whole record, from torch."""
    found = {}
    for info in module_db:
        for sample in info.module_inputs_func(info, device="cpu", dtype=torch.float32, requires_grad=False, training=True):
            given = sample.constructor_input
            written = {"make": [[encode(a, torch) for a in given.args], {k: encode(v, torch) for k, v in given.kwargs.items()}]}
            if info.is_lazy:
                written["input"] = list((*sample.forward_input.args, *sample.forward_input.kwargs.values())[0].shape)
            rows = found.setdefault(info.module_cls.__name__, [])
            row = {**written, "state": weights(info.module_cls.__name__, written, torch, torch.nn)}
            if row["state"] not in [other["state"] for other in rows]:  # other settings, the same weights: nothing new
                rows.append(row)
    modules = {name: [row for row in rows if row["state"]] for name, rows in found.items()}
    fills = {name: [filled(name, args, torch, torch.nn) for args in rows] for name, rows in FILLS.items()}
    return {"modules": {name: rows for name, rows in modules.items() if rows}, "init": fills}


def encode(value, torch):
    """An argument of the database in JSON."""
    if isinstance(value, tuple):
        return {"tuple": [encode(v, torch) for v in value]}
    if isinstance(value, list):
        return [encode(v, torch) for v in value]
    if isinstance(value, torch.dtype):
        return {"dtype": str(value)[6:]}
    if isinstance(value, torch.Tensor):
        return {"tensor": [value.tolist(), str(value.dtype)[6:]]}
    if isinstance(value, torch.nn.TransformerEncoderLayer):
        attention = value.self_attn
        sizes = {"d_model": attention.embed_dim, "nhead": attention.num_heads, "dim_feedforward": value.linear1.out_features}
        options = {"batch_first": attention.batch_first, "norm_first": value.norm_first}
        return {"module": ["TransformerEncoderLayer", [], {**sizes, **options}]}
    if isinstance(value, torch.nn.Module):
        return {"module": [type(value).__name__, [], {}]}
    if callable(value):
        return {"function": value.__name__}
    if is_dataclass(value):
        return {"module": [type(value).__name__, [], {f.name: encode(getattr(value, f.name), torch) for f in fields(value)}]}
    return value


if __name__ == "__main__":
    import torch
    from torch.testing._internal.common_modules import module_db

    made = record(torch, module_db)
    body = ",\n".join(
        f' "{part}": {{\n' + ",\n".join(f'  "{k}": {json.dumps(v)}' for k, v in sorted(made[part].items())) + "\n }"
        for part in made
    )
    RECORD.write_text("{\n" + body + "\n}\n", encoding="utf-8")
