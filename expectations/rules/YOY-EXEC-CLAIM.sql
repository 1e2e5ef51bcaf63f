-- id: YOY-EXEC-CLAIM
-- title: 预算文档“上年执行数”≤上年决算关系
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: |BN.exec[项](y−1) − T05[项].total(y−1)| ≤ 10%
-- sentence: 预算说明所写的上年执行数与上年决算相差不超过十分之一。
SELECT s.document_id, s.functional_code AS subject, abs(f.value - s.value) AS actual, s.half_width + f.half_width AS actual_half_width,
       f.value / 10 AS expected, 0 AS expected_half_width, 1 AS part_count, [s.claim_id, f.cell_id] AS evidence
FROM said s JOIN accounts_document a USING (document_id)
JOIN figure f ON f.document_id = a.accounts_id AND f.sheet IN ('T05', 'T03') AND f.functional_code = s.functional_code
    AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
WHERE s.metric = 'amount' AND s.basis = 'prior_execution' AND s.is_money AND NOT s.is_in_reason AND s.functional_code <> ''
QUALIFY row_number() OVER (PARTITION BY s.claim_id ORDER BY abs(f.value - s.value), f.cell_id) = 1
