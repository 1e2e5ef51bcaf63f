-- What rules read: the amounts of documents in force, keyed by the semantic sheet instead of the printed statement, so
-- that one rule serves final accounts and budgets. Temporary tables of the judging connection; never published.

-- Budget statements that answer to a final-accounts sheet. All others keep their own code.
CREATE OR REPLACE TEMP MACRO sheet_of(statement_code) AS CASE statement_code
    WHEN 'BT01' THEN 'T01' WHEN 'BT02' THEN 'T02' WHEN 'BT03' THEN 'T03' WHEN 'BT04' THEN 'T04' WHEN 'BT05' THEN 'T05'
    WHEN 'BT06' THEN 'T08' WHEN 'BT07' THEN 'T09' WHEN 'BT08' THEN 'T06' WHEN 'BT09' THEN 'T07'
    ELSE statement_code END;

-- Documents rules may speak about. Templates, superseded versions and unreadable files are judged by none.
CREATE OR REPLACE TEMP TABLE document_in_force AS
SELECT document_id, doc_kind, fiscal_year, scope, content, place, unit_id, unit_name, printed_unit_name, department_name,
       created_on, published_on, coalesce(is_identified, false) AS is_identified,
       coalesce(is_consolidated, false) AS is_consolidated
FROM core.document
WHERE status = 'loaded' AND is_current AND NOT coalesce(is_template, false) AND doc_kind IS NOT NULL;

-- Statements with numbers, counted within their document: cross-statement rules pair the n-th with the n-th, and only
-- where both sheets stand equally often (consolidated files print one set a unit).
CREATE OR REPLACE TEMP TABLE sheet AS
SELECT s.statement_id, s.document_id, s.statement_code, sheet_of(s.statement_code) AS sheet, s.first_page, s.status,
       s.money_unit, s.title, s.printed_year, s.printed_unit_name, s.statement_no, s.table_no, d.doc_kind, d.fiscal_year,
       row_number() OVER same_sheet AS instance,
       count(*) OVER (PARTITION BY s.document_id, sheet_of(s.statement_code)) AS instances
FROM core.statement s JOIN document_in_force d USING (document_id)
WHERE s.statement_code IS NOT NULL AND s.status = 'filled'
WINDOW same_sheet AS (PARTITION BY s.document_id, sheet_of(s.statement_code) ORDER BY s.statement_no);

CREATE OR REPLACE TEMP TABLE figure_without_parent AS
SELECT a.document_id, a.statement_id, h.doc_kind, h.sheet, a.statement_code, h.instance, h.instances, a.cell_id,
       a.row_no, a.column_no, coalesce(a.line_code, '') AS line_code, coalesce(a.measure, '') AS measure,
       coalesce(a.fund, 'all') AS fund,
       CASE WHEN a.stage IS NULL OR (h.doc_kind = 'final_accounts' AND a.stage = 'final')
                 OR (h.doc_kind = 'budget' AND a.stage = 'budget') THEN 'current' ELSE a.stage END AS stage,
       CASE WHEN a.functional_code IS NULL AND a.economic_code IS NOT NULL THEN '' ELSE coalesce(a.item, '') END AS item,
       coalesce(a.item, '') AS printed_item, coalesce(a.functional_code, '') AS functional_code,
       coalesce(a.economic_code, '') AS economic_code, coalesce(a.functional_code, a.economic_code, '') AS code,
       a.subject_name, a.state, a.unit, a.decimals, a.value AS printed_value, a.amount_yuan IS NOT NULL AS is_money,
       coalesce(a.amount_yuan, a.value) AS value,
       coalesce(CASE WHEN a.amount_yuan IS NOT NULL THEN a.half_width_yuan ELSE a.half_width END, 0) AS half_width,
       a.is_unit_inferred OR a.is_from_ocr AS is_doubtful
FROM core.amount a JOIN sheet h ON h.statement_id = a.statement_id
WHERE coalesce(a.amount_yuan, a.value) IS NOT NULL;

-- The nearest printed row above a coded row: a 项 under its 款 where that is printed, else under its 类.
CREATE OR REPLACE TEMP TABLE printed_code AS
SELECT DISTINCT statement_id, item, code FROM figure_without_parent WHERE code <> '';

CREATE OR REPLACE TEMP TABLE figure AS
WITH parented AS (
    SELECT c.*, coalesce(near.code, far.code) AS parent_code
    FROM (SELECT statement_id, item, code, left(code, length(code) - 2) AS near_code,
                 left(code, length(code) - 4) AS far_code FROM printed_code WHERE length(code) > 3) c
    LEFT JOIN printed_code near ON near.statement_id = c.statement_id AND near.item = c.item AND near.code = c.near_code
    LEFT JOIN printed_code far ON far.statement_id = c.statement_id AND far.item = c.item AND far.code = c.far_code
)
SELECT f.*, coalesce(p.parent_code, '') AS parent_code
FROM figure_without_parent f LEFT JOIN parented p USING (statement_id, item, code)
ORDER BY f.sheet, f.document_id;

DROP TABLE figure_without_parent;
