"""What archives answer, and what of it is a copy of the page that was asked about."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Raw
from sources.errors import Unreadable
from sources.memento import copy_in, is_service, links, question

PAGE = "https://example.org/a?b=c"
OLD, NEW = (f"https://archive.example/{year}/{PAGE}" for year in (2018, 2019))
WAYBACK = f"http://web.archive.org/web/20190502101112/{PAGE}"


def answer(content: str = "", media_type: str = "text/html", headers: Mapping[str, str] | None = None) -> Raw:
    return Raw(NEW, content.encode(), media_type, datetime(2026, 1, 1, tzinfo=UTC), headers or {})


def available(url: str = WAYBACK, **fields: object) -> Raw:
    closest = {"available": True, "url": url, "timestamp": "20190502101112", "status": "200"} | fields
    return answer(str({"archived_snapshots": {"closest": closest}}).replace("'", '"').replace("True", "true"), JSON)


JSON = "application/json; charset=utf-8"
TIMEMAP = f"""<{PAGE}>;rel="original",
<https://archive.example/map/{PAGE}>; rel="self"; type="application/link-format",
<{NEW}>; rel="last memento"; datetime="Thu, 02 May 2019 10:00:00 GMT",
<{OLD}>; rel="first memento"; datetime="Wed, 02 May 2018 10:00:00 GMT",
<https://archive.example/cut/{PAGE}>; rel="memento"; dateti"""


@pytest.mark.parametrize(
    ("found", "copy"),
    [
        (available(), WAYBACK),
        (available(status="404"), None),
        (available(WAYBACK.replace("example.org", "other.example")), None),
        (available("javascript:alert(1)"), None),
        (answer('{"url": "x", "archived_snapshots": {}}', JSON), None),
        (answer(TIMEMAP, "application/link-format"), NEW),
        (answer(TIMEMAP.replace(f"<{PAGE}>", "<https://other.example/>"), "application/link-format"), None),
        (answer(f'<{PAGE}>; rel="original"', "application/link-format"), None),
        (answer("The page.", headers={"memento-datetime": "Thu, 02 May 2019 10:00:00 GMT"}), NEW),
        (
            answer("", headers={"memento-datetime": "x", "link": '<https://other.example/>; rel="original timegate"'}),
            None,
        ),
        (answer("", headers={"link": f'<{PAGE}>; rel="original", </2018/{PAGE}>; rel=memento'}), OLD),
    ],
)
def test_an_answer_tells_of_the_newest_copy_of_the_page_or_of_none(found: Raw, copy: str | None) -> None:
    assert copy_in(found, PAGE) == copy


@pytest.mark.parametrize(
    "found",
    [answer("<html>Welcome"), answer("{", JSON), answer("[]", JSON), answer('{"archived_snapshots": [1]}', JSON)],
)
def test_an_answer_that_makes_no_sense_is_a_failure(found: Raw) -> None:
    with pytest.raises(Unreadable):
        copy_in(found, PAGE)


@given(st.text(alphabet='<>;,= \t"rel*-a/:', max_size=80))
def test_any_header_can_be_read(written: str) -> None:
    assert all(link.target is not None for link in links(written, PAGE))


@pytest.mark.parametrize(
    "service", ["archive.example/{url}", "https://archive.example/", "https://{url}", "ftp://a/{url}"]
)
def test_a_service_has_a_place_for_the_page(service: str) -> None:
    assert not is_service(service)
    assert question("https://archive.example/web/{url}", PAGE + "#part") == f"https://archive.example/web/{PAGE}"
