"""torch.utils.serialization.config: `config.load.mmap = True`, or `with config.patch("save.storage_alignment", 4096):` for a block.

Source: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

from ft_serialize.options import LOAD as load
from ft_serialize.options import SAVE as save
from ft_serialize.options import patch

__all__ = ["load", "patch", "save"]
