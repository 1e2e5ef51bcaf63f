-- Self-evaluation forms, one row a form, and their indicators with the cell of each score. Temporary tables of the judging
-- connection.

CREATE OR REPLACE TEMP TABLE form AS
SELECT f.document_id, f.statement_id, f.item AS project, any_value(h.first_page) AS page,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'executed') AS executed,
       max(f.half_width) FILTER (f.line_code = 'performance.funding' AND f.measure = 'executed') AS executed_half_width,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'full_year_budget') AS budget,
       max(f.half_width) FILTER (f.line_code = 'performance.funding' AND f.measure = 'full_year_budget') AS budget_half_width,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'initial_budget') AS initial_budget,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'left_over') AS left_over,
       max(f.half_width) FILTER (f.line_code = 'performance.funding' AND f.measure = 'left_over') AS left_over_half_width,
       max(f.printed_value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'execution_rate') AS rate,
       max(f.decimals) FILTER (f.line_code = 'performance.funding' AND f.measure = 'execution_rate') AS rate_decimals,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'weight') AS weight,
       max(f.value) FILTER (f.line_code = 'performance.funding' AND f.measure = 'score' AND f.state NOT IN ('blank', 'dash')) AS score,
       max(f.decimals) FILTER (f.line_code = 'performance.funding' AND f.measure = 'score') AS score_decimals,
       max(f.value) FILTER (f.line_code = 'performance.total_score' AND f.measure = 'score' AND f.state NOT IN ('blank', 'dash')) AS total_score,
       max(f.decimals) FILTER (f.line_code = 'performance.total_score' AND f.measure = 'score') AS total_decimals,
       list(f.cell_id ORDER BY f.cell_id) FILTER (f.line_code IN ('performance.funding', 'performance.total_score')) AS cells,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'executed') AS executed_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'full_year_budget') AS budget_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'initial_budget') AS initial_budget_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'left_over') AS left_over_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'execution_rate') AS rate_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.funding' AND f.measure = 'score') AS score_cell,
       max(f.cell_id) FILTER (f.line_code = 'performance.total_score' AND f.measure = 'score') AS total_cell
FROM figure f JOIN sheet h USING (statement_id)
WHERE f.sheet IN ('PF', 'PFW') AND f.line_code IN ('performance.funding', 'performance.total_score')
GROUP BY f.document_id, f.statement_id, f.item;

-- What stands in the rows of forms, without white space.
CREATE OR REPLACE TEMP TABLE form_text AS
SELECT c.document_id, c.table_no, c.row_no, c.cell_id, regexp_replace(c.raw_text, '\s', '', 'g') AS text
FROM disclosed_cell c SEMI JOIN (SELECT DISTINCT statement_id FROM disclosed_indicator) USING (statement_id)
WHERE c.raw_text <> '';

-- The first cell of a row with a text, right of the cell "after": the same text may stand as target and as what was reached.
CREATE OR REPLACE TEMP MACRO cell_in_row(document, number, row_number, printed, after) AS (
    SELECT min(c.cell_id) FROM form_text c
    WHERE c.document_id = document AND c.table_no = number AND c.row_no = row_number AND c.cell_id > after AND c.text = printed
);

-- Indicator rows with the cells of their texts, weights and scores.
CREATE OR REPLACE TEMP TABLE indicator AS
WITH named AS (
SELECT i.table_no, i.row_no AS printed_row, i.document_id, i.statement_id, row_of_statement(i.table_no, p.table_no, i.row_no) AS row_no, i.project, coalesce(i.level_one, '') AS level_one,
       coalesce(i.level_two, '') AS level_two, coalesce(i.level_three, '') AS level_three, coalesce(i.target, '') AS target,
       coalesce(i.actual, '') AS actual, i.weight, i.score, coalesce(i.deviation_reason, '') AS deviation_reason,
       w.cell_id AS weight_cell, s.cell_id AS score_cell,
       cell_in_row(i.document_id, i.table_no, i.row_no, i.level_three, '') AS name_cell,
       cell_in_row(i.document_id, i.table_no, i.row_no, i.target, '') AS target_cell
FROM disclosed_indicator i JOIN document_in_force d USING (document_id)
JOIN core.statement p ON p.statement_id = i.statement_id AND p.statement_code IN ('PF', 'PFW')
LEFT JOIN figure w ON w.statement_id = i.statement_id AND w.row_no = row_of_statement(i.table_no, p.table_no, i.row_no) AND w.line_code = 'performance.indicator'
    AND w.measure = 'weight'
LEFT JOIN figure s ON s.statement_id = i.statement_id AND s.row_no = row_of_statement(i.table_no, p.table_no, i.row_no) AND s.line_code = 'performance.indicator'
    AND s.measure = 'score'
)
SELECT * EXCLUDE (table_no, printed_row),
       cell_in_row(document_id, table_no, printed_row, actual, coalesce(target_cell, '')) AS actual_cell
FROM named;

-- What a form says in words beside a question of it: how the project went, what was learnt, which problems there are, what will
-- be done. The answer is the next cell of the question's row.
CREATE OR REPLACE TEMP TABLE answer AS
WITH cell AS MATERIALIZED (  -- or the text would be folded anew for every pattern
    SELECT c.statement_id, c.table_no, c.row_no, c.column_no, c.cell_id, regexp_replace(c.raw_text, '\s', '', 'g') AS text
    FROM disclosed_cell c SEMI JOIN form USING (statement_id) WHERE c.raw_text <> ''
), word AS MATERIALIZED (
    SELECT *,
           CASE WHEN length(text) > 24 OR regexp_matches(text, '^[不无未没暂]|[。；，]') THEN NULL
                WHEN regexp_matches(text, '存在.{0,6}问题') THEN 'problem'
                WHEN regexp_matches(text, '改进(?:措施|建议|方向)|下一步.{0,8}(?:措施|建议|打算|安排)') THEN 'improvement'
                WHEN regexp_matches(text, '经验') THEN 'experience'
                WHEN regexp_matches(text, '(?:情况|结果)(?:及|和|与)?分析') THEN 'account' END AS question
    FROM cell
)
SELECT f.document_id, f.statement_id, f.project, q.question, a.text, a.cell_id
FROM word q JOIN word a ON a.statement_id = q.statement_id AND a.table_no = q.table_no AND a.row_no = q.row_no
    AND a.column_no > q.column_no AND a.question IS NULL
JOIN form f ON f.statement_id = q.statement_id
WHERE q.question IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY q.cell_id ORDER BY a.column_no) = 1;

-- A rule over forms: one row a form, subject its project.
CREATE OR REPLACE TEMP MACRO first_number(text) AS
    TRY_CAST(nullif(regexp_extract(replace(text, ',', ''), '(\d+(?:\.\d+)?)', 1), '') AS DECIMAL(24, 6));
