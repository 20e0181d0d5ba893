"""The models as one page: complete without a network, and the published file is only read."""

import subprocess
import sys
from pathlib import Path

from extract.landing import content_hash
from tests.build.conftest import PROJECT


def _models(warehouse: Path, page: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "models", "--warehouse", warehouse, "--to", page],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_of_the_models_holds_them_all(samples: Path, tmp_path: Path) -> None:
    page, before = tmp_path / "模型 页.html", content_hash(samples)
    result = _models(samples, page)
    assert (result.returncode, result.stderr) == (0, "")
    assert str(page) in result.stdout.replace("\n", "")
    text = page.read_text("utf-8")
    names = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
    assert {name for name in names if f"model.gongkai.{name}" not in text} == set()
    assert 'src="http' not in text
    assert content_hash(samples) == before


def test_without_a_warehouse_one_line_says_so(tmp_path: Path) -> None:
    result = _models(tmp_path / "none.duckdb", tmp_path / "page.html")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "does not exist" in result.stderr
    assert not (tmp_path / "page.html").exists()
