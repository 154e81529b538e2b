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
    description: Who has to have issued it; C(https://) O(auth0_domain) C(/) without it.
    type: str
  signing_alg:
    description: The algorithm that the API demands.
    type: str
    choices: [HS256, RS256, RS512, PS256]
    default: RS256
  signing_secret:
    description: The API's signing secret, needed for O(signing_alg=HS256). It has 16 characters or more.
    type: str
  token_dialect:
    description:
      - Which profile the tokens for the API follow, as its own C(token_dialect) says.
      - Those of V(rfc9068_profile) and V(rfc9068_profile_authz) have the type V(at+jwt) and the claims that RFC 9068
        demands; those of V(access_token), which is what an API without the field issues, and V(access_token_authz) are
        of the type V(JWT).
      - Without this option both are acceptable, but no other type.
      - Never acceptable is what is recognizable as an ID token, by its claims C(nonce), C(at_hash) or C(c_hash).
    type: str
    choices: [access_token, access_token_authz, rfc9068_profile, rfc9068_profile_authz]
    version_added: 1.1.0
  scope:
    description: Scopes that the token has to hold, all of them, in its claim C(scope). Several in one string are
      separated by spaces, as in OAuth.
    type: list
    elements: str
  permissions:
    description:
      - Permissions that the token has to hold, all of them, in its claim C(permissions).
      - Auth0 puts that claim into the tokens for an API with C(enforce_policies) and a C(token_dialect) that ends in
        C(_authz), and in no others.
    type: list
    elements: str
    version_added: 1.1.0
  organization:
    description:
      - The organization that the token has to be for, by its id, which the claim C(org_id) holds, or by its name, which
        the claim C(org_name) holds where the tenant puts names into tokens. The case of a name does not matter.
      - An API that serves organizations must demand this of every token. Without the option a token for any
        organization, or for none, is acceptable.
    type: str
    version_added: 1.1.0
  leeway:
    description:
      - Seconds by which the clocks may differ. A token is acceptable until that long after C(exp), excluding that
        second, and from that long before C(nbf) and C(iat) on.
    type: int
    default: 10
requirements:
  - PyJWT[crypto] >= 2.8
"""
