-- id: X-ORGRUN-SHIYE
-- title: 含事业运行却全额计机关运行经费
-- family: XTB
-- severity: warning
-- basis: BJG
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05 T06|BT08
-- version: 1
-- formula: ∃T05[**50].basic>0 ∧ org_run = T06.public
-- sentence: 有事业运行支出的，机关运行经费不等于全部公用经费。
WITH cost AS (
    SELECT f.document_id, f.value, f.half_width, f.cell_id FROM figure f
    WHERE f.line_code IN ('agency_operating_cost.total', 'agency_operating_cost.administrative') AND f.stage = 'current' AND f.value > 0
    UNION ALL
    SELECT document_id, value, half_width, claim_id FROM said
    WHERE line_code = 'agency_operating_cost.total' AND metric = 'amount' AND basis = 'none' AND NOT is_in_reason AND value > 0
), operating AS (
    SELECT document_id, value, half_width, cell_id FROM figure
    WHERE sheet = 'T06' AND stage = 'current' AND instances = 1
      AND ((line_code = 'economic.general_operating_total' AND measure = 'total')
           OR (line_code = 'economic.total' AND measure = 'general_operating'))
)
SELECT c.document_id, '' AS subject,
       bool_or(judge_equal(c.value, c.half_width, o.value, o.half_width, 1).verdict <> 'violated')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [min(c.cell_id), min(o.cell_id)] AS evidence
FROM cost c JOIN operating o USING (document_id)
SEMI JOIN (SELECT document_id FROM figure WHERE sheet = 'T05' AND code LIKE '_____50' AND value > 0) USING (document_id)
GROUP BY c.document_id
