"""Controllers and gateways on a virtual event loop: who serves whom while the network and its hosts fail."""
