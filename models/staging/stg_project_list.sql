{{ stage_figures([
    'project_list', 'performance_target', 'overall_performance_target',
    'self_evaluation', 'self_evaluation_summary', 'transfers',
]) }}
