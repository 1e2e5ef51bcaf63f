-- id: N-REASON-DIR
-- title: 原因方向与变动方向相反
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 3
-- formula: Δ<0 ∧ 原因含“增加/增长”且不含“减少/下降/压减” (或反向)
-- sentence: 原因所述的增减方向与变动方向一致。
WITH moved AS (
    -- a reason explains what its own sentence says (a change or a comparison with the budget), else what the sentence
    -- before it in the context says; never what is said after it
    SELECT document_id, context_no, sentence_id, min(claim_id) AS claim_id,
           min(CASE direction WHEN 'less' THEN 'decrease' WHEN 'greater' THEN 'increase' ELSE direction END) AS direction,
           count(DISTINCT CASE direction WHEN 'less' THEN 'decrease' WHEN 'greater' THEN 'increase' ELSE direction END) AS directions
    FROM said
    WHERE metric IN ('change', 'growth', 'comparison', 'direction') AND NOT is_in_reason AND (value IS NULL OR value <> 0)
      AND direction IN ('increase', 'decrease', 'less', 'greater', 'equal')
    GROUP BY document_id, context_no, sentence_id
)
SELECT r.document_id, said_subject(r.line_code, r.measure, r.functional_code, r.economic_code, r.functional_path, r.subject_text, r.basis) AS subject,
       (r.direction <> m.direction)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [r.claim_id, m.claim_id] AS evidence
FROM said r JOIN moved m USING (document_id, context_no)
WHERE r.metric = 'reason' AND r.direction IN ('increase', 'decrease') AND m.sentence_id <= r.sentence_id
  -- the first of several reasons, and one that is taken back, need not point the way of the whole
  AND NOT regexp_matches(r.text, '^(一是|一方面|其一|[（(]?[1１一][)）.、])|但|抵[消销]|相抵')
  -- why a change is small is not why it went its way
  AND NOT regexp_matches(r.sentence, '(?:变化|变动|增减|幅度)(?:较小|不大)的?(?:主要)?原因')
QUALIFY m.sentence_id = max(m.sentence_id) OVER (PARTITION BY r.claim_id)
    AND m.directions = 1 AND m.direction <> 'equal'
