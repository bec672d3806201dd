"""What is wrong in an English text, by rules of our own for Chinese learners and by Harper's."""
