"""Expectations of our own. They assert on sums over facts; the rules themselves live elsewhere.

Each makes its query from a few words, so that it can be put on any table of the same shape. Rows
that break one say where: file, page, the figures as printed.
"""

from typing import Any

from great_expectations.compatibility import pydantic

from expectations.rows import ExpectNoBrokenRows

_HALF_DIGIT = (
    "0.5 * power(10, -coalesce(cell.decimals, 2))"
    " * case cell.unit when 'wan_yuan' then 10000 else 1 end"
)
"""Half of the last printed digit of a cell, in yuan."""

_PLACE = (
    " inner join raw.cell as cell on fact.cell_id = cell.cell_id"
    " left join core.dim_document as document on fact.document_id = document.document_id"
)
_PLAIN = (
    # where a figure of the table is in quarantine, its sums say nothing
    " and not exists (select 1 from raw.cell as doubtful"
    " where doubtful.document_id = fact.document_id"
    " and doubtful.table_kind = fact.table_kind"
    " and doubtful.quarantine_reason is not null)"
)
_UNNAMED = (
    " and not exists (select 1 from audit.finding as finding"
    " where finding.disclosure_id = summed.disclosure_id"
    " and finding.kind in ('source_contradiction', 'suspect_reading'))"
)


class _Composed(ExpectNoBrokenRows):
    """An expectation that writes its query from its own fields."""

    # has a value before the validator of the class above looks at it
    unexpected_rows_query: str = ""

    @pydantic.root_validator(pre=True)
    @classmethod
    def _write_query(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not values.get("unexpected_rows_query"):
            query = cls.compose(values).replace("{batch}", "(select * from {batch})")
            values["unexpected_rows_query"] = query
        return values

    @classmethod
    def compose(cls, fields: dict[str, Any]) -> str:
        """Write the query that selects the rows that break the expectation."""
        raise NotImplementedError


class ExpectPartsToSumToTotal(_Composed):
    """Expect that the parts of a fact table add up to its total within rounding.

    ``word`` is the column that tells the figures of one row apart; ``part`` and ``whole`` are
    levels; ``words_left_out`` may stand in a total alone; ``kinds_left_out`` are tables in which
    something stands beside the parts. Half of the last printed digit is allowed per addend, and
    half for the total. A table of which a finding speaks is not named again.
    """

    word: str
    part: str = "class"
    whole: str = "total"
    words_left_out: tuple[str, ...] = ()
    kinds_left_out: tuple[str, ...] = ()

    @classmethod
    def compose(cls, fields: dict[str, Any]) -> str:
        """Write the query: one row per table, fund and word whose parts miss the total."""
        word, part, whole = fields["word"], fields.get("part", "class"), fields.get("whole")
        is_part = f"fact.level = '{part}'"
        is_whole = f"fact.level = '{whole or 'total'}'"
        return (
            "select summed.file_name, summed.page_number, summed.table_kind,"
            f" summed.fund, summed.{word}, summed.parts_printed, summed.total_printed,"
            " summed.parts_yuan, summed.total_yuan,"
            " summed.parts_yuan - summed.total_yuan as difference_yuan,"
            " cast(summed.rounding as decimal(18, 2)) as tolerance_yuan from ("
            "select fact.disclosure_id, fact.document_id, fact.table_kind, fact.fund,"
            f" fact.{word}, min(document.file_name) as file_name,"
            f" min(fact.page_number) filter (where {is_whole}) as page_number,"
            f" string_agg(fact.amount_printed, ' + ' order by cell.row_no, cell.column_no)"
            f" filter (where {is_part}) as parts_printed,"
            f" min(fact.amount_printed) filter (where {is_whole}) as total_printed,"
            f" sum(fact.amount_yuan) filter (where {is_part}) as parts_yuan,"
            f" sum(fact.amount_yuan) filter (where {is_whole}) as total_yuan,"
            f" sum({_HALF_DIGIT}) as rounding"
            f" from {{batch}} as fact{_PLACE}"
            f" where fact.is_current and ({is_part} or {is_whole})"
            f"{_not_in('fact.table_kind', fields.get('kinds_left_out', ()))}"
            f"{_not_in(f'fact.{word}', fields.get('words_left_out', ()))}{_PLAIN}"
            f" group by fact.disclosure_id, fact.document_id, fact.table_kind, fact.fund,"
            f" fact.{word}"
            f" having count(*) filter (where {is_part}) > 0"
            f" and count(*) filter (where {is_whole}) > 0"
            ") as summed where abs(summed.parts_yuan - summed.total_yuan) > summed.rounding"
            f"{_UNNAMED}"
        )


class ExpectTablesToAgree(_Composed):
    """Expect that two tables of a disclosure print the same total, within rounding.

    ``left`` and ``right`` are kinds of table, ``word`` the column that tells the figures of one
    row apart. The total of the right table, of the same fund, is that of the left with one of
    ``left_words``: a summary also has the total of the year, which final accounts repeat. A
    disclosure of which a finding speaks is not named again.
    """

    left: str
    right: str
    word: str
    left_words: tuple[str, ...] = ("total", "current_total")

    @classmethod
    def compose(cls, fields: dict[str, Any]) -> str:
        """Write the query: one row per disclosure and fund whose two totals differ."""
        left, right, word = fields["left"], fields["right"], fields["word"]
        words = fields.get("left_words", ("total", "current_total"))
        pairs = (
            "select lefts.*, rights.amount_yuan as right_yuan,"
            " rights.amount_printed as right_printed, rights.page_number as right_page,"
            " abs(lefts.amount_yuan - rights.amount_yuan) as miss,"
            " lefts.rounding + rights.rounding as allowed"
            f" from ({_totals(left, word, words)}) as lefts"
            f" inner join ({_totals(right, word, ('total',))}) as rights"
            " on lefts.disclosure_id = rights.disclosure_id and lefts.fund = rights.fund"
        )
        return (
            "select summed.file_name,"
            f" '{left}' || coalesce(' p. ' || summed.page_number, '') as left_table,"
            f" '{right}' || coalesce(' p. ' || summed.right_page, '') as right_table,"
            " summed.amount_printed as left_printed, summed.right_printed,"
            " summed.amount_yuan as left_yuan, summed.right_yuan,"
            " summed.amount_yuan - summed.right_yuan as difference_yuan from ("
            # the nearest of the left totals is the one that should agree
            f"select * from ({pairs}) as pairs qualify row_number() over ("
            "partition by disclosure_id, fund order by miss, amount_yuan) = 1"
            f") as summed where summed.miss > summed.allowed{_UNNAMED}"
        )


class ExpectEveryFigureToHaveACell(_Composed):
    """Expect that every figure of a fact table is a cell of its document, with the same print."""

    @classmethod
    def compose(cls, fields: dict[str, Any]) -> str:
        """Write the query: one row per fact without its cell, with why."""
        return (
            "select document.file_name, fact.page_number, fact.table_kind, fact.row_label,"
            " fact.amount_printed, cell.printed,"
            " case when cell.cell_id is null then 'no such cell in the document'"
            " when cell.quarantine_reason is not null"
            " then 'the cell is in quarantine: ' || cell.quarantine_reason"
            " else 'the cell prints something else' end as why, fact.cell_id"
            " from {batch} as fact"
            " left join core.dim_document as document on fact.document_id = document.document_id"
            " left join raw.cell as cell on fact.cell_id = cell.cell_id"
            " and fact.document_id = cell.document_id"
            " where cell.cell_id is null or cell.quarantine_reason is not null"
            " or fact.amount_printed is distinct from trim(cell.printed)"
        )


class ExpectCoverage(_Composed):
    """Expect that of the figures in recognised tables of a family, a share has become facts.

    ``family`` is that of the seed `table_kind`; ``share`` is between 0 and 1. A figure may repeat
    another one, or stand beside it (a share, a price), and then is no fact of its own. Tables
    that feed several facts (basic expenditure) are left out.
    """

    family: str
    share: float

    @classmethod
    def compose(cls, fields: dict[str, Any]) -> str:
        """Write the query: one row, with the files that have the fewest, when it is too little."""
        counted = (
            "select min(document.file_name) as file_name,"
            " count(distinct cell.cell_id) as expected, count(distinct fact.cell_id) as covered"
            " from raw.cell as cell"
            " inner join seeds.table_kind as kind on cell.table_kind = kind.table_kind"
            f" and kind.family = '{fields['family']}' and kind.table_kind <> 'basic_expenditure'"
            " inner join core.dim_document as document"
            " on cell.document_id = document.document_id and document.disclosure_id is not null"
            " left join {batch} as fact on cell.cell_id = fact.cell_id"
            " where cell.role = 'amount' and cell.quarantine_reason is null"
            " group by cell.document_id"
        )
        return (
            "select arg_min(counted.file_name, counted.covered / counted.expected) as file_name,"
            " sum(counted.expected) as expected, sum(counted.covered) as covered"
            f" from ({counted}) as counted"
            f" having sum(counted.covered) < {fields['share']} * sum(counted.expected)"
        )


def _totals(table_kind: str, word: str, words: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in words)
    return (
        "select fact.disclosure_id, fact.fund, document.file_name, fact.page_number,"
        f" fact.amount_yuan, fact.amount_printed, {_HALF_DIGIT} as rounding"
        f" from {{batch}} as fact{_PLACE}"
        f" where fact.is_current and fact.level = 'total' and fact.table_kind = '{table_kind}'"
        f" and fact.{word} in ({listed}){_PLAIN}"
    )


def _not_in(column: str, words: tuple[str, ...]) -> str:
    if not words:
        return ""
    listed = ", ".join(f"'{word}'" for word in words)
    return f" and {column} not in ({listed})"
