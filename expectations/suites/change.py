"""What must hold of the change against the publication before: nothing goes without a reason."""

from expectations.grades import must, worth_knowing
from expectations.rows import ExpectNoBrokenRows
from expectations.suites import TableSuite
from expectations.suites.core import AMOUNT_FACTS


def change_suites() -> list[TableSuite]:
    """Return the suites on the change; in a first publication they have nothing to look at."""
    return [
        TableSuite(
            "audit",
            "change",
            (
                must(
                    "every_change_has_a_reason",
                    "What differs from the publication before has a reason: documents, reader,"
                    " vocabulary, models or a decision",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select change.file_path, change.table_kind, change.kind,"
                        " change.figures, change.row_label, change.previous_amount_yuan,"
                        " change.amount_yuan, change.since from {batch} as change"
                        " where change.reason = 'unexplained'"
                    ),
                ),
                must(
                    "figures_add_up",
                    "The figures of the publication before, with those added and without those"
                    " gone, are the figures of this one",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=_figures_that_do_not_add_up(),
                ),
                must(
                    "documents_add_up",
                    "The documents of the publication before, with those added and without those"
                    " gone, are the documents of this one",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select published.publication_id as since, counted.* from raw.published"
                        " as published cross join (select"
                        " (select count(distinct document_id) from raw.published_document) as had,"
                        " count(*) filter (where kind = 'added') as added,"
                        " count(*) filter (where kind = 'gone') as gone,"
                        " (select count(distinct document_id) from raw.source) as has"
                        " from {batch} as change where subject = 'document') as counted"
                        " where counted.had + counted.added - counted.gone <> counted.has"
                    ),
                ),
                must(
                    "a_first_publication_changes_nothing",
                    "Without a publication before there is no change",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select change.subject, change.file_path, change.table_kind, change.since"
                        " from {batch} as change left join raw.published as published"
                        " on change.since = published.publication_id"
                        " where published.publication_id is null"
                    ),
                ),
                worth_knowing(
                    "documents_stay_out_of_quarantine",
                    "A document that had figures in the publication before still has them",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select change.file_path, sum(change.figures) as figures_gone,"
                        " string_agg(distinct change.table_kind, ', ') as tables, change.since"
                        " from {batch} as change where change.reason = 'in_quarantine'"
                        " group by change.file_path, change.since"
                    ),
                ),
                worth_knowing(
                    "one_print_has_one_amount",
                    "A figure of the same document has the amount that it had, unless a person"
                    " decided otherwise",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select change.file_path, change.table_kind, change.row_label,"
                        " change.column_label, change.previous_amount_yuan, change.amount_yuan,"
                        " change.reason, change.since from {batch} as change"
                        " where change.subject = 'figure' and change.reason <> 'decision'"
                        " and change.document_id = change.previous_document_id"
                    ),
                ),
            ),
        )
    ]


def _figures_that_do_not_add_up() -> str:
    facts = " union all ".join(
        f"select table_kind from core.{fact} where is_current" for fact in AMOUNT_FACTS
    )
    return (
        "select published.publication_id as since, counted.* from raw.published as published"
        " cross join (select table_kind, sum(had) as had, sum(added) as added, sum(gone) as gone,"
        " sum(has) as has from ("
        "select table_kind, facts as had, 0 as added, 0 as gone, 0 as has"
        " from raw.published_figures"
        " union all select table_kind, 0, 0, 0, count(*)"
        f" from ({facts}) as fact group by table_kind"
        " union all select table_kind, 0, case when kind = 'added' then figures else 0 end,"
        " case when kind = 'gone' then figures else 0 end, 0"
        " from {batch} as change where subject = 'table'"
        ") as rows group by table_kind) as counted"
        " where counted.had + counted.added - counted.gone <> counted.has"
    )
