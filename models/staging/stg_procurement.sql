{{ stage_figures(['procurement']) }}
