"""torch.utils.data.datapipes.map: steps over samples with an index."""

from .combinatorics import ShufflerIterDataPipe as Shuffler
from .steps import BatcherMapDataPipe as Batcher
from .steps import ConcaterMapDataPipe as Concater
from .steps import MapperMapDataPipe as Mapper
from .steps import SequenceWrapperMapDataPipe as SequenceWrapper
from .steps import ZipperMapDataPipe as Zipper

__all__ = ["Batcher", "Concater", "Mapper", "SequenceWrapper", "Shuffler", "Zipper"]
