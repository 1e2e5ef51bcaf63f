-- id: PRF-TOTAL
-- title: 总分=各项得分之和
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: sum
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: total = Σ ind.score + score_exec
-- sentence: 总分等于各指标得分与执行率得分之和。
SELECT f.document_id, f.project AS subject, f.total_score AS actual, half_width(greatest(f.total_decimals, 1)) AS actual_half_width,
       sum(i.score) + coalesce(max(f.score), 0) AS expected, 0 AS expected_half_width, count(*) AS part_count,
       list_prepend(f.total_cell, list_append(list(i.score_cell ORDER BY i.row_no), max(f.score_cell))) AS evidence,
       CASE WHEN bool_or(i.score IS NULL) THEN 'input_not_found' END AS reason
FROM form f JOIN indicator i ON i.statement_id = f.statement_id
WHERE f.total_score IS NOT NULL AND i.level_three <> ''
GROUP BY f.document_id, f.statement_id, f.project, f.total_score, f.total_decimals, f.total_cell
