-- id: EXT-ORDER
-- title: 文本层行序与视觉不符
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 抽取按 y 坐标重排；句子解析用版面流
-- sentence: 抽取所得的文字行自上而下（同栏的下一行不在上一行之上）。
WITH line AS (
    SELECT l.document_id, l.bottom < lag(l.top) OVER of_page AND l.x0 < lag(l.x1) OVER of_page AND l.x1 > lag(l.x0) OVER of_page AS is_above
    FROM core.line l SEMI JOIN asked_document_open USING (document_id)
    WINDOW of_page AS (PARTITION BY l.document_id, l.page ORDER BY l.line_no)
)
SELECT document_id, '' AS subject, count(*) FILTER (is_above) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [document_id] AS evidence
FROM line GROUP BY document_id
