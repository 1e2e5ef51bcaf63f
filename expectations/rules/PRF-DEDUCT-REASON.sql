-- id: PRF-DEDUCT-REASON
-- title: 扣分未写原因
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: score<weight ∧ reason blank
-- sentence: 扣分的指标写明偏差原因。
SELECT document_id, project AS subject, count(*) FILTER (score < weight AND deviation_reason = '') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(score_cell ORDER BY row_no) FILTER (score < weight AND deviation_reason = '') AS evidence
FROM indicator WHERE score IS NOT NULL AND weight IS NOT NULL
  AND statement_id IN (SELECT statement_id FROM indicator WHERE deviation_reason <> '')
GROUP BY document_id, statement_id, project
