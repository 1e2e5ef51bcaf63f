-- id: N-ECON-AMT
-- title: 列举的款级金额=表06
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T06|BT08 narrative
-- version: 1
-- formula: ∀(名称,金额)∈NR.列举: T06[名称]=金额
-- sentence: 情况说明中列举的经济分类款级金额等于基本支出经济分类表。
SELECT document_id, economic_code AS subject, value AS actual, half_width AS actual_half_width, figure_value AS expected,
       figure_half_width AS expected_half_width, 1 AS part_count, [claim_id, cell_id] AS evidence,
       last_digit(value, half_width, figure_value) AS note
FROM said_figure
WHERE subject_kind = 'economic' AND is_money
  AND (parent_line LIKE 'economic.%' OR parent_line = 'functional.total' OR length(economic_code) = 3)
