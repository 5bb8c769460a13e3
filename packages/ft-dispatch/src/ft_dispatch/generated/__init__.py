"""Generated wrappers, one file per family; `python -m ft_dispatch.codegen` writes them from the op table."""
