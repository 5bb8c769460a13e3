"""Files that real torch wrote are read exactly, and written again byte for byte."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from serialize_describe import describe, standin_tensor
from serialize_standin import MODEL

from ft_serialize.torch_file import load_with, save_with

DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text())
ZIPS = [name for name in EXPECTED if not name.startswith("legacy")]


def description(obj):
    return json.loads(json.dumps(describe(obj, standin_tensor)))


def test_there_are_fixtures_of_both_formats():
    assert len(ZIPS) >= 15
    assert len(EXPECTED) - len(ZIPS) >= 15
    assert {p.stem for p in DATA.glob("*.pt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_fixture_is_read_exactly(name):
    assert description(load_with(MODEL, DATA / f"{name}.pt")) == EXPECTED[name]


@pytest.mark.parametrize("name", ZIPS)
def test_mapped_fixture_is_read_exactly(name):
    assert description(load_with(MODEL, DATA / f"{name}.pt", mmap=True)) == EXPECTED[name]


@pytest.mark.parametrize("name", ZIPS)
def test_rewritten_fixture_has_the_same_bytes(name, tmp_path):
    path = tmp_path / f"{name}.pt"
    save_with(MODEL, load_with(MODEL, DATA / f"{name}.pt"), path)
    theirs, ours = ((zipfile.ZipFile(p), p.read_bytes()) for p in (DATA / f"{name}.pt", path))
    assert ours[0].testzip() is None
    assert ours[0].read(f"{name}/data.pkl") == theirs[0].read(f"{name}/data.pkl")
    identity = f"{name}/.data/serialization_id"
    for archive, raw in (theirs, ours):
        assert len(archive.read(identity)) == 40
        assert len(raw) == len(theirs[1])
    assert blanked(*ours, identity) == blanked(*theirs, identity)


def blanked(archive: zipfile.ZipFile, raw: bytes, identity: str) -> bytes:
    """The file without the serialization id, whose digits are free, and its checksum."""
    crc = archive.getinfo(identity).CRC.to_bytes(4, "little")
    return raw.replace(archive.read(identity), b"").replace(crc, b"")


@pytest.mark.parametrize("name", EXPECTED)
def test_both_formats_round_trip(name):
    loaded = load_with(MODEL, DATA / f"{name}.pt")
    for zip_format in (True, False):
        buffer = io.BytesIO()
        save_with(MODEL, loaded, buffer, zip_format=zip_format)
        buffer.seek(0)
        assert description(load_with(MODEL, buffer)) == EXPECTED[name]


def test_any_file_name_is_written_and_read(tmp_path):
    for name in ("a.b.c", "no_suffix", "grüße.pt", "with space.pt", ".hidden"):
        path = tmp_path / name
        save_with(MODEL, [1], path)
        moved = tmp_path / "moved"
        shutil.move(path, moved)
        assert load_with(MODEL, moved) == [1]
