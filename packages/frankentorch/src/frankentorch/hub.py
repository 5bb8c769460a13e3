"""torch.hub: weights by their address, and models of a folder that has a `hubconf.py`.

Files are fetched with the standard library, checked where their name or the caller says their hash, and appear whole or not at all; what is
in them is read as any checkpoint, and nothing in it runs. A `hubconf.py` is code: only one that is on this machine is run.
Source: https://docs.pytorch.org/docs/stable/hub.html
"""

from __future__ import annotations

import builtins
import hashlib
import importlib.util
import os
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlparse

from ft_serialize import load as _load
from ft_serialize.atomic import atomic_file

__all__ = ["download_url_to_file", "get_dir", "help", "list", "load", "load_state_dict_from_url", "set_dir"]

HASH_REGEX = _HASH = re.compile(r"-([a-f0-9]*)\.")
_SCHEMES = ("https", "http", "file")
_PIECE = 1 << 20
_chosen: builtins.list[str] = []


def get_dir() -> str:
    """The folder of downloads: what `set_dir` said, else `hub` in $TORCH_HOME, $XDG_CACHE_HOME/torch or ~/.cache/torch."""
    return _chosen[-1] if _chosen else os.path.join(_get_torch_home(), "hub")


def _get_torch_home() -> str:
    """$TORCH_HOME, else torch's folder among the user's caches; libraries keep their weights beside the hub."""
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return os.path.expanduser(os.environ.get("TORCH_HOME") or os.path.join(cache, "torch"))


def set_dir(d: str | os.PathLike[str]) -> None:
    """Choose the folder of downloads."""
    _chosen[:] = [os.path.expanduser(os.fspath(d))]


# -- files ---------------------------------------------------------------------------------------------------------------


def download_url_to_file(url: str, dst: str | os.PathLike[str], hash_prefix: str | None = None, progress: bool = True) -> None:
    """Fetch a file; `dst` is the old file or the whole new one at any moment.

    Args:
        url: https, http or file.
        hash_prefix: the first digits of the SHA-256 it must have.
        progress: show a bar, where standard error is a terminal.

    Raises: ValueError for another kind of address; RuntimeError for another hash or fewer bytes than were announced; urllib's errors.
    """
    if urlparse(url).scheme not in _SCHEMES:
        raise ValueError(f"download_url_to_file: expected an address that begins with https:, http: or file:, got {url!r:.100}")
    request = urllib.request.Request(url, headers={"User-Agent": "frankentorch.hub"})  # the scheme was checked
    with urllib.request.urlopen(request) as answer:
        length = answer.headers.get("Content-Length")
        total = int(length) if length and length.isdigit() else None
        digest, got = hashlib.sha256(), 0
        with atomic_file(dst) as output:
            for piece in _watched(iter(lambda: answer.read(_PIECE), b""), total, os.fspath(dst), progress):
                output.write(piece)
                digest.update(piece)
                got += len(piece)
            if total is not None and got != total:
                raise RuntimeError(f"{url}: expected {total} bytes, {got} came; try again")
            found = digest.hexdigest()
            if hash_prefix is not None and found[: len(hash_prefix)] != hash_prefix:
                raise RuntimeError(f'invalid hash value (expected "{hash_prefix}", got "{found}")')


def _watched(pieces: Iterator[bytes], total: int | None, name: str, progress: bool) -> Iterator[bytes]:
    if not progress or not sys.stderr.isatty():
        yield from pieces
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(os.path.basename(name), total=total)
        for piece in pieces:
            shown.update(task, advance=len(piece))
            yield piece


def load_state_dict_from_url(
    url: str,
    model_dir: str | None = None,
    map_location: Any = None,
    progress: bool = True,
    check_hash: bool = False,
    file_name: str | None = None,
    weights_only: bool = True,
) -> dict[str, Any]:
    """The state_dict at an address, which is fetched once and kept.

    Args:
        model_dir: where it is kept, by default `checkpoints` in `get_dir()`.
        check_hash: the file's name has the first digits of its SHA-256 (`name-1a2b3c4d.pth`); check them.
        file_name: what it is called there, by default the last part of the address.
        weights_only: nothing in the file is executed, whatever this says.

    Raises: as `download_url_to_file` and `torch.load`; ValueError for a name that is a path, or that has no hash to check.
    """
    folder = os.path.join(get_dir(), "checkpoints") if model_dir is None else model_dir
    name = file_name or os.path.basename(urlparse(url).path)
    if not name or name in (".", "..") or "/" in name or os.sep in name or "\0" in name:
        raise ValueError(f"load_state_dict_from_url: expected the name of a file, got {name!r}; give file_name")
    found = _HASH.search(name) if check_hash else None
    if check_hash and found is None:
        raise ValueError(f"load_state_dict_from_url: {name!r} has no hash in it, such as name-1a2b3c4d.pth; leave check_hash out")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        print(f'Downloading: "{url}" to {path}', file=sys.stderr)
        download_url_to_file(url, path, found.group(1) if found else None, progress)
    state: dict[str, Any] = _load(path, map_location=map_location, weights_only=weights_only)
    return state


# -- models --------------------------------------------------------------------------------------------------------------


def list(
    github: str, force_reload: bool = False, skip_validation: bool = False, trust_repo: Any = None, verbose: bool = True
) -> Any:
    """Names of the models in a folder's `hubconf.py`. ValueError for what is no folder: repositories are not fetched and run."""
    module = _hubconf(github)
    return [name for name, value in vars(module).items() if callable(value) and not name.startswith("_")]


def help(
    github: str,
    model: str,
    force_reload: bool = False,
    skip_validation: bool = False,
    trust_repo: Any = None,
    verbose: bool = True,
) -> str | None:
    """The docstring of a model in a folder's `hubconf.py`."""
    return _entry(github, model).__doc__


def load(
    repo_or_dir: str,
    model: str,
    *args: Any,
    source: str = "github",
    trust_repo: Any = None,
    force_reload: bool = False,
    verbose: bool = True,
    skip_validation: bool = False,
    **kwargs: Any,
) -> Any:
    """What a function of a folder's `hubconf.py` returns for the arguments. Its code runs, so the folder must be one that you trust.

    Raises: ValueError for `source="github"` (clone the repository and give its folder with `source="local"`) and for an unknown model.
    """
    if source not in ("github", "local"):
        raise ValueError(f'Unknown source: "{source}". Allowed values: "github" | "local".')
    if source == "github":
        raise ValueError(f'hub.load: code is not fetched and run; clone {repo_or_dir!r} and load it with source="local"')
    return _entry(repo_or_dir, model)(*args, **kwargs)


def _hubconf(folder: str) -> ModuleType:
    path = Path(folder).expanduser() / "hubconf.py"
    if not path.is_file():
        raise ValueError(
            f"expected a folder with a hubconf.py, got {folder!r}; repositories are cloned first: code is not fetched and run"
        )
    spec = importlib.util.spec_from_file_location("hubconf", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} cannot be loaded as a module; is it a text file?")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    missing = [name for name in getattr(module, "dependencies", ()) if importlib.util.find_spec(name) is None]
    if missing:
        raise RuntimeError(f"Missing dependencies: {', '.join(missing)}")
    return module


def _entry(folder: str, model: str) -> Callable[..., Any]:
    if not isinstance(model, str):
        raise ValueError("Invalid input: model should be a string of function name")
    found = getattr(_hubconf(folder), model, None)
    if not callable(found):
        raise RuntimeError(f"Cannot find callable {model} in hubconf")
    return found  # type: ignore[no-any-return]
