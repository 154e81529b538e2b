# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Where a tenant is: from the option ``auth0_domain`` to URLs."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
import unicodedata

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_PORT = re.compile(r"[0-9]{1,5}")
#: An @, also where it is encoded, once or several times.
_AT_SIGN = re.compile(r"@|%(25)*40")
_SHOWN = re.compile(r"(https?://|ftp://)?((?:[a-z0-9-]{1,63}(?:\.|(?![a-z0-9-])))*|\[[0-9a-f:.]{1,45}\])")
_EXAMPLE = "for example acme.eu.auth0.com"


@dataclasses.dataclass(frozen=True)
class TenantAddress:
    """host: the tenant's host name, with a port where one was given. scheme: ``https``, or ``http`` on loopback."""

    host: str
    scheme: str = "https"

    @property
    def url(self) -> str:
        """Where requests go, without a trailing slash."""
        return "%s://%s" % (self.scheme, self.host)

    @property
    def issuer(self) -> str:
        """The ``iss`` of the tenant's tokens: always https, with the trailing slash (documented by Auth0)."""
        return "https://%s/" % self.host

    @property
    def management_audience(self) -> str:
        """The identifier of the tenant's Management API (documented by Auth0: exact to the trailing slash)."""
        return "https://%s/api/v2/" % self.host


def parse_domain(domain: str) -> TenantAddress:
    """The address behind an ``auth0_domain``.

    Takes ``HOST`` or ``HOST:PORT``; a leading ``http://`` only before a loopback host.
    Raises InvalidOptions that says what is wrong with it.
    """
    if _AT_SIGN.search(unicodedata.normalize("NFKC", domain)):
        # What stands before it may be a password, so that nothing of it is shown.
        raise InvalidOptions("auth0_domain holds an @. Give the domain alone, %s." % _EXAMPLE)
    scheme, rest = "https", domain.strip().lower()
    domain = _shown(rest)
    if not rest:
        raise InvalidOptions("auth0_domain is empty. Give the tenant's domain, %s." % _EXAMPLE)
    if rest.startswith("https://"):
        raise InvalidOptions(
            "auth0_domain%s has a scheme. Give the domain alone%s." % (domain, _before_path("", rest[8:]))
        )
    if rest.startswith("http://"):
        scheme, rest = "http", rest[7:]
    if "://" in rest:
        raise InvalidOptions("auth0_domain%s has a scheme. Give the domain alone, %s." % (domain, _EXAMPLE))
    if "/" in rest or "?" in rest or "#" in rest:
        plain = "http://" if scheme == "http" else ""
        raise InvalidOptions(
            "auth0_domain%s has a path. Give the domain alone%s." % (domain, _before_path(plain, rest))
        )
    name, port = _split_port(rest, domain)
    if not _is_host(name):
        raise InvalidOptions("auth0_domain%s is not a domain name. Expected the tenant's, %s." % (domain, _EXAMPLE))
    if scheme == "http" and not _is_loopback(name):
        raise InvalidOptions(
            "auth0_domain%s asks for plain http. That would send secrets in the clear, so it is only allowed for a "
            "loopback address. Give the domain without a scheme." % domain
        )
    return TenantAddress(name + port, scheme)


def holds_more(domain: str) -> bool:
    """Whether an ``auth0_domain`` that is refused holds more than a host name, which may be a secret."""
    try:
        parse_domain(domain)
    except InvalidOptions:
        given = domain.strip().lower()
        return bool(_AT_SIGN.search(unicodedata.normalize("NFKC", given))) or _shown(given) != " %r" % given
    return False


def _before_path(scheme: str, rest: str) -> str:
    """What the user probably meant, as the end of a sentence."""
    host = re.split(r"[/?#]", rest)[0]
    name, dummy, port = host.partition(":")
    usable = _is_host(name) and (not dummy or _PORT.fullmatch(port))
    return ": %r" % (scheme + host) if usable else ", %s" % _EXAMPLE


def _shown(given: str) -> str:
    """What was given, as far as a host name goes, since what follows may be a secret; nothing where it is no name."""
    found = _SHOWN.match(given)
    if not found or not found[2]:
        return ""
    return " %r" % (found[0] + ("..." if found.end() < len(given) else ""))


def _split_port(text: str, domain: str) -> tuple[str, str]:
    match = re.match(r"^(\[[^\]]*\]|[^:]*)(?::(.*))?$", text)
    if not match:
        raise InvalidOptions("auth0_domain%s is not a domain name. Expected the tenant's, %s." % (domain, _EXAMPLE))
    name, port = match.groups()
    if port is None:
        return name, ""
    if not _PORT.fullmatch(port) or not 0 < int(port) < 65536:
        raise InvalidOptions("auth0_domain%s has a port that is not a number from 1 to 65535." % domain)
    return name, ":%d" % int(port)


def _is_host(name: str) -> bool:
    if name == "localhost" or _ip(name) is not None:
        return True
    labels = name.split(".")
    return len(labels) > 1 and not labels[-1].isdigit() and all(_LABEL.fullmatch(label) for label in labels)


def _is_loopback(name: str) -> bool:
    address = _ip(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def _ip(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a URL's host is: IPv6 in brackets, without a zone; IPv4 without."""
    try:
        if name.startswith("[") and "%" not in name:
            return ipaddress.IPv6Address(name[1:-1])
        return ipaddress.IPv4Address(name)
    except ValueError:
        return None
