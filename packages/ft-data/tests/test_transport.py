"""The transport between two ends in one process: few segments serve many batches, kept batches stay, names do not."""

import multiprocessing
import os

import pytest

from ft_data import transport
from ft_dispatch import surface as torch

pytestmark = pytest.mark.usefixtures("nothing_left")

LARGE = 50_000


@pytest.fixture
def ends():
    receiving, sending = multiprocessing.Pipe(duplex=False)
    stem = f"ft{os.getpid():x}testw0s"
    sender, receiver = transport.Sender(sending, stem), transport.Receiver(receiving, stem)
    yield sender, receiver
    sending.close()
    receiver.close()


def passed(ends, data):
    """`data` after the journey; the segments that came back go along, as with a loader's tasks."""
    sender, receiver = ends
    sender.take_back(receiver.taken_along())
    sender.send("tag", data)
    tag, data = receiver.receive()
    assert tag == "tag"
    return data


def test_small_batches_need_no_segment(ends):
    assert passed(ends, torch.arange(10)).tolist() == list(range(10))
    assert ends[0]._made == 0


def test_one_segment_serves_a_loop(ends):
    for i in range(20):
        assert passed(ends, [torch.full((LARGE,), i), i])[0].eq(i).all()
    assert ends[0]._made == 1


def test_segment_is_kept_while_any_part_of_the_batch_is(ends):
    first, second = passed(ends, [torch.zeros(LARGE), torch.ones(LARGE)])
    part = second[5:10]
    del first, second
    for i in range(5):
        passed(ends, torch.full((LARGE,), i + 2.0))
    assert part.tolist() == [1.0] * 5
    assert ends[0]._made == 2


def test_program_that_keeps_everything_gets_copies_in_the_end(ends):
    kept = [passed(ends, torch.full((LARGE,), i)) for i in range(3 * transport.MOST_SEGMENTS)]
    assert all(batch.eq(i).all() for i, batch in enumerate(kept))
    assert ends[0]._made == transport.MOST_SEGMENTS + 1


def test_segment_that_is_too_small_makes_room(ends):
    sender, receiver = ends
    for power in range(6):
        passed(ends, torch.zeros(LARGE << power))
    assert sender._made == 6
    assert len(sender._segments) == len(receiver._segments) == 1
    passed(ends, torch.zeros(LARGE))  # fits into the large one
    assert sender._made == 6


def test_bytes_that_a_child_inherited_are_not_written_again(ends):
    sender, _ = ends
    batch = passed(ends, torch.zeros(LARGE))
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    del batch
    passed(ends, torch.ones(LARGE))
    assert sender._made == 2
    assert len(sender._segments) == 1


def test_memory_is_aligned_and_writable(ends):
    for tensor in passed(ends, [torch.zeros(LARGE + 1, dtype=torch.uint8), torch.zeros(LARGE, dtype=torch.float64)]):
        assert tensor.data_ptr() % transport.ALIGNMENT == 0
        tensor.add_(1)
        assert tensor.eq(1).all()


def test_what_nobody_received_is_removed(ends):
    sender, receiver = ends
    sender.send(0, torch.zeros(LARGE))
    sender.send(1, torch.zeros(LARGE))
    assert transport.SharedMemory(f"{sender.stem}1").size >= 4 * LARGE
    receiver.close()
    with pytest.raises(FileNotFoundError):
        transport.SharedMemory(f"{sender.stem}1")


def test_what_cannot_be_packed_sends_nothing(ends):
    sender, receiver = ends
    with pytest.raises(AttributeError):
        sender.send(0, [torch.zeros(LARGE), lambda: 0])
    assert not receiver.connection.poll()
    assert sender._made == 0
