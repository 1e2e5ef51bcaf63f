-- id: NEGATIVE
-- title: 出现负数
-- family: ARI
-- severity: warning
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: amount<0
-- sentence: 表中没有负数。
SELECT document_id, sheet || ' ' || instance AS subject, count(*) FILTER (value < 0) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (value < 0)[1:10] AS evidence
FROM figure WHERE is_money AND regexp_matches(sheet, '^B?T\d') GROUP BY document_id, sheet, instance
