-- id: T01-TOTAL-SAME
-- title: 同一行各处总计相等
-- family: ARI
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T01|T04|BT01|BT04
-- version: 1
-- formula: ∀i,j: 总计_i = 总计_j
-- sentence: 收支总表按功能分类、经济分类等并列支出时，同一行各处的合计、总计相等。
WITH printed AS (
    SELECT *, mode(value) OVER same_row AS usual
    FROM figure
    WHERE sheet IN ('T01', 'T04') AND measure = 'total' AND is_money AND state = 'number'
      AND line_code IN ('expenditure.section', 'expenditure.subtotal', 'expenditure.total')
    WINDOW same_row AS (PARTITION BY statement_id, row_no, line_code, fund, stage, subject_name ORDER BY column_no
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT document_id, subject_of(any_value(instance), any_value(instances), [sheet, line_code, fund, stage, row_no::VARCHAR]) AS subject,
       -- the one that stands furthest from what the others say
       arg_max(value, (abs(value - usual), column_no)) AS actual, max(half_width) AS actual_half_width, any_value(usual) AS expected,
       max(half_width) AS expected_half_width, 1 AS part_count, list(cell_id ORDER BY abs(value - usual) DESC, column_no) AS evidence
FROM printed
GROUP BY document_id, statement_id, sheet, row_no, line_code, fund, stage, subject_name
HAVING count(DISTINCT column_no) > 1
