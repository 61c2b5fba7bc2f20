"""Pages of the authority settings."""
