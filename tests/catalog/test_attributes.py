"""What the columns of the areas file say: ids, labels, groups, and what was surveyed."""

import pytest
from map_files import is_whole, squares


def test_an_id_may_be_made_of_several_columns(areas_of):
    areas, _ = areas_of(squares(district=[1.0, 1.0, 2.0], number=["01", " 02 ", "01"]), id=["district", "number"])
    assert list(areas.ids) == ["1 / 01", "1 / 02", "2 / 01"]


def test_areas_without_an_id_are_kept_under_one_that_names_their_row(areas_of):
    areas, said = areas_of(squares(id=["a", None, "  "]))
    assert sorted(areas.ids) == ["(no id 2)", "(no id 3)", "a"] and is_whole(areas)
    sentence, = said
    for part in ("areas.geojson", "2 areas without an id in column id", "(no id 2)", "areas.id"):
        assert part in sentence


def test_a_key_that_lacks_a_part_is_no_id(areas_of):
    areas, said = areas_of(squares(a=["x", None, "x"], b=["1", "1", None]), id=["a", "b"])
    assert sorted(areas.ids) == ["(no id 2)", "(no id 3)", "x / 1"]
    assert "2 areas without an id in column a or b" in said[0]


def test_parts_of_an_area_that_differ_in_their_columns_are_said_to(areas_of):
    areas, said = areas_of(squares(id=["7", "8", "7"], name=["a", "b", "c"], kind=[None, "x", None]), label="name")
    assert sorted(areas.labels) == ["a", "b"]
    assert any("differ in name;" in sentence for sentence in said)


@pytest.mark.parametrize("columns", ["", [], ["id", ""]])
def test_an_id_that_names_no_column_is_refused(areas_refused, columns):
    sentence = areas_refused(squares(), id=columns)
    assert "areas.id" in sentence and "The file has: id" in sentence


def test_a_missing_column_is_named_with_the_nearest_and_all_others(areas_refused):
    sentence = areas_refused(squares(Municipality=["a", "b", "c"]), group="municipalty")
    for part in ("areas.geojson, column municipalty", "no such column", "areas.group", "Did you mean Municipality?",
                 "id, Municipality"):
        assert part in sentence


def test_numbers_make_labels_and_groups_without_decimals(areas_of):
    areas, _ = areas_of(squares(name=[12.0, 3.5, None], ward=[2.0, None, 1.0]), label="name", group="ward")
    assert list(areas.labels) == ["3", "3.5", "12"] and list(areas.groups) == ["1", "", "2"]


def test_a_label_of_thousands_of_digits_has_its_place(areas_of):
    areas, _ = areas_of(squares(name=["9" * 9000, "10", "x"]), label="name")
    assert list(areas.labels) == ["10", "9" * 9000, "x"]


@pytest.mark.parametrize("column", [["yes", "no", None], [True, False, None], [1, 0, None], ["T", "f", ""]],
                         ids=["words", "booleans", "numbers", "letters"])
def test_what_was_surveyed_is_read_from_a_column_and_a_gap_means_it_was_not(catalog_of, column):
    catalog = catalog_of("parcel\n1\n", areas=squares(walked=column), in_areas='surveyed = "walked"')
    assert list(catalog.areas.surveyed) == [True, False, False]


def test_a_surveyed_column_that_says_neither_yes_nor_no_is_refused(catalog_refused):
    sentence = catalog_refused("parcel\n1\n", areas=squares(walked=["yes", "perhaps", "no"]),
                               in_areas='surveyed = "walked"')
    for part in ("areas.geojson, column walked", "'perhaps'", "areas.surveyed"):
        assert part in sentence
