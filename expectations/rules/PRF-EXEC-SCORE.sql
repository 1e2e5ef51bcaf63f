-- id: PRF-EXEC-SCORE
-- title: 执行率得分=10×执行率
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: score
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: score=10·rate (封顶10)
-- sentence: 执行率得分等于执行率乘以分值，封顶为分值。
SELECT document_id, project AS subject, score AS actual, score_decimals AS decimals, executed AS part, budget AS whole,
       coalesce(weight, 10) AS expected, 0 AS expected_half_width, 1 AS part_count,
       [score_cell, executed_cell, budget_cell] AS evidence
FROM form WHERE score IS NOT NULL AND executed >= 0 AND budget > 0
