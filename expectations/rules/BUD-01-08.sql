-- id: BUD-01-08
-- title: 总表人员/公用=经济分类表
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: budget
-- needs: BT01 BT08
-- version: 1
-- formula: BT01.Σpers = BT08.pers；BT01.Σpub = BT08.pub
-- sentence: 支出全部来自财政拨款的，预算收支总表的人员经费、公用经费合计等于经济分类表的人员经费、公用经费。
SELECT * FROM (
    SELECT * REPLACE (concat_ws(' ', 'personnel', nullif(subject, '')) AS subject)
    FROM identity([term('T01', 'expenditure.total', measure := 'personnel')],
                  [term('T06', 'economic.total', measure := 'personnel')])
    UNION ALL BY NAME
    SELECT * REPLACE (concat_ws(' ', 'general_operating', nullif(subject, '')) AS subject)
    FROM identity([term('T01', 'expenditure.total', measure := 'general_operating')],
                  [term('T06', 'economic.total', measure := 'general_operating')])
)
SEMI JOIN (
    SELECT document_id FROM figure
    WHERE sheet IN ('T01', 'T04') AND line_code = 'expenditure.total' AND measure = 'total' AND stage = 'current'
      AND fund IN ('all', 'fiscal_appropriation')
    GROUP BY document_id HAVING count(DISTINCT sheet) = 2 AND max(value) = min(value)
) USING (document_id)
