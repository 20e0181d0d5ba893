"""What the questions of the dashboard answer with: rows of the marts, amounts in yuan.

Fields carry the names of the marts' columns. None in an amount: the documents do not print it.
``cell_id`` begins with the id of its document.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Agency:
    """An agency of which something is held."""

    agency_id: str
    agency_name: str
    region_name: str
    disclosures: int


@dataclass(frozen=True)
class Metric:
    """What a share or a ratio of the marts means, wherever it stands."""

    metric: str
    metric_zh: str
    metric_en: str
    numerator: str
    denominator: str
    null_when: str


@dataclass(frozen=True)
class AgencyYear:
    """A disclosure at a glance."""

    disclosure_id: str
    agency_id: str
    agency_name: str
    region_name: str
    fiscal_year: int
    document_kind: str
    scope: str
    income_total_yuan: Decimal | None
    expenditure_total_yuan: Decimal | None
    basic_yuan: Decimal | None
    project_yuan: Decimal | None
    personnel_yuan: Decimal | None
    operating_yuan: Decimal | None
    three_public_yuan: Decimal | None
    procurement_yuan: Decimal | None
    project_count: int | None


@dataclass(frozen=True)
class TotalPlace:
    """Where an amount of ``AgencyYear`` is printed; ``measure`` is its column without `_yuan`."""

    measure: str
    page_number: int | None
    cell_id: str


@dataclass(frozen=True)
class IncomeSource:
    """Income of a disclosure from one source."""

    income_source: str
    table_kind: str
    amount_yuan: Decimal
    share_of_total: Decimal | None
    total_yuan: Decimal | None
    page_number: int | None
    cell_id: str


@dataclass(frozen=True)
class Leaf:
    """A leaf of where the money of a disclosure goes, in one dimension."""

    dimension: str
    code: str
    name: str | None
    class_code: str | None
    class_name: str | None
    table_kind: str
    fund: str
    amount_yuan: Decimal
    total_yuan: Decimal
    printed_total_yuan: Decimal | None
    share_of_total: Decimal | None
    per_post_yuan: Decimal | None
    cell_count: int
    page_number: int | None
    cell_id: str


@dataclass(frozen=True)
class Choice:
    """A year, kind and scope of which something is held, with the number of agencies."""

    fiscal_year: int
    document_kind: str
    scope: str
    agencies: int


@dataclass(frozen=True)
class Peer:
    """An agency that can be compared; ``total_yuan`` is what its dimension adds up to."""

    agency_id: str
    agency_name: str
    region_name: str
    total_yuan: Decimal


@dataclass(frozen=True)
class Compared:
    """The leaf of one agency beside those of others."""

    agency_id: str
    agency_name: str
    region_name: str
    disclosure_id: str
    dimension: str
    code: str
    name: str | None
    fund: str
    amount_yuan: Decimal
    total_yuan: Decimal
    share_of_total: Decimal | None
    posts: Decimal | None
    posts_basis: str | None
    per_post_yuan: Decimal | None
    rank: int
    page_number: int | None
    cell_id: str


@dataclass(frozen=True)
class ThreePublic:
    """An item of 三公 in a year."""

    fiscal_year: int
    scope: str
    document_kind: str
    item: str
    basis: str
    fund: str
    amount_yuan: Decimal
    total_yuan: Decimal
    printed_total_yuan: Decimal | None
    page_number: int | None
    cell_id: str


@dataclass(frozen=True)
class Execution:
    """A final account beside its budget."""

    fiscal_year: int
    scope: str
    subject: str
    code: str | None
    name: str | None
    fund: str | None
    budget_source: str | None
    budget_yuan: Decimal | None
    adjusted_budget_yuan: Decimal | None
    final_yuan: Decimal | None
    execution_rate: Decimal | None
    rate_basis: str | None
    page_number: int | None
    cell_id: str | None
    budget_cell_id: str | None


@dataclass(frozen=True)
class Change:
    """A leaf beside that of the year before."""

    dimension: str
    code: str
    name: str | None
    table_kind: str
    fund: str
    prior_source: str
    amount_yuan: Decimal | None
    prior_amount_yuan: Decimal | None
    change_yuan: Decimal
    change_share: Decimal | None
    page_number: int | None
    cell_id: str | None
    prior_cell_id: str | None


@dataclass(frozen=True)
class ThemeSum:
    """Projects of one theme, added up within one year, kind and scope."""

    theme: str
    projects: int
    agencies: int
    budget_yuan: Decimal | None
    executed_yuan: Decimal | None


@dataclass(frozen=True)
class Project:
    """A project with what it is for."""

    project_id: str
    agency_name: str
    region_name: str
    fiscal_year: int
    project_name: str | None
    theme: str
    theme_words: list[str]
    budget_yuan: Decimal | None
    initial_budget_yuan: Decimal | None
    adjusted_budget_yuan: Decimal | None
    executed_yuan: Decimal | None
    execution_rate: Decimal | None
    score: Decimal | None
    page_number: int | None
    cell_id: str | None


@dataclass(frozen=True)
class Bought:
    """What is bought in one category and item of the catalogue."""

    agency_name: str
    region_name: str
    category: str | None
    catalogue_code: str | None
    catalogue_name: str | None
    amount_source: str
    fund: str
    amount_yuan: Decimal
    sme_reserved_yuan: Decimal | None
    micro_reserved_yuan: Decimal | None
    sme_share: Decimal | None
    line_count: int
    page_number: int | None
    cell_id: str | None

    @property
    def shown_code(self) -> str:
        """The code of the catalogue; '' where the mart has the name for want of a code."""
        code = self.catalogue_code or ""
        return "" if code == self.catalogue_name else code


@dataclass(frozen=True)
class Category:
    """What is bought in one category with one fund, added up within one year, kind and scope."""

    category: str | None
    fund: str
    amount_yuan: Decimal | None
    sme_reserved_yuan: Decimal | None
    agencies: int


@dataclass(frozen=True)
class Held:
    """A disclosure that is held, or that one would look for next."""

    region_code: str
    region_name: str
    province_name: str
    agency_id: str
    agency_name: str
    fiscal_year: int
    document_kind: str
    scope: str
    disclosure_id: str | None
    held: bool
    gap: str | None
    tables_held: int | None
    tables_missing: int | None
    tables_missing_zh: str | None


@dataclass(frozen=True)
class Region:
    """A region of which something is held."""

    region_code: str
    region_name: str
    agencies: int


@dataclass(frozen=True)
class Finding:
    """Something that a careful reader should know."""

    finding_id: str
    agency_id: str | None
    agency_name: str | None
    region_name: str | None
    fiscal_year: int | None
    document_kind: str | None
    scope: str | None
    kind: str
    severity: str
    disclosure_id: str | None
    document_id: str | None
    page_number: int | None
    description: str
    description_en: str
    left_printed: str | None
    right_printed: str | None


@dataclass(frozen=True)
class Counted:
    """How many findings there are of a severity and kind."""

    severity: str
    kind: str
    findings: int
