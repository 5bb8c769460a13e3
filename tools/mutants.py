"""The mutants of a file: every small change that a test should notice, function by function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip


_UNSEEN = ("strict", "stacklevel")


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, and how to make it."""

    path: Path
    line: int
    function: str
    first: int
    before: str
    after: str
    make: Callable[[], CodeType]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function}: {self.before}  ->  {self.after}"


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of one node."""
    new = copy.deepcopy(node)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        new.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[attr-defined]
        yield new
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in SWAPS:
        new.op = SWAPS[type(node.op)]()  # type: ignore[attr-defined]
        yield new
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and not _opposed(node.test):
        new.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]
        yield new
    elif isinstance(node, ast.Return) and node.value is not None and not _is_false(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield ast.Pass()


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file. Left alone are messages of errors, the line a warning points to, annotations and docstrings, because what they
    say is not what the code does; and `strict=` of zip, a guard that no input reaches while the code around it is right.
    """
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for name, function in functions(tree):
        first = min([function.lineno, *[d.lineno for d in function.decorator_list]])
        for owner, field, index, node in _places(function):
            for new in changed(node):
                put = ast.fix_missing_locations(ast.copy_location(new, node))

                def make(owner=owner, field=field, index=index, node=node, put=put, name=name, first=first) -> CodeType:  # type: ignore[no-untyped-def]
                    _put(owner, field, index, put)
                    code = compile(tree, str(path), "exec")
                    _put(owner, field, index, node)
                    return _code_of(code, name, first)

                yield Mutant(path, node.lineno, name, first, _short(node), _short(new), make)


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module and methods of its classes, by qualified name; what is nested in them belongs to them."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from [(f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, ast.FunctionDef)]


def _places(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    stack: list[ast.AST] = [*function.body]
    yield from [(function, "body", i, node) for i, node in enumerate(function.body)]
    while stack:
        owner = stack.pop()
        if isinstance(owner, ast.Raise | ast.JoinedStr) or (isinstance(owner, ast.keyword) and owner.arg in _UNSEEN):
            continue
        for field, value in ast.iter_fields(owner):
            if field in ("annotation", "returns", "decorator_list"):
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and not isinstance(node, ast.Raise | ast.JoinedStr):
                    yield owner, field, index, node
                    stack.append(node)


def _put(owner: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node


def _code_of(code: CodeType, name: str, first: int) -> CodeType:
    stack = [code]
    while stack:
        for inner in stack.pop().co_consts:
            if isinstance(inner, CodeType):
                if inner.co_qualname == name and inner.co_firstlineno == first:
                    return inner
                stack.append(inner)
    raise LookupError(f"{name}, line {first}: no such function in the compiled file")


def _is_false(node: ast.AST) -> bool:
    """None and False say the same to a caller who asks for truth; False is made True by a mutant of its own."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _opposed(test: ast.expr) -> bool:
    """Whether swapping the operator (or dropping `not`) already gives the opposite condition; that mutant is not made twice."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return True
    both = (ast.Is, ast.IsNot, ast.In, ast.NotIn, ast.Eq, ast.NotEq)
    return isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], both)


def _short(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        return f"{type(node).__name__.lower()} {ast.unparse(node.test)}:"
    return " ".join(ast.unparse(node).split())[:80]
