"""Where documents come from: every line that cannot be followed ends the build with its number."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.documents import SourceFile
from gongkai.errors import BuildError
from gongkai.sources import Origin, Origins, read_origins

HEAD = "file_name,path,sha256,source_url,published_on"
SOURCES = [
    SourceFile(Path("x"), "一.pdf", "1" * 64),
    SourceFile(Path("x"), "deep/二.pdf", "2" * 64),
    SourceFile(Path("x"), "deep/deeper/一.pdf", "3" * 64),
    SourceFile(Path("x"), "deep/copy/二.pdf", "2" * 64),
]
URL = "https://www.example.gov.cn/2023/预算.pdf?a=1#p"


def origins(tmp_path: Path, *lines: str, folder: str = "") -> Origins:
    path = tmp_path / "sources.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return read_origins([SourceFile(path, f"{folder}sources.csv", "0" * 64)], SOURCES)


def test_a_document_is_named_in_three_ways(tmp_path: Path) -> None:
    found = origins(
        tmp_path,
        f"二.pdf,,,{URL},2023-02-11",
        ",deep\\deeper\\一.pdf,,,2023-03-01",
        f",,{'1' * 64},http://a.cn,",
    )
    assert found.of_files == {
        "deep/二.pdf": Origin(URL, date(2023, 2, 11)),
        "deep/copy/二.pdf": Origin(URL, date(2023, 2, 11)),
        "deep/deeper/一.pdf": Origin(None, date(2023, 3, 1)),
        "一.pdf": Origin("http://a.cn", None),
    }


def test_names_are_meant_below_the_folder_of_the_file(tmp_path: Path) -> None:
    lines = ("一.pdf,,,http://a.cn,", ",copy/二.pdf,,http://b.cn,", "三.pdf,,,http://c.cn,")
    found = origins(tmp_path, *lines, folder="deep/")
    assert sorted(found.of_files) == ["deep/copy/二.pdf", "deep/deeper/一.pdf"]
    assert found.unused == ("deep/sources.csv line 4",)


def test_two_lines_may_complete_each_other(tmp_path: Path) -> None:
    found = origins(tmp_path, ",一.pdf,,http://a.cn,", f",,{'1' * 32},,2023-02-11")
    assert found.of_files == {"一.pdf": Origin("http://a.cn", date(2023, 2, 11))}


BAD = {
    "no name": (",,,http://a.cn,", "expected one of sha256, path, file_name, found 0"),
    "two names": ("一.pdf,一.pdf,,http://a.cn,", "found 2"),
    "nothing said": (",一.pdf,,,", "neither source_url nor published_on"),
    "a name of two contents": ("一.pdf,,,http://a.cn,", "'一.pdf' is the name of 2 documents"),
    "a path as a name": ("deep/二.pdf,,,http://a.cn,", "the column for it is 'path'"),
    "a path to elsewhere": (",../一.pdf,,http://a.cn,", "no path below"),
    "no hash": (",,abc,http://a.cn,", "'abc' is no SHA-256"),
    "another scheme": (",一.pdf,,javascript:alert(1),", "expected http"),
    "a file": (",一.pdf,,file:///etc/passwd,", "expected http"),
    "no host": (",一.pdf,,https:///a,", "expected http"),
    "a space": (",一.pdf,,https://a.cn/b c,", "expected http"),
    "a tag": (",一.pdf,,https://a.cn/<script>,", "expected http"),
    "a bad port": (",一.pdf,,https://a.cn:99999/,", "is no address"),
    "a password": (",一.pdf,,https://me:secret@a.cn/,", "user name or password"),
    "no day": (",一.pdf,,,2023-02-30", "'2023-02-30' is no day"),
    "another order": (",一.pdf,,,11.02.2023", "is no day"),
    "a short day": (",一.pdf,,,2023-2-3", "is no day"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_line_that_cannot_be_followed_is_named(tmp_path: Path, case: str) -> None:
    line, words = BAD[case]
    with pytest.raises(BuildError) as caught:
        origins(tmp_path, line)
    assert str(caught.value).startswith("sources.csv line 2: ")
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "lines", [("http://a.cn,", "http://b.cn,"), (",2023-01-01", ",2023-01-02")]
)
def test_two_lines_may_not_contradict_each_other(tmp_path: Path, lines: tuple[str, str]) -> None:
    with pytest.raises(BuildError, match=r"sources.csv line 3: .* sources.csv line 2"):
        origins(tmp_path, *(f",一.pdf,,{line}" for line in lines))
