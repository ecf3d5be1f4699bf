"""The controller, IMS-ALG: a sans-IO engine that decides, and thin hands."""
