-- Dimensions, after the base tables are filled. Inputs: unit_input, alias_input (warehouse/units.py), calendar_input and
-- exempt_input (the registry), subject_input and lineage_input (reference data), statement_input and line_input (vocabulary).

INSERT INTO core.unit BY NAME SELECT * FROM unit_input ORDER BY unit_id, version_no;
INSERT INTO core.unit_alias BY NAME SELECT * FROM alias_input ORDER BY printed_name;
INSERT INTO core.statement_kind BY NAME SELECT statement_code, doc_kind, title FROM statement_input ORDER BY statement_code;
INSERT INTO core.line_kind BY NAME SELECT line_code, name FROM line_input ORDER BY line_code;

INSERT INTO core.fiscal_year BY NAME
SELECT fiscal_year,
       (SELECT count(DISTINCT left(functional_code, 3)) FROM core.amount WHERE amount.fiscal_year = document.fiscal_year)
           AS functional_class_count,
       count(*) AS document_count
FROM core.document AS document WHERE fiscal_year IS NOT NULL GROUP BY fiscal_year ORDER BY fiscal_year;

-- ---- Subjects ---------------------------------------------------------------------------------------------------

CREATE TEMP TABLE printed_subject AS
WITH printed AS (
    SELECT 'functional' AS scheme, fiscal_year, functional_code AS code, subject_name FROM core.amount
    WHERE functional_code IS NOT NULL
    UNION ALL
    SELECT CASE WHEN economic_code LIKE '5%' THEN 'governmental_economic' ELSE 'departmental_economic' END, fiscal_year,
           economic_code, subject_name FROM core.amount WHERE economic_code IS NOT NULL
), counted AS (
    SELECT scheme, fiscal_year, code, subject_name, count(*) AS times FROM printed WHERE fiscal_year IS NOT NULL GROUP BY ALL
)
SELECT DISTINCT ON (scheme, fiscal_year, code) scheme, fiscal_year, code, subject_name AS name
FROM counted ORDER BY scheme, fiscal_year, code, times DESC, subject_name NULLS LAST;

INSERT INTO core.subject BY NAME
WITH wanted AS (
    SELECT scheme, fiscal_year, code FROM printed_subject
    UNION
    SELECT scheme, fiscal_year, code FROM (SELECT DISTINCT scheme, code FROM subject_input), core.fiscal_year
), reference AS (
    SELECT DISTINCT ON (scheme, code) scheme, code, name FROM subject_input ORDER BY scheme, code, is_variant, name
)
SELECT wanted.scheme, wanted.fiscal_year, wanted.code, coalesce(lineage.name, reference.name, printed.name) AS name,
       (length(wanted.code) - 1) // 2 AS level,
       CASE WHEN length(wanted.code) > 3 THEN left(wanted.code, length(wanted.code) - 2) END AS parent_code,
       coalesce(lineage.lineage_code, wanted.code) AS lineage_code,
       reference.code IS NOT NULL OR lineage.code IS NOT NULL AS is_known,
       printed.code IS NOT NULL AS is_printed, lineage.note
FROM wanted
LEFT JOIN reference USING (scheme, code)
LEFT JOIN printed_subject AS printed USING (scheme, fiscal_year, code)
LEFT JOIN lineage_input AS lineage ON lineage.scheme = wanted.scheme AND lineage.code = wanted.code
    AND wanted.fiscal_year BETWEEN coalesce(lineage.first_year, 0) AND coalesce(lineage.last_year, 9999)
ORDER BY 1, 2, 3;

-- ---- Publications -----------------------------------------------------------------------------------------------

CREATE TEMP TABLE disclosed AS
SELECT unit_id, fiscal_year, doc_kind, min(published_on) AS published_on, count(*)::INTEGER AS document_count,
       arg_min(document_id, struct_pack(rank := CASE content WHEN 'full' THEN 1 WHEN 'tables' THEN 2 ELSE 3 END,
                                        scope := scope, document_id := document_id)) FILTER (is_current) AS current_document_id
FROM core.document
WHERE status = 'loaded' AND is_identified AND unit_id IS NOT NULL AND fiscal_year IS NOT NULL AND doc_kind IS NOT NULL
  AND content IN ('full', 'narrative', 'tables')
GROUP BY ALL;

-- Where the bureau gives no calendar, the disclosures that at least half of a place's known units have made are expected of
-- its others. A handful of units is no measure of anything, and neither is a folder of files from anywhere.
CREATE TEMP TABLE customary AS
WITH unit_of_place AS (
    SELECT DISTINCT place, unit_id FROM core.document
    WHERE unit_id IS NOT NULL AND place IS NOT NULL AND status = 'loaded' AND source_url LIKE 'http%'
), made AS (
    SELECT place, fiscal_year, doc_kind, count(DISTINCT unit_id) AS units FROM core.document
    JOIN disclosed USING (unit_id, fiscal_year, doc_kind) GROUP BY ALL
)
SELECT place, fiscal_year, doc_kind FROM made
JOIN (SELECT place, count(*) AS units FROM unit_of_place GROUP BY place) AS known USING (place)
WHERE known.units >= 4 AND made.units * 2 >= known.units;

CREATE TEMP TABLE expected AS
WITH registered AS (
    SELECT DISTINCT unit.unit_id, due.fiscal_year, due.doc_kind, unit.publishes_separately
    FROM core.unit AS unit
    JOIN (SELECT fiscal_year, doc_kind FROM calendar_input
          UNION SELECT fiscal_year, doc_kind FROM disclosed WHERE NOT EXISTS (FROM calendar_input)) AS due
      ON coalesce(unit.valid_from, DATE '0001-01-01') <= make_date(due.fiscal_year, 12, 31)
     AND coalesce(unit.valid_to, DATE '9999-12-31') >= make_date(due.fiscal_year, 1, 1)
    WHERE unit.is_registered
), inferred AS (
    SELECT DISTINCT unit_id, customary.fiscal_year, customary.doc_kind, true AS publishes_separately
    FROM core.document JOIN customary USING (place) JOIN core.unit USING (unit_id)
    WHERE NOT unit.is_registered AND document.status = 'loaded'
)
SELECT unit_id, fiscal_year, doc_kind, bool_or(publishes_separately) AS publishes_separately, 'registered' AS expectation
FROM registered GROUP BY ALL
UNION ALL
SELECT *, 'inferred' FROM inferred;

INSERT INTO core.publication BY NAME
WITH calendar AS (
    SELECT fiscal_year, doc_kind, min(approved_on) AS approved_on, min(coalesce(due_on, approved_on + 20)) AS due_on
    FROM calendar_input GROUP BY ALL
), joined AS (
    SELECT unit_id, fiscal_year, doc_kind, coalesce(expected.expectation, 'none') AS expectation,
           coalesce(expected.publishes_separately, true) AS publishes_separately, calendar.approved_on, calendar.due_on,
           disclosed.published_on, disclosed.current_document_id, coalesce(disclosed.document_count, 0) AS document_count,
           exempt.reason AS exempt_reason, exempt.unit_id IS NOT NULL AS is_exempt
    FROM expected
    FULL JOIN disclosed USING (unit_id, fiscal_year, doc_kind)
    LEFT JOIN calendar USING (fiscal_year, doc_kind)
    LEFT JOIN exempt_input AS exempt USING (unit_id, fiscal_year, doc_kind)
)
SELECT unit_id, fiscal_year, doc_kind, expectation, approved_on, due_on, published_on, current_document_id, document_count,
       CASE WHEN document_count > 0 THEN CASE WHEN published_on > due_on THEN 'late' ELSE 'found' END
            WHEN is_exempt OR NOT publishes_separately THEN 'exempt'
            WHEN due_on >= getvariable('night') THEN 'not_due'
            ELSE 'missing' END AS status,
       CASE WHEN document_count > 0 THEN NULL
            WHEN is_exempt THEN coalesce(exempt_reason, '已登记免于公开')
            WHEN NOT publishes_separately THEN '预算不单列，并入上级公开'
            WHEN expectation = 'inferred' THEN '同地区多数单位已公开，该单位未见' END AS reason
FROM joined ORDER BY unit_id, fiscal_year, doc_kind;
