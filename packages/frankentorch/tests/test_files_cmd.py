"""convert, inspect and scrub as they are typed: what is printed, what is written, and the exit status."""

import os
import pickle
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

import frankentorch as torch
from frankentorch import cli


def table():
    return {"weight": torch.arange(128.0).reshape(2, 64), "bias": torch.ones(3, dtype=torch.bfloat16)}


@pytest.fixture
def saved(tmp_path):
    torch.save(table(), tmp_path / "a.pt")
    return tmp_path / "a.pt"


def said(capsys):
    """What was printed, with the line breaks of a narrow terminal undone."""
    out, err = capsys.readouterr()
    return " ".join(out.split()), " ".join(err.split())


@pytest.mark.parametrize("suffix", ["safetensors", "ftck", "npz", "gguf", "msgpack", "pt", "safetensors.index.json"])
def test_convert_writes_what_load_reads(saved, tmp_path, capsys, suffix):
    target = tmp_path / f"b.{suffix}"
    assert cli.main(["convert", str(saved), str(target)]) == 0
    out, err = said(capsys)
    assert out.endswith(f"{target}: 2 tensors".replace("  ", " ")) or "2 tensors" in out
    assert "528" in err or "518" in err  # bytes, on the progress bar
    found = torch.load(target)
    for name, value in table().items():
        assert found[name].dtype is value.dtype
        assert found[name].tolist() == value.tolist()


def test_convert_takes_encodings_sizes_and_formats(saved, tmp_path, capsys):
    assert cli.main(["convert", str(saved), str(tmp_path / "q.gguf"), "--encoding", "Q8_0"]) == 0
    assert cli.main(["inspect", str(tmp_path / "q.gguf")]) == 0
    assert "Q8_0" in said(capsys)[0]
    assert cli.main(["convert", str(saved), str(tmp_path / "s.safetensors.index.json"), "--shard-size", "100B"]) == 0
    assert len(list(tmp_path.glob("s-*.safetensors"))) == 2
    os.rename(saved, tmp_path / "nameless")
    assert cli.main(["convert", str(tmp_path / "nameless"), str(tmp_path / "other"), "--from", "pt", "--to", "npz"]) == 0
    with np.load(tmp_path / "other") as archive:
        assert archive["weight"].shape == (2, 64)
    with pytest.raises(SystemExit):
        cli.main(["convert", "a", "b", "--shard-size", "many"])


class Payload:
    def __reduce__(self):
        return os.system, ("echo executed",)


@pytest.mark.parametrize("protocol", [2, 4])
def test_unsafe_files_are_described_and_never_converted(tmp_path, capsys, protocol):
    (tmp_path / "bad.pt").write_bytes(pickle.dumps(Payload(), protocol=protocol))
    assert cli.main(["inspect", str(tmp_path / "bad.pt")]) == 1
    out, _ = said(capsys)
    assert ("unsafe: it names posix.system" if protocol == 2 else "unreadable:") in out
    assert cli.main(["convert", str(tmp_path / "bad.pt"), str(tmp_path / "b.ftck")]) == 1
    assert "bad.pt" in said(capsys)[1]
    assert os.listdir(tmp_path) == ["bad.pt"]


def test_inspect_prints_a_row_for_each_tensor(saved, tmp_path, capsys):
    torch.save({"model": table(), "epoch": 3}, saved)
    assert cli.main(["inspect", str(saved)]) == 0
    out, _ = said(capsys)
    assert "model.weight float32 2 × 64 512 B" in out
    assert "model.bias bfloat16 3 6 B" in out
    assert "safe: nothing in it is executed" in out
    (tmp_path / "junk").write_bytes(b"junk")
    assert cli.main(["inspect", str(tmp_path / "junk")]) == 1
    assert "unreadable" in said(capsys)[0]


def test_scrub_verifies_protects_repairs_and_proves(saved, tmp_path, capsys):
    target = tmp_path / "a.ftck"
    cli.main(["convert", str(saved), str(target)])
    assert cli.main(["scrub", str(target)]) == 0
    assert "no sidecar" in said(capsys)[0]
    assert cli.main(["scrub", str(target), "--protect", "0.2"]) == 0
    sound = target.read_bytes()
    target.write_bytes(sound[:100] + bytes(50) + sound[150:])
    assert cli.main(["scrub", str(target), "--check"]) == 1
    assert cli.main(["scrub", str(target), "--protect"]) == 1
    assert "must not be protected" in said(capsys)[1]
    assert cli.main(["scrub", str(target)]) == 0
    assert target.read_bytes() == sound
    assert cli.main(["scrub", "--verify-proof", str(target) + ".proof.json"]) == 0
    assert "decode again to the same bytes" in said(capsys)[0]
    target.write_bytes(b"\xff" * len(sound))
    assert cli.main(["scrub", str(target), str(saved)]) == 1
    out, _ = said(capsys)
    assert "damaged:" in out
    assert "sound:" in out


@pytest.mark.parametrize("command", [["convert", "none.pt", "b.ftck"], ["inspect", "none.pt"], ["scrub", "none.pt"]])
def test_a_missing_file_is_one_sentence(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert cli.main(command) == 1
    error = said(capsys)[1]
    assert error.startswith(f"frankentorch {command[0]}: [Errno 2] No such file or directory")
    assert error.endswith("none.pt'")


def test_the_library_does_not_load_what_only_the_commands_need():
    code = "import sys, frankentorch; print([m for m in ('rich', 'msgpack', 'gguf', 'raptorq', 'ft_serialize.formats') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize(("start", "goal"), [("safetensors", "ftck"), ("ftck", "pt"), ("pt", "npz"), ("npz", "safetensors")])
def test_converting_holds_little_in_memory(tmp_path, start, goal):
    from ft_serialize import convert, write_tensors

    first = tmp_path / f"a.{start}"
    write_tensors(first, {f"w{i}": torch.zeros(16 << 20) for i in range(4)})  # 256 MB
    tracemalloc.start()
    try:
        convert(first, tmp_path / f"b.{goal}")
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()
