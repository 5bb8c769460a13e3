"""MultiOptimizer: one optimizer to the outside, several inside, each with the parameters that a predicate gives it."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, TypeAlias

from ft_core import Tensor

from .optimizer import Closure, Optimizer, ParamsT, _split_names
from .rule import evaluated

Factory: TypeAlias = Callable[[list[dict[str, Any]]], Optimizer]
Route: TypeAlias = tuple[Callable[[str, Tensor], bool], Factory]


class MultiOptimizer(Optimizer):
    """Several optimizers that step, are scheduled, saved and loaded as one.

    Args:
        params: tensors, named tensors, or groups; options of a group go to every optimizer that gets parameters of it.
        routes: (predicate, factory) pairs. A parameter goes to the first whose `predicate(name, tensor)` is true; the name is "" where
            parameters have none. `factory(groups)` makes the optimizer, for instance `functools.partial(Muon, lr=0.02)`.
        rest: factory of the optimizer of all others; without it they are refused.

    `param_groups` are those of the optimizers one after another, the same dicts, so schedulers change them; `state` is a view of all
    states; `optimizers` are those that have parameters. Raises: ValueError for a parameter that no route takes, TypeError for an
    optimizer whose step needs a closure, such as LBFGS. The idea is that of MLX's class of this name.

    Example:
        MultiOptimizer(
            model.named_parameters(),
            [(lambda name, p: p.ndim == 2 and "embed" not in name, partial(Muon, lr=0.02))],
            rest=partial(AdamW, lr=1e-3),
        )
    """

    def __init__(self, params: ParamsT, routes: Sequence[Route], rest: Factory | None = None) -> None:
        self._routes = list(routes)
        self._factories: list[Factory | None] = [*(factory for _, factory in self._routes), rest]
        self._members: list[Optimizer | None] = [None] * len(self._factories)
        super().__init__(params, {})

    @property
    def optimizers(self) -> list[Optimizer]:
        """The optimizers that have parameters, in the order of the routes."""
        return [member for member in self._members if member is not None]

    @property
    def param_groups(self) -> list[dict[str, Any]]:  # type: ignore[override]
        """The groups of all optimizers."""
        return [group for member in self.optimizers for group in member.param_groups]

    @param_groups.setter
    def param_groups(self, groups: list[dict[str, Any]]) -> None:
        left = iter(groups)
        for member in self.optimizers:
            member.param_groups = list(islice(left, len(member.param_groups)))

    @property
    def state(self) -> defaultdict[Any, Any]:  # type: ignore[override]
        """The state of every parameter; the dict is new, the states in it are the optimizers' own."""
        return defaultdict(dict, {p: held for member in self.optimizers for p, held in member.state.items()})

    @state.setter
    def state(self, state: dict[Any, Any]) -> None:
        for member in self.optimizers:
            own = {id(p) for group in member.param_groups for p in group["params"]}
            member.state = defaultdict(dict, {p: held for p, held in state.items() if id(p) in own})

    def __getstate__(self) -> dict[str, Any]:
        return {"defaults": self.defaults, "_routes": self._routes, "_factories": self._factories, "_members": self._members}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name in ("param_groups", "state"):
            if name in state:
                setattr(self, name, state[name])
        super().__setstate__({name: value for name, value in state.items() if name not in ("param_groups", "state")})
        for member in self.optimizers:
            member.__setstate__({"state": member.state, "param_groups": member.param_groups})

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Route the parameters of one more group. Nothing is added where one of them has no route or is held already."""
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        group = dict(param_group)
        params = group["params"]
        group["params"] = [params] if isinstance(params, Tensor) else list(params)
        _split_names(group)
        self._check_params(group["params"])
        self._check_against_groups(group)
        shares = self._shares(group)
        options = {key: value for key, value in group.items() if key not in ("params", "param_names")}
        fresh = {at: self._made(at, {**options, "params": share}) for at, share in shares.items() if self._members[at] is None}
        for at, share in shares.items():
            member = self._members[at]
            if member is None:
                self._members[at] = fresh[at]
            else:
                member.add_param_group({**options, "params": share})

    def _shares(self, group: dict[str, Any]) -> dict[int, list[Any]]:
        """The parameters of a group, with their names where they have some, by route."""
        named = "param_names" in group
        names = group["param_names"] if named else [""] * len(group["params"])
        shares: defaultdict[int, list[Any]] = defaultdict(list)
        for name, p in zip(names, group["params"], strict=True):
            at = next((i for i, (takes, _) in enumerate(self._routes) if takes(name, p)), len(self._routes))
            if self._factories[at] is None:
                raise ValueError(
                    f"MultiOptimizer: no route takes the parameter {name or 'without a name'} of shape {tuple(p.shape)}; widen a "
                    "predicate or give rest="
                )
            shares[at].append((name, p) if named else p)
        return shares

    def _made(self, at: int, group: dict[str, Any]) -> Optimizer:
        made = self._factories[at]([group])  # type: ignore[misc]
        closure = inspect.signature(type(made).step).parameters.get("closure")
        if closure is not None and closure.default is inspect.Parameter.empty:
            raise TypeError(
                f"MultiOptimizer: {type(made).__name__} evaluates the loss itself, several times a step; step it on its own instead"
            )
        return made

    def step(self, closure: Closure | None = None) -> Any:
        """Step every optimizer once; `closure` is evaluated once, before them, and its loss returned."""
        loss = evaluated(closure)
        for member in self.optimizers:
            member.step()
        return loss
