-- id: N-ORGRUN-LIST
-- title: 机关运行经费所列各项=经济分类表
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T06|BT08|BT12|BT18 narrative
-- version: 2
-- formula: ∀(款,金额)∈NR.机关运行经费.列举: 经济分类表[款]=金额；列全的 Σ款=机关运行经费
-- sentence: 机关运行经费中列举的各款，绝大多数与经济分类表的同款金额相等时，其余各款也应相等；列到“其他商品和服务支出”为止的，各款之和等于机关运行经费。
WITH item AS (
    SELECT s.document_id, s.parent_context_no, s.economic_code, s.claim_id, s.value, s.half_width,
           arg_min(f.value, (abs(f.value - s.value), f.cell_id)) AS figure_value,
           arg_min(f.half_width, (abs(f.value - s.value), f.cell_id)) AS figure_half_width,
           arg_min(f.cell_id, (abs(f.value - s.value), f.cell_id)) AS cell_id
    FROM said s
    JOIN context_amount whole ON whole.document_id = s.document_id AND whole.context_no = s.parent_context_no AND whole.basis = 'none'
        AND whole.line_code LIKE 'agency_operating_cost%'
    JOIN figure f ON f.document_id = s.document_id AND f.economic_code = s.economic_code AND f.stage = 'current' AND f.instances = 1
        AND f.measure IN ('total', 'general_operating') AND f.sheet IN ('T06', 'BT12', 'BT18', 'BT19')
    WHERE s.metric = 'amount' AND s.basis = 'none' AND s.is_money AND NOT s.is_in_reason AND length(s.economic_code) = 5
    GROUP BY ALL
), held AS (
    SELECT *, judge_equal(value, half_width, figure_value, figure_half_width, 1).verdict <> 'violated' AS is_met FROM item
)
SELECT document_id, economic_code AS subject, value AS actual, half_width AS actual_half_width, figure_value AS expected,
       figure_half_width AS expected_half_width, 1 AS part_count, [claim_id, cell_id] AS evidence
FROM held
WINDOW of_list AS (PARTITION BY document_id, parent_context_no)
QUALIFY count(*) OVER of_list >= 5 AND count(*) FILTER (is_met) OVER of_list * 5 >= count(*) OVER of_list * 4
UNION ALL BY NAME
-- a list of many items that ends with the others is complete
SELECT w.document_id, '合计' AS subject, w.value AS actual, w.half_width AS actual_half_width, sum(p.value) AS expected,
       sum(p.half_width) AS expected_half_width, count(*) AS part_count, list_prepend(w.claim_id, list(p.claim_id ORDER BY p.claim_id)) AS evidence,
       'indirect' AS note
FROM context_amount w JOIN said p ON p.document_id = w.document_id AND p.parent_context_no = w.context_no
WHERE w.basis = 'none' AND w.line_code LIKE 'agency_operating_cost%' AND p.metric = 'amount' AND p.basis = 'none' AND p.is_money
  AND NOT p.is_in_reason AND p.subject_kind IN ('economic', 'three_public')
GROUP BY w.document_id, w.claim_id, w.value, w.half_width
HAVING count(*) >= 8 AND count(*) = count(DISTINCT (p.line_code, p.economic_code)) AND max(p.claim_id) = max(p.claim_id) FILTER (p.economic_code = '30299')
