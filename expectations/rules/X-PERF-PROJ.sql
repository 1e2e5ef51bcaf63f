-- id: X-PERF-PROJ
-- title: 自评执行合计≤项目支出
-- family: XTB
-- severity: error
-- basis: BPXJ
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T03 PF
-- version: 1
-- formula: Σ PF.exec ≤ T03.合计.project + tol
-- sentence: 项目自评表的全年执行数之和不大于支出表的项目支出合计。
FROM identity(
    [term('PF', 'performance.funding', measure := 'executed', many := true)],
    [term('T03', 'functional.total', measure := 'project')])
