{{ stage_figures(['project_list']) }}
