# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task tells of the work that it did before it failed."""

from __future__ import annotations

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed, performing


def failed(done: int, left: int) -> TaskFailed:
    """A task of three steps, of which the first are done, the next need not be done, and as many as said are left."""

    def perform() -> None:
        with performing() as progress:
            progress.remaining = ["a", "b", "c"]
            progress.did(progress.remaining[:done])
            progress.skipped(progress.remaining[: 3 - done - left])
            raise Refused("No way.", "protected")

    with pytest.raises(TaskFailed) as caught:
        perform()
    return caught.value


def test_a_failure_before_anything_is_done_is_nothing_but_its_reason() -> None:
    caught = failed(0, 3)
    assert caught.message == "No way."
    assert (caught.changed, caught.result.keys()) == (False, {"failure", "changed"})


def test_steps_that_need_not_be_done_are_neither_a_change_nor_left() -> None:
    caught = failed(0, 1)
    assert caught.message == "No way."
    assert not caught.changed


@pytest.mark.parametrize(
    ("done", "left", "told"),
    [
        (1, 2, "No way. Done before: a. Left to do: b, c. "),
        (2, 1, "No way. Done before: a, b. Left to do: c. "),
        (1, 1, "No way. Done before: a. Left to do: c. "),
        (3, 0, "No way. Done before: a, b, c. "),
    ],
)
def test_a_failure_after_some_steps_tells_those_and_the_others(done: int, left: int, told: str) -> None:
    caught = failed(done, left)
    assert caught.message == told + "Once the cause is removed, run the task again: it does only what is left."
    assert (caught.result["changed"], caught.result["failure"]["message"]) == (True, "")
    assert "".join(caught.result["done"]) == "abc"[:done]
    assert "".join(caught.result["remaining"]) == "abc"[3 - left :]


def test_how_to_have_the_rest_done_can_be_told_otherwise() -> None:
    progress = Progress(["a"], ["b"], "run the task again without force")
    assert progress.report.endswith("Once the cause is removed, run the task again without force.")
