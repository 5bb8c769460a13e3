"""torch.nn.parallel.distributed: the class that programs ask about before they unwrap a model, as a torch without torch.distributed has it."""

from __future__ import annotations

from typing import Any

from ..module import Module

__all__ = ["DistributedDataParallel"]


class DistributedDataParallel(Module):
    """No model is one here: `isinstance(model, DistributedDataParallel)` is False. RuntimeError for whoever makes one."""

    def __init__(self, module: Module, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(
            "DistributedDataParallel needs torch.distributed, which is not built yet (is_available() is False): train in one process, or with "
            "nn.DataParallel"
        )
