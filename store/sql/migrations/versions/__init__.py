"""Revisions: one file for each schema that a store was ever written with."""
