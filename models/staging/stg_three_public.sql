{{ stage_figures(['three_public']) }}
