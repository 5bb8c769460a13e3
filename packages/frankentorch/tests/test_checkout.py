"""The checkout as a whole: one version everywhere, and guard scripts that notice what they are there for."""

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def tools_on_path(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield
    for path in (ROOT / "tools").glob("*.py"):
        sys.modules.pop(path.stem, None)


def tool(name):
    return importlib.import_module(name)


def pyprojects():
    return {path.parent.name: tomllib.loads(path.read_text()) for path in sorted(ROOT.glob("packages/*/pyproject.toml"))}


# ---- versions, pins, requirements.txt ----


def test_all_versions_are_one():
    versions = {project["project"]["version"] for project in pyprojects().values()}
    assert len(versions) == 1
    assert versions.pop().endswith("+checkout")  # an index refuses uploads with local versions: nobody can slip in our name


def test_distribution_is_named_after_its_folder():
    assert {name: project["project"]["name"] for name, project in pyprojects().items()} == {name: name for name in pyprojects()}


def test_every_sibling_is_pinned_to_that_version():
    siblings = tool("siblings")
    known = siblings.projects()
    version = known["ft-core"]["version"]
    pins = []
    for project in known.values():
        everything = frozenset(project.get("optional-dependencies", {}))
        for line in siblings.requirements(project, everything):
            name, extras, rest = siblings.split(line)
            if name in known:
                pins.append((project["name"], line))
                assert rest == f"=={version}", (project["name"], line)
                assert extras <= known[name]["optional-dependencies"].keys(), (project["name"], line)
    assert len(pins) > 20


def test_every_dependency_has_a_reason():
    for name in pyprojects():
        _, _, dependencies = (ROOT / "packages" / name / "pyproject.toml").read_text().partition("\ndependencies = [")
        lines = re.findall(r'^    "[\w.-]+.*[=<>].*$', dependencies, re.MULTILINE)
        assert lines, name
        assert [line for line in lines if not re.search(r'",  # \S', line)] == [], name


def test_requirements_hold_every_package_of_the_checkout():
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    named = [re.fullmatch(r"-e \./packages/([a-z-]+)(\[full\])?", line) for line in lines]
    assert all(named)
    assert sorted(match[1] for match in named) == sorted(pyprojects())
    assert [match[1] for match in named if match[2]] == ["frankentorch"]


def test_every_package_is_typed_and_has_a_readme():
    for name in pyprojects():
        module = name.replace("-", "_")
        assert (ROOT / "packages" / name / "src" / module / "py.typed").exists()
        assert len((ROOT / "packages" / name / "README.md").read_text().splitlines()) > 10, name


def test_readme_is_short_and_gives_both_commands():
    text = (ROOT / "README.md").read_text()
    assert text.count("\n") < 120
    assert "python3 -m pip install -r requirements.txt && python3 -m frankentorch demo\npython3 -m pytest\n" in text


# ---- siblings.py ----


def checkout(root, **packages):
    """A made-up checkout: distribution name to (dependencies, {file in the package: text})."""
    for name, (dependencies, files) in packages.items():
        package = root / "packages" / name.replace("_", "-")
        package.mkdir(parents=True)
        lines = "".join(f'"{line}", ' for line in dependencies)
        package.joinpath("pyproject.toml").write_text(
            f'[project]\nname = "{package.name}"\nversion = "1"\ndependencies = [{lines}]\n'
        )
        for path, text in files.items():
            file = package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return root


def test_siblings_are_the_declared_ones_and_theirs(tmp_path):
    root = checkout(tmp_path, ft_a=(["ft-b==1", "numpy>=2"], {}), ft_b=(["ft-c==1"], {}), ft_c=([], {}), ft_d=([], {}))
    assert tool("siblings").closure("ft-a", frozenset(), root).keys() == {"ft-a", "ft-b", "ft-c"}


def test_siblings_names_an_unknown_package_and_extra():
    siblings = tool("siblings")
    with pytest.raises(ValueError, match="ft-zzz: no such package; there are frankentorch"):
        siblings.closure("ft-zzz", frozenset())
    with pytest.raises(ValueError, match="ft-core: no extra zzz"):
        siblings.closure("ft-core", frozenset({"zzz"}))


def test_siblings_prints_paths_with_extras(capsys):
    assert tool("siblings").main(["ft-core", "--extra", "test"]) == 0
    assert capsys.readouterr().out == f"--editable {ROOT / 'packages' / 'ft-core'}[test]\n"


# ---- build_wheels.py ----


def test_release_strips_the_label_and_leaves_leftovers_behind(tmp_path):
    root = checkout(
        tmp_path / "checkout", ft_a=(["ft-b==1+checkout"], {"src/ft_a/__init__.py": "", "build/lib/gone.py": ""}), ft_b=([], {})
    )
    (root / "LICENSE").write_text("as is")
    kept, released = tmp_path / "kept", tmp_path / "released"
    build_wheels = tool("build_wheels")
    assert [copy.name for copy in build_wheels.prepare(kept, release=False, root=root)] == ["ft-a", "ft-b"]
    build_wheels.prepare(released, release=True, root=root)
    assert "ft-b==1+checkout" in (kept / "ft-a" / "pyproject.toml").read_text()
    assert '"ft-b==1", ' in (released / "ft-a" / "pyproject.toml").read_text()
    assert (released / "ft-a" / "LICENSE").read_text() == "as is"
    assert not (released / "ft-a" / "build").exists()


# ---- guard scripts: each with an example that must fail, and one that must not ----


def texts(name, root):
    return [row.text for row in tool(name).find(root) if not row.warning]


def test_check_imports_finds_the_undeclared(tmp_path):
    files = {"src/ft_a/__init__.py": "import os, numpy\nfrom . import x\ndef f():\n    import rich.table\n"}
    (row,) = tool("check_imports").find(checkout(tmp_path, ft_a=(["numpy>=2"], files)))
    assert (row.line, row.text) == (4, "ft-a imports rich without declaring it; add it to ft-a/pyproject.toml")


def test_check_imports_keeps_oracles_out_of_src(tmp_path):
    files = {"src/ft_a/a.py": "import torch\n", "tests/test_a.py": "import torch\n"}
    assert len(texts("check_imports", checkout(tmp_path, ft_a=([], files)))) == 1


def test_check_sizes_finds_long_files_and_functions(tmp_path):
    long_function = '"""Doc."""\ndef f():\n' + '    """' + "prose\n" * 70 + '    """\n' + "    x = 1\n    # why\n\n" * 61
    short_function = "def g():\n" + "    x = 1\n    # why\n\n" * 60
    files = {"src/ft_a/f.py": long_function, "src/ft_a/g.py": short_function, "src/ft_a/h.py": "x = 1\n" * 801}
    found = texts("check_sizes", checkout(tmp_path, ft_a=([], files)))
    assert [text.partition(";")[0] for text in found] == ["f: 61 lines of body, over 60", "801 lines"]


def test_check_docstrings_finds_public_names_and_modules(tmp_path):
    text = "def shown():\n    x = 1\n    return x\ndef _hidden(): pass\n@kernel('add')\ndef add(x): pass\nclass Shown: pass\n"
    found = texts("check_docstrings", checkout(tmp_path, ft_a=([], {"src/ft_a/a.py": text, "tests/test_a.py": "x = 1\n"})))
    assert [line.partition(";")[0].partition(":")[0] for line in found] == [
        "no module docstring",
        "function shown",
        "class Shown",
        "no module docstring",
    ]


def test_check_docstrings_lets_a_documented_method_be_overridden(tmp_path):
    base = '"""Doc."""\nclass Base:\n    """Doc."""\n    def read(self):\n        """Doc."""\n'
    heir = (
        '"""Doc."""\nclass Heir(a.Base):\n    """Doc."""\n    def read(self):\n        x = 1\n        return x\n    write = read\n'
    )
    extra = "    def seek(self):\n        x = 1\n        return x\n"
    root = checkout(tmp_path, ft_a=([], {"src/ft_a/a.py": base, "src/ft_a/b.py": heir + extra}))
    assert [line.partition(":")[0] for line in texts("check_docstrings", root)] == ["function Heir.seek"]


def test_check_mirror_finds_misnamed_and_missing_rooms(tmp_path):
    module = tool("check_mirror")
    for path in (
        f"{module.OPS}/reduction.py",
        f"{module.OPS}/compare.py",
        f"{module.ROOMS['cpu']}/compare.py",
        f"{module.ROOMS['cpu']}/scan.py",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    assert [text.partition(";")[0] for text in texts("check_mirror", tmp_path)] == [
        "cpu has scan, the op table has not",
        "family reduction has no file in cpu",
    ]


def test_check_evidence_finds_what_is_unprotected_or_damaged(tmp_path):
    module, report = tool("check_evidence"), tmp_path / "PARITY.md"
    report.write_text("all is well\n" * 100)
    assert "has no sidecar" in texts("check_evidence", tmp_path)[0]
    module.write(tmp_path)
    assert texts("check_evidence", tmp_path) == []
    report.write_text("all is swell\n" * 100)
    assert "is not what its sidecar says" in texts("check_evidence", tmp_path)[0]
    module.write(tmp_path)
    assert texts("check_evidence", tmp_path) == []


@pytest.mark.parametrize("name", ["check_imports", "check_sizes", "check_docstrings"])
def test_guard_fails_the_run_only_on_errors(name, tmp_path, capsys):
    guard, find = tool("guard"), tool(name).find
    assert guard.run(find, [str(checkout(tmp_path / "good", ft_a=([], {})))]) == 0
    assert capsys.readouterr().out == f"{name}: 0 errors, 0 warnings\n"
    assert guard.run(find, [str(checkout(tmp_path / "bad", ft_a=([], {"src/ft_a/a.py": "import rich\n" + "x = 1\n" * 801})))]) == 1
    assert "error  packages/ft-a/src/ft_a/a.py:1" in capsys.readouterr().out
