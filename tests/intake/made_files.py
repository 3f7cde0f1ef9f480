"""Small files of each format, made in the tests themselves."""

from __future__ import annotations

import io
import zipfile
from hashlib import md5

BODY = "Rebels took the town of Busra on Wednesday after three days of fighting, a monitoring group said. At least 13 people were killed."
MORE = "The army denied on Thursday that it had left the town, and said that its troops still held the northern quarter and the road."


def page(title: str = "Town falls", body: str = BODY, more: str = MORE) -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p><p>{more}</p></article></body></html>"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(pages: list[list[tuple[float, float, float, str]]], *, password: str | None = None) -> bytes:
    """A PDF of one font: for each page, (x, y, size, words) of each line; encrypted where a password is given, be it empty."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        words = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in lines)
        objects.append(f"<< /Length {len(words)} >>\nstream\n{words}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    trailer = ""
    if password is not None:
        trailer = _encrypt(objects, password)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    return (
        out
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _encrypt(objects: list[str], password: str) -> str:
    """Encrypt the streams by PDF's standard handler (RC4, 40 bits) in place; gives what the trailer says of it."""
    user, rights = (password.encode("latin-1") + _PAD)[:32], -44
    owner = _rc4(md5((b"owner" + _PAD)[:32]).digest()[:5], user)
    key = md5(user + owner + rights.to_bytes(4, "little", signed=True) + b"0123456789abcdef").digest()[:5]
    for number, body in enumerate(objects, 1):
        head, mark, words = body.partition("stream\n")
        if mark:
            own = md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            packed = _rc4(own, words.removesuffix("\nendstream").encode("latin-1"))
            objects[number - 1] = f"{head}{mark}{packed.decode('latin-1')}\nendstream"
    told = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PAD).hex()}> /P {rights} >>"
    return f" /Encrypt {told} /ID [<{b'0123456789abcdef'.hex()}> <{b'0123456789abcdef'.hex()}>]"


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def situation_report() -> bytes:
    """Two pages of two columns with a running head, page numbers, a hyphenated word, a paragraph over the break, and a table."""
    left = ["Rebels took the town of Busra on", "Wednesday after three days of fight-", "ing, a monitoring group said."]
    right = ["Aid has not reached the town", "since March, the agency said in a", "statement to the governor and to"]
    first = [(60, 810, 9, "Flash Update No. 7"), (60, 760, 18, "Busra: Situation Report"), (60, 720, 13, "Highlights")]
    first += [(60, 690 - 14 * n, 10, words) for n, words in enumerate(left)] + [(320, 690 - 14 * n, 10, words) for n, words in enumerate(right)]
    first += [(290, 30, 9, "1")]
    table = [("District", "Displaced", "Killed"), ("Busra", "12,000", "13"), ("Nawa", "3,400", "2")]
    second = [(60, 810, 9, "Flash Update No. 7"), (60, 760, 10, "the heads of the nearby villages, who met on Friday.")]
    second += [(x, 700 - 16 * n, 10, cell) for n, row in enumerate(table) for x, cell in zip((60, 200, 340), row, strict=True)]
    second += [(60, 600, 10, "Donors pledged more money for the camps on Sunday, officials said."), (290, 30, 9, "2")]
    third = [(60, 810, 9, "Flash Update No. 7"), (60, 760, 13, "Needs"), (60, 730, 10, "Water is short in all camps of the province."), (290, 30, 9, "3")]
    return pdf([first, second, third])


DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCX_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def docx(body: str, *, head: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": DOCX_TYPES.encode(), "_rels/.rels": DOCX_RELS.encode(), "word/document.xml": document.encode()})


def docx_report() -> bytes:
    cells = "".join(f"<w:tc><w:p>{run(c)}</w:p></w:tc>" for c in ("Busra", "12,000"))
    styled = f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>{run('Highlights')}</w:p>"
    changed = f"<w:p>{run(BODY)}<w:del w:id='1' w:author='x'><w:r><w:delText> Deleted words.</w:delText></w:r></w:del><w:ins w:id='2'>{run(' Inserted words.')}</w:ins></w:p>"
    return docx(styled + changed + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p>{run(MORE)}</w:p>")


def odt() -> bytes:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = (
        f"<office:document-content {names}><office:body><office:text><text:tracked-changes><text:p>Old words</text:p></text:tracked-changes>"
        f"<text:h>Highlights</text:h><text:p>{BODY}</text:p><text:p>{MORE}</text:p></office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def warc(records: list[tuple[str, str, bytes]], *, gzip: bool = False) -> bytes:
    """A WARC of responses: (address, content type, body) of each."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for address, kind, body in records:
        head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        extra = {"WARC-Date": "2017-10-18T10:15:00Z"}
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=extra))
    return out.getvalue()


MAIL = (
    "From: Northline Agency <desk@northline.example>\r\nTo: list@example.org\r\nSubject: =?utf-8?q?Busra_=E2=80=93_town_falls?=\r\n"
    "Date: Wed, 18 Oct 2017 12:00:00 +0300\r\nMessage-ID: <7@northline.example>\r\nMIME-Version: 1.0\r\n"
)


def mail(body: bytes = BODY.encode(), kind: str = "text/plain; charset=utf-8", extra: str = "") -> bytes:
    return f"{MAIL}Content-Type: {kind}\r\n{extra}\r\n".encode() + body


def attached_mail(name: str, kind: str, data: bytes) -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "Desk <desk@northline.example>", "Report attached", "Wed, 18 Oct 2017 12:00:00 +0300"
    made["Message-ID"] = "<8@northline.example>"
    made.set_content("Please find the report of this week attached. It covers the fighting near Busra.")
    made.add_attachment(data, *kind.split("/"), filename=name)
    return made.as_bytes()


def rss(entries: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Northline News</title><link>https://northline.example</link>{entries}</channel></rss>"
    ).encode()


ENTRY = (
    "<item><title>Town falls</title><link>https://northline.example/a</link><guid isPermaLink='false'>n1</guid><dc:creator>Ana Berg</dc:creator>"
    f"<pubDate>Wed, 18 Oct 2017 12:00:00 +0300</pubDate><description>Short.</description><content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></content:encoded></item>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Northline News</title>'
    "<entry><id>tag:a</id><title>Town falls</title><link href='https://northline.example/a'/><updated>2017-10-18T10:00:00Z</updated>"
    f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{BODY}</p></div></content></entry>"
    "<at:deleted-entry ref='tag:b' when='2017-10-19T10:00:00Z'><at:comment>Sourcing error</at:comment></at:deleted-entry></feed>"
).encode()


def newsml(status: str = "usable", version: str = "1", body: str = BODY) -> bytes:
    return (
        f'<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:northline.example:7" version="{version}" xml:lang="en-GB">'
        "<itemMeta><itemClass qcode='ninat:text'/><provider literal='Northline'><name>Northline Agency</name></provider>"
        f"<versionCreated>2017-10-18T1{version}:00:00Z</versionCreated><pubStatus qcode='stat:{status}'/><edNote>Withdrawn</edNote></itemMeta>"
        "<contentMeta><contentCreated>2017-10-18T09:00:00Z</contentCreated><headline>Town falls</headline></contentMeta>"
        f"<contentSet><inlineXML contenttype='application/nitf+xml'><nitf><body><body.content><p>{body}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"
    ).encode()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<rss><channel><item><title>&c;</title></item></channel></rss>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x; words here</title></item></channel></rss>'
)
