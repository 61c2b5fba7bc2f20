"""The one player of the demonstration: it does what is declared, through the operations that the pages call."""
