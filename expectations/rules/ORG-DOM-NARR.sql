-- id: ORG-DOM-NARR
-- title: 单位说明数(执行数等)不得大于部门
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: at_most
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: unit.BN.exec[项] ≤ dept.BN.exec[项]
-- sentence: 单位说明中每一项级科目的金额（上年执行数、预算数等），不大于所属部门说明中同一科目的同口径金额。
WITH item AS (
    -- one amount of each item, basis and year; money of other funds or of parts is not comparable
    SELECT document_id, functional_code, basis, subject_year, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id
    FROM said
    WHERE metric = 'amount' AND is_money AND NOT is_in_reason AND length(functional_code) = 7 AND measure IN ('', 'total')
    GROUP BY ALL HAVING min(value) = max(value)
)
SELECT u.document_id, x.functional_code || ' ' || x.basis AS subject, x.value AS actual, x.half_width AS actual_half_width, y.value AS expected,
       y.half_width AS expected_half_width, 1 AS part_count, [x.claim_id, y.claim_id] AS evidence
FROM document_in_force u JOIN document_in_force d
    ON d.doc_kind = u.doc_kind AND d.fiscal_year = u.fiscal_year AND d.scope = 'department' AND u.scope = 'unit'
    AND d.document_id <> u.document_id AND (d.unit_name = u.department_name OR d.department_name = u.department_name)
JOIN item x ON x.document_id = u.document_id
JOIN item y ON y.document_id = d.document_id AND y.functional_code = x.functional_code AND y.basis = x.basis
    AND y.subject_year IS NOT DISTINCT FROM x.subject_year
