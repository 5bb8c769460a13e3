"""Scenes of hooks around the call and its backward, and of registration."""

import warnings

from scenes import logged, scene

from ft_autograd import grad as gradient_of


def double(module, x):
    """A gradient that has a history, in ours."""
    return gradient_of(module(x).square().sum(), x, create_graph=True)


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
def backward_hooks_with_whole_numbers(n, t):
    class Pick(n.Module):
        def forward(self, x, i, mask, name):
            return x[i] * mask, i + 1

    module, log = Pick(), []
    module.register_full_backward_hook(
        lambda m, gi, go: log.append([None if g is None else (str(g.dtype), g.tolist()) for g in (*gi, *go)])
    )
    x = t.ones(3, requires_grad=True)
    out, following = module(x, t.tensor([0, 0, 2]), t.tensor([True, False, True]), "name")
    out.sum().backward()
    return log, x.grad.tolist(), following.requires_grad, following.dtype.is_floating_point


@scene
def backward_twice(n, t):
    module, log = n.Linear(1, 1, bias=False), []
    module.weight.data.fill_(2.0)
    module.register_full_backward_hook(lambda m, gi, go: log.append((gi[0].tolist(), gi[0].requires_grad)))
    x = t.ones(1, 1, requires_grad=True)
    (grad,) = t.autograd.grad(module(x).square().sum(), x, create_graph=True) if hasattr(t, "autograd") else double(module, x)
    grad.sum().backward()
    return log, x.grad.tolist(), module.weight.grad.tolist()


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
