-- id: PRF-FUND-BASE
-- title: “涉及资金”口径
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF narrative
-- version: 1
-- formula: 涉及资金 ∈ {Σ full, Σ exec}；=Σ exec 而写“预算金额”→hit
-- sentence: 说明所称“涉及资金”与自评表的全年预算数合计一致（等于执行数合计的，口径未注明）。
SELECT s.document_id, '' AS subject,
       (judge_equal(max(s.value), max(s.half_width), any_value(f.executed), 0, 1).verdict <> 'violated'
        AND judge_equal(max(s.value), max(s.half_width), any_value(f.budget), 0, 1).verdict = 'violated')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [min(s.claim_id)] AS evidence
FROM said s JOIN (SELECT document_id, sum(executed) AS executed, sum(budget) AS budget FROM form GROUP BY document_id) f USING (document_id)
WHERE s.metric = 'amount' AND s.is_money AND s.line_code = 'performance.self_evaluation' AND NOT s.is_in_reason
GROUP BY s.document_id HAVING count(DISTINCT s.value) = 1
