"""Search over courses, papers and items, in Chinese and English: each kind asks what its reader may see (``visible_to``)."""
