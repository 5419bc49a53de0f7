"""Hold a claim against the words that it cites, one check a module."""
