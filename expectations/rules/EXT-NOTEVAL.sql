-- id: EXT-NOTEVAL
-- title: 未执行规则须列明
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 每份文档输出 {evaluated, not_evaluated(reason), passed, hit}
-- sentence: 每份文件都有可评估的数据（表或说明）。
SELECT d.document_id, '' AS subject,
       (NOT EXISTS (SELECT 1 FROM figure f WHERE f.document_id = d.document_id)
        AND NOT EXISTS (SELECT 1 FROM said s WHERE s.document_id = d.document_id))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [d.document_id] AS evidence
FROM asked_document_open d
