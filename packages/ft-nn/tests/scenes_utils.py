"""Scenes of torch.nn.utils: packed sequences, clipping, vectors of parameters, fusion, pruning, old norms."""

import warnings

import torch.nn.utils.prune  # noqa: F401 - torch does not import it by itself
from scenes import SCENES, scene


def numbers(value):
    """Nested results as lists of rounded numbers."""
    if isinstance(value, (list, tuple)):
        return [numbers(v) for v in value]
    if value is None or not hasattr(value, "tolist"):
        return value
    rounded = (value.detach().double() * 1e4).round() / 1e4
    return (str(value.dtype), list(value.shape), rounded.tolist())


def sequences(t):
    return [t.arange(n * 2, dtype=t.float32).reshape(n, 2) for n in (3, 1, 2)]


RNN = {
    "packed list": lambda r, t: r.pack_sequence(sequences(t), enforce_sorted=False),
    "packed unsorted": lambda r, t: r.pack_sequence(sequences(t)),
    "packed padded": lambda r, t: r.pack_padded_sequence(t.ones(3, 2, 1), t.tensor([3, 1])),
    "packed batch first": lambda r, t: r.pack_padded_sequence(t.ones(2, 3, 1), [3, 1], batch_first=True),
    "packed with zero length": lambda r, t: r.pack_padded_sequence(t.ones(3, 2, 1), [3, 0]),
    "packed with wrong lengths": lambda r, t: r.pack_padded_sequence(t.ones(3, 2, 1), [3, 1, 1]),
    "packed rising": lambda r, t: r.pack_padded_sequence(t.ones(3, 2, 1), [1, 3]),
    "padded again": lambda r, t: r.pad_packed_sequence(r.pack_sequence(sequences(t), False), True, -1.0),
    "padded longer": lambda r, t: r.pad_packed_sequence(r.pack_sequence(sequences(t), False), total_length=5),
    "padded shorter": lambda r, t: r.pad_packed_sequence(r.pack_sequence(sequences(t), False), total_length=2),
    "padded list": lambda r, t: r.pad_sequence(sequences(t), True, 9.0),
    "padded list on the left": lambda r, t: r.pad_sequence(sequences(t), False, 9.0, "left"),
    "padded on no side": lambda r, t: r.pad_sequence(sequences(t), padding_side="top"),
    "padded tensor": lambda r, t: r.pad_sequence(t.ones(2, 3)),
    "padded number": lambda r, t: r.pad_sequence(3),
    "unpadded": lambda r, t: r.unpad_sequence(t.ones(3, 2, 1), t.tensor([3, 1])),
    "unpacked": lambda r, t: r.unpack_sequence(r.pack_sequence(sequences(t), False)),
    "inverted": lambda r, t: (r.invert_permutation(t.tensor([2, 0, 1])), r.invert_permutation(None)),
    "bound": lambda r, t: (r.bind(None, len), r.bind([1], len)),
    "moved": lambda r, t: r.pack_sequence(sequences(t), False).to(t.float64),
    "asked": lambda r, t: [getattr(r.pack_sequence(sequences(t), False), k) for k in ("is_cuda",)],
    "printed": lambda r, t: repr(r.pack_sequence(sequences(t)[:1])),
    "pinned": lambda r, t: r.pack_sequence(sequences(t), False).is_pinned(),
    "converted": lambda r, t: r.pack_sequence(sequences(t), False).long(),
    "without batch sizes": lambda r, t: r.PackedSequence(t.ones(2, 1)),
}
for _name, _call in RNN.items():
    SCENES[f"sequences {_name}"] = lambda n, t, call=_call: numbers(call(n.utils.rnn, t))


def trained(n, t, scale=1.0):
    module = n.Linear(2, 2)
    with t.no_grad():
        module.weight.copy_(t.tensor([[1.0, -2.0], [3.0, 0.5]]))
        module.bias.zero_()
    (module(t.ones(1, 2)).square().sum() * scale).backward()
    return module


CLIP = {
    "norm": lambda u, m, t: u.clip_grad_norm_(m.parameters(), 1.0),
    "norm one": lambda u, m, t: u.clip_grad_norm_(m.weight, 1.0, 1),
    "norm inf": lambda u, m, t: u.clip_grad_norm_(m.parameters(), 1.0, float("inf"), foreach=True),
    "norm refused": lambda u, m, t: u.clip_grad_norm_(m.parameters(), 1.0, error_if_nonfinite=True),
    "value": lambda u, m, t: u.clip_grad_value_(m.parameters(), 0.5),
    "total": lambda u, m, t: u.get_total_norm([p.grad for p in m.parameters()], 3.0),
    "total of none": lambda u, m, t: u.get_total_norm([]),
    "with norm": lambda u, m, t: u.clip_grads_with_norm_(m.parameters(), 0.1, t.tensor(2.0)),
    "old name": lambda u, m, t: u.clip_grad_norm(m.parameters(), 1.0),
    "no gradients": lambda u, m, t: u.clip_grad_norm_([t.ones(1)], 1.0),
    "generator": lambda u, m, t: u.clip_grad_norm_((p for p in m.parameters()), 0.2),
}
for _name, _call in CLIP.items():
    for _scale in (1.0, float("inf")):
        SCENES[f"clipped by {_name} at {_scale}"] = lambda n, t, call=_call, scale=_scale: (
            (module := trained(n, t, scale)),
            numbers(call(n.utils, module, t)),
            numbers([p.grad for p in module.parameters()]),
        )[1:]


@scene
def vectors(n, t):
    module = trained(n, t)
    vector = n.utils.parameters_to_vector(module.parameters())
    n.utils.vector_to_parameters(vector * 2, module.parameters())
    return numbers(vector), numbers(list(module.parameters()))


@scene
def vector_of_wrong_kind(n, t):
    return n.utils.vector_to_parameters([1.0], n.Linear(1, 1).parameters())


@scene
def fused_convolution(n, t):
    conv, norm = n.Conv2d(1, 2, 1), n.BatchNorm2d(2)
    for p in (*conv.parameters(), *norm.parameters()):
        p.data.fill_(0.5)
    norm.running_var.fill_(2.0)
    fused = n.utils.fuse_conv_bn_eval(conv.eval(), norm.eval())
    transposed = n.utils.fusion.fuse_conv_bn_weights(conv.weight, None, norm.running_mean, norm.running_var, 1e-5, None, None)
    return repr(fused), numbers(list(fused.parameters())), numbers(transposed), conv.training


@scene
def fused_in_training(n, t):
    return n.utils.fuse_conv_bn_eval(n.Conv2d(1, 1, 1), n.BatchNorm2d(1))


@scene
def fused_linear_of_other_size(n, t):
    return n.utils.fuse_linear_bn_eval(n.Linear(2, 3).eval(), n.BatchNorm1d(4).eval())


@scene
def skipped(n, t):
    module = n.utils.skip_init(n.Linear, 2, 3, bias=False)
    return repr(module), module.weight.device.type


@scene
def skipped_without_device(n, t):
    return n.utils.skip_init(n.ReLU)


@scene
def skipped_no_module(n, t):
    return n.utils.skip_init(len, 2)


PRUNE = {
    "by size": lambda p, m: p.l1_unstructured(m, "weight", 0.5),
    "by count": lambda p, m: p.l1_unstructured(m, "weight", 3),
    "at random": lambda p, m: p.random_unstructured(m, "weight", 2),
    "by rows": lambda p, m: p.ln_structured(m, "weight", 0.5, 2, 0),
    "by rows at random": lambda p, m: p.random_structured(m, "weight", 1, 1),
    "not": lambda p, m: p.identity(m, "bias"),
    "twice": lambda p, m: (p.l1_unstructured(m, "weight", 1), p.random_unstructured(m, "weight", 1))[1],
    "too much": lambda p, m: p.l1_unstructured(m, "weight", 9),
    "a share too much": lambda p, m: p.l1_unstructured(m, "weight", 1.5),
    "of no kind": lambda p, m: p.l1_unstructured(m, "weight", "a"),
    "and removed": lambda p, m: p.remove(p.l1_unstructured(m, "weight", 1), "weight"),
    "never and removed": lambda p, m: p.remove(m, "weight"),
    "all over": lambda p, m: (p.global_unstructured([(m, "weight"), (m, "bias")], p.L1Unstructured, amount=3), m)[1],
    "all over by rows": lambda p, m: p.global_unstructured([(m, "weight")], p.LnStructured, amount=1),
    "by rows of a vector": lambda p, m: p.ln_structured(m, "bias", 1, 2, 0),
    "nothing there": lambda p, m: p.l1_unstructured(m, "wait", 1),
}


def pruned(call):
    def play(n, t):
        module = trained(n, t)
        t.manual_seed(5)
        made = call(n.utils.prune, module)
        state = {k: numbers(v) for k, v in made.state_dict().items()}
        return (
            state,
            numbers(made.weight),
            n.utils.prune.is_pruned(made),
            [type(h).__name__ for h in made._forward_pre_hooks.values()],
        )

    return play


for _name, _call in PRUNE.items():
    SCENES[f"pruned {_name}"] = pruned(_call)


@scene
def old_norms(n, t):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first = n.utils.weight_norm(trained(n, t))
        second = n.utils.spectral_norm(trained(n, t))
    log = [list(first.state_dict()), list(second.state_dict()), numbers(first(t.ones(1, 2))), numbers(second(t.ones(1, 2)))]
    n.utils.remove_weight_norm(first)
    n.utils.remove_spectral_norm(second)
    log += [list(first.state_dict()), list(second.state_dict())]
    try:
        n.utils.remove_weight_norm(first)
    except ValueError as error:
        log.append(str(error))
    return log
