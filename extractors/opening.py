"""Opening a file: what is no readable PDF is refused here, with a code and a Chinese reason."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

from extractors.limits import Limits
from extractors.pdfium_parser import PdfiumDocument, PdfiumOpenError

_HTML = re.compile(rb"<(?:!doctype|html|head|body|script)", re.IGNORECASE)

#: Files that portals publish beside PDFs; they are kept and listed, and a person must look at them.
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 或 WPS 文件（.doc、.xls、.wps、.et），已保存，未提取"),
    (b"Rar!\x1a\x07", "RAR 压缩包，已保存，未解开"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包，已保存，未解开"),
    (b"\xff\xd8\xff", "图片（JPEG），已保存，未识别"),
    (b"\x89PNG\r\n", "图片（PNG），已保存，未识别"),
    (b"II*\0", "图片（TIFF），已保存，未识别"),
    (b"MM\0*", "图片（TIFF），已保存，未识别"),
    (b"GIF8", "图片（GIF），已保存，未识别"),
    (b"BM", "图片（BMP），已保存，未识别"),
)
_PACKAGE = b"PK\x03\x04"
_PACKAGE_MEMBERS = (
    ("word/", "Word 文件（.docx），已保存，未提取"),
    ("xl/", "Excel 文件（.xlsx），已保存，未提取"),
    ("OFD.xml", "OFD 文件，已保存，未提取"),
)


class RefusedError(Exception):
    """The file as a whole cannot be read: a reason code of DOCUMENT.reason_code and a Chinese sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return the file's bytes. Raises RefusedError when it is missing or larger than allowed."""
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise RefusedError("too_large", f"文件 {size} 字节，超过上限 {limits.max_bytes} 字节")
        return path.read_bytes()
    except OSError as error:
        raise RefusedError("damaged", f"文件无法读取：{error.strerror}") from error


def open_document(content: bytes, limits: Limits) -> PdfiumDocument:
    """Open a PDF. Raises RefusedError for what is no readable PDF or has too many pages."""
    if not content:
        raise RefusedError("empty_file", "文件为空（0 字节）")
    if content.startswith(_PACKAGE) or b"%PDF-" not in content[:1024]:
        raise RefusedError("not_pdf", f"不是 PDF 文件：{_description(content)}")
    try:
        document = PdfiumDocument(content)
    except PdfiumOpenError as error:
        if error.code == "encrypted":
            raise RefusedError("encrypted", "文件已加密，需要密码才能打开") from error
        raise RefusedError("damaged", "PDF 结构损坏，无法打开") from error
    if document.page_count <= 0:
        document.close()
        raise RefusedError("no_pages", "PDF 中没有页面")
    if document.page_count > limits.max_pages:
        document.close()
        raise RefusedError("too_large", f"PDF 有 {document.page_count} 页，超过上限 {limits.max_pages} 页")
    return document


def _description(content: bytes) -> str:
    """What the bytes are instead of a PDF, in Chinese, as far as their beginning tells."""
    for beginning, words in _OTHER_KINDS:
        if content.startswith(beginning):
            return words
    if content.startswith(_PACKAGE):
        return _package(content)
    return "内容是网页（HTML）" if _HTML.search(content[:4096]) else "没有 PDF 文件头"


def _package(content: bytes) -> str:
    """Which office file a package is, by the names in it; anything else is a bundle."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "压缩包，已损坏，已保存"
    for beginning, words in _PACKAGE_MEMBERS:
        if any(name.startswith(beginning) for name in names):
            return words
    return "压缩包，已保存，未解开"


def sha256_of(content: bytes) -> str:
    """Return the sha256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def iso_date(pdf_date: str | None) -> str | None:
    """Return a PDF date (``D:20240830101500+08'00'``) in ISO 8601, other wordings unchanged."""
    if not pdf_date:
        return None
    match = re.match(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:([+-]\d{2})'?(\d{2}))?", pdf_date)
    if not match:
        return pdf_date
    year, month, day, hour, minute, second, zone_hour, zone_minute = match.groups()
    date = f"{year}-{month}-{day}"
    if hour:
        date += f"T{hour}:{minute}:{second}"
        if zone_hour:
            date += f"{zone_hour}:{zone_minute}"
    return date
