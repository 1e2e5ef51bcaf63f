-- id: X-ORGRUN-LE
-- title: 机关运行经费≤公用经费
-- family: XTB
-- severity: error
-- basis: BJG
-- kind: at_most
-- doc_kind: any
-- needs: T06|BT08 T10|BT09
-- version: 1
-- formula: org_run.total ≤ T06.public + tol
-- sentence: 机关运行经费不大于公用经费合计。
FROM identity([term('T10', 'agency_operating_cost.total')], [term('T06', 'economic.general_operating_total')])
UNION ALL BY NAME
FROM identity(
    [term('T07', 'agency_operating_cost.total')],
    [term('T06', 'economic.total', measure := 'general_operating')])
