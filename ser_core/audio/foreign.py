"""Formats that libsndfile cannot read, such as those of phones and browsers, recognised by their first bytes."""

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class ForeignFormat:
    """A format that libsndfile cannot read: its title, with its article, and FFmpeg's demuxer."""

    title: str
    demuxer: str


_MPEG_4 = ForeignFormat("an MPEG-4 recording (M4A, MP4, 3GP)", "mov")
_AAC = ForeignFormat("an AAC stream", "aac")
_AMR = ForeignFormat("an AMR recording", "amr")
_KINDS: tuple[tuple[int, bytes, ForeignFormat], ...] = (  # position, bytes there, format
    (4, b"ftyp", _MPEG_4),
    (4, b"moov", _MPEG_4),
    (0, b"\x1a\x45\xdf\xa3", ForeignFormat("a WebM or Matroska recording", "matroska")),
    (0, b"\xff\xf1", _AAC),
    (0, b"\xff\xf9", _AAC),
    (0, b"#!AMR", _AMR),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ForeignFormat("a Windows Media recording (WMA)", "asf")),
    (0, b"FLV\x01", ForeignFormat("a Flash video", "flv")),
    (8, b"AVI ", ForeignFormat("an AVI video", "avi")),
    # libsndfile reads these two, but not with every codec.
    (0, b"OggS", ForeignFormat("an OGG stream with another codec than Vorbis or Opus", "ogg")),
    (0, b"caff", ForeignFormat("a Core Audio file with a codec that libsndfile does not read", "caf")),
)


def foreign_format(stream: BinaryIO) -> ForeignFormat | None:
    r"""Recognise a format by the first bytes of a file, which can seek; ``None`` for any other.

    Examples:
        >>> import io
        >>> foreign_format(io.BytesIO(b"\x00\x00\x00\x1cftypM4A ")).title
        'an MPEG-4 recording (M4A, MP4, 3GP)'
    """
    stream.seek(0)
    start = stream.read(16)
    return next((kind for at, magic, kind in _KINDS if start[at : at + len(magic)] == magic), None)
