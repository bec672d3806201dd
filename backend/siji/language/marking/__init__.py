"""Provisional marks by the built-in engine: ``writing.mark_writing`` and ``translation.mark_translation``.

It works as an examiner is told to, with what can be measured: a script is matched to an anchor band and moved by one mark at
most. A small ordinal model (``ordinal``) turns a few measures, each of which can only help or only harm, into the chance of every
mark; its coefficients are data that a command fitted to golden scripts (``content/golden``). It does not understand what it
reads: the mark is labelled provisional everywhere, and where its confidence is low a person decides.
"""
