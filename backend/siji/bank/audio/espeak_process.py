"""espeak-ng at the other end of a pipe. Run as a program of its own; it imports nothing of the product.

It first prints one JSON line ``{"sample_rate", "version"}``. Then for each JSON line ``{"voice", "speed", "pitch", "text"}`` on
standard input it writes a big-endian 32-bit length and that many bytes of 16-bit mono samples. ``speed`` is espeak's own.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
from typing import Any

SYNCHRONOUS = 2
DO_NOT_EXIT = 0x8000
RATE, PITCH = 1, 3
BY_CHARACTER = 1
UTF8 = 1


def main() -> int:
    import espeakng_loader

    engine = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    engine.espeak_Info.restype = ctypes.c_char_p
    sample_rate = engine.espeak_Initialize(SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), DO_NOT_EXIT)
    if sample_rate <= 0:
        sys.stderr.write("espeak-ng could not be initialised\n")
        return 1
    samples = bytearray()

    def keep(wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            samples.extend(ctypes.string_at(wave, count * 2))
        return 0

    # The engine keeps the pointer only: this name must outlive every call.
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(keep)
    engine.espeak_SetSynthCallback(callback)
    version = engine.espeak_Info(None).decode()
    _write(json.dumps({"sample_rate": sample_rate, "version": version}).encode() + b"\n")
    for line in sys.stdin.buffer:
        samples.clear()
        _speak(engine, json.loads(line))
        _write(struct.pack(">I", len(samples)) + samples)
    return 0


def _speak(engine: ctypes.CDLL, wanted: dict[str, Any]) -> None:
    if engine.espeak_SetVoiceByName(wanted["voice"].encode()):
        raise SystemExit(f"espeak-ng has no voice {wanted['voice']}")
    engine.espeak_SetParameter(RATE, int(wanted["speed"]), 0)
    engine.espeak_SetParameter(PITCH, int(wanted["pitch"]), 0)
    text = wanted["text"].encode()
    if engine.espeak_Synth(text, len(text) + 1, 0, BY_CHARACTER, 0, UTF8, None, None):
        raise SystemExit(f"espeak-ng could not speak: {wanted['text'][:80]}")


def _write(data: bytes | bytearray) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
