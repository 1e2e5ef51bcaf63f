-- id: DOC-TABLE-UNITLINE
-- title: 表头金额单位存在且合法
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: table.unit∈{元,万元,千元,亿元}
-- sentence: 有金额的表标明金额单位。
SELECT s.document_id, s.statement_code || ' ' || s.statement_no AS subject, coalesce(s.is_money_unit_inferred, false)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [s.statement_id] AS evidence
FROM disclosed_statement s SEMI JOIN document_in_force USING (document_id)
WHERE s.status = 'filled' AND regexp_matches(s.statement_code, '^B?T\d') AND s.statement_code NOT IN ('T10', 'T14', 'BT14', 'BT16')
  AND EXISTS (SELECT 1 FROM figure f WHERE f.statement_id = s.statement_id AND f.is_money)
