-- id: EXT-QUOTE
-- title: 引号/括号/空格归一
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: “”""、（）()、全半角、字间空格归一后再匹配标题与名称
-- sentence: 标点、全半角和字间空格归一后与规定表名相同的表，都已识别。
SELECT s.document_id, '' AS subject, count(*) FILTER (s.status = 'unrecognised' AND k.title IS NOT NULL) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(s.statement_id ORDER BY s.statement_id) FILTER (s.status = 'unrecognised' AND k.title IS NOT NULL)[1:20] AS evidence
FROM disclosed_statement s SEMI JOIN asked_document_open USING (document_id)
LEFT JOIN (SELECT DISTINCT folded(title) AS title FROM core.statement_kind) k ON k.title = folded(s.title)
GROUP BY s.document_id
