-- id: DSQ-OPTION
-- title: 二选一未删“增加（减少）”
-- family: DSQ
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /(增加（减少）|减少（增加）|增长（下降）|下降（增长）|大于（小于）|小于（大于）)/
-- sentence: “增加（减少）”等二选一的模板文字已经选定。
SELECT d.document_id, '' AS subject, count(s.claim_id) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list(s.claim_id ORDER BY s.claim_id)[1:20] AS evidence
FROM document_in_force d LEFT JOIN said s ON s.document_id = d.document_id AND s.metric = 'option'
WHERE EXISTS (SELECT 1 FROM disclosed_sentence n WHERE n.document_id = d.document_id)
GROUP BY d.document_id
