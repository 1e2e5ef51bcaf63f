-- All identities that the rules of a run ask for (identity_asked), reckoned at once: one plan instead of one for each.
-- What a term and an identity mean stands at term() and identity() in macros.sql.
CREATE OR REPLACE TEMP TABLE identity_row AS
WITH call AS (
    SELECT DISTINCT identity_key(call) AS asked, call.across AS across,
           list_concat(list_transform(call.left_terms, lambda term: {'side': 1, 'term': term}),
                       list_transform(call.right_terms, lambda term: {'side': 2, 'term': term})) AS terms
    FROM identity_asked
), listed AS (
    SELECT asked, across, generate_subscripts(terms, 1) AS term_no, unnest(terms) AS listed FROM call
), numbered AS (
    SELECT asked, across, term_no, listed.side AS side, unnest(listed.term) FROM listed
), found AS (
    SELECT n.asked, n.term_no, n.side, n.weight, n.required, n.many, f.document_id, f.instance, f.instances, f.cell_id, f.value,
           f.half_width, f.statement_id, f.measure, f.fund, f.stage, f.functional_code, f.state IN ('blank', 'dash') AS is_blank,
           CASE WHEN list_contains(across, 'measure') THEN f.measure ELSE '' END AS by_measure,
           CASE WHEN list_contains(across, 'fund') THEN f.fund ELSE '' END AS by_fund,
           CASE WHEN list_contains(across, 'functional') THEN f.functional_code ELSE '' END AS by_functional,
           CASE WHEN list_contains(across, 'economic') THEN f.economic_code ELSE '' END AS by_economic,
           CASE WHEN list_contains(across, 'stage') THEN f.stage ELSE '' END AS by_stage,
           CASE WHEN list_contains(across, 'item') THEN f.item ELSE '' END AS by_item
    FROM numbered n JOIN figure f ON f.sheet = n.sheet AND f.line_code = n.line
        AND (f.measure = n.measure OR list_contains(across, 'measure'))
        AND (f.fund = n.fund OR n.fund = 'any' OR list_contains(across, 'fund'))
        AND (f.stage = n.stage OR list_contains(across, 'stage'))
        AND (f.functional_code = n.functional OR n.functional = '')
        AND (f.economic_code = n.economic OR n.economic = '')
), met AS (
    FROM found WHERE NOT many OR functional_code = ''
    UNION ALL BY NAME
    -- a class that is printed again under the same name as its own 款 counts once
    FROM found WHERE many AND functional_code <> ''
    QUALIFY row_number() OVER (PARTITION BY asked, term_no, statement_id, measure, fund, stage, functional_code, value
                               ORDER BY cell_id) = 1
), by_term AS (
    SELECT asked, document_id, instance, instances, by_measure, by_fund, by_functional, by_economic, by_stage, by_item, term_no,
           any_value(side) AS side, any_value(weight) AS weight, any_value(required) AS required,
           CASE WHEN any_value(many) THEN sum(value) ELSE min(value) END AS value,
           CASE WHEN any_value(many) THEN sum(half_width) ELSE max(half_width) END AS half_width,
           CASE WHEN any_value(many) THEN count(*) FILTER (value <> 0) ELSE (max(value) <> 0)::INTEGER END AS parts,
           NOT any_value(many) AND min(value) <> max(value) AS is_ambiguous, bool_and(is_blank) AS is_blank,
           list(cell_id ORDER BY cell_id) AS cells, any_value(many) AS many
    FROM met GROUP BY ALL
), whole AS (  -- most groups lack a term: no lists are made for them
    SELECT asked, document_id, instance, instances, by_measure, by_fund, by_functional, by_economic, by_stage, by_item
    FROM by_term JOIN (SELECT asked, count(*) FILTER (required) AS required_terms FROM numbered GROUP BY asked) USING (asked)
    GROUP BY asked, required_terms, document_id, instance, instances, by_measure, by_fund, by_functional, by_economic, by_stage,
             by_item
    HAVING count(*) FILTER (required) = required_terms AND count(*) FILTER (side = 1) > 0 AND count(*) FILTER (side = 2) > 0
), complete AS (
    SELECT asked, document_id, instance, instances, by_item, by_measure, by_fund, by_functional, by_economic, by_stage,
           coalesce(sum(weight * value) FILTER (side = 1), 0) AS actual,
           coalesce(sum(abs(weight) * half_width) FILTER (side = 1), 0) AS actual_half_width,
           coalesce(sum(weight * value) FILTER (side = 2), 0) AS expected,
           coalesce(sum(abs(weight) * half_width) FILTER (side = 2), 0) AS expected_half_width,
           sum(parts) FILTER (side = 2) AS part_count,
           flatten(list(cells ORDER BY term_no)) AS evidence,
           -- how each piece of evidence counts: a term printed twice counts once
           flatten(list(list_transform(cells, lambda cell, place: CASE WHEN many OR place = 1
                                       THEN weight * CASE side WHEN 1 THEN 1 ELSE -1 END ELSE 0 END) ORDER BY term_no)) AS signs,
           CASE WHEN bool_or(is_ambiguous) THEN 'input_ambiguous'
                -- a total that is left blank above filled parts says nothing of them (BLANK-TOTAL tells)
                WHEN bool_and(is_blank) FILTER (side = 1) AND sum(abs(value)) FILTER (side = 2) <> 0
                THEN 'input_not_found' END AS reason
    FROM by_term SEMI JOIN whole USING (
        asked, document_id, instance, instances, by_measure, by_fund, by_functional, by_economic, by_stage, by_item)
    GROUP BY asked, document_id, instance, instances, by_item, by_measure, by_fund, by_functional, by_economic, by_stage
)
SELECT asked, document_id,
       subject_of(instance, instances, [by_item, by_measure, by_fund, by_functional, by_economic, by_stage]) AS subject,
       actual, actual_half_width, expected, expected_half_width, part_count, evidence, signs, reason
FROM complete;
