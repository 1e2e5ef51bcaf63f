-- id: T07-CAR
-- title: 公车费=购置+运行
-- family: ARI
-- severity: error
-- basis: B143
-- kind: sum
-- doc_kind: any
-- needs: T07|BT09
-- version: 1
-- formula: car = car_buy+car_run
-- sentence: 公务用车购置及运行维护费等于购置费与运行维护费之和。
FROM identity(
    [term('T07', 'three_public.vehicles')],
    [term('T07', 'three_public.vehicle_purchase'), term('T07', 'three_public.vehicle_operation')],
    across := ['stage', 'item', 'fund'])
