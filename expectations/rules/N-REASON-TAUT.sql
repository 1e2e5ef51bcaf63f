-- id: N-REASON-TAUT
-- title: 原因同义反复
-- family: NAR
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 原因 ≈ “X经费增加/支出增加/无变化”
-- sentence: 原因不是变动本身的同义反复。
SELECT document_id, '' AS subject,
       count(*) FILTER (length(text) < 16 AND regexp_matches(text, '(经费|支出|预算|项目|收入)(增加|减少|保持不变|调整|无变化)')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(claim_id ORDER BY claim_id) FILTER (length(text) < 16 AND regexp_matches(text, '(经费|支出|预算|项目|收入)(增加|减少|保持不变|调整|无变化)'))[1:20] AS evidence
FROM said WHERE metric = 'reason' GROUP BY document_id
