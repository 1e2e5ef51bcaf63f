-- id: N-REASON-DIR
-- title: 原因方向与变动方向相反
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: Δ<0 ∧ 原因含“增加/增长”且不含“减少/下降/压减” (或反向)
-- sentence: 原因所述的增减方向与变动方向一致。
SELECT r.document_id, said_subject(r.line_code, r.measure, r.functional_code, r.economic_code, r.functional_path, r.subject_text, r.basis) AS subject,
       (r.direction <> c.direction)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [r.claim_id, c.claim_id] AS evidence
FROM said r JOIN (
    SELECT document_id, context_no, min(direction) AS direction, min(claim_id) AS claim_id FROM said
    WHERE metric IN ('change', 'growth') AND direction IN ('increase', 'decrease') AND NOT is_in_reason AND value <> 0
    GROUP BY document_id, context_no HAVING min(direction) = max(direction)
) c USING (document_id, context_no)
WHERE r.metric = 'reason' AND r.direction IN ('increase', 'decrease')
