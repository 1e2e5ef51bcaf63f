-- id: CODE-ORDER
-- title: 科目代码未升序
-- family: ARI
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: T03|T05|BT03|BT05
-- version: 1
-- formula: code_i<code_{i+1}
-- sentence: 科目代码按升序排列。
WITH ordered AS (
    SELECT document_id, sheet, instance, code, cell_id, row_no,
           lag(code) OVER (PARTITION BY statement_id ORDER BY row_no) AS previous
    FROM figure WHERE sheet IN ('T03', 'T05') AND length(functional_code) = 7 AND measure = 'total' AND stage = 'current' AND item = ''
)
SELECT document_id, sheet || ' ' || instance AS subject, count(*) FILTER (code < previous) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY row_no) FILTER (code < previous)[1:10] AS evidence
FROM ordered GROUP BY document_id, sheet, instance
