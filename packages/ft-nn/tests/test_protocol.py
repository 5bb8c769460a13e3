"""The module protocol, scene by scene: each is played with torch's modules and with ours, and must leave the same log.

A scene gets (n, t): the namespace of modules and the namespace of tensors. What it returns, or the exception it raises, is the
log. Warnings are part of it.
"""

import copy
import pickle
import warnings
import weakref
from collections import OrderedDict

import pytest

import ft_nn
from ft_dispatch import surface
from ft_nn import conversion

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.oracle

SCENES = {}


def scene(function):
    """Register a scene under its name."""
    SCENES[function.__name__] = function
    return function


def net(n):
    return n.Sequential(OrderedDict(a=n.Linear(2, 3), b=n.Sequential(n.BatchNorm1d(3), n.PReLU()), c=n.Linear(3, 1, bias=False)))


def keys(state):
    return list(state), dict(state._metadata)


# ---- state dicts


@scene
def state_dict_arguments(n, t):
    module, into = net(n), OrderedDict()
    log = [keys(module.state_dict()), keys(module.state_dict(prefix="p.")), keys(module.b.state_dict(prefix="p", keep_vars=True))]
    module.state_dict(destination=into, prefix="x.")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        module.state_dict(OrderedDict(), "q.", False)
    return log, list(into), [str(w.message)[:120] for w in seen]


def loading(change, **options):
    def play(n, t):
        module = net(n)
        state = module.state_dict()
        change(state, t, n)
        found = module.load_state_dict(state, **options)
        return repr(found), found.missing_keys, found.unexpected_keys

    return play


CHANGES = {
    "nothing": lambda s, t, n: None,
    "missing": lambda s, t, n: [s.pop(k) for k in ("a.bias", "b.0.running_mean", "c.weight")],
    "unexpected": lambda s, t, n: s.update({"zz": t.ones(1), "b.9.weight": t.ones(2), "a.bias.x": t.ones(1), "b.0": t.ones(1)}),
    "shapes": lambda s, t, n: s.update(
        {"a.weight": t.ones(4, 2), "a.bias": t.ones(()), "b.1.weight": t.ones(7), "c.weight": t.ones(3)}
    ),
    "kinds": lambda s, t, n: s.update({"a.weight": 3, "a.bias": [1.0], "b.0.running_var": None, "c.weight": n.Identity()}),
    "dtypes": lambda s, t, n: s.update({"a.weight": t.ones(3, 2, dtype=t.int64), "a.bias": t.ones(3, dtype=t.float64)}),
    "scalar for one": lambda s, t, n: s.update({"b.1.weight": t.tensor(0.5)}),
    "one for scalar": lambda s, t, n: s.update({"b.0.num_batches_tracked": t.tensor([3])}),
    "all at once": lambda s, t, n: (s.pop("c.weight"), s.update({"zz": t.ones(1), "a.bias": t.ones(9)})),
    "no metadata": lambda s, t, n: (delattr(s, "_metadata"), s.pop("b.0.num_batches_tracked")),
    "older version": lambda s, t, n: (s._metadata["b.0"].update(version=1), s.pop("b.0.num_batches_tracked")),
    "assign in metadata": lambda s, t, n: s._metadata.setdefault("a", {}).update(assign_to_params_buffers=True),
}
for _name, _change in CHANGES.items():
    SCENES[f"load with {_name}"] = loading(_change)
    SCENES[f"load loosely with {_name}"] = loading(_change, strict=False)
    SCENES[f"load by assignment with {_name}"] = loading(_change, strict=False, assign=True)


@scene
def load_refuses_what_is_no_mapping(n, t):
    return net(n).load_state_dict([("a", 1)])


@scene
def load_leaves_no_half_of_a_parameter(n, t):
    module = net(n)
    state = OrderedDict((k, t.full_like(v, 5)) for k, v in module.state_dict().items())
    state["a.bias"] = t.ones(9)
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        return str(error), [float(p.sum()) for p in module.parameters()]


@scene
def assignment_keeps_the_flag_and_takes_the_tensor(n, t):
    module = n.Linear(1, 1)
    module.bias.requires_grad_(False)
    weight, bias = t.ones(1, 1, dtype=t.float64), n.Parameter(t.ones(1))
    module.load_state_dict({"weight": weight, "bias": bias}, assign=True)
    kind = type(module.weight).__name__
    return (
        kind,
        module.weight.dtype.itemsize,
        module.bias is bias,
        [p.requires_grad for p in module.parameters()],
        module.weight is weight,
    )


@scene
def buffers_that_are_no_state(n, t):
    module = n.Module()
    module.register_buffer("kept", t.ones(1))
    module.register_buffer("lost", t.ones(2), persistent=False)
    module.register_buffer("none", None)
    log = [list(module.state_dict()), [k for k, _ in module.named_buffers()], sorted(module._non_persistent_buffers_set)]
    module.lost = t.zeros(2)
    module.kept = None
    log += [list(module.state_dict()), [k for k, _ in module.named_buffers()]]
    module.register_buffer("lost", t.ones(2))
    log.append(list(module.state_dict()))
    module.marked = n.Buffer(t.ones(1), persistent=False)
    del module.lost
    return log, list(module.state_dict()), sorted(module._non_persistent_buffers_set), repr(module)


@scene
def shared_parameters_in_state(n, t):
    module = n.Sequential(n.Linear(2, 2), n.Linear(2, 2))
    module[1].weight = module[0].weight
    module.append(module[0])
    return (
        list(module.state_dict()),
        [k for k, _ in module.named_parameters()],
        [k for k, _ in module.named_parameters(remove_duplicate=False)],
        [k for k, _ in module.named_modules(remove_duplicate=False)],
        len(list(module.modules(False))),
    )


@scene
def extra_state(n, t):
    class Extra(n.Linear):
        def get_extra_state(self):
            return {"a": 1}

        def set_extra_state(self, state):
            self.seen = state

    module = n.Sequential(Extra(1, 1), n.Linear(1, 1))
    log = [keys(module.state_dict())]
    log.append(repr(module.load_state_dict(module.state_dict())))
    log.append(module[0].seen)
    try:
        n.Sequential(n.Linear(1, 1), n.Linear(1, 1)).load_state_dict(module.state_dict())
    except RuntimeError as error:
        log.append(str(error))
    state = module.state_dict()
    del state["0._extra_state"]
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        log.append(str(error))
    return log


@scene
def extra_state_by_halves(n, t):
    class Half(n.Module):
        def get_extra_state(self):
            return 1

    return Half().load_state_dict(Half().state_dict())


# ---- hooks on state dicts


@scene
def state_hooks_and_their_order(n, t):
    module, log = net(n), []
    for name, part in module.named_modules():
        part.register_state_dict_pre_hook(lambda m, prefix, keep, name=name: log.append(("pre", name, prefix, keep)))
        part._register_state_dict_hook(lambda m, s, prefix, meta, name=name: log.append(("old", name, prefix, len(s), dict(meta))))
        part.register_state_dict_post_hook(lambda m, s, prefix, meta, name=name: log.append(("post", name, prefix, len(s))))
        part.register_load_state_dict_pre_hook(
            lambda m, s, prefix, meta, strict, missing, more, errors, name=name: log.append(
                ("load", name, prefix, dict(meta), strict)
            )
        )
        part.register_load_state_dict_post_hook(lambda m, found, name=name: log.append(("loaded", name, list(found.missing_keys))))
    module.load_state_dict(module.state_dict(prefix="")) and log
    return log


@scene
def state_hook_that_returns(n, t):
    module = n.Linear(1, 1)
    module._register_state_dict_hook(lambda m, s, prefix, meta: OrderedDict(other=1))
    return module.state_dict()


@scene
def state_post_hook_that_returns(n, t):
    module = n.Linear(1, 1)
    module.register_state_dict_post_hook(lambda m, s, prefix, meta: s)
    return module.state_dict()


@scene
def load_post_hook_that_returns(n, t):
    module = n.Linear(1, 1)
    module.register_load_state_dict_post_hook(lambda m, found: 1)
    return module.load_state_dict(module.state_dict())


@scene
def load_post_hook_that_forgives(n, t):
    module = net(n)
    module.register_load_state_dict_post_hook(
        lambda m, found: (found.missing_keys.clear(), found.unexpected_keys.clear(), None)[-1]
    )
    return repr(module.load_state_dict({"zz": t.ones(1)}))


@scene
def old_load_pre_hook_with_module(n, t):
    module, log = n.Linear(1, 1), []
    module._register_load_state_dict_pre_hook(lambda m, *rest: log.append((type(m).__name__, len(rest))), with_module=True)
    module._register_load_state_dict_pre_hook(lambda *rest: log.append(len(rest)))
    module.load_state_dict(module.state_dict())
    return log


@scene
def post_hooks_that_were_hooks_already(n, t):
    module = n.Linear(1, 1)

    def hook(*args):
        return None

    module.register_state_dict_post_hook(hook)
    return module._register_state_dict_hook(hook)


# ---- hooks around the call


def logged(log, name, result=None):
    return lambda *args: log.append((name, len(args))) or result


@scene
def order_of_all_hooks(n, t):
    module, log, handles = n.Sequential(n.Linear(2, 2), n.Tanh()), [], []
    globals_ = n.modules.module
    handles.append(globals_.register_module_forward_pre_hook(logged(log, "global pre")))
    handles.append(globals_.register_module_forward_hook(logged(log, "global post")))
    handles.append(globals_.register_module_forward_hook(logged(log, "global kwargs"), with_kwargs=True))
    handles.append(globals_.register_module_full_backward_pre_hook(logged(log, "global backward pre")))
    handles.append(globals_.register_module_full_backward_hook(logged(log, "global backward")))
    for part in module.modules():
        kind = type(part).__name__
        part.register_forward_pre_hook(logged(log, f"{kind} pre"))
        part.register_forward_pre_hook(logged(log, f"{kind} pre kwargs"), with_kwargs=True, prepend=True)
        part.register_forward_hook(logged(log, f"{kind} post"))
        part.register_forward_hook(logged(log, f"{kind} post kwargs"), with_kwargs=True, prepend=True)
        part.register_forward_hook(logged(log, f"{kind} always"), always_call=True)
        part.register_full_backward_pre_hook(logged(log, f"{kind} backward pre"))
        part.register_full_backward_pre_hook(logged(log, f"{kind} backward pre first"), prepend=True)
        part.register_full_backward_hook(logged(log, f"{kind} backward"))
        part.register_full_backward_hook(logged(log, f"{kind} backward first"), prepend=True)
    try:
        module(t.ones(1, 2, requires_grad=True)).sum().backward()
    finally:
        for handle in handles:
            handle.remove()
    return log


@scene
def always_called_hooks_on_errors(n, t):
    class Broken(n.Module):
        def forward(self, x):
            raise ValueError("broken")

    module, log = Broken(), []
    module.register_forward_pre_hook(logged(log, "pre"))
    module.register_forward_hook(logged(log, "never"))
    module.register_forward_hook(logged(log, "always"), always_call=True)
    module.register_forward_hook(logged(log, "always kwargs"), always_call=True, with_kwargs=True)
    outer = n.Sequential(module)
    outer.register_forward_hook(logged(log, "outer"), always_call=True)
    try:
        outer(t.ones(1))
    except ValueError as error:
        return log, str(error)


@scene
def always_called_hook_that_breaks(n, t):
    module, log = n.Identity(), []

    def broken(*args):
        raise KeyError("inner")

    module.register_forward_hook(broken, always_call=True)
    module.register_forward_hook(logged(log, "after"), always_call=True)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            module(t.ones(1))
        except KeyError as error:
            return log, str(error), [str(w.message) for w in seen]


@scene
def pre_hook_with_kwargs_that_returns_one(n, t):
    module = n.Identity()
    module.register_forward_pre_hook(lambda m, a, k: a, with_kwargs=True)
    return module(t.ones(1))


@scene
def hooks_replace(n, t):
    module = n.Identity()
    module.register_forward_pre_hook(lambda m, a: a[0] + 1)
    module.register_forward_pre_hook(lambda m, a, k: ((a[0] * 2,), k), with_kwargs=True)
    module.register_forward_hook(lambda m, a, out: out + a[0] * 10)
    return module(t.tensor([1.0])).tolist()


@scene
def backward_hooks_replace(n, t):
    module, log = n.Linear(2, 1, bias=False), []
    module.weight.data.fill_(1.0)
    module.register_full_backward_pre_hook(lambda m, g: (g[0] * 3,))
    module.register_full_backward_hook(lambda m, gi, go: log.append((gi[0].tolist(), go[0].tolist())) or (gi[0] * 5,))
    x = t.ones(1, 2, requires_grad=True)
    module(x).sum().backward()
    return log, x.grad.tolist(), module.weight.grad.tolist()


@scene
def backward_hooks_without_input_gradient(n, t):
    module, log = n.Linear(2, 1), []
    module.register_full_backward_hook(lambda m, gi, go: log.append((gi, go[0].tolist())))
    module(t.ones(1, 2)).sum().backward()
    return log


@scene
def backward_hooks_of_several_arguments(n, t):
    class Two(n.Module):
        def forward(self, a, b, c=1):
            return a * b, b + c

    module, log = Two(), []
    module.register_full_backward_hook(
        lambda m, gi, go: log.append(([g and g.tolist() for g in gi], [g and g.tolist() for g in go]))
    )
    a, b = t.ones(1, requires_grad=True), t.ones(1)
    x, y = module(a, b)
    (x.sum() + y.sum()).backward()
    return log, a.grad.tolist()


@scene
def backward_hook_of_wrong_length(n, t):
    module = n.Linear(1, 1)
    module.register_full_backward_hook(lambda m, gi, go: (None, None))
    module(t.ones(1, 1, requires_grad=True)).sum().backward()


@scene
def backward_pre_hook_of_wrong_length(n, t):
    module = n.Linear(1, 1)
    module.register_full_backward_pre_hook(lambda m, go: (None, None))
    module(t.ones(1, 1, requires_grad=True)).sum().backward()


@scene
def backward_hook_on_dictionary(n, t):
    class Named(n.Module):
        def forward(self, x):
            return {"a": x * 2}

    module, log = Named(), []
    module.register_full_backward_hook(logged(log, "backward"))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        module(t.ones(1, requires_grad=True))["a"].sum().backward()
    return log, [str(w.message).replace(" 'dict'", "") for w in seen]


@scene
def mixed_backward_hooks(n, t):
    module = n.Linear(1, 1)
    module.register_full_backward_hook(print)
    return module.register_backward_hook(print)


@scene
def mixed_backward_hooks_the_other_way(n, t):
    module = n.Linear(1, 1)
    module.register_backward_hook(print)
    return module.register_full_backward_hook(print)


@scene
def registration_hooks(n, t):
    log, shared = [], n.modules.module
    handles = [
        shared.register_module_parameter_registration_hook(lambda m, name, p: log.append(("p", name))),
        shared.register_module_buffer_registration_hook(lambda m, name, b: log.append(("b", name))),
        shared.register_module_module_registration_hook(lambda m, name, c: log.append(("m", name, type(c).__name__))),
    ]
    try:
        n.Sequential(n.BatchNorm1d(1), n.Linear(1, 1))
    finally:
        for handle in handles:
            handle.remove()
    n.Linear(1, 1)
    return log


@scene
def handles(n, t):
    module, log = n.Identity(), []
    with module.register_forward_hook(logged(log, "inside")):
        module(1)
    module(1)
    handle = module.register_forward_hook(logged(log, "kept"), with_kwargs=True, always_call=True)
    handle.remove()
    handle.remove()
    return log, len(module._forward_hooks), len(module._forward_hooks_with_kwargs), len(module._forward_hooks_always_called)


# ---- members


REGISTRATIONS = {
    "buffer name": lambda m, n, t: m.register_buffer(3, t.ones(1)),
    "buffer dot": lambda m, n, t: m.register_buffer("a.b", t.ones(1)),
    "buffer empty": lambda m, n, t: m.register_buffer("", t.ones(1)),
    "buffer taken": lambda m, n, t: m.register_buffer("forward", t.ones(1)),
    "buffer kind": lambda m, n, t: m.register_buffer("x", 3),
    "parameter name": lambda m, n, t: m.register_parameter(3, None),
    "parameter dot": lambda m, n, t: m.register_parameter("a.b", None),
    "parameter empty": lambda m, n, t: m.register_parameter("", None),
    "parameter taken": lambda m, n, t: m.register_parameter("train", None),
    "parameter kind": lambda m, n, t: m.register_parameter("x", t.ones(1)),
    "parameter history": lambda m, n, t: m.register_parameter("x", n.Parameter(t.ones(1)) * 2),
    "module name": lambda m, n, t: m.add_module(3, m),
    "module dot": lambda m, n, t: m.add_module("a.b", n.Identity()),
    "module empty": lambda m, n, t: m.add_module("", n.Identity()),
    "module taken": lambda m, n, t: m.add_module("train", n.Identity()),
    "module kind": lambda m, n, t: m.add_module("x", 3),
    "assign to parameter": lambda m, n, t: setattr(m, "weight", t.ones(1)),
    "assign to buffer": lambda m, n, t: setattr(m, "running_mean", 3),
    "assign to module": lambda m, n, t: (setattr(m, "inner", n.Identity()), setattr(m, "inner", 3)),
    "missing attribute": lambda m, n, t: m.nothing,
    "missing submodule": lambda m, n, t: m.get_submodule("a.b"),
    "no submodule": lambda m, n, t: m.get_submodule("weight"),
    "missing parameter": lambda m, n, t: m.get_parameter("nothing"),
    "no parameter": lambda m, n, t: m.get_parameter("running_mean"),
    "no buffer": lambda m, n, t: m.get_buffer("weight"),
    "set submodule": lambda m, n, t: m.set_submodule("weight", n.Identity()),
    "set nothing": lambda m, n, t: m.set_submodule("", n.Identity()),
    "set strictly": lambda m, n, t: m.set_submodule("x", n.Identity(), strict=True),
    "train": lambda m, n, t: m.train(1),
    "call": lambda m, n, t: n.Module()(1),
    "early parameter": lambda m, n, t: setattr(n.Module.__new__(n.Module), "x", n.Parameter(t.ones(1))),
    "early module": lambda m, n, t: setattr(n.Module.__new__(n.Module), "x", n.Identity()),
    "early buffer": lambda m, n, t: n.Module.__new__(n.Module).register_buffer("x", None),
    "extra argument": lambda m, n, t: n.Module(3),
    "extra keyword": lambda m, n, t: n.Module(x=3),
}
for _name, _call in REGISTRATIONS.items():
    SCENES[f"refusal of {_name}"] = lambda n, t, call=_call: call(n.BatchNorm1d(1), n, t)


# ---- moving


MOVES = {
    "double": lambda m, t: m.double(),
    "half": lambda m, t: m.half(),
    "bfloat16": lambda m, t: m.bfloat16(),
    "float": lambda m, t: m.double().float(),
    "dtype": lambda m, t: m.to(t.float64),
    "device and dtype": lambda m, t: m.to("cpu", t.float16),
    "by tensor": lambda m, t: m.to(t.ones(1, dtype=t.float64)),
    "complex": lambda m, t: m.to(t.complex64),
    "integers": lambda m, t: m.to(t.int32),
    "type": lambda m, t: m.type(t.float64),
    "channels last": lambda m, t: m.to(memory_format=t.channels_last),
    "meta": lambda m, t: m.to("meta"),
    "back from meta": lambda m, t: m.to("meta").to("cpu"),
    "emptied": lambda m, t: m.to("meta").to_empty(device="cpu"),
    "half twice": lambda m, t: m.to(t.float16, True),
    "frozen": lambda m, t: m.requires_grad_(False),
    "cpu": lambda m, t: m.cpu(),
}


def moved(call):
    def play(n, t):
        module = n.Sequential(n.Conv2d(2, 3, 2), n.BatchNorm2d(3))
        before = [id(p) for p in module.parameters()]
        module[0](t.ones(1, 2, 3, 3)).sum().backward()
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            made = call(module, t)
        grads = [None if p.grad is None else (str(p.grad.dtype), p.grad.device.type) for p in made.parameters()]
        state = [(k, str(v.dtype), v.device.type, tuple(v.stride())) for k, v in made.state_dict().items()]
        kept = [id(p) for p in made.parameters()] == before
        return made is module, kept, grads, state, [str(w.message)[:60] for w in seen], [p.requires_grad for p in made.parameters()]

    return play


for _name, _call in MOVES.items():
    SCENES[f"moved by {_name}"] = moved(_call)


def switched(overwrite, swap, call):
    def play(n, t):
        future = torch.__future__ if n is torch.nn else conversion
        module = n.Linear(2, 1)
        module.register_buffer("b", t.ones(2))
        module(t.ones(1, 2)).sum().backward()
        ids = {name: (id(p), id(p.grad)) for name, p in module.named_parameters()}
        future.set_overwrite_module_params_on_conversion(overwrite)
        future.set_swap_module_params_on_conversion(swap)
        try:
            found = call(module, t)
        finally:
            future.set_overwrite_module_params_on_conversion(False)
            future.set_swap_module_params_on_conversion(False)
        kept = [(ids[k][0] == id(p), p.grad is not None and ids[k][1] == id(p.grad)) for k, p in module.named_parameters()]
        facts = [
            (type(p).__name__, str(p.dtype), p.device.type, p.requires_grad) for p in (*module.parameters(), *module.buffers())
        ]
        return found, kept, facts, [p.grad is None or str(p.grad.dtype) for p in module.parameters()]

    return play


SWITCHED = {
    "cast": lambda m, t: m.double() is m,
    "moved": lambda m, t: m.to("meta") is m,
    "loaded": lambda m, t: repr(m.load_state_dict({k: v.double() + 1 for k, v in m.state_dict().items()})),
    "loaded by assignment": lambda m, t: repr(m.load_state_dict({k: v.double() for k, v in m.state_dict().items()}, assign=True)),
    "misloaded": lambda m, t: m.load_state_dict({"weight": t.ones(3), "bias": t.ones(1, dtype=t.int64), "b": 3}, assign=True),
    "weakly held": lambda m, t: (weakref.ref(m.weight), m.double())[1] is m,
}
for _name, _call in SWITCHED.items():
    SCENES[f"overwritten and {_name}"] = switched(True, False, _call)
    SCENES[f"swapped and {_name}"] = switched(False, True, _call)
    SCENES[f"kept and {_name}"] = switched(False, False, _call)


@scene
def gradients_dropped_and_zeroed(n, t):
    module = n.Linear(1, 1)
    module(t.ones(1, 1)).sum().backward()
    module.zero_grad(set_to_none=False)
    log = [p.grad.tolist() for p in module.parameters()]
    module.zero_grad()
    return log, [p.grad for p in module.parameters()]


@scene
def copies_share_nothing(n, t):
    module = net(n)
    module.a.register_forward_hook(len)
    other = copy.deepcopy(module)
    back = pickle.loads(pickle.dumps(net(n)))
    return repr(other), len(other.a._forward_hooks), other.a.weight is module.a.weight, repr(back), other.training


@scene
def printing(n, t):
    class Model(n.Module):
        def __init__(self):
            super().__init__()
            self.layers = n.ModuleList([n.Linear(1, 1)] * 3 + [n.ReLU()])
            self.heads = n.ModuleDict({"x": n.Identity(), "y": n.Sequential()})
            self.values = n.ParameterList([t.ones(2, 1)])
            self.named = n.ParameterDict({"w": t.ones(3)})
            self.nothing = None

        def extra_repr(self):
            return "first=1,\nsecond=2"

    return repr(Model())


@scene
def parametrized(n, t):
    class Symmetric(n.Module):
        def forward(self, x):
            return x.triu() + x.triu(1).mT

    module = n.Linear(2, 2)
    n.utils.parametrize.register_parametrization(module, "weight", Symmetric())
    state = module.state_dict()
    log = [list(state), repr(module)]
    try:
        n.Linear(2, 2).load_state_dict(state)
    except RuntimeError as error:
        log.append(str(error))
    return log, [k for k, _ in module.named_parameters()]


PARAMETRIZED = {
    "shape": lambda n, t, make: n.utils.parametrize.register_parametrization(n.Linear(2, 2), "weight", make(lambda x: x[0])),
    "dtype": lambda n, t, make: n.utils.parametrize.register_parametrization(n.Linear(2, 2), "weight", make(lambda x: x.double())),
    "kind": lambda n, t, make: n.utils.parametrize.register_parametrization(n.Linear(2, 2), "weight", make(lambda x: 3)),
    "second": lambda n, t, make: n.utils.parametrize.register_parametrization(
        parametrized_layer(n, make), "weight", make(lambda x: x[0])
    ),
    "second dtype": lambda n, t, make: n.utils.parametrize.register_parametrization(
        parametrized_layer(n, make), "weight", make(lambda x: x.double())
    ),
    "second kind": lambda n, t, make: n.utils.parametrize.register_parametrization(
        parametrized_layer(n, make), "weight", make(lambda x: None)
    ),
    "assignment": lambda n, t, make: setattr(parametrized_layer(n, make), "weight", t.ones(2, 2)),
    "name": lambda n, t, make: n.utils.parametrize.register_parametrization(n.Linear(2, 2), "wait", make(lambda x: x)),
    "removal": lambda n, t, make: n.utils.parametrize.remove_parametrizations(n.Linear(2, 2), "weight"),
    "copy": lambda n, t, make: pickle.dumps(parametrized_layer(n, make)),
}


def parametrized_layer(n, make):
    module = n.Linear(2, 2)
    n.utils.parametrize.register_parametrization(module, "weight", make(lambda x: x))
    return module


def parametrization(call):
    def play(n, t):
        class Made(n.Module):
            def __init__(self, function):
                super().__init__()
                self.function = function

            def forward(self, x):
                return self.function(x)

        return call(n, t, Made)

    return play


for _name, _call in PARAMETRIZED.items():
    SCENES[f"parametrization and {_name}"] = parametrization(_call)


CALLED = {
    "other tensors": lambda f, m, t: f(m, {"weight": t.ones(1, 2), "bias": t.zeros(1)}, t.ones(1, 2)).tolist(),
    "unknown": lambda f, m, t: f(m, {"wait": t.ones(1)}, t.ones(1, 2)),
    "unknown inside": lambda f, m, t: f(m, {"inner.weight": t.ones(1)}, t.ones(1, 2)),
    "missing strictly": lambda f, m, t: f(m, {"weight": t.ones(1, 2)}, t.ones(1, 2), strict=True),
    "unknown strictly": lambda f, m, t: f(
        m, {"weight": t.ones(1, 2), "bias": t.ones(1), "x": t.ones(1)}, t.ones(1, 2), strict=True
    ),
    "wrong keys strictly": lambda f, m, t: f(
        m, {"weight": t.ones(1, 2), "y": t.ones(1), "x": t.ones(1)}, t.ones(1, 2), strict=True
    ),
    "nothing left behind": lambda f, m, t: (f(m, {"wait": t.ones(1)}, t.ones(1, 2)), hasattr(m, "wait"))[1],
    "twice": lambda f, m, t: f(m, ({"weight": t.ones(1, 2)}, {"weight": t.ones(1, 2)}), t.ones(1, 2)),
    "keywords": lambda f, m, t: f(m, {"weight": t.ones(1, 2), "bias": t.zeros(1)}, (), {"input": t.ones(1, 2)}).tolist(),
}
for _name, _call in CALLED.items():
    SCENES[f"called with {_name}"] = lambda n, t, call=_call: call(
        torch.func.functional_call if n is torch.nn else n.utils.stateless.functional_call, n.Linear(2, 1), t
    )


def play(name, n, t):
    """The log of a scene: what it returns, or the exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        t.manual_seed(0)
        try:
            log = repr(SCENES[name](n, t))
        except Exception as error:  # noqa: BLE001 - the exception is what is compared
            log = f"{type(error).__name__}: {error}"
    for ours in ("ft_nn.layers", "ft_nn.containers", "ft_nn.module"):
        log = log.replace(ours, "torch.nn.modules")
    return log


@pytest.mark.parametrize("name", SCENES)
def test_scene_is_torchs(name):
    assert play(name, ft_nn, surface) == play(name, torch.nn, torch)


def test_a_wrong_log_is_seen():
    assert play("printing", ft_nn, surface) != play("handles", torch.nn, torch)
    assert "RuntimeError" in play("load with missing", ft_nn, surface)
