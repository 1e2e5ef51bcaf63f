-- id: PRF-ZERO-FULL
-- title: 零支出而产出/合规满分
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF
-- version: 1
-- formula: exec=0 ∧ 数量/质量指标 score=weight>0
-- sentence: 全年没有支出的项目，数量、质量指标不得满分。
SELECT i.document_id, i.project AS subject, count(*) FILTER (i.score = i.weight AND i.weight > 0) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(any_value(f.executed_cell), list(i.score_cell ORDER BY i.row_no) FILTER (i.score = i.weight AND i.weight > 0)) AS evidence
FROM indicator i JOIN form f USING (statement_id)
WHERE f.executed = 0 AND f.budget > 0 AND regexp_matches(i.level_two, '数量|质量')
GROUP BY i.document_id, i.statement_id, i.project
