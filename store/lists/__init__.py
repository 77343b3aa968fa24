"""Lists: pages by key and the windows that the API asks for."""
