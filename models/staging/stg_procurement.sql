{{ stage_figures(['procurement', 'purchased_services', 'asset_allocation']) }}
