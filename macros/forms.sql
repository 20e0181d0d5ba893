{# Whether a row is of a kind of table that is about one project at a time. #}
{% macro is_form_of_project(rows) -%}
{{ rows }}.table_kind in ('performance_target', 'self_evaluation')
{%- endmacro %}

{# The projects that the forms of a group of rows are about, without spaces; none for other
   kinds of tables. #}
{% macro projects_of_forms(rows) -%}
coalesce(
            list(distinct replace({{ rows }}.project_name, ' ', '')) filter (
                where {{ rows }}.project_name is not null
                and {{ is_form_of_project(rows) }}
            ),
            cast([] as varchar[])
        )
{%- endmacro %}

{# Whether one document prints what a better one prints: the same table, or for forms that
   name their projects a form of one that the other has too. #}
{% macro prints_same_forms(projects, better_projects) -%}
(
        len({{ projects }}) = 0
        or len({{ better_projects }}) = 0
        or list_has_any({{ projects }}, {{ better_projects }})
    )
{%- endmacro %}
