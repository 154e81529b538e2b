# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Identifiers and secrets in the forms that Auth0 gives them (recorded)."""

from __future__ import annotations

import secrets
import string
import uuid as uuids

_ALPHANUMERIC = string.ascii_letters + string.digits


def alphanumeric(length: int) -> str:
    """A random string of letters and digits."""
    return "".join(secrets.choice(_ALPHANUMERIC) for dummy in range(length))


def object_id() -> str:
    """24 hexadecimal digits, as resource servers have them."""
    return secrets.token_hex(12)


def uuid() -> str:
    """A UUID, as actions and their versions have them."""
    return str(uuids.uuid4())


def client_id() -> str:
    """32 letters and digits."""
    return alphanumeric(32)


def third_party_client_id() -> str:
    """Third-party clients: ``tpc_`` and 22 characters."""
    return "tpc_" + alphanumeric(22)


def grant_id() -> str:
    """``cgr_`` and 16 characters."""
    return "cgr_" + alphanumeric(16)


def credential_id() -> str:
    """``cred_`` and 22 characters."""
    return "cred_" + alphanumeric(22)


def organization_id() -> str:
    """``org_`` and 16 characters."""
    return "org_" + alphanumeric(16)


def role_id() -> str:
    """``rol_`` and 16 characters."""
    return "rol_" + alphanumeric(16)


def rate_limit_policy_id() -> str:
    """``rlp_`` and 21 characters."""
    return "rlp_" + alphanumeric(21)


def log_stream_id() -> str:
    """``lst_`` and 16 digits, which count the streams of all tenants."""
    return "lst_%016d" % (10_000 + secrets.randbelow(10**9))


def token_exchange_profile_id() -> str:
    """``tep_`` and 16 characters."""
    return "tep_" + alphanumeric(16)


def custom_domain_id() -> str:
    """``cd_`` and 16 characters."""
    return "cd_" + alphanumeric(16)


def network_acl_id() -> str:
    """``acl_`` and 22 characters."""
    return "acl_" + alphanumeric(22)


def client_secret() -> str:
    """64 characters that need no escaping in a URL."""
    return secrets.token_urlsafe(48)


def signing_secret() -> str:
    """The HS256 secret of an API: 32 letters and digits."""
    return alphanumeric(32)
