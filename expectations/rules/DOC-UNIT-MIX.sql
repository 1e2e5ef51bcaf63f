-- id: DOC-UNIT-MIX
-- title: 同一文档单位不统一未标示
-- family: DOC
-- severity: warning
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: |{table.unit}|>1 ⇒ 每表均须标注
-- sentence: 同一文件各表金额单位不同的，每张表都标明单位。
SELECT s.document_id, '' AS subject, count(*) FILTER (s.is_money_unit_inferred) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(s.statement_id ORDER BY s.statement_no) FILTER (s.is_money_unit_inferred) AS evidence
FROM disclosed_statement s SEMI JOIN document_in_force USING (document_id)
WHERE s.status = 'filled' AND s.money_unit IS NOT NULL AND regexp_matches(s.statement_code, '^B?T\d') AND s.statement_code NOT IN ('T14', 'BT14', 'BT16')
GROUP BY s.document_id HAVING count(DISTINCT s.money_unit) > 1 AND NOT bool_and(coalesce(s.is_money_unit_inferred, false))
