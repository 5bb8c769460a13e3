"""torch.utils.data._utils: the loader's parts, under the names by which programs reach into them."""

from . import collate, errors, fetch, pin_memory, worker
from .errors import ExceptionWrapper, KeyErrorMessage

MP_STATUS_CHECK_INTERVAL = worker.STATUS_CHECK_SECONDS
HAS_NUMPY = True

__all__ = [
    "HAS_NUMPY",
    "MP_STATUS_CHECK_INTERVAL",
    "ExceptionWrapper",
    "KeyErrorMessage",
    "collate",
    "errors",
    "fetch",
    "pin_memory",
    "worker",
]
