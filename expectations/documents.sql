-- Which documents rules read and what is printed in them. Temporary tables and views of the judging connection; never published.

-- Budget statements that answer to a final-accounts sheet. All others keep their own code.
CREATE OR REPLACE TEMP MACRO sheet_of(statement_code) AS CASE statement_code
    WHEN 'BT01' THEN 'T01' WHEN 'BT02' THEN 'T02' WHEN 'BT03' THEN 'T03' WHEN 'BT04' THEN 'T04' WHEN 'BT05' THEN 'T05'
    WHEN 'BT06' THEN 'T08' WHEN 'BT07' THEN 'T09' WHEN 'BT08' THEN 'T06' WHEN 'BT09' THEN 'T07'
    ELSE statement_code END;

-- Files that are judged under another file of the same disclosure: a narrative under its tables, further tables under the
-- first. Their numbering is moved on, so that nothing of the two is taken for the same.
CREATE OR REPLACE TEMP TABLE further_file AS
SELECT document_id, disclosure_id, 100000 * row_number() OVER (PARTITION BY disclosure_id ORDER BY document_id) AS moved
FROM core.document WHERE disclosure_id <> document_id;

-- A row of a statement: where it goes on in further tables (of the next pages), their rows are counted from one again.
-- Tables are counted as in their own file.
CREATE OR REPLACE TEMP MACRO row_of_statement(table_no, first_table_no, row_no) AS
    (table_no % 100000 - first_table_no % 100000) * 100000 + row_no;
CREATE OR REPLACE TEMP MACRO judged_under(document_id, disclosure_id) AS coalesce(disclosure_id, document_id);
CREATE OR REPLACE TEMP MACRO moved_on(number, moved) AS number + coalesce(moved, 0);

-- What is printed, under the document it is judged under. Rules read these instead of the tables of core.
CREATE OR REPLACE TEMP VIEW disclosed_statement AS
SELECT s.* REPLACE (judged_under(s.document_id, f.disclosure_id) AS document_id, moved_on(s.statement_no, f.moved) AS statement_no,
                    moved_on(s.table_no, f.moved) AS table_no)
FROM core.statement s LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_table AS
SELECT t.* REPLACE (judged_under(t.document_id, f.disclosure_id) AS document_id, moved_on(t.table_no, f.moved) AS table_no)
FROM core.extracted_table t LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_cell AS
SELECT c.* REPLACE (judged_under(c.document_id, f.disclosure_id) AS document_id, moved_on(c.table_no, f.moved) AS table_no)
FROM core.cell c LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_page AS
SELECT p.* REPLACE (judged_under(p.document_id, f.disclosure_id) AS document_id, moved_on(p.page, f.moved) AS page)
FROM core.page p LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_sentence AS
SELECT n.* REPLACE (judged_under(n.document_id, f.disclosure_id) AS document_id, moved_on(n.sentence_no, f.moved) AS sentence_no,
                    moved_on(n.paragraph_no, f.moved) AS paragraph_no)
FROM core.sentence n LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_claim AS
SELECT c.* REPLACE (judged_under(c.document_id, f.disclosure_id) AS document_id, moved_on(c.sentence_no, f.moved) AS sentence_no,
                    moved_on(c.paragraph_no, f.moved) AS paragraph_no, moved_on(c.context_no, f.moved) AS context_no,
                    moved_on(c.parent_context_no, f.moved) AS parent_context_no,
                    moved_on(c.whole_context_no, f.moved) AS whole_context_no)
FROM core.claim c LEFT JOIN further_file f USING (document_id);
CREATE OR REPLACE TEMP VIEW disclosed_indicator AS
SELECT i.* REPLACE (judged_under(i.document_id, f.disclosure_id) AS document_id, moved_on(i.table_no, f.moved) AS table_no)
FROM core.performance_indicator i LEFT JOIN further_file f USING (document_id);

-- Disclosures rules may speak about, under their (first) document. Templates, superseded versions and unreadable files are
-- judged by none.
CREATE OR REPLACE TEMP TABLE document_in_force AS
SELECT document_id, doc_kind, fiscal_year, scope, CASE WHEN text_id IS NULL THEN content ELSE 'full' END AS content, place, unit_id,
       unit_name, printed_unit_name, coalesce(department_name, text_department) AS department_name,
       created_on, published_on, coalesce(is_identified, false) AS is_identified,
       coalesce(is_consolidated, false) AS is_consolidated
FROM core.document
LEFT JOIN (SELECT disclosure_id AS document_id, min(document_id) AS text_id, min(department_name) AS text_department
           FROM core.document WHERE disclosure_id <> document_id AND content <> 'tables' GROUP BY disclosure_id) USING (document_id)
WHERE status = 'loaded' AND is_current AND NOT coalesce(is_template, false) AND doc_kind IS NOT NULL
  AND document_id NOT IN (SELECT document_id FROM further_file);

-- Every document a rule could be asked about, with the reason why none may answer there.
CREATE OR REPLACE TEMP TABLE asked_document AS
SELECT document_id, doc_kind, fiscal_year, place,
       CASE WHEN status = 'template' OR coalesce(is_template, false) THEN 'template'
            WHEN status <> 'loaded' THEN 'not_loaded'
            WHEN NOT is_current THEN 'superseded'
            WHEN disclosure_id <> document_id THEN 'judged_together'
            WHEN doc_kind IS NULL THEN 'kind_unknown' END AS closed_reason,
       coalesce(is_identified, false) AS is_identified
FROM core.document;

-- Documents that were read, whether or not they are identified.
CREATE OR REPLACE TEMP VIEW asked_document_open AS SELECT * FROM asked_document WHERE closed_reason IS NULL;
