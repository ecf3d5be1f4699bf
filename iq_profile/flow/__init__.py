"""Whole call flows as real endpoints on loopback, what they saw, and how it is shown."""
