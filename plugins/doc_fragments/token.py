# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options by which a token is asked for, in the module and the lookup auth0_token."""

    DOCUMENTATION = r"""
options:
  client_id:
    description: The client that the token is for; O(auth0_client_id) without it.
    type: str
  client_secret:
    description: The secret of O(client_id).
    type: str
  secret_is_new:
    description:
      - Whether the secret was set or rotated a moment ago, as by an earlier task of the play. It may take up to 30
        seconds until Auth0 accepts a new secret everywhere, so that a refusal (401) is not believed for that time, and
        the token is requested again.
      - A secret that is wrong is then refused half a minute later.
    type: bool
    default: false
    version_added: 1.1.0
  token_endpoint_auth_method:
    description:
      - How a secret is sent, in the body or in a header, as the client's own C(token_endpoint_auth_method) says. In the
        body without it.
    type: str
    choices: [client_secret_post, client_secret_basic]
    version_added: 1.1.0
  private_key:
    description:
      - The RSA key with which O(client_id) signs, instead of a secret (C(private_key_jwt)). A PEM without a passphrase,
        or the path of a file with one; a file that others can read gets a warning.
      - Needs the Python package C(PyJWT[crypto]).
      - Excludes O(client_secret).
    type: str
    version_added: 1.1.0
  key_id:
    description:
      - The id (C(kid)) under which Auth0 knows the key. Without it, the RFC 7638 thumbprint of the key, which is the id
        that Auth0 makes up itself.
    type: str
    version_added: 1.1.0
  signing_alg:
    description: The algorithm with which it signs; V(RS256) without it.
    type: str
    choices: [RS256, RS384, PS256]
    version_added: 1.1.0
  scope:
    description:
      - The scopes to ask for, those of the client grant without it. A scope that the grant does not hold is refused.
        Several in one string are separated by spaces, as in OAuth.
      - "This does not narrow the token: Auth0 issues all scopes of the grant, whatever subset is asked for. A token
        with fewer scopes needs a client whose grant holds fewer. The result says what came, and a difference from what
        was asked for is a warning, or a failure with O(validate_scope=true)."
    type: list
    elements: str
  validate_scope:
    description: Fail, without returning the token, when it holds other scopes than those that O(scope) asks for.
    type: bool
    default: false
    version_added: 1.1.0
  organization:
    description: The organization that the token is for, by id or name.
    type: str
  parameters:
    description:
      - Further parameters of the request, for an Action that reads them. Each is a string, a number or a boolean, and
        is sent as a string.
      - Not for secrets. Ansible shows them with C(-vvv), in the invocation of the result. To mask them as secrets would
        mask the token, too, wherever a short value like V(1) is in it. Where an Action needs a secret all the same, set
        C(no_log) on the task.
    type: dict
    version_added: 1.1.0
  cache:
    description:
      - Keep the token in a file that only this user can read, and take it from there next time, for other hosts and in
        later runs, too. Processes that need the same token at the same time request it once.
      - The files are in C(community.auth0) below E(XDG_CACHE_HOME), or below C(~/.cache), on the machine where this
        runs. A token is only found again for the same tenant, client, credential, audience, scopes, organization and
        further parameters.
      - A cache that cannot be used, a lock that cannot be had and a token that cannot be kept are warnings, no more.
        In check mode the cache is read and written, since it is not in the tenant.
    type: bool
    default: false
    version_added: 1.1.0
  cache_min_lifetime:
    description:
      - Seconds for which a token from the cache has to be valid still; one that expires sooner is requested again. Give
        more than what uses the token needs.
    type: int
    default: 300
    version_added: 1.1.0
  cache_refresh:
    description:
      - Request another token even where the cache holds one, and keep that instead. For when something has changed that
        a token does not notice; it has the scopes, and is signed by the key, of the time when it was issued.
      - Tasks that ask for this at the same time, as for parallel hosts, share the new one. A token that was requested
        after the task began counts as new.
      - Needs O(cache=true).
    type: bool
    default: false
    version_added: 1.1.0
"""
