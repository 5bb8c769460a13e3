"""Rules that are one expression stand in the generated node itself: a call costs more than many of them do."""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

_PLAIN = (
    ast.Attribute,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.Constant,
    ast.IfExp,
    ast.Name,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.boolop,
    ast.cmpop,
    ast.expr_context,
    ast.keyword,
    ast.operator,
    ast.unaryop,
)
"""Syntax in which a name means the same wherever the expression stands: no lambda, no comprehension, no assignment."""


def inlined(function: Callable[..., Any], values: Mapping[str, str]) -> str | None:
    """The text of a one-expression function with `values` for its parameters and `rules.x` for its globals; None for any other."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    body = tree.body[0].body if isinstance(tree.body[0], ast.FunctionDef) else []
    if function.__closure__ or len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        return None
    expression = body[0].value
    if not all(isinstance(node, _PLAIN) for node in ast.walk(expression)):
        return None
    return ast.unparse(_Placed(function, values).visit(expression))


class _Placed(ast.NodeTransformer):
    def __init__(self, function: Callable[..., Any], values: Mapping[str, str]) -> None:
        self.values = values
        self.globals = function.__globals__

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.values:
            return ast.parse(self.values[node.id], mode="eval").body
        if node.id in self.globals or not hasattr(builtins, node.id):
            return ast.Attribute(ast.Name("rules", ast.Load()), node.id, ast.Load())
        return node
