-- id: PRF-ALLBEST
-- title: 全优且均分≥99
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: n优=n ∧ avg≥99 ∧ n≥10
-- sentence: 自评项目不少于十个的，不应全部为优且平均分不低于 99 分。
SELECT document_id, '' AS subject, (min(total_score) >= 90 AND avg(total_score) >= 99)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(total_cell ORDER BY total_cell)[1:10] AS evidence
FROM form WHERE total_score IS NOT NULL GROUP BY document_id HAVING count(*) >= 10
