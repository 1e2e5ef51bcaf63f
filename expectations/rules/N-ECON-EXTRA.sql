-- id: N-ECON-EXTRA
-- title: 列举了金额为 0 的款
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08 narrative
-- version: 1
-- formula: ∀名称∈NR.主要包括: T06[名称]≠0
-- sentence: “主要包括”所列举的经济分类款，表中金额不为零。
WITH listed AS (
    SELECT s.document_id, s.economic_code, min(s.claim_id) AS claim_id, min(f.cell_id) AS cell_id, max(abs(f.value)) = 0 AS is_zero
    FROM said s JOIN figure f ON f.document_id = s.document_id AND f.sheet = 'T06' AND f.economic_code = s.economic_code
        AND f.measure = 'total' AND f.stage = 'current'
    WHERE s.metric = 'list' AND s.economic_code <> '' AND NOT s.is_open_list
    GROUP BY s.document_id, s.economic_code
)
SELECT document_id, '' AS subject, count(*) FILTER (is_zero) AS actual, 0 AS actual_half_width, 0 AS expected,
       0 AS expected_half_width, 1 AS part_count,
       flatten(list([claim_id, cell_id] ORDER BY claim_id) FILTER (is_zero)) AS evidence,
       -- a list with a third of its names empty repeats the whole classification
       CASE WHEN count(*) FILTER (is_zero) > 3 AND count(*) FILTER (is_zero) * 3 > count(*) THEN 'list_is_general' END AS reason
FROM listed GROUP BY document_id
