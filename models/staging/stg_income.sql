{{ stage_figures(['income']) }}
