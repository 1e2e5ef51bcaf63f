-- id: N-NONFISCAL-ARITH
-- title: 非财政数字内部加总
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: sum
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 面积/数量 parts=whole
-- sentence: 面积、数量等分项之和等于合计。
SELECT t.document_id, left(t.subject_text, 40) AS subject, t.value AS actual, 0 AS actual_half_width, sum(p.value) AS expected,
       0 AS expected_half_width, count(*) AS part_count, list_prepend(t.claim_id, list(p.claim_id ORDER BY p.claim_id)) AS evidence
FROM said t JOIN said p ON p.document_id = t.document_id AND p.parent_context_no = t.context_no AND p.metric = 'count' AND p.unit = t.unit
WHERE t.metric = 'count' AND t.unit IN ('平方米', '平方公里', '公里', '公顷', '亩', '吨', '万吨') AND t.value > 0
GROUP BY t.document_id, t.claim_id, t.subject_text, t.value
HAVING count(*) > 1 AND sum(p.value) BETWEEN t.value * 9 / 10 AND t.value * 11 / 10
