{{ stage_figures(['summary', 'fiscal_summary']) }}
