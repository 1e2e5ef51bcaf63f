-- id: T06-SUB
-- title: 经济分类款合计=类
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T06|BT08|BT10|BT12|BT18|BT19|BT23|BT24|BT25|T17
-- version: 2
-- formula: ∀k∈{301,302,303,307,310,312,313,399}: T06[k]=ΣT06[k__]
-- sentence: 各经济分类表中，每一类等于所列各款之和，合计等于各类之和。
FROM hierarchy(['T06', 'BT10', 'BT12', 'BT18', 'BT19', 'BT23', 'BT24', 'BT25', 'T17'])
UNION ALL BY NAME
FROM column_totals(['T06', 'BT10', 'BT12', 'BT18', 'BT19', 'BT23', 'BT24', 'BT25', 'T17'], 'economic.total', ['economic.class', 'economic.item'])
