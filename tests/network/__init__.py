"""A hostile network on a virtual clock: whole systems of engines, what happens to them drawn from a seed."""
