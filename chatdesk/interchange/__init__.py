"""Messages as JSON in the SDK's shapes, for every door they go through: its interface, import and export. Pure."""
