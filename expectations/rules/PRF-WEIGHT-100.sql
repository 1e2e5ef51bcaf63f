-- id: PRF-WEIGHT-100
-- title: 指标权重+执行率权重=100
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: Σ ind.weight + w_exec(10) = 100
-- sentence: 自评表各指标分值与预算执行率分值之和为 100 分。
SELECT f.document_id, f.project AS subject,
       CASE WHEN f.weight IS NULL AND sum(i.weight) = 100 THEN 100 ELSE sum(i.weight) + coalesce(max(f.weight), 10) END AS actual,
       0 AS actual_half_width, 100 AS expected, 0 AS expected_half_width, count(*) AS part_count,
       list(i.weight_cell ORDER BY i.row_no) AS evidence,
       CASE WHEN bool_or(i.weight IS NULL) THEN 'input_not_found' END AS reason
FROM form f JOIN indicator i ON i.statement_id = f.statement_id
WHERE i.level_three <> ''
GROUP BY f.document_id, f.statement_id, f.project, f.weight
