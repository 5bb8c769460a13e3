"""Scenes of state dicts: out, in again, and the hooks on both."""

import warnings
from collections import OrderedDict

from scenes import SCENES, keys, net, scene


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
