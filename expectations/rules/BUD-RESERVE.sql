-- id: BUD-RESERVE
-- title: “单位预留机动经费”占比高
-- family: BUD
-- severity: notice
-- basis: B75;B143
-- kind: at_most
-- doc_kind: budget
-- needs: BT01
-- version: 1
-- formula: 预留/总额>10% (江苏口径)
-- sentence: 单位预留机动经费不超过支出总额的百分之十。
SELECT a.document_id, '' AS subject, a.value * 10 AS actual, a.half_width AS actual_half_width, b.value AS expected,
       b.half_width AS expected_half_width, 1 AS part_count, [a.cell_id, b.cell_id] AS evidence
FROM figure a JOIN figure b USING (document_id, instance)
WHERE a.sheet = 'T01' AND b.sheet = 'T01' AND a.line_code = 'expenditure.reserve' AND b.line_code = 'expenditure.total'
  AND a.stage = 'current' AND b.stage = 'current' AND a.measure = 'total' AND b.measure = 'total'
