-- id: T08-HIER
-- title: 政府性基金层级与合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T08|BT06
-- version: 1
-- formula: 类=Σ款=Σ项；合计=Σ类
-- sentence: 政府性基金表每一列，类等于款之和，款等于项之和，合计等于类之和。
FROM hierarchy(['T08'])
UNION ALL BY NAME
FROM column_totals(['T08'], 'functional.total', functional_lines())
