"""Who may come in to the pages, and how: the whole of Sign in with Slack, from outside."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from yarl import URL

from bot.web.sign_in import DONE
from tests.bot.web.paging import Pages, csrf_of, pages


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with pages(tmp_path / "home") as served:
        yield served


async def test_a_link_leads_to_slack_and_back_to_where_it_was_for(site: Pages) -> None:
    browser = await site.visitor()
    async with browser.get("/d/unheard-of?v=1&at=0-4", allow_redirects=False) as answer:
        assert answer.status == 302
        begin = answer.headers["Location"]
        assert begin.endswith("at%3D0-4%23at")
    async with browser.get(begin, allow_redirects=False) as answer:
        asked = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert asked["scope"] == ["openid"]
        assert asked["redirect_uri"] == [f"{site.url}/sign-in/done"]
        assert asked["team"] == ["T0SANDBOX01"]
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
    async with await site.sign_in(browser, "rita", "/d/unheard-of?v=1&at=0-4#at") as answer:
        assert answer.status == 404
        assert answer.history[-1].headers["Location"] == "/d/unheard-of?v=1&at=0-4#at"
        assert "Signed in as rita" in await answer.text()


async def test_what_is_not_there_is_answered_in_the_house_manner(site: Pages) -> None:
    rita = await site.enter("rita")
    async with rita.get("/no/such/page") as answer:
        assert answer.status == 404
        assert "There is no such page." in await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_nobody_is_signed_in_by_an_answer_that_another_browser_asked_for(site: Pages) -> None:
    rita, other = await site.visitor(), await site.visitor()
    async with rita.get("/sign-in/slack", allow_redirects=False) as answer:
        at_slack = answer.headers["Location"] + f"&as={site.people['rita'].id}"
    async with rita.get(at_slack, allow_redirects=False) as answer:
        back = answer.headers["Location"]
    for browser in (other, await site.visitor()):
        async with browser.get("/sign-in/slack", allow_redirects=False):
            pass
        async with browser.get(back) as answer:
            assert answer.status == 403
            assert "begun too long ago, or in another browser" in await answer.text()
    async with rita.get(back.replace("state=", "state=x")) as answer:
        assert answer.status == 403


async def test_two_links_may_be_opened_side_by_side(site: Pages) -> None:
    rita = await site.visitor()
    begun = list[str]()
    for path in ("/d/1", "/d/2"):
        async with rita.get("/sign-in/slack", params={"next": path}, allow_redirects=False) as answer:
            begun.append(answer.headers["Location"] + f"&as={site.people['rita'].id}")
    for at_slack, path in zip(begun, ("/d/1", "/d/2"), strict=True):
        async with rita.get(at_slack) as answer:
            assert answer.url.path == path


async def test_a_code_is_good_once(site: Pages) -> None:
    browser = await site.visitor()
    async with browser.get("/sign-in/slack", allow_redirects=False) as answer:
        at_slack = answer.headers["Location"] + f"&as={site.people['rita'].id}"
    async with browser.get(at_slack, allow_redirects=False) as answer:
        back = answer.headers["Location"]
    jar = {cookie.key: cookie.value for cookie in browser.cookie_jar}
    async with browser.get(back, allow_redirects=False) as answer:
        assert answer.status == 302
    thief = await site.visitor()
    async with thief.get(back, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())}) as answer:
        assert answer.status == 403
        assert "Slack did not sign you in" in await answer.text()


async def test_a_nonce_of_another_sign_in_is_refused(site: Pages) -> None:
    browser = await site.visitor()
    async with browser.get("/sign-in/slack", allow_redirects=False) as answer:
        at_slack = answer.headers["Location"] + f"&as={site.people['rita'].id}"
    async with browser.get(re.sub(r"nonce=[^&]+", "nonce=other", at_slack)) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "d/1"])
async def test_no_address_but_our_own_is_gone_to(site: Pages, to: str) -> None:
    browser = await site.visitor()
    async with await site.sign_in(browser, "rita", to) as answer:
        assert str(answer.url) == f"{site.url}/"


async def test_guests_come_in_and_bots_others_and_those_who_left_do_not(site: Pages) -> None:
    await site.enter("gus")
    visitor = await site.visitor()
    stranger = site.sandbox.add_user("sven", external=True)
    site.people["sven"] = stranger
    async with await site.sign_in(visitor, "sven") as answer:
        assert answer.status == 403
        assert "not one of this newsroom" in await answer.text()


async def test_who_leaves_is_out_on_every_device(site: Pages) -> None:
    phone, desk = await site.enter("rita"), await site.enter("rita")
    site.sandbox.change_user("rita", active=False)
    site.clock.later = timedelta(minutes=5)
    async with phone.get("/d/1", allow_redirects=False) as answer:
        assert answer.status == 302
    assert await site.app.store.sessions.end_all("local", site.people["rita"].id) == 0
    async with desk.get("/d/1", allow_redirects=False) as answer:
        assert answer.status == 302
    done = [(entry.action, entry.detail) for entry in await site.app.store.audit.entries("local", 9)]
    assert done == [("signed out", "the account is closed"), ("signed in", ""), ("signed in", "")]


async def test_while_slack_is_silent_nobody_is_known(site: Pages) -> None:
    rita = await site.enter("rita")
    site.clock.later = timedelta(minutes=5)
    site.sandbox.fault("users.info", "fatal_error", times=9)
    async with rita.get("/d/1") as answer:
        assert answer.status == 503
        assert "it can&#39;t be known who you are" in await answer.text()


async def test_signing_out_takes_a_form_of_ours_and_ends_the_session(site: Pages) -> None:
    rita, ed = await site.enter("rita"), await site.enter("ed")
    stolen = {cookie.key: cookie.value for cookie in rita.cookie_jar}
    for form in ({}, {"csrf": "guess"}, {"csrf": await csrf_of(ed)}):
        async with rita.post("/sign-out", data=form) as answer:
            assert answer.status == 403
            assert "nothing was done" in await answer.text()
    token = {"csrf": await csrf_of(rita)}
    async with rita.post("/sign-out", data=token, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
    async with rita.post("/sign-out", data=token) as answer:
        assert answer.status == 200
        assert "Sign in with Slack" in await answer.text()
    thief = await site.visitor()
    header = "; ".join(f"{name}={value}" for name, value in stolen.items())
    async with thief.get("/d/1", headers={"Cookie": header}, allow_redirects=False) as answer:
        assert answer.status == 302


async def test_a_made_up_cookie_opens_nothing(site: Pages) -> None:
    await site.enter("rita")
    for value in ("", "x", "x.y", "x." + "A" * 43):
        browser = await site.visitor()
        browser.cookie_jar.update_cookies({"quotedesk-session": value}, URL(site.url))
        async with browser.get("/d/1", allow_redirects=False) as answer:
            assert answer.status == 302


async def test_a_session_ends_after_a_working_day(site: Pages) -> None:
    rita = await site.enter("rita")
    for later, status in ((timedelta(hours=7, minutes=59), 404), (timedelta(hours=8), 302)):
        site.clock.later = later
        async with rita.get("/d/1", allow_redirects=False) as answer:
            assert answer.status == status


async def test_who_takes_too_long_at_slack_begins_anew(site: Pages) -> None:
    browser = await site.visitor()
    async with browser.get("/sign-in/slack", allow_redirects=False) as answer:
        at_slack = answer.headers["Location"] + f"&as={site.people['rita'].id}"
    site.clock.later = timedelta(minutes=11)
    async with browser.get(at_slack) as answer:
        assert answer.status == 403
        assert "begun too long ago" in await answer.text()


async def test_another_host_s_name_is_turned_away(site: Pages) -> None:
    browser = await site.visitor()
    async with browser.get("/sign-in", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 421
        assert await answer.text() == f"This page is served at another address: {site.url}"


async def test_pages_are_off_where_nobody_can_sign_in_and_say_so(tmp_path: Path) -> None:
    async with pages(tmp_path / "home", slack_client_id=None) as site:
        browser = await site.visitor()
        for path in ("/d/abc?v=1", "/sign-in"):
            async with browser.get(path) as answer:
                assert answer.status == 503
                assert "pages are off" in await answer.text()


async def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    async with pages(tmp_path / "home", quotedesk_public_url="https://quotes.example.org") as site:
        browser = await site.visitor()
        host = {"Host": "quotes.example.org"}
        async with browser.get("/sign-in/slack", headers=host, allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-quotedesk-sign-in-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_the_manifest_lets_slack_lead_back_here(mode: str) -> None:
    manifest = Path(__file__).parents[3] / "deploy" / "slack" / f"manifest-{mode}.json"
    registered = json.loads(manifest.read_text())["oauth_config"]
    assert [urlsplit(str(url)).path for url in registered["redirect_urls"]] == [DONE]
    assert registered["scopes"]["user"] == ["openid"]
