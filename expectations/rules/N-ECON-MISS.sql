-- id: N-ECON-MISS
-- title: 有金额的款未被列举
-- family: NAR
-- severity: notice
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08 narrative
-- version: 1
-- formula: ∀T06[款]≠0 ⇒ 名称∈NR.主要包括
-- sentence: 表中有金额的经济分类款，都在“主要包括”中列举。
WITH closed AS (
    SELECT document_id FROM said WHERE metric = 'list' AND economic_code <> '' GROUP BY document_id
    HAVING NOT bool_or(is_open_list) AND count(DISTINCT economic_code) > 4
), printed AS (
    SELECT f.document_id, f.economic_code, min(f.cell_id) AS cell_id, count(s.claim_id) = 0 AS is_missing
    FROM figure f SEMI JOIN closed USING (document_id)
    LEFT JOIN said s ON s.document_id = f.document_id AND s.metric = 'list' AND s.economic_code = f.economic_code
    WHERE f.sheet = 'T06' AND length(f.economic_code) = 5 AND f.measure = 'total' AND f.stage = 'current' AND f.value <> 0
    GROUP BY f.document_id, f.economic_code
)
SELECT document_id, '' AS subject, count(*) FILTER (is_missing) AS actual, 0 AS actual_half_width, 0 AS expected,
       0 AS expected_half_width, 1 AS part_count, list(cell_id ORDER BY cell_id) FILTER (is_missing) AS evidence
FROM printed GROUP BY document_id
