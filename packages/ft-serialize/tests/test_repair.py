"""Sidecars: damage up to the overhead is undone and proved, more is said, and no pattern of damage ever gives wrong bytes."""

import hashlib
import json
import os
import random
import struct
import sys
import tracemalloc
from pathlib import Path

import msgpack
import numpy as np
import pytest
from serialize_tables import tensor

from ft_serialize import CheckpointError, load_checkpoint, protect, save_checkpoint, scrub, verify_proof
from ft_serialize.fountain import _columns, decode, encode, symbol_size
from ft_serialize.repair import Sidecar, sidecar_path


def noise(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, count, np.uint8)


def protected(tmp_path, count, overhead=0.1, name="data.bin"):
    data, path = noise(count), tmp_path / name
    data.tofile(path)
    protect(path, overhead)
    return data, path


@pytest.mark.parametrize("count", [1, 63, 64, 100, 5000, 300_000, 1_500_001])
def test_a_hole_of_eight_percent_is_undone_anywhere(tmp_path, count):
    data, path = protected(tmp_path, count)
    size = max(1, count * 8 // 100)
    for start in (0, count // 3, count - size):
        broken = data.copy()
        broken[start : start + size] ^= 0xFF
        broken.tofile(path)
        report = scrub(path)
        assert (report.status, report.fine) == ("repaired", True)
        assert path.read_bytes() == data.tobytes()
        assert "decode again to the same bytes" in verify_proof(report.proof)
    assert scrub(path).status == "sound"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one hole", "sectors", "two holes"])
def test_eight_percent_of_64_megabytes_is_undone_with_ten_percent(tmp_path, kind):
    count = 64 << 20
    data, path = protected(tmp_path, count)
    assert os.path.getsize(sidecar_path(path)) < count * 0.11
    broken, rng = data.copy(), np.random.default_rng(5)
    if kind == "sectors":
        for sector in rng.choice(count // 4096, int(count // 4096 * 0.08), replace=False):
            broken[sector * 4096 : (sector + 1) * 4096] = 0
    else:
        for start in (0, count // 2)[: 1 if kind == "one hole" else 2]:
            size = int(count * 0.08) // (1 if kind == "one hole" else 2)
            broken[start + 1234 : start + 1234 + size] = rng.integers(0, 256, size, np.uint8)
    assert (broken != data).mean() > 0.075
    broken.tofile(path)
    report = scrub(path)
    assert report.status == "repaired", report.detail
    assert np.array_equal(np.fromfile(path, np.uint8), data)
    verify_proof(report.proof)


def hurt(rng, data):
    """Damage of a random kind and extent: bits, runs, zeros, swapped parts, cuts and surplus."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not out:
            break
        at = rng.randrange(len(out))
        size = rng.choice((1, 1, 7, 64, 500, 4000))
        kind = rng.randrange(6)
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at : at + size] = rng.randbytes(len(out[at : at + size]))
        elif kind == 2:
            out[at : at + size] = bytes(len(out[at : at + size]))
        elif kind == 3:
            other = rng.randrange(len(out))
            out[at : at + size] = out[other : other + len(out[at : at + size])][: len(out[at : at + size])]
        elif kind == 4:
            del out[rng.choice((at, max(0, len(out) - size))) :]
        else:
            out += rng.randbytes(size)
    return bytes(out)


@pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_patterns_of_damage_never_give_wrong_bytes(tmp_path, rounds):
    data, path = protected(tmp_path, 40_000)
    sound, sidecar, rng = data.tobytes(), (tmp_path / "data.bin.repair").read_bytes(), random.Random(20260101)
    outcomes = {"sound": 0, "repaired": 0, "damaged": 0}
    for _ in range(rounds):
        broken = hurt(rng, sound)
        path.write_bytes(broken)
        (tmp_path / "data.bin.repair").write_bytes(hurt(rng, sidecar) if rng.random() < 0.3 else sidecar)
        report = scrub(path)
        after = path.read_bytes()
        outcomes[report.status] += 1
        assert after == (broken if report.status == "damaged" else sound)
        if report.status == "repaired":
            verify_proof(report.proof)
    assert outcomes["repaired"] > 0.3 * rounds
    assert outcomes["damaged"] > 0.1 * rounds


def test_too_much_damage_is_said_with_numbers_and_nothing_changed(tmp_path):
    data, path = protected(tmp_path, 300_000)
    broken = data.copy()
    broken[:60_000] = 0
    broken.tofile(path)
    report = scrub(path)
    assert (report.status, report.fine) == ("damaged", False)
    assert "59 of 293 symbols are lost and 32 repair symbols are left" in report.detail
    assert path.read_bytes() == broken.tobytes()


def test_check_changes_nothing(tmp_path):
    data, path = protected(tmp_path, 10_000)
    broken = data.copy()
    broken[5] ^= 1
    broken.tofile(path)
    report = scrub(path, repair=False)
    assert report.status == "damaged"
    assert "1 of 157 symbols" in report.detail
    assert path.read_bytes() == broken.tobytes()


def test_a_damaged_sidecar_still_serves_with_what_is_left(tmp_path):
    data, path = protected(tmp_path, 100_000, 0.2)
    raw = bytearray((tmp_path / "data.bin.repair").read_bytes())
    raw[:3000] = bytes(3000)  # the first copy of the header
    raw[len(raw) // 2] ^= 1  # and a packet
    (tmp_path / "data.bin.repair").write_bytes(raw)
    assert "1 repair symbols of its sidecar are damaged" in scrub(path).detail
    broken = data.copy()
    broken[50_000:55_000] = 0
    broken.tofile(path)
    assert scrub(path).status == "repaired"
    raw[-3000:] = bytes(3000)
    (tmp_path / "data.bin.repair").write_bytes(raw)
    assert "neither copy" in scrub(path).detail


HONEST = {"version": 1, "size": 64, "sha256": bytes(32), "symbol": 64, "groups": 1, "repair": [0], "digests": bytes(16)}
FORGED = {
    "another version": {"version": 2},
    "an unknown field": {"run": "import os"},
    "packets without end": {"repair": [1 << 60]},
    "a negative number of packets": {"repair": [-1]},
    "groups that are not listed": {"groups": 1 << 40},
    "symbols of terabytes": {"symbol": 1 << 40, "size": 1 << 40},
    "symbols of nothing": {"symbol": 0},
    "a negative size": {"size": -64},
    "a size that the digests do not cover": {"size": 1 << 50},
    "a short hash": {"sha256": b""},
    "text for a size": {"size": "64"},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_sidecar_is_refused_and_the_file_left_alone(tmp_path, name):
    (tmp_path / "a").write_bytes(b"x" * 64)
    raw = msgpack.packb(HONEST | FORGED[name])
    block = hashlib.sha256(raw).digest() + raw
    length = struct.pack("<Q", len(block))
    (tmp_path / "a.repair").write_bytes(b"\x89FTRQ\r\n\x1a" + length + block + block + length + b"\x89FTRQ\r\n\x1a")
    report = scrub(tmp_path / "a")
    assert report.status == "damaged"
    assert "expected a sidecar" in report.detail or "contradict" in report.detail
    assert (tmp_path / "a").read_bytes() == b"x" * 64


def test_a_file_of_which_too_little_is_left_is_not_even_tried(tmp_path):
    data, path = protected(tmp_path, 300_000)
    path.write_bytes(data.tobytes()[:1000])
    assert "too few" in scrub(path).detail
    assert path.stat().st_size == 1000


def test_an_ftck_file_is_protected_as_it_is_saved(tmp_path):
    path = tmp_path / "a.ftck"
    weights = tensor(np.random.default_rng(1).standard_normal(20_000))
    save_checkpoint({"w": weights}, path, overhead=0.1)
    sound = path.read_bytes()
    for start in (0, 70, 5000):  # magic, header, payload
        broken = bytearray(sound)
        broken[start : start + 4000] = bytes(4000)
        path.write_bytes(broken)
        with pytest.raises(CheckpointError):
            load_checkpoint(path, verify=True)
        assert scrub(path).status == "repaired"
        assert load_checkpoint(path, verify=True)["w"].tolist() == weights.tolist()


def test_a_sidecar_of_an_older_state_does_not_undo_a_save(tmp_path):
    path = tmp_path / "a.ftck"
    same = tensor(np.arange(50_000.0))
    save_checkpoint({"same": same, "n": 1}, path, overhead=0.1)
    old = (tmp_path / "a.ftck.repair").read_bytes()
    save_checkpoint({"same": same, "n": 2}, path, overhead=0.1)
    (tmp_path / "a.ftck.repair").write_bytes(old)
    report = scrub(path)
    assert (report.status, "another state" in report.detail) == ("sound", True)
    assert load_checkpoint(path)["n"] == 2


def test_files_without_a_sidecar_are_verified_as_far_as_they_can_be(tmp_path):
    save_checkpoint({"w": tensor(np.ones(3000))}, tmp_path / "a.ftck")
    assert "no sidecar" in scrub(tmp_path / "a.ftck").detail
    data = bytearray((tmp_path / "a.ftck").read_bytes())
    data[-100] ^= 1
    (tmp_path / "a.ftck").write_bytes(data)
    assert scrub(tmp_path / "a.ftck").status == "damaged"
    from ft_serialize import write_tensors

    write_tensors(tmp_path / "a.safetensors", {"w": tensor(np.ones(3))})
    assert scrub(tmp_path / "a.safetensors").status == "unprotected"


@pytest.mark.parametrize("suffix", ["pt", "npz"])
def test_checksums_of_zip_files_are_scrubbed(tmp_path, suffix):
    from ft_serialize import write_tensors

    path = tmp_path / f"a.{suffix}"
    write_tensors(path, {"w": tensor(np.full(3000, 1.5)), "b": tensor(np.ones(3))})
    assert (scrub(path).status, "CRC-32" in scrub(path).detail) == ("sound", True)
    path.write_bytes(path.read_bytes().replace(np.full(9, 1.5).tobytes(), np.full(9, 2.5).tobytes(), 1))
    assert (scrub(path).status, "CRC-32" in scrub(path).detail) == ("damaged", True)


# -- proofs --------------------------------------------------------------------------------------------------------------


def proof_of(tmp_path):
    data, path = protected(tmp_path, 20_000)
    broken = data.copy()
    broken[1000:1500] = 0
    broken.tofile(path)
    return path, scrub(path).proof


def altered(proof, **changes):
    """The proof with other fields and a seal that fits them, as a forger would make it."""
    content = json.loads(Path(proof).read_text()) | changes
    del content["sha256_of_this"]
    seal = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    Path(proof).write_text(json.dumps(content | {"sha256_of_this": seal}))


def test_a_proof_says_what_was_wrong_and_when(tmp_path):
    _, proof = proof_of(tmp_path)
    content = json.loads(Path(proof).read_text())
    assert content["symbols"] == list(range(15, 24))
    assert content["root_before"] != content["root_after"]
    assert len(content["repair_symbols"]["0"]) == 34
    assert content["repaired_at"].endswith("Z")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"symbols": [15]}, "listed in order"),
        ({"symbols": list(range(15, 23)) + [10_000]}, "listed in order"),
        ({"digests_after": ["00" * 16] * 9}, "become what it is not"),
        ({"digests_before": ["00" * 16] * 9}, "root before"),
        ({"root_after": "00" * 32}, "root after"),
        ({"sidecar": "00" * 32}, "another one"),
        ({"sha256_after": "00" * 32}, "not what the repair left"),
        ({"file": "../data.bin"}, "elsewhere"),
        # found by fuzzing: these left as TypeError, ValueError, OSError
        ({"symbols": 15}, "the proof is forged"),
        ({"symbols": [15.0]}, "the proof is forged"),
        ({"digests_after": 7}, "the proof is forged"),
        ({"digests_before": ["0x" + "00" * 15] * 9}, "the proof is forged"),
        ({"file": "elsewhere.bin"}, "cannot be read"),
        ({"file": "x" * 300}, "cannot be read"),
        ({"file": "a\0b"}, "cannot be read"),
    ],
)
def test_a_forged_proof_does_not_hold(tmp_path, changes, reason):
    _, proof = proof_of(tmp_path)
    altered(proof, **changes)
    with pytest.raises(CheckpointError, match=reason):
        verify_proof(proof)


def test_a_proof_that_was_changed_or_outlived_is_refused(tmp_path):
    path, proof = proof_of(tmp_path)
    text = Path(proof).read_text()
    for content, reason in [
        (text.replace('Z"', 'X"'), "changed after"),
        ("[]", "JSON of a decode proof"),
        ("[" * 100_000, "JSON of"),
        (text.replace("{", '{"size": 1,', 1), "data.bin.proof.json: a key comes twice"),
    ]:
        Path(proof).write_text(content)
        with pytest.raises(CheckpointError, match=reason):
            verify_proof(proof)
    Path(proof).write_text(text)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CheckpointError, match="not what the repair left"):
        verify_proof(proof)


def test_a_proof_in_another_encoding_or_of_nothing_is_refused_in_little_memory(tmp_path):
    _, proof = proof_of(tmp_path)
    for content in (b"", b"\0\0\0[", Path(proof).read_text().encode("utf-16")):
        Path(proof).write_bytes(content)
        tracemalloc.start()
        with pytest.raises(CheckpointError, match="JSON of a decode proof"):
            verify_proof(proof)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1 << 20


@pytest.mark.parametrize(
    "number", [b"\x01\0\x01\x40", b"\0\0\0\x05", b"\xff\xff\xff\xff"]
)  # another block, a symbol of the file's own, ...
def test_a_packet_under_another_number_counts_as_damaged(tmp_path, number):
    _, path = protected(tmp_path, 20_000)
    place = tmp_path / "data.bin.repair"
    raw = place.read_bytes()
    sidecar = Sidecar(str(place))
    at, width = 16 + struct.unpack_from("<Q", raw, 8)[0], sidecar.symbol + 20
    body = number + raw[at + 4 : at + width - 16]
    place.write_bytes(raw[:at] + body + hashlib.sha256(body).digest()[:16] + raw[at + width :])
    assert Sidecar(str(place)).lost_packets() == 1
    path.write_bytes(path.read_bytes()[:-100])
    assert scrub(path).status == "repaired"


# -- the code itself -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "size"), [(1, 64), (10, 64), (100, 512), (1500, 8192), (3000, 4096)])
def test_symbols_are_runs_of_the_data_whatever_the_library_does_inside(count, size):
    symbols = noise(count * size, count).reshape(count, size)
    packets = encode(symbols, 12)
    assert len(packets) == 12
    good = np.ones(count, bool)
    good[:: max(1, count // 10)] = False
    assert np.array_equal(decode(np.where(good[:, None], symbols, 0), good, packets), symbols)
    assert decode(symbols, good, packets[: (~good).sum() - 1]) is None


def test_large_groups_are_interleaved_in_columns():
    assert len(_columns(16_384, 4096)) > 1  # else the test above would prove nothing for 64 MB
    assert [symbol_size(n) for n in (0, 16 << 10, 1 << 20, 1 << 30)] == [64, 64, 4096, 4096]


def test_several_groups_share_a_hole(tmp_path, monkeypatch):
    monkeypatch.setattr("ft_serialize.repair.MAX_GROUP", 100)
    data, path = protected(tmp_path, 200_000)
    assert Sidecar(sidecar_path(path)).groups == 4
    broken = data.copy()
    broken[100_000:116_000] = 0
    broken.tofile(path)
    assert scrub(path).status == "repaired"
    assert path.read_bytes() == data.tobytes()


def test_an_empty_file_is_protected_too(tmp_path):
    _, path = protected(tmp_path, 0)
    assert scrub(path).status == "sound"
    path.write_bytes(b"x")
    assert scrub(path).status == "repaired"
    assert path.read_bytes() == b""


def test_wrong_overheads_and_a_missing_library_are_told(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"abc")
    for overhead in (0, -1, 1.5, float("nan")):
        with pytest.raises(ValueError, match="overhead"):
            protect(tmp_path / "a", overhead)
    monkeypatch.setitem(sys.modules, "raptorq", None)
    with pytest.raises(CheckpointError, match=r"pip install ft-serialize\[repair\]"):
        protect(tmp_path / "a")
    assert os.listdir(tmp_path) == ["a"]
