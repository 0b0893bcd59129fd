"""Fetching a page from the web without being led into a private network.

Every address that a host name stands for must be public; the connection goes to the address that was checked, not to
the name, so that a name server cannot change its mind between. Each redirect is checked anew. No proxy, no cookies, no
compression (a small body cannot grow), a limit in bytes and in seconds.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec

from khabar.errors import AddressRefused, FetchFailed, TooLarge
from khabar.version import __version__

if TYPE_CHECKING:
    import httpx

__all__ = ["Fetched", "Resolve", "check_address", "fetch_page"]

Resolve = Callable[[str, int], list[str]]
_MAX_BYTES = 8_000_000  # what the extractor takes
_MAX_REDIRECTS = 5
_SECONDS = 30.0
_PORTS = {"http": 80, "https": 443}


class Fetched(msgspec.Struct, frozen=True):
    """A page as it came: the address at the end of all redirects, its bytes, and whether they are HTML."""

    url: str
    body: bytes
    is_html: bool


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_address(url: str, *, allow: frozenset[str] = frozenset(), resolve: Resolve = _resolve) -> tuple[str, str]:
    """The host of a web address, and an IP address of it that may be connected to.

    Raises AddressRefused for another scheme, port, or a host with an address that is not public (unless `allow` names
    the host); FetchFailed where it has none.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"no address: {error}") from error
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in _PORTS or not host or parts.username is not None or any(c.isspace() for c in url):
        raise AddressRefused("an address starts with http:// or https:// and names a host")
    allowed = host in allow
    if port not in (None, _PORTS[parts.scheme]) and not allowed:
        raise AddressRefused(f"port {port} is not fetched from")
    try:
        found = resolve(host, port or _PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"no host {host}") from error
    if not found:
        raise FetchFailed(f"no host {host}")
    if not allowed and not all(_is_public(one) for one in found):
        raise AddressRefused(f"{host} leads into a private network")
    return host, found[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        # An IPv4 address within an IPv6 one is where the connection would go.
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


def fetch_page(url: str, *, allow: frozenset[str] = frozenset(), resolve: Resolve = _resolve) -> Fetched:
    """Fetch a page. Raises AddressRefused, FetchFailed or TooLarge."""
    import httpx

    deadline = time.monotonic() + _SECONDS
    with httpx.Client(trust_env=False, timeout=10.0, follow_redirects=False) as client:
        for _ in range(_MAX_REDIRECTS + 1):
            host, address = check_address(url, allow=allow, resolve=resolve)
            try:
                with closing(client.send(_request(client, url, host, address), stream=True)) as response:
                    if response.is_redirect:
                        url = urljoin(url, response.headers["location"])
                        continue
                    return _body(url, response, deadline)
            except httpx.HTTPError as error:
                raise FetchFailed(f"{host}: {error or type(error).__name__}") from error
    raise FetchFailed(f"more than {_MAX_REDIRECTS} redirects")


def _request(client: httpx.Client, url: str, host: str, address: str) -> httpx.Request:
    there = client.build_request("GET", url).url
    headers = {
        "Host": there.netloc.decode("ascii").rsplit("@", 1)[-1], "Accept": "text/html, text/plain;q=0.5",
        "Accept-Encoding": "identity", "User-Agent": f"khabar/{__version__}",
    }  # fmt: skip
    # The name still goes into the TLS handshake, and the certificate is checked against it.
    return client.build_request(
        "GET", there.copy_with(host=address), headers=headers, extensions={"sni_hostname": host}
    )


def _body(url: str, response: httpx.Response, deadline: float) -> Fetched:
    if response.status_code != 200:
        raise FetchFailed(f"status {response.status_code}")
    if response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise FetchFailed("the page came compressed, though it was asked for as it is")
    kind = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
        raise FetchFailed(f"not a page but {kind[:60]}")
    body = bytearray()
    for block in response.iter_raw():
        body += block
        if len(body) > _MAX_BYTES:
            raise TooLarge(f"a page of more than {_MAX_BYTES} bytes")
        if time.monotonic() > deadline:
            raise FetchFailed(f"not there after {_SECONDS:.0f} seconds")
    return Fetched(url, bytes(body), kind != "text/plain")
