"""Where loaded storages go: `map_location` in all its forms, and the registry of devices that users extend.

A file tags each storage with the device it came from. A string, device or dict rewrites the tag, a callable may place the
storage itself; whatever is left goes to the first deserializer that takes the tag.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from typing import Any

from .allow_list import RefusedError
from .model import TensorModel

__all__ = ["default_restore_location", "is_meta", "location_tag", "register_package", "restorer"]

Restore = Callable[[Any, str], Any]
_BUILT_IN = 10  # priority of the devices that the tensor model serves
_packages: list[tuple[int, Callable[[Any], str | None], Callable[[Any, str], Any]]] = []


def register_package(priority: int, tagger: Callable[[Any], str | None], deserializer: Callable[[Any, str], Any]) -> None:
    """Serve a kind of device in files.

    Args:
        priority: lower ones are asked first; the built-in devices have 10.
        tagger: the tag under which a storage is saved, or None for a storage of another device.
        deserializer: the storage on the tagged device, or None for a tag of another kind.

    Source: torch.serialization.register_package.
    """
    insort(_packages, (priority, tagger, deserializer), key=lambda package: package[0])


def location_tag(model: TensorModel, storage: Any) -> str:
    """The tag a storage is saved under."""
    for priority, tagger, _ in _packages:
        if priority < _BUILT_IN and (tag := tagger(storage)):
            return tag
    if tag := model.storage_location(storage):
        return tag
    for priority, tagger, _ in _packages:
        if priority >= _BUILT_IN and (tag := tagger(storage)):
            return tag
    raise RuntimeError(f"don't know how to determine data location of {type(storage).__name__}")


def default_restore_location(model: TensorModel, storage: Any, location: str) -> Any:
    """The storage on the device that `location` names. RuntimeError where nothing serves that name, or it is not usable here."""
    for before in (True, False):
        for priority, _, deserializer in _packages:
            if (priority < _BUILT_IN) is before and (result := deserializer(storage, location)) is not None:
                return result
        if before and (result := model.storage_to(storage, location)) is not None:
            return result
    raise RuntimeError(
        f"don't know how to restore data location of {type(storage).__name__} (tagged with {location}); pass map_location='cpu', "
        "or register_package for that device"
    )


def is_meta(map_location: Any) -> bool:
    """Whether everything goes to the meta device, so that no storage needs to be read."""
    return not callable(map_location) and not isinstance(map_location, dict) and _text(map_location) == "meta"


def _text(location: Any) -> str:
    return location.decode() if isinstance(location, bytes) else str(location)


def restorer(model: TensorModel, map_location: Any) -> Restore:
    """The function (storage on the CPU, tag) -> storage where it belongs.

    Args:
        map_location: None (the tag), a string or device (everything there), a dict (tag to tag), or a callable
            (storage, tag) -> storage or None (the tag).
    """

    def where_it_was(storage: Any, location: str) -> Any:
        try:
            return default_restore_location(model, storage, location)
        except RuntimeError as error:  # the tag is the file's, so the error says where in the file
            raise RefusedError(str(error)) from None

    if map_location is None:
        return where_it_was
    if isinstance(map_location, dict):
        return lambda storage, location: (
            default_restore_location(model, storage, _text(map_location[location]))
            if location in map_location
            else where_it_was(storage, location)
        )
    if not callable(map_location):
        if not isinstance(map_location, (str, bytes, model.Device)):
            raise TypeError(
                f"map_location: expected None, a device or its name, a dict of names or a function, got {type(map_location).__name__}"
            )
        return lambda storage, location: default_restore_location(model, storage, _text(map_location))

    def restore(storage: Any, location: str) -> Any:
        placed = map_location(storage, location)
        return where_it_was(storage, location) if placed is None else placed

    return restore
