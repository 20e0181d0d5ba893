"""Finding documents and telling whether anything changed."""

import os
from pathlib import Path

import pytest

from extract import landing
from gongkai.build import SUPPORTED_SUFFIXES
from gongkai.documents import fingerprint, scan_documents
from gongkai.errors import BuildError

SUFFIXES = {".pdf", ".txt"}


def write(path: Path, text: str = "内容") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(directory: Path, **more: object) -> list[str]:
    return [s.relative_path for s in scan_documents(directory, SUFFIXES, **more).sources]  # type: ignore[arg-type]


def test_the_flow_and_the_reader_support_the_same_files() -> None:
    assert SUPPORTED_SUFFIXES == landing.SUPPORTED_SUFFIXES


def test_documents_are_found_at_any_depth_and_others_are_listed(tmp_path: Path) -> None:
    write(tmp_path / "部门 预算" / "深" / "一.TXT")
    write(tmp_path / "b.pdf")
    write(tmp_path / "table.xlsx")
    found = scan_documents(tmp_path, SUFFIXES)
    assert [s.relative_path for s in found.sources] == ["b.pdf", "部门 预算/深/一.TXT"]
    assert found.sources[1].name == "一.TXT"
    assert found.unsupported == ("table.xlsx",)


def test_hidden_files_and_directories_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / ".hidden.txt")
    write(tmp_path / ".git" / "a.txt")
    write(tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt"]


def test_the_warehouse_and_its_publications_are_no_documents(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "w.publications" / "readme.txt")
    assert names(tmp_path, outside=[tmp_path / "w.publications"]) == ["a.txt"]


def test_links_are_followed_and_a_circle_ends(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    write(tmp_path / "elsewhere" / "a.txt")
    documents.mkdir()
    (documents / "link").symlink_to(tmp_path / "elsewhere")
    (documents / "circle").symlink_to(documents)
    (documents / "dangling.txt").symlink_to(tmp_path / "nothing")
    assert names(documents) == ["link/a.txt"]


def test_a_name_that_is_not_utf8_is_read_as_gb18030(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "预算.txt".encode("gb18030")
    try:
        Path(os.fsdecode(raw)).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert names(tmp_path) == ["预算.txt"]


def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    opened = Path.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    found = scan_documents(tmp_path, SUFFIXES)
    assert found.unreadable == ("a.txt",)
    assert [s.relative_path for s in found.sources] == ["b.txt"]


@pytest.mark.parametrize("missing", ["nothing", "file.txt"])
def test_a_directory_that_is_none_is_an_error(tmp_path: Path, missing: str) -> None:
    write(tmp_path / "file.txt")
    with pytest.raises(BuildError, match=missing):
        scan_documents(tmp_path / missing, SUFFIXES)


def test_the_fingerprint_follows_content_and_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "一")
    first = fingerprint(scan_documents(tmp_path, SUFFIXES))
    assert fingerprint(scan_documents(tmp_path, SUFFIXES)) == first
    write(path, "二")
    second = fingerprint(scan_documents(tmp_path, SUFFIXES))
    assert second != first
    path.rename(tmp_path / "b.txt")
    assert fingerprint(scan_documents(tmp_path, SUFFIXES)) not in (first, second)


def test_the_fingerprint_follows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    model = write(project / "models" / "a.sql", "select 1")
    monkeypatch.setattr("gongkai.documents.PROJECT", project)
    found = scan_documents(tmp_path / "project", SUFFIXES)
    first = fingerprint(found)
    write(model, "select 2")
    assert fingerprint(found) != first
