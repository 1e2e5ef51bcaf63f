-- id: BUD-0305
-- title: 支出总表=一般公共预算表
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: budget
-- needs: BT03 BT05
-- version: 1
-- formula: ∀码: BT03 = BT05+BT06+BT07 (无非财政收入时)
-- sentence: 收入全部来自财政拨款的，每个科目的支出预算等于一般公共预算、政府性基金和国有资本经营预算支出之和。
SELECT * FROM identity(
    [term('T03', 'functional.item')],
    [term('T05', 'functional.item', required := false), term('T08', 'functional.item', required := false),
     term('T09', 'functional.item', required := false)], across := ['functional'])
SEMI JOIN (
    SELECT document_id FROM figure WHERE sheet IN ('T01', 'T04') AND line_code = 'expenditure.total' AND measure = 'total'
      AND stage = 'current' AND fund IN ('all', 'fiscal_appropriation')
    GROUP BY document_id HAVING count(DISTINCT sheet) = 2 AND max(value) = min(value)
) USING (document_id)
SEMI JOIN (
    SELECT document_id FROM figure WHERE sheet IN ('T03', 'T05', 'T08', 'T09') AND line_code = 'functional.total'
      AND measure = 'total' AND stage = 'current'
    GROUP BY document_id
    HAVING judge_equal(sum(value) FILTER (sheet = 'T03'), sum(half_width) FILTER (sheet = 'T03'),
                       sum(value) FILTER (sheet <> 'T03'), sum(half_width) FILTER (sheet <> 'T03'), 1).verdict <> 'violated'
) USING (document_id)
