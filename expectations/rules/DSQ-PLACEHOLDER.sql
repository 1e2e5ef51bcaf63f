-- id: DSQ-PLACEHOLDER
-- title: 占位符未替换
-- family: DSQ
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: /XX|××|XXX|＿{2,}|\(\s*\)|某(局|单位)/ 在正文标题或句子
-- sentence: 正文没有未替换的占位符。
SELECT d.document_id, '' AS subject, count(s.claim_id) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list(s.claim_id ORDER BY s.claim_id)[1:20] AS evidence
FROM document_in_force d LEFT JOIN said s ON s.document_id = d.document_id AND s.metric = 'placeholder'
WHERE EXISTS (SELECT 1 FROM disclosed_sentence n WHERE n.document_id = d.document_id)
GROUP BY d.document_id
