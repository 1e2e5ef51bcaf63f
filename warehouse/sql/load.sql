-- Fills sightings, documents and the ledger: what is decided over all documents at once. Reads the frames extracted_document
-- and facts_identity of every document, all other frames (extracted_<frame>, facts_<frame>) of the documents that
-- warehouse/build.py finds undecided without them, the inputs sighting_input, ledger_input and alias_input, and set_state
-- (one row a stored file: what sets it has). What documents consist of is filled batch by batch (load_batch.sql). Every
-- insert has an order, so that the same inputs give the same rows in the same places, whatever the number of workers that
-- made them.

INSERT INTO core.sighting
SELECT row_number() OVER (ORDER BY fetched_at, source_id, url, page_url, link_text, title, sha256, reason_code),
       left(sha256, 16), sha256, source_id, source_title, url, page_url, link_text, title, file_name,
       TRY_CAST(left(published_on, 10) AS DATE),
       TRY_CAST(fetched_at AS TIMESTAMP),
       status, media_kind, listed_unit, listed_year, listed_kind, container_sha256, reason_code, reason
FROM sighting_input
ORDER BY 1;

-- ---- Documents -------------------------------------------------------------------------------------------------

-- What an address gave last stands there now; what it gave before was replaced in place, in the order in which it was given.
CREATE TEMP TABLE at_address AS
SELECT sha256, row_number() OVER address AS place_no, lead(sha256) OVER address IS NULL AS is_last
FROM (SELECT url, sha256, max(sighting_no) AS last_no FROM core.sighting WHERE sha256 IS NOT NULL GROUP BY url, sha256)
WINDOW address AS (PARTITION BY url ORDER BY last_no);

CREATE TEMP TABLE seen AS
SELECT sha256, sha256 IN (SELECT sha256 FROM at_address WHERE is_last) AS is_in_place,
       (SELECT max(place_no) FROM at_address AS given WHERE given.sha256 = sighting.sha256) AS place_no, count(*) AS sighting_count,
       min(fetched_at)::DATE AS first_seen, max(fetched_at)::DATE AS last_seen,
       max(published_on) AS published_on,
       arg_max(struct_pack(file_name := file_name, url := url, page_url := page_url, link_text := link_text, title := title,
                           place := place, media_kind := media_kind), sighting_no) AS latest
FROM core.sighting AS sighting WHERE sha256 IS NOT NULL GROUP BY sha256;

CREATE TEMP TABLE bundle AS SELECT DISTINCT container_sha256 AS sha256 FROM core.sighting WHERE container_sha256 IS NOT NULL;

-- Scans, outlined or garbled pages throughout, and nothing recognised: never an empty success.
CREATE TEMP TABLE unread AS
SELECT document_id FROM extracted_document
WHERE text_layer IN ('scanned', 'unusable') AND document_id NOT IN (SELECT document_id FROM extracted_line)
  AND document_id NOT IN (SELECT document_id FROM extracted_cell);

CREATE TEMP TABLE described AS
SELECT state.sha256, left(state.sha256, 16) AS document_id, extracted.byte_count, seen.*  EXCLUDE (sha256),
       CASE WHEN bundle.sha256 IS NOT NULL OR NOT state.is_extracted OR NOT state.is_readable OR extracted.status = 'failed'
              OR NOT state.is_transformed OR unread.document_id IS NOT NULL THEN 'quarantined'
            WHEN identity.is_template THEN 'template' ELSE 'loaded' END AS status,
       CASE WHEN bundle.sha256 IS NOT NULL THEN 'bundle'
            WHEN NOT state.is_extracted THEN 'not_extracted'
            WHEN NOT state.is_readable THEN 'unreadable_set'
            WHEN extracted.status = 'failed' THEN coalesce(extracted.reason_code, 'extraction_failed')
            WHEN NOT state.is_transformed THEN 'not_transformed'
            WHEN unread.document_id IS NOT NULL THEN 'needs_ocr'
            WHEN identity.is_template THEN 'template'
            WHEN NOT coalesce(identity.is_identified, false) THEN 'not_identified' END AS reason_code,
       extracted.status_reason AS extraction_reason, extracted.page_count, extracted.text_layer, extracted.producer, extracted.creator,
       extracted.created_on, extracted.title AS metadata_title, extracted.extractor_version,
       identity.unit_name AS printed_unit_name, identity.department_name, identity.fiscal_year, identity.doc_kind, identity.scope,
       identity.content, identity.is_template, identity.is_consolidated, identity.is_identified, identity.evidence
FROM set_state AS state
LEFT JOIN seen USING (sha256)
LEFT JOIN bundle USING (sha256)
LEFT JOIN unread ON unread.document_id = left(state.sha256, 16)
LEFT JOIN extracted_document AS extracted ON extracted.document_id = left(state.sha256, 16)
LEFT JOIN facts_identity AS identity ON identity.document_id = left(state.sha256, 16);

-- ---- One disclosure in several files ----------------------------------------------------------------------------

-- Narratives published apart from their tables. Tables alone often print neither year nor scope, and two files of one unit
-- need not belong together: what tells is that the amounts the text states are printed in the tables.
-- A text that takes in a form or one or two small tables is a narrative still.
CREATE TEMP TABLE half AS
SELECT described.document_id, unit.unit_id, doc_kind, fiscal_year, scope, content = 'tables' AS has_tables
FROM described JOIN alias_input AS unit ON unit.printed_name = described.printed_unit_name
LEFT JOIN (SELECT document_id, count(DISTINCT statement_code) AS statements FROM facts_statement
           WHERE status = 'filled' AND statement_code NOT IN ('PF', 'PFW', 'BT14', 'BT16') GROUP BY document_id) AS filled USING (document_id)
WHERE status = 'loaded' AND NOT coalesce(is_consolidated, false) AND doc_kind IS NOT NULL
  AND (content IN ('narrative', 'tables') OR (content IN ('full', 'performance') AND coalesce(statements, 0) <= 2));

CREATE TEMP TABLE stated_number AS
SELECT DISTINCT claim.document_id, claim.amount_yuan, half_width_yuan(claim.unit, claim.decimals, 'number') AS half_width
FROM facts_claim AS claim SEMI JOIN (FROM half WHERE NOT has_tables) AS half USING (document_id)
WHERE claim.status = 'typed' AND claim.metric = 'amount' AND claim.basis = 'none' AND claim.amount_yuan >= 100000;

CREATE TEMP TABLE printed_number AS
SELECT DISTINCT amount.document_id, amount.amount_yuan,
       half_width_yuan_in(amount.statement_code, amount.unit, amount.decimals, amount.state) AS half_width
FROM facts_amount AS amount SEMI JOIN (FROM half WHERE has_tables) AS half USING (document_id)
WHERE amount.amount_yuan >= 100000;

-- Half of what the text states, and three different amounts, must be there.
CREATE TEMP MACRO numbers_agree(met, stated) AS met >= 3 AND met * 2 >= stated;

CREATE TEMP TABLE fitting_half AS
WITH beside AS (
    SELECT text.document_id AS text_id, tables.document_id AS tables_id
    FROM half AS text JOIN half AS tables USING (unit_id, doc_kind)
    WHERE NOT text.has_tables AND tables.has_tables AND (text.fiscal_year = tables.fiscal_year) IS NOT false
      AND (text.scope = tables.scope) IS NOT false
), met AS (
    SELECT text_id, tables_id, count(DISTINCT stated.amount_yuan) AS met
    FROM beside JOIN stated_number AS stated ON stated.document_id = text_id
    JOIN printed_number AS printed ON printed.document_id = tables_id
        AND abs(printed.amount_yuan - stated.amount_yuan) <= printed.half_width + stated.half_width
    GROUP BY ALL
)
SELECT text_id, tables_id, met FROM met
JOIN (SELECT document_id AS text_id, count(DISTINCT amount_yuan) AS stated FROM stated_number GROUP BY ALL) USING (text_id)
WHERE numbers_agree(met, stated);

-- What one half does not print of its identity is what the other half says, where all that fit say the same.
CREATE TEMP TABLE completed AS
WITH paired AS (
    SELECT text_id AS document_id, tables_id AS other_id FROM fitting_half
    UNION ALL
    SELECT tables_id, text_id FROM fitting_half
)
SELECT paired.document_id, min(half.fiscal_year) AS fiscal_year, min(half.scope) AS scope, min(paired.other_id) AS completed_by
FROM paired JOIN half ON half.document_id = paired.other_id
GROUP BY paired.document_id
HAVING count(DISTINCT half.fiscal_year) <= 1 AND count(DISTINCT half.scope) <= 1;

CREATE TEMP TABLE identified AS
SELECT described.* REPLACE (
           coalesce(described.fiscal_year, completed.fiscal_year) AS fiscal_year,
           coalesce(described.scope, completed.scope) AS scope,
           described.is_identified OR completed.fiscal_year IS NOT NULL AS is_identified,
           CASE WHEN reason_code <> 'not_identified' OR completed.fiscal_year IS NULL THEN reason_code END AS reason_code),
       unit.unit_id, unit.unit_name,
       CASE WHEN described.fiscal_year IS NULL AND completed.fiscal_year IS NOT NULL
              OR described.scope IS NULL AND completed.scope IS NOT NULL THEN completed_by END AS completed_by
FROM described LEFT JOIN alias_input AS unit ON unit.printed_name = described.printed_unit_name
LEFT JOIN completed USING (document_id);

-- Tables that appeared as several files, each with statements of its own, are parts and not versions of one another: files
-- are versions where they print a statement in common, directly or through a third.
CREATE TEMP TABLE tables_file AS
SELECT DISTINCT unit_id, fiscal_year, doc_kind, scope, document_id, statement_code
FROM identified JOIN facts_statement AS statement USING (document_id)
WHERE identified.status = 'loaded' AND content = 'tables' AND unit_id IS NOT NULL AND fiscal_year IS NOT NULL AND scope IS NOT NULL
  AND statement.statement_code IS NOT NULL AND statement.status <> 'announced_only';

CREATE TEMP TABLE tables_part AS
WITH RECURSIVE beside AS (
    SELECT DISTINCT one.document_id, other.document_id AS other_id
    FROM tables_file AS one JOIN tables_file AS other USING (unit_id, fiscal_year, doc_kind, scope, statement_code)
), reached AS (
    SELECT document_id, other_id FROM beside
    UNION
    SELECT reached.document_id, beside.other_id FROM reached JOIN beside ON beside.document_id = reached.other_id
)
SELECT reached.document_id, min(tables_file.statement_code) AS part
FROM reached JOIN tables_file ON tables_file.document_id = reached.other_id GROUP BY ALL;

-- What a document is a version of. Several self-evaluation forms of one unit stand side by side, so only whole disclosures
-- and their narrative or table halves supersede one another; a body's own level (本级) is never a version of its whole. What was
-- replaced in place comes before what stands, and stands again when its address gives it again; of two that appeared on one
-- day, the one with a text layer wins, then what one address gave later.
CREATE TEMP TABLE named AS
SELECT identified.*, regexp_matches(coalesce(printed_unit_name, ''), '(本级|本部|机关)[)）]?$') AS is_own_level,
       CASE WHEN status = 'loaded' AND is_identified AND NOT is_consolidated AND content IN ('full', 'narrative', 'tables')
                 AND unit_id IS NOT NULL AND fiscal_year IS NOT NULL AND doc_kind IS NOT NULL AND scope IS NOT NULL
            THEN 'p_' || left(sha256(concat_ws('|', unit_id, fiscal_year, doc_kind, scope, content, tables_part.part, is_own_level)), 16)
            ELSE 'p_' || document_id END AS publication_id
FROM identified LEFT JOIN tables_part USING (document_id);

CREATE TEMP TABLE versioned AS
SELECT *, row_number() OVER version AS version_no,
       status = 'loaded' AND lead(document_id) OVER version IS NULL AS is_current,
       lead(document_id) OVER version AS superseded_by
FROM named
WINDOW version AS (PARTITION BY publication_id ORDER BY is_in_place, published_on NULLS FIRST, first_seen NULLS FIRST,
                      list_position(['scanned', 'mixed', 'digital'], text_layer) NULLS FIRST, place_no NULLS FIRST, document_id);

-- The current files of one disclosure: one narrative and its tables, where no file has both. They are judged together, under
-- the first of the tables' files.
CREATE TEMP TABLE disclosure AS
WITH together AS (
    SELECT unit_id, fiscal_year, doc_kind, scope, is_own_level, document_id,
           CASE WHEN content IN ('full', 'performance') AND document_id IN (SELECT text_id FROM fitting_half) THEN 'narrative'
                ELSE content END AS content
    FROM versioned
    WHERE is_current AND NOT is_consolidated AND (content IN ('full', 'narrative', 'tables') OR document_id IN (SELECT text_id FROM fitting_half))
      AND unit_id IS NOT NULL AND fiscal_year IS NOT NULL AND scope IS NOT NULL
), grouped AS (
    SELECT unit_id, fiscal_year, doc_kind, scope, is_own_level, min(document_id) FILTER (content = 'tables') AS disclosure_id,
           min(document_id) FILTER (content = 'narrative') AS text_id, count(*) FILTER (content = 'narrative') AS texts
    FROM together GROUP BY ALL
    HAVING count(*) FILTER (content = 'full') = 0 AND count(*) FILTER (content = 'tables') > 0 AND texts <= 1 AND count(*) > 1
), met AS (
    SELECT text_id, count(DISTINCT stated.amount_yuan) AS met
    FROM grouped JOIN together USING (unit_id, fiscal_year, doc_kind, scope, is_own_level)
    JOIN stated_number AS stated ON stated.document_id = grouped.text_id
    JOIN printed_number AS printed ON printed.document_id = together.document_id
        AND abs(printed.amount_yuan - stated.amount_yuan) <= printed.half_width + stated.half_width
    GROUP BY text_id
), fitting AS (
    SELECT grouped.text_id FROM grouped JOIN met USING (text_id)
    WHERE numbers_agree(met.met, (SELECT count(DISTINCT amount_yuan) FROM stated_number WHERE document_id = grouped.text_id))
)
SELECT together.document_id, grouped.disclosure_id
FROM grouped JOIN together USING (unit_id, fiscal_year, doc_kind, scope, is_own_level)
WHERE together.content = 'tables' OR together.document_id IN (FROM fitting);

INSERT INTO core.document BY NAME
SELECT document_id, sha256, byte_count, latest.file_name AS file_name, latest.url AS source_url, latest.page_url AS page_url,
       latest.link_text AS link_text, latest.title AS listed_title, latest.place AS place, published_on, first_seen, last_seen,
       sighting_count, status, reason_code,
       CASE reason_code
            WHEN 'bundle' THEN '压缩包，其中的文件已逐个保存并列出'
            WHEN 'not_extracted' THEN '尚未抽取'
            WHEN 'unreadable_set' THEN '抽取或转换结果文件无法读取，需重新生成'
            WHEN 'not_transformed' THEN '已抽取，尚未转换为事实'
            WHEN 'needs_ocr' THEN '各页都没有可用的文字（扫描、轮廓字或乱码），需要 OCR 识别'
            WHEN 'template' THEN '空白模板，不是某个单位的公开文件'
            WHEN 'not_identified' THEN '未能从文件内容确定单位、年度或文种'
            ELSE extraction_reason END AS status_reason,
       page_count, text_layer, producer, creator, created_on, metadata_title AS title, unit_id, unit_name, printed_unit_name,
       department_name, fiscal_year, doc_kind, scope, content, is_template, is_consolidated, is_identified,
       evidence AS identity_evidence, publication_id,
       version_no, is_current, superseded_by, extractor_version, getvariable('transform_version') AS transform_version,
       coalesce(disclosure.disclosure_id, document_id) AS disclosure_id, completed_by
FROM versioned LEFT JOIN disclosure USING (document_id)
ORDER BY document_id;

-- ---- Ledger ----------------------------------------------------------------------------------------------------

INSERT INTO core.finding_event BY NAME SELECT * FROM ledger_input ORDER BY event_no;
