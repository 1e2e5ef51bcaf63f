-- id: T06-PUB
-- title: 公用经费=302+307+310+312+313+399
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- formula: public = 302+307+310+312+313+399
-- sentence: 基本支出经济分类表中，公用经费合计等于商品和服务、债务利息、资本性、对企业补助和其他支出之和。
FROM identity(
    [term('T06', 'economic.general_operating_total')],
    list_prepend(term('T06', 'economic.class', economic := '302'),
                 list_transform(['307', '310', '312', '313', '399'],
                                lambda c: term('T06', 'economic.class', economic := c, required := false))))
