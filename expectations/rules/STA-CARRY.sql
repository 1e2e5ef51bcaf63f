-- id: STA-CARRY
-- title: 结转结余率高
-- family: STA
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T01
-- version: 2
-- formula: close/(in+open)>20%
-- sentence: 年末结转和结余不超过全年可用资金的两成。
SELECT c.document_id, '' AS subject, c.value * 10 AS actual, c.half_width * 10 AS actual_half_width, t.value * 2 AS expected,
       t.half_width * 2 AS expected_half_width, 1 AS part_count, [c.cell_id, t.cell_id] AS evidence
FROM figure c JOIN figure t USING (statement_id, measure, stage, fund, item)
WHERE c.sheet = 'T01' AND c.line_code = 'expenditure.closing_carryover' AND t.line_code = 'revenue.total' AND c.stage = 'current'
  AND c.instances = 1 AND t.value > 0
