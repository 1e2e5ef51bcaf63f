-- id: EXT-SCAN
-- title: 扫描件未 OCR 不得出差错
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: page_text=0 ⇒ 全部业务规则状态=not_evaluated
-- sentence: 没有未经识别的扫描页（有的，其上的规则不评估）。
SELECT p.document_id, '' AS subject, count(*) FILTER (p.status = 'scanned' AND p.route <> 'ocr') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [p.document_id] AS evidence
FROM disclosed_page p SEMI JOIN asked_document_open USING (document_id) GROUP BY p.document_id
