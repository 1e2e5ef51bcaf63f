-- id: EXT-COLSHIFT
-- title: 列错位
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: T02|T03|T05|BT02|BT03|BT05
-- version: 1
-- formula: 行内数值个数=表头数值列数但位置偏移 ⇒ 先按顺序对齐再判
-- sentence: 表中的数都在有金额列名的列上（数落在别的列上、而本行金额列空白的，疑为列错位，须先对齐）。
WITH row AS (
    -- numbers under no heading of an amount, in a row whose own amounts are all blank
    SELECT c.document_id, c.statement_id, c.table_no, c.row_no, min(c.cell_id) FILTER (a.cell_id IS NULL AND c.value IS NOT NULL) AS stray,
           count(*) FILTER (a.state = 'blank') AS blank, count(*) FILTER (a.state <> 'blank') AS filled
    FROM disclosed_cell c SEMI JOIN sheet USING (statement_id) LEFT JOIN core.amount a USING (cell_id)
    WHERE NOT c.is_header AND coalesce(c.unmapped_reason, '') NOT IN ('code', 'line_number', 'column_number', 'change_column', 'change_row')
    GROUP BY ALL
)
SELECT document_id, '' AS subject, count(stray) FILTER (blank > 0 AND filled = 0) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(stray ORDER BY stray) FILTER (stray IS NOT NULL AND blank > 0 AND filled = 0)[1:20] AS evidence
FROM row GROUP BY document_id
