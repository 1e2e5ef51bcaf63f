-- id: PRF-WEIGHT-NORM
-- title: 一级指标权重 50/30/10
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 产出=50,效益=30,满意度=10 (±5 notice)
-- sentence: 产出、效益、满意度指标的分值通常为 50、30、10 分。
SELECT document_id, project || ' ' || level_one AS subject, sum(weight) AS actual, 0 AS actual_half_width,
       CASE WHEN level_one LIKE '%产出%' THEN CASE WHEN sum(weight) = 30 THEN 30 WHEN sum(weight) = 40 THEN 40 ELSE 50 END
            WHEN level_one LIKE '%效益%' THEN CASE WHEN sum(weight) IN (20, 40) THEN sum(weight) ELSE 30 END ELSE 10 END AS expected,
       0 AS expected_half_width, 1 AS part_count, list(weight_cell ORDER BY row_no) AS evidence
FROM indicator WHERE regexp_matches(level_one, '产出|效益|满意')
GROUP BY document_id, statement_id, project, level_one
