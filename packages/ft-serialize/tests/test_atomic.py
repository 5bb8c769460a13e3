"""A save is killed at every call that reaches the disk, and in the middle of each write: the old file loads, or the new one."""

import os
import signal

import numpy as np
import pytest
from serialize_tables import tensor

from ft_serialize import CheckpointManager, atomic, load, load_checkpoint, read_tensors, save, save_checkpoint, scrub, write_tensors
from ft_serialize.atomic import Output, atomic_file, remove_leftovers

CALLS = ("open", "write", "fsync", "replace", "unlink", "close")


def killed_at(count, half, action):
    """Run `action` in a child process that dies at the `count`-th call to the system; whether it died.

    half: a write is carried out by half first, as when power fails in it.
    """
    child = os.fork()
    if child == 0:
        status = 3  # whatever is raised; nothing may return into the parent's tests
        left = [count]
        real = {name: getattr(os, name) for name in CALLS}

        def hooked(name):
            def call(*arguments, **options):
                left[0] -= 1
                if left[0] < 0:
                    if name == "write" and half:
                        real["write"](arguments[0], arguments[1][: len(arguments[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
                return real[name](*arguments, **options)

            return call

        try:
            for name in CALLS:
                setattr(os, name, hooked(name))
            action()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def value(number):
    return {"a": tensor(np.full(70_000, number)), "b": tensor(np.full(10, number, np.float32)), "n": number}


pytestmark = pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # fork with hashing threads about: the child makes its own


@pytest.mark.parametrize("zip_format", [True, False])
def test_torch_save_killed_anywhere_leaves_the_old_file_or_the_new(tmp_path, monkeypatch, zip_format):
    monkeypatch.setattr(atomic, "_PIECE", 200_000)
    path = tmp_path / "a.pt"
    save(value(1), path, _use_new_zipfile_serialization=zip_format)
    for count in range(1000):
        alive = not killed_at(count, True, lambda: save(value(2), path, _use_new_zipfile_serialization=zip_format))
        found = load(path)
        assert found["n"] in (1, 2)
        assert found["a"].unique().tolist() == [found["n"]]
        if alive:
            break
    assert (count > 8, found["n"]) == (True, 2)


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("suffix", ["ftck", "safetensors", "npz", "gguf", "msgpack", "pt"])
def test_a_save_killed_anywhere_leaves_the_old_file_or_the_new(tmp_path, monkeypatch, suffix, half):
    monkeypatch.setattr(atomic, "_PIECE", 200_000)  # several writes for one tensor
    path = tmp_path / f"a.{suffix}"
    write_tensors(path, value(1))
    seen = []
    for count in range(1000):
        alive = not killed_at(count, half, lambda: write_tensors(path, value(2)))
        found = read_tensors(path)
        assert found["a"].unique().tolist() in ([1], [2])
        assert found["a"][0].item() == found["b"][0].item()
        seen.append(int(found["a"][0].item()))
        if alive:
            break
    assert seen == sorted(seen)  # once the new one is there it stays
    assert (seen[0], seen[-1]) == (1, 2)
    assert len(seen) > 8  # it did reach the disk in pieces


def test_a_save_with_a_sidecar_killed_anywhere_can_be_loaded_and_scrubbed(tmp_path):
    path = tmp_path / "a.ftck"
    same = tensor(np.arange(70_000.0))
    save_checkpoint({"same": same, "n": 1}, path, overhead=0.1)
    for count in range(1000):
        alive = not killed_at(count, True, lambda: save_checkpoint({"same": same, "n": 2}, path, overhead=0.1))
        before = load_checkpoint(path, verify=True)["n"]
        scrub(path)  # a sidecar of the old file must not turn the new one back into it
        assert load_checkpoint(path, verify=True)["n"] == before
        if alive:
            break
    assert before == 2


def test_a_manager_killed_anywhere_resumes(tmp_path):
    CheckpointManager(tmp_path, keep_last=2).save(value(1), 1)
    for count in range(1000):
        alive = not killed_at(count, True, lambda: CheckpointManager(tmp_path, keep_last=2).save(value(2), 2))
        obj, step = CheckpointManager(tmp_path, keep_last=2).resume()
        assert (obj["n"], step) in ((1, 1), (2, 2))
        assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]
        if alive:
            break
    assert step == 2


def test_a_failed_save_leaves_nothing_behind(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    def fail():
        with atomic_file(tmp_path / "a") as output:
            output.write(bytes(5 << 20))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (os.listdir(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"old")


def test_what_is_written_is_forced_to_the_disk_before_it_is_renamed(tmp_path, monkeypatch):
    order = []
    for name in ("write", "fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, real=real, name=name: (order.append(name), real(*a))[1])
    with atomic_file(tmp_path / "a") as output:
        output.write(b"x")
    assert order == ["write", "fsync", "replace", "fsync"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with atomic_file(tmp_path / "link") as output:
        output.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_permissions_stay_and_what_is_no_file_is_written_directly(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    with atomic_file(tmp_path / "a") as output:
        output.write(b"new")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    with atomic_file(os.devnull) as output:
        output.write(bytes(3 << 20))
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize(("path", "error"), [("none/a.pt", FileNotFoundError), ("folder", IsADirectoryError)])
def test_a_place_for_no_file_is_named_before_anything_is_written(tmp_path, path, error):
    (tmp_path / "folder").mkdir()
    with pytest.raises(error) as caught, atomic_file(tmp_path / path):
        pytest.fail("the block must not run")
    assert caught.value.filename == str(tmp_path / path)
    assert os.listdir(tmp_path) == ["folder"]


def test_output_gathers_small_writes_and_rewrites_in_place(tmp_path):
    with open(tmp_path / "a", "wb") as file:
        output = Output(file.fileno())
        for i in range(10):
            output.write(bytes([i]))
        output.rewrite(2, b"ab")
        assert output.pad(8) == 16
        output.write(bytes(3 << 20))
        assert output.tell() == 16 + (3 << 20)
        output.flush()
    assert (tmp_path / "a").read_bytes() == b"\0\1ab\4\5\6\7\x08\x09" + bytes(6 + (3 << 20))


def test_only_leftovers_are_removed(tmp_path):
    for name in (".a.ftck.0011aabb.part", "b.ftck", ".c.ftck", ".d.pt.0011aabb.part", ".e.ftck.short.part"):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path, ".ftck")
    assert sorted(os.listdir(tmp_path)) == [".c.ftck", ".d.pt.0011aabb.part", ".e.ftck.short.part", "b.ftck"]
