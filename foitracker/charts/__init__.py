"""Charts: values in, server-rendered SVG and a table of the same figures out, for pages and printed documents."""
