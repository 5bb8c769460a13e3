"""The extension API: what a plugin of FrankenTorch imports, and the one manager that holds all plugins.

A plugin needs one symbol from here, `impl`, and reads one file, `spec.py`. Built-in packages register through the same door
(`plugins.register(module)`) as strangers do (entry-point group "frankentorch"), so there is no private road to keep working.
This package knows no backend, op or format: whoever owns such a registry gives the manager a receiver for its hook.
"""

from .manager import PluginConflictError, PluginError, PluginManager, PluginRow, PluginWarning, plugins
from .spec import PROJECT, impl

__all__ = ["PROJECT", "PluginConflictError", "PluginError", "PluginManager", "PluginRow", "PluginWarning", "impl", "plugins"]
