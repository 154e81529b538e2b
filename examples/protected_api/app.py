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
REASONS = {
    jwt.ExpiredSignatureError: "expired",
    jwt.InvalidAudienceError: "wrong audience",
    jwt.InvalidIssuerError: "wrong issuer",
    jwt.PyJWKClientError: "unknown key",
}


class Api(BaseModel):
    """`verification` of auth0_resource_server_info, and for HS256 a file with the API's secret."""

    issuer: str
    audience: str
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


class Verifier:
    """Verifies the access tokens for one API."""

    def __init__(self, api: Api, settings: Settings) -> None:
        self.api, self.leeway = api, settings.leeway
        self.secret = api.signing_secret_file.read_bytes() if api.signing_secret_file else b""
        self.jwks = None
        if api.jwks_uri:
            times = settings.jwks_lifetime, settings.jwks_cooldown
            self.jwks = jwt.PyJWKClient(api.jwks_uri, lifespan=times[0], cooldown_duration=times[1], timeout=5)

    def verify(self, token: str) -> Claims:
        """What a good token says. Raises PyJWTError for any other, ConnectionError when no keys can be had."""
        claims: Claims = jwt.decode(
            token,
            self.key(token),
            algorithms=self.api.algorithms,
            audience=self.api.audience,
            issuer=self.api.issuer,
            leeway=self.leeway,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        return claims

    def key(self, token: str) -> Any:
        """The API's secret, or the one of the tenant's keys that the token names."""
        if self.jwks is None:
            return self.secret
        kid = jwt.get_unverified_header(token).get("kid", "")
        try:
            return self.jwks.get_signing_key(kid).key  # without its "alg", which is RS256 also where PS256 is used
        except (jwt.PyJWKClientConnectionError, jwt.PyJWKSetError, ValueError) as error:
            raise ConnectionError(f"no keys from {self.api.jwks_uri}: {error}") from error


def requires(verifier: Verifier, scope: str) -> Any:
    """An endpoint's demand for a token with a scope. Refuses as RFC 6750 says; else it is what the token says."""

    def claims_of(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Claims:
        if sent is None:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        try:
            claims = verifier.verify(sent.credentials)
        except ConnectionError as error:
            log.error("%s", error)
            raise HTTPException(503) from None
        except jwt.PyJWTError as error:
            log.warning("token refused: %s", type(error).__name__)
            challenge = f'Bearer error="invalid_token", error_description="{REASONS.get(type(error), "malformed")}"'
            raise HTTPException(401, headers={"WWW-Authenticate": challenge}) from None
        if scope not in claims.get("scope", "").split():
            challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
            raise HTTPException(403, headers={"WWW-Authenticate": challenge})
        return claims

    return Depends(claims_of)


settings = Settings.model_validate_json(Path(os.environ["PROTECTED_API_SETTINGS"]).read_bytes())
orders, invoices, vouchers, ledger = (
    Verifier(settings.apis[name], settings) for name in ("orders", "invoices", "vouchers", "ledger")
)
app = FastAPI()


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
