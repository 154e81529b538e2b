# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the fields of an entity are declared: strict pydantic types, and what the API lets one do with each field."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, with_config
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

ABSENT: Any = object()


class Shape(BaseModel):
    """The fields of an entity; any other property is refused, here and in nested objects."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Part(TypedDict, total=False):
    """The base of nested objects: what is not ``Required`` may be left out, what is not declared is refused.

    Python does not inherit ``total=False``: each nested object says it again.
    """


OPEN = with_config(ConfigDict(strict=True, extra="allow"))
"""Decorates a nested object that takes further properties besides the known ones (documented as such)."""

CLOSED = with_config(ConfigDict(strict=True, extra="forbid"))
"""Decorates a nested object that takes no others although an open one is around it."""


@dataclass(frozen=True)
class Handling:
    """What the API lets one do with a field, declared in the field's ``Annotated`` type.

    ``required``: POST wants it; ``update_required``: PATCH does, too.
    ``default``: the value when omitted at creation (ABSENT: the key stays away).
    ``clearable``: PATCH takes null, which removes the key; ``null_at_create``: POST takes null, too.
    ``merged``: PATCH keeps the sub-keys that it does not name, and null removes one; otherwise the value is replaced.
    ``empty_is_absent``: an empty value is accepted and removes the key.
    ``named``: the name in JSON, where it cannot be a name in Python.
    ``update_as``, ``answer_as``: the type in PATCH bodies and in answers, where it differs from creation.
    """

    create: bool = True
    update: bool = True
    answer: bool = True
    required: bool = False
    update_required: bool = False
    default: Any = ABSENT
    clearable: bool = False
    null_at_create: bool = False
    merged: bool = False
    empty_is_absent: bool = False
    named: str = ""
    update_as: Any = None
    answer_as: Any = None


READ_ONLY = Handling(create=False, update=False)
CREATE_ONLY = Handling(update=False)
CLEARABLE = Handling(clearable=True)
NULLABLE = Handling(clearable=True, null_at_create=True)


def _format(name: str, holds: Callable[[str], bool]) -> AfterValidator:
    """A string format under the name that the API's error gives it."""

    def check(value: str) -> str:
        if not holds(value):
            raise PydanticCustomError("format", "{name}: {value}", {"name": name, "value": value})
        return value

    return AfterValidator(check)


def properties(least: int, most: int | None = None) -> AfterValidator:
    """How many properties an object has at least, and at most."""

    def check(value: dict[str, Any]) -> dict[str, Any]:
        size = len(value)
        if size < least:
            raise PydanticCustomError("few", "Too few properties defined ({n}), minimum {m}", {"n": size, "m": least})
        if most is not None and size > most:
            raise PydanticCustomError("many", "Too many properties defined ({n}), maximum {m}", {"n": size, "m": most})
        return value

    return AfterValidator(check)


def one_of(values: Collection[str]) -> AfterValidator:
    """The values of a long list, for which a literal type would be none to read."""

    def check(value: str) -> str:
        if value not in values:
            raise PydanticCustomError("enum", "No enum match for: {value}", {"value": value})
        return value

    return AfterValidator(check)


def _unique(value: list[Any]) -> list[Any]:
    for index, one in enumerate(value):
        if one in value[:index]:
            first = value.index(one)
            raise PydanticCustomError(
                "twice", "Array items are not unique (indexes {i} and {j})", {"i": first, "j": index}
            )
    return value


UNIQUE = AfterValidator(_unique)
"""No item occurs twice in the array."""


def _address_or_network(value: str) -> str:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise PydanticCustomError("union", "None of the valid schemas were met") from None
    return value


_URI = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")
_WEB_URL = re.compile(r"^https?://[^\s/?#]+\S*$")
_HTTPS_URL = re.compile(r"^https://[^\s/?#]+\S*$")
_ORIGIN = re.compile(r"^(https?|[a-zA-Z][a-zA-Z0-9+.-]*)://\S+$")

Name = Annotated[str, Field(pattern=r"^[^<>]+$")]
Words = Annotated[str, Field(min_length=1)]
Url = Annotated[str, _format("url", lambda v: bool(_WEB_URL.match(v)))]
Uri = Annotated[str, _format("url", lambda v: bool(_URI.match(v)))]
UriOrEmpty = Annotated[str, _format("absolute-uri-or-empty", lambda v: not v or bool(_URI.match(v)))]
HttpsUriOrEmpty = Annotated[str, _format("absolute-https-uri-or-empty", lambda v: not v or bool(_HTTPS_URL.match(v)))]
HttpsWithPlaceholdersOrEmpty = Annotated[
    str, _format("absolute-https-uri-with-placeholders-or-empty", lambda v: not v or bool(_HTTPS_URL.match(v)))
]
HttpsUri = Annotated[str, _format("strict-https-uri", lambda v: bool(_HTTPS_URL.match(v)))]
HttpsUriOrNull = Annotated[str, _format("strict-https-uri-or-null", lambda v: bool(_HTTPS_URL.match(v)))] | None
EmailOrEmpty = Annotated[str, _format("email-or-empty", lambda v: not v or bool(re.match(r"^[^@\s]+@[^@\s]+$", v)))]
CallbackUrl = Annotated[str, _format("callback-url", lambda v: bool(_URI.match(v)))]
UrlWithPlaceholders = Annotated[str, _format("url-with-placeholders", lambda v: bool(_ORIGIN.match(v)))]
DateTime = Annotated[
    str,
    _format(
        "date-time", lambda v: bool(re.match(r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", v))
    ),
]
OrganizationId = Annotated[str, _format("organization-id", lambda v: bool(re.match(r"^org_[A-Za-z0-9]{16}$", v)))]
OrganizationName = Annotated[str, _format("organization-name", lambda v: bool(re.match(r"^[a-z0-9][a-z0-9_-]*\Z", v)))]
ClientId = Annotated[str, _format("client-id", lambda v: bool(re.match(r"^[A-Za-z0-9_-]+$", v)))]
HtmlColor = Annotated[str, _format("html-color", lambda v: bool(re.match(r"^#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?$", v)))]
IpAddressOrNetwork = Annotated[str, AfterValidator(_address_or_network)]
GrantId = Annotated[str, _format("client-grant-id", lambda v: bool(re.match(r"^cgr_[A-Za-z0-9]{16}$", v)))]
