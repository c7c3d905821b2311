"""No request goes to a place that is not of the public internet, however its address is written, found or reached."""

from collections.abc import Iterator

import pytest

from sources.document import Raw
from sources.errors import Unreachable, Unreadable
from sources.fetch.guard import Guard, is_public
from tests.fakes.fetching import Names, fetcher
from tests.fakes.web_server import Page, WebServer, moved, serving

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "::7f00:1"),
    "2001:0:53aa:64c:0:0:80ff:fffe",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "64:ff9b::808:808"])
def test_an_address_of_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/a": Page("inside")}) as server:
        yield server


async def refused(url: str, allowed: tuple[str, ...] = (), names: Names | None = None) -> str:
    async with fetcher(allowed, names=names) as using:
        with pytest.raises(Unreadable) as caught:
            await using.fetch(url)
    return str(caught.value)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"),
        *("localhost", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1"),
    ],
)
async def test_a_private_host_is_refused_in_every_notation(server: WebServer, host: str) -> None:
    assert "not an address of the public internet" in await refused(f"http://{host}:{server.port}/a")
    assert server.asked == []


async def test_a_name_that_leads_to_a_private_address_is_refused(server: WebServer) -> None:
    names = Names({"inside.example": [["127.0.0.1"]], "mixed.example": [["93.184.215.14", "10.0.0.1"]]})
    for host in names.known:
        sentence = await refused(f"http://{host}:{server.port}/a", names=names)
        assert sentence.startswith(f"{host} is not an address of the public internet")
    assert server.asked == []


async def test_a_name_that_changes_its_address_gains_nothing(server: WebServer) -> None:
    """DNS rebinding: each connection goes to the very addresses that were judged for it."""
    names = Names({"rebind.example": [["127.0.0.1"], ["169.254.169.254"]]})
    async with fetcher((f"rebind.example:{server.port}",), names=names) as using:
        assert isinstance(await using.fetch(f"http://rebind.example:{server.port}/a"), Raw)
    names = Names({"rebind.example": [["93.184.215.14", "127.0.0.1"], ["127.0.0.1"]]})
    await refused(f"http://rebind.example:{server.port}/a", names=names)
    assert names.asked == ["rebind.example"]


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://2130706433/", "http://inside.example/"],
)
async def test_a_redirect_to_a_private_address_is_refused(server: WebServer, target: str) -> None:
    server.pages["/a"] = moved(target)
    names = Names({"inside.example": [["10.0.0.1"]]})
    assert "public internet" in await refused(server.url("/a"), ("127.0.0.1",), names)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "not an http or https address"),
        ("ftp://example.org/", "not an http or https address"),
        ("https://user:secret@example.org/", "holds a name or a password"),
        ("http://[1", "no"),
    ],
)
async def test_only_plain_web_addresses_are_followed(server: WebServer, target: str, words: str) -> None:
    server.pages["/a"] = moved(target)
    sentence = await refused(server.url("/a"), ("127.0.0.1",))
    assert words in sentence
    assert "secret" not in sentence


async def test_robots_rules_are_not_fetched_from_a_private_address_either(server: WebServer) -> None:
    server.pages["/robots.txt"] = moved("http://10.0.0.1/robots.txt")
    assert "public internet" in await refused(server.url("/a"), ("127.0.0.1",))
    assert server.count("/a") == 0


async def test_the_operator_may_allow_a_host_or_one_of_its_ports(server: WebServer) -> None:
    for allowed in ("127.0.0.1", server.host):
        async with fetcher((allowed,)) as using:
            assert isinstance(await using.fetch(server.url("/a")), Raw)
    await refused(server.url("/a"), ("127.0.0.1:1",))
    assert Guard(["[::1]:80"]).check("http://[::1]/").hostname == "::1"


async def test_a_name_that_is_not_there_is_told_so() -> None:
    class Nowhere(Names):
        async def resolve(self, host: str, port: int) -> list[str]:
            raise OSError("no such name")

    async with fetcher(names=Nowhere()) as using:
        with pytest.raises(Unreachable, match=r"There is no host nowhere\.example"):
            await using.fetch("http://nowhere.example/")
