-- What rules read of all bodies of a district: one or a few rows a document. Temporary tables of the judging connection. Where
-- a large corpus is judged slice by slice, these are gathered from the slices, and rules that reach over the district read them,
-- documents.sql and the tables of core, nothing else.

-- Bodies of one tree: a department and its units, and the units of one department. What they share needs no explanation.
CREATE OR REPLACE TEMP TABLE body AS
SELECT d.document_id, d.unit_id, d.unit_name, d.doc_kind, d.fiscal_year, d.scope, d.content,
       coalesce(any_value(v.parent_unit_id), d.unit_id) AS tree_id, any_value(v.nature) AS nature,
       any_value(d.department_name) AS department_name, any_value(d.place) AS place
FROM document_in_force d LEFT JOIN core.unit v ON v.unit_id = d.unit_id AND v.is_current
WHERE d.unit_id IS NOT NULL AND d.fiscal_year IS NOT NULL AND d.is_identified
GROUP BY d.document_id, d.unit_id, d.unit_name, d.doc_kind, d.fiscal_year, d.scope, d.content;

-- The finest amounts of a document: expenditure by item (basic and project) and basic expenditure by economic subject. An
-- independent fact each, so that counting them counts nothing twice.
CREATE OR REPLACE TEMP TABLE leaf_amount AS
SELECT f.document_id, f.sheet, f.code, f.measure, f.value, f.half_width, f.cell_id, f.decimals, f.unit
FROM figure f
WHERE f.stage = 'current' AND f.instances = 1 AND f.item = '' AND f.is_money AND f.value > 0
  AND ((f.sheet = 'T03' AND length(f.functional_code) = 7 AND f.measure IN ('basic', 'project'))
       OR (f.sheet = 'T06' AND length(f.economic_code) = 5 AND f.functional_code = '' AND f.measure = 'total'));

-- Outliers among at least eight bodies of one place, nature, kind, year and scope, by the robust z value 0.6745 (x - median) / MAD
-- (Iglewicz and Hoaglin 1993): the bound that |z| <= 3.5 allows. Ratios, not money: decimals of the bound are enough.
CREATE OR REPLACE TEMP MACRO bound_among_peers(measured) AS TABLE
WITH grouped AS (
    SELECT m.document_id, m.value, m.evidence, b.nature, b.place, b.doc_kind, b.fiscal_year, b.scope
    FROM query_table(measured) m JOIN body b USING (document_id) WHERE b.nature IS NOT NULL AND m.value IS NOT NULL
), centred AS (
    SELECT *, median(value) OVER peers AS middle, count(*) OVER peers AS peers FROM grouped
    WINDOW peers AS (PARTITION BY nature, place, doc_kind, fiscal_year, scope)
), spread AS (
    SELECT *, median(abs(value - middle)) OVER (PARTITION BY nature, place, doc_kind, fiscal_year, scope) AS deviation FROM centred
)
SELECT document_id, '' AS subject, value AS actual, 0 AS actual_half_width,
       (middle + 3.5 * deviation / 0.6745)::DECIMAL(32, 6) AS expected, 0 AS expected_half_width, peers::INTEGER AS part_count, evidence
FROM spread WHERE peers >= 8 AND deviation > 0;

-- What is compared among bodies of one kind.
CREATE OR REPLACE TEMP TABLE head_count AS
SELECT document_id, max(value) AS heads, min(claim_id) AS claim_id
FROM said WHERE metric = 'count' AND line_code IN ('organisation.staff', 'organisation.posts') AND value > 0 AND NOT is_in_reason
GROUP BY document_id HAVING count(DISTINCT (line_code, value)) = count(DISTINCT line_code);

-- A kind of basic expenditure for each head: printed as a row of its own, or as the column of a total row.
CREATE OR REPLACE TEMP MACRO per_head(total_line, total_measure) AS TABLE
SELECT f.document_id, (f.value / h.heads)::DECIMAL(32, 6) AS value, [f.cell_id, h.claim_id] AS evidence
FROM (SELECT document_id, max(value) AS value, min(cell_id) AS cell_id FROM figure
      WHERE sheet = 'T06' AND stage = 'current' AND instances = 1
        AND (line_code = total_line OR (line_code = 'economic.total' AND measure = total_measure))
      GROUP BY document_id HAVING min(value) = max(value)) f JOIN head_count h USING (document_id);

CREATE OR REPLACE TEMP TABLE general_operating_per_head AS
FROM per_head('economic.general_operating_total', 'general_operating');
CREATE OR REPLACE TEMP TABLE personnel_per_head AS FROM per_head('economic.personnel_total', 'personnel');

CREATE OR REPLACE TEMP TABLE project_share AS
SELECT t.document_id, (p.value * 100 / t.value)::DECIMAL(32, 6) AS value, [p.cell_id, t.cell_id] AS evidence
FROM figure t JOIN figure p USING (statement_id, line_code, stage, fund, item)
WHERE t.sheet = 'T03' AND t.line_code = 'functional.total' AND t.measure = 'total' AND p.measure = 'project' AND t.stage = 'current'
  AND t.instances = 1 AND t.item = '' AND t.value > 0;

CREATE OR REPLACE TEMP TABLE procurement_share AS
SELECT t.document_id, (p.value * 100 / t.value)::DECIMAL(32, 6) AS value, [p.evidence_id, t.cell_id] AS evidence
FROM (SELECT document_id, max(value) AS value, min(evidence_id) AS evidence_id FROM (
          SELECT document_id, value, cell_id AS evidence_id FROM figure WHERE line_code = 'procurement.total' AND stage = 'current'
          UNION ALL
          SELECT document_id, value, claim_id FROM said WHERE line_code = 'procurement.total' AND metric = 'amount' AND basis = 'none'
             AND NOT is_in_reason)
      GROUP BY document_id HAVING min(value) = max(value)) p
JOIN figure t USING (document_id)
WHERE t.sheet = 'T03' AND t.line_code = 'functional.total' AND t.measure = 'total' AND t.stage = 'current' AND t.instances = 1
  AND t.item = '' AND t.value > 0;

-- Hospitality for each batch, running cost for each car, in 元.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT document_id, line_code, unit, min(value) AS value, min(evidence_id) AS evidence_id
FROM (SELECT document_id, line_code, unit, value, cell_id AS evidence_id FROM figure WHERE measure = 'count' AND stage = 'current' AND NOT is_money
      UNION ALL
      SELECT document_id, line_code, unit, value, claim_id FROM said WHERE metric = 'count' AND basis = 'none' AND NOT is_in_reason
         AND coalesce(subject_year, fiscal_year) = fiscal_year)
WHERE line_code <> '' AND value > 0 GROUP BY document_id, line_code, unit HAVING min(value) = max(value);

CREATE OR REPLACE TEMP TABLE cost_per_batch AS
SELECT f.document_id, (f.value / c.value)::DECIMAL(32, 6) AS value, [f.cell_id, c.evidence_id] AS evidence
FROM figure f JOIN counted c USING (document_id)
WHERE f.sheet = 'T07' AND f.line_code = 'three_public.hospitality' AND f.stage = 'current' AND f.instances = 1 AND f.value > 0
  AND c.line_code LIKE 'three_public.hospitality%' AND c.unit IN ('批', '批次', '次');
CREATE OR REPLACE TEMP TABLE cost_per_car AS
SELECT f.document_id, (f.value / c.value)::DECIMAL(32, 6) AS value, [f.cell_id, c.evidence_id] AS evidence
FROM figure f JOIN counted c USING (document_id)
WHERE f.sheet = 'T07' AND f.line_code = 'three_public.vehicle_operation' AND f.stage = 'current' AND f.instances = 1 AND f.value > 0
  AND c.line_code = 'vehicles.total' AND c.unit = '辆';
