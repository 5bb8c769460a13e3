"""Random generators in torch's files: the device, then the state as a tensor of bytes. Torch reads them once it is told to."""

from __future__ import annotations

import numpy as np

from ft_core.device import device as Device
from ft_core.dtype import BY_NAME
from ft_core.generator import Generator
from ft_core.storage import UntypedStorage
from ft_core.tensor import Tensor, tensor_from_storage

from .allow_list import RefusedError
from .model import Call, Global

__all__ = ["Generator", "generator", "set_generator", "spell_generator"]


def generator(device: Device) -> Generator:
    """A generator of the CPU; RefusedError for another device, whose streams are not torch's."""
    if device.type != "cpu":
        raise RefusedError(
            f"expected a generator of the CPU, got one of {device}, which FrankenTorch does not read; save its initial_seed()"
        )
    return Generator(device)


def set_generator(target: Generator, state: Tensor) -> None:
    """Go to the place that torch's state names; RefusedError where it is none."""
    try:
        if state.dtype.name != "uint8" or state.ndim != 1 or state.device.type != "cpu":
            raise TypeError(f"expected a vector of bytes on the CPU, got {state.dtype} of {tuple(state.shape)} on {state.device}")
        target.set_state_bytes(np.ascontiguousarray(state._a))
    except (RuntimeError, TypeError) as error:
        raise RefusedError(f"a generator's state: {error}; the file is damaged, or map_location took the state elsewhere") from None


def spell_generator(found: Generator) -> Call:
    """How torch writes it. RuntimeError for a generator that torch does not have."""
    if found.device.type != "cpu" or found.engine != "mt19937":
        raise RuntimeError(
            f"save: a generator of {found.device} with engine {found.engine} means nothing to torch; save its get_state() instead"
        )
    state = np.array(found.get_state_bytes(), np.uint8)
    storage = UntypedStorage(state, state.nbytes, found.device)
    tensor = tensor_from_storage(storage, BY_NAME["uint8"], state.shape, (1,), 0)
    return Call(Global("torch._C", "Generator"), (found.device,), (found.initial_seed(), None, tensor))
