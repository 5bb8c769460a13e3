"""The tuple helpers of torch.nn.modules.utils, which layers outside of torch use. Source: torch.nn.modules.utils (2.13)."""

from __future__ import annotations

from ..sizes import ntuple as _ntuple
from ..sizes import pair as _pair
from ..sizes import quadruple as _quadruple
from ..sizes import reversed_and_repeated as _reverse_repeat_tuple
from ..sizes import single as _single
from ..sizes import triple as _triple

__all__ = ["_ntuple", "_pair", "_quadruple", "_reverse_repeat_tuple", "_single", "_triple"]
