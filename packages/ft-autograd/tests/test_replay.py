"""A recorded backward can be saved, compared and replayed; what differs is named, and foreign traces are refused."""

import json

import pytest

import ft_autograd as autograd
from ft_autograd.replay import Trace, TraceError, compare_files
from ft_dispatch import surface as torch


def setting():
    torch.manual_seed(0)
    return torch.randn(4, 8), torch.randn(8, 8).requires_grad_(), torch.randn(8).requires_grad_()


def loss(x, w, b):
    return ((x @ w + b).tanh() ** 2).mean()


def recorded(factor=1.0, keep=False):
    x, w, b = setting()
    out = loss(x * factor, w, b)
    with autograd.record() as trace:
        out.backward(retain_graph=keep)
    return trace


def test_the_schedule_is_what_ran():
    trace = recorded()
    assert [e.name for e in trace.entries] == [
        "MeanBackward0",
        "PowBackward0",
        "TanhBackward0",
        "AddBackward0",
        "torch::autograd::AccumulateGrad",
        "MmBackward0",
        "torch::autograd::AccumulateGrad",
    ]
    tanh = trace.entries[2]
    assert tanh.cotangents == ((4, 8),)
    (grad,) = tanh.gradients
    assert (grad.dtype, grad.shape, len(grad.digest)) == ("float32", (4, 8), 20)
    assert len(trace) == 7


def test_one_program_gives_one_trace():
    a, b = recorded(), recorded()
    assert a.diff(b) is None
    assert a.digest == b.digest


def test_recording_changes_nothing():
    x, w, b = setting()
    loss(x, w, b).backward()
    plain = w.grad
    w.grad = b.grad = None
    with autograd.record():
        loss(x, w, b).backward()
    assert torch.equal(plain, w.grad)
    assert w.grad is not plain
    with autograd.record() as outside:
        pass
    loss(x, w, b).backward()
    assert len(outside) == 0


def test_the_first_difference_is_named_with_both_values():
    different = recorded().diff(recorded(1.0000001))
    assert (different.name, different.gradient) == ("TanhBackward0", 0) or different.name == "PowBackward0"
    said = str(different)
    assert different.ours.digest in said
    assert different.theirs.digest in said
    assert "float32[4, 8] [" in said


def test_traces_of_different_graphs_are_refused():
    x, w, b = setting()
    with autograd.record() as other:
        ((x @ w + b).sigmoid() ** 2).mean().backward()
    with pytest.raises(TraceError, match=r"different graphs: node 2 is TanhBackward0 .* and SigmoidBackward0"):
        recorded().diff(other)
    with autograd.record() as shorter:
        loss(x, w, b.detach()).backward()
    with pytest.raises(TraceError, match="different graphs"):
        recorded().diff(shorter)


def test_replay_of_a_retained_graph():
    trace = recorded(keep=True)
    assert trace.replay().diff(trace) is None


def test_replay_of_a_program():
    x, w, b = setting()
    with autograd.record() as trace:
        loss(x, w, b).backward()
    assert trace.replay(lambda: loss(x, w, b).backward()).digest == trace.digest
    with torch_no_grad():
        w[0, 0] += 1e-3
    with pytest.raises(TraceError, match=r"the replay gave another gradient at node 1, PowBackward0, gradient 0:\n"):
        trace.replay(lambda: loss(x, w, b).backward())


def torch_no_grad():
    return autograd.no_grad()


def test_a_freed_graph_says_what_to_do():
    with pytest.raises(TraceError, match="retain_graph=True, or give a function"):
        recorded().replay()


def test_replay_leaves_grad_alone():
    x, w, b = setting()
    out = loss(x, w, b)
    with autograd.record() as trace:
        out.backward(retain_graph=True)
    before = w.grad.clone()
    trace.replay()
    assert torch.equal(w.grad, before)


def test_files(tmp_path):
    trace = recorded()
    trace.save(tmp_path / "a")
    recorded(1.5).save(tmp_path / "b")
    loaded = Trace.load(tmp_path / "a")
    assert loaded.entries == trace.entries
    assert compare_files(tmp_path / "a", tmp_path / "a") == (0, f"equal: 7 nodes, {trace.digest}")
    status, said = compare_files(tmp_path / "a", tmp_path / "b")
    assert (status, said.startswith("first difference at node 1, PowBackward0")) == (1, True)


def test_files_that_are_no_trace_of_this_version_are_refused(tmp_path):
    path = tmp_path / "a"
    recorded().save(path)
    head, *rest = path.read_text().splitlines()
    older = {**json.loads(head), "version": "0.0.1"}
    path.write_text("\n".join([json.dumps(older), *rest]) + "\n")
    with pytest.raises(TraceError, match=r"of version .*; it is format 2 of version 0\.0\.1: record it again"):
        Trace.load(path)
    path.write_text("\n".join([head, *rest[:-1]]) + "\n")
    with pytest.raises(TraceError, match="expected 7 entries, found 6: the file is cut off"):
        Trace.load(path)
    path.write_text("hello\n")
    with pytest.raises(TraceError, match="no header"):
        Trace.load(path)
    assert compare_files(path, tmp_path / "none")[0] == 2


def test_transforms_are_recorded_without_numbers():
    x, w, b = setting()
    with autograd.record() as trace:
        autograd.func.vmap(autograd.func.grad(loss, argnums=2), in_dims=(0, None, None))(x, w.detach(), b.detach())
    assert "TanhBackward0" in [e.name for e in trace.entries]


def test_grad_with_inputs_and_lists():
    _, w, b = setting()
    a, c = torch.cat([w, w * 2]).split([8, 8])
    with autograd.record() as trace:
        autograd.grad(((a + c) * b).sum(), w)
    again = trace.replay
    assert "CatBackward0" in [e.name for e in trace.entries]
    with pytest.raises(TraceError):
        again()


def test_a_leaf_is_recorded_as_it_arrives_whatever_a_hook_did_in_place():
    x, w, b = setting()
    w.register_hook(lambda g: g.mul_(3.0))
    weight = torch.randn(3, 8).requires_grad_()
    with autograd.record() as trace:
        ((x @ w + b).tanh() @ weight.t()).sum().backward()
    leaves = [e.gradients[0] for e in trace.entries if e.name.endswith("AccumulateGrad")]
    for leaf in (weight, b, w):
        found = [g for g in leaves if g.shape == tuple(leaf.shape)]
        head = leaf.grad.reshape(-1)[:8].tolist()
        assert [g.values() for g in found] == [f"[{', '.join(f'{v:.9g}' for v in head)}, …]"]
