-- What rules read: the amounts of documents in force (documents.sql), keyed by the semantic sheet instead of the printed
-- statement, so that one rule serves final accounts and budgets. Temporary tables of the judging connection; never published.

-- Statements with numbers, counted within their document: cross-statement rules pair the n-th with the n-th, and only
-- where both sheets stand equally often (consolidated files print one set a unit).
CREATE OR REPLACE TEMP TABLE sheet AS
SELECT s.statement_id, s.document_id, s.statement_code, sheet_of(s.statement_code) AS sheet, s.first_page, s.status,
       s.money_unit, s.title, s.printed_year, s.printed_unit_name, s.statement_no, s.table_no, d.doc_kind, d.fiscal_year,
       row_number() OVER same_sheet AS instance,
       count(*) OVER (PARTITION BY s.document_id, sheet_of(s.statement_code)) AS instances
FROM disclosed_statement s JOIN document_in_force d USING (document_id)
WHERE s.statement_code IS NOT NULL AND s.status = 'filled'
  -- what the text repeats of a statement that its tables have is no second set of it
  AND NOT (s.statement_id NOT LIKE s.document_id || '.%' AND (s.document_id, sheet_of(s.statement_code)) IN (
      SELECT (t.document_id, sheet_of(t.statement_code)) FROM core.statement t WHERE t.status = 'filled' AND t.statement_code IS NOT NULL))
WINDOW same_sheet AS (PARTITION BY s.document_id, sheet_of(s.statement_code) ORDER BY s.statement_no);

CREATE OR REPLACE TEMP TABLE figure_without_parent AS
SELECT h.document_id, a.statement_id, h.doc_kind, h.sheet, a.statement_code, h.instance, h.instances, a.cell_id,
       row_of_statement(a.table_no, h.table_no, a.row_no) AS row_no, a.column_no, coalesce(a.line_code, '') AS line_code, coalesce(a.measure, '') AS measure,
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

-- A subtotal of cars left blank beside filled parts is not zero: it says nothing.
DELETE FROM figure_without_parent f
WHERE f.line_code = 'three_public.vehicles' AND f.state IN ('blank', 'dash') AND EXISTS (
    SELECT 1 FROM figure_without_parent p WHERE p.statement_id = f.statement_id AND p.stage = f.stage AND p.printed_item = f.printed_item
      AND p.line_code IN ('three_public.vehicle_purchase', 'three_public.vehicle_operation') AND p.value <> 0);

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

-- Documents with a table of some size among their statements that was not recognised: it may be the one that is missed.
CREATE OR REPLACE TEMP TABLE unread_table AS
WITH statements AS (
    SELECT document_id, min(first_page) AS first_page, max(first_page) AS last_page FROM sheet
    WHERE sheet NOT IN ('PF', 'PFW', 'BT14', 'BT16') GROUP BY document_id
)
SELECT DISTINCT s.document_id
FROM disclosed_statement s JOIN statements a USING (document_id) LEFT JOIN disclosed_cell c USING (statement_id)
WHERE s.status = 'unrecognised' AND (s.table_no IS NULL OR (c.value IS NOT NULL AND c.decimals > 0))
  AND s.first_page BETWEEN a.first_page - 2 AND a.last_page + 2
GROUP BY s.document_id, s.statement_id HAVING count(*) > 12 OR bool_or(s.table_no IS NULL);
