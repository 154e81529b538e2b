# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options by which a token is asked for, in the module and the lookup auth0_token."""

    DOCUMENTATION = r"""
options:
  client_id:
    description: The client that gets the token. The default is O(auth0_client_id).
    type: str
  client_secret:
    description: The secret of O(client_id).
    type: str
  secret_is_new:
    description:
      - Whether the secret was set or rotated a moment ago, for example by an earlier task of the play. Auth0 can need
        up to 30 seconds until it accepts a new secret everywhere. With V(true), the task requests the token again for
        that long if it is refused (401).
      - If the secret is wrong, the task fails half a minute later.
    type: bool
    default: false
    version_added: 1.1.0
  token_endpoint_auth_method:
    description:
      - How the secret is sent, in the body (V(client_secret_post), the default) or in a header
        (V(client_secret_basic)). Use what the client's own C(token_endpoint_auth_method) says.
    type: str
    choices: [client_secret_post, client_secret_basic]
    version_added: 1.1.0
  private_key:
    description:
      - The RSA key with which O(client_id) signs, instead of a secret (C(private_key_jwt)). Give the key in PEM format,
        without a passphrase, or the path of its file. The task warns if others can read the file.
      - Needs the Python package C(PyJWT[crypto]).
      - Excludes O(client_secret).
    type: str
    version_added: 1.1.0
  key_id:
    description:
      - The id (C(kid)) under which Auth0 knows the key. The default is the RFC 7638 thumbprint of the key, which Auth0
        takes as the id itself.
    type: str
    version_added: 1.1.0
  signing_alg:
    description: The algorithm with which the client signs. The default is V(RS256).
    type: str
    choices: [RS256, RS384, PS256]
    version_added: 1.1.0
  scope:
    description:
      - The scopes to ask for. The default is all scopes of the client grant. Auth0 refuses a scope that the grant does
        not hold. You can give several scopes in one string, separated by spaces as in OAuth.
      - This does not narrow the token. Auth0 issues all scopes of the grant, whatever subset you ask for. For a token
        with fewer scopes, use a client whose grant holds fewer. The result says which scopes came. If they differ from
        what you asked for, the task warns, or fails with O(validate_scope=true).
    type: list
    elements: str
  validate_scope:
    description: Whether to fail, without returning the token, if it holds other scopes than those that O(scope) asks
      for.
    type: bool
    default: false
    version_added: 1.1.0
  organization:
    description: The organization that the token is for, by id or name.
    type: str
  parameters:
    description:
      - Further parameters of the request, for an Action that reads them. A value is a string, a number or a boolean,
        and is sent as a string.
      - Not for secrets. Ansible shows them with C(-vvv), in the invocation of the result. They are not masked, because
        a short value like V(1) would then be masked inside the token too. If an Action needs a secret all the same, set
        C(no_log) on the task.
    type: dict
    version_added: 1.1.0
  cache:
    description:
      - Whether to keep the token in a file that only this user can read, and take it from there next time, also for
        other hosts and in later runs. Processes that need the same token at the same time request it once.
      - The files are in C(community.auth0) below E(XDG_CACHE_HOME), or below C(~/.cache), on the machine where this
        runs. A token is found again only for the same tenant, client, credential, audience, scopes, organization and
        further parameters.
      - If the cache cannot be used or locked, or a token cannot be kept, the task warns and goes on. Check mode reads
        and writes the cache too, because it is not part of the tenant.
    type: bool
    default: false
    version_added: 1.1.0
  cache_min_lifetime:
    description:
      - How many seconds a token from the cache must still be valid. If it expires sooner, a new one is requested. Give
        more than the time for which you need the token.
    type: int
    default: 300
    version_added: 1.1.0
  cache_refresh:
    description:
      - Whether to request a new token even if the cache holds one, and keep that instead. Use it after a change that a
        token does not notice. A token has the scopes, and is signed by the key, of the time when it was issued.
      - Tasks that ask for this at the same time, for example for parallel hosts, share the new token. A token that was
        requested after the task began counts as new.
      - Needs O(cache=true).
    type: bool
    default: false
    version_added: 1.1.0
"""
