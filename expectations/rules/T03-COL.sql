-- id: T03-COL
-- title: 支出表列合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: ∀col: Σ类 = 合计
-- sentence: 支出表每一列，合计行等于各类之和。
FROM column_totals(['T03'], 'functional.total', functional_lines())
UNION ALL BY NAME
FROM unit_totals(['T03'], 'functional.total', 'unit.item')
