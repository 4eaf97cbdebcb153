"""What is taken of a file by its content, and what is left of it."""

import io
import zipfile

import pytest
from PIL import Image

from dutyroom.attachments import pictures
from dutyroom.attachments.content import accept
from dutyroom.attachments.pictures import Accepted
from dutyroom.domain.attachments.known import LARGEST
from dutyroom.domain.kernel import Refusal

from .made import SECRET, bomb, jpeg, pdf, pixels, png, webp

pytestmark = pytest.mark.unit


def taken(raw: bytes) -> Accepted:
    found = accept(raw)
    assert isinstance(found, Accepted), found
    return found


def refused(raw: bytes) -> str:
    found = accept(raw)
    assert isinstance(found, Refusal), found
    return f"{found.name} {found.params.get('found', '')}".strip()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind", "format_"),
    [
        (jpeg(), "jpeg", "JPEG"),
        (png(), "png", "PNG"),
        (webp(), "jpeg", "JPEG"),
        (webp("RGBA"), "jpeg", "JPEG"),
        (png(pixels(mode="RGBA")), "png", "PNG"),
        (png(Image.new("I;16", (60, 40), 40_000)), "png", "PNG"),
        (jpeg(pixels().convert("CMYK")), "jpeg", "JPEG"),
        (jpeg(progressive=True), "jpeg", "JPEG"),
    ],
)
def test_a_picture_is_kept_as_its_pixels_and_nothing_else(
    raw: bytes, kind: str, format_: str
) -> None:
    found = taken(raw)
    assert (found.kind, found.width, found.height) == (kind, 60, 40)
    for content in (found.content, found.thumbnail):
        assert not any(word in content for word in (SECRET, b"Exif", b"xmp", b"ICC", b"tEXt"))
        with Image.open(io.BytesIO(content)) as shown:
            assert not shown.getexif()
            assert shown.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    with Image.open(io.BytesIO(found.content)) as shown:
        assert shown.format == format_


def test_what_was_taken_lying_stands_upright() -> None:
    """Turned clockwise by a quarter: what was on the left is above."""
    found = taken(jpeg(orientation=6))
    assert (found.width, found.height) == (40, 60)
    with Image.open(io.BytesIO(found.content)) as shown:
        red, _, blue = shown.convert("RGB").getpixel((20, 5))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_a_large_picture_is_made_smaller_and_a_transparent_one_lies_on_white(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = taken(jpeg(pixels(5_000, 100)))
    assert (found.width, found.height) == (4_096, 82)
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    clear.putpixel((0, 0), (255, 0, 0, 255))
    with Image.open(io.BytesIO(taken(png(clear)).thumbnail)) as small:
        assert small.convert("RGB").getpixel((30, 20)) == (255, 255, 255)
    monkeypatch.setattr(pictures, "LARGEST", 10)
    assert taken(png(clear)).kind == "jpeg"


def test_what_hides_behind_a_picture_does_not_come_along() -> None:
    hidden = zipped("word/document.xml") + b"<script>alert(1)</script>"
    assert b"script" not in taken(jpeg() + hidden).content


@pytest.mark.parametrize("raw", [bomb(), bomb(8_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_first_bytes(raw: bytes) -> None:
    assert len(raw) < 200
    assert refused(raw) == "PictureTooLarge"


@pytest.mark.parametrize("raw", [jpeg()[:400], png()[:60], b"\xff\xd8\xff\xe0", bomb(200)])
def test_a_picture_that_is_cut_off_is_refused(raw: bytes) -> None:
    assert refused(raw) == "PictureUnreadable"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "drawing"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><SVG/>", "drawing"),
        (b"<!DOCTYPE html><p>", "page"),
        (b"harmless\n" * 300 + b"<ScRiPt src=x>", "page"),
        (b"<?php echo 1;", "program"),
        (b"#!/bin/sh\nrm -r .", "program"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x7fELF\x02", "program"),
        (zipped("[Content_Types].xml", "word/vbaProject.bin"), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
        (b"{\\rtf1 }", "office"),
        (zipped("a.jpg"), "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"GIF89a\x01\x00", "picture"),
        (b"\x00\x00\x00\x18ftypheic\x00", "picture"),
        (b"\x00\x00\x00\x18ftypM4A \x00", "sound"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "sound"),
        (bytes(range(256)), "unknown"),
        (b"a\x00b", "unknown"),
        (b"   \n", "unknown"),
        (b" " + pdf(), "unknown"),
    ],
)
def test_what_is_not_taken_is_told_what_it_is(raw: bytes, found: str) -> None:
    assert refused(raw) == f"AttachmentKindWrong {found}"


def test_too_little_and_too_much() -> None:
    assert refused(b"") == "AttachmentEmpty"
    assert refused(b"a" * (LARGEST + 1)) == "AttachmentTooLarge"


def test_text_is_kept_as_utf_8() -> None:
    said = "3 月 2 日，门卫看到两人。🚲 1 < 2\n"
    for raw in (said.encode(), said.encode("utf-8-sig"), said.encode("gb18030")):
        found = taken(raw)
        assert (found.kind, found.content.decode()) == ("text", said)


def test_a_paper_is_kept_as_it_is() -> None:
    """Also where a page happens to spell what would run in its catalogue."""
    raw = pdf(b"/Lang (zh) /JSX 1", b"1 0 << /Type /Page >>")
    assert taken(raw) == Accepted("pdf", raw)


@pytest.mark.parametrize(
    "raw",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(b"/OpenAction << /S /#4aava#53cript >>"),
        pdf(b"/Names << /EmbeddedFiles 4 0 R >>"),
        pdf(b"/A << /S /Launch /F (cmd.exe) >>"),
        pdf(b"/AcroForm << /XFA 5 0 R >>"),
        pdf(b"/Encrypt 6 0 R"),
        pdf(objects=b"4 0 << /S /JavaScript >>"),
        pdf(objects=b"a" * 25_000_000),
        pdf(behind=zipped("a.txt")),
        pdf(behind=b"<html>"),
        pdf(b"(<script>alert(1)</script>)"),
        b"%PDF-1.7\n1 0 obj << >> stream\nno end\n%%EOF",
        b"%PDF-1.7\nno end",
    ],
)
def test_a_paper_in_which_something_runs_or_hides_is_refused(raw: bytes) -> None:
    assert refused(raw) == "PdfCanRun"
