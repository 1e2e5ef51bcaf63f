-- id: T01-OUT-ECON
-- title: 总表按经济分类列示的各类之和
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01|T04|BT04
-- version: 1
-- formula: Σ政府预算经济分类各类 = 本年支出合计；Σ基本(项目)支出的部门预算经济分类各类 = 基本(项目)支出
-- sentence: 总表按经济分类列示的，各类之和等于本年支出合计；分列基本支出和项目支出的，各类之和等于基本支出、项目支出。
WITH class AS (
    SELECT statement_id, measure, fund, left(economic_code, 1) AS scheme, sum(value) AS value, sum(half_width) AS half_width,
           count(*) FILTER (value <> 0) AS parts, list(cell_id ORDER BY cell_id) AS cells
    FROM figure
    WHERE sheet IN ('T01', 'T04') AND line_code = 'economic.class' AND stage = 'current' AND length(economic_code) = 3 AND is_money
    GROUP BY statement_id, measure, fund, left(economic_code, 1)
    HAVING count(*) > 2 AND count(*) = count(DISTINCT economic_code)
)
SELECT t.document_id, subject_of(t.instance, t.instances, [t.sheet, t.line_code, c.scheme]) AS subject, t.value AS actual,
       t.half_width AS actual_half_width, c.value AS expected, c.half_width AS expected_half_width, c.parts AS part_count,
       list_prepend(t.cell_id, c.cells) AS evidence
FROM class c JOIN figure t ON t.statement_id = c.statement_id AND t.fund = c.fund AND t.measure = 'total' AND t.stage = 'current'
    AND t.line_code = CASE c.measure WHEN 'basic' THEN 'expenditure.basic' WHEN 'project' THEN 'expenditure.project'
                                     ELSE 'expenditure.subtotal' END
WHERE NOT (t.state IN ('blank', 'dash') AND c.value <> 0)
-- a statement in several column pairs prints its total beside each of them
QUALIFY row_number() OVER (PARTITION BY c.statement_id, c.measure, c.fund, c.scheme ORDER BY abs(t.value - c.value), t.cell_id) = 1
