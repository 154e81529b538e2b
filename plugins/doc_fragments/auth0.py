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
      - C(http://) before it is allowed for a loopback address only, such as that of an emulator on the same machine.
      - If not given, it is taken from E(AUTH0_DOMAIN).
    type: str
    required: true
  auth0_client_id:
    description:
      - The client that manages the tenant. Its client grant for the Management API must hold the scopes that the module
        needs.
      - If not given, it is taken from E(AUTH0_CLIENT_ID).
    type: str
  auth0_client_secret:
    description:
      - The secret of O(auth0_client_id).
      - If not given, it is taken from E(AUTH0_CLIENT_SECRET).
    type: str
  auth0_private_key:
    description:
      - The RSA key with which O(auth0_client_id) signs, instead of a secret (C(private_key_jwt)). Give the key in PEM
        format, without a passphrase, or the path of its file. The module warns if others can read the file. Line breaks
        that became C(\\n) on the way, as in an environment variable, are restored.
      - Needs the Python package C(PyJWT[crypto]).
      - If not given, it is taken from E(AUTH0_CLIENT_ASSERTION_PRIVATE_KEY).
    type: str
    version_added: 1.1.0
  auth0_private_key_id:
    description:
      - The id (C(kid)) under which Auth0 knows that key. The default is the RFC 7638 thumbprint of the key, which Auth0
        takes as the id itself.
      - If not given, it is taken from E(AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID).
    type: str
    version_added: 1.1.0
  auth0_signing_alg:
    description:
      - The algorithm with which the client signs. The default is V(RS256).
      - If not given, it is taken from E(AUTH0_CLIENT_ASSERTION_SIGNING_ALG).
    type: str
    choices: [RS256, RS384, PS256]
    version_added: 1.1.0
  auth0_api_token:
    description:
      - A token for the Management API, instead of O(auth0_client_id) and O(auth0_client_secret). To save a request in
        each task, get the token once with M(community.auth0.auth0_token), and pass it to the other tasks of the play in
        C(module_defaults).
      - A token that the task gives is used even if the environment holds credentials. Credentials that the task gives
        are used even if the environment holds a token.
      - If not given, it is taken from E(AUTH0_API_TOKEN).
    type: str
  auth0_audience:
    description:
      - The identifier of the Management API. Set it if O(auth0_domain) is a custom domain. It holds the canonical
        domain, for example V(https://acme.eu.auth0.com/api/v2/).
      - The default is C(https://) O(auth0_domain) C(/api/v2/).
      - If not given, it is taken from E(AUTH0_AUDIENCE).
    type: str
  auth0_ca_path:
    description:
      - A file of certificates to trust instead of those of the system.
      - If not given, it is taken from E(AUTH0_CA_PATH).
    type: path
  auth0_timeout:
    description:
      - Seconds to wait for a whole answer, from 1 to 3600. Auth0 can take more than half a minute for a list.
    type: int
    default: 60
  auth0_retries:
    description:
      - How often to send a request again that was refused by a rate limit, or failed without any effect. If it is not
        known whether a write took effect, the module looks at the tenant before it sends the write again.
      - From 0 to 100.
    type: int
    default: 5
notes:
  - A connection option (C(auth0_*)) that is empty counts as not given, whatever its type. Spaces, line breaks and a
    pair of quotes around a value are removed.
  - A secret, token or key of fewer than 8 characters is refused, because Ansible would mask these few characters in
    everything that it shows.
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
  - An option that a call does not give is taken from the host's variables, and otherwise from the environment of
    C(ansible-playbook). C(environment) of a task does not change that.
  - A secret or a private key that a call gives is used even if the variables hold the other one. What the variables
    hold is used even if the environment holds the other one.
"""
