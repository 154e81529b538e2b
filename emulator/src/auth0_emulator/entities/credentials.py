# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials of a client: the public keys by which it may authenticate instead of a secret."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, invalid_body, management_error
from auth0_emulator.schema.shapes import CREATE_ONLY, READ_ONLY, DateTime, Handling, Shape
from auth0_emulator.state import identifiers
from auth0_emulator.state.certificates import Pem, read_pem
from auth0_emulator.state.clock import moment, written
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import finding
from .entity import Behaviour, Entity, Listing, RequiredScopes


class Credential(Shape):
    id: Annotated[str, READ_ONLY]
    client_id: Annotated[str, Handling(create=False, update=False, answer=False)]
    credential_type: Annotated[
        Literal["public_key", "cert_subject_dn", "x509_cert"], Handling(update=False, required=True)
    ]
    name: Annotated[str, Field(max_length=128), CREATE_ONLY]
    subject_dn: Annotated[str, Field(min_length=1, max_length=256), CREATE_ONLY]
    pem: Annotated[str, Handling(update=False, answer=False)]
    """Never shown (recorded)."""
    alg: Annotated[Literal["RS256", "RS384", "PS256"], CREATE_ONLY]
    kid: Annotated[str, Field(min_length=10, max_length=64, pattern=r"^([0-9a-zA-Z-_]{10,64})$"), CREATE_ONLY]
    parse_expiry_from_cert: Annotated[bool, Handling(update=False, answer=False)]
    expires_at: Annotated[DateTime, Handling(clearable=True)]
    """The only field that can be changed (recorded)."""
    thumbprint_sha256: Annotated[str, READ_ONLY]
    created_at: Annotated[str, READ_ONLY]
    updated_at: Annotated[str, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404 (documented)."""
    return management_error(404, "Credential does not exist")


def _conflict(thing: Thing) -> AnsweredError:
    """The same key twice in one client (the wording is reported)."""
    return management_error(400, "credentials contains public keys that already exist in client")


class CredentialBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.credential_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        now = written(moment(tenant.clock))
        values: Thing = {"created_at": now, "updated_at": now}
        pem = _pem(body)
        if body["credential_type"] == "public_key" and pem is not None:
            values |= {"alg": "RS256", "kid": pem.thumbprint}
        if body["credential_type"] == "cert_subject_dn" and pem is not None and pem.subject:
            values["subject_dn"] = pem.subject
        if pem is not None and pem.certificate_thumbprint and body["credential_type"] == "x509_cert":
            values["thumbprint_sha256"] = pem.certificate_thumbprint
        parsed = body["credential_type"] == "x509_cert" or body.get("parse_expiry_from_cert")
        if pem is not None and pem.expires is not None and parsed:
            # Recorded: a certificate always ends when it says, a key where that was asked for.
            values["expires_at"] = written(pem.expires)
        return values

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        """What each type needs is documented; the limit's wording is reported."""
        if body["credential_type"] == "cert_subject_dn":
            if ("subject_dn" in body) == ("pem" in body):
                raise invalid_body("'Exactly one of subject_dn and pem is required'")
        elif "pem" not in body:
            raise invalid_body("'Missing required property: pem'")
        pem = _pem(body)
        if "pem" in body and (pem is None or (body["credential_type"] != "public_key" and pem.certificate is None)):
            raise invalid_body("'Object didn't pass validation for format pem' on property pem")
        most = tenant.choices.stored_credentials
        if len(finding.credentials_of(tenant, body["client_id"])) >= most:
            raise management_error(400, f"A client can have a maximum of {most} credentials.")

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Dates are kept in UTC with milliseconds (recorded)."""
        if body.get("expires_at"):
            try:
                given = datetime.fromisoformat(body["expires_at"].upper())
            except (ValueError, OverflowError):
                problem = f"'Object didn't pass validation for format date-time: {body['expires_at']}'"
                raise invalid_body(f"{problem} on property expires_at") from None
            thing["expires_at"] = written(given)

    def settle_update(self, tenant: Tenant, thing: Thing) -> None:
        thing["updated_at"] = written(moment(tenant.clock))

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        client = finding.client(tenant, current["client_id"])
        if client is not None and current["id"] in attached_credentials(client):
            raise management_error(400, "Cannot delete credential still associated with a client")


METHOD_TYPES = {
    "private_key_jwt": "public_key",
    "tls_client_auth": "cert_subject_dn",
    "self_signed_tls_client_auth": "x509_cert",
}
"""The methods of ``client_authentication_methods``, and the type of credential that each one takes."""


def attachments(client: Thing) -> list[tuple[str, list[Thing]]]:
    """The lists of credentials in a client or in a body for one, each with the type that it takes."""
    methods = (client.get("client_authentication_methods") or {}).items()
    found = [(METHOD_TYPES[method], holder["credentials"]) for method, holder in methods]
    for field in ("signed_request_object", "token_vault_privileged_access"):
        found.append(("public_key", (client.get(field) or {}).get("credentials", [])))
    return found


def attached_credentials(client: Thing) -> set[str]:
    """The identifiers of the credentials that a client uses."""
    return {one["id"] for dummy, used in attachments(client) for one in used}


def _pem(body: Thing) -> Pem | None:
    return read_pem(body["pem"]) if "pem" in body else None


CREDENTIALS = Entity(
    name="credential",
    path="clients/{parent}/credentials",
    model=Credential,
    scopes=RequiredScopes(
        read=("read:client_credentials",),
        create=("create:client_credentials",),
        update=("update:client_credentials",),
        delete=("delete:client_credentials",),
    ),
    # The order of all recorded lists is that of the kid, not that of creation.
    listing=Listing("credentials", paged=False, order=lambda thing: (thing.get("kid", ""), thing["id"])),
    missing=missing,
    behaviour=CredentialBehaviour(),
    within="client",
    parent_field="client_id",
    unique=("client_id", "kid"),
    conflict=_conflict,
    empty_update=False,
)
