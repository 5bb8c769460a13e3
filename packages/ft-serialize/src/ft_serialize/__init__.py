"""Files for FrankenTorch: torch's own format, read without executing anything and written byte for byte as torch writes it.

The door is `save` and `load`, with torch's signatures, and torch.serialization's functions around them.
"""

from .allow_list import add_safe_globals, clear_safe_globals, get_safe_globals, safe_globals
from .api import default_restore_location, get_unsafe_globals_in_checkpoint, load, location_tag, save
from .errors import CheckpointError
from .locations import register_package
from .model import LoadedStorage
from .options import (
    LoadEndianness,
    get_crc32_options,
    get_default_load_endianness,
    get_default_mmap_options,
    set_crc32_options,
    set_default_load_endianness,
    set_default_mmap_options,
)

__all__ = [
    "CheckpointError",
    "LoadEndianness",
    "LoadedStorage",
    "add_safe_globals",
    "clear_safe_globals",
    "default_restore_location",
    "get_crc32_options",
    "get_default_load_endianness",
    "get_default_mmap_options",
    "get_safe_globals",
    "get_unsafe_globals_in_checkpoint",
    "load",
    "location_tag",
    "register_package",
    "safe_globals",
    "save",
    "set_crc32_options",
    "set_default_load_endianness",
    "set_default_mmap_options",
]
