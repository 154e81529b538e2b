# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret is ever shown, however much a user wants to see."""

from __future__ import annotations

import re

from .support import ADDON_SECRET, SIGNING_SECRET, SMALL, Player, Tenant

JWT = re.compile(r"eyJ[\w-]+\.[\w-]+")


def secrets(tenant: Tenant) -> set[str]:
    """What must not be shown: credentials, the clients' secrets and their addons', the APIs' signing secrets."""
    found = {tenant.client_secret, SIGNING_SECRET, ADDON_SECRET}
    found.update(str(client.get("client_secret") or "") for client in tenant.read("clients"))
    found.update(str(api.get("signing_secret") or "") for api in tenant.read("resource-servers"))
    return {secret for secret in found if secret}


def test_no_secret_in_the_most_verbose_output(declared: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    verbose = ("-vvv", "--diff", "--limit", "dev")
    outputs = [
        declared.succeed("provision", *verbose).output,
        declared.succeed("provision", *verbose, "--check").output,
        declared.succeed("verify", *verbose).output,
    ]
    hidden = secrets(dev) | secrets(prod)
    assert len(hidden) > 4
    wrong = {
        **SMALL,
        "auth0_client_grants": [*SMALL["auth0_client_grants"], {"client_name": "no", "audience": "x"}],
    }
    declared.declare({"dev": dev.access, "prod": {**prod.access, "auth0_client_secret": dev.client_secret}}, **wrong)
    for playbook in ("provision", "verify"):
        failed = declared.play(playbook, "-vvv", "--diff")
        assert failed.status == 2
        outputs.append(failed.output)
    declared.declare({"dev": dev.access}, **SMALL)
    outputs.append(declared.succeed("teardown", *verbose, "--extra-vars", "auth0_teardown_confirm=dev").output)
    for output in outputs:
        assert not [secret for secret in hidden if secret in output]
        assert not JWT.search(output)
