"""The Chinese of what the expectations say, by their names; the English stands in the suites."""

GRADES = {"must": "必须 must", "worth_knowing": "值得知道 worth knowing"}
"""The two grades as the pages call them."""

_CHINESE = {
    # raw
    "some_document_read": "至少读出一份文件",
    "a_content_lands_once": "同一内容只入库一次，无论有几个文件",
    "no_figure_is_lost": (
        "上一版中某文件已有的数字，本版一个不少（若确应减少，请发布到另一个 WAREHOUSE）"
    ),
    "pages_exist": "文件有页",
    "figures_are_conserved": "表页上的数字，或在单元格内，或在页上别处，或列为剩余",
    "left_over_is_named": "剩余的数字在该页的审计中逐一列出",
    "nothing_left_over": "表页上没有剩余的数字",
    "second_reader_agrees": "读过两遍的页，两种读法所见相同",
    "tables_exist": "文件有表",
    "recognised_tables_give_facts": "认出且有数字的表，十有九张入库",
    "every_recognised_table_gives_facts": "认出且有数字的表都入库",
    "cells_exist": "文件有单元格",
    "cell_ids_are_unique": "一个单元格只有一个编号",
    "figures_are_complete": "无疑问的数字都有印刷文字、数值和单位",
    "no_cell_in_doubt": "认出的表中没有存疑的数字",
    # core
    "documents_exist": "有文件",
    "identity_is_whole": "属于某次公开的文件，部门、地区、年度、种类、范围齐全",
    "no_identity_no_silence": "不属于任何一次公开的文件，都在隔离清单中",
    "disclosures_exist": "有公开",
    "one_current_document_per_kind": "一次公开的一种表，只以一份文件为准",
    "a_figure_is_one_fact": "一个印刷的数字只入库一次，只属一张表",
    "floor_of_rows": "本类表中的数字，至少五分之一入库",
    "fact_has_its_cell": "每个数字都有出处：同一文件中的单元格，印刷文字相同",
    "amount_is_the_print_in_yuan": "金额等于印刷的数值换算为元",
    "identity_is_known": "每个数字所属的公开，身份齐全",
    "nothing_counts_twice": "现行的合计只有一个，有编码的行只在一张表内",
    "classes_make_the_total": "一张表的各类之和，在进位以内等于合计，否则已列为发现",
    "summary_agrees_with_income": "收支总表与收入总表的合计相同，否则已列为发现",
    "summary_agrees_with_expenditure": "收支总表与支出总表的合计相同，否则已列为发现",
    "fiscal_summary_agrees_with_fiscal_expenditure": (
        "财政拨款收支总表与财政拨款支出表的合计相同，否则已列为发现"
    ),
    # audit
    "facts_are_checked": "有收入和支出数字的公开，都核对过勾稽关系",
    "broken_identity_is_a_finding": "不成立的勾稽关系，都列为发现",
    "status_follows_from_the_figures": "两方之差超过进位容差的核对，才记为不成立",
    "identities_hold": "文件的勾稽关系成立",
    "decisions_are_followed": "人已裁定的单元格，已确认并移出隔离",
    "confirmed_means_decided": "标为确认的数字，都由人裁定过单元格或单位",
    "pages_are_audited": "审计中有页",
    "every_page_is_audited": "每一表页都有审计",
    "this_run_is_recorded": "本次构建有记录",
    "runs_are_unique": "一次构建只记录一次",
    "quarantine_is_complete": "读取时隔离的，都在审计中",
    # change
    "every_change_has_a_reason": "与上一版的差别都有原因：文件、读取程序、词表、模型或裁定",
    "figures_add_up": "上一版的数字，加新增、减消失，等于本版的数字",
    "documents_add_up": "上一版的文件，加新增、减消失，等于本版的文件",
    "a_first_publication_changes_nothing": "没有上一版，就没有差别",
    "documents_stay_out_of_quarantine": "上一版有数字的文件，本版仍有",
    "one_print_has_one_amount": "同一文件的同一数字，金额不变，除非由人裁定",
    # marts
    "marts_have_rows": "每次公开有一行",
    "one_row_per_disclosure": "一次公开只有一行",
    "no_disclosure_is_lost": "每次公开都在其中",
    "income_total_is_a_fact": "收入合计是该公开印刷的现行数字",
    "expenditure_total_is_a_fact": "支出合计是该公开印刷的现行数字",
    "three_public_is_a_fact": "三公经费合计是该公开印刷的现行数字",
    "agencies_have_totals": "每次公开都有收入合计和支出合计",
    "comparison_has_rows": "有按功能分类的支出，就有比较",
    "amounts_are_sums_of_facts": "金额等于该类在一种表中现行数字之和",
    "leaves_make_the_total": "一张表的最末级科目之和等于其合计，进位之差除外",
    "purchases_are_the_lines": "一次公开的采购额等于采购表明细之和，每行只计一次",
    "items_are_facts": "三公经费各项金额是该公开的现行数字",
    "projects_are_the_same": "现行的项目都在项目组合中，各一次",
    "held_is_what_is_held": "收录的公开各有一行，未收录的没有",
    "findings_are_the_same": "供分析的发现与审计中的发现一一对应",
    "compared_once": "一个部门的一个年度和类型只取一份公开，部门口径优先",
    "shares_are_shares": "没有负数时，占比在 0 与 1 之间",
}


def chinese(name: str) -> str:
    """Return what the expectation of that name says, in Chinese; KeyError when nobody wrote it."""
    return _CHINESE[name]


def names() -> frozenset[str]:
    """Return the names of the expectations that have their Chinese."""
    return frozenset(_CHINESE)
