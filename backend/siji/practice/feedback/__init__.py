"""A model's longer words on a script: written to the page as they come, in a call of their own after the mark.

    the model's mark is kept → a job (a few write at once) → ``WrittenFeedback`` grows and the page is told → checked, kept

The mark never waits for it: it is asked for when the mark is there, stands in a line of its own and takes its band from the
mark. No quote is shown as a mark in the text before it was found in the script.
"""
