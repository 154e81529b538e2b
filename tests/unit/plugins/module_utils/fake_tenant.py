# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant in memory, as far as the tests of the engine need one: what it answers was recorded of Auth0's servers.

Everything that is sent to it is in ``calls``; faults can be planted before or after a request takes effect.
"""

from __future__ import annotations

import base64
import copy
import dataclasses
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

import requests
import responses
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from joserfc.jwk import RSAKey

DOMAIN = "acme.eu.auth0.com"
URL = "https://" + DOMAIN
AUDIENCE = URL + "/api/v2/"
TOKEN = "a-management-token"

#: How Auth0 says that an object does not exist.
GONE = {"statusCode": 404, "error": "Not Found", "message": "It does not exist"}

_PERMISSION = ("resource_server_identifier", "permission_name")

Item = dict[str, Any]
Answer = tuple[int, dict[str, str], str]


@dataclasses.dataclass(frozen=True)
class Call:
    """A request as it arrived. path: as sent, without query. body: decoded, None without one."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: Any
    headers: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclasses.dataclass(frozen=True)
class _Fault:
    method: str
    path: str
    effect: Answer | Exception
    performed: bool


#: Query parameters that filter, and the field that has to have one of their values.
_FILTERS = {
    **{name: name for name in ("client_id", "audience", "default_for", "subject_type", "app_type")},
    "identifiers": "identifier",
}

_COLLECTIONS = {
    "clients": "clients",
    "client-grants": "client_grants",
    "resource-servers": "resource_servers",
    "roles": "roles",
}


class FakeTenant:
    """What it holds: objects, the permissions of each role, the grants of each organization, by their ids.

    credentials: those of each client, by its id. page_size: how many it gives at most in a page.
    moment: the time that it writes. keep_older_keys: whether a rotation leaves an older previous key unrevoked.
    """

    def __init__(self, mock: responses.RequestsMock) -> None:
        self.clients: list[Item] = []
        self.apis: list[Item] = []
        self.grants: list[Item] = []
        self.credentials: dict[str, list[Item]] = {}
        self.roles: list[Item] = []
        self.organizations: list[Item] = []
        self.permissions: dict[str, list[Item]] = {}
        self.organization_grants: dict[str, list[str]] = {}
        self.signing_keys: list[Item] = []
        self.calls: list[Call] = []
        self.page_size = 100
        self.moment = "2026-11-22T03:15:00.000Z"
        self.keep_older_keys = False
        self.hidden: set[str] = set()
        self.token_answer: Item = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 86400}
        self._made = 0
        self._faults: list[_Fault] = []
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            mock.add_callback(method, re.compile(re.escape(URL) + "/.*"), self._answer)

    # what tests put in, and read

    def add_client(self, name: str, **fields: Any) -> Item:
        return self._store(self.clients, {"name": name, **fields})

    def add_api(self, identifier: str, scopes: tuple[str, ...] = (), **fields: Any) -> Item:
        listed = {"scopes": [{"value": scope} for scope in scopes]} if scopes else {}
        return self._store(self.apis, {"identifier": identifier, **listed, **fields})

    def add_grant(self, client_id: str, audience: str, scope: tuple[str, ...] = (), **fields: Any) -> Item:
        return self._store(self.grants, {"client_id": client_id, "audience": audience, "scope": list(scope), **fields})

    def add_role(self, name: str, *permissions: tuple[str, str], **fields: Any) -> Item:
        role = self._store(self.roles, {"name": name, **fields})
        self.permissions[role["id"]] = [dict(zip(_PERMISSION, names, strict=True)) for names in permissions]
        return role

    def add_organization(self, name: str, *grant_ids: str) -> Item:
        organization = self._store(self.organizations, {"name": name})
        self.organization_grants[organization["id"]] = list(grant_ids)
        return organization

    def add_signing_key(self, kid: str, **fields: Any) -> Item:
        key = {"kid": kid, "cert": f"cert of {kid}", "fingerprint": f"{kid}:", "thumbprint": kid, **fields}
        self.signing_keys.append(key)
        return key

    def fail(self, method: str, path: str, effect: Exception | int, performed: bool = False, **body: Any) -> None:
        """Let the next such request fail, by an exception or a status, before or after it has taken effect."""
        answer = effect if isinstance(effect, Exception) else _json(effect, body)
        self._faults.append(_Fault(method, path, answer, performed))

    @property
    def sent(self) -> list[str]:
        """The requests in order, in short."""
        return [str(call) for call in self.calls]

    @property
    def writes(self) -> list[str]:
        """Those that change something in the tenant."""
        return [str(call) for call in self.calls if call.method != "GET" and call.path != "/oauth/token"]

    def bodies(self, method: str) -> list[Any]:
        return [call.body for call in self.calls if call.method == method]

    # what it answers

    def _answer(self, request: requests.PreparedRequest) -> Answer:
        target = urllib.parse.urlsplit(str(request.url))
        body = json.loads(request.body) if request.body else None
        call = Call(str(request.method), target.path, urllib.parse.parse_qs(target.query), body, dict(request.headers))
        self.calls.append(call)
        fault = next((f for f in self._faults if f.method == call.method and call.path.startswith(f.path)), None)
        if fault:
            self._faults.remove(fault)
            if fault.performed:
                self._perform(call)
            if isinstance(fault.effect, Exception):
                raise fault.effect
            return fault.effect
        return self._perform(call)

    def _perform(self, call: Call) -> Answer:
        if call.path == "/oauth/token":
            return _json(200, self.token_answer)
        dummy, dummy, dummy, path, *rest = call.path.split("/")
        if path == "keys":
            return self._signing_key(rest[1:], call)
        items = {
            "clients": self.clients,
            "client-grants": self.grants,
            "resource-servers": self.apis,
            "roles": self.roles,
            "organizations": self.organizations,
        }[path]
        if rest[1:2] == ["credentials"]:
            return self._credential(urllib.parse.unquote(rest[0]), rest[2:], call)
        if rest[1:] and rest[0] != "name":
            return self._linked(rest[0], rest[1:], call)
        if not rest:
            return self._create(items, call) if call.method == "POST" else self._list(path, items, call)
        known = urllib.parse.unquote(rest[-1])
        second = "name" if rest[1:] else "identifier"
        item = next((i for i in items if known in (i.get("id"), i.get("client_id", i.get(second)))), None)
        if path == "client-grants":
            item = next((i for i in items if i["id"] == known), None)
        if call.method == "DELETE" and (item or items is not self.roles):
            if item:
                items.remove(item)
            return (200, {}, "{}") if items is self.roles else (204, {}, "")
        if item is None:
            return _json(404, GONE)
        if call.method == "PATCH":
            _patch(item, call.body)
        return _json(200, {name: value for name, value in item.items() if name not in self.hidden})

    def _credential(self, client_id: str, rest: list[str], call: Call) -> Answer:
        """What is below a client: a bare list, at most four of different keys, and none deleted that is in use."""
        held = self.credentials.setdefault(client_id, [])
        if call.method == "POST":
            return self._new_credential(held, call.body)
        if not rest:
            return _json(200, held)
        item = next((one for one in held if one["id"] == rest[0]), None)
        client = next(one for one in self.clients if one["client_id"] == client_id)
        if call.method == "DELETE":
            if rest[0] in json.dumps(client):
                return _json(400, _bad("Cannot delete credential still associated with a client"))
            held[:] = [one for one in held if one is not item]
            return 204, {}, ""
        if item is None:
            return _json(404, GONE)
        if call.method == "PATCH":
            _patch(item, call.body)
        return _json(200, item)

    def _new_credential(self, held: list[Item], body: Item) -> Answer:
        item = {name: value for name, value in body.items() if name not in ("pem", "parse_expiry_from_cert")}
        item.update(derived(body))
        if item.get("kid") in [one.get("kid", "none") for one in held]:
            return _json(400, _bad("credentials contains public keys that already exist in client"))
        if len(held) == 4:
            return _json(400, _bad("A client can have a maximum of 4 credentials."))
        self._made += 1
        item.update(id=f"cred_{self._made}", created_at="2026-11-22T03:15:00.000Z")
        held.append(item)
        return _json(201, item)

    def _signing_key(self, rest: list[str], call: Call) -> Answer:
        """As Auth0's API description says; that only a previous key can be revoked: its documentation."""
        assert not call.body, "these requests have none"
        by_role = {role: key for key in self.signing_keys for role in ("current", "next", "previous") if key.get(role)}
        if call.method == "GET" and not rest:
            return _json(200, self.signing_keys)
        if call.method == "POST":
            assert rest == ["rotate"]
            self._made += 1
            if "previous" in by_role and not self.keep_older_keys:
                self._revoke(by_role["previous"])
            by_role["current"].update(current=False, previous=True, current_until=self.moment)
            by_role["next"].update(next=False, current=True, current_since=self.moment)
            made = self.add_signing_key(f"made{self._made}", next=True)
            return _json(201, {"kid": made["kid"], "cert": made["cert"]})
        key = next((key for key in self.signing_keys if key["kid"] == rest[0]), None)
        if key is None:
            return _json(404, {**GONE, "message": "Signing key not found."})
        if call.method == "GET":
            return _json(200, key)
        assert (call.method, rest[1:]) == ("PUT", ["revoke"])
        if not key.get("previous"):
            return _json(400, _bad("Only the previous signing key can be revoked."))
        self._revoke(key)
        return _json(200, {"kid": key["kid"], "cert": key["cert"]})

    def _revoke(self, key: Item) -> None:
        key.pop("previous")
        key.update(revoked=True, revoked_at=self.moment)

    def _linked(self, owner: str, rest: list[str], call: Call) -> Answer:
        """Permissions of roles, grants of organizations, and organizations of grants."""
        if owner in self.permissions:
            return self._permissions(self.permissions[owner], call)
        if owner in self.organization_grants:
            return self._organization_grants(self.organization_grants[owner], rest, call)
        if owner in [grant["id"] for grant in self.grants]:
            rows = [item for item in self.organizations if owner in self.organization_grants[item["id"]]]
            return _page("organizations", rows, self.page_size, call)
        return _json(404, GONE)

    def _permissions(self, held: list[Item], call: Call) -> Answer:
        if call.method == "GET":
            return _page("permissions", [{**item, "description": "more"} for item in held], self.page_size, call)
        named = call.body["permissions"]
        assert named, "an empty list is refused"
        for item in named:
            api = next((api for api in self.apis if api["identifier"] == item[_PERMISSION[0]]), {})
            if call.method == "POST" and {"value": item[_PERMISSION[1]]} not in api.get("scopes", []):
                return _json(404, {**GONE, "errorCode": "inexistent_resource_server_permission"})
        held[:] = [item for item in held if item not in named] + (named if call.method == "POST" else [])
        return _json(201, {}) if call.method == "POST" else (204, {}, "")

    def _organization_grants(self, held: list[str], rest: list[str], call: Call) -> Answer:
        if call.method == "GET":
            wanted = call.query.get("grant_ids", held)
            rows = [grant for grant in self.grants if grant["id"] in held and grant["id"] in wanted]
            for name in ("client_id", "audience"):
                rows = [grant for grant in rows if grant.get(name) in call.query.get(name, [grant.get(name)])]
            return _page("client_grants", rows, self.page_size, call)
        if call.method == "DELETE":
            held[:] = [grant_id for grant_id in held if grant_id != rest[1]]
            return 204, {}, ""
        grant = next((grant for grant in self.grants if grant["id"] == call.body["grant_id"]), None)
        if grant is None:
            return _json(404, GONE)
        if grant["id"] in held:
            message = "The client grant has already been added to this organization."
            return _json(409, {"statusCode": 409, "error": "Conflict", "message": message})
        held.append(grant["id"])
        return _json(201, {"grant_id": grant["id"], "client_id": grant["client_id"]})

    def _create(self, items: list[Item], call: Call) -> Answer:
        if items is not self.clients and any(_key(i) == _key(call.body) for i in items):
            return _json(409, {"statusCode": 409, "error": "Conflict", "message": "It already exists"})
        return _json(201, self._store(items, call.body))

    def _store(self, items: list[Item], fields: Mapping[str, Any]) -> Item:
        self._made += 1
        number = self._made
        if items is self.clients:
            assigned: Item = {"client_id": f"client{number}", "client_secret": f"secret-of-client{number}"}
        elif items is self.apis:
            assigned = {"id": f"api{number}", "signing_alg": "RS256", "signing_secret": f"secret-of-api{number}"}
        elif items is self.grants:
            assigned = {"id": f"cgr_{number}", "subject_type": "client"}
        else:
            assigned = {"id": f"rol_{number}", "type": "tenant"} if items is self.roles else {"id": f"org_{number}"}
        item = {**assigned, **copy.deepcopy(dict(fields))}
        items.append(item)
        return item

    def _list(self, path: str, items: list[Item], call: Call) -> Answer:
        filters = {field: call.query[name] for name, field in _FILTERS.items() if name in call.query}
        rows = [item for item in items if all(item.get(name) in values for name, values in filters.items())]
        if "is_global" in call.query:
            rows = [item for item in rows if bool(item.get("global")) == (call.query["is_global"] == ["true"])]
        if "name_filter" in call.query:
            rows = [item for item in rows if call.query["name_filter"][0].lower() in item["name"].lower()]
        wanted = call.query.get("fields", [""])[0]
        if wanted:
            rows = [{name: row[name] for name in wanted.split(",") if name in row} for row in rows]
        if "page" in call.query:
            return _page(_COLLECTIONS[path], rows, self.page_size, call)
        start = int(call.query.get("from", ["0"])[0])
        end = start + min(self.page_size, int(call.query["take"][0]))
        more = {"next": str(end)} if end < len(rows) else {}
        return _json(200, {_COLLECTIONS[path]: rows[start:end], **more})


def derived(body: Mapping[str, Any]) -> Item:
    """What Auth0 makes of a credential's PEM, by another library than the one under test."""
    if "pem" not in body:
        return {}
    pem = body["pem"].encode()
    certificate = x509.load_pem_x509_certificate(pem) if b"BEGIN CERTIFICATE" in pem else None
    if body["credential_type"] == "public_key":
        found: Item = {"kid": RSAKey.import_key(pem).thumbprint(), "alg": body.get("alg", "RS256")}
        if certificate and body.get("parse_expiry_from_cert"):
            found["expires_at"] = certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return found
    assert certificate
    if body["credential_type"] == "x509_cert":
        digest = certificate.fingerprint(hashes.SHA256())
        return {"thumbprint_sha256": base64.urlsafe_b64encode(digest).decode().rstrip("=")}
    return {"subject_dn": certificate.subject.rfc4514_string()}


def _bad(message: str) -> Item:
    return {"statusCode": 400, "error": "Bad Request", "message": message}


def _page(collection: str, rows: list[Item], page_size: int, call: Call) -> Answer:
    limit = min(page_size, int(call.query["per_page"][0]))
    start = int(call.query["page"][0]) * limit
    return _json(200, {collection: rows[start : start + limit], "start": start, "limit": limit})


def _key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    if "identifier" in item:
        return (item["identifier"],)
    if "name" in item:
        return (item["name"],)
    return item.get("client_id"), item.get("audience"), item.get("subject_type", "client")


def _patch(item: Item, sent: Mapping[str, Any]) -> None:
    for name, value in sent.items():
        if value is None:
            item.pop(name, None)
        elif name in ("client_metadata", "signed_request_object"):
            merged = {**item.get(name, {}), **value}
            item[name] = {key: text for key, text in merged.items() if text is not None}
        else:
            item[name] = value
    if item.get("allow_all_scopes"):
        item.pop("scope", None)


def _json(status: int, body: Any) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(body)


class Clock:
    """A clock that only moves when somebody sleeps. slept: for how long, each time."""

    def __init__(self, now: float = 1_700_000_000.0, on_sleep: Callable[[], object] = lambda: None) -> None:
        self.time = now
        self.slept: list[float] = []
        self._on_sleep = on_sleep

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        self._on_sleep()
