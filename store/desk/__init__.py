"""Desk: what a support desk keeps and is warned of, beside the API."""
