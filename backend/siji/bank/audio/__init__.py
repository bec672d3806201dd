"""The listening track: script → spoken lines → one constant-bitrate mp3 with the times of every sentence.

``script`` (pure) says what is spoken, ``track`` puts speech and silence together and keeps the time, ``espeak`` and ``endpoint``
speak, ``mp3`` encodes and examines, ``files`` stores, ``actions`` decides what is made when. espeak-ng is GPL: it runs in a
process of its own (``espeak_process``) which knows nothing of the product.
"""
