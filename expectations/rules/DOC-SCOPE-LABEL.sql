-- id: DOC-SCOPE-LABEL
-- title: 部门/单位口径标签一致
-- family: DOC
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 标题/章节/表头中“部门”“单位”口径一致
-- sentence: 各表的“部门名称”“单位名称”标签一致。
SELECT t.document_id, '' AS subject,
       (bool_or(contains(t.caption, '部门名称')) AND bool_or(contains(t.caption, '单位名称')))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(s.statement_id ORDER BY s.statement_no) FILTER (regexp_matches(t.caption, '(部门|单位)名称'))[1:12] AS evidence
FROM disclosed_table t JOIN disclosed_statement s USING (document_id, table_no) SEMI JOIN document_in_force d ON d.document_id = t.document_id
WHERE regexp_matches(coalesce(t.caption, ''), '(部门|单位)名称') AND s.statement_code NOT IN ('PF', 'PFW', 'BT14', 'BT16')
GROUP BY t.document_id
