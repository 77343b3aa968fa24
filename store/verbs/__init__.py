"""The verbs by noun; each is one transaction, written once for every face."""
