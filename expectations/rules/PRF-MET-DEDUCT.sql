-- id: PRF-MET-DEDUCT
-- title: 指标已达成却扣分(无据)
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: actual 满足 target ∧ score<weight
-- sentence: 已达成目标的定量指标不无故扣分。
SELECT document_id, project AS subject,
       count(*) FILTER (target = actual AND score < weight AND deviation_reason = '') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(score_cell ORDER BY row_no) FILTER (target = actual AND score < weight AND deviation_reason = '') AS evidence
FROM indicator
WHERE score IS NOT NULL AND weight IS NOT NULL AND regexp_matches(target, '\d')
GROUP BY document_id, statement_id, project
