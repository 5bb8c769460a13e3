"""torch.utils.deterministic: what `use_deterministic_algorithms` also does. New memory that nobody filled may hold anything here."""

__all__ = ["fill_uninitialized_memory"]

fill_uninitialized_memory = True
"""Whether `torch.empty` fills its memory in deterministic mode. Kept for programs that set it: memory is left as it is."""
