"""The stubs that editors read are those the op table gives now, and they read as Python."""

import ast

import pytest

from ft_dispatch import stubs

FILES = stubs.files()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_stub_is_fresh(path):
    assert path.read_text(encoding="utf-8") == FILES[path], "stale; run python -m ft_dispatch.stubs"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_stub_defines_every_function_once(path):
    for scope in [n for n in ast.walk(ast.parse(FILES[path])) if isinstance(n, (ast.Module, ast.ClassDef))]:
        names = [n.name for n in scope.body if isinstance(n, ast.FunctionDef) and not n.decorator_list]
        assert len(names) == len(set(names))
        assert names or isinstance(scope, ast.Module)


def test_types_come_from_signatures():
    from ft_dispatch.registry import OPS

    assert stubs.op_definition(OPS["add.Tensor"], "add", True) == (
        "def add(self, other: Tensor | _Number, *, alpha: _Number = 1) -> Tensor: ..."
    )
    assert stubs.operator_definition(OPS["neg"], "__neg__") == "def __neg__(self) -> Tensor: ..."
    assert stubs.annotation("dict[int, Foreign]") == "Any"
    assert stubs.annotation("dtype | None") == "_dtype | None"


def test_check_notices_a_stale_file(monkeypatch, tmp_path, capsys):
    target = tmp_path / "x.pyi"
    monkeypatch.setattr(stubs, "files", lambda: {target: "new"})
    assert stubs.main(["--check"]) == 1
    assert stubs.main([]) == 0
    assert stubs.main(["--check"]) == 0
    assert "x.pyi" in capsys.readouterr().out
