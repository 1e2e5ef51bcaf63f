-- id: N-REASON-MISS
-- title: 重大偏离未说明原因
-- family: NAR
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: narrative
-- version: 3
-- formula: |act/bud−1|>10% 或 |g|>10% ∧ 句内无“主要原因”
-- sentence: 完成率偏离预算 10% 以上、增减 10% 以上的，写明原因。
WITH introduction AS (
    SELECT DISTINCT document_id, paragraph_no FROM core.sentence WHERE regexp_matches(text, '(其中|如下|包括)[：:。]$')
)
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) || ' ' || c.metric AS subject,
       (NOT EXISTS (SELECT 1 FROM said r WHERE r.document_id = c.document_id AND r.metric = 'reason'
                    AND (r.context_no = c.context_no OR r.paragraph_no = c.paragraph_no
                         -- a total that ends in 其中： has its reasons in the parts that follow
                         OR ((i.paragraph_no IS NOT NULL OR regexp_matches(c.sentence, '(其中|如下|包括)[：:。]$'))
                             AND r.paragraph_no BETWEEN c.paragraph_no + 1 AND c.paragraph_no + 3))))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [c.claim_id] AS evidence
FROM said c LEFT JOIN introduction i ON i.document_id = c.document_id AND i.paragraph_no = c.paragraph_no
WHERE NOT c.is_in_reason AND c.subject_kind IN ('statement_line', 'functional', 'three_public', 'agency_operating_cost')
  AND ((c.metric = 'completion' AND abs(c.value - 100) > 10 AND c.value > 0) OR (c.metric = 'growth' AND c.value > 10))
