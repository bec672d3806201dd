"""Documents as text with pages: PDF, DOCX, TXT, Markdown.

``reading`` starts ``process`` as a program of its own, limited in memory, processor time and patience; there ``sniffing`` says
what the bytes are, whatever their name, and the reader of that kind makes ``blocks`` of it. Nothing of a file is opened here.
"""
