"""Scenes of members that are refused, modules that are moved, parametrized, or called with other tensors."""

import copy
import pickle
import warnings
import weakref

import torch
from scenes import SCENES, net, scene

from ft_nn import conversion

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
        torch.func.functional_call if n is torch.nn else n.utils.substitution.functional_call, n.Linear(2, 1), t
    )
