-- id: EXT-PAGEBREAK
-- title: 跨页断行合并
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: T01|T02|T03|T04|T05|BT01|BT02|BT03|BT04|BT05
-- version: 1
-- formula: 行首无代码且仅有名称碎片 ⇒ 并入上一行
-- sentence: 跨页的表，页首没有只剩名称碎片的行（应并入上一行）。
WITH row AS (
    SELECT c.document_id, c.statement_id, c.table_no, c.row_no, min(c.page) AS page, max(c.cell_id) FILTER (c.raw_text <> '') AS cell_id,
           count(*) FILTER (c.raw_text <> '') AS texts, bool_or(regexp_matches(c.raw_text, '\d')) AS has_digits,
           bool_or(a.cell_id IS NOT NULL) AS is_understood
    FROM disclosed_cell c SEMI JOIN sheet h ON h.statement_id = c.statement_id AND h.sheet NOT IN ('PF', 'PFW', 'BT14', 'BT16')
    LEFT JOIN core.amount a USING (cell_id)
    WHERE NOT c.is_header GROUP BY ALL
), turned AS (
    SELECT *, page > lag(page) OVER (PARTITION BY statement_id ORDER BY table_no, row_no) AS is_first FROM row
)
SELECT document_id, '' AS subject, count(*) FILTER (is_first AND texts = 1 AND NOT has_digits AND NOT is_understood) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (is_first AND texts = 1 AND NOT has_digits AND NOT is_understood)[1:20] AS evidence
FROM turned GROUP BY document_id
