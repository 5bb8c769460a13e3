"""Comparison of two observations: same structure, same texts, numbers equal to a relative 1e-9 (float64) or 2e-5 (float32).

Looser for what torch computes by its trigamma function, which is good to about 1e-8 in float64 (trigamma(2) is pi**2 / 6 - 1).
"""

from __future__ import annotations

import math
from typing import Any

RTOL = {"float64": 1e-9, "float32": 2e-5, "trigamma": 5e-8}


def agree(ours: Any, torchs: Any, where: str, dtype: str = "float64") -> None:
    """Raise AssertionError at the first place where two observations differ; `where` names it."""
    if isinstance(torchs, dict):
        assert ours.keys() == torchs.keys(), f"{where}: {sorted(ours)} beside {sorted(torchs)}"
        for key in torchs:
            agree(ours[key], torchs[key], f"{where}.{key}", dtype)
    elif isinstance(torchs, list):
        assert len(ours) == len(torchs), f"{where}: {ours} beside torch's {torchs}"
        for i, (a, b) in enumerate(zip(ours, torchs, strict=True)):
            agree(a, b, f"{where}[{i}]", dtype)
    elif isinstance(torchs, float) and isinstance(ours, (int, float)):
        close = math.isclose(ours, torchs, rel_tol=RTOL[dtype], abs_tol=RTOL[dtype])
        assert close, f"{where}: {ours!r} beside torch's {torchs!r}"
    else:
        assert ours == torchs, f"{where}: {ours!r} beside torch's {torchs!r}"
