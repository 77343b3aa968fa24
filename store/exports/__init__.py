"""Exports: lists written into files of the agent's own."""
