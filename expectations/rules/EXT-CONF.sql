-- id: EXT-CONF
-- title: 低置信单元格降级
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 任一参与单元格 conf<τ ⇒ finding.severity→needs_review
-- sentence: 识别所得单元格的置信度不低于 0.9（低的，结论降为待复核）。
SELECT c.document_id, '' AS subject, count(*) FILTER (c.confidence < 0.9) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [c.document_id] AS evidence
FROM disclosed_cell c SEMI JOIN asked_document_open USING (document_id) WHERE c.method = 'ocr' GROUP BY c.document_id
