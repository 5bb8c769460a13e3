"""The tests that travel with the kit: `pytest --pyargs ft_conformance` runs them in any environment, against what is installed
there."""
