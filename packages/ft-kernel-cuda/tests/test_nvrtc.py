"""The compiler's door: the disk cache, errors with NVRTC's log, and what is said where NVRTC is missing."""

import pytest

from ft_kernel_cuda import nvrtc
from ft_kernel_cuda.source import specialised

TEXT = '// a test\nextern "C" __global__ void nothing() {}\n'


@pytest.fixture
def counted(monkeypatch):
    """NVRTC replaced by a counter, so that the cache is tested without it."""
    calls = []
    monkeypatch.setattr(nvrtc, "version", lambda: (13, 0))
    monkeypatch.setattr(nvrtc, "compile_text", lambda text, arch: calls.append(arch) or f"{arch}:{text}".encode())
    return calls


def test_second_request_is_read_from_disk(counted, tmp_path):
    assert nvrtc.cubin(TEXT, "sm_90", tmp_path / "new") == nvrtc.cubin(TEXT, "sm_90", tmp_path / "new")
    assert counted == ["sm_90"]
    assert [p.suffix for p in (tmp_path / "new").iterdir()] == [".cubin"]


def test_architecture_text_and_version_each_make_another_entry(counted, tmp_path, monkeypatch):
    nvrtc.cubin(TEXT, "sm_90", tmp_path)
    nvrtc.cubin(TEXT, "sm_80", tmp_path)
    nvrtc.cubin(TEXT + " ", "sm_90", tmp_path)
    monkeypatch.setattr(nvrtc, "version", lambda: (13, 1))
    nvrtc.cubin(TEXT, "sm_90", tmp_path)
    assert len(counted) == len(list(tmp_path.iterdir())) == 4


def test_folder_that_cannot_be_made_is_done_without(counted, tmp_path):
    (tmp_path / "file").write_text("")
    assert nvrtc.cubin(TEXT, "sm_90", tmp_path / "file" / "below").startswith(b"sm_90")


def test_missing_library_says_what_to_install(monkeypatch):
    monkeypatch.setattr(nvrtc, "library", lambda: None)
    with pytest.raises(nvrtc.CompileError, match="install nvidia-cuda-nvrtc"):
        nvrtc.compile_text(TEXT, "sm_90")


def test_error_holds_the_log():
    if nvrtc.library() is None:
        pytest.skip(nvrtc.MISSING)
    with pytest.raises(nvrtc.CompileError, match=r"(?s)a test does not compile for sm_90.*no_such_name"):
        nvrtc.compile_text(TEXT.replace("{}", "{ no_such_name; }"), "sm_90")


def test_specialised_text_opens_with_what_it_is():
    text = specialised("elementwise.cu", (("FT_EXPR", "a + b"),))
    assert text.startswith("// elementwise.cu: FT_EXPR=a + b\n#define FT_EXPR a + b\n")
