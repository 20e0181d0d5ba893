"""The text of a web page, whatever encoding it is in and whatever encoding it says."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from extract.errors import DocumentError
from extract.plain.reader import decode

MOST_BYTES = 16 * 1024 * 1024
"""A page has no more bytes, pictures inside of it not counted."""
MOST_TAGS = 3_000_000
"""Nor more tags: each takes memory."""
MOST_BROKEN = 1000
"""One character in so many may be broken: pages are cut and pasted between encodings."""

_PICTURE = re.compile(rb"data:[a-z0-9/+.-]{1,80};base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_MAIL = re.compile(rb"\s*(?:MIME-Version|From|Content-Type|Subject|Date|Snapshot-[a-z-]+):", re.I)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|style|div|xml|p)\b", re.IGNORECASE
)
_HEAD = 4096


def is_web_page(content: bytes) -> bool:
    """True if a file begins like a web page, or like one saved with its pictures (MHTML)."""
    head = content[:_HEAD].replace(b"\0", b"")
    return _MARKUP.search(head) is not None or is_mail(head)


def is_mail(content: bytes) -> bool:
    """True if a file begins like MHTML: the form of a mail, with the page as its first part."""
    return _MAIL.match(content) is not None and b"mime-version:" in content[:_HEAD].lower()


def decode_page(content: bytes) -> str:
    """The text of a page in UTF-8, UTF-16 with a mark, or GB 18030, whichever its bytes are.

    What the page declares is not asked: bytes of Chinese text in one of the two are practically
    never valid in the other, and declarations are often wrong. Raises DocumentError
    (`empty_file`, `not_text`, `too_large`).
    """
    content = _PICTURE.sub(b"", content)
    if len(content) > MOST_BYTES:
        raise DocumentError(
            "too_large", f"the page has {len(content):,} bytes; at most {MOST_BYTES:,} are read"
        )
    if (tags := content.count(b"<")) > MOST_TAGS:
        raise DocumentError(
            "too_large", f"the page has {tags:,} tags; at most {MOST_TAGS:,} are read"
        )
    if is_mail(content):
        return _page_of_mail(content)
    try:
        return decode(content)
    except DocumentError as error:
        if error.reason != "not_text" or b"\0" in content:
            raise
        texts = [content.decode(name, "replace") for name in ("utf-8-sig", "gb18030")]
        best = min(texts, key=lambda text: text.count("\ufffd"))
        if best.count("\ufffd") * MOST_BROKEN > len(best):
            raise
        return best


def _page_of_mail(content: bytes) -> str:
    """The first page in a mail."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and not is_mail(page):
                return decode_page(page)
    raise DocumentError("no_text", "a saved web page (MHTML) without a page in it")
