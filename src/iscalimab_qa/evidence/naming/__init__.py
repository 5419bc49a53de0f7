"""What things are called: drugs, trials, diseases, and which names are one thing's."""
