-- id: BUD-08-ROW
-- title: 经济分类 人员/公用互斥
-- family: BUD
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: budget
-- needs: BT08
-- version: 2
-- formula: 301/303→人员；302/310→公用；交叉>0 ⇒ hit
-- sentence: 经济分类表中，工资福利和对个人家庭补助只列人员经费，商品服务和资本性支出只列公用经费。
SELECT document_id, code || ' ' || measure AS subject, (value <> 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure
WHERE sheet = 'T06' AND doc_kind = 'budget' AND stage = 'current' AND length(code) = 5
  AND ((left(code, 3) IN ('301', '303') AND measure = 'general_operating')
       OR (left(code, 3) IN ('302', '310') AND measure = 'personnel'
           -- allowances paid instead of official cars (公务交通补贴) go to persons and are printed under 其他交通费用
           AND code <> '30239'))
