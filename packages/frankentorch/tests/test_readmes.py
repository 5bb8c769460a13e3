"""Every Python example of every README runs, in a process of its own and an empty directory."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("packages/*/README.md"))]
EXAMPLES = [
    (page, block) for page in PAGES for block in re.findall(r"^```python\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
]


def test_every_page_has_an_example():
    assert {page for page, _ in EXAMPLES} == set(PAGES)


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=[page.parent.name for page, _ in EXAMPLES])
def test_example_runs(page, example, tmp_path):
    done = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{page}\n{done.stderr}"
    assert done.stdout.strip(), f"{page}: the example shows nothing"
