"""What teachers do: a syllabus comes in, is read, and is shown back with its pages."""
