-- id: EXT-ROWREPEAT
-- title: OCR 行重复
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: PF|PFW
-- version: 1
-- formula: 相邻≥3 行三级指标文本编辑距离≤2 且数值同 ⇒ 可疑重复
-- sentence: 自评表没有连续三行以上相同的指标。
SELECT document_id, project AS subject, (count(*) - count(DISTINCT level_three) >= 2)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(score_cell ORDER BY row_no)[1:5] AS evidence
FROM indicator WHERE level_three <> '' GROUP BY document_id, statement_id, project
