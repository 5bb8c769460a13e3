"""Every argument of save and load, and the settings behind them, each asked as torch is asked: the outcome must be of one kind."""

from __future__ import annotations

import gzip
import io
import mmap
import os
import pickle
import struct
import warnings
import zipfile
from typing import Any

import pytest
from serialize_tables import torch as ft

import ft_serialize
from ft_serialize import CheckpointError, LoadEndianness, options
from ft_serialize.errors import EmptyFileError
from ft_serialize.options import load_settings, patch, save_settings


class Ours:
    """What a program sees of FrankenTorch here."""

    ones, load, save, serialization = ft.ones, staticmethod(ft_serialize.load), staticmethod(ft_serialize.save), ft_serialize


def saved(torch: Any, obj: Any = None, **how: Any) -> io.BytesIO:
    out = io.BytesIO()
    torch.save(torch.ones(2) if obj is None else obj, out, **how)
    out.seek(0)
    return out


def appended(torch: Any) -> list[Any]:
    """What a program reads that appended to one file until it ends."""
    stream, found = io.BytesIO(), []
    for i in range(3):
        torch.save([i], stream, _use_new_zipfile_serialization=False)
    stream.seek(0)
    while True:
        try:
            found.append(torch.load(stream))
        except EOFError:
            return found


def closed() -> Any:
    with open(os.devnull, "wb") as file:
        return file


def skipping(torch: Any, **how: Any) -> Any:
    with torch.serialization.skip_data():
        return torch.load(saved(torch, **how)).shape


PROGRAMS = {
    "until the end": appended,
    "no bytes": lambda torch: torch.load(io.BytesIO()),
    "at its end": lambda torch: torch.load(io.BytesIO(b"")),
    "a number as place": lambda torch: torch.load(saved(torch), map_location=3),
    "no such place": lambda torch: torch.load(saved(torch), map_location="nowhere"),
    "all is well with a module": lambda torch: torch.load(saved(torch), pickle_module=pickle).tolist(),
    "a module and a promise": lambda torch: torch.load(saved(torch), pickle_module=pickle, weights_only=True),
    "a module's own arguments": lambda torch: torch.load(saved(torch), pickle_module=pickle, errors="strict").tolist(),
    "an argument nobody has": lambda torch: torch.load(saved(torch), weights_only=False, other=1),
    "an argument nobody has, safely": lambda torch: torch.load(saved(torch), other=1),
    "protocol 3": lambda torch: torch.load(saved(torch, pickle_protocol=3)).tolist(),
    "protocol 5": lambda torch: torch.load(saved(torch, pickle_protocol=5), weights_only=False).tolist(),
    "protocol 6": lambda torch: saved(torch, pickle_protocol=6),
    "the newest protocol": lambda torch: torch.load(saved(torch, pickle_protocol=-1), weights_only=False).tolist(),
    "no folder": lambda torch: torch.save([1], "no/such/folder/a.pt"),
    "a folder": lambda torch: torch.save([1], "."),
    "nowhere": lambda torch: torch.save([1], ""),
    "a number": lambda torch: torch.save([1], 3),
    "None": lambda torch: torch.save([1], None),
    "a closed file": lambda torch: torch.save([1], closed()),
    "skipped": skipping,
    "skipped in the old format": lambda torch: skipping(torch, _use_new_zipfile_serialization=False),
    "an open file that is mapped": lambda torch: torch.load(saved(torch), mmap=True),
    "what is no file": lambda torch: torch.load(3),
}


def outcome(torch: Any, program: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return program(torch)
        except Exception as error:  # noqa: BLE001  # both sides must agree on its kind
            return error


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_arguments_do_what_they_do_in_torch(name):
    import torch

    theirs, ours = (outcome(side, PROGRAMS[name]) for side in (torch, Ours))
    if isinstance(theirs, Exception):
        assert isinstance(ours, next(kind for kind in type(theirs).__mro__ if kind.__module__ in ("builtins", "_pickle"))), ours
    else:
        assert ours == theirs


def test_where_nothing_is_both_kinds_of_error_are_raised():
    with pytest.raises(EmptyFileError, match="without a byte or at its end; save it again") as caught:
        ft_serialize.load(io.BytesIO())
    assert isinstance(caught.value, EOFError)
    assert isinstance(caught.value, CheckpointError)
    with pytest.raises(RuntimeError, match="Parent directory no/such does not exist") as missing:
        ft_serialize.save([1], "no/such/a.pt")
    assert isinstance(missing.value, FileNotFoundError)
    assert missing.value.filename == "no/such/a.pt"


def test_gzip_is_recognised(tmp_path):
    with gzip.open(tmp_path / "a.gz", "wb") as file:
        ft_serialize.save(ft.ones(2), file)
    with pytest.raises(CheckpointError, match=r"compressed by gzip; unpack it, or load what `gzip\.open` gives"):
        ft_serialize.load(tmp_path / "a.gz")
    with gzip.open(tmp_path / "a.gz") as file:
        assert ft_serialize.load(file).tolist() == [1, 1]


def test_what_was_written_in_place_is_loaded_unverified(tmp_path):
    path = tmp_path / "a.pt"
    ft_serialize.save(ft.ones(2), path)
    with options.set_default_mmap_options(mmap.MAP_SHARED):
        ft_serialize.load(path, mmap=True)[0] = 9
    with pytest.raises(CheckpointError, match=r"written to in place .*: load it with verify=False"):
        ft_serialize.load(path)
    assert ft_serialize.load(path, verify=False).tolist() == [9, 1]


# -- settings ----------------------------------------------------------------------------------------------------------------


def places(data: bytes) -> list[int]:
    """Where the records of an archive begin."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        heads = [info.header_offset for info in z.infolist()]
    return [at + 30 + sum(struct.unpack_from("<HH", data, at + 26)) for at in heads]


@pytest.mark.oracle
@pytest.mark.parametrize("alignment", [1, 64, 100, 4096])
def test_records_are_aligned_as_torch_aligns_them(alignment):
    import torch
    from torch.utils.serialization import config

    with config.patch("save.storage_alignment", alignment):
        theirs = saved(torch).getvalue()
    with patch("save.storage_alignment", alignment):
        ours = saved(Ours).getvalue()
    assert places(ours) == places(theirs)
    assert all(place % alignment == 0 for place in places(ours))
    assert torch.load(io.BytesIO(ours)).tolist() == ft_serialize.load(io.BytesIO(theirs)).tolist() == [1, 1]
    assert places(saved(Ours).getvalue()) == places(saved(torch).getvalue())


@pytest.mark.parametrize("alignment", [0, -64, 1 << 16, 64.0, None])
def test_alignments_that_no_archive_has_are_refused(alignment):
    with patch({"save.storage_alignment": alignment}), pytest.raises(ValueError, match="storage_alignment: expected an int from 1"):
        saved(Ours)
    assert save_settings.storage_alignment == 64


def test_settings_hold_for_a_block_and_stand_behind_the_functions(tmp_path):
    ft_serialize.save(ft.ones(2), tmp_path / "a.pt")
    with patch({"load.mmap": True, "load.endianness": LoadEndianness.BIG, "save.compute_crc32": False}):
        assert (options.get_default_load_endianness(), options.get_crc32_options()) == (LoadEndianness.BIG, False)
        with pytest.raises(ValueError, match="must be a file path"):
            ft_serialize.load(saved(Ours))
        assert ft_serialize.load(tmp_path / "a.pt").tolist() == [1, 1]
    assert (load_settings.mmap, load_settings.endianness, save_settings.compute_crc32) == (False, None, True)
    with options.set_default_mmap_options(mmap.MAP_SHARED):
        assert load_settings.mmap_flags == mmap.MAP_SHARED


@pytest.mark.parametrize("name", ["load.other", "other.mmap", "mmap", "load._name"])
def test_settings_that_do_not_exist_are_refused_before_any_is_changed(name):
    with pytest.raises(AttributeError, match="does not exist"), patch({"load.mmap": True, name: 1}):
        pass
    assert load_settings.mmap is False
    with pytest.raises(AttributeError, match=r"torch\.utils\.serialization\.config\.load\.other does not exist"):
        load_settings.other = 1
