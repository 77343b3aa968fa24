"""Search: what finds payments and events, in agents' words and in the API's."""
