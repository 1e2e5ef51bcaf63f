-- id: DSQ-FORMAT
-- title: 扫描件/图片不可检索
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: text_chars/page<50
-- sentence: 文件可检索，没有只有图像的页。
SELECT p.document_id, '' AS subject, count(*) FILTER (p.status IN ('scanned', 'outlined', 'garbled')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [p.document_id] AS evidence
FROM disclosed_page p SEMI JOIN asked_document_open USING (document_id) GROUP BY p.document_id
