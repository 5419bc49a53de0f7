"""A PDF writer for tests: text at a place, rules, pictures, rotation, a password."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

FONTS = {
    "regular": "Helvetica",
    "bold": "Helvetica-Bold",
    "serif": "Times-Roman",
    "symbol": "Symbol",
}
_NAMES = {name: f"F{number}" for number, name in enumerate(FONTS)}
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Page:
    """One page under construction; the origin is the lower left corner, in points."""

    rotate: int = 0
    box: tuple[float, float, float, float] = (0, 0, 595, 842)
    operations: list[str] = field(default_factory=list)
    has_picture: bool = False

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 10,
        *,
        font: str = "regular",
        turn: int = 0,
    ) -> Page:
        """Write words with their baseline at y; `turn` 90 makes them run upwards."""
        a, b, c, d = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 270: (0, -1, 1, 0)}[turn]
        code = "".join(f"{byte:02x}" for byte in words.encode("cp1252"))
        self.operations.append(
            f"BT /{_NAMES[font]} {size} Tf {a} {b} {c} {d} {x} {y} Tm <{code}> Tj ET"
        )
        return self

    def lines(
        self, x: float, y: float, words: str, *, size: float = 10, step: float = 12, **more: str
    ) -> Page:
        """Write several lines downwards from y."""
        for number, line in enumerate(words.splitlines()):
            self.text(x, y - number * step, line, size, **more)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Draw a straight line."""
        self.operations.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Page:
        """Draw the lines of a table with these column and row borders."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)
        return self

    def picture(self) -> Page:
        """Cover the page with a picture, as a scanner does."""
        self.has_picture = True
        self.operations.append("q 500 0 0 700 40 60 cm /P Do Q")
        return self


def make_pdf(*pages: Page, title: str | None = None, password: str | None = None) -> bytes:
    """Put the pages into a file; with a password nobody reads it without one."""
    objects = _objects(pages, title)
    key = b""
    trailer = f"/Root 1 0 R /Size {len(objects) + 1} /Info 3 0 R"
    if password is not None:
        encrypt, key = _encryption(password)
        objects.append((encrypt, None))
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
        trailer = trailer.replace(f"/Size {len(objects)}", f"/Size {len(objects) + 1}")
    return _file(objects, trailer, key)


def _objects(pages: tuple[Page, ...], title: str | None) -> list[tuple[str, bytes | None]]:
    """Number the objects: catalogue, tree, information, fonts, picture, then two a page."""
    first_page = 5 + len(FONTS)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    fonts = " ".join(f"/{_NAMES[name]} {4 + i} 0 R" for i, name in enumerate(FONTS))
    picture = 4 + len(FONTS)
    objects: list[tuple[str, bytes | None]] = [
        ("<< /Type /Catalog /Pages 2 0 R >>", None),
        (f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", None),
        (f"<< /Title ({title}) >>" if title else "<< >>", None),
    ]
    for name in FONTS.values():
        encoding = "" if name == "Symbol" else "/Encoding /WinAnsiEncoding"
        objects.append((f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {encoding} >>", None))
    objects.append(
        (
            "<< /Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8"
            " /ColorSpace /DeviceGray /Length 16 >>",
            bytes(range(16)),
        )
    )
    for number, page in enumerate(pages):
        content = zlib.compress("\n".join(page.operations).encode("ascii"))
        resources = f"<< /Font << {fonts} >> /XObject << /P {picture} 0 R >> >>"
        box = " ".join(str(edge) for edge in page.box)
        objects.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {page.rotate}"
                f" /Resources {resources} /Contents {first_page + 2 * number + 1} 0 R >>",
                None,
            )
        )
        objects.append((f"<< /Length {len(content)} /Filter /FlateDecode >>", content))
    return objects


def _file(objects: list[tuple[str, bytes | None]], trailer: str, key: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, (head, stream) in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{head}\n".encode("latin-1")
        if stream is not None:
            body = _rc4(_object_key(key, number), stream) if key else stream
            out += b"stream\n" + body + b"\nendstream\n"
        out += b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _encryption(password: str) -> tuple[str, bytes]:
    """Follow the PDF reference, standard security handler, revision 2 (40-bit RC4)."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions = -4
    key = hashlib.md5(padded + owner + permissions.to_bytes(4, "little", signed=True) + b"\0")
    user = _rc4(key.digest()[:5], _PADDING)
    return (
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {permissions} >>",
        key.digest()[:5],
    )


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
