"""The tests compute on the CPU backend: find it before the first of them."""

from ft_core.backend import backend_for

backend_for("cpu")
