-- id: CLS-OTHER-SHARE
-- title: “其他”科目占比过高
-- family: CLS
-- severity: notice
-- basis: BCLS
-- kind: at_most
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: Σ(项码以99结尾)/T05.total > 40%
-- sentence: “其他”科目的支出不超过四成。
SELECT t.document_id, '' AS subject, sum(i.value) * 10 AS actual, sum(i.half_width) * 10 AS actual_half_width, t.value * 4 AS expected,
       t.half_width * 4 AS expected_half_width, 1 AS part_count, list_prepend(t.cell_id, list(i.cell_id ORDER BY i.cell_id)[1:10]) AS evidence
FROM figure t JOIN figure i USING (statement_id, measure, stage, fund)
WHERE t.sheet = 'T05' AND t.line_code = 'functional.total' AND t.measure = 'total' AND t.stage = 'current'
  AND length(i.code) = 7 AND i.code LIKE '%99' AND t.value > 0
GROUP BY t.document_id, t.cell_id, t.value, t.half_width
