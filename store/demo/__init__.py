"""Seeded worlds: the demo that a new user opens, the large store that is measured."""
