"""The gateway, IMS-AGW: a sans-IO engine that decides, and a relay that moves bytes."""
