-- id: PRF-COUNT
-- title: 自评个数=各等级之和
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: n = n优+n良+n中+n差
-- sentence: 自评项目个数等于各等级个数之和。
WITH one AS (
    SELECT document_id, line_code, min(value) AS value, min(claim_id) AS claim_id FROM said
    WHERE metric = 'count' AND unit = '个' AND NOT is_in_reason AND (line_code IN ('performance.grade_excellent', 'performance.grade_good', 'performance.grade_medium', 'performance.grade_poor', 'performance.grade_qualified', 'performance.grade_unqualified') OR line_code = 'performance.self_evaluation')
    GROUP BY document_id, line_code HAVING min(value) = max(value)
)
SELECT document_id, '' AS subject, max(value) FILTER (line_code = 'performance.self_evaluation') AS actual, 0 AS actual_half_width,
       sum(value) FILTER (line_code <> 'performance.self_evaluation') AS expected, 0 AS expected_half_width, count(*) AS part_count,
       list(claim_id ORDER BY claim_id) AS evidence
FROM one GROUP BY document_id HAVING count(*) FILTER (line_code = 'performance.self_evaluation') = 1 AND count(*) > 3
