"""What the scenes of the module protocol have in common: their registry, and a network to play with."""

from collections import OrderedDict

SCENES = {}
"""name -> function of (n, t), the namespaces of modules and of tensors."""


def scene(function):
    """Register a scene under its name."""
    SCENES[function.__name__] = function
    return function


def net(n):
    """Three levels, with parameters, buffers and a layer without a bias."""
    return n.Sequential(OrderedDict(a=n.Linear(2, 3), b=n.Sequential(n.BatchNorm1d(3), n.PReLU()), c=n.Linear(3, 1, bias=False)))


def keys(state):
    """The keys of a state dict and its metadata."""
    return list(state), dict(state._metadata)


def logged(log, name, result=None):
    """A hook that writes its name and the number of its arguments."""
    return lambda *args: log.append((name, len(args))) or result
