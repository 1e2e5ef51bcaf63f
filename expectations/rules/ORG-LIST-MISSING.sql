-- id: ORG-LIST-MISSING
-- title: 名单内单位未见公开
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- needs: T03|BT03|narrative
-- version: 1
-- formula: ∀u∈dept.unit_list: ∃publication(u,y)
-- sentence: 登记为单独公开的所属单位都已公开。
SELECT d.document_id, '' AS subject, count(*) FILTER (p.status = 'missing') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [d.document_id] AS evidence
FROM document_in_force d JOIN core.unit u ON u.parent_unit_id = d.unit_id AND u.is_registered AND u.is_current AND u.publishes_separately
JOIN core.publication p ON p.unit_id = u.unit_id AND p.fiscal_year = d.fiscal_year AND p.doc_kind = d.doc_kind
WHERE d.scope = 'department' AND p.status IN ('missing', 'found', 'late') GROUP BY d.document_id
