"""HTTP: the part of Stripe's API that refunds need, over the store's verbs.

Starlette is imported in `app` alone; everything else is plain Python.
"""
