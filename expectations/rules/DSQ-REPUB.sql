-- id: DSQ-REPUB
-- title: 重复发布且内容不同未注明更正
-- family: DSQ
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 同 (unit,year,kind) 多版本 ∧ hash 不同 ∧ 无“更正/补充”说明
-- sentence: 同一单位同年同文种不以不同内容重复公开。
SELECT d.document_id, '' AS subject, (d.version_no > 1)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [d.document_id] AS evidence
FROM core.document d SEMI JOIN document_in_force USING (document_id) WHERE d.version_no IS NOT NULL
