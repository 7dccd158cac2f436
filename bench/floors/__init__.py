"""Programs that do as little as the toolkit allows: what nobody can go below."""
