"""The guard at the way out: a push message goes to a public address over https, and nowhere else.

The address of a device comes from a browser, so from anybody who has an account. Without this guard it would
be a way to make our server knock on doors inside the town hall (SSRF).
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# IPv4 in the clothes of IPv6 that Python's ``is_global`` does not look under.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Geweigerd(Exception):
    """This address gets nothing from us, now or later."""


def host_van(adres: str) -> str:
    """The host of an address to which push may go. Raises Geweigerd."""
    try:
        delen = urlsplit(adres)
        poort = delen.port
    except ValueError as fout:
        raise Geweigerd("no address") from fout
    if delen.scheme != "https" or not delen.hostname:
        raise Geweigerd("not https")
    if poort not in (None, 443):
        raise Geweigerd("another port than 443")
    if delen.username or delen.password:
        raise Geweigerd("a name and a password in it")
    host = delen.hostname
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        if "." not in host.strip("."):
            raise Geweigerd("a name inside this network") from None
    else:
        if not is_openbaar(ip):
            raise Geweigerd("not a public address")
    return host


def is_openbaar(ip: IP) -> bool:
    """Whether ``ip`` is on the public internet, also under an IPv6 that wraps an IPv4."""
    if isinstance(ip, ipaddress.IPv6Address):
        binnen = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            binnen = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if binnen:
            return is_openbaar(binnen)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def zoek_op(host: str) -> Iterable[str]:
    """The addresses of a host, by the resolver of this machine. Raises OSError."""
    return dict.fromkeys(str(een[4][0]) for een in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM))


def openbaar_ip(host: str, zoek: Callable[[str], Iterable[str]] = zoek_op) -> str:
    """The address to connect to, looked up once: what was judged is what is called.

    Raises Geweigerd when one of the addresses is not public, OSError when there is none.
    """
    gevonden = list(zoek(host))
    if not gevonden:
        raise OSError(f"no address for {host}")
    for een in gevonden:
        if not is_openbaar(ipaddress.ip_address(een.partition("%")[0])):
            raise Geweigerd(f"{host} leads to {een}")
    return gevonden[0]
