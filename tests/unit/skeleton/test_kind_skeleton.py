# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The skeleton of a kind has what an OpenAPI description says, and asks for the rest."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import declaration
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Filter, Kind, Listed
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import info_spec, kind_spec
from ansible_collections.community.auth0.tests.harness.documentation.blocks import block
from ansible_collections.community.auth0.tests.harness.skeleton.command import main
from ansible_collections.community.auth0.tests.harness.skeleton.sketch import DESCRIBE, FIND_OUT
from auth0_emulator.entities.entity import Entity
from auth0_emulator.schema.errors import AnsweredError
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Store

OPENAPI = Path(__file__).with_name("parcels.openapi.yml")
KIND = "plugins/module_utils/_kinds/gift_parcel.py"
ENTITY = "emulator/src/auth0_emulator/entities/gift_parcels.py"
MODULES = ("plugins/modules/auth0_gift_parcel.py", "plugins/modules/auth0_gift_parcel_info.py")
TARGET = "tests/integration/targets/auth0_gift_parcel/tasks/main.yml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of the kind that has everything, by their paths."""
    root = tmp_path_factory.mktemp("parcels")
    assert main([str(OPENAPI), "/parcels"], root) == 0
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


_PLACES: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    """What tests have declared is gone with them."""
    yield
    for name in _PLACES:
        del sys.modules[name]


def executed(source: str, package: str | None) -> dict[str, Any]:
    """What a file declares, as if it were in a package, where its types can be looked up."""
    found = types.ModuleType(f"{package}.skeleton_{len(_PLACES)}")
    found.__package__ = package
    sys.modules[found.__name__] = found
    _PLACES.append(found.__name__)
    exec(compile(source, found.__name__, "exec"), vars(found))
    return vars(found)


@pytest.fixture(scope="module")
def kind(written: dict[str, str]) -> Kind:
    found: Kind = executed(written[KIND], declaration.__package__)["GIFT_PARCEL"]
    return found


@pytest.fixture(scope="module")
def entity(written: dict[str, str]) -> Entity:
    found: Entity = executed(written[ENTITY], "auth0_emulator.entities")["GIFT_PARCELS"]
    return found


def test_the_kind_has_the_words_that_the_operations_tell(kind: Kind) -> None:
    assert (kind.name, kind.title, kind.path, kind.collection) == ("gift_parcel", "gift parcel", "parcels", "parcels")
    assert (kind.id_field, kind.identity) == ("id", ("name",))
    assert (kind.checkpoint, kind.bare, kind.unique) == (True, False, True)
    assert kind.lookups == (Direct("id"), Direct("name", under="name"))
    assert kind.filters == {
        "name_filter": Filter(Field(min_length=1)),
        "sizes": Filter(Field("list", elements=Field(choices=("small", "large")))),
    }


NOTE = Field(empty_is_null=True)
COLOUR = {"pattern": r"#([0-9A-Fa-f]{3}){1,2}", "pattern_says": "be a colour such as #0059d6, in hexadecimal digits"}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("id", Field(read_only=True)),
        ("sent_at", Field(time=True, read_only=True)),
        ("name", Field(min_length=1, max_length=50, required=True)),
        ("depot", Field(choices=("north", "south"), required=True, create_only=True)),
        ("paused", Field("bool", update_only=True)),
        ("size", Field(choices=("small", "large", "huge"))),
        ("colour", Field(nullable=True, **COLOUR)),
        (
            "labels",
            Field(
                "list",
                elements=Field("dict", fields={"value": Field(max_length=20, required=True), "note": NOTE}),
                max_length=3,
                key="value",
            ),
        ),
        (
            "delivery",
            Field(
                "dict",
                fields={
                    "method": Field(choices=("post", "drone"), required=True),
                    "drone_id": Field(required=True, goes_with=("method", ("drone",))),
                    "height": Field("int", minimum=0, maximum=120, goes_with=("method", ("drone",))),
                },
            ),
        ),
        ("notes", Field("dict", values=Field(max_length=255), max_length=10, nullable=True)),
        ("options", Field("dict", fields={"fragile": Field("bool")}, values=Field("raw"))),
        ("weight", Field("int", minimum=0, maximum=30)),
        ("address", Field("raw")),
    ],
)
def test_a_field_has_what_the_schemas_say(name: str, field: Field, kind: Kind) -> None:
    assert kind.fields[name] == field


def test_the_modules_have_their_options_by_the_declaration(kind: Kind) -> None:
    assert kind_spec(kind).options["clear"]["choices"] == ["colour", "notes"]
    assert {"id", "name", "name_filter", "sizes"} <= info_spec(kind).options.keys()


@pytest.mark.parametrize(
    ("above", "question"),
    [
        ('"labels": Field(', "what names an item of the list (key)"),
        ('"delivery": Field(', "whether a change of it is merged into what is there (merged)"),
        ('"drone_id": Field(', "whether it holds a value of another object (refers, local)"),
        ('"wrapping_secret": Field(', "whether it is a secret (secret)"),
        ('"wrapping_secret": Field(', "whether answers show it (write_only)"),
        ('"address": Field(', "which types it can have"),
        ('"sizes": Filter(', "whether several values are separated by commas"),
        ("fields={", "create one with nothing but what is required"),
        ("identity=(", "what names an object so that no two have it (identity), and whether"),
    ],
)
def test_what_a_schema_cannot_say_is_asked_for_above_it(above: str, question: str, written: dict[str, str]) -> None:
    lines = [line.strip() for line in written[KIND].splitlines()]
    place = next(number for number, line in enumerate(lines) if line.startswith(above))
    start = place
    while lines[start - 1].startswith("#"):
        start -= 1
    asked = " ".join(line.lstrip("# ") for line in lines[start:place])
    assert FIND_OUT + question in asked


def test_what_a_schema_says_is_not_asked_for(written: dict[str, str]) -> None:
    lines = [line.strip() for line in written[KIND].splitlines()]
    for name in ("name", "depot", "size", "weight", "paused"):
        assert not lines[lines.index(next(line for line in lines if line.startswith(f'"{name}":'))) - 1].startswith("#")


def test_a_pattern_without_words_is_marked(kind: Kind) -> None:
    secret = kind.fields["wrapping_secret"]
    assert (secret.min_length, secret.pattern) == (16, "^[a-z]+$")
    assert secret.pattern_says.startswith(DESCRIBE)


LEAST = {"name": "n", "depot": "north"}


@pytest.mark.parametrize(
    "body",
    [
        LEAST,
        {**LEAST, "size": "small", "colour": None, "weight": 3, "notes": {"a": "b"}},
        {**LEAST, "delivery": {"method": "drone", "drone_id": "d", "height": 3}, "labels": [{"value": "v"}]},
        {**LEAST, "delivery": {"method": "post"}, "labels": [{"value": "v", "note": None}]},
        {**LEAST, "options": {"fragile": True, "else": 1}, "address": {}},
    ],
)
def test_the_emulator_takes_what_the_schema_takes(body: dict[str, Any], entity: Entity) -> None:
    assert entity.valid_creation(body) == body


@pytest.mark.parametrize(
    "body",
    [
        {"name": "n"},
        {**LEAST, "depot": "east"},
        {**LEAST, "name": ""},
        {**LEAST, "weight": 31},
        {**LEAST, "paused": True},
        {**LEAST, "labels": [{"note": "n"}]},
        {**LEAST, "colour": "red"},
        {**LEAST, "notes": {"a": 1}},
        {**LEAST, "else": 1},
    ],
)
def test_the_emulator_refuses_what_the_schema_refuses(body: dict[str, Any], entity: Entity) -> None:
    with pytest.raises(AnsweredError):
        entity.valid_creation(body)


def test_the_emulator_says_what_is_not_there(entity: Entity) -> None:
    gone = entity.missing("none")
    assert (gone.status, gone.body["message"]) == (404, "The gift parcel does not exist.")


def test_the_emulator_knows_what_a_change_takes_and_who_may_do_what(entity: Entity) -> None:
    assert entity.valid_update({"paused": True, "notes": None, "size": "huge"})
    for fixed in ("depot", "id", "sent_at"):
        with pytest.raises(AnsweredError):
            entity.valid_update({fixed: "north"})
    assert (entity.created_status, entity.deleted_status) == (201, 204)
    assert entity.scopes.delete == ("delete:parcels",)
    assert (entity.listing.collection, entity.listing.checkpoint, entity.listing.paged) == ("parcels", True, True)
    assert (entity.also_found_by, entity.second_name_in_path, entity.unique) == ("name", "name", ("name",))


def test_each_option_is_there_to_be_described(written: dict[str, str], kind: Kind) -> None:
    documented = yaml.safe_load(block(written[MODULES[0]], "DOCUMENTATION"))
    assert documented["options"].keys() == {*kind_spec(kind).options}
    assert documented["options"]["delivery"]["suboptions"].keys() == {"method", "drone_id", "height"}
    information = yaml.safe_load(block(written[MODULES[1]], "DOCUMENTATION"))
    assert information["options"].keys() == {*info_spec(kind).options}
    returned = yaml.safe_load(block(written[MODULES[1]], "RETURN"))
    assert returned["parcels"]["contains"].keys() == kind.fields.keys()


def test_no_text_of_the_description_is_copied(written: dict[str, str]) -> None:
    assert not [name for name, text in written.items() if "nobody copies" in text]


def test_the_target_makes_an_object_that_the_limits_let_through(written: dict[str, str]) -> None:
    (play,) = yaml.safe_load(written[TARGET])
    created = play["block"][0]["community.auth0.auth0_gift_parcel"]
    assert created == {"name": "name", "depot": "north"}


def test_the_module_that_only_reads_has_a_target_of_its_own(written: dict[str, str]) -> None:
    (play,) = yaml.safe_load(written[TARGET.replace("gift_parcel", "gift_parcel_info")])
    made, read, expected = play["block"]
    assert made["community.auth0.auth0_gift_parcel"] == {"name": "name", "depot": "north"}
    assert "community.auth0.auth0_gift_parcel_info" in read
    assert expected["ansible.builtin.assert"]["that"] == ["found.parcels == [made.gift_parcel]"]
    assert "auth0_gift_parcel_info" not in written[TARGET]


def test_files_that_are_there_are_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / MODULES[1]
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert main([str(OPENAPI), "/parcels"], tmp_path) == 1
    assert f"Nothing was written, since these files are there: {MODULES[1]}" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_it_prints_what_it_wrote_and_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OPENAPI), "api/v2/parcels/", "--name", "parcel"], tmp_path) == 0
    printed = capsys.readouterr().out
    assert "plugins/module_utils/_kinds/parcel.py" in printed
    assert re.search(r"parcel\.py:\d+: TO FIND OUT: what names an item of the list", printed)
    for place in ("__init__.py: `from .parcel import PARCEL`", '"auth0_parcel": _kept("parcels")', "meta/runtime.yml"):
        assert place in printed


def test_a_kind_without_pages_and_names_is_written_too(tmp_path: Path) -> None:
    assert main([str(OPENAPI), "/stamps"], tmp_path) == 0
    source = (tmp_path / "plugins/module_utils/_kinds/stamp.py").read_text()
    stamp: Kind = executed(source, declaration.__package__)["STAMP"]
    assert (stamp.id_field, stamp.identity, stamp.bare, stamp.unique) == ("stamp_id", ("motif",), True, False)
    assert stamp.lookups == (Listed(match=("motif",)),)
    asked = " ".join(source.replace("#", "").split())
    for question in (
        "the server changes an object by PUT (replaced)",
        "what names an object so that no two have it",
    ):
        assert FIND_OUT + question in asked
    emulated = (tmp_path / "emulator/src/auth0_emulator/entities/stamps.py").read_text()
    found: Entity = executed(emulated, "auth0_emulator.entities")["STAMPS"]
    assert (found.listing.paged, found.id_field) == (False, "stamp_id")
    assert (stamp.replaced, found.replaceable) == (True, True)


def test_a_put_beside_a_patch_is_taken_and_left_to_recordings(tmp_path: Path, kind: Kind, entity: Entity) -> None:
    assert main([str(OPENAPI), "/crates"], tmp_path) == 0
    source = (tmp_path / "plugins/module_utils/_kinds/crate.py").read_text()
    assert executed(source, declaration.__package__)["CRATE"].replaced
    asked = " ".join(source.replace("#", "").split())
    assert FIND_OUT + "there is a PUT beside the PATCH" in asked
    assert FIND_OUT + "which fields do reads show that a PUT refuses (read_only)" in asked
    assert (kind.replaced, entity.replaceable) == (False, False)


@pytest.fixture
def depot(tmp_path: Path) -> dict[str, str]:
    """The files of what is always there, by their paths."""
    assert main([str(OPENAPI), "/depot/settings"], tmp_path) == 0
    return {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}


def test_what_is_only_read_and_changed_is_always_there(depot: dict[str, str]) -> None:
    source = depot["plugins/module_utils/_kinds/depot_settings.py"]
    settings: Kind = executed(source, declaration.__package__)["DEPOT_SETTINGS"]
    assert (settings.standing, settings.single, settings.title) == (True, True, "depot settings")
    assert (settings.path, settings.collection, settings.identity) == ("depot/settings", "depot_settings", ())
    assert settings.fields == {
        "label": Field("dict", fields={"value": Field(max_length=20, required=True), "note": NOTE}),
        "greeting": Field(max_length=40),
        "colour": Field(nullable=True, **COLOUR),
        "night_shift": Field("bool"),
        "lorries": Field("int", minimum=1),
        "ramps": Field("list", read_only=True),
    }
    asked = " ".join(source.replace("#", "").split())
    assert FIND_OUT + "read it in a new tenant: what does it have (initial)" in asked


def test_what_is_always_there_is_read_and_changed_in_the_emulator(depot: dict[str, str]) -> None:
    place = "emulator/src/auth0_emulator/"
    kept = executed(depot[f"{place}entities/depot_settings.py"], "auth0_emulator.entities")
    tenant: Any = types.SimpleNamespace(store=lambda name: stores[name])
    stores = {kept["NAME"]: Store(kept["KEYS"])}
    tenant.store(kept["NAME"]).put(kept["new"]())
    body = valid_body(kept["Update"], {"greeting": "Hello", "colour": "#0059d6", "lorries": 2})
    assert kept["shown"](kept["change"](tenant, body)) == body
    kept["change"](tenant, valid_body(kept["Update"], {"colour": None}))
    assert kept["shown"](kept["of"](tenant)) == {"greeting": "Hello", "lorries": 2}
    for refused in ({"lorries": 0}, {"greeting": None}, {"ramps": []}, {"label": {}}):
        with pytest.raises(AnsweredError):
            valid_body(kept["Update"], refused)
    assert kept["Answer"].model_fields.keys() - kept["Update"].model_fields.keys() == {"ramps"}
    operations = depot[f"{place}management/operations/depot_settings.py"]
    compile(operations, "depot_settings", "exec")
    for line in ('path = "/depot/settings"', 'require_any(("read:depot",))', 'require_any(("update:depot",))'):
        assert line in operations


def test_what_is_to_be_done_by_hand_for_what_is_always_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(OPENAPI), "/depot/settings"], tmp_path) == 0
    printed = capsys.readouterr().out
    for words in (
        "management/routes.py: depot_settings among the operations",
        "\"auth0_depot_settings\": Scopes(('read:depot',), change=('update:depot',))",
        'test_scopes.py: "auth0_depot_settings": {"": Scene(lambda tenant, around: {}), "to change": …}',
    ):
        assert words in printed
    assert not [words for words in ("identifiers.py", "what prune has of it", "in ALL") if words in printed]


def test_the_modules_of_what_is_always_there_create_and_list_nothing(depot: dict[str, str]) -> None:
    source = depot["plugins/module_utils/_kinds/depot_settings.py"]
    settings: Kind = executed(source, declaration.__package__)["DEPOT_SETTINGS"]
    keeping, reading = (depot[f"plugins/modules/auth0_depot_settings{end}.py"] for end in ("", "_info"))
    assert yaml.safe_load(block(keeping, "DOCUMENTATION"))["options"].keys() == {*kind_spec(settings).options}
    assert "options" not in yaml.safe_load(block(reading, "DOCUMENTATION"))
    assert info_spec(settings).options == {}
    returned = yaml.safe_load(block(reading, "RETURN"))["depot_settings"]
    assert (returned["type"], returned["contains"].keys()) == ("dict", settings.fields.keys())
    targets = "tests/integration/targets/auth0_depot_settings"
    (play,) = yaml.safe_load(depot[f"{targets}/tasks/main.yml"])
    assert play["block"][0]["community.auth0.auth0_depot_settings"] == {"greeting": "greeting"}
    (read,) = yaml.safe_load(depot[f"{targets}_info/tasks/main.yml"])
    assert "community.auth0.auth0_depot_settings_info" in read["block"][0]
    assert not [name for name, text in depot.items() if "state: absent" in text or "identifiers" in text]


def test_what_one_field_chooses_the_form_of_has_a_form_for_each_of_its_values(tmp_path: Path) -> None:
    assert main([str(OPENAPI), "/couriers"], tmp_path) == 0
    source = (tmp_path / "plugins/module_utils/_kinds/courier.py").read_text()
    courier: Kind = executed(source, declaration.__package__)["COURIER"]
    van = {"seats": Field("int", minimum=1, required=True)}
    assert courier.fields["type"] == Field(choices=("bicycle", "van", "lorry"), required=True, create_only=True)
    assert courier.fields["vehicle"] == Field(
        "dict",
        required=True,
        chosen_by="type",
        variants={
            "bicycle": {"bell": Field("bool", required=True), "frame": Field(create_only=True)},
            "van": van,
            "lorry": van,
        },
    )
    documented = yaml.safe_load(block((tmp_path / "plugins/modules/auth0_courier.py").read_text(), "DOCUMENTATION"))
    assert documented["options"]["vehicle"]["suboptions"].keys() == {"bell", "frame", "seats"}
    (play,) = yaml.safe_load((tmp_path / "tests/integration/targets/auth0_courier/tasks/main.yml").read_text())
    created = play["block"][0]["community.auth0.auth0_courier"]
    assert created == {"name": "name", "type": "bicycle", "vehicle": {"bell": True}}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((str(OPENAPI), "/parcel"), "There is no path /parcel in this description. Like it are: /parcels"),
        ((str(OPENAPI), "/settings"), "/settings has no objects that are created"),
        ((str(OPENAPI), "/settings"), "Nor has it one that is always there: that needs GET and PATCH /settings"),
        ((str(OPENAPI), "/parcels", "--name", "Gift-Parcel"), "other characters than lower case letters"),
        ((str(OPENAPI.with_name("none.json")), "/parcels"), "cannot be read as JSON or YAML"),
        ((__file__, "/parcels"), "cannot be read as JSON or YAML"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, tmp_path) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
