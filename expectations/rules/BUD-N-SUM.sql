-- id: BUD-N-SUM
-- title: 项级金额合计=总额
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: budget
-- needs: BT05|BT15 narrative
-- version: 1
-- formula: Σ项 = 收入预算总额
-- sentence: 说明逐项列出的金额之和等于一般公共预算支出总额（列出全部项级科目的）。
WITH item AS (
    SELECT document_id, functional_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id FROM said
    WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND length(functional_code) = 7
      AND coalesce(subject_year, fiscal_year) = fiscal_year
    GROUP BY document_id, functional_code HAVING min(value) = max(value)
), printed AS (
    SELECT document_id, count(DISTINCT functional_code) AS codes FROM figure
    WHERE sheet = 'T05' AND length(functional_code) = 7 AND measure = 'total' AND stage = 'current' AND value <> 0 GROUP BY document_id
)
SELECT i.document_id, '' AS subject, t.value AS actual, t.half_width AS actual_half_width, sum(i.value) AS expected,
       sum(i.half_width) AS expected_half_width, count(*) AS part_count,
       list_prepend(t.cell_id, list(i.claim_id ORDER BY i.claim_id)) AS evidence
FROM item i JOIN printed p USING (document_id)
JOIN figure t ON t.document_id = i.document_id AND t.sheet = 'T05' AND t.line_code = 'functional.total' AND t.measure = 'total'
    AND t.stage = 'current' AND t.instances = 1
GROUP BY i.document_id, t.cell_id, t.value, t.half_width, p.codes HAVING count(*) = p.codes AND count(*) > 2
