"""Text in the encodings that spreadsheets of all countries have written."""

import pytest
from table_files import said, values


def test_an_encoding_that_had_to_be_guessed_is_said_with_a_word(records_of):
    found, = said(records_of("n,place\n1,Peñalver\n2,Córdoba\n".encode("cp1252")))
    for part in ("note: records.csv", "cp1252", "Peñalver", "records.encoding"):
        assert part in found


@pytest.mark.parametrize(("text", "encoding"), [
    ("Plzeň,Ústí,Příbram,Žďár,Třebíč,Český,Děčín", "cp1250"), ("château,église,forêt,cœur,où,pâté", "cp1252"),
    ("Москва,Новгород,Казань,Ярославль,Смоленск,Тверь,Вологда", "cp1251")])
def test_text_of_other_alphabets_is_read_in_its_encoding(records_of, text, encoding):
    rows = "n,place\n" + "".join(f"{n},{word}\n" for n, word in enumerate(text.split(",") * 5))
    assert values(records_of(rows.encode(encoding)).table.place) == text.split(",") * 5


def test_an_encoding_from_the_config_is_used(records_of):
    assert values(records_of("n,v\n1,Łódź\n".encode("cp1250"), encoding="cp1250").table.v) == ["Łódź"]
    assert values(records_of("n,v\n1,Łódź\n".encode("utf-16-le"), encoding="utf-16-le").table.v) == ["Łódź"]


@pytest.mark.parametrize(("content", "encoding", "parts"), [
    ("n,v\n1,é\n", "latin-99", ["latin-99", "records.encoding"]),
    ("n,v\n1,a\n2,é\n".encode("cp1252"), "utf-8", ["line 3", "records.encoding"]),
    ("n,v\n1,ééé\n2,ééé\n".encode()[:-2], "", ["line 3", "cut short"]),
    ("n,v\n1,a\n2,\0\n", "", ["line 3", "NUL"]),
    ("n,v\n1,a\n".encode("utf-16-le"), "", ["line 1", "NUL", "utf-16-le"]),
], ids=["no encoding", "another encoding", "cut within a letter", "NUL", "UTF-16 without a mark"])
def test_text_in_no_encoding_is_refused(records_refused, content, encoding, parts):
    sentence = records_refused(content, encoding=encoding)
    assert all(part in sentence for part in ["records.csv", *parts])
