"""torch.backends.xnnpack: a library of operators for phones, which nothing here uses."""

__all__ = ["enabled"]

enabled = False
