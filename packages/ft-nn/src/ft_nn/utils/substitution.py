"""Calling a module with other tensors in the place of its own.

The tensors are put into the module's tables for the time of the call, so that a function of parameters can be
differentiated or batched while the module stays what it was. Source: torch.func.functional_call (2.13).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_ABSENT = object()


def _place(module: Any, path: str) -> tuple[dict[str, Any], str]:
    """The table that holds the tensor ``path`` names, and its key; ``AttributeError`` where there is no such module."""
    prefix, _, name = path.rpartition(".")
    owner = module.get_submodule(prefix)
    for table in (owner._parameters, owner._buffers):
        if name in table:
            return table, name
    return owner.__dict__, name  # a plain attribute, or one that is there for the time of the call


def _groups_of_tied(module: Any) -> list[set[str]]:
    by_identity: dict[int, set[str]] = {}
    for named in (module.named_parameters(remove_duplicate=False), module.named_buffers(remove_duplicate=False)):
        for name, tensor in named:
            by_identity.setdefault(id(tensor), set()).add(name)
    return [names for names in by_identity.values() if len(names) > 1]


def _with_ties(module: Any, given: dict[str, Any]) -> dict[str, Any]:
    """``given`` with every name that shares a tensor with a given one; ``ValueError`` where two given ones disagree."""
    full = dict(given)
    for names in _groups_of_tied(module):
        asked = sorted(names & given.keys())
        if len({id(given[name]) for name in asked}) > 1:
            raise ValueError(
                f"functional_call got multiple values for keys {asked}, which are tied. Consider using tie_weights=False"
            )
        for name in names if asked else ():
            full[name] = given[asked[0]]
    return full


@contextlib.contextmanager
def _swapped(module: Any, tensors: Mapping[str, Any]) -> Iterator[None]:
    # All places are found before any is written: a wrong name leaves the module as it was.
    places = [(*_place(module, path), value) for path, value in tensors.items()]
    saved = [table.get(name, _ABSENT) for table, name, _ in places]
    for table, name, value in places:
        table[name] = value
    try:
        yield
    finally:
        for (table, name, _), old in zip(places, saved, strict=True):
            if old is _ABSENT:
                table.pop(name, None)
            else:
                table[name] = old


def _check_keys(module: Any, given: dict[str, Any]) -> None:
    """RuntimeError that names every tensor of the module that is not given, and every given one it does not have."""
    own = {name for kind in ("parameters", "buffers") for name, _ in getattr(module, f"named_{kind}")(remove_duplicate=False)}
    found = ("Unexpected", given.keys() - own), ("Missing", own - given.keys())
    errors = [f"{what} key(s): {', '.join(map(repr, sorted(names)))}." for what, names in found if names]
    if errors:
        raise RuntimeError("Error(s) in reparametrizing for {}:\n\t{}".format(module._get_name(), "\n\t".join(errors)))


def functional_call(
    module: Any,
    parameter_and_buffer_dicts: Any,
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """``module(*args, **kwargs)`` with the given tensors, by dotted name, in the place of its own.

    A sequence of dictionaries is taken together; tied tensors follow each other with ``tie_weights``. Buffers written
    in the call change the given tensors, not the module's. Raises ``ValueError`` for a name given twice and
    ``RuntimeError``, with ``strict``, for names missing or unknown.
    """
    given: dict[str, Any] = {}
    several = isinstance(parameter_and_buffer_dicts, Sequence)
    for part in parameter_and_buffer_dicts if several else [parameter_and_buffer_dicts]:
        repeated = given.keys() & part.keys()
        if repeated:
            raise ValueError(f"{sorted(repeated)} appeared in multiple dictionaries; behavior of functional call is ambiguous")
        given.update(part)
    if tie_weights:
        given = _with_ties(module, given)
    if strict:
        _check_keys(module, given)
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    with _swapped(module, given):
        return module(*args, **(kwargs or {}))


def replace_all_batch_norm_modules_(root: Any) -> Any:
    """Make every batch norm below `root` use the batch's own statistics, in place: running ones cannot be written to under vmap.

    Returns `root`. Source: torch.func.replace_all_batch_norm_modules_.
    """
    from ..layers.batchnorm import _BatchNorm  # noqa: PLC0415  # layers import this package

    for module in root.modules():
        if isinstance(module, _BatchNorm):
            if not module.affine and not module.track_running_stats:
                continue
            module.running_mean = module.running_var = module.num_batches_tracked = None
            module.track_running_stats = False
    return root
