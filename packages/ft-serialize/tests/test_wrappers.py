"""Tensors whose class holds others, and attributes of subclasses: both ways against torch, and what files may not say of them."""

from __future__ import annotations

import io
import sys
import types
import warnings
import zipfile
from typing import Any

import pytest
import serialize_tables
from serialize_forge import archive
from serialize_tables import Holder
from serialize_tables import torch as ft
from test_attacks import check_completeness

import ft_serialize
from ft_serialize import CheckpointError, safe_globals


@pytest.fixture
def oracle():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch

        yield torch


@pytest.fixture
def theirs(oracle, monkeypatch):
    """The same class over torch's tensors, under the name that it has in files."""
    made: Any = types.new_class("Holder", (oracle.Tensor,), {}, lambda names: names.update(body))
    monkeypatch.setattr(made, "__torch_dispatch__", classmethod(Holder.__torch_dispatch__.__func__))
    return made


def _new(cls: Any, first: Any, second: Any, requires_grad: bool = False) -> Any:
    make = cls._make_wrapper_subclass
    return make(cls, first.shape, dtype=first.dtype, device=first.device, requires_grad=requires_grad)


body = {
    "__module__": "serialize_tables", "__qualname__": "Holder", "scale": None, "__new__": staticmethod(_new),
    "__init__": Holder.__init__, "__torch_dispatch__": Holder.__torch_dispatch__,
}  # fmt: skip


def saved(obj: Any, save: Any = ft_serialize.save) -> bytes:
    out = io.BytesIO()
    save(obj, out)
    return out.getvalue()


def pickle_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return z.read("archive/data.pkl")


def load(data: bytes, **how: Any) -> Any:
    with safe_globals([Holder]):
        return ft_serialize.load(io.BytesIO(data), **how)


def holder(torch: Any, kind: Any) -> Any:
    made = kind(torch.arange(6.0).reshape(2, 3), torch.ones(2, 3, dtype=torch.int64), requires_grad=True)
    made.scale = 0.5
    return made


def facts(t: Any) -> tuple[Any, ...]:
    look = str(t.dtype), tuple(t.shape), tuple(t.stride()), t.storage_offset(), str(t.device), t.requires_grad
    return type(t).__name__, look, t.first.tolist(), t.second.tolist(), t.scale


@pytest.mark.oracle
def test_tensors_that_hold_others_go_both_ways(oracle, theirs, monkeypatch):
    ours = saved({"w": holder(ft, Holder)})
    monkeypatch.setattr(serialize_tables, "Holder", theirs)
    expected = holder(oracle, theirs)
    written = saved({"w": expected}, oracle.save)
    assert pickle_of(written) == pickle_of(ours)
    with oracle.serialization.safe_globals([theirs]):
        back = oracle.load(io.BytesIO(ours))["w"]
    assert facts(back) == facts(expected) == facts(load(written)["w"])


@pytest.mark.oracle
@pytest.mark.parametrize("where", [None, "cpu", "meta", {"cpu": "cpu"}])
def test_they_go_where_torch_puts_them(oracle, theirs, monkeypatch, where):
    data = saved(holder(ft, Holder))
    ours = load(data, map_location=where)
    monkeypatch.setattr(serialize_tables, "Holder", theirs)
    with oracle.serialization.safe_globals([theirs]):
        found = oracle.load(io.BytesIO(data), map_location=where)
    assert [str(t.device) for t in (ours, ours.first)] == [str(t.device) for t in (found, found.first)]


def test_they_need_the_users_word_and_compute_again():
    data = saved([holder(ft, Holder)])
    with pytest.raises(CheckpointError, match=r"GLOBAL serialize_tables\.Holder was not an allowed global") as caught:
        ft_serialize.load(io.BytesIO(data))
    check_completeness(caught.value)
    plain = Holder(ft.zeros(2, 3), ft.ones(2, 3, dtype=ft.int64))
    assert (load(saved(plain)) + 1).second.tolist() == [[2, 2, 2], [2, 2, 2]]
    with pytest.raises(CheckpointError, match="as text or dict"):
        load(data, map_location=lambda storage, tag: storage)
    with pytest.raises(CheckpointError, match=r"a Holder, whose class holds other tensors, has no bytes") as caught:
        ft_serialize.write_tensors(io.BytesIO(), {"w": holder(ft, Holder)}, format="safetensors")
    assert caught.value.record == "w"


class Blunt(ft.Tensor):
    """A class of tensors that holds nothing."""


LIES = [
    (b"cserialize_tables\nHolder\n", b"ccollections\nOrderedDict\n", "expected a class of tensors"),
    (b"cserialize_tables\nHolder\n", b"ctest_wrappers\nBlunt\n", "must define __torch_dispatch__"),
    (b"ctorch\nfloat32\n", b"ctorch\nSize\n", "expected a dtype"),
    (b"torch.strided", b"torch.sparse_coo", "torch.sparse_coo whose class holds others"),
    (b"ctorch.serialization\n_get_layout\n", b"ctorch\nSize\n", "expected integers"),
    (b"K\x02K\x03", b"J\xff\xff\xff\xffK\x03", "integers from 0 on"),
    (b"X\x05\x00\x00\x00scale", b"X\x05\x00\x00\x00shape", "attribute named 'shape'"),
    (b"X\x05\x00\x00\x00scale", b"X\x07\x00\x00\x00__new__", "attribute named '__new__'"),
]


@pytest.mark.parametrize(("old", "new", "message"), LIES)
def test_what_a_file_may_not_say_of_them_is_refused(old, new, message):
    data = pickle_of(saved(holder(ft, Holder)))
    assert old in data
    if new.startswith(b"X"):
        new = new[:1] + len(new[5:]).to_bytes(4, "little") + new[5:]
    elif b"strided" in old:
        old, new = (len(text).to_bytes(4, "little") + text for text in (old, new))
    records = (b"\0" * 24, b"\0" * 48)
    assert facts(load(archive(data, records)))[4] == 0.5
    with safe_globals([(Blunt, "test_wrappers.Blunt")]), pytest.raises(CheckpointError, match=message) as caught:
        load(archive(data.replace(old, new, 1), records))
    check_completeness(caught.value)


def test_values_of_a_class_may_be_hidden_and_its_methods_may_not():
    module = sys.modules[__name__]
    t = ft.ones(2).as_subclass(module.Named)
    t.label, t.unit = "x", 3
    with safe_globals([Named]):
        found = ft_serialize.load(io.BytesIO(saved(t)))
        assert (found.label, found.unit) == ("x", 3)
        t.__dict__["greet"] = "y"
        with pytest.raises(CheckpointError, match="attribute named 'greet'"):
            ft_serialize.load(io.BytesIO(saved(t)))


class Named(ft.Tensor):
    """A class with a value for those objects that have none of their own, and a method."""

    label = None

    def greet(self) -> str:
        """What no file may change."""
        return "hello"
