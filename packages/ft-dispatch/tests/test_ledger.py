"""The evidence ledger: order, bounds, threads, JSON."""

import json
import threading

import pytest

from ft_core.keys import CPU, HARDENED
from ft_dispatch.ledger import Ledger


def test_entries_keep_their_order_and_say_what_the_key_was():
    book = Ledger()
    book.write("erf", CPU | HARDENED, "no kernel", "ran on the CPU")
    book.write("exp", CPU, "a", "b")
    assert [e.op for e in book.entries()] == ["erf", "exp"]
    assert book.entries("erf")[0].keys == "cpu | HARDENED"
    assert book.entries("erf")[0].thread == threading.current_thread().name


def test_the_oldest_go_and_are_counted():
    book = Ledger(limit=3)
    for i in range(10):
        book.write(f"op{i}", 0, "r", "a")
    assert [e.op for e in book.entries()] == ["op7", "op8", "op9"]
    assert (len(book), book.dropped, book.limit) == (3, 7, 3)


def test_json_holds_everything():
    book = Ledger(limit=2)
    for op in ("a", "b", "c"):
        book.write(op, CPU, "why", "what")
    data = json.loads(book.to_json())
    assert data["dropped"] == 1
    assert [(e["op"], e["reason"], e["action"]) for e in data["entries"]] == [("b", "why", "what"), ("c", "why", "what")]


def test_recording_sees_its_block_only():
    book = Ledger()
    book.write("before", 0, "", "")
    with book.recording() as outer:
        book.write("one", 0, "", "")
        with book.recording() as inner:
            book.write("two", 0, "", "")
    book.write("after", 0, "", "")
    assert [e.op for e in outer] == ["one", "two"]
    assert [e.op for e in inner] == ["two"]


def test_threads_lose_nothing():
    book = Ledger(limit=10_000)

    def work():
        for _ in range(500):
            book.write("op", 0, "", "")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(book) == 4000
    assert book.dropped == 0


def test_clear_and_limits():
    book = Ledger()
    book.write("a", 0, "", "")
    book.clear()
    assert (len(book), book.dropped) == (0, 0)
    with pytest.raises(ValueError, match="at least 1"):
        Ledger(0)
