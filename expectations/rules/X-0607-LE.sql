-- id: X-0607-LE
-- title: 三公决算≥基本支出对应款
-- family: XTB
-- severity: error
-- basis: B143
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T06 T07
-- version: 1
-- formula: T06[30212]≤T07.act.abroad；30231≤car_run；30217≤recept；31013≤car_buy
-- sentence: 基本支出中的出国费、公车运行费、接待费、公车购置费不大于“三公”经费决算数。
SELECT * REPLACE (concat_ws(' ', 'overseas_visits', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30212')], [term('T07', 'three_public.overseas_visits')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicle_operation', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30231')], [term('T07', 'three_public.vehicle_operation')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'hospitality', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30217')], [term('T07', 'three_public.hospitality')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicle_purchase', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '31013')], [term('T07', 'three_public.vehicle_purchase')])
