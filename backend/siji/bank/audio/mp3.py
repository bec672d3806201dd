"""Constant-bitrate mp3: made, and examined frame by frame, since time = bytes ÷ bytes a second must hold to the millisecond.

Frame headers after ISO/IEC 11172-3 and 13818-3, layer III.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lameenc

KBITS = 48
SAMPLE_RATE = 24_000
"""48 kbit/s at 24 kHz: every frame is 24 ms and exactly 144 bytes."""

_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_TAGS_IN_FRAME = (b"Xing", b"Info", b"VBRI")


class NotMp3(ValueError):
    """These bytes are not mp3 from beginning to end."""


class NotConstant(ValueError):
    """The bitrate or the sample rate changes within the file."""


@dataclass(frozen=True, slots=True)
class Frame:
    offset: int
    size: int
    kbits: int
    sample_rate: int
    samples: int


@dataclass(frozen=True, slots=True)
class Examined:
    """``start`` and ``end`` bound the bytes that sound: no tags and no header frame."""

    start: int
    end: int
    kbits: int
    sample_rate: int
    frames: int
    duration_ms: int

    @property
    def bytes_per_second(self) -> int:
        return self.kbits * 125


def encode(pieces: Sequence[bytes], *, sample_rate: int) -> bytes:
    """16-bit mono samples as 48 kbit/s, 24 kHz mono, without tags or header frame."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBITS)
    encoder.set_in_sample_rate(sample_rate)
    encoder.set_out_sample_rate(SAMPLE_RATE)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.silence()
    encoded = bytearray()
    for piece in filter(None, pieces):
        encoded += encoder.encode(piece)
    return bytes(encoded + encoder.flush())


def examine(data: bytes) -> Examined:
    """Walks every frame. Raises NotMp3 or NotConstant."""
    offset, end = _after_id3v2(data), _before_id3v1(data)
    first = frame_at(data, offset)
    if any(tag in data[offset : offset + first.size][:200] for tag in _TAGS_IN_FRAME):
        offset += first.size
        first = frame_at(data, offset)
    start, frames = offset, 0
    while offset < end:
        frame = frame_at(data, offset)
        if (frame.kbits, frame.sample_rate) != (first.kbits, first.sample_rate):
            raise NotConstant(f"{frame.kbits} kbit/s after {first.kbits} at byte {offset}")
        if offset + frame.size > end:
            break
        offset, frames = offset + frame.size, frames + 1
    return Examined(start, offset, first.kbits, first.sample_rate, frames, frames * first.samples * 1000 // first.sample_rate)


def frame_at(data: bytes, offset: int) -> Frame:
    """The layer III frame that begins here. Raises NotMp3."""
    header = data[offset : offset + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        raise NotMp3(f"no frame at byte {offset}")
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        raise NotMp3(f"not a layer III frame at byte {offset}")
    kbits = _BITRATES[1 if version == 3 else 2][bitrate]
    sample_rate = _SAMPLE_RATES[version][rate]
    samples = 1152 if version == 3 else 576
    size = samples * kbits * 125 // sample_rate + (header[2] >> 1 & 1)
    return Frame(offset, size, kbits, sample_rate, samples)


def _after_id3v2(data: bytes) -> int:
    """Tags may follow one another; a footer adds ten bytes."""
    offset = 0
    while data[offset : offset + 3] == b"ID3" and len(data) >= offset + 10:
        seven = data[offset + 6 : offset + 10]
        size = seven[0] << 21 | seven[1] << 14 | seven[2] << 7 | seven[3]
        offset += 10 + size + (10 if data[offset + 5] & 0x10 else 0)
    return offset


def _before_id3v1(data: bytes) -> int:
    return len(data) - 128 if data[-128:-125] == b"TAG" else len(data)
