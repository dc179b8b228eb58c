"""config.toml: it shows every setting with its true default, and each mistake in it is one sentence."""

import re
import tomllib

import pytest
from sample.make_sample import CONFIG

from dashboard.config import SAMPLE_FILES, SAMPLE_TEXTS, ConfigError, check_leftovers, read_config
from dashboard.settings import Config, MeasureSettings, Settings

RECORDS = '[records]\narea = "parcel"\n'
MEASURES = "measures"
# The tables that the config may have; the empty name is the top of the file.
TABLES = ["", MEASURES, *(name for name, field in Config.model_fields.items() if isinstance(field.annotation, type)
                          and issubclass(field.annotation, Settings))]


def section_of(name):
    """Return the settings class that a table of the config fills."""
    return {"": Config, MEASURES: MeasureSettings}.get(name) or Config.model_fields[name].annotation


def shown_settings():
    """Return what config.toml shows: table -> the settings that are set, and the commented ones with their value."""
    shown = {"": (set(), {})}
    table = ""
    for line in CONFIG.read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[\[?(\w+)\]\]?", line):
            table = heading[1]
            shown.setdefault(table, (set(), {}))
        elif commented := re.fullmatch(r"# (\w+) = (.+)", line):
            shown[table][1][commented[1]] = tomllib.loads(f"value = {commented[2]}")["value"]
        elif assigned := re.match(r"(\w+) = ", line):
            shown[table][0].add(assigned[1])
    return shown


@pytest.fixture
def mistakes_in(tmp_path):
    """A function that returns the sentences which a config with this text gives."""
    def mistakes_in(text: str | bytes) -> list[str]:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ConfigError) as caught:
            read_config(path)
        return str(caught.value).splitlines()
    return mistakes_in


@pytest.mark.parametrize("table", TABLES)
def test_the_config_shows_every_setting_with_its_true_default(table):
    shown, settings = shown_settings(), section_of(table)
    assigned, commented = shown[table]
    tables = set(shown) - {""} if not table else set()
    assert assigned | set(commented) | tables == set(settings.model_fields)
    assert commented == {name: settings.model_fields[name].default for name in commented}


def test_a_config_may_leave_out_all_that_has_a_default(tmp_path):
    (tmp_path / "config.toml").write_text(RECORDS, "utf-8")
    config = read_config(tmp_path / "config.toml")
    assert [measure.key for measure in config.measures] == ["count", "count/km2"]
    assert (config.areas.file, config.map.classes, config.map.scheme) == ("data/areas.geojson", 5, "quantiles")


def test_a_config_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "config.toml").write_text('title = "Ñ"\n' + RECORDS, "utf-8-sig")
    assert read_config(tmp_path / "config.toml").title == "Ñ"


def test_a_missing_config_is_said(tmp_path):
    with pytest.raises(ConfigError, match=r"^config\.toml: cannot be read .*put it beside main\.py\.$"):
        read_config(tmp_path / "config.toml")


@pytest.mark.parametrize(("text", "said"), [
    (b'title = "Pe\xf1a"', ("config.toml", "byte 11", "not UTF-8", "save the file as UTF-8")),
    ("title = Survey", ("not valid TOML", "line 1", "double quotes")),
    ("title = 'a'\ntitle = 'b'", ("not valid TOML", "each key once")),
    ("titel = 'a'\n" + RECORDS, ("titel is not a setting", "did you mean title?")),
    ("[mapp]\nclasses = 5\n" + RECORDS, ("mapp is not a setting", "did you mean map?")),
    ("[map]\nclases = 5\n" + RECORDS, ("map.clases is not a setting", "did you mean classes?")),
    ("[[measures]]\nof = 'count'\ncolum = 'b'\n" + RECORDS,
     ("measures[1].colum is not a setting", "did you mean column?")),
    ("qqq = 1\n" + RECORDS, ("qqq is not a setting", "title, introduction", "records", "detail")),
    ("title = 3\n" + RECORDS, ("title", "3", "string")),
    ("areas = 'a.geojson'\n" + RECORDS, ("areas", "'a.geojson'", "allowed")),
    ("[map]\nclasses = '5'\n" + RECORDS, ("map.classes", "'5'", "integer")),
    ("[map]\nclasses = 12\n" + RECORDS, ("map.classes", "12", "less than or equal to 9")),
    ("[map]\nclasses = 1\n" + RECORDS, ("map.classes", "1", "greater than or equal to 2")),
    ("[map]\npoints = 'yes'\n" + RECORDS, ("map.points", "'yes'", "boolean")),
    ("[map]\npoints_from_zoom = 30\n" + RECORDS, ("map.points_from_zoom", "30", "less than or equal to 24")),
    ("[map]\npalette = 'Rainbow'\n" + RECORDS, ("map.palette", "'Rainbow'", "'YlGnBu'", "'Magma'")),
    ("[map]\nscheme = 'jenks'\n" + RECORDS, ("map.scheme", "'jenks'", "'natural breaks'", "'logarithmic'")),
    ("[map]\nbasemap = 'OpenStreetMap.Mapnk'\n" + RECORDS,
     ("map.basemap", "'OpenStreetMap.Mapnk'", '"none"', "xyzservices", 'did you mean "OpenStreetMap.Mapnik"?')),
    ("[map]\nbasemap = 'zzz'\n" + RECORDS, ("map.basemap", "'zzz'", '"none"', "xyzservices")),
    ("[facets]\ncolumns = 'type'\n" + RECORDS, ("facets.columns", "'type'", "list")),
    ("[facets]\ncolumns = ['type', 3]\n" + RECORDS, ("facets.columns[2]", "3", "string")),
    ("[facets]\nlabels = { type = 3 }\n" + RECORDS, ("facets.labels.type", "3", "string")),
    ("[report]\nissues = 'javascript:alert(1)'\n" + RECORDS, ("report.issues", "'javascript:alert(1)'", "issues/new")),
    ("measures = []\n" + RECORDS, ("measures", "[]", "at least 1")),
    ("[measures]\nof = 'count'\n" + RECORDS, ("measures", "list")),
    ("[[measures]]\nof = 'total'\n" + RECORDS, ("measures[1].of", "'total'", "'count', 'sum', 'mean' or 'median'")),
    ("[[measures]]\ncolumn = 'a'\n" + RECORDS, ("measures[1].of", "missing")),
    ("[[measures]]\nof = 'count'\n[[measures]]\nof = 'mean'\n" + RECORDS, ("measures[2]", '"mean"', "needs a column")),
    ("[[measures]]\nof = 'count'\ncolumn = 'a'\n" + RECORDS, ("measures[1]", '"count"', "takes no column")),
    ("[[measures]]\nof = 'sum'\ncolumn = 'a'\n[[measures]]\nof = 'sum'\ncolumn = 'a'\nlabel = 'b'\n" + RECORDS,
     ("measures", "sum(a) twice", "remove one")),
    ("title = 'a'", ("records", "missing")),
    ("[records]\nx = 'lon'", ("records.x and records.y", "together")),
    ("[records]\narea = 'a'\ny = 'lat'", ("records.x and records.y", "together")),
])
def test_a_mistake_is_one_sentence_with_the_key_what_was_found_and_what_is_allowed(mistakes_in, text, said):
    sentence, = mistakes_in(text)
    assert sentence.startswith("config.toml: ")
    assert sentence.endswith((".", "?"))
    for part in said:
        assert part in sentence


@pytest.mark.parametrize("text", [
    "[map]\nbasemap = 'OpenStreetMap.Mapnk'\n" + RECORDS, "areas = 'a.geojson'\n" + RECORDS,
    "measures = []\n" + RECORDS])
def test_a_sentence_speaks_of_the_config_and_not_of_python(mistakes_in, text):
    sentence, = mistakes_in(text)
    assert not sentence.endswith("?.")
    assert "instance of" not in sentence
    assert "List should" not in sentence


def test_all_mistakes_are_said_at_once(mistakes_in):
    sentences = mistakes_in("titel = 'a'\n[map]\nclasses = 12\npalette = 'Rainbow'\n[[measures]]\nof = 'mean'\n"
                            "[records]\nx = 'a'")
    assert len(sentences) == 5
    for key in ("titel", "map.classes", "map.palette", "measures[1]", "records"):
        assert sum(sentence.startswith(f"config.toml: {key}") for sentence in sentences) == 1


def test_what_the_config_still_says_of_the_sample_is_a_warning_beside_other_data():
    def check(text):
        return check_leftovers(Config.model_validate(tomllib.loads(text)))

    text = CONFIG.read_text("utf-8")
    assert check(text) == []
    other = text.replace("data/finds.csv", "data/wells.csv")
    problem, = check(other)
    assert problem.level == "warning"
    assert problem.where == "config.toml, title and introduction and credit and licence"
    for name in ("title", "introduction", "credit"):
        other = re.sub(rf'^{name} = ".*"$', f'{name} = "mine"', other, flags=re.MULTILINE)
    assert check(other) == []


def test_the_sample_is_known_by_what_its_config_says():
    config = read_config(CONFIG)
    assert {name: getattr(config, name) for name in SAMPLE_TEXTS} == SAMPLE_TEXTS
    assert (config.areas.file, config.records.file) == SAMPLE_FILES
