"""torch.utils.data.datapipes: pipelines of small steps, each a dataset over the one before.

`iter` holds steps over streams, `map` steps over what has an index; either kind is written as `datapipe.map(f).batch(4)`.
"""

from . import datapipe, iter, map, utils
from .datapipe import DataChunk, IterDataPipe, MapDataPipe

__all__ = ["DataChunk", "IterDataPipe", "MapDataPipe", "datapipe", "iter", "map", "utils"]
