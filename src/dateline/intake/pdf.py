"""Take the passages out of PDFs, with pdfminer.six: columns in reading order, tables as rows, headers, footers and page numbers left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.errors import InputError
from dateline.intake.apart import Extraction, Unreadable
from dateline.intake.markup import Passage

_PAGE_NUMBER = re.compile(r"(?i)(?:page\s*)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?|[ivxl]{1,6}")
_BULLET = re.compile(r"[•▪●◦■►‣–]\s|[-*]\s|\(?\d{1,2}[.)]\s")
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*(?:\d{1,2})?$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page: its words, its place from the lower left in points, the size and weight of its letters, and its box."""

    page: int
    box: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    bold: bool
    edge: bool
    """Whether it stands in the upper or lower margin."""

    @property
    def middle(self) -> float:
        """The height of the line's middle."""
        return (self.y0 + self.y1) / 2


def extract(data: bytes, pages: int) -> Extraction:
    """The passages of a PDF, and its properties.

    Raises ``Unreadable`` where it is encrypted, damaged or of too many pages.
    """
    try:
        from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser, PDFSyntaxError
        from pdfminer.psexceptions import PSException
    except ImportError as fault:
        raise InputError("reading PDF needs pdfminer.six", given="a PDF", mend='pip install "dateline[intake]"') from fault
    again = "fetch it again, or open it in a viewer and save it again"
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        lines = list(_lines(document, pages))
    except (PDFPasswordIncorrect, PDFEncryptionError) as fault:
        raise Unreadable("the PDF is encrypted and needs a password", "open it with its password and save it without") from fault
    except PDFSyntaxError as fault:
        raise Unreadable(f"the PDF is damaged or cut off ({str(fault)[:80]})", again) from fault
    except PSException as fault:
        raise Unreadable(f"the PDF is damaged or cut off ({type(fault).__name__})", again) from fault
    body = _without_running(lines)
    return list(_passages(body)), _properties(document)


def _lines(document: Any, most: int) -> Iterator[_Line]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTTextBox, LTTextLine
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams())
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= most:
            raise Unreadable(f"the PDF has more than {most} pages", "split it, or raise pages under [intake] in dateline.toml")
        interpreter.process_page(page)
        layout = device.get_result()
        for box, part in enumerate(one for one in layout if isinstance(one, LTTextBox)):
            for line in (one for one in part if isinstance(one, LTTextLine)):
                made = _line(line, number, box, layout.height)
                if made is not None:
                    yield made


def _line(line: Any, page: int, box: int, height: float) -> _Line | None:
    from pdfminer.layout import LTChar

    text = " ".join(re.sub(r"\(cid:\d+\)", "", line.get_text()).split())
    letters = [c for c in line if isinstance(c, LTChar) and not c.get_text().isspace()]
    if not text or not letters:
        return None
    size = Counter(round(c.size, 1) for c in letters).most_common(1)[0][0]
    bold = sum("bold" in c.fontname.lower() or "black" in c.fontname.lower() for c in letters) > len(letters) / 2
    edge = line.y0 > height * 0.9 or line.y1 < height * 0.1
    return _Line(page, box, line.x0, line.y0, line.x1, line.y1, text, size, bold, edge)


def _without_running(lines: list[_Line]) -> list[_Line]:
    """The lines without those that return at the edge of many pages, and page numbers."""
    count = len({line.page for line in lines})
    seen = Counter(key for key in {(_shape(line.text), line.page) for line in lines if line.edge})
    pages = Counter(shape for shape, _ in seen)
    often = max(2, round(count / 3))
    return [
        line for line in lines if not (line.edge and (_PAGE_NUMBER.fullmatch(line.text) or (count > 1 and pages[_shape(line.text)] >= often)))
    ]  # fmt: skip


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _passages(lines: list[_Line]) -> Iterator[Passage]:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    usual = weights.most_common(1)[0][0] if weights else 0.0
    pending: Passage | None = None
    for one in _blocks(lines, usual):
        if pending is not None and pending.kind == one.kind == "paragraph" and _goes_on(pending.text, one.text):
            pending = Passage("paragraph", _glued(pending.text, one.text))
            continue
        if pending is not None:
            yield pending
        pending = one
    if pending is not None:
        yield pending


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph was broken by the end of a column or page."""
    return not _ENDS.search(before) and after[:1].islower() and len(before) > 40


def _blocks(lines: list[_Line], usual: float) -> Iterator[Passage]:
    rows = _rows(lines)
    done: set[int] = set()
    held: list[_Line] = []
    for at, line in enumerate(lines):
        row = rows.get(at)
        if held and (row is not None or _begins(held, line, usual)):
            yield _block(held, usual)
            held = []
        if row is None:
            held.append(line)
        elif id(row) not in done:
            # A table is told row by row where its first cell stands.
            for cells in row:
                yield Passage("row", " | ".join(c.text for c in cells))
            done.add(id(row))
    if held:
        yield _block(held, usual)


def _begins(held: list[_Line], line: _Line, usual: float) -> bool:
    """Whether a line begins a new block after those held."""
    last = held[-1]
    if (line.page, line.box) != (last.page, last.box) or abs(line.size - last.size) > 0.6 or _is_head(line, usual) != _is_head(last, usual):
        return True
    if _BULLET.match(line.text):
        return True
    wide = max(one.x1 for one in held)
    return bool(_ENDS.search(last.text)) and last.x1 < wide - 4 * line.size and line.text[:1].isupper()


def _is_head(line: _Line, usual: float) -> bool:
    return line.size >= usual * 1.15 or (line.bold and line.size >= usual * 0.95)


def _block(held: list[_Line], usual: float) -> Passage:
    text = ""
    for line in held:
        text = _glued(text, line.text) if text else line.text
    head = all(_is_head(one, usual) for one in held) and len(text) <= 250 and not (text.endswith(".") and len(text.split()) > 12)
    return Passage("heading" if head and any(c.isalpha() for c in text) else "paragraph", text)


def _glued(before: str, after: str) -> str:
    """Two lines as one: a word that was parted by a hyphen at the line's end is made whole."""
    if re.search(r"[^\W\d_]{2}-$", before) and after[:1].islower():
        return before[:-1] + after
    return before + after if before.endswith("\u00ad") else f"{before} {after}"


Row = list[_Line]


def _rows(lines: list[_Line]) -> dict[int, list[Row]]:
    """By place in ``lines``, the table that a line is a cell of."""
    found: dict[int, list[Row]] = {}
    places = {id(line): at for at, line in enumerate(lines)}
    for page in sorted({line.page for line in lines}):
        table: list[Row] = []
        for band in [*_bands([line for line in lines if line.page == page]), []]:
            if _is_row(band) and (not table or _follows(table[-1], band)):
                table.append(band)
                continue
            if len(table) >= 2:
                for cell in (c for row in table for c in row):
                    found[places[id(cell)]] = table
            table = [band] if _is_row(band) else []
    return found


def _bands(lines: list[_Line]) -> Iterator[Row]:
    """The lines of a page that stand at one height, from top to bottom, each band from left to right."""
    band: Row = []
    for line in sorted(lines, key=lambda one: -one.middle):
        if band and abs(band[0].middle - line.middle) > 0.4 * min(band[0].size, line.size):
            yield sorted(band, key=lambda one: one.x0)
            band = []
        band.append(line)
    if band:
        yield sorted(band, key=lambda one: one.x0)


def _is_row(band: Row) -> bool:
    """Whether lines at one height are the cells of a row: short, apart, three or more, or two of which one is a number."""
    if len(band) < 2 or any(b.x0 - a.x1 < 0.5 * a.size for a, b in zip(band, band[1:], strict=False)):
        return False
    if any(len(cell.text.split()) > 6 for cell in band) or sum(len(cell.text.split()) for cell in band) > 4 * len(band):
        return False
    return len(band) >= 3 or any(re.fullmatch(r"[~<>≈]?[\d.,\s]+[%KMk]?", cell.text) for cell in band[1:])


def _follows(above: Row, below: Row) -> bool:
    return above[0].middle - below[0].middle < 3.5 * above[0].size and abs(len(above) - len(below)) <= 1


def _properties(document: Any) -> dict[str, str]:
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    for key, name in (("Title", "title"), ("Author", "author")):
        value = next((info[key] for info in document.info if key in info), None)
        if (
            isinstance(value, bytes)
            and (words := " ".join(decode_text(value).split()))
            and not re.search(r"(?i)\.(docx?|indd|pdf|pptx?)$|^untitled|^microsoft word", words)
        ):
            found[name] = words
    return found
