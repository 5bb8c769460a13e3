"""The CUDA C++ text of all kernels, as files; this module reads them and writes the few lines that specialise one.

The texts include nothing, so NVRTC needs no toolkit headers, and every kernel takes one argument: a struct of 128 words
(pointers, sizes, strides, numbers) that `launch.py` packs. What a kernel computes is chosen by macros set in front of the text:
the storage type of each operand (FT_T0, FT_T1 ...), the result's (FT_R), an expression (FT_EXPR) or a policy (FT_POLICY).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

STORAGE = {  # dtype name -> C++ storage type of the prelude
    "bool": "bool",
    "uint8": "u8",
    "int8": "i8",
    "uint16": "u16",
    "int16": "i16",
    "uint32": "u32",
    "int32": "i32",
    "uint64": "u64",
    "int64": "i64",
    "float16": "f16",
    "bfloat16": "bf16",
    "float8_e4m3fn": "f8e4m3",
    "float8_e5m2": "f8e5m2",
    "float32": "float",
    "float64": "double",
    "complex64": "c64",
    "complex128": "c128",
}


@cache
def text(name: str) -> str:
    """The contents of one source file, `text("reduce.cu")`."""
    return (HERE / name).read_text(encoding="utf-8")


@cache
def specialised(name: str, macros: tuple[tuple[str, str], ...]) -> str:
    """A complete translation unit: a comment that says what it is, the macros, the prelude and the file `name`."""
    title = f"// {name}: " + ", ".join(f"{k}={v}" for k, v in macros)
    defines = "\n".join(f"#define {k} {v}" for k, v in macros)
    return "\n".join((title, defines, text("prelude.cuh"), text("complex.cuh"), text(name)))
