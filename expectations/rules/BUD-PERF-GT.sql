-- id: BUD-PERF-GT
-- title: 绩效目标资金>项目支出
-- family: BUD
-- severity: warning
-- basis: B75;B143
-- kind: at_most
-- doc_kind: budget
-- needs: BT03 narrative
-- version: 2
-- formula: 绩效资金 > 项目支出+tol
-- sentence: 编报绩效目标的金额不大于项目支出。
SELECT s.document_id, '' AS subject, s.value AS actual, s.half_width AS actual_half_width, t.value AS expected, t.half_width AS expected_half_width, 1 AS part_count, [s.claim_id, t.cell_id] AS evidence
FROM said s JOIN figure t ON t.document_id = s.document_id AND t.sheet = 'T03' AND t.line_code = 'functional.total'
    AND t.measure = 'project' AND t.stage = 'current' AND t.instances = 1
WHERE s.metric = 'amount' AND s.basis = 'none' AND s.is_money AND s.line_code = 'performance.target' AND NOT s.is_in_reason AND t.value > 0
      -- the target of a whole department or unit covers its basic expenditure as well
      AND NOT contains(coalesce(s.sentence, ''), '整体支出')
QUALIFY row_number() OVER (PARTITION BY s.document_id ORDER BY s.value DESC, s.claim_id) = 1
