#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_credentials
short_description: Manage the keys of an Auth0 client, and how it authenticates
version_added: 1.1.0
description:
  - Sets how a client authenticates at the token endpoint and, for the methods that use keys, which public keys or
    certificates it can use.
  - Also manages the public keys by which Auth0 verifies a client's signed authorization requests
    (O(signed_request_object)) and its requests to the token vault (O(token_vault_privileged_access)). Each of the three
    is left alone, with its keys, if you do not declare it.
  - Each list of keys is authoritative. A key that is not listed is detached from that use, and deleted if the client no
    longer uses it for anything.
  - A task with O(method) declares all keys by which the client can authenticate, so it deletes stored keys that the
    client uses for nothing. A task without O(method) leaves them, because something else may be about to use them.
  - A key is recognized by its content, never by its name. Auth0 does not return keys, only the thumbprint of a key (RFC
    7638, as C(kid)) or of a certificate (C(thumbprint_sha256)), or the subject. The module computes the same. A key
    that you list for several uses is stored once.
  - The client is never without a working key. The module first creates new keys, then exchanges the keys for all uses
    in one request, then deletes old keys. If Auth0's limits (two keys in use, four stored) leave no way to do that, it
    changes nothing and says what to do.
  - To rotate without a gap, list the present key and the next one, let the client change over, then list the next one
    alone.
  - Auth0 offers the methods that use keys to tenants of the Enterprise plan, signed authorization requests with the
    add-on Highly Regulated Identity, and privileged access to the token vault as an early access feature.
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
  client_id:
    description: The client.
    type: str
  client_name:
    description: The name of the client. If several clients have the name, the task fails.
    type: str
  method:
    description:
      - How the client authenticates. V(private_key_jwt), V(self_signed_tls_client_auth) and V(tls_client_auth) need
        O(credentials). The others take none, and remove the keys by which the client authenticates.
      - While a client uses keys, Auth0 does not accept its secret. After you switch back, the same secret works again.
      - Auth0 issues no tokens by client credentials to a client with V(none).
      - One of O(method), O(signed_request_object) and O(token_vault_privileged_access) is required. Without O(method),
        the client's authentication is left alone.
    type: str
    choices: [private_key_jwt, self_signed_tls_client_auth, tls_client_auth, none, client_secret_post,
      client_secret_basic]
  credentials:
    description:
      - All keys or certificates by which the client can authenticate, one or two. Needs O(method).
      - Options of a credential that are not given are left as they are.
    type: list
    elements: dict
    suboptions:
      pem:
        description:
          - A public key or an X.509 certificate in PEM format, of an RSA key of 2048 to 4096 bits. The methods with
            certificates take a certificate only.
          - A private key is refused before anything is sent, because it belongs to the client alone.
          - It is masked, so that a private key that you give by mistake is not shown.
          - "Value: masked by Ansible."
        type: str
      subject_dn:
        description:
          - The subject of the certificate, as in V(CN=reminders,O=Acme,C=US), instead of O(credentials[].pem).
          - For O(method=tls_client_auth) only.
          - "Value: at most 256 characters."
        type: str
      name:
        description:
          - A name for display. It need not be unique.
          - Auth0 cannot change it. Another name means another credential for the same key, which needs a second key by
            which the client can authenticate meanwhile.
          - "Value: at most 128 characters."
        type: str
      alg:
        description:
          - The algorithm with which the client signs. A new key gets V(RS256) by default. Auth0 cannot change it
            either, see O(credentials[].name).
          - For O(method=private_key_jwt) only.
        type: str
        choices: [RS256, RS384, PS256]
      expires_at:
        description:
          - When the key expires, such as V(2027-02-01T00:00:00Z). Without a time zone, UTC is meant. V(never) removes
            the time.
          - For O(method=private_key_jwt) only, as O(credentials[].parse_expiry_from_cert).
        type: str
      parse_expiry_from_cert:
        description: Whether the key expires when the certificate in O(credentials[].pem) does.
        type: bool
  signed_request_object:
    description:
      - Signed authorization requests (JAR, RFC 9101). Options that you leave out are left as they are.
      - M(community.auth0.auth0_client) has an option of this name too, which takes the ids of keys that are stored
        already. Declare it in one of the two modules, or each will undo what the other has done.
    type: dict
    suboptions:
      required:
        description:
          - Whether authorization requests of the client must be signed.
          - V(true) without a key is refused, because nobody could log in.
        type: bool
      credentials:
        description:
          - All public keys by which requests can be signed, up to four. V([]) removes them.
          - Auth0 recommends other keys than those by which the client authenticates.
        type: list
        elements: dict
        suboptions:
          pem:
            description:
              - A public key or a certificate, as in O(credentials[].pem).
              - "Value: masked by Ansible."
            type: str
            required: true
          name:
            description:
              - As O(credentials[].name).
              - "Value: at most 128 characters."
            type: str
          alg:
            description: The algorithm with which the client signs, as O(credentials[].alg).
            type: str
            choices: [RS256, RS384, PS256]
          expires_at:
            description: As O(credentials[].expires_at).
            type: str
          parse_expiry_from_cert:
            description: As O(credentials[].parse_expiry_from_cert).
            type: bool
  token_vault_privileged_access:
    description:
      - Lets the client get tokens of other providers from the token vault, as a privileged worker, without a person
        being present. Options that you leave out are left as they are.
      - M(community.auth0.auth0_client) has an option of this name too, which takes the ids of keys that are stored
        already. Declare it in one of the two modules, or each will undo what the other has done.
    type: dict
    suboptions:
      credentials:
        description: All public keys by which the worker can sign its requests, one or two. V([]) removes them.
        type: list
        elements: dict
        suboptions:
          pem:
            description:
              - A public key or a certificate, as in O(credentials[].pem).
              - "Value: masked by Ansible."
            type: str
            required: true
          name:
            description:
              - As O(credentials[].name).
              - "Value: at most 128 characters."
            type: str
          alg:
            description: The algorithm with which the client signs, as O(credentials[].alg).
            type: str
            choices: [RS256, RS384, PS256]
          expires_at:
            description: As O(credentials[].expires_at).
            type: str
          parse_expiry_from_cert:
            description: As O(credentials[].parse_expiry_from_cert).
            type: bool
      ip_allowlist:
        description:
          - The addresses from which the worker can send requests, each an IPv4 or IPv6 address or a range such as
            V(192.0.2.0/24). What is not listed is removed.
          - "Value: at most 10 items."
        type: list
        elements: str
      grants:
        description:
          - The connections that the worker may get tokens for, with at most twenty scopes in all. What is not listed is
            removed.
          - "Value: at most 5 items."
        type: list
        elements: dict
        suboptions:
          connection:
            description: The name of the connection.
            type: str
            required: true
          scopes:
            description:
              - The scopes that the worker may ask for there, at least one.
              - "Value: each item must hold no space, which separates scopes in OAuth; give each scope as an item of its
                own."
            type: list
            elements: str
            required: true
notes:
  - "Scopes of the Management API: C(read:clients) and C(read:client_credentials); C(update:clients) to attach and
    detach keys, and to change the method; C(create:client_credentials) to store keys; C(update:client_credentials) to
    attach and detach keys, and to change when one expires; C(delete:client_credentials) to delete keys."
  - Auth0 has a further scope C(update:client_token_vault_privileged_access) for O(token_vault_privileged_access).
  - For the client whose credentials the task itself uses, the method stays as it is, and keys by which it authenticates
    can be added but not removed.
  - If you manage a client's keys with this module, leave C(token_endpoint_auth_method) and
    C(client_authentication_methods) out of M(community.auth0.auth0_client), and also C(signed_request_object) and
    C(token_vault_privileged_access) if you declare them here.
requirements:
  - PyJWT[crypto] >= 2.8
seealso:
  - module: community.auth0.auth0_client
  - module: community.auth0.auth0_client_credentials_info
  - module: community.auth0.auth0_client_secret
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Let a client authenticate by a key instead of its secret
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    method: private_key_jwt
    credentials:
      - name: reminders-2026
        pem: "{{ lookup('ansible.builtin.file', 'keys/reminders-2026.pub.pem') }}"
        expires_at: "2027-02-01T00:00:00Z"

- name: Rotate, first run - the next key beside the present one
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    method: private_key_jwt
    credentials:
      - name: reminders-2026
        pem: "{{ lookup('ansible.builtin.file', 'keys/reminders-2026.pub.pem') }}"
      - name: reminders-2027
        pem: "{{ lookup('ansible.builtin.file', 'keys/reminders-2027.pub.pem') }}"
        expires_at: "2028-02-01T00:00:00Z"

- name: Rotate, second run, once the client signs with the next key
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    method: private_key_jwt
    credentials:
      - name: reminders-2027
        pem: "{{ lookup('ansible.builtin.file', 'keys/reminders-2027.pub.pem') }}"

- name: A client with certificates of a certificate authority
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    method: tls_client_auth
    credentials:
      - subject_dn: CN=reminders,O=Acme,C=US

- name: A client whose authorization requests must be signed; how it authenticates is left alone
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Patient portal
    signed_request_object:
      required: true
      credentials:
        - name: portal-requests-2026
          pem: "{{ lookup('ansible.builtin.file', 'keys/portal-requests-2026.pub.pem') }}"

- name: A worker that gets tokens from the token vault, with a key to authenticate by and one to ask by
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Calendar worker
    method: private_key_jwt
    credentials:
      - name: worker-2026
        pem: "{{ lookup('ansible.builtin.file', 'keys/worker-2026.pub.pem') }}"
    token_vault_privileged_access:
      credentials:
        - name: worker-vault-2026
          pem: "{{ lookup('ansible.builtin.file', 'keys/worker-vault-2026.pub.pem') }}"
      ip_allowlist: [192.0.2.0/24]
      grants:
        - connection: google-oauth2
          scopes: [https://www.googleapis.com/auth/calendar.readonly]

- name: Requests need not be signed any more; the keys are deleted
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Patient portal
    signed_request_object:
      required: false
      credentials: []

- name: Back to the secret; the keys are deleted
  community.auth0.auth0_client_credentials:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    method: client_secret_post
"""

RETURN = r"""
steps:
  description: What was done, or would be done in check mode, in order. Empty if there was nothing to do.
  type: list
  elements: str
  returned: success
  sample:
    - create reminders-2027 (FnNtsjkZ2vEKK8WIsQYXVFz2E8bTMxPgkWYl5vUtwFk)
    - attach reminders-2027 (FnNtsjkZ2vEKK8WIsQYXVFz2E8bTMxPgkWYl5vUtwFk)
    - detach reminders-2026 (NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs)
    - delete reminders-2026 (NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs)
credentials:
  description:
    - All credentials of the client, first the declared ones in their order, then others. In check mode, as they would
      be.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to it.
      type: str
    name:
      description: Its name, if it has one.
      type: str
    credential_type:
      description: V(public_key), V(x509_cert) or V(cert_subject_dn).
      type: str
    alg:
      description: The algorithm of a public key.
      type: str
    kid:
      description: The thumbprint of a public key. The client names it in the header of its assertions.
      type: str
    thumbprint_sha256:
      description: The thumbprint of a certificate.
      type: str
    subject_dn:
      description: The subject, for O(method=tls_client_auth).
      type: str
    expires_at:
      description: When it expires, V(null) for never.
      type: str
    created_at:
      description: When it was created. Absent in check mode for one that would be.
      type: str
    updated_at:
      description: When it was last changed. Absent in check mode for one that would be created.
      type: str
    attached:
      description: Whether the client can authenticate by it.
      type: bool
    used_for:
      description:
        - All that the client uses it for, of V(authentication), V(signed_request_object) and
          V(token_vault_privileged_access).
      type: list
      elements: str
client:
  description: The client as Auth0 returns it, without secrets. In check mode, as it would be.
  type: dict
  returned: success, but not in check mode for a client that does not exist yet
  sample:
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    name: Appointment reminders
    client_authentication_methods:
      private_key_jwt:
        credentials:
          - id: cred_1m7sfABoNTTKYwTQ8qt6tX
assumed:
  description: What an earlier task must have created by the time of the real run, in words.
  type: list
  elements: str
  returned: in check mode, when something is assumed
  sample: [client Appointment reminders]
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [create reminders-2027 (FnNtsjkZ2vEKK8WIsQYXVFz2E8bTMxPgkWYl5vUtwFk)]
remaining:
  description:
    - The steps that are left. Running the task again does these, and none of those that are done.
    - A task without O(method) does not delete again what it has detached; a task with it does.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [attach reminders-2027 (FnNtsjkZ2vEKK8WIsQYXVFz2E8bTMxPgkWYl5vUtwFk)]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.work import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
