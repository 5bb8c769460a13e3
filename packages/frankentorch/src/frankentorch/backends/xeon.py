"""torch.backends.xeon: torch's launcher for Xeon machines, which is not here."""

__all__: list[str] = []
