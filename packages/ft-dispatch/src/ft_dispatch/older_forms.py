"""Calls in the form torch had before version 1.5, numbers before the tensors they scale: `x.add_(2, y)`, `torch.addmm(2, m, a, b)`.

Torch still takes them, with a warning, and programs of that time are full of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, notices

if TYPE_CHECKING:
    from .op import Op


def call_older(op: Op, function: Callable[..., Any], args: tuple[Any, ...], **named: Any) -> Any:
    """`function` with the tensors of `args` in their order and its numbers as the scalar parameters, in theirs.

    `named` is what came by name, or its default.

    TypeError where there is no such form. Source: the signatures marked deprecated in torch's tools/autograd/deprecated.yaml.
    """
    tensors = [value for value in args if isinstance(value, Tensor)]
    numbers = [value for value in args if not isinstance(value, Tensor)]
    scalars = [param.name for param in op.params if param.kwonly and param.base == "Scalar"]
    fits = all(isinstance(number, (int, float, complex)) for number in numbers)
    if not fits or len(tensors) != len(op.tensor_at) or len(numbers) > len(scalars):
        raise TypeError(f"{function.__name__}() takes {len(op.tensor_at)} positional arguments but {len(args)} were given")
    names = [op.params[i].name for i in op.tensor_at]
    given = dict(zip(scalars, numbers, strict=False))
    form = ", ".join([*(f"Number {name}" for name in given), *(f"Tensor {name}" for name in names[1:])])
    wanted = ", ".join([*(f"Tensor {name}" for name in names[1:]), "*", *(f"Number {name} = 1" for name in scalars)])
    notices.once(
        f"This overload of {function.__name__} is deprecated:\n\t{function.__name__}({form})\nConsider using one of the following "
        f"signatures instead:\n\t{function.__name__}({wanted})",
        of="older forms",
    )
    return function(*tensors, **named | given)
