"""The mp3 that we make and the mp3 that teachers bring, frame by frame."""

from __future__ import annotations

import struct

import lameenc
import pytest

from siji.bank.audio.mp3 import NotConstant, NotMp3, encode, examine, frame_at


def tone(seconds: float, sample_rate: int) -> bytes:
    """A saw tooth: silence would let an encoder save bits."""
    count = int(seconds * sample_rate)
    return struct.pack(f"<{count}h", *((number * 37) % 20_000 - 10_000 for number in range(count)))


def made(kbits: int, sample_rate: int = 44_100, seconds: float = 2.0) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kbits)
    encoder.set_in_sample_rate(sample_rate)
    encoder.set_out_sample_rate(sample_rate)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(tone(seconds, sample_rate)) + encoder.flush())


def test_our_track_is_constant_to_the_byte() -> None:
    data = encode([tone(1, 22_050), tone(2, 22_050)], sample_rate=22_050)
    found = examine(data)
    assert (found.start, found.end, found.kbits, found.sample_rate) == (0, len(data), 48, 24_000)
    assert len(data) == found.frames * 144
    assert found.duration_ms == len(data) * 1000 // 6000
    assert 3000 <= found.duration_ms <= 3150


@pytest.mark.parametrize(("kbits", "sample_rate"), [(64, 44_100), (128, 48_000), (32, 24_000)])
def test_a_constant_file_is_measured(kbits: int, sample_rate: int) -> None:
    found = examine(made(kbits, sample_rate))
    assert (found.kbits, found.sample_rate, found.bytes_per_second) == (kbits, sample_rate, kbits * 125)
    assert abs((found.end - found.start) / found.bytes_per_second * 1000 - found.duration_ms) < 30
    assert 2000 <= found.duration_ms <= 2150


def test_tags_and_a_header_frame_are_left_out() -> None:
    data = made(64)
    plain = examine(data)
    size = frame_at(data, 0).size
    header_frame = data[:4] + b"\0" * 17 + b"Info" + b"\0" * (size - 25)
    tagged = b"ID3\x04\0\0\0\0\x01\x05" + b"x" * 133 + header_frame + data + b"TAG" + b"y" * 125
    found = examine(tagged)
    assert tagged[found.start : found.end] == data[plain.start : plain.end]
    assert found.duration_ms == plain.duration_ms


def test_a_changing_bitrate_is_refused() -> None:
    with pytest.raises(NotConstant, match="128"):
        examine(made(64) + made(128))


@pytest.mark.parametrize("data", [b"", b"RIFF....WAVE", b"ID3", b"\xff\xfb", b"\0" * 4000, b"\xff" * 4000])
def test_what_is_not_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(NotMp3):
        examine(data)


def test_rubbish_in_the_middle_is_refused() -> None:
    data = made(64)
    half = examine(data).frames // 2 * frame_at(data, 0).size
    with pytest.raises((NotMp3, NotConstant)):
        examine(data[:half] + b"<html>" * 50 + data[half:])
