"""The engine that needs no key: rules over the structure and the words of the syllabus. Pure but for reading the bank."""
