-- id: BUD-PERF-COVER
-- title: 绩效目标覆盖
-- family: BUD
-- severity: notice
-- basis: BPXJ
-- kind: at_least
-- doc_kind: budget
-- needs: BT03 narrative
-- version: 2
-- formula: 绩效目标资金/项目支出 <95%
-- sentence: 编报绩效目标的金额不低于项目支出的 95%。
SELECT s.document_id, '' AS subject, s.value AS actual, s.half_width AS actual_half_width, t.value * 95 / 100 AS expected, t.half_width AS expected_half_width, 1 AS part_count, [s.claim_id, t.cell_id] AS evidence
FROM said s JOIN figure t ON t.document_id = s.document_id AND t.sheet = 'T03' AND t.line_code = 'functional.total'
    AND t.measure = 'project' AND t.stage = 'current' AND t.instances = 1
WHERE s.metric = 'amount' AND s.basis = 'none' AND s.is_money AND s.line_code = 'performance.target' AND NOT s.is_in_reason AND t.value > 0
QUALIFY row_number() OVER (PARTITION BY s.document_id ORDER BY s.value DESC, s.claim_id) = 1
