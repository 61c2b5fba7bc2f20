"""Letters: the facts of a case made into HTML and a tagged PDF. No queries; see `render`."""
