# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The connection options. PLUGINS: where those of plugins that run in the controller come from."""

    DOCUMENTATION = r"""
options:
  auth0_domain:
    description:
      - The tenant's domain, for example V(acme.eu.auth0.com). A port may follow.
      - A leading C(http://) is allowed for a loopback address only, as an emulator on the same machine has.
      - Taken from E(AUTH0_DOMAIN) when it is not given.
    type: str
    required: true
  auth0_client_id:
    description:
      - The client that manages the tenant. Its client grant for the Management API holds the scopes that a module
        needs.
      - Taken from E(AUTH0_CLIENT_ID) when it is not given.
    type: str
  auth0_client_secret:
    description:
      - The secret of O(auth0_client_id).
      - Taken from E(AUTH0_CLIENT_SECRET) when it is not given.
    type: str
  auth0_private_key:
    description:
      - The RSA key with which O(auth0_client_id) signs, instead of a secret (C(private_key_jwt)). A PEM without a
        passphrase, or the path of a file with one; a file that others can read gets a warning. Line breaks that became
        C(\\n) on the way, as in an environment variable, are restored.
      - Needs the Python package C(PyJWT[crypto]).
      - Taken from E(AUTH0_CLIENT_ASSERTION_PRIVATE_KEY) when it is not given.
    type: str
    version_added: 1.1.0
  auth0_private_key_id:
    description:
      - The id (C(kid)) under which Auth0 knows that key. Without it, the RFC 7638 thumbprint of the key, which is the
        id that Auth0 makes up itself.
      - Taken from E(AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID) when it is not given.
    type: str
    version_added: 1.1.0
  auth0_signing_alg:
    description:
      - The algorithm with which it signs; V(RS256) without it.
      - Taken from E(AUTH0_CLIENT_ASSERTION_SIGNING_ALG) when it is not given.
    type: str
    choices: [RS256, RS384, PS256]
    version_added: 1.1.0
  auth0_api_token:
    description:
      - A token for the Management API, instead of O(auth0_client_id) and O(auth0_client_secret). Use
        M(community.auth0.auth0_token) once and hand its token to the other tasks of a play in C(module_defaults), so
        that they do not request one each.
      - A token that a task gives is used even where the environment holds credentials, and the other way round.
      - Taken from E(AUTH0_API_TOKEN) when it is not given.
    type: str
  auth0_audience:
    description:
      - The identifier of the Management API, where O(auth0_domain) is a custom domain. Auth0 keeps the canonical domain
        in it, for example V(https://acme.eu.auth0.com/api/v2/).
      - Without it, C(https://) O(auth0_domain) C(/api/v2/) is used.
      - Taken from E(AUTH0_AUDIENCE) when it is not given.
    type: str
  auth0_ca_path:
    description:
      - A file of certificates to trust instead of those of the system.
      - Taken from E(AUTH0_CA_PATH) when it is not given.
    type: path
  auth0_timeout:
    description:
      - Seconds to wait for an answer, and for the whole of it, from 1 to 3600. Auth0 has been seen to take more than
        half a minute for a list.
    type: int
    default: 60
  auth0_retries:
    description:
      - How often a request may be sent again that was refused by a rate limit, or failed without any effect. A write of
        which it is not known whether it took effect is never repeated blindly; the module looks at the tenant first.
      - From 0 to 100.
    type: int
    default: 5
notes:
  - A connection option (C(auth0_*)) that is empty counts as not given, whatever its type. Spaces, line breaks and a
    pair of quotes around it are cut.
  - A secret, token or key of fewer than 8 characters is refused, since Ansible would hide these few characters in
    everything else that it shows.
requirements:
  - python >= 3.11
  - requests >= 2.31
seealso:
  - name: Auth0 Management API
    description: The reference of the API that the modules of this collection use.
    link: https://auth0.com/docs/api/management/v2
"""

    PLUGINS = r"""
options:
  auth0_domain:
    vars:
      - name: auth0_domain
    env:
      - name: AUTH0_DOMAIN
  auth0_client_id:
    vars:
      - name: auth0_client_id
    env:
      - name: AUTH0_CLIENT_ID
  auth0_client_secret:
    vars:
      - name: auth0_client_secret
    env:
      - name: AUTH0_CLIENT_SECRET
  auth0_private_key:
    vars:
      - name: auth0_private_key
    env:
      - name: AUTH0_CLIENT_ASSERTION_PRIVATE_KEY
  auth0_private_key_id:
    vars:
      - name: auth0_private_key_id
    env:
      - name: AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID
  auth0_signing_alg:
    vars:
      - name: auth0_signing_alg
    env:
      - name: AUTH0_CLIENT_ASSERTION_SIGNING_ALG
  auth0_api_token:
    vars:
      - name: auth0_api_token
    env:
      - name: AUTH0_API_TOKEN
  auth0_audience:
    vars:
      - name: auth0_audience
    env:
      - name: AUTH0_AUDIENCE
  auth0_ca_path:
    vars:
      - name: auth0_ca_path
    env:
      - name: AUTH0_CA_PATH
  auth0_timeout:
    vars:
      - name: auth0_timeout
  auth0_retries:
    vars:
      - name: auth0_retries
notes:
  - What a call does not give is taken from the host's variables, and what those do not hold, from the environment. That
    is the one of C(ansible-playbook), which C(environment) of a task does not change.
  - A secret or a private key that a call gives is used even where variables hold the other one, and what variables hold
    even where the environment holds the other one.
"""
