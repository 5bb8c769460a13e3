"""Checks of the functions that pipes are given, files by pattern, and streams that close when they are dropped."""

from __future__ import annotations

import fnmatch
import functools
import inspect
import io
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

__all__ = [
    "StreamWrapper", "get_file_binaries_from_pathnames", "get_file_pathnames_from_root", "match_masks", "validate_input_col",
    "validate_pathname_binary_tuple",
]  # fmt: skip


def validate_input_col(fn: Callable[..., Any], input_col: Any) -> None:
    """ValueError where `fn` cannot be called with one argument per column (one for no columns)."""
    try:
        parameters = inspect.signature(fn).parameters
    except ValueError:
        return
    wanted = len(input_col) if isinstance(input_col, (list, tuple)) else 1
    named = fn.func if isinstance(fn, functools.partial) else fn
    name = getattr(named, "__name__", repr(named))
    kinds = inspect.Parameter
    places = [p for p in parameters.values() if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)]
    keywords = [p for p in parameters.values() if p.kind is kinds.KEYWORD_ONLY and p.default is p.empty]
    if keywords:
        raise ValueError(f"The function {name} takes {len(keywords)} non-default keyword-only parameters, which is not allowed.")
    spread = any(p.kind is kinds.VAR_POSITIONAL for p in parameters.values())
    if len(parameters) < wanted and not spread:
        raise ValueError(f"The function {name} takes {len(parameters)} parameters, but {wanted} are required.")
    too_many = any(p.default is p.empty for p in places[wanted:])
    if too_many or (len(places) < wanted and not spread):
        raise ValueError(f"The function {name} takes {len(places)} positional parameters, but {wanted} are required.")


def check_function(fn: Any) -> None:
    """TypeError for what cannot be called; a warning for a local function or a lambda, which pickle refuses."""
    if not callable(fn):
        raise TypeError(f"A callable function is expected, but {type(fn)} is provided.")
    fn = fn.func if isinstance(fn, functools.partial) else fn
    code = getattr(fn, "__code__", None)
    if code is not None:
        local = bool(code.co_flags & inspect.CO_NESTED)
    else:
        local = "<locals>" in getattr(fn, "__qualname__", getattr(type(fn), "__qualname__", ""))
    what = "Local" if local else "Lambda" if getattr(fn, "__name__", "") == "<lambda>" else ""
    if what:
        warnings.warn(
            f"{what} function is not supported by pickle, please use regular python function or functools.partial instead.",
            stacklevel=4,
        )


def no_length(pipe: Any) -> TypeError:
    """The error of `len` where the source has none."""
    return TypeError(f"{type(pipe).__name__} instance doesn't have valid length")


def length_of(pipe: Any, source: Any) -> int:
    """The source's length; TypeError in the name of `pipe` where it has none."""
    if not hasattr(type(source), "__len__"):
        raise no_length(pipe)
    return len(source)


def of_columns(fn: Callable[..., Any], data: Any, input_col: Any) -> Any:
    """`fn` of the whole sample, of one of its columns, or of several."""
    if input_col is None:
        return fn(data)
    return fn(*[data[c] for c in input_col]) if isinstance(input_col, (list, tuple)) else fn(data[input_col])


# -- files -----------------------------------------------------------------------------------------------------------------


def match_masks(name: str, masks: str | list[str]) -> bool:
    """Whether a file name matches the pattern, or one of several; everything matches none."""
    return not masks or any(fnmatch.fnmatch(name, mask) for mask in ([masks] if isinstance(masks, str) else masks))


def get_file_pathnames_from_root(
    root: str, masks: str | list[str], recursive: bool = False, abspath: bool = False, non_deterministic: bool = False
) -> Iterator[str]:
    """Paths of the files under `root`, or `root` itself, by name unless `non_deterministic`. A folder that cannot be read raises."""

    def refuse(error: OSError) -> NoReturn:
        warnings.warn(f"{error.filename} : {error.strerror}", stacklevel=2)
        raise error

    if os.path.isfile(root):
        if match_masks(os.path.basename(root), masks):
            yield os.path.abspath(root) if abspath else root
        return
    for path, folders, files in os.walk(root, onerror=refuse):
        where = os.path.abspath(path) if abspath else path
        for name in files if non_deterministic else sorted(files):
            if match_masks(name, masks):
                yield os.path.join(where, name)
        if not recursive:
            return
        if not non_deterministic:
            folders.sort()


def get_file_binaries_from_pathnames(pathnames: Any, mode: str, encoding: str | None = None) -> Iterator[tuple[str, StreamWrapper]]:
    """(path, open stream) of every path. TypeError for a path that is no string."""
    mode = f"r{mode}" if mode in ("b", "t") else mode
    for path in pathnames if isinstance(pathnames, Iterable) else [pathnames]:
        if not isinstance(path, str):
            raise TypeError(f"Expected string type for pathname, but got {type(path)}")
        yield path, StreamWrapper(open(path, mode, encoding=encoding))  # noqa: SIM115  # closed by the wrapper


def validate_pathname_binary_tuple(data: Any) -> None:
    """TypeError unless `data` is a tuple of a path, a string, and a stream."""
    if not isinstance(data, tuple):
        raise TypeError(f"pathname binary data should be tuple type, but it is type {type(data)}")
    if len(data) != 2:
        raise TypeError(f"pathname binary stream tuple length should be 2, but got {len(data)}")
    if not isinstance(data[0], str):
        raise TypeError(f"pathname within the tuple should have string type pathname, but it is type {type(data[0])}")
    if not isinstance(data[1], (io.IOBase, StreamWrapper)):
        raise TypeError(
            f"binary stream within the tuple should have IOBase orits subclasses as type, but it is type {type(data[1])}"
        )


class StreamWrapper:
    """A stream that closes itself when it is dropped, and after the last stream that was read out of it."""

    def __init__(self, file_obj: Any, parent_stream: StreamWrapper | None = None, name: str | None = None) -> None:
        self.file_obj = file_obj
        self.name = name
        self.child_counter = 0
        self.close_on_last_child = False
        self.closed = False
        self.parent_stream = parent_stream
        if parent_stream is not None:
            if not isinstance(parent_stream, StreamWrapper):
                raise RuntimeError(f"Parent stream should be StreamWrapper, {type(parent_stream)} was given")
            parent_stream.child_counter += 1

    @classmethod
    def close_streams(cls, v: Any, depth: int = 0) -> None:
        """Close every stream in nested lists, tuples and dicts, ten levels deep."""
        if depth > 10:
            return
        if isinstance(v, StreamWrapper):
            v.close()
        elif isinstance(v, (dict, list, tuple)):
            for each in v.values() if isinstance(v, dict) else v:
                cls.close_streams(each, depth + 1)

    def close(self, *args: Any, **kwargs: Any) -> None:
        """Close the stream, and its parent if it was the last of it and `autoclose` was asked for."""
        if self.closed:
            return
        parent = self.parent_stream
        if parent is not None:
            parent.child_counter -= 1
            if not parent.child_counter and parent.close_on_last_child:
                parent.close()
        if hasattr(self.file_obj, "close"):
            self.file_obj.close(*args, **kwargs)
        self.closed = True

    def autoclose(self) -> None:
        """Close with the last stream that was read out of this one."""
        self.close_on_last_child = True
        if self.child_counter == 0:
            self.close()

    def __getattr__(self, name: str) -> Any:
        if name == "file_obj":  # not yet there: pickle asks
            raise AttributeError(name)
        return getattr(self.file_obj, name)

    def __del__(self) -> None:
        if not self.__dict__.get("closed", True):
            self.close()

    def __iter__(self) -> Iterator[Any]:
        yield from self.file_obj

    def __next__(self) -> Any:
        return next(self.file_obj)

    def __repr__(self) -> str:
        return f"StreamWrapper<{'' if self.name is None else f'{self.name},'}{self.file_obj!r}>"
