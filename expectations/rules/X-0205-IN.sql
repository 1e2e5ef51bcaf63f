-- id: X-0205-IN
-- title: 分科目财政拨款收入≈支出
-- family: XTB
-- severity: notice
-- basis: —
-- kind: sum
-- doc_kind: any
-- needs: T02|BT02 T05|BT05 T04|BT04
-- version: 1
-- formula: ∀code: T02.fiscal = T05 + T08 + T09（没有结转结余的）
-- sentence: 没有财政拨款结转结余的单位，收入表中每一科目的财政拨款收入等于该科目的财政拨款支出。
FROM identity(
    [term('T02', 'functional.item', measure := 'fiscal_appropriation')],
    [term('T05', 'functional.item', required := false), term('T08', 'functional.item', required := false),
     term('T09', 'functional.item', required := false)], across := ['functional'])
ANTI JOIN (SELECT document_id FROM figure WHERE sheet IN ('T04', 'T08') AND value <> 0
             AND (line_code LIKE 'revenue.opening_carryover%' OR line_code LIKE 'expenditure.closing_carryover%'
                  OR (sheet = 'T08' AND measure IN ('opening', 'closing')))) USING (document_id)
