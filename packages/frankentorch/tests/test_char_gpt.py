"""The demo's script: what it leaves behind, and that it trains as it does with the torch it was written for."""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "src" / "frankentorch" / "examples" / "char_gpt.py"


def train(cwd, *command, steps, seed=0):
    """Run the script and return what it logged and printed."""
    options = ["--steps", str(steps), "--seed", str(seed), "--out", "out", "--length", "40", "--log-losses", "losses.json"]
    cwd.mkdir(exist_ok=True)
    done = subprocess.run([*command, str(SCRIPT), *options], cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads((cwd / "losses.json").read_text()), done.stdout


def ours(cwd, **options):
    return train(cwd, sys.executable, "-m", "frankentorch", "run", **options)


def picture(path):
    """Width, height and rows of RGB bytes of a PNG; every checksum is verified."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (3 * width + 1)
    return width, height, [raw[y * (3 * width + 1) + 1 : (y + 1) * (3 * width + 1)] for y in range(height)]


def test_run_leaves_log_checkpoint_and_picture(tmp_path):
    log, printed = ours(tmp_path / "run", steps=4)
    assert len(log["losses"]) == 4
    assert log["losses"][0] == pytest.approx(4.66, abs=0.1)  # about log(103): nothing is known yet
    assert len(log["weights_sha256"]) == 64
    assert "step 4/4" in printed
    width, height, rows = picture(tmp_path / "run" / "out" / "char_gpt.png")
    assert (width, height, len(rows)) == (720, 420, 420)
    colours = {row[i : i + 3] for row in rows for i in range(0, len(row), 3)}
    assert {bytes((31, 90, 180)), bytes((170, 198, 232)), bytes((20, 20, 20)), b"\xff\xff\xff"} <= colours


def test_same_seed_gives_the_same_run_and_another_another(tmp_path):
    first, _ = ours(tmp_path / "a", steps=2)
    again, _ = ours(tmp_path / "b", steps=2)
    other, _ = ours(tmp_path / "c", steps=2, seed=1)
    assert (again["weights_sha256"], again["losses"]) == (first["weights_sha256"], first["losses"])
    assert other["weights_sha256"] != first["weights_sha256"]


@pytest.mark.oracle
def test_training_follows_torch_step_by_step(tmp_path):
    mine, _ = ours(tmp_path / "ours", steps=50)
    theirs, _ = train(tmp_path / "torch", sys.executable, steps=50)
    assert theirs["torch"].startswith("2.13.0")
    assert mine["weights_sha256"] == theirs["weights_sha256"]
    # Same batches and dropout masks: only the order of float32 sums differs, about 1e-6 a step.
    assert mine["losses"] == pytest.approx(theirs["losses"], rel=2e-4)
