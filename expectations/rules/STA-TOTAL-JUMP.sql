-- id: STA-TOTAL-JUMP
-- title: 总额同比±30%以上
-- family: STA
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: |g|>30%
-- sentence: 支出总额的同比变动不超过三成。
SELECT f.document_id, '' AS subject, abs(f.value - g.value) AS actual, f.half_width + g.half_width AS actual_half_width,
       g.value * 3 / 10 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.cell_id, g.cell_id] AS evidence
FROM figure f JOIN prior_document USING (document_id)
JOIN figure g ON g.document_id = prior_id AND g.sheet = 'T03' AND g.line_code = 'functional.total' AND g.measure = 'total'
    AND g.stage = 'current' AND g.instances = 1 AND g.item = '' AND g.value > 0
WHERE f.sheet = 'T03' AND f.line_code = 'functional.total' AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
