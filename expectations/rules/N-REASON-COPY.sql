-- id: N-REASON-COPY
-- title: 多处原因完全相同
-- family: NAR
-- severity: notice
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 同一原因文本在≥3 个不同科目出现
-- sentence: 不同科目的变动原因不照抄同一句。
WITH reason AS (
    SELECT document_id, text, count(DISTINCT context_no) AS contexts, list(claim_id ORDER BY claim_id) AS claims
    FROM said WHERE metric = 'reason' AND length(text) > 10 GROUP BY document_id, text
)
SELECT document_id, '' AS subject, count(*) FILTER (contexts > 2) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list(claims) FILTER (contexts > 2))[1:20] AS evidence
FROM reason GROUP BY document_id
