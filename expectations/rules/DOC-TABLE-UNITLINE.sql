-- id: DOC-TABLE-UNITLINE
-- title: 表头金额单位存在且合法
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: ∀table: table.unit∈{元,万元,千元,亿元}
-- sentence: 有金额的表标明金额单位。
SELECT s.document_id, '' AS subject, count(*) FILTER (s.is_money_unit_inferred) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(s.statement_id ORDER BY s.statement_no) FILTER (s.is_money_unit_inferred) AS evidence
FROM disclosed_statement s SEMI JOIN document_in_force USING (document_id)
WHERE s.status = 'filled' AND regexp_matches(s.statement_code, '^B?T\d') AND s.statement_code NOT IN ('T10', 'T14', 'BT14', 'BT16')
  AND EXISTS (SELECT 1 FROM figure f WHERE f.statement_id = s.statement_id AND f.is_money)
GROUP BY s.document_id
