-- id: PRF-WEIGHT-MAX
-- title: 单项得分≤分值
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: at_most
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 0≤score≤weight
-- sentence: 各指标得分不大于分值，也不小于零。
SELECT document_id, left(concat_ws(' ', project, level_three), 80) AS subject, score AS actual, 0 AS actual_half_width,
       CASE WHEN score < 0 THEN score - 1 ELSE weight END AS expected, 0 AS expected_half_width, 1 AS part_count,
       [score_cell, weight_cell] AS evidence
FROM indicator WHERE score IS NOT NULL AND weight IS NOT NULL
