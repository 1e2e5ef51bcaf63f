-- id: X-PROC-GT-SPEND
-- title: 政府采购额>可采购支出
-- family: XTB
-- severity: warning
-- basis: 勾稽常理
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T03 T06 T10|T13
-- version: 1
-- formula: proc.total > T03.project + T06.public
-- sentence: 政府采购额不大于项目支出与公用经费之和。
FROM identity(
    [term('T10', 'procurement.total')],
    [term('T03', 'functional.total', measure := 'project'), term('T06', 'economic.general_operating_total')])
