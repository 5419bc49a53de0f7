"""Evidence -> answer: extractive by default, with a graded verdict."""
