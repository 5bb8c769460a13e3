"""Capturing functions below autograd: a trace is a backend whose arrays are stand-ins, and a program is what it wrote down.

`capture(function, *args)` gives a `Program`, which runs bit for bit as the function would; `values` are the stand-ins, `recorder`
the backend, `plan` the memory, `source` the generated text, `functional`
the program without writes.
"""

from .functional import Functional, functionalize
from .program import GuardError, Program, capture
from .recorder import Node, TraceError, Tracer

__all__ = ["Functional", "GuardError", "Node", "Program", "TraceError", "Tracer", "capture", "functionalize"]
