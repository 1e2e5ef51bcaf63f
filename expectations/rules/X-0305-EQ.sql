-- id: X-0305-EQ
-- title: 纯财政拨款单位三表相等
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: final_accounts
-- needs: T02 T03 T05
-- version: 1
-- formula: 若 T02.非财政列全空 ∧ 非财政年初结转=0 ∧ 无基金/国资 ⇒ T03=T05 (逐码逐列)
-- sentence: 收入全部来自一般公共预算且没有非财政结转的单位，支出表与一般公共预算支出表逐科目逐列相等。
SELECT * FROM (
    FROM identity([term('T03', 'functional.class')], [term('T05', 'functional.class')], across := ['functional', 'measure'])
    UNION ALL BY NAME
    FROM identity([term('T03', 'functional.item')], [term('T05', 'functional.item')], across := ['functional', 'measure'])
)
SEMI JOIN (
    SELECT document_id FROM figure
    WHERE sheet = 'T02' AND line_code = 'functional.total' GROUP BY document_id
    HAVING max(value) FILTER (measure = 'total') = max(value) FILTER (measure = 'fiscal_appropriation')
) USING (document_id)
SEMI JOIN (
    SELECT document_id FROM figure WHERE sheet IN ('T01', 'T04') AND measure = 'total' GROUP BY document_id
    HAVING max(value) FILTER (sheet = 'T01' AND line_code = 'revenue.opening_carryover')
         = max(value) FILTER (sheet = 'T04' AND line_code = 'revenue.opening_carryover')
       AND coalesce(max(value) FILTER (line_code = 'revenue.use_of_nonfiscal_surplus'), 0) = 0
) USING (document_id)
ANTI JOIN (SELECT document_id FROM figure WHERE sheet IN ('T08', 'T09') AND value <> 0) USING (document_id)
