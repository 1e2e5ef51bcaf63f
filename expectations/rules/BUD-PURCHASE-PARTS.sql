-- id: BUD-PURCHASE-PARTS
-- title: 政府采购明细合计
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: budget
-- needs: BT11
-- version: 1
-- formula: Σ品目 = 货物/工程/服务合计 = 总额
-- sentence: 政府采购明细之和等于采购合计（按单位和品目分层列示的，每层之和都等于合计）。
WITH summed AS (
    SELECT t.document_id, t.cell_id, t.value, t.half_width, sum(i.value) AS parts, sum(i.half_width) AS parts_half_width,
           count(*) AS part_count, list(i.cell_id ORDER BY i.cell_id) AS cells
    FROM figure t JOIN figure i USING (statement_id, measure, fund, stage)
    WHERE t.sheet = 'BT11' AND t.line_code = 'procurement.total' AND i.line_code = 'procurement.item' AND t.measure = 'total'
      AND t.fund = 'all' AND t.is_money
    GROUP BY t.document_id, t.cell_id, t.value, t.half_width
), layered AS (
    SELECT *, unnest([1, 2, 3]) AS layers FROM summed
)
SELECT document_id, '' AS subject, value * layers AS actual, half_width * layers AS actual_half_width, parts AS expected,
       parts_half_width AS expected_half_width, part_count, list_prepend(cell_id, cells) AS evidence
FROM layered QUALIFY row_number() OVER (PARTITION BY cell_id ORDER BY abs(value * layers - parts), layers) = 1
