"""Which calls leave a route, which never may, and that whoever comes by a route finds what the careful road would have given.

Each line of `SHORT` takes the short road when it is called for the second time, each line of `CAREFUL` the careful one again: because the key
of the call does not decide alone (a dtype that depends on which operand is 0-dim), because something watches, or because it is refused (`!`).
"""

from __future__ import annotations

import warnings

import pytest
from roads import Watch, outcome, run, tried

import ft_autograd
from ft_core.keys import BELOW, DETERMINISTIC
from ft_core.state import bits_set
from ft_dispatch import surface as torch
from ft_dispatch.autocast import autocast
from ft_dispatch.mode import mode
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.registry import OPS, forget_routes

SHORT = {
    "add.Tensor": """
        add(f, f) | add(d, d) | add(i, i) | add(m, m) | add(c, c) | add(h, h) | add(b, b) | add(f, f0) | add(f0, f0) | add(f, i) | add(i, f)
        add(i0, f) | add(i, f0) | add(m, i) | add(m, n) | add(m, f) | add(m, c) | add(h, i) | add(f, c) | add(f0, c) | add(f, c0) | add(d, z)
        add(f, row) | add(f, column) | add(f, 2) | add(f, 2.5) | add(f, 0) | add(i, 2) | add(i, 2.5) | add(m, 2) | add(h, 2) | add(h, 2.5)
        add(c, 2.5) | add(f, 2, alpha=3) | add(f, f, alpha=3) | add(f, f, alpha=0.5) | add(h, h, alpha=2) | add(i, 2, alpha=2)
        add(ft, ft) | add(ft, f) | add(f, ft) | add(ft, 2) | add(ft, 2.5) | add(ft, wide) | add(wide, wide) | add(ft, row) | add(it, i)
        add(ft, 2, alpha=2) | add(ct, c) | add(dt, dt) | add(empty, empty) | add(empty, 1) | add(empty, row) | add(stripes, stripes)
        add(image_last, image) | add(image_last, image_last) | add(leaf, f) | add(leaf, leaf) | add(f, leaf) | add(leaf, 2) | add(leaf, 2.5)
        add(leaf, i) | add(half_leaf, h) | add(half_leaf, 2) | add(leaf_t, ft) | add(leaf_t, 2) | add(made, made) | add(made_view, f)
        add(made_view, 2) | add(view, f) | add(ints_view, i) | add(view, 2.5) | add(parameter, f) | add(row.expand(1, 3), 2)
        add(ones(3, 1).t(), 2) | add(ones(3, 1).t(), row) | add(ones(2, 1, 3).transpose(0, 1), 1) | add(it, 2) | add(zt, z)
    """,
    "mul.Tensor": """
        mul(f, 2) | f.mul_(2) | f.mul_(2.5) | f.mul_(f) | f.mul_(row) | i.mul_(2) | d.mul_(0.5) | c.mul_(2.5) | ints_view.mul_(2)
    """,
    "sin": """
        sin(f) | sin(i) | sin(m) | sin(h) | sin(c) | sin(ft) | sin(wide) | sin(empty) | sin(leaf) | sin(leaf_t) | sin(made) | sin(made_view)
        sin(view) | sin(half_leaf) | f.sin_()
    """,
    "div.Tensor": "div(i, i) | div(m, i) | div(i, m) | div(i, 2) | div(i, 2.5) | div(f, 2) | div(f, 0) | div(h, i)",
    "eq.Tensor": """
        eq(f, f) | eq(f, 2) | eq(i, 2.5) | eq(f, i) | eq(leaf, 2) | eq(leaf, f) | eq(made_view, f) | eq(ft, 2) | eq(ft, f) | eq(h, h) | eq(h, 2)
    """,
    "abs": "abs(f) | abs(c) | abs(ct) | abs(i) | abs(h) | abs(leaf) | f.abs_()",
    "pow.Tensor_Tensor": "pow(f, 2) | pow(f, 2.5) | pow(f, f) | pow(i, i) | pow(leaf, 2) | pow(leaf, 2.5) | pow(h, 2)",
    "where.self": """
        where(m, f, f) | where(m, f, row) | where(m, i, i) | where(m, m, m) | where(m, leaf, f) | where(m, f, leaf) | where(m, leaf, leaf)
        where(m, made_view, f) | where(m, ints_view, i) | where(m, c, c) | where(m, f, 2.5)
    """,
    "clone": """
        clone(f) | clone(h) | clone(i) | clone(leaf) | clone(made) | clone(made_view) | clone(view) | clone(ints_view)
        clone(f, memory_format=contiguous_format) | clone(ft, memory_format=contiguous_format) | clone(leaf, memory_format=contiguous_format)
    """,
    "fill.Scalar": "f.fill_(2) | f.fill_(2.5) | i.fill_(2) | h.fill_(2) | i.fill_(2.5) | m.fill_(2) | f.fill_(True) | f.zero_() | i.zero_()",
    "addcmul": """
        addcmul(f, f, f) | addcmul(f, f, f, value=2) | addcmul(f, f, f, value=0.5) | addcmul(h, h, h) | addcmul(f, row, column)
        addcmul(ft, f, f) | addcmul(i, f, f) | addcmul(f, i, c) | addcmul(leaf, f, f) | addcmul(f, f, leaf) | addcmul(ft, row, column)
    """,
    "sum.dim_IntList": """
        sum(f, 1) | sum(f, -1) | sum(f, 0) | sum(f, (0, 1)) | sum(f, None) | sum(f, 1, keepdim=True) | sum(f, 1, dtype=torch.float64) | sum(i, 1)
        sum(m, 1) | sum(c, 1) | sum(ft, 1) | sum(ft, 0) | sum(wide, 1) | sum(empty, 1) | sum(image, 1) | sum(leaf, 1) | sum(made, 1)
        sum(made_view, 1) | sum(view, 1) | sum(ints_view, 1) | sum(leaf_t, 1) | sum(cube, 1) | sum(square, 1)
    """,
    "_softmax": """
        softmax(f, 1) | softmax(f, -1) | softmax(f, 0) | softmax(ft, 1) | softmax(leaf, 1) | softmax(f0, 0) | softmax(made_view, 1)
        softmax(h, 1)
    """,
    "max.dim": "max(f, 1) | max(f, 0) | max(leaf, 1) | max(made_view, 1) | max(i, 1) | max(ft, 1) | max(f, 1, keepdim=True) | max(view, 1)",
    "mm": """
        mm(square, square) | mm(f, square) | mm(leaf, square) | mm(made_view, square) | mm(i, i.t()) | mm(d, d.t()) | mm(ft, square)
        mm(leaf_t, square) | mm(view, square) | mm(torch.zeros(2, 0), torch.zeros(0, 3))
    """,
    "addmm": "addmm(f, f, square) | addmm(row, f, square) | addmm(leaf, f, square) | addmm(f, leaf, square)",
    "linear": """
        raw.linear(f, square, row) | raw.linear(leaf, square, row) | raw.linear(made_view, square, row) | raw.linear(ft, square, row)
        raw.linear(view, square, row) | raw.linear(f, leaf, row[:2])
    """,
    "clamp.Tensor": """
        clamp(f, 2, 3) | clamp(f, 2.0, 3.0) | clamp(f, 2) | clamp(f, None, 2) | clamp(f, min=2, max=1) | clamp(d, 2, 3) | clamp(f, row, column)
        clamp(f, row) | clamp(f, None, row) | clamp(leaf, row) | clamp(leaf, row, column) | clamp(i, i) | clamp(f, f0) | clamp(f, 2, 2.5)
    """,
    "cat": """
        cat(Line) | cat(Line, 1) | cat(Line, -1) | cat([f, row[None]]) | cat((f, f)) | cat([f]) | cat([f, d]) | cat([h, h]) | cat([i, i])
        cat([leaf, f]) | cat([leaf, leaf], 1) | cat([made_view, f]) | cat([view, f]) | cat([ints_view, i])
    """,
    "stack": "stack(Line) | stack(Line, 1) | stack(Line, -1) | stack([h, h]) | stack([leaf, f], 2) | stack([f0, f0])",
    "t": "t(f) | t(row) | t(ft) | t(leaf) | t(made) | t(made_view) | t(view) | t(h) | t(i) | t(f0) | t(meta) | t(wide) | t(parameter) | t(square)",
    "select.int": """
        select(f, 0, 1) | select(f, 1, -1) | select(ft, 0, 1) | select(leaf, 0, 1) | select(made_view, 0, 1) | select(view, 1, 1)
        select(stripes, 1, 1) | select(image_last, 1, 1) | select(image_last, 3, 1) | f[1] | f[1][1:]
    """,
    "split.Tensor": """
        split(f, 1) | split(f, 2, 1) | split(f, 2, -1) | split(leaf, 1) | split(made, 1) | split(made_view, 1) | split(view, 1) | split(ft, 1)
        split(ones(64), 1) | split(meta, 1) | split(i, 1)
    """,
    "view": """
        f.view(3, 2) | f.view(-1) | f.view((6,)) | f.view([6]) | ft.view(2, 3) | leaf.view(6) | made_view.view(6) | empty.view(0)
        empty.view(3, 0) | h.view(6) | view.view(6) | f.view(2, 3)
    """,
    "expand": "row.expand(2, 3) | row.expand(2, -1) | leaf.expand(2, 2, 3) | column.expand(2, 3)",
    "_to_copy": """
        f.to(torch.float64) | f.to(torch.int64) | leaf.to(torch.float64) | made_view.to(torch.float64) | f.half()
        i.to(torch.float32) | h.to(torch.float32) | f.to(torch.float64, memory_format=torch.preserve_format) | view.to(torch.float64)
    """,
    "uniform": """
        f.uniform_(generator=generator) | f.uniform_(1, 2, generator=generator) | f.uniform_(1.0, 2.0, generator=generator)
        d.uniform_(generator=generator) | h.uniform_(generator=generator)
    """,
    "normal_functional": "f.normal_(generator=generator) | f.normal_(1, 2, generator=generator)",
    "random.from": "i.random_(1, 9, generator=generator) | f.random_(1, 9, generator=generator)",
    "random": "i.random_(generator=generator)",
    "sum": "sum(f) | sum(leaf) | sum(ft) | sum(cube)",
    "flip": "flip(f, (0,)) | flip(leaf, (1,)) | flip(square, (0, 1)) | flip(view, (0,))",
    "index_select": "index_select(f, 0, i[0, :1] - 1) | index_select(leaf, 1, i[0, :2])",
    "special_bessel_j0": "special_bessel_j0(leaf) | special_bessel_j0(f)",
    "bernoulli.p": "f.bernoulli_(0.5, generator=generator) | i.bernoulli_(0.5, generator=generator) | m.bernoulli_(0.5, generator=generator)",
}

CAREFUL = {
    "add.Tensor": """
        add(f, d) | add(f, d0) | add(h, f) | add(h, b) | add(i, n) | add(u, i0) | add(d, c) | add(d0, c) | add(c, d0) | add(c, d) | add(f, z)
        add(f, z0) | add(z, f) | add(h, c) | add(f, True) | add(f, 1j) | add(ht, h) | add(it, f) | add(it, 2.5) | add(handled, f)
        add(handled, 2) | add(meta, meta) | add(meta, 2) | add(conj, c) | add(f, array) | add(f, f, out=d) | add(2, f) | !add(f, row[:2])
    """,
    "mul.Tensor": """
        f.mul_(i) | f.mul_(True) | f.mul_(d) | !i.mul_(f) | h.mul_(h) | h.mul_(2) | ft.mul_(2) | ft.mul_(f) | f.mul_(ft) | !leaf.mul_(2)
        made.mul_(2) | made.mul_(f) | view.mul_(2) | view.mul_(f) | empty.mul_(2) | !row.mul_(f) | meta.mul_(2) | handled.mul_(2)
    """,
    "sin": """
        sin(ht) | sin(it) | sin(handled) | sin(meta) | sin(conj) | sin(f, out=d) | h.sin_() | ft.sin_() | !i.sin_() | made.sin_() | !leaf.sin_()
        view.sin_()
    """,
    "div.Tensor": "div(it, i)",
    "eq.Tensor": "eq(ht, h) | eq(f, True)",
    "abs": "!c.abs_()",
    "pow.Tensor_Tensor": "pow(i, 2) | !pow(i, -1) | pow(i, 2.5) | pow(m, 2)",
    "where.self": """
        where(m, f, d) | where(m, f, i) | where(m, h, h) | where(mt, f, f) | where(m, ft, f) | where(m, i, 2.5) | where(m, f, m)
        !where(m, meta, meta) | !where(f, f, f)
    """,
    "clone": """
        clone(ft) | clone(empty) | clone(leaf_t) | clone(image_last) | clone(meta) | clone(handled) | clone(conj)
        clone(f, memory_format=preserve_format) | clone(image, memory_format=channels_last) | clone(empty, memory_format=contiguous_format)
    """,
    "fill.Scalar": "ft.fill_(2) | view.fill_(2) | made.fill_(2) | !leaf.fill_(2) | empty.fill_(1) | meta.fill_(1) | handled.fill_(1)",
    "addcmul": "addcmul(f, f, d) | f.addcmul_(f, f)",
    "deg2rad": "deg2rad(f) | deg2rad(i)",
    "sum.dim_IntList": """
        sum(h, 1) | sum(b, 0) | sum(f, [0]) | sum(f, 1, dtype=torch.float16) | sum(empty, 0) | sum(image_last, 1) | sum(half_leaf, 1) | !sum(f, 2)
        sum(meta, 1) | sum(handled, 1) | sum(conj, 1) | sum(f, 1, out=torch.empty(2))
    """,
    "_softmax": "softmax(image_last, 1) | !softmax(i, 1)",
    "max.dim": "max(h, 1) | max(image_last, 1) | !max(f, 5) | max(meta, 1)",
    "mm": "!mm(square, f) | !mm(f, row) | mm(h, h.t()) | !mm(square, square.to(torch.float64)) | mm(torch.zeros(2, 3), torch.zeros(3, 0))",
    "addmm": "addmm(f, f, square, beta=2) | addmm(f, f, square, alpha=2) | addmm(h, h, square.half()) | !addmm(f, square, f)",
    "linear": """
        raw.linear(f, square) | raw.linear(h, square.half(), row.half()) | raw.linear(empty, square, row)
        !raw.linear(f, square.double(), row) | raw.linear(meta, meta, meta[0, :2]) | !raw.linear(f, row, row[0])
    """,
    "clamp.Tensor": """
        clamp(f, True, 3) | clamp(i, 2, 3) | clamp(i, 2.5, 3) | clamp(h, 2, 3) | !clamp(c, 2, 3) | clamp(ft, 2, 3) | clamp(leaf, 2, 3)
        clamp(made, 2, 3) | clamp(view, 2, 3) | clamp(empty, 2, 3) | clamp(meta, 2, 3) | clamp(handled, 2, 3) | clamp(f, row, 3)
        clamp(f, row.double()) | clamp(ft, row) | !clamp(f) | clamp(f, 1, 2, out=f) | clamp(h, row.half())
    """,
    "cat": """
        cat([ft, f]) | cat([ft, ft]) | cat([empty, empty]) | cat([meta, meta]) | cat([handled, f]) | !cat([f, square[:, :2]]) | !cat(Line, 2)
        cat(Line, out=f)
    """,
    "stack": "stack([f, ft])",
    "t": "!t(empty) | t(handled) | t(conj) | !t(cube)",
    "select.int": "!select(f, 0, 5) | select(conj, 0, 1)",
    "split.Tensor": "split(ones(65), 1) | split(handled, 1)",
    "view": "!ft.view(3, 2) | !f.view(5)",
    "view.dtype": "f.view(torch.int32) | !f.view(torch.float64)",
    "as_strided": "as_strided(f, (2,), (1,))",
    "_to_copy": """
        f.to(torch.float32, copy=True) | ft.to(torch.float64) | f.to(torch.float64, memory_format=torch.contiguous_format) | f.to('meta')
        empty.to(torch.float64) | image_last.to(torch.float64) | leaf.to(torch.int64)
    """,
    "uniform": """
        ft.uniform_(generator=generator) | view.uniform_(generator=generator) | made.uniform_(generator=generator) | meta.uniform_()
        !leaf.uniform_(generator=generator) | !i.uniform_(generator=generator) | empty.uniform_(generator=generator)
        !f.uniform_(2, 1, generator=generator) | handled.uniform_(generator=generator)
    """,
}


def lines(text):
    """The lines of a table's entry."""
    return [line.strip() for part in text.splitlines() for line in part.split("|") if line.strip()]


def refused(found):
    """Whether an outcome is an error."""
    return isinstance(found[0], type) and issubclass(found[0], Exception)


@pytest.fixture
def watch(monkeypatch):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is resized by out= is not what is asked here
        yield lambda name: Watch(monkeypatch, name)
    forget_routes()


@pytest.mark.parametrize("name", SHORT)
def test_these_leave_a_route_that_gives_the_same(watch, name):
    watched = watch(name)
    for line in lines(SHORT[name]):
        road, first, again = watched.road(line)
        assert (road, line) == ("short", line)
        assert again == first, line
        assert not refused(first), f"{line}: {first}"


@pytest.mark.parametrize("name", CAREFUL)
def test_these_are_looked_at_each_time(watch, name):
    watched = watch(name)
    for line in lines(CAREFUL[name]):
        road, first, again = watched.road(line.removeprefix("!"))
        assert (road, line) == ("careful", line)
        assert again == first, line
        assert refused(first) == line.startswith("!"), f"{line}: {first}"


@pytest.mark.parametrize("name", {**SHORT, **CAREFUL})
def test_no_route_answers_another_call(watch, name):
    """Whatever was called before: lines with one key are run one after the other, in both orders."""
    watched, alike = watch(name), {}
    for line in lines(SHORT.get(name, "") + "|" + CAREFUL.get(name, "").replace("!", "")):
        alike.setdefault(watched.key(line), []).append(line)
    for group in alike.values():
        for line in group:
            watched.forget()
            alone = outcome(line)
            for before in group:
                watched.forget()
                tried(before)
                assert outcome(line) == alone, f"{line} after {before}"


def test_the_comparison_sees_what_differs():
    kinds = [
        "f",
        "d",
        "leaf",
        "ft",
        "f.clone()[:]",
        "f.mul_(1)",
        "f * 2",
        "parameter",
        "leaf * 1",
        "leaf * 2",
        "meta",
        "t(f)",
        "[f]",
        "(f,)",
    ]
    found = [outcome(line) for line in kinds]
    assert all(a != b for i, a in enumerate(found) for b in found[:i])
    assert outcome("leaf.mul_(2)") != outcome("f.mul_('x')") != outcome("f.mul_(3.5)")


# -- under modes --------------------------------------------------------------------------------------------------------------------


class Passes(TorchDispatchMode):
    """A mode that lets every op pass."""


UNDER = {
    "no_grad": (ft_autograd.no_grad, "short"),
    "below autograd": (lambda: bits_set(on=BELOW), "short"),
    "deterministic": (lambda: bits_set(on=DETERMINISTIC), "short"),
    "hardened": (lambda: mode("hardened"), "short"),
    "inference": (ft_autograd.inference_mode, "careful"),
    "autocast": (lambda: autocast("cpu"), "careful"),
    "a dispatch mode": (Passes, "careful"),
}
OF_MODES = {
    "add.Tensor": "add(leaf, f) | add(f, 2) | add(made_view, 2.5) | add(ft, f)", "where.self": "where(m, leaf, f)", "clone": "clone(leaf) | clone(f)",
    "sum.dim_IntList": "sum(leaf, 1)", "max.dim": "max(leaf, 1)", "cat": "cat([leaf, f])", "t": "t(leaf) | t(made)", "split.Tensor": "split(leaf, 1)",
    "mul.Tensor": "f.mul_(f) | f.mul_(2)", "fill.Scalar": "f.fill_(2)", "uniform": "f.uniform_(generator=generator)",
    "clamp.Tensor": "clamp(f, 2, 3)", "_to_copy": "leaf.to(torch.float64)",
}  # fmt: skip


@pytest.mark.parametrize("under", UNDER)
@pytest.mark.parametrize("name", OF_MODES)
def test_modes_that_watch_see_every_call_and_others_have_routes_of_their_own(watch, name, under):
    watched, (entered, road) = watch(name), UNDER[under]
    for line in lines(OF_MODES[name]):
        found, first, again = watched.road(line, entered)
        if under == "autocast" and found == "short":  # fp32 ops of its list pass it by
            continue
        assert (found, line) == (road, line)
        assert again == first, line
        plain = outcome(line)
        with entered():
            assert outcome(line) == first, f"{line} after a call outside of the mode"
        assert outcome(line) == plain, f"{line} after a call under the mode"


@pytest.mark.parametrize(
    ("line", "name"),
    [("leaf.uniform_(generator=generator)", "uniform"), ("leaf.fill_(2)", "fill.Scalar"), ("leaf.mul_(2)", "mul.Tensor")],
)
@pytest.mark.parametrize("under", ["no_grad", "below autograd"])
def test_a_leaf_may_be_written_by_a_route_outside_the_graph(watch, line, name, under):
    assert watch(name).road(line, UNDER[under][0])[0] == "short"
    assert outcome(line)[0] is RuntimeError


# -- what is not in a key ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["add(i, 2.5)", "sin(i)", "div(i, i)", "div(i, 2)", "logsumexp(i, 1)", "add(m, 2.5)", "raw.full((2,), 2.5)"]
)
def test_another_default_dtype_is_seen_by_calls_that_had_a_route(line):
    before = torch.get_default_dtype()
    try:
        for kind in (torch.float32, torch.float64, torch.float32):
            torch.set_default_dtype(kind)
            assert [run(line).dtype for _ in range(2)] == [kind, kind]
    finally:
        torch.set_default_dtype(before)


def test_a_default_dtype_that_was_there_already_leaves_the_routes():
    run("add(f, f)")
    torch.set_default_dtype(torch.get_default_dtype())
    assert OPS["add.Tensor"].table


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("add(c, d0)", "add(c, d)", torch.complex128),
        ("add(z, f)", "add(z0, f)", torch.complex64),
        ("add(c, d)", "add(c, d0)", torch.complex64),
        ("add(z0, f)", "add(z, f)", torch.complex128),
    ],
)
def test_a_complex_number_of_another_precision_asks_who_is_zero_dim(first, then, kind):
    forget_routes()
    run(first)
    run(first)
    assert run(then).dtype is kind


@pytest.mark.parametrize(
    ("odd", "line", "name"),
    [
        ("sum(f, 1, dtype=torch.float16)", "sum(f, 1)", "sum.dim_IntList"),
        ("max(h, 1)", "max(f, 1)", "max.dim"),
    ],
)
def test_a_call_whose_result_is_cast_costs_other_calls_no_route(watch, odd, line, name):
    watched = watch(name)
    forget_routes()
    run(odd)
    run(line)
    watched.keys.clear()
    run(line)
    assert not watched.keys
    run(odd)
    assert watched.keys
