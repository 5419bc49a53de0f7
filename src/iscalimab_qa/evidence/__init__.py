"""Pure functions over claims and the words they cite."""
