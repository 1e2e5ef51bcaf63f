-- id: EXT-OCRSIGN
-- title: “=”识别为“≠”
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: PF|PFW
-- version: 1
-- formula: 目标/实际同为“≠n” ⇒ 归一为“=”并标 OCR
-- sentence: 指标的目标值和实际值不同时写作“≠”（疑为“=”的误识）。
SELECT document_id, project AS subject, count(*) FILTER (target LIKE '≠%' AND actual LIKE '≠%') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(coalesce(actual_cell, score_cell) ORDER BY row_no) FILTER (target LIKE '≠%' AND actual LIKE '≠%')[1:20] AS evidence
FROM indicator GROUP BY document_id, statement_id, project
