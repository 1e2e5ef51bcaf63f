-- id: BUD-0908
-- title: 三公预算≥基本支出对应款
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: at_most
-- doc_kind: budget
-- needs: BT08 BT09
-- version: 1
-- formula: recept·10^4 ≥ BT08[30217]；car_run·10^4 ≥ BT08[30231]
-- sentence: 基本支出中的公务接待费、公务用车运行维护费不大于“三公”经费预算。
SELECT * REPLACE (concat_ws(' ', 'hospitality', nullif(subject, '')) AS subject)
FROM identity([term('T06', 'economic.item', economic := '30217')], [term('T07', 'three_public.hospitality')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicle_operation', nullif(subject, '')) AS subject)
FROM identity([term('T06', 'economic.item', economic := '30231')], [term('T07', 'three_public.vehicle_operation')])
