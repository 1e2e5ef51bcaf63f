-- id: PRECISION
-- title: 表内小数位不统一
-- family: ARI
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: |{decimals}|>1
-- sentence: 同一张表的小数位一致。
SELECT document_id, sheet || ' ' || instance AS subject, (count(DISTINCT decimals) > 1)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [min(cell_id)] AS evidence
FROM figure WHERE is_money AND state = 'number' AND regexp_matches(sheet, '^B?T\d') GROUP BY document_id, sheet, instance
