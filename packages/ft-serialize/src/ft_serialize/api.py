"""torch.save, torch.load and their kin over FrankenTorch's tensors: torch's signatures, and nothing else.

The work is in `torch_file.py`, which knows no tensors; this module adds the tensor model, torch's argument checks and its
environment variables' meaning (there are none here: what a file may do is not chosen by the environment).
"""

from __future__ import annotations

import os
import warnings
from typing import Any

from ft_core.keys import HARDENED
from ft_core.state import TL

from . import rebuild
from .locations import default_restore_location as _restore
from .locations import location_tag as _tag
from .options import load_settings
from .torch_file import load_with, save_with, unsafe_globals

__all__ = ["default_restore_location", "get_unsafe_globals_in_checkpoint", "load", "location_tag", "save"]

_NEWEST_PROTOCOL = 5
_UNPICKLER = {"errors", "fix_imports", "buffers"}


def save(
    obj: object,
    f: str | os.PathLike[str] | Any,
    pickle_module: Any = None,
    pickle_protocol: int = 2,
    _use_new_zipfile_serialization: bool = True,
    _disable_byteorder_record: bool = False,
) -> None:
    """Write an object to a file that `load` and torch.load read; tensors that share memory share it after loading.

    A path holds the old file or the new one at any moment, whatever happens to the process or the power.

    Args:
        obj: tensors, storages, containers, numbers, text, dtypes and whatever pickles itself by name.
        f: a path, or a file object with `write`.
        pickle_module: accepted for torch's sake; the format is the same whatever module is named.
        pickle_protocol: accepted for torch's sake, ValueError where pickle has no such protocol; it is always 2 that is written, the only
            one that all weights-only readers accept.

    Raises: PicklingError for an object that has no name; RuntimeError where one memory is saved under two dtypes.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.save.html
    """
    if pickle_protocol > _NEWEST_PROTOCOL:
        raise ValueError(f"pickle protocol must be <= {_NEWEST_PROTOCOL}; got {pickle_protocol}")
    save_with(rebuild, obj, f, zip_format=_use_new_zipfile_serialization, byteorder_record=not _disable_byteorder_record)


def load(
    f: str | os.PathLike[str] | Any,
    map_location: Any = None,
    pickle_module: Any = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
    verify: bool | None = None,
    **pickle_load_args: Any,
) -> Any:
    """Read what `save` or torch.save wrote; or, by its path, a file of any other format. Nothing in the file is executed.

    Args:
        f: a path, a bytes-like object, or a seekable file object.
        map_location: where storages go: None (where they were saved from), a device or string, a dict from tag to tag, or a
            callable (storage on the CPU, tag) -> storage or None.
        pickle_module: the module whose Unpickler runs the file, which may execute anything; not beside `weights_only=True`.
        weights_only: True by default. False alone changes nothing but the advice in errors: see the module's text.
        mmap: map the file instead of reading it (zip format, path only); storages are read when they are used. By default what
            `torch.utils.serialization.config.load.mmap` says, False.
        verify: whether to check the hashes or checksums of all tensors first. By default those of small files, and of all files in
            hardened mode; torch never checks them, and takes damaged weights for good.
        pickle_load_args: `encoding`, and beside `pickle_module` what its Unpickler takes; TypeError for any other name.
        encoding: how Python 2 byte strings are decoded, "utf-8"; "latin1" or "bytes" for old files.

    Raises: ft_serialize.CheckpointError (a RuntimeError and an UnpicklingError) with file, record and byte for a file that is damaged, forged
        or names what is not allowed. Source: https://docs.pytorch.org/docs/stable/generated/torch.load.html
    """
    safe = pickle_module is None if weights_only is None else bool(weights_only)
    if safe and pickle_module is not None:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    if verify is None and TL.st.bits & HARDENED:
        verify = True
    encoding = pickle_load_args.pop("encoding", "utf-8")
    if safe and pickle_load_args:
        warnings.warn("pickle_load_args only works if `weights_only=False`.", stacklevel=2)
    for unknown in pickle_load_args.keys() - (set() if safe else _UNPICKLER):
        raise TypeError(f"load: {unknown!r} is an invalid keyword argument for Unpickler()")
    mmap = load_settings.mmap if mmap is None else mmap
    if isinstance(f, (str, os.PathLike)) and pickle_module is None and (name := _other_format(os.fsdecode(f))) is not None:
        from .tensors import open_tensors

        with open_tensors(f, format=name, map_location=map_location, mmap=bool(mmap)) as file:
            if verify:
                file.document.verify()
            return file.tree()
    return load_with(
        rebuild,
        f,
        map_location,
        mmap=bool(mmap),
        encoding=encoding,
        pickle_module=pickle_module,
        pickle_args=pickle_load_args,
        verify=verify,
    )


def _other_format(path: str) -> str | None:
    """The name of a file's format where it is not torch's own; None where it is, or is unknown."""
    with open(path, "rb") as file:
        head = file.read(64)
    if head[:2] in (b"PK", b"\x80\x02") and not path.lower().endswith(".npz"):
        return None
    from .formats import format_of

    found = format_of(path, head)
    return None if found is None or found.name == "pt" else found.name


def get_unsafe_globals_in_checkpoint(f: str | os.PathLike[str] | Any) -> list[str]:
    """The globals that a zip checkpoint names and that are not allowed, without reading more of it than its pickle.

    Raises: ValueError for a file that is no zip checkpoint of torch.save. Source: torch.serialization.
    """
    return unsafe_globals(rebuild, f)


def location_tag(storage: Any) -> str:
    """The tag under which a storage is saved: `cpu`, `cuda:0`. Source: torch.serialization.location_tag."""
    return _tag(rebuild, storage)


def default_restore_location(storage: Any, location: str) -> Any:
    """The storage on the device a tag names; RuntimeError where nothing serves it. Source: torch.serialization."""
    return _restore(rebuild, storage, location)
