-- id: DOC-EMPTY-CONTRADICT
-- title: 有数的表却注“空表/无数据”
-- family: DOC
-- severity: error
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: note∈EMPTY_PHRASES ∧ ∃cell.state=number≠0 ⇒ hit
-- sentence: 表中有数的，表下不注“空表”“无数据”。
SELECT s.document_id, s.statement_code || ' ' || s.instance AS subject, least(count(f.cell_id), 1) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(s.statement_id, list(f.cell_id ORDER BY f.cell_id)[1:3]) AS evidence
FROM (
    SELECT s.*, row_number() OVER (PARTITION BY s.document_id, s.statement_code ORDER BY s.statement_no) AS instance
    FROM disclosed_statement s SEMI JOIN document_in_force USING (document_id) WHERE s.statement_code IS NOT NULL
) s
JOIN disclosed_table t USING (document_id, table_no)
LEFT JOIN figure f ON f.statement_id = s.statement_id AND f.value <> 0
WHERE regexp_matches(coalesce(t.notes, '') || coalesce(t.caption, ''), '本表无数据|本表为空|为空表|此表为空|故.{0,4}表.{0,4}(无数据|为空)')
GROUP BY s.document_id, s.statement_code, s.instance, s.statement_id
