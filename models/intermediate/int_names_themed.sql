-- What projects and bought items are for, by the words in their names: the theme of
-- the word with the lowest priority, and all words of that theme that the name holds.
with

words as (

    select * from {{ ref('theme_word') }}

),

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

-- the name of the agency within that of its project says nothing of the project
projects as (

    select distinct
        'project' as place,
        projects.project_name as name,
        disclosures.agency_name,
        replace(projects.project_name, disclosures.agency_name, '') as searched_name
    from {{ ref('fct_project') }} as projects
    inner join disclosures
        on projects.disclosure_id = disclosures.disclosure_id
    where projects.project_name is not null

),

catalogue_items as (

    select distinct
        'catalogue' as place,
        catalogue_name as name,
        '' as agency_name,
        catalogue_name as searched_name
    from {{ ref('fct_procurement') }}
    where catalogue_name is not null

),

names as (

    select * from projects

    union all

    select * from catalogue_items

),

found as (

    select
        names.place,
        names.name,
        names.agency_name,
        words.theme,
        words.word,
        words.priority
    from names
    inner join words
        on
            contains({{ printed_name_key('names.searched_name') }}, words.word)
            and words.place in ('any', names.place)

),

decided as (

    select
        place,
        name,
        agency_name,
        min_by(theme, priority) as theme
    from found
    group by place, name, agency_name

),

final as (

    select
        names.place,
        names.name,
        names.agency_name,
        coalesce(decided.theme, 'other') as theme,
        coalesce(
            list(found.word order by found.priority) filter (
                where found.theme = decided.theme
            ),
            []
        ) as theme_words
    from names
    left join decided
        on
            names.place = decided.place
            and names.name = decided.name
            and names.agency_name = decided.agency_name
    left join found
        on
            names.place = found.place
            and names.name = found.name
            and names.agency_name = found.agency_name
    group by names.place, names.name, names.agency_name, decided.theme

)

select * from final
