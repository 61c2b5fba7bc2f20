"""The page on how many requests the next quarter will bring."""
