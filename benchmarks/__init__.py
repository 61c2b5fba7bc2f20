"""What `make bench` measures; docs/performance.md says how to run it and what came out."""
