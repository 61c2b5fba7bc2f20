"""A team of the demonstration over two years: what it was asked, how each request went, and what is open today."""
