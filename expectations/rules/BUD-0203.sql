-- id: BUD-0203
-- title: 收入预算=支出预算(逐码)
-- family: BUD
-- severity: warning
-- basis: B75;B143
-- kind: equal
-- doc_kind: budget
-- needs: BT02 BT03
-- version: 1
-- formula: BT02[码].total = BT03[码].total
-- sentence: 收入预算总额与支出预算总额相等的，每个科目的收入预算等于支出预算。
SELECT * FROM identity([term('T02', 'functional.item')], [term('T03', 'functional.item')], across := ['functional'])
SEMI JOIN (
    SELECT a.document_id FROM figure a JOIN figure b USING (document_id)
    WHERE a.sheet = 'T02' AND b.sheet = 'T03' AND a.line_code = 'functional.total' AND b.line_code = 'functional.total'
      AND a.measure = 'total' AND b.measure = 'total' AND a.stage = 'current' AND b.stage = 'current'
      AND judge_equal(a.value, a.half_width, b.value, b.half_width, 1).verdict <> 'violated'
) USING (document_id)
