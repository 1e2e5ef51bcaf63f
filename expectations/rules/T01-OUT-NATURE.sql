-- id: T01-OUT-NATURE
-- title: 按支出性质分项之和≠本年支出合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01|T04|BT04
-- version: 1
-- formula: 基本支出 + 项目支出 + 上缴上级 + 经营支出 + 补助附属单位 + 预留 = 本年支出合计
-- sentence: 总表按支出性质列示的，各项之和等于本年支出合计。
WITH by_nature AS (
    SELECT document_id, sheet FROM figure WHERE line_code IN ('expenditure.basic', 'expenditure.project') AND state = 'number'
    GROUP BY ALL HAVING count(DISTINCT line_code) = 2
)
SELECT t.* FROM lines_total(['T01'], 'expenditure.subtotal', expenditure_natures()) t SEMI JOIN by_nature n ON n.document_id = t.document_id AND n.sheet = 'T01'
UNION ALL BY NAME
SELECT t.* REPLACE (concat_ws(' ', 'T04', t.subject) AS subject)
FROM lines_total(['T04'], 'expenditure.subtotal', expenditure_natures()) t SEMI JOIN by_nature n ON n.document_id = t.document_id AND n.sheet = 'T04'
