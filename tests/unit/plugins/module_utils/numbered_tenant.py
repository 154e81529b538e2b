# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the emulator in the test's process whose objects are numbered, so that tests can name their ids."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Iterator
from typing import Any
from unittest import mock

from ansible_collections.community.auth0.tests.harness.in_process import (
    BEGINNING,
    DOMAIN,
    Clock,
    InProcessTenant,
    answered,
    replaced,
)
from auth0_emulator.state import identifiers
from auth0_emulator.state.tenant import Credentials

URL = "https://" + DOMAIN
AUDIENCE = URL + "/api/v2/"
#: A token for all scopes, and the client that may do everything.
TOKEN = "a-management-token"
CALLER = {"auth0_client_id": "the-caller", "auth0_client_secret": "the-caller-s-secret"}

#: How Auth0 says that an object does not exist.
GONE = answered(404, "It does not exist")

Item = dict[str, Any]

_ID = {"client": "client_id"}

#: What the ids of each kind begin with.
_BEGINNINGS = {
    "client_id": "client",
    "third_party_client_id": "tpc_",
    "object_id": "api",
    "grant_id": "cgr_",
    "role_id": "rol_",
    "organization_id": "org_",
    "credential_id": "cred_",
}


@contextlib.contextmanager
def _numbered(prefix: str = "") -> Iterator[None]:
    """What the emulator makes gets ids and secrets that count from 1."""
    numbers, secrets = itertools.count(1), itertools.count(10**15)
    made = {name: functools.partial(_named, prefix + beginning, numbers) for name, beginning in _BEGINNINGS.items()}
    made |= dict.fromkeys(("client_secret", "signing_secret"), functools.partial(_named, "secret-of-", secrets))
    with contextlib.ExitStack() as patches:
        for name, make in made.items():
            patches.enter_context(mock.patch.object(identifiers, name, make))
        yield


def _named(beginning: str, numbers: Iterator[int]) -> str:
    number = next(numbers)
    # The emulator wants sixteen characters where a body names a grant.
    return f"{beginning}{number:016}" if beginning.endswith("cgr_") else f"{beginning}{number}"


class Numbered(InProcessTenant):
    """While it is installed, what is made gets the ids ``client1``, ``api2``, ``cgr_0000000000000003`` and so on,
    in one row.

    What every tenant has is the API ``own-api1``, the global client ``own-client2``, the client ``the-caller`` that may
    do everything, and its grant ``own-cgr_0000000000000004``. The lists of objects are without these.
    """

    def __init__(self, now: float = BEGINNING) -> None:
        caller = Credentials(CALLER["auth0_client_id"], CALLER["auth0_client_secret"])
        with _numbered("own-"):
            super().__init__(credentials=caller, clock=Clock(now))
        self.accept(TOKEN)

    @contextlib.contextmanager
    def installed(self) -> Iterator[Numbered]:
        with _numbered(), super().installed():
            yield self

    # what tests put in: as the Management API makes it, but for what only Auth0 itself can set

    def add_client(self, name: str, **fields: Any) -> Item:
        return self._add("client", "clients", name=name, **fields)

    def add_api(self, identifier: str, scopes: tuple[str, ...] = (), **fields: Any) -> Item:
        listed = {"scopes": [{"value": scope} for scope in scopes]} if scopes else {}
        return self._add("resource_server", "resource-servers", identifier=identifier, **listed, **fields)

    def add_grant(self, client_id: str, audience: str, scope: tuple[str, ...] = (), **fields: Any) -> Item:
        held = {} if fields.get("allow_all_scopes") else {"scope": list(scope)}
        return self._add("client_grant", "client-grants", client_id=client_id, audience=audience, **held, **fields)

    def add_role(self, name: str, *permissions: tuple[str, str], **fields: Any) -> Item:
        role = self._add("role", "roles", name=name, **fields)
        if permissions:
            named = [
                dict(zip(("resource_server_identifier", "permission_name"), one, strict=True)) for one in permissions
            ]
            self.make(f"roles/{role['id']}/permissions", permissions=named)
        return role

    def add_organization(self, name: str, *grant_ids: str) -> Item:
        organization: Item = self.make("organizations", name=name)
        for grant_id in grant_ids:
            self.make(f"organizations/{organization['id']}/client-grants", grant_id=grant_id)
        return organization

    def issue(self, token: str = TOKEN, **more: Any) -> None:
        """Forget all faults, and answer the token requests that follow with a token, whoever sends them."""
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 86400, **more}
        self.heal()
        self.fail(replaced(answer, performed=False), "POST", "/oauth/token", times=99)

    def stored(self, kind: str, name: str) -> Item:
        """An object as the tenant stores it; whoever changes it, changes the tenant."""
        found = self._store(kind).get(name)
        assert found is not None
        return found

    # what tests look at: as the Management API shows it

    @property
    def clients(self) -> list[Item]:
        return self._shown("client", "clients")

    @property
    def apis(self) -> list[Item]:
        return self._shown("resource_server", "resource-servers")

    @property
    def grants(self) -> list[Item]:
        return self._shown("client_grant", "client-grants")

    @property
    def roles(self) -> list[Item]:
        return self._shown("role", "roles")

    def _store(self, kind: str) -> Any:
        return self.site.tenant.store(kind)

    def _add(self, kind: str, path: str, **fields: Any) -> Item:
        extra = {name: fields.pop(name) for name in ("is_system", "global") if name in fields}
        made: Item = self.make(path, **fields)
        self.stored(kind, made[_ID.get(kind, "id")]).update(extra)
        return made

    def _shown(self, kind: str, path: str) -> list[Item]:
        names = [thing[_ID.get(kind, "id")] for thing in self._store(kind)]
        made = [name for name in names if not name.startswith("own-") and name != self.credentials.client_id]
        return [self.call("GET", f"/{path}/{name}") for name in made]
