"""The console: screens and keys over the store's verbs."""
