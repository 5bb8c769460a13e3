"""torch.utils.serialization.config: `config.load.mmap = True`, or `with config.patch("save.storage_alignment", 4096):` for a block.

Source: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

from ft_serialize.options import load_settings as load
from ft_serialize.options import patch
from ft_serialize.options import save_settings as save

__all__ = ["load", "patch", "save"]
