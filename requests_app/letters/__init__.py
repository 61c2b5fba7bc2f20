"""Letters: what each kind is (`kinds`), its facts collected and checked, and made into HTML (`render`)."""
