-- id: YOY-BUD-SG
-- title: 三公预算数=当年预算公开
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: equal
-- doc_kind: final_accounts
-- needs: T07
-- version: 1
-- formula: T07.bud = bud(y).BT09 (注“年初”或“全年”)
-- sentence: “三公”经费表的预算数等于当年公开预算的“三公”经费；按全年（调整后）预算数列示的不比较。
SELECT f.document_id, f.line_code AS subject, f.value AS actual, f.half_width AS actual_half_width, g.value AS expected,
       g.half_width AS expected_half_width, 1 AS part_count, [f.cell_id, g.cell_id] AS evidence,
       CASE WHEN t.is_adjusted THEN 'input_not_found' END AS reason
FROM figure f JOIN budget_document b USING (document_id)
JOIN figure g ON g.document_id = b.budget_id AND g.sheet = 'T07' AND g.line_code = f.line_code AND g.stage = 'current'
    AND g.measure = f.measure AND g.fund = f.fund AND g.item = '' AND g.instances = 1 AND g.state NOT IN ('blank', 'dash')
LEFT JOIN (
    SELECT document_id, bool_or(regexp_matches(text, '全年预算|调整后|调整预算')) AS is_adjusted FROM (
        SELECT document_id, coalesce(notes, '') || coalesce(caption, '') AS text FROM disclosed_table
        UNION ALL
        SELECT document_id, text FROM disclosed_sentence WHERE contains(text, '三公'))
    GROUP BY document_id
) t ON t.document_id = f.document_id
WHERE f.sheet = 'T07' AND f.stage IN ('budget', 'initial_budget') AND f.instances = 1 AND f.item = '' AND f.is_money
  AND f.state NOT IN ('blank', 'dash')
QUALIFY row_number() OVER (PARTITION BY f.cell_id ORDER BY abs(f.value - g.value), g.cell_id) = 1
