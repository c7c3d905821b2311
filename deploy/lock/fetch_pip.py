"""Download pip's own wheel, where Python comes without ensurepip: `python fetch_pip.py TARGET`.

The version and the hashes are those of `pip.txt` beside this file; a file with another hash is not kept. The index is
PIP_INDEX_URL or PyPI; certificates are those of PIP_CERT or of the system; proxies are taken from the environment.
"""

import hashlib
import html
import http.client
import os
import re
import ssl
import sys
import urllib.parse
import urllib.request
from pathlib import Path


def main(target: str) -> None:
    """Write the wheel to `target`, or exit with one sentence."""
    lock = Path(__file__).with_name("pip.txt").read_text(encoding="utf-8")
    name = f"pip-{re.search('pip==([0-9.]+)', lock)[1]}-py3-none-any.whl"
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        page = read(index).decode()
        links = (html.unescape(link) for link in re.findall(r"""href=["']([^"']+)""", page))
        address = next((link for link in links if f"/{name}" in f"/{link}"), None)
        if address is None:
            sys.exit(f"{index} offers no {name}.")
        wheel = read(urllib.parse.urljoin(index, address))
    except (OSError, ValueError, http.client.HTTPException) as error:
        sys.exit(f"pip could not be downloaded from {index}: {error}")
    if hashlib.sha256(wheel).hexdigest() not in lock:
        sys.exit(f"{name} from {index} has a hash that is not in deploy/lock/pip.txt, and was not used.")
    Path(target).write_bytes(wheel)


def read(address: str) -> bytes:
    """The bytes at a web address."""
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"{address} is no web address")
    certificates = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    with urllib.request.urlopen(address, timeout=60, context=certificates) as answer:  # noqa: S310  # checked above
        return answer.read()


if __name__ == "__main__":
    main(sys.argv[1])
