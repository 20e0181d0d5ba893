"""Fields of agencies: names that have the word of another field in them."""

import csv
from pathlib import Path

import pytest

WORDS = Path(__file__).resolve().parents[2] / "seeds" / "rules" / "agency_domain.csv"


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("某某区人民政府办公室", "government_office"),
        ("某某市人民政府研究室", "government_office"),
        ("某某市民政局", "civil_affairs"),
        ("某某镇人民政府", "township"),
        ("某某农业大学", "university"),
        ("某某大学附属医院", "hospital"),
        ("某某大学附属中学", "school"),
        ("某某市综合行政执法局", "urban_management"),
        ("某某市农业综合行政执法支队", "agriculture"),
    ],
)
def test_the_first_word_of_the_list_is_of_the_field(name: str, domain: str) -> None:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["word"] in name]
    assert min(rows, key=lambda row: int(row["priority"]))["agency_domain"] == domain
