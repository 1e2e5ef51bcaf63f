-- Fills what the documents of one batch consist of, from their frames (extracted_<frame>, facts_<frame>, each with
-- document_id) and from core.document. A build runs it once a batch, in the order of the batches, so that its memory does
-- not grow with the corpus.

-- ---- Extraction ------------------------------------------------------------------------------------------------

INSERT INTO core.page BY NAME
SELECT document_id, page, width, height, rotation, char_count, table_count, route, status, status_reason
FROM extracted_page ORDER BY document_id, page;

INSERT INTO core.extracted_table BY NAME
SELECT printf('%s.t%02d', document_id, table_no) AS table_id, * FROM extracted_table ORDER BY document_id, table_no;

INSERT INTO core.statement BY NAME
SELECT printf('%s.s%02d', document_id, statement_no) AS statement_id, * FROM facts_statement ORDER BY document_id, statement_no;

-- The unit of a cell is its amount's where it was understood, else the money unit over it, for numbers only.
INSERT INTO core.cell BY NAME
SELECT printf('%s.t%02d.r%03d.c%02d', cell.document_id, cell.table_no, cell.row_no, cell.column_no) AS cell_id,
       cell.document_id,
       printf('%s.s%02d', cell.document_id, label.statement_no) AS statement_id,
       cell.table_no, cell.page, cell.row_no, cell.column_no, cell.row_span, cell.column_span, cell.is_header,
       label.row_label, label.column_label, cell.raw_text, cell.state, cell.value, cell.decimals,
       coalesce(amount.unit,
                CASE WHEN cell.state = 'percent' THEN '%'
                     WHEN cell.state IN ('number', 'zero_printed') THEN coalesce(statement.money_unit, extracted.money_unit) END
               ) AS unit,
       label.unmapped_reason, cell.method, cell.confidence, cell.x0, cell.top, cell.x1, cell.bottom
FROM extracted_cell AS cell
LEFT JOIN facts_cell_label AS label USING (document_id, table_no, row_no, column_no)
LEFT JOIN (SELECT document_id, table_no, row_no, column_no, min(unit) AS unit FROM facts_amount GROUP BY ALL) AS amount
       USING (document_id, table_no, row_no, column_no)
LEFT JOIN facts_statement AS statement ON statement.document_id = cell.document_id AND statement.statement_no = label.statement_no
LEFT JOIN extracted_table AS extracted ON extracted.document_id = cell.document_id AND extracted.table_no = cell.table_no
ORDER BY cell.document_id, cell.table_no, cell.row_no, cell.column_no;

INSERT INTO core.line BY NAME SELECT * FROM extracted_line ORDER BY document_id, page, line_no;

INSERT INTO core.sentence BY NAME
SELECT printf('%s.n%04d', document_id, sentence_no) AS sentence_id, * FROM extracted_sentence ORDER BY document_id, sentence_no;

INSERT INTO core.fragment BY NAME
SELECT printf('%s.n%04d', document_id, sentence_no) AS sentence_id, * EXCLUDE (sentence_no),
       list_min(char_x0) AS x0, list_max(char_x1) AS x1
FROM extracted_fragment ORDER BY document_id, sentence_no, fragment_no;

-- ---- Facts -----------------------------------------------------------------------------------------------------

INSERT INTO core.amount BY NAME
SELECT printf('a.%s.t%02d.r%03d.c%02d', amount.document_id, amount.table_no, amount.row_no, amount.column_no) AS amount_id,
       printf('%s.t%02d.r%03d.c%02d', amount.document_id, amount.table_no, amount.row_no, amount.column_no) AS cell_id,
       printf('%s.s%02d', amount.document_id, amount.statement_no) AS statement_id,
       amount.*,
       document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope,
       half_width_yuan_in(amount.statement_code, amount.unit, amount.decimals, amount.state) AS half_width_yuan,
       half_width_printed(amount.unit, amount.decimals, amount.state) AS half_width,
       coalesce(cell.method = 'ocr', false) AS is_from_ocr
FROM facts_amount AS amount
JOIN loading_document AS document USING (document_id)
LEFT JOIN extracted_cell AS cell USING (document_id, table_no, row_no, column_no)
ORDER BY amount.document_id, amount.table_no, amount.row_no, amount.column_no, amount.statement_no, amount.line_code, amount.measure;

INSERT INTO core.claim BY NAME
SELECT printf('%s.n%04d.k%02d', claim.document_id, claim.sentence_no, claim.claim_no) AS claim_id,
       printf('%s.n%04d', claim.document_id, claim.sentence_no) AS sentence_id,
       claim.* EXCLUDE (related_claim_no),
       document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope,
       half_width_yuan(claim.unit, claim.decimals, 'number') AS half_width_yuan,
       half_width_printed(claim.unit, claim.decimals, 'number') AS half_width,
       printf('%s.n%04d.k%02d', claim.document_id, claim.sentence_no, claim.related_claim_no) AS related_claim_id,
       coalesce(sentence.method = 'ocr', false) AS is_from_ocr
FROM facts_claim AS claim
JOIN loading_document AS document USING (document_id)
LEFT JOIN extracted_sentence AS sentence USING (document_id, sentence_no)
ORDER BY claim.document_id, claim.sentence_no, claim.claim_no;

INSERT INTO core.performance_project BY NAME
SELECT printf('%s.s%02d', document_id, statement_no) AS statement_id, * FROM facts_performance_project
ORDER BY document_id, statement_no, table_no, project;

INSERT INTO core.performance_indicator BY NAME
SELECT printf('%s.s%02d', document_id, statement_no) AS statement_id, * FROM facts_performance_indicator
ORDER BY document_id, statement_no, table_no, row_no;

INSERT INTO core.unmapped BY NAME
SELECT * FROM facts_unmapped ORDER BY document_id, page, kind, text, statement_code, reason;
