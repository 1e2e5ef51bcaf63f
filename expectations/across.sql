-- What rules read across documents: the same body's last year, its budget of the same year, a department and its units.
-- Temporary tables of the judging connection.

-- Bodies that came out of others, in the years in which their books begin anew: what was before is another body's.
CREATE OR REPLACE TEMP TABLE body_made_anew AS
SELECT unit_id, unnest([year(valid_from), year(valid_from) + 1])::INTEGER AS fiscal_year
FROM core.unit WHERE predecessor_unit_id IS NOT NULL AND valid_from IS NOT NULL;

-- Two disclosures that could both be meant prove nothing, and neither does one whose year is in doubt.
CREATE OR REPLACE TEMP MACRO neighbour(years_back, own_kind, other_kind) AS TABLE
SELECT a.document_id, min(b.document_id) AS other_id
FROM document_in_force a JOIN document_in_force b ON b.unit_id = a.unit_id AND b.fiscal_year = a.fiscal_year - years_back
    AND coalesce(b.scope, '') = coalesce(a.scope, '') AND a.document_id <> b.document_id
WHERE a.doc_kind IN (own_kind, CASE own_kind WHEN 'any' THEN a.doc_kind END)
  AND b.doc_kind = CASE other_kind WHEN 'same' THEN a.doc_kind ELSE other_kind END
  AND a.is_identified AND b.is_identified AND a.content IN ('full', 'tables', 'narrative') AND b.content IN ('full', 'tables')
  AND a.document_id NOT IN (FROM year_in_doubt) AND b.document_id NOT IN (FROM year_in_doubt)
  AND (years_back = 0 OR (a.unit_id, a.fiscal_year) NOT IN (SELECT (unit_id, fiscal_year) FROM body_made_anew))
GROUP BY a.document_id HAVING count(*) = 1;

CREATE OR REPLACE TEMP TABLE prior_document AS
SELECT document_id, other_id AS prior_id FROM neighbour(1, 'any', 'same');
CREATE OR REPLACE TEMP TABLE budget_document AS
SELECT document_id, other_id AS budget_id FROM neighbour(0, 'final_accounts', 'budget');
CREATE OR REPLACE TEMP TABLE accounts_document AS
SELECT document_id, other_id AS accounts_id FROM neighbour(1, 'budget', 'final_accounts');

-- ---- One body over the years ------------------------------------------------------------------------------------

-- What a context says of its subject, where its own statement prints the same, with the same place in last year's statement.
-- Of several such places (a total in two fund columns) the one that comes nearest to what is implied is meant.
CREATE OR REPLACE TEMP TABLE place_last_year AS
SELECT s.document_id, s.context_no, s.claim_id AS amount_claim_id, f.cell_id, f.sheet, f.value, f.half_width,
       g.cell_id AS prior_cell_id, g.value AS prior_value, g.half_width AS prior_half_width
FROM said_figure s JOIN figure f USING (cell_id)
JOIN prior_document p ON p.document_id = s.document_id
JOIN figure g ON g.document_id = p.prior_id AND g.sheet = f.sheet AND g.line_code = f.line_code AND g.measure = f.measure
    AND g.functional_code = f.functional_code AND g.economic_code = f.economic_code AND g.fund = f.fund AND g.stage = f.stage
    AND g.item = f.item AND g.instances = 1 AND g.is_money AND g.state NOT IN ('blank', 'dash')
WHERE s.metric = 'amount' AND s.basis = 'none' AND s.context_no IS NOT NULL AND s.is_money AND f.stage = 'current'
  AND abs(s.value - f.value) <= s.half_width + f.half_width;

-- 比上年增加: the amount of last year that this implies, against the one that was published. A change is worked out from
-- figures rounded to its own last digit, whatever the statements print.
CREATE OR REPLACE TEMP TABLE implied_prior AS
SELECT c.document_id, c.claim_id, c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text,
       c.basis, c.direction, l.sheet,
       l.value - CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END AS implied,
       greatest(l.half_width, c.half_width) + c.half_width AS implied_half_width,
       l.prior_value, greatest(l.prior_half_width, c.half_width) AS prior_half_width,
       [c.claim_id, l.amount_claim_id, l.prior_cell_id] AS evidence
FROM said c JOIN place_last_year l ON l.document_id = c.document_id AND l.context_no = c.context_no
WHERE c.metric = 'change' AND c.is_money AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
  AND c.basis = CASE c.doc_kind WHEN 'budget' THEN 'prior_budget' ELSE 'prior_year_final' END
QUALIFY row_number() OVER (PARTITION BY c.claim_id ORDER BY abs(
    l.value - CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END - l.prior_value), l.prior_cell_id) = 1;

CREATE OR REPLACE TEMP MACRO implied_prior_year() AS TABLE
SELECT document_id, line_code, functional_code,
       said_subject(line_code, measure, functional_code, economic_code, functional_path, subject_text, basis) AS subject,
       implied AS actual, implied_half_width AS actual_half_width, prior_value AS expected,
       prior_half_width AS expected_half_width, 1 AS part_count, evidence
FROM implied_prior;

-- The same for a total that no statement prints, only the text of both years: last year's text is held against what is implied,
-- where it says one amount of it.
CREATE OR REPLACE TEMP TABLE implied_by_texts AS
WITH told AS (
    SELECT document_id, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id
    FROM said WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND line_code LIKE '%.total'
      AND functional_code = '' AND economic_code = '' AND coalesce(subject_year, fiscal_year) = fiscal_year
    GROUP BY ALL HAVING min(value) = max(value)
)
SELECT c.document_id, c.line_code, c.basis, c.subject_text,
       a.value - CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END AS implied,
       greatest(a.half_width, c.half_width) + c.half_width AS implied_half_width,
       b.value AS prior_value, greatest(b.half_width, c.half_width) AS prior_half_width, [c.claim_id, a.claim_id, b.claim_id] AS evidence
FROM said c
JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none' AND a.line_code = c.line_code
JOIN prior_document p ON p.document_id = c.document_id
JOIN told b ON b.document_id = p.prior_id AND b.line_code = c.line_code
WHERE c.metric = 'change' AND c.is_money AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
  AND c.functional_code = '' AND c.economic_code = ''
  AND c.basis = CASE c.doc_kind WHEN 'budget' THEN 'prior_budget' ELSE 'prior_year_final' END
  AND (c.document_id, c.line_code) NOT IN (SELECT (document_id, line_code) FROM implied_prior)
QUALIFY count(*) OVER (PARTITION BY c.document_id, c.line_code) = 1;

-- ---- A department and its units ---------------------------------------------------------------------------------

-- Units of a department in the year of its disclosure: by the registry as it was in that year, by the department they print,
-- or the department's own level.
CREATE OR REPLACE TEMP TABLE department_unit AS
WITH belonging AS (
    SELECT u.document_id AS unit_document_id, coalesce(
               arg_max(v.parent_unit_id, v.version_no) FILTER (
                   coalesce(v.valid_from, DATE '0001-01-01') <= make_date(u.fiscal_year, 12, 31)
                   AND coalesce(v.valid_to, DATE '9999-12-31') >= make_date(u.fiscal_year, 1, 1)),
               arg_max(v.parent_unit_id, v.version_no) FILTER (v.is_current)) AS parent_unit_id
    FROM document_in_force u LEFT JOIN core.unit v ON v.unit_id = u.unit_id
    WHERE u.scope = 'unit' GROUP BY u.document_id
)
SELECT d.document_id AS department_document_id, u.document_id AS unit_document_id, u.unit_id, d.unit_id AS department_unit_id,
       u.unit_id = d.unit_id AS is_own_level
FROM document_in_force u JOIN belonging b ON b.unit_document_id = u.document_id
JOIN document_in_force d ON d.doc_kind = u.doc_kind AND d.fiscal_year = u.fiscal_year AND d.scope = 'department'
    AND d.document_id <> u.document_id
    AND (d.unit_id = u.unit_id OR d.unit_id = b.parent_unit_id OR d.unit_name = u.department_name)
WHERE u.content IN ('full', 'tables') AND d.content IN ('full', 'tables')
QUALIFY count(*) OVER (PARTITION BY u.document_id) = 1
    AND count(*) OVER (PARTITION BY d.document_id, u.unit_id) = 1;

-- Whether all units are there is not ours to know, but the numbers tell: most subjects of the department are the sum of its
-- units, or its total is. Nothing is asked of a department with a unit missing.
CREATE OR REPLACE TEMP TABLE department_row AS
WITH part AS (
    SELECT m.department_document_id, f.sheet, f.line_code, f.functional_code, f.measure, f.stage, f.fund, sum(f.value) AS value,
           sum(f.half_width) AS half_width, count(*) FILTER (f.value <> 0) AS parts, list(f.cell_id ORDER BY f.cell_id) AS cells
    FROM department_unit m JOIN figure f ON f.document_id = m.unit_document_id
    WHERE f.sheet IN ('T03', 'T05', 'T07') AND f.instances = 1 AND f.item = '' AND f.is_money
      AND (f.line_code IN ('functional.total', 'functional.item') OR f.sheet = 'T07') AND f.measure IN ('total', 'basic', 'project')
    GROUP BY ALL
)
SELECT d.document_id, d.sheet, d.line_code, d.functional_code, d.measure, d.stage, d.fund, d.cell_id, d.value, d.half_width,
       coalesce(p.value, 0) AS parts_value, coalesce(p.half_width, 0) AS parts_half_width, coalesce(p.parts, 0) AS parts,
       list_prepend(d.cell_id, coalesce(p.cells, [])) AS evidence,
       judge_sum(d.value, d.half_width, coalesce(p.value, 0), coalesce(p.half_width, 0),
                 coalesce(p.parts, 0)::INTEGER).verdict <> 'violated' AS holds
FROM figure d JOIN (SELECT DISTINCT department_document_id FROM department_unit) m ON m.department_document_id = d.document_id
LEFT JOIN part p ON p.department_document_id = d.document_id AND p.sheet = d.sheet AND p.line_code = d.line_code
    AND p.functional_code = d.functional_code AND p.measure = d.measure AND p.stage = d.stage AND p.fund = d.fund
WHERE d.sheet IN ('T03', 'T05', 'T07') AND d.instances = 1 AND d.item = '' AND d.is_money
  AND (d.line_code IN ('functional.total', 'functional.item') OR d.sheet = 'T07') AND d.measure IN ('total', 'basic', 'project')
  AND NOT (d.state IN ('blank', 'dash') AND coalesce(p.value, 0) <> 0);

CREATE OR REPLACE TEMP TABLE complete_department AS
SELECT document_id FROM department_row
WHERE sheet = 'T03' AND measure = 'total' AND stage = 'current' AND value <> 0
GROUP BY document_id
HAVING count(*) FILTER (holds) >= 3 AND count(*) FILTER (holds) * 3 >= count(*) * 2;

CREATE OR REPLACE TEMP MACRO department_sums(sheets) AS TABLE
SELECT document_id, concat_ws(' ', sheet, nullif(functional_code, ''), CASE WHEN functional_code = '' THEN line_code END,
                              nullif(measure, 'total'), nullif(stage, 'current'), nullif(fund, 'all')) AS subject,
       value AS actual, half_width AS actual_half_width, parts_value AS expected, parts_half_width AS expected_half_width,
       parts AS part_count, evidence
FROM department_row SEMI JOIN complete_department USING (document_id) WHERE list_contains(sheets, sheet);
