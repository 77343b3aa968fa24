"""The command line: `refund-desk`, its commands, and how they answer."""

from store.cli.command import main

__all__ = ["main"]
