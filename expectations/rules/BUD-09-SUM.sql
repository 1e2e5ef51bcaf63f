-- id: BUD-09-SUM
-- title: 三公预算合计
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: budget
-- needs: BT09
-- version: 1
-- formula: total=abroad+recept+car；car=buy+run
-- sentence: “三公”经费预算合计等于三项之和，公务用车费等于购置费与运行费之和。
FROM identity(
    [term('T07', 'three_public.total')],
    [term('T07', 'three_public.overseas_visits'), term('T07', 'three_public.vehicles'),
     term('T07', 'three_public.hospitality')], across := ['stage'])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicles', nullif(subject, '')) AS subject)
FROM identity(
    [term('T07', 'three_public.vehicles')],
    [term('T07', 'three_public.vehicle_purchase'), term('T07', 'three_public.vehicle_operation')],
    across := ['stage'])
