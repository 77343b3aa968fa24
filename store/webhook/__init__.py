"""Webhooks: which events go where, signed how, in which order, and how often tried."""
