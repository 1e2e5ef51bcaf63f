-- id: PRF-LOW-FULL
-- title: 执行率<60%但总分优/产出满分
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: rate<60% ∧ (grade=优 ∨ 产出全满)
-- sentence: 执行率低于 60% 的项目，总分不得达到优，产出指标不得全部满分。
SELECT i.document_id, i.project AS subject,
       (any_value(f.total_score) >= 90 OR bool_and(i.score = i.weight) FILTER (i.level_one LIKE '%产出%'))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(any_value(f.executed_cell), list(i.score_cell ORDER BY i.row_no) FILTER (i.level_one LIKE '%产出%')) AS evidence
FROM indicator i JOIN form f USING (statement_id)
WHERE f.budget > 0 AND f.executed * 10 < f.budget * 6 AND f.executed > 0
GROUP BY i.document_id, i.statement_id, i.project
