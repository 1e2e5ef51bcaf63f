-- id: T07-SUM
-- title: 三公合计=三项之和
-- family: ARI
-- severity: error
-- basis: B143
-- kind: sum
-- doc_kind: any
-- needs: T07|BT09
-- version: 1
-- formula: total = abroad+car+recept (预算、决算各一)
-- sentence: “三公”经费合计等于因公出国（境）费、公务用车费、公务接待费之和，预算数与决算数各自成立。
FROM identity(
    [term('T07', 'three_public.total')],
    [term('T07', 'three_public.overseas_visits'), term('T07', 'three_public.vehicles'),
     term('T07', 'three_public.hospitality')], across := ['stage', 'item', 'fund'])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', '含会议费培训费', nullif(subject, '')) AS subject)
FROM identity(
    [term('T07', 'three_public.with_conference_and_training')],
    [term('T07', 'three_public.total'), term('T07', 'three_public.conference'), term('T07', 'three_public.training')],
    across := ['stage', 'item', 'fund'])
UNION ALL BY NAME
FROM fund_balance(['T07'])
UNION ALL BY NAME
FROM unit_totals(['T07'], 'three_public.total', 'three_public.total')
UNION ALL BY NAME
FROM unit_totals(['T07'], 'three_public.vehicle_operation', 'three_public.vehicle_operation')
UNION ALL BY NAME
FROM unit_totals(['T07'], 'three_public.hospitality', 'three_public.hospitality')
