"""Files for FrankenTorch: torch's own format and the others that people keep tensors in, read without executing anything.

`save` and `load` are torch's, with torch.serialization's functions around them. `read_tensors`, `write_tensors` and `open_tensors` serve
every format; `save_checkpoint`, `load_checkpoint` and `CheckpointManager` are for files that must survive, `protect` and `scrub` too.
What torch has is imported with the package, the rest when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .allow_list import add_safe_globals, clear_safe_globals, get_safe_globals, safe_globals
from .api import default_restore_location, get_unsafe_globals_in_checkpoint, load, location_tag, save
from .errors import CheckpointError
from .locations import register_package
from .options import (
    LoadEndianness,
    get_crc32_options,
    get_default_load_endianness,
    get_default_mmap_options,
    set_crc32_options,
    set_default_load_endianness,
    set_default_mmap_options,
    skip_data,
)

if TYPE_CHECKING:
    from .conversion import convert
    from .formats import Document, Format, TensorSpec, all_formats
    from .ftck_file import load_checkpoint, save_checkpoint
    from .inspection import inspect_file
    from .manager import CheckpointManager
    from .repair import protect
    from .safetensors_shards import save_sharded
    from .scrubbing import scrub, verify_proof
    from .tensors import open_tensors, read_tensors, write_tensors
    from .torch_records import PyTorchFileReader, PyTorchFileWriter

__all__ = [
    "CheckpointError",
    "CheckpointManager",
    "Document",
    "Format",
    "LoadEndianness",
    "PyTorchFileReader",
    "PyTorchFileWriter",
    "TensorSpec",
    "add_safe_globals",
    "all_formats",
    "clear_safe_globals",
    "convert",
    "default_restore_location",
    "get_crc32_options",
    "get_default_load_endianness",
    "get_default_mmap_options",
    "get_safe_globals",
    "get_unsafe_globals_in_checkpoint",
    "inspect_file",
    "load",
    "load_checkpoint",
    "location_tag",
    "open_tensors",
    "protect",
    "read_tensors",
    "register_package",
    "safe_globals",
    "save",
    "save_checkpoint",
    "save_sharded",
    "scrub",
    "set_crc32_options",
    "set_default_load_endianness",
    "set_default_mmap_options",
    "skip_data",
    "verify_proof",
    "write_tensors",
]

_LATER = {
    "CheckpointManager": "manager",
    "Document": "formats",
    "Format": "formats",
    "TensorSpec": "formats",
    "convert": "conversion",
    "PyTorchFileReader": "torch_records",
    "PyTorchFileWriter": "torch_records",
    "all_formats": "formats",
    "inspect_file": "inspection",
    "load_checkpoint": "ftck_file",
    "open_tensors": "tensors",
    "protect": "repair",
    "read_tensors": "tensors",
    "save_checkpoint": "ftck_file",
    "save_sharded": "safetensors_shards",
    "scrub": "scrubbing",
    "verify_proof": "scrubbing",
    "write_tensors": "tensors",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f".{_LATER[name]}", __name__), name)
    return found
