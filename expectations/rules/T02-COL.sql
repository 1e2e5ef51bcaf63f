-- id: T02-COL
-- title: 收入表列合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T02|BT02
-- version: 1
-- formula: ∀col: Σ类 = 合计
-- sentence: 收入表每一列，合计行等于各类之和。
FROM column_totals(['T02'], 'functional.total', functional_lines())
UNION ALL BY NAME
FROM unit_totals(['T02'], 'functional.total', 'unit.item')
