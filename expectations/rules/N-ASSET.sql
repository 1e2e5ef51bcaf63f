-- id: N-ASSET
-- title: 车辆/设备说明=表10
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T10|T14 narrative
-- version: 1
-- formula: NR.车辆.* = T10.veh.*；单价100万设备同
-- sentence: 情况说明中的车辆数和大型设备数等于资产表。
SELECT document_id, line_code AS subject, value AS actual, 0 AS actual_half_width, figure_value AS expected,
       0 AS expected_half_width, 1 AS part_count, [claim_id, cell_id] AS evidence
FROM said_figure WHERE (line_code LIKE 'vehicles.%' OR line_code = 'equipment.over_one_million') AND NOT is_money
