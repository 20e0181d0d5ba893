-- Filled by the build when the candidate has been validated: the expectations look at
-- what the models made, so the models leave this table empty.
select
    cast(null as varchar) as validation_id,
    cast(null as varchar) as suite,
    cast(null as varchar) as expectation,
    cast(null as varchar) as grade,
    cast(null as varchar) as description,
    cast(null as varchar) as description_en,
    cast(null as integer) as broken_rows,
    cast(null as varchar) as first_broken,
    cast(null as boolean) as success
where false
