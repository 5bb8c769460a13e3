"""Averages of a model's weights along its training: plain (SWA) or exponential (EMA). `torch.optim.swa_utils`, but for its schedule.

A model that averages holds a copy of another and moves it a step towards the other whenever it is told to. Normalisation statistics
of the copy belong to no weights that ever ran together, so `update_bn` gathers them anew. The schedule that goes with it is a
scheduler and lives in ft_optim. Source: torch.optim.swa_utils; Izmailov et al. 2018.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import chain
from typing import Any, TypeAlias

from ft_autograd.modes import no_grad
from ft_core import Tensor
from ft_dispatch import surface as torch

from .layers.batchnorm import _BatchNorm
from .module import Module

__all__ = [
    "AveragedModel", "get_ema_avg_fn", "get_ema_multi_avg_fn", "get_swa_avg_fn", "get_swa_multi_avg_fn", "update_bn",
]  # fmt: skip

Average: TypeAlias = Callable[[Tensor, Tensor, Any], Tensor]
ManyAverages: TypeAlias = Callable[[Sequence[Tensor], Sequence[Tensor], Any], None]


def _check_decay(decay: float) -> None:
    if decay < 0.0 or decay > 1.0:
        raise ValueError(f"Invalid decay value {decay} provided. Please provide a value in [0,1] range.")


def get_ema_avg_fn(decay: float = 0.999) -> Average:
    """`f(average, current, count)`: decay * average + (1 - decay) * current. ValueError for a decay outside [0, 1]."""
    _check_decay(decay)

    @no_grad()
    def ema_update(ema_param: Tensor, current_param: Tensor, num_averaged: Any) -> Tensor:
        return decay * ema_param + (1 - decay) * current_param

    return ema_update


def get_swa_avg_fn() -> Average:
    """`f(average, current, count)`: the mean of count + 1 values, from that of count and one more."""

    @no_grad()
    def swa_update(averaged_param: Tensor, current_param: Tensor, num_averaged: Any) -> Tensor:
        return averaged_param + (current_param - averaged_param) / (num_averaged + 1)

    return swa_update


def get_ema_multi_avg_fn(decay: float = 0.999) -> ManyAverages:
    """`f(averages, currents, count)`: `get_ema_avg_fn` in place on lists of tensors of one dtype and device."""
    one = get_ema_avg_fn(decay)

    @no_grad()
    def ema_update(ema_param_list: Sequence[Tensor], current_param_list: Sequence[Tensor], _: Any) -> None:
        _move(ema_param_list, current_param_list, 1 - decay, lambda a, b: one(a, b, None))

    return ema_update


def get_swa_multi_avg_fn() -> ManyAverages:
    """`f(averages, currents, count)`: `get_swa_avg_fn` in place on lists of tensors of one dtype and device."""
    one = get_swa_avg_fn()

    @no_grad()
    def swa_update(averaged_param_list: Sequence[Tensor], current_param_list: Sequence[Tensor], num_averaged: Any) -> None:
        _move(averaged_param_list, current_param_list, 1 / (num_averaged + 1), lambda a, b: one(a, b, num_averaged))

    return swa_update


def _move(
    averages: Sequence[Tensor], currents: Sequence[Tensor], weight: Any, otherwise: Callable[[Tensor, Tensor], Tensor]
) -> None:
    """averages += weight * (currents - averages); integers, which have no such step, become `otherwise(average, current)`."""
    for average, current in zip(averages, currents, strict=True):
        if average.is_floating_point() or average.is_complex():
            average.lerp_(current, weight)
        else:
            average.copy_(otherwise(average, current))


class AveragedModel(Module):
    """A copy of a model whose parameters are running averages of the model's.

    Args:
        model: what to average; it is copied and otherwise left alone.
        device: where the average is kept; with the model unless told.
        avg_fn: `f(average, current, count)` gives a new average of one parameter; the plain mean unless told.
        multi_avg_fn: `f(averages, currents, count)` changes the averages of a list in place.
        use_buffers: average buffers as well; they are copied otherwise.

    `n_averaged` is the count, an int64 buffer. Raises: AssertionError for both functions. Source: torch.optim.swa_utils.AveragedModel.
    """

    n_averaged: Tensor

    def __init__(
        self,
        model: Module,
        device: Any = None,
        avg_fn: Average | None = None,
        multi_avg_fn: ManyAverages | None = None,
        use_buffers: bool = False,
    ) -> None:
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise AssertionError("Only one of avg_fn and multi_avg_fn should be provided")
        self.module = deepcopy(model)
        if device is not None:
            self.module = self.module.to(device)
        self.register_buffer("n_averaged", torch.tensor(0, dtype=torch.int64, device=device))
        self.avg_fn = avg_fn
        self.multi_avg_fn = multi_avg_fn
        self.use_buffers = use_buffers

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the averaged model makes of the arguments."""
        return self.module(*args, **kwargs)

    def update_parameters(self, model: Module) -> None:
        """Take the parameters of `model` into the average; the first time they are copied."""
        own, others = self._tensors(self.module), self._tensors(model)
        pairs = [(mine.detach(), p.detach().to(mine.device)) for mine, p in zip(own, others, strict=False)]
        if self.n_averaged == 0:
            for mine, p in pairs:
                mine.copy_(p)
        elif self.multi_avg_fn is not None:
            self._update_lists(pairs)
        else:
            average = get_swa_avg_fn() if self.avg_fn is None else self.avg_fn
            for mine, p in pairs:
                mine.copy_(average(mine, p, self.n_averaged.to(mine.device)))
        if not self.use_buffers:
            for kept, buffer in zip(self.module.buffers(), model.buffers(), strict=True):
                kept.detach().copy_(buffer.detach().to(kept.device))
        self.n_averaged += 1

    def _tensors(self, model: Module) -> Iterable[Tensor]:
        return chain(model.parameters(), model.buffers()) if self.use_buffers else model.parameters()

    def _update_lists(self, pairs: list[tuple[Tensor, Tensor]]) -> None:
        alike: dict[Any, tuple[list[Tensor], list[Tensor]]] = {}
        for mine, p in pairs:
            ours, theirs = alike.setdefault((mine.device, mine.dtype), ([], []))
            ours.append(mine)
            theirs.append(p)
        for (where, _), (ours, theirs) in alike.items():
            self.multi_avg_fn(ours, theirs, self.n_averaged.to(where))  # type: ignore[misc]


@no_grad()
def update_bn(loader: Iterable[Any], model: Module, device: Any = None) -> None:
    """Gather the running statistics of a model's batch norms anew, in one pass over `loader`.

    loader: batches, or tuples and lists whose first item is the batch. device: where to move them first. The model runs in training
    mode with the statistics as plain means, and is left in the mode it was in. Source: torch.optim.swa_utils.update_bn.
    """
    norms = [module for module in model.modules() if isinstance(module, _BatchNorm)]
    if not norms:
        return
    momenta = [module.momentum for module in norms]
    training = model.training
    for module in norms:
        module.reset_running_stats()
    model.train()
    for module in norms:
        module.momentum = None
    for batch in loader:
        x = batch[0] if isinstance(batch, (list, tuple)) else batch
        model(x if device is None else x.to(device))
    for module, momentum in zip(norms, momenta, strict=True):
        module.momentum = momentum
    model.train(training)
