"""Questions over a screen: each returns one typed value."""
