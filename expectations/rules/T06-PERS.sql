-- id: T06-PERS
-- title: 人员经费=301+303
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- formula: personnel = 301+303
-- sentence: 基本支出经济分类表中，人员经费合计等于工资福利支出与对个人和家庭的补助之和。
FROM identity(
    [term('T06', 'economic.personnel_total')],
    [term('T06', 'economic.class', economic := '301'), term('T06', 'economic.class', economic := '303', required := false)])
