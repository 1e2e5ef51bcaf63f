-- id: T10-VEH-SUM
-- title: 车辆合计=分类之和
-- family: ARI
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: T10|T14
-- version: 1
-- formula: veh.total = Σ 8 类
-- sentence: 车辆数合计等于各类车辆数之和。
FROM lines_total(['T10', 'T14'], 'vehicles.total',
                     ['vehicles.ministerial', 'vehicles.principal', 'vehicles.confidential_communication',
                      'vehicles.emergency', 'vehicles.law_enforcement', 'vehicles.special_technical',
                      'vehicles.retired_service', 'vehicles.other'], total_measure := 'count')
