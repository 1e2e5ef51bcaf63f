-- id: STA-YOY-JUMP
-- title: 科目同比异动
-- family: STA
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: |ln(cur/prev)| robust z>3.5 且 |Δ|≥max(10 万元,5%总额)
-- sentence: 科目的同比变动不离群：变动额不超过十万元和总额的百分之五，或对数变动在本单位各科目的稳健范围内。
WITH moved AS (
    SELECT f.document_id, f.cell_id, g.cell_id AS prior_cell_id, ln(f.value::DOUBLE / g.value::DOUBLE) AS change, abs(f.value - g.value) AS amount,
           sum(f.value) OVER (PARTITION BY f.document_id) AS total
    FROM figure f JOIN prior_document USING (document_id)
    JOIN figure g ON g.document_id = prior_id AND g.sheet = 'T05' AND g.functional_code = f.functional_code AND g.measure = 'total'
        AND g.stage = 'current' AND g.instances = 1 AND g.item = '' AND g.value > 0
    WHERE f.sheet = 'T05' AND length(f.functional_code) = 7 AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1
      AND f.item = '' AND f.value > 0
), centred AS (
    SELECT *, median(change) OVER own AS middle, count(*) OVER own AS items FROM moved WINDOW own AS (PARTITION BY document_id)
), judged_move AS (
    SELECT *, median(abs(change - middle)) OVER (PARTITION BY document_id) AS deviation FROM centred WHERE items >= 8
), outlier AS (
    SELECT *, deviation > 0 AND 0.6745 * abs(change - middle) / nullif(deviation, 0) > 3.5 AND abs(change) > 0.5
              AND amount >= greatest(100000, total * 0.05) AS is_outlier FROM judged_move
)
SELECT document_id, '' AS subject, count(*) FILTER (is_outlier) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list([cell_id, prior_cell_id] ORDER BY cell_id) FILTER (is_outlier))[1:10] AS evidence
FROM outlier GROUP BY document_id
