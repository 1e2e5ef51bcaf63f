-- id: LINE-NO
-- title: 行次连续且唯一
-- family: ARI
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: 行次序列 = 1..n 无缺无重
-- sentence: 表中行次连续，没有缺号和重号。
WITH printed AS (
    SELECT c.document_id, c.statement_id, c.cell_id, c.value::INTEGER AS number FROM disclosed_cell c
    JOIN disclosed_statement s USING (statement_id) SEMI JOIN document_in_force d ON d.document_id = c.document_id
    WHERE c.unmapped_reason = 'line_number' AND c.value = c.value::INTEGER AND s.status IN ('filled', 'empty_declared', 'empty')
)
SELECT document_id, right(statement_id, 3) AS subject, max(number) - min(number) + 1 - count(DISTINCT number) + count(*) - count(DISTINCT number) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [max(cell_id)] AS evidence
FROM printed GROUP BY document_id, statement_id HAVING count(*) > 3
