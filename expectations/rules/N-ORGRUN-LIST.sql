-- id: N-ORGRUN-LIST
-- title: 机关运行经费所列各项=经济分类表
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T06|BT08|BT12|BT18 narrative
-- version: 1
-- formula: ∀(款,金额)∈NR.机关运行经费.列举: 经济分类表[款]=金额
-- sentence: 机关运行经费中列举的各款，绝大多数与经济分类表的同款金额相等时，其余各款也应相等。
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
