"""torch.backends.quantized: which library computes with integers. Torch's switch, whose words are taken; one road serves them all here."""

from __future__ import annotations

import sys
from types import ModuleType

__all__ = ["engine", "supported_engines"]

engine: str
supported_engines = ["qnnpack", "onednn", "x86", "fbgemm"]


class _Engines(ModuleType):
    """The module, so that setting `engine` to another word is refused: RuntimeError, as in torch."""

    @property
    def engine(self) -> str:
        """The library that was chosen."""
        return self.__dict__.get("_engine", "x86")

    @engine.setter
    def engine(self, name: str) -> None:
        if name not in (*supported_engines, "none"):
            raise RuntimeError(f"{name} is not a valid value for quantized engine")
        self.__dict__["_engine"] = name


sys.modules[__name__].__class__ = _Engines
