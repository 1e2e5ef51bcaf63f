-- id: DSQ-INSTRUCTION
-- title: 模板填报说明残留
-- family: DSQ
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /仍保留该表格式|作下述说明|列明|不涉及的不列|如持平作持平表述|由主管部门根据三定/
-- sentence: 模板的填报说明没有留在正文中。
SELECT d.document_id, '' AS subject, count(s.claim_id) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list(s.claim_id ORDER BY s.claim_id)[1:20] AS evidence
FROM document_in_force d LEFT JOIN said s ON s.document_id = d.document_id AND s.metric = 'instruction' AND regexp_matches(s.text, '仍保留该表格式|作下述说明|不涉及的不列|作持平表述|由主管部门根据三定|按.*(填写|填列)|此处|不用说明')
WHERE EXISTS (SELECT 1 FROM disclosed_sentence n WHERE n.document_id = d.document_id)
GROUP BY d.document_id
