"""What torch.serialization has beside reading and writing files: small helpers that older programs import. ft_serialize has the rest.

Source: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TypeAlias

from ft_core import device
from ft_core.backend import backend_for
from ft_dispatch.legacy_storage import LEGACY
from ft_dispatch.legacy_types import TYPES
from ft_dispatch.typed_storage import TypedStorage

__all__ = [
    "DEFAULT_PROTOCOL", "MAGIC_NUMBER", "MAP_LOCATION", "PROTOCOL_VERSION", "STORAGE_KEY_SEPARATOR", "SourceChangeWarning", "StorageType",
    "check_module_version_greater_or_equal", "mkdtemp", "normalize_storage_type", "storage_to_tensor_type", "validate_cuda_device",
    "validate_hpu_device",
]  # fmt: skip

DEFAULT_PROTOCOL = 2
MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
STORAGE_KEY_SEPARATOR = ","
MAP_LOCATION: TypeAlias = Callable[[Any, str], Any] | device | str | dict[str, str] | None
"""What `map_location` may be; for annotations."""


class SourceChangeWarning(Warning):
    """A class's source differs from the one in a file. Never given here: no file brings source along."""


class StorageType:
    """Stands for a storage class that a file names; it has a dtype."""

    def __init__(self, name: str) -> None:
        self._dtype = LEGACY[name].dtype

    @property
    def dtype(self) -> Any:
        """The dtype of the storage's elements."""
        return self._dtype

    def __str__(self) -> str:
        return f"StorageType(dtype={self.dtype})"


@contextmanager
def mkdtemp() -> Iterator[str]:
    """A temporary folder for the length of the block."""
    path = tempfile.mkdtemp()
    try:
        yield path
    finally:
        shutil.rmtree(path)


def check_module_version_greater_or_equal(
    module: ModuleType, req_version_tuple: tuple[Any, ...], error_if_malformed: bool = True
) -> bool:
    """Whether a module's `__version__`, cut at its dots, is at least a tuple such as (1, 2).

    Raises: RuntimeError for a version that is none, unless `error_if_malformed` is False: then a warning, and True.
    """
    try:
        parts = module.__version__.split(".")
        return bool(tuple(type(want)(parts[i]) for i, want in enumerate(req_version_tuple)) >= req_version_tuple)
    except (AttributeError, IndexError, ValueError, TypeError) as error:
        version = getattr(module, "__version__", None)
        message = f"'{module.__name__}' module version string is malformed '{version}' and cannot be compared with tuple {req_version_tuple!s}"
        if error_if_malformed:
            raise RuntimeError(message) from error
        warnings.warn(message + ", but continuing assuming that requirement is met", stacklevel=2)
        return True


def normalize_storage_type(storage_type: type) -> Any:
    """The storage class of the CPU with the same name. AttributeError where there is none."""
    from . import storage

    return getattr(storage, storage_type.__name__)


def storage_to_tensor_type(storage: TypedStorage) -> Any:
    """`torch.FloatTensor` for a storage of float32. StopIteration for a dtype without an old tensor type."""
    return next(found for found in TYPES.values() if found.dtype is storage.dtype)


def validate_cuda_device(location: Any) -> int:
    """The number of the CUDA device a tag names. RuntimeError in torch's words where it cannot be used here."""
    return _validated(location, "cuda")


def validate_hpu_device(location: Any) -> int:
    """RuntimeError: there is no backend for Gaudi devices."""
    return _validated(location, "hpu")


def _validated(location: Any, kind: str) -> int:
    advice = "please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU."
    index = None if str(location) == kind else device(location).index
    try:
        backend = backend_for(kind)
    except (AssertionError, RuntimeError) as error:
        raise RuntimeError(
            f"Attempting to deserialize object on a {kind.upper()} device but torch.{kind}.is_available() is False. If you are running on "
            f"a CPU-only machine, {advice} ({error})"
        ) from None
    index = backend.current_device() if index is None else index
    if index >= backend.device_count():
        raise RuntimeError(
            f"Attempting to deserialize object on {kind.upper()} device {index} but torch.{kind}.device_count() is "
            f"{backend.device_count()}. Please use torch.load with map_location to map your storages to an existing device."
        )
    return index
