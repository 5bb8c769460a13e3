"""Generated nodes and recorders, one file per family; `python -m ft_autograd.codegen` writes them from the rules."""
