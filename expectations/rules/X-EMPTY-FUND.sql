-- id: X-EMPTY-FUND
-- title: 空表说明与总表不符
-- family: XTB
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: T08 空 ∧ T04.*.gf≠0 (或 T09/soe)
-- sentence: 政府性基金表或国有资本经营预算表为空表的，财政拨款收支总表中该资金支出为零。
SELECT f.document_id, e.sheet || ' ' || f.fund AS subject, f.value AS actual, f.half_width AS actual_half_width,
       0 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.cell_id, e.statement_id] AS evidence
FROM figure f JOIN (
    SELECT document_id, sheet_of(statement_code) AS sheet, min(statement_id) AS statement_id
    FROM disclosed_statement GROUP BY ALL HAVING count(*) = 1 AND min(status) IN ('empty_declared', 'empty')
) e ON e.document_id = f.document_id AND (e.sheet, f.fund) IN (('T08', 'government_managed_funds'),
                                                              ('T09', 'state_capital_operations'))
WHERE f.sheet = 'T04' AND f.line_code = 'expenditure.subtotal' AND f.measure = 'total' AND f.stage = 'current'
  AND f.instances = 1
