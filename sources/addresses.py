"""Web addresses: the one that stands for all spellings of a page, its other forms, and archives' copies of it. Pure."""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = {
    *(
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "twclid",
        "ttclid",
        "yclid",
        "igsh",
        "igshid",
    ),
    *(
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "_ga",
        "_gl",
        "vero_id",
        "oly_anon_id",
        "oly_enc_id",
        "ref_src",
    ),
    *("cmpid", "smid", "ncid", "sr_share", "s_cid", "at_medium", "at_campaign", "__twitter_impression"),
}
"""Queries that tell where a reader came from and nothing of the page; and all that begin with `utm_`."""
_VARIANT = re.compile(r"(?:amp|print|output(?:type)?)=(?:1|true|yes|amp|print)?|amp|print", re.IGNORECASE)
"""Queries that ask for the same page in another dress."""
_SITE_PREFIX = re.compile(r"(?:www|m|mobile|amp)\.")
_LINK = re.compile(r"<link\b[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(rel|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_WAYBACK = re.compile(r"/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_TODAY = re.compile(r"/(?:o/\w+/|(?:\d{4,14}|\d{4}\.\d{2}\.\d{2}-\d{6})/)(https?:/.+)", re.DOTALL)
_TODAY_HOSTS = {f"archive.{ending}" for ending in ("today", "ph", "is", "li", "vn", "fo", "md")}


@dataclass(frozen=True, slots=True)
class Archived:
    """A copy of a page in a public archive: the page's own address, the copy's, and where its bare bytes are had."""

    original: str
    copy: str
    bare: str


def canonical(address: str) -> str:
    """The one spelling of an address: small letters in its host, no default port, no fragment, no tracking.

    A fragment that names a page of its own (`#!…`) stays. What an archive's copy is a copy of is left as it is.
    Raises ValueError for what is no http or https address.

    >>> canonical("HTTPS://Example.org.:443/a?utm_source=x&id=1#top")
    'https://example.org/a?id=1'
    """
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise ValueError(f"{address[:200]} is not an http or https address")
    bare = parts._replace(netloc=_netloc(parts, host), path=parts.path or "/")
    if archived(urlunsplit(bare)) is not None:
        return urlunsplit(bare)
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(bare._replace(query=_own_query(parts.query), fragment=fragment))


def moved(asked: str, lasting: str) -> str:
    """The canonical address of a page that was asked for, where its permanent redirects have led to `lasting`.

    A site's front page takes nobody's place: a page that leads there is rather gone than moved.

    >>> moved("https://example.org/a", "https://example.org/b?utm_source=x"), moved("https://a.org/a", "https://a.org/")
    ('https://example.org/b', 'https://a.org/a')
    """
    new, old = urlsplit(lasting), urlsplit(asked)
    is_page = new.path.strip("/") != "" or new.query != "" or old.path.strip("/") == ""
    return canonical(lasting if is_page else asked)


def plain_forms(address: str) -> Iterator[str]:
    """Where the plain page of an AMP or print form may be. A guess: it takes the page itself, or a list, to confirm it.

    >>> list(plain_forms("https://amp.example.org/2019/story/amp"))
    ['https://amp.example.org/2019/story', 'https://amp.example.org/2019/story/']
    """
    parts = urlsplit(address)
    segments = parts.path.split("/")
    for form in ("amp", "print"):
        if form in segments[1:]:
            kept = "/".join(segment for segment in segments if segment != form)
            for path in dict.fromkeys((kept.rstrip("/"), kept.rstrip("/") + "/")):
                yield urlunsplit(parts._replace(path=path or "/"))


def declared_canonical(page: str, address: str) -> str | None:
    """The canonical form of what a page's `<link rel=canonical>` says, if that is of the same site and no front page.

    `page` may be only the beginning of the page's HTML, `address` is where it was fetched.
    """
    for link in _LINK.finditer(page):
        found = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(link[0])}
        if "canonical" not in found.get("rel", "").lower().split():
            continue
        target = html.unescape(found.get("href", "")).strip()
        try:
            declared = canonical(urljoin(address, target) if target else "")
        except ValueError:
            return None
        return declared if _may_stand_for(urlsplit(declared), urlsplit(address)) else None
    return None


def plain_form(address: str, declared: str | None, listed: Collection[str]) -> str | None:
    """The other one of the `listed` addresses that this one is only another form of, as far as that is sure."""
    candidates = [declared, *plain_forms(address)]
    return next((one for one in candidates if one and one != address and one in listed), None)


def is_web_address(value: str) -> bool:
    """Whether `value` can stand behind a link: an http or https address without blanks.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f<>\"]", value)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page, by http or https, with `www.` or a last slash or without.

    >>> same_page("http://www.example.org/a/", "https://example.org/a?utm_source=x"), same_page("about:a", "about:a")
    (True, False)
    """
    try:
        return _bare(canonical(one)) == _bare(canonical(other))
    except ValueError:
        return False


def archived(address: str) -> Archived | None:
    """What is told by the address of a copy at the Wayback Machine or archive.today; None for other addresses, and for
    the archives' short ones.

    >>> archived("https://web.archive.org/web/20190502/https://example.org/a").original
    'https://example.org/a'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    whole = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.hostname in ("web.archive.org", "archive.org") and (match := _WAYBACK.fullmatch(whole)):
        bare = urlunsplit(parts._replace(path=f"/web/{match[1]}id_/{match[2]}", query="", fragment=""))
        return _archived(match[2], address, bare)
    if parts.hostname in _TODAY_HOSTS and (match := _TODAY.fullmatch(whole)):
        return _archived(match[1], address, address)
    return None


def _bare(address: str) -> str:
    parts = urlsplit(address)
    return f"{_site(parts)}{parts.path.rstrip('/')}?{parts.query}"


def _archived(original: str, copy: str, bare: str) -> Archived | None:
    mended = re.sub(r"^(https?):/{1,2}", r"\1://", original)
    mended = mended if "://" in mended else f"http://{mended}"
    try:
        return Archived(canonical(mended), copy, bare)
    except ValueError:
        return None


def _netloc(parts: SplitResult, host: str) -> str:
    own = f"[{host}]" if ":" in host else host
    port = parts.port
    user = parts.netloc.rpartition("@")[0]  # kept, so that it is refused and not silently lost
    own = own if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{own}:{port}"
    return f"{user}@{own}" if user else own


def _own_query(query: str) -> str:
    fields = [field for field in query.split("&") if field]
    return "&".join(field for field in fields if not _is_tracking(field) and not _VARIANT.fullmatch(field))


def _is_tracking(field: str) -> bool:
    name = unquote_plus(field.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith("utm_")


def _may_stand_for(declared: SplitResult, fetched: SplitResult) -> bool:
    same_site = _site(declared) == _site(fetched)
    return same_site and (declared.path.strip("/") != "" or fetched.path.strip("/") == "")


def _site(parts: SplitResult) -> str:
    return _SITE_PREFIX.sub("", parts.netloc.lower(), count=1)
