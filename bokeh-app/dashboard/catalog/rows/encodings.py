"""The bytes of a text file, in whatever encoding, become UTF-8."""

import codecs
import re

import charset_normalizer

from dashboard.problems import DataError, Problem

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
# What spreadsheets and statistics programs of the last decades save, the most likely first.
LIKELY_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp850", "koi8_r",
                    "shift_jis", "euc_kr", "big5", "gb18030"]
SAMPLE_BYTES = 65_536
SLIGHTLY_MESSIER = 0.1  # how much messier than the best guess the likeliest encoding may look


def as_utf8(data: bytes, encoding: str, file: str, setting: str) -> tuple[bytes, list[Problem]]:
    """Return the text of a file as UTF-8 without a byte order mark, and a note when its encoding had to be guessed.

    `encoding` is what the config says ("": seen from the file). Raises DataError when the file is in no encoding, or
    not in the one given, or holds a NUL byte.
    """
    problems = []
    mark = next((name for mark, name in BOMS if data.startswith(mark)), "")
    if data.isascii() and b"\0" not in data:
        pass
    elif mark or encoding:
        data = _decoded(data, mark or encoding, file, setting).encode()
    elif not _is_utf8(data):
        data, problems = _guessed(data, file, setting)
    if (place := data.find(b"\0")) >= 0:
        raise DataError(f"{file}, line {_line(data, place)}", "holds a NUL byte, which no text has.",
                        f'Save the file again; if it is UTF-16, write {setting} = "utf-16-le".')
    return data, problems


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, encoding: str, file: str, setting: str) -> str:
    try:
        return data.decode("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    except LookupError:
        raise DataError(file, f"{setting} says {encoding!r}, which is no encoding.",
                        'Write one such as "utf-8" or "cp1252".') from None
    except UnicodeError as error:
        place = getattr(error, "start", 0)
        raise DataError(f"{file}, line {_line(data, place)}", f"byte {place + 1:,} is not {encoding}; "
                        "the file may be cut short.",
                        f"Save it again, or write its encoding into {setting}.") from None


def _guessed(data: bytes, file: str, setting: str) -> tuple[bytes, list[Problem]]:
    """Return the text of a file that is not UTF-8 in the encoding that it most likely has, and a note of it."""
    lenient = data.decode(errors="replace")
    broken = lenient.count("\ufffd")
    if sum(len(found) for found in re.findall(r"[^\x00-\x7f\ufffd]+", lenient)) > broken:
        _decoded(data, "utf-8", file, setting)
    lines = b"\n".join(re.findall(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data[:16 * SAMPLE_BYTES]))[:SAMPLE_BYTES]
    found = charset_normalizer.from_bytes(lines or data[-SAMPLE_BYTES:], cp_isolation=LIKELY_ENCODINGS, threshold=0.5)
    guesses = {encoding: match.chaos for match in found for encoding in (match.encoding, *match.could_be_from_charset)}
    guesses["cp1252"] = guesses.get("cp1252", 1) - SLIGHTLY_MESSIER
    for encoding in [*sorted(guesses, key=guesses.get), *LIKELY_ENCODINGS, "latin-1"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        example = re.search(r"\w*[^\x00-\x7f]+\w*", text)[0]
        found = f"is not UTF-8 and was read as {encoding}, with words such as {example!r}."
        return text.encode(), [Problem("note", file, found, f"If that looks wrong, write its encoding into {setting}.")]
    raise AssertionError("latin-1 reads any bytes")


def _line(data: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", data[:place])) + 1
