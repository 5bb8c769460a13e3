"""The rotating manager: what it keeps, and what it goes on from when files are missing, damaged or repaired."""

import os
from pathlib import Path

import numpy as np
import pytest
from serialize_tables import tensor

from ft_serialize import CheckpointError, CheckpointManager


def value(step):
    return {"w": tensor(np.full(3000, step)), "same": tensor(np.arange(5000.0)), "step": step}


def steps(manager):
    return [saved.step for saved in manager.checkpoints()]


def damage(path):
    data = bytearray(Path(path).read_bytes())
    data[-2000] ^= 1
    Path(path).write_bytes(data)


def test_the_last_and_the_best_are_kept(tmp_path):
    manager = CheckpointManager(tmp_path, keep_last=2, keep_best=1)
    for step, loss in enumerate([5.0, 1.0, 3.0, 2.0, 4.0]):
        manager.save(value(step), step, loss)
    assert steps(manager) == [1, 3, 4]
    assert manager.best().step == 1
    assert manager.resume()[1] == 4
    assert sorted(os.listdir(tmp_path)) == [f"step-{n:010d}.ftck" for n in (1, 3, 4)]


def test_the_best_may_be_the_largest_and_is_never_nan(tmp_path):
    manager = CheckpointManager(tmp_path, keep_last=1, keep_best=2, mode="max")
    for step, score in enumerate([float("nan"), 1.0, 7.0, None, 3.0, 0.0]):
        manager.save(value(step), step, score)
    assert steps(manager) == [2, 4, 5]


def test_resume_passes_over_what_is_damaged(tmp_path):
    manager = CheckpointManager(tmp_path)
    paths = [manager.save(value(step), step) for step in range(3)]
    damage(paths[2])
    with pytest.warns(UserWarning, match="passed over: step-0000000002"):
        obj, step = manager.resume()
    assert (step, obj["step"], obj["w"].tolist()) == (1, 1, [1] * 3000)
    Path(paths[1]).write_bytes(b"")
    with pytest.warns(UserWarning, match="passed over"):
        assert manager.resume()[1] == 0
    damage(paths[0])
    with pytest.raises(CheckpointError, match="none of the 3 checkpoints is whole"):
        manager.resume()


def test_resume_repairs_what_has_a_sidecar(tmp_path):
    manager = CheckpointManager(tmp_path, overhead=0.1, keep_last=2)
    paths = [manager.save(value(step), step) for step in range(4)]
    assert len([n for n in os.listdir(tmp_path) if n.endswith(".repair")]) == 2
    damage(paths[3])
    obj, step = manager.resume()
    assert (step, obj["w"].tolist()) == (3, [3] * 3000)
    assert os.path.exists(paths[3] + ".proof.json")


def test_an_empty_folder_has_nothing_to_resume(tmp_path):
    assert CheckpointManager(tmp_path / "new").resume() is None
    assert CheckpointManager(tmp_path / "new").best() is None


def test_incremental_checkpoints_keep_the_files_they_need(tmp_path):
    manager = CheckpointManager(tmp_path, keep_last=1, keep_best=0, incremental=True)
    for step in range(5):
        manager.save(value(step), step)
    assert steps(manager) == [0, 4]  # step 0 holds what never changed
    obj, step = manager.resume()
    assert (step, obj["same"].tolist()) == (4, list(range(5000)))
    with pytest.raises(CheckpointError, match="another step"):
        manager.save(value(0), 0)


def test_saving_a_step_again_replaces_it(tmp_path):
    manager = CheckpointManager(tmp_path, overhead=0.1)
    manager.save(value(1), 7)
    CheckpointManager(tmp_path).save(value(2), 7)
    assert CheckpointManager(tmp_path).resume()[0]["step"] == 2
    assert os.listdir(tmp_path) == ["step-0000000007.ftck"]


@pytest.mark.parametrize("options", [{"keep_last": 0}, {"keep_best": -1}, {"mode": "best"}, {"overhead": 2}])
def test_numbers_out_of_range_are_refused(tmp_path, options):
    with pytest.raises(ValueError, match="CheckpointManager: expected"):
        CheckpointManager(tmp_path, **options)
    with pytest.raises(ValueError, match="expected a step"):
        CheckpointManager(tmp_path).save({}, -1)
