"""Which addresses may be called: public ones only (pure)."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses that carry an IPv4 address in their last 32 bits (NAT64); Python knows the other forms.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Below 1024 a web server stands on these; any other is somebody's mail or shell.
_WEB_PORTS = frozenset({80, 443})
_FIRST_FREE_PORT = 1024


def is_callable_address(text: str, *, allow_loopback: bool = False) -> bool:
    """Tell whether a resolved address is a public one, whatever form it comes in.

    >>> is_callable_address("27.101.207.1"), is_callable_address("10.1.2.3")
    (True, False)
    >>> is_callable_address("::ffff:169.254.169.254"), is_callable_address("64:ff9b::7f00:1")
    (False, False)
    >>> is_callable_address("127.0.0.1"), is_callable_address("127.0.0.1", allow_loopback=True)
    (False, True)
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if allow_loopback and address.is_loopback:
        return True
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def is_callable_port(port: int) -> bool:
    """Tell whether a port may be a web server's.

    >>> is_callable_port(443), is_callable_port(8080), is_callable_port(22)
    (True, True, False)
    """
    return port in _WEB_PORTS or port >= _FIRST_FREE_PORT


def _meant(address: Address) -> list[Address]:
    """Return the address and the IPv4 addresses that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    found: list[Address] = [address]
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
