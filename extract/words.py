"""The closed lists of words that a vocabulary file may use, by column: words of the contract."""

from __future__ import annotations

_KINDS = """summary income expenditure fiscal_summary fiscal_expenditure fiscal_basic_economic
    general_public_expenditure basic_economic basic_economic_government basic_expenditure
    government_fund_expenditure state_capital_expenditure three_public agency_operating_cost
    project_list procurement purchased_services asset_allocation performance_target
    overall_performance_target self_evaluation self_evaluation_summary transfers unknown"""
_FUNDS = """all fiscal general_public_budget government_fund state_capital special_account
    unit_funds carryover surplus_used other_printed"""
_SOURCES = """total current_total fiscal_appropriation general_public_budget government_fund
    state_capital special_account institutional business superior_subsidy affiliate_remittance
    other surplus_used carryover_in donation debt other_printed"""
_COMPONENTS = """total current_total basic basic_personnel basic_operating project business
    remitted_to_superior subsidy_to_affiliates carryover_out surplus_distribution reserve
    other_printed personnel operating"""
_ITEMS = """total overseas_travel vehicles vehicle_purchase vehicle_operation reception meetings
    training total_with_meetings_training agency_operating_cost other_printed"""
_UNSETTLED_ITEMS = "vehicles_by_parts"
"""Words of a label that other labels of its table settle: no figure has them."""
_ROLES = """amount sme_reserved micro_reserved change quantity price line_no code code_class
    code_section code_item unit_code project_code name unit_name project_name project_type
    implementing_unit catalogue goods category function_text economic_text text"""

_FORM_FIELDS = """project_name project_code project_type project_nature implementing_unit
    department money_head money goal_expected goal_actual goal_long goal_year score grade
    indicators text"""
_FORM_COLUMNS = """level_1 level_2 level_3 target actual rate weight score reason operator unit
    rest money_initial_budget money_adjusted_budget money_executed money_arrived money_budget
    project_name project_code project_type implementing_unit grade goal task_name task_content"""

_TOPICS = """income_total expenditure_total fiscal_total general_public_total basic project
    personnel operating income_source function_item three_public_total overseas_travel vehicles
    vehicle_purchase vehicle_operation reception overseas_groups overseas_persons vehicles_held
    vehicles_bought reception_batches reception_persons agency_operating_cost procurement_total
    procurement_goods procurement_works procurement_services procurement_sme procurement_micro
    staff_authorised staff_actual assets_equipment performance_projects performance_funds
    procurement_goods_sme procurement_works_sme procurement_services_sme reserve
    government_fund_total state_capital_total both_totals bare_income_total bare_expenditure_total
    alone_income_total alone_expenditure_total left_out left_out_domestic left_out_foreign
    left_out_assets"""
_SECTIONS = """glossary duties single_project agency_operating_cost three_public procurement
    purchased_services assets performance staff government_fund state_capital basic general_public
    fiscal summary income expenditure none"""
_MEASURES = """initial_budget budget final executed completion share_percent increase decrease
    compare compare_budget above_budget below_budget unstated
    parts each respectively year prior this_year as_of fund_general fund_fiscal ordinal agency
    filler"""
_SAYS = """evaluation end score grade grade_word initial_budget adjusted_budget executed
    completion_percent list planned no_name proves allows above_budget below_budget level_budget
    above_year below_year level_year"""

CLOSED_WORDS: dict[str, frozenset[str]] = {
    "table_kind": frozenset(_KINDS.split()),
    "fund": frozenset(_FUNDS.split()),
    "default_fund": frozenset(_FUNDS.split()),
    "source": frozenset(_SOURCES.split()),
    "component": frozenset(_COMPONENTS.split()),
    "item": frozenset([*_ITEMS.split(), _UNSETTLED_ITEMS]),
    "basis": frozenset({"budget", "final", "prior_year_budget", "prior_year_final"}),
    "role": frozenset(_ROLES.split()),
    "row_kind": frozenset({"total", "subtotal", "line", "of_which", "unit", "count"}),
    "side": frozenset({"income", "expenditure", "economic", "three_public", "any"}),
    "unit": frozenset({"yuan", "wan_yuan"}),
    "topic": frozenset(_TOPICS.split()),
    "follows": frozenset(_TOPICS.split()),
    "section": frozenset(_SECTIONS.split()),
    "measure": frozenset(_MEASURES.split()),
    "place": frozenset({"lead", "tail"}),
    "says": frozenset(_SAYS.split()),
    "unit_kind": frozenset({"money", "percent", "count"}),
    "form_field": frozenset(_FORM_FIELDS.split()),
    "form_column": frozenset(_FORM_COLUMNS.split()),
    "money_basis": frozenset({"year", "whole_period"}),
    "horizon": frozenset({"year", "long_term", "prior_year"}),
    "target_part": frozenset({"operator", "suffix", "date", "qualitative", "unit"}),
    "target_word": frozenset({"<=", "<", ">=", ">", "=", "qualitative"}),
}
"""Words that a column of this name may hold; an empty value is always allowed."""
