-- id: X-SG-EMPTY
-- title: 三公表空但说明/经济分类有数
-- family: XTB
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- formula: T07 全空 ∧ (NR.sg.bud>0 ∨ NR.sg.act>0 ∨ T06[30217,30231,30212]>0)
-- sentence: “三公”经费表为空表的，基本支出中没有出国费、接待费和公务用车运行费。
SELECT f.document_id, f.code AS subject, f.value AS actual, f.half_width AS actual_half_width, 0 AS expected,
       0 AS expected_half_width, 1 AS part_count, [f.cell_id, e.statement_id] AS evidence
FROM figure f JOIN (
    SELECT document_id, min(statement_id) AS statement_id FROM disclosed_statement
    WHERE statement_code IN ('T07', 'BT09') GROUP BY document_id HAVING count(*) = 1 AND min(status) = 'empty_declared'
) e USING (document_id)
WHERE f.sheet = 'T06' AND f.code IN ('30212', '30217', '30231') AND f.measure = 'total' AND f.instances = 1
