# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that wants an access token of an Auth0 tenant for everything it does.

    PROTECTED_API_SETTINGS=settings.json uvicorn app:app

Orders, invoices, vouchers and the ledger are APIs of their own in the tenant, so that each can be signed in its own
way. What a token has to be stands in the settings, never in the token. settings.json.j2 writes them, for show.yml.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

log = logging.getLogger("uvicorn.error")
bearer = HTTPBearer(auto_error=False)
Claims = dict[str, Any]
# Of PyJWT, and what a token can have it stumble over before it looks at the signature, such as deep nesting.
UNACCEPTABLE = (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError)


class WrongType(jwt.InvalidTokenError):
    """A good token of another type than the API's tokens."""


REASONS: dict[type[Exception], str] = {
    jwt.ExpiredSignatureError: "expired",
    jwt.InvalidAudienceError: "wrong audience",
    jwt.InvalidIssuerError: "wrong issuer",
    jwt.PyJWKClientError: "unknown key",
    WrongType: "wrong type",
}


class Api(BaseModel):
    """`verification` of auth0_resource_server_info, and for HS256 a file with the API's secret."""

    issuer: str
    audience: str
    typ: str
    algorithms: list[str]
    jwks_uri: str | None
    signing_secret_file: Path | None = None


class Settings(BaseModel):
    """All times are in seconds."""

    apis: dict[str, Api]
    leeway: int
    """How much the clocks may differ."""
    jwks_lifetime: int
    """How long the tenant's keys are used without asking again; a revoked key is accepted for as long."""
    jwks_cooldown: int
    """How long not to ask again because of a key that is not among them: any token can name one."""


class Keys(jwt.PyJWKClient):
    """The keys that a tenant publishes. Raises ConnectionError when none can be had, whatever comes instead of them."""

    def get_signing_keys(self, refresh: bool = False) -> list[jwt.PyJWK]:
        try:
            return super().get_signing_keys(refresh)
        except (jwt.PyJWTError, OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ConnectionError(f"no keys from {self.uri}: {error}") from error


class Verifier:
    """Verifies the access tokens for one API, by the name that app.py has for it."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name, self.api, self.leeway = name, settings.apis[name], settings.leeway
        self.secret, self.jwks = b"", None
        if self.api.jwks_uri:
            times = settings.jwks_lifetime, settings.jwks_cooldown
            self.jwks = Keys(self.api.jwks_uri, lifespan=times[0], cooldown_duration=times[1], timeout=5)
        elif self.api.signing_secret_file:
            self.secret = self.api.signing_secret_file.read_bytes()
        if not self.jwks and not self.secret:
            raise ValueError(f"{name}: without keys and secret, anybody could make its tokens")

    def verify(self, token: str) -> Claims:
        """What a good token says. Raises one of UNACCEPTABLE for any other, ConnectionError when no keys can be had."""
        claims: Claims = jwt.decode(
            token,
            self.key(token),
            algorithms=self.api.algorithms,
            audience=self.api.audience,
            issuer=self.api.issuer,
            leeway=self.leeway,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        typ = jwt.get_unverified_header(token).get("typ", "JWT")
        if str(typ).lower().removeprefix("application/") != self.api.typ.lower():
            raise WrongType
        if not isinstance(claims.setdefault("scope", ""), str):
            raise jwt.InvalidTokenError
        return claims

    def key(self, token: str) -> Any:
        """The API's secret, or the one of the tenant's keys that the token names."""
        if self.jwks is None:
            return self.secret
        kid = jwt.get_unverified_header(token).get("kid", "")
        return self.jwks.get_signing_key(kid).key  # without its "alg", which is RS256 also where PS256 is used


def requires(verifier: Verifier, scope: str) -> Any:
    """An endpoint's demand for a token with a scope. Refuses as RFC 6750 says; else it is what the token says."""

    def claims_of(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Claims:
        realm = f'Bearer realm="{verifier.name}"'
        if sent is None:
            raise HTTPException(401, headers={"WWW-Authenticate": realm})
        try:
            claims = verifier.verify(sent.credentials)
        except ConnectionError as error:
            log.error("%s", error)
            raise HTTPException(503) from None
        except UNACCEPTABLE as error:
            log.warning("token refused: %s", type(error).__name__)
            challenge = f'{realm}, error="invalid_token", error_description="{REASONS.get(type(error), "malformed")}"'
            raise HTTPException(401, headers={"WWW-Authenticate": challenge}) from None
        if scope not in claims["scope"].split():
            challenge = f'{realm}, error="insufficient_scope", scope="{scope}"'
            raise HTTPException(403, headers={"WWW-Authenticate": challenge})
        return claims

    return Depends(claims_of)


settings = Settings.model_validate_json(Path(os.environ["PROTECTED_API_SETTINGS"]).read_bytes())
orders, invoices, vouchers, ledger = (Verifier(name, settings) for name in ("orders", "invoices", "vouchers", "ledger"))
app = FastAPI(openapi_url=None)  # nothing is shown without a token, also not what there is


@app.get("/orders", dependencies=[requires(orders, "read:orders")])
def see_orders() -> list[str]:
    return ["a teapot"]


@app.post("/orders", status_code=201)
def place_order(token: Annotated[Claims, requires(orders, "write:orders")]) -> dict[str, str]:
    return {"ordered_by": token["sub"]}


@app.delete("/orders/{number}", status_code=204, dependencies=[requires(orders, "cancel:orders")])
def cancel_order(number: int) -> None:
    log.info("order %s is cancelled", number)


@app.get("/invoices", dependencies=[requires(invoices, "read:invoices")])
def see_invoices() -> list[str]:
    return ["12.50 for a teapot"]


@app.get("/vouchers", dependencies=[requires(vouchers, "read:vouchers")])
def see_vouchers() -> list[str]:
    return ["a cup for a teapot"]


@app.get("/ledger", dependencies=[requires(ledger, "read:entries")])
def see_entries() -> list[str]:
    return ["12.50 received"]


@app.post("/ledger", status_code=201, dependencies=[requires(ledger, "write:entries")])
def add_entry() -> str:
    return "entered"
