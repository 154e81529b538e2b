#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_resource_server
short_description: Manage an API (resource server) of an Auth0 tenant
version_added: 1.0.0
description:
  - Creates, changes and deletes an API with its scopes and the way its access tokens are signed.
  - Only the options that you give are enforced, in nested objects too. Everything else is left as it is.
  - System APIs, such as the Management API, can be read and granted. If Auth0 would refuse a change of one, the module
    refuses it before it is sent.
  - An API with client grants is not deleted, unless O(force=true). Auth0 would leave the grants behind, and they would
    apply to a new API with the same identifier.
  - The API that is the tenant's default audience is not deleted. Change that first, by
    M(community.auth0.auth0_tenant_settings), or do both in one M(community.auth0.auth0_config) task.
  - Most tasks need only some of O(identifier), O(id), O(name), O(scopes), O(purge_scopes), O(signing_alg),
    O(signing_secret), O(return_secret), O(token_lifetime), O(token_dialect), O(clear), O(force) and
    O(subject_type_authorization).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the API exists.
    type: str
    choices: [present, absent]
    default: present
  identifier:
    description:
      - The identifier of the API, usually a URL or URN. It is the C(audience) of the API's tokens, compared exactly.
      - One of O(identifier) and O(id) is required.
      - "Value: needed for a new API; at most 600 characters; cannot be changed after creation."
    type: str
  id:
    description: The id that Auth0 assigned to the API. It differs between tenants, so O(identifier) is usually the
      better choice.
    type: str
  name:
    description:
      - The name for display.
      - "Value: at most 200 characters; must contain neither < nor >."
    type: str
  scopes:
    description:
      - The scopes that clients can be granted on this API. Their order does not matter.
      - What is not listed is removed, unless O(purge_scopes=false). Removing a scope does not remove it from client
        grants.
      - "Value: at most 1000 items."
    type: list
    elements: dict
    suboptions:
      value:
        description:
          - The scope, for example V(read:appointments).
          - "Value: at most 280 characters; must hold no space, which separates scopes in OAuth; give each scope as an
            item of its own."
        type: str
        required: true
      description:
        description:
          - What it permits, in words. Left alone if not given.
          - "Value: at most 500 characters."
        type: str
  purge_scopes:
    description: Whether to remove scopes that are not in O(scopes).
    type: bool
    default: true
  signing_alg:
    description:
      - How access tokens for this API are signed. V(HS256) uses the API's signing secret, the others the tenant's key,
        which is published in the tenant's JWKS.
      - "Value: V(RS256) for a new API."
    type: str
    choices: [HS256, RS256, RS512, PS256]
  signing_secret:
    description:
      - The secret with which tokens are signed when O(signing_alg=HS256). Auth0 makes one up for a new API.
      - "Value: at least 16 characters; masked by Ansible."
    type: str
  return_secret:
    description: Whether to return the RV(signing_secret). If V(true), set C(no_log) on the task.
    type: bool
    default: false
  token_lifetime:
    description:
      - Seconds for which an access token is valid.
      - "Value: from 0 to 2592000; V(86400) for a new API."
    type: int
  token_dialect:
    description: The form of the access tokens. V(access_token_authz) and V(rfc9068_profile_authz) add the permissions
      of users and need O(enforce_policies=true).
    type: str
    choices: [access_token, access_token_authz, rfc9068_profile, rfc9068_profile_authz]
  clear:
    description: Fields to remove from the API.
    type: list
    elements: str
    choices: [access_token, authorization_details, authorization_policy, consent_policy, proof_of_possession,
      token_encryption, token_lifetime_for_anonymous_access_tokens]
    default: []
  force:
    description:
      - With O(state=absent), remove the client grants on the API first. Without it, the task fails and names them.
      - Check mode does not fail because of them, since an earlier task of the play may be about to remove them.
        RV(assumed) names them.
    type: bool
    default: false
    version_added: 1.1.0
  subject_type_authorization:
    description: What is needed to get a token for this API, on behalf of a user and as a client.
    type: dict
    suboptions:
      user:
        description: For tokens on behalf of a user.
        type: dict
        suboptions:
          policy:
            description: Whether any client can get one, none, or only one with a client grant of
              O(community.auth0.auth0_client_grant#module:subject_type=user).
            type: str
            choices: [allow_all, deny_all, require_client_grant]
      client:
        description: For tokens by client credentials.
        type: dict
        suboptions:
          policy:
            description: Whether no client can get one, or only one with a client grant.
            type: str
            choices: [deny_all, require_client_grant]
      anonymous_user:
        description: For tokens of anonymous users.
        type: dict
        suboptions:
          policy:
            description: Whether no client can get one, or only one with a client grant.
            type: str
            choices: [deny_all, require_client_grant]
  token_lifetime_for_web:
    description:
      - The same for tokens issued to browsers (implicit and hybrid flows); not more than O(token_lifetime).
      - "Value: from 0 to 2592000; V(7200) for a new API."
    type: int
  enforce_policies:
    description: Whether role-based access control is applied when tokens are issued.
    type: bool
  allow_offline_access:
    description:
      - Whether refresh tokens may be issued for this API.
      - "Value: V(false) for a new API."
    type: bool
  allow_online_access:
    description: Whether refresh tokens bound to a session may be issued for this API.
    type: bool
  allow_online_access_with_ephemeral_sessions:
    description: Whether such refresh tokens may also be issued for ephemeral sessions.
    type: bool
  skip_consent_for_verifiable_first_party_clients:
    description:
      - Whether users are not asked for consent by first-party clients that can be verified.
      - "Value: V(false) for a new API."
    type: bool
  consent_policy:
    description: How consent is asked for. Depends on the tenant's plan.
    type: str
    choices: [transactional-authorization-with-mfa]
  authorization_details:
    description: The types of authorization details (RFC 9396) that the API understands. Depends on the tenant's plan.
    type: list
    elements: dict
    suboptions:
      type:
        description: The type.
        type: str
        required: true
  token_encryption:
    description: Encryption of the access tokens. Depends on the tenant's plan.
    type: dict
    suboptions:
      format:
        description:
          - The form of the encrypted token.
          - "Value: needed where it is not set yet."
        type: str
        choices: [compact-nested-jwe]
      encryption_key:
        description:
          - The API's public key.
          - "Value: needed where it is not set yet."
        type: dict
        suboptions:
          name:
            description:
              - A name for the key.
              - "Value: at most 128 characters."
            type: str
          alg:
            description:
              - The algorithm that encrypts the content key.
              - "Value: needed where it is not set yet."
            type: str
            choices: [RSA-OAEP-256, RSA-OAEP-384, RSA-OAEP-512]
          kid:
            description:
              - The id of the key, put into the header of the tokens.
              - "Value: at most 128 characters."
            type: str
          pem:
            description:
              - The public key or certificate. Needed whenever something in O(token_encryption) changes.
              - Auth0 never returns it, but shows the thumbprint of the key. The module recognizes another key by that,
                which needs the Python package C(PyJWT[crypto]) where the module runs. Without the package, the task
                warns; give a new key together with another C(name) or C(kid) then.
              - A private key is refused before anything is sent.
              - "Value: needed where it is not set yet; at most 4096 characters; masked by Ansible."
            type: str
  proof_of_possession:
    description: Binding of access tokens to a key of the client. Depends on the tenant's plan.
    type: dict
    suboptions:
      mechanism:
        description:
          - How a client proves that it has the key.
          - "Value: needed where it is not set yet."
        type: str
        choices: [mtls, dpop]
      required:
        description:
          - Whether the client must prove that it has the key.
          - "Value: needed where it is not set yet."
        type: bool
      required_for:
        description: Which clients must prove it.
        type: str
        choices: [public_clients, all_clients]
  authorization_policy:
    description: The policy that decides on tokens for this API. Early access.
    type: dict
    suboptions:
      policy_id:
        description:
          - The id of the policy.
          - "Value: needed where it is not set yet; at most 1024 characters."
        type: str
  token_lifetime_for_anonymous_access_tokens:
    description:
      - For how many seconds an access token of an anonymous user is valid.
      - "Value: from 86400 to 2592000."
    type: int
  access_token:
    description: What access tokens for the API hold in addition to the claims of their dialect.
    type: dict
    suboptions:
      claims_mapping:
        description: Which claims are added.
        type: dict
        suboptions:
          custom_claims:
            description:
              - The claims.
              - "Value: at most 20 items."
            type: list
            elements: dict
            suboptions:
              name:
                description: The name of the claim.
                type: str
                required: true
              expression:
                description:
                  - What the claim holds, as an expression of Auth0.
                  - "Value: needed where it is not set yet."
                type: str
  require_consent_non_repudiation:
    description: Whether a consent must be such that the user cannot deny it later.
    type: bool
  verification_location:
    description: Where the API verifies tokens. Kept by Auth0 for older APIs.
    type: str
  validate_grants:
    description:
      - What to do if a scope is removed from the API while client grants still hold it. With V(true), the task fails
        before anything is written. Otherwise it warns and names the grants.
      - M(community.auth0.auth0_config) fails unless the entry says V(false).
    type: bool
notes:
  - "Scopes of the Management API: C(read:resource_servers); C(create:resource_servers) to create;
    C(update:resource_servers) to change; C(delete:resource_servers), C(read:client_grants) and C(read:tenant_settings)
    to delete; C(delete:client_grants) to delete grants, for O(force)."
seealso:
  - module: community.auth0.auth0_resource_server_info
  - module: community.auth0.auth0_client_grant
  - module: community.auth0.auth0_token_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: An API with two scopes
  community.auth0.auth0_resource_server:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://appointments.example.com
    name: Appointments
    signing_alg: RS256
    token_lifetime: 3600
    scopes:
      - value: read:appointments
        description: Read appointments
      - value: write:appointments
        description: Make and change appointments

- name: One more scope, whatever others there are
  community.auth0.auth0_resource_server:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://appointments.example.com
    scopes:
      - value: delete:appointments
        description: Cancel appointments
    purge_scopes: false

- name: The secret with which an API verifies HS256 tokens
  community.auth0.auth0_resource_server:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://reports.example.com
    signing_alg: HS256
    return_secret: true
  register: reports
  no_log: true

- name: Remove an API
  community.auth0.auth0_resource_server:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://appointments.example.com
    state: absent

- name: Remove an API together with all client grants on it
  community.auth0.auth0_resource_server:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://reports.example.com
    state: absent
    force: true
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
resource_server:
  description: The API as Auth0 returns it, without its signing secret. In check mode, as it would be.
  type: dict
  returned: success and O(state=present)
  sample:
    id: 64f1c0ffee0ddba11cafe042
    identifier: https://appointments.example.com
    name: Appointments
    scopes:
      - value: read:appointments
        description: Read appointments
    signing_alg: RS256
    token_lifetime: 3600
signing_secret:
  description:
    - The API's signing secret. V(null) in check mode for an API that does not exist yet.
    - Masked by Ansible if the same task gives it as O(signing_secret).
  type: str
  returned: success, O(state=present) and O(return_secret=true)
dependants:
  description: What was removed before the API, because Auth0 would have left it behind. In check mode, what would be
    removed.
  type: dict
  returned: success and O(state=absent)
  contains:
    client_grants:
      description: The client grants on the API.
      type: list
      elements: dict
  sample:
    client_grants:
      - id: cgr_hG8cRYHbcJzL3XeP
        client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
        audience: https://reports.example.com
        subject_type: client
        scope: [read:reports]
assumed:
  description: What must be removed before the API can be deleted.
  type: list
  elements: str
  returned: in check mode, with O(state=absent) and O(force=false), when there are client grants on the API
  sample: [client grant AaiyAPdpYdesoKnqjj8HJqRn4T5titww / https://reports.example.com / client is gone]
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [delete client grant AaiyAPdpYdesoKnqjj8HJqRn4T5titww / https://reports.example.com / client]
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [delete API https://reports.example.com]
failure:
  description: Why it failed, for programs.
  type: dict
  returned: failure
  contains:
    method:
      description: The method of the request that failed, V(null) when none was sent.
      type: str
    path:
      description: Its path, without the query.
      type: str
    status:
      description: The status of the answer, V(null) without one.
      type: int
    code:
      description: A word for the reason.
      type: str
    message:
      description: The server's own words, where it gave any.
      type: str
    retryable:
      description: Whether the same task may succeed later.
      type: bool
"""

from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(RESOURCE_SERVER)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
