"""`python -m store.cli` is `refund-desk`."""

from store.cli.command import main

main()
