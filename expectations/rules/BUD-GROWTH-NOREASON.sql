-- id: BUD-GROWTH-NOREASON
-- title: 大幅增减仅写“项目调整”
-- family: BUD
-- severity: notice
-- basis: B75;B143
-- kind: exact
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: |g|>20% ∧ 原因∈{项目调整,工作量增加,业务量增加}
-- sentence: 增减 20% 以上的，原因不只写“项目调整”“工作量增加”。
SELECT g.document_id, '' AS subject,
       count(DISTINCT g.claim_id) FILTER (regexp_full_match(r.text, '(是|为|由于)?(项目|工作量|业务量|经费|工作任务)(调整|增加|减少|变化)(所致|导致|安排)?')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(DISTINCT r.claim_id ORDER BY r.claim_id) FILTER (regexp_full_match(r.text, '(是|为|由于)?(项目|工作量|业务量|经费|工作任务)(调整|增加|减少|变化)(所致|导致|安排)?'))[1:20] AS evidence
FROM said g JOIN said r ON r.document_id = g.document_id AND r.context_no = g.context_no AND r.metric = 'reason'
WHERE g.metric = 'growth' AND g.value > 20 AND NOT g.is_in_reason GROUP BY g.document_id
