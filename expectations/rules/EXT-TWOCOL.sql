-- id: EXT-TWOCOL
-- title: 左右双栏表须拆侧
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: T01|T04|BT01|BT04
-- version: 1
-- formula: T01/T04/T06 按“项目|金额|项目|金额”拆两侧再取标签
-- sentence: 收支总表、财政拨款收支总表的收入侧和支出侧都已取得。
SELECT document_id, subject_of(any_value(instance), any_value(instances), [sheet]) AS subject,
       (NOT bool_or(line_code LIKE 'revenue.%') OR bool_and(line_code LIKE 'revenue.%'))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [statement_id] AS evidence
FROM figure WHERE sheet IN ('T01', 'T04') GROUP BY document_id, statement_id, sheet
