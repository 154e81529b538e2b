# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What an API demands of a token, in the module and the lookup auth0_token_info."""

    DOCUMENTATION = r"""
options:
  audience:
    description: The identifier of the API.
    type: str
    required: true
  issuer:
    description: Who must have issued the token. The default is C(https://) O(auth0_domain) C(/).
    type: str
  signing_alg:
    description: The algorithm that the API demands.
    type: str
    choices: [HS256, RS256, RS512, PS256]
    default: RS256
  signing_secret:
    description: The API's signing secret, of 16 characters or more. Required for O(signing_alg=HS256).
    type: str
  token_dialect:
    description:
      - Which profile the tokens for the API follow. Use the C(token_dialect) of the API.
      - V(rfc9068_profile) and V(rfc9068_profile_authz) demand the type V(at+jwt) and the claims of RFC 9068.
        V(access_token) and V(access_token_authz) demand the type V(JWT). An API without the field issues
        V(access_token).
      - Without this option, both types are acceptable, and no other.
      - An ID token, recognizable by its claims C(nonce), C(at_hash) or C(c_hash), is never acceptable.
    type: str
    choices: [access_token, access_token_authz, rfc9068_profile, rfc9068_profile_authz]
    version_added: 1.1.0
  scope:
    description: Scopes that the token must hold, all of them, in its claim C(scope). You can give several in one
      string, separated by spaces as in OAuth.
    type: list
    elements: str
  permissions:
    description:
      - Permissions that the token must hold, all of them, in its claim C(permissions).
      - Auth0 adds that claim only to tokens for an API with C(enforce_policies) and a C(token_dialect) that ends in
        C(_authz).
    type: list
    elements: str
    version_added: 1.1.0
  organization:
    description:
      - The organization that the token must be for. Give its id, which is compared with the claim C(org_id), or its
        name, which is compared with the claim C(org_name), whatever its case. C(org_name) is there only if the tenant
        puts names into tokens.
      - An API that serves organizations must demand this of every token. Without this option, a token for any
        organization, or for none, is acceptable.
    type: str
    version_added: 1.1.0
  leeway:
    description:
      - Seconds by which the clocks may differ. A token is acceptable until that long after C(exp), excluding that
        second, and from that long before C(nbf) and C(iat).
    type: int
    default: 10
requirements:
  - PyJWT[crypto] >= 2.8
"""
