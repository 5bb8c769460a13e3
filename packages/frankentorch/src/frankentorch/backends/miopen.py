"""torch.backends.miopen: AMD's library of convolutions, which nothing here uses; programs set its switch."""

from ._switches import flags_of

__all__ = ["flags", "immediate"]

immediate = False

flags = flags_of(globals(), ("immediate",))
