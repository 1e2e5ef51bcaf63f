-- Base tables of the warehouse (schema core). Written once per build, in one order, by warehouse/build.py; rules and
-- the mart views read them. No keys on facts (they would blow the file up tenfold): expectations check uniqueness.
-- DECIMAL(24,6) is the printed value or an amount in 元; DECIMAL(38,6) a sum of such.

CREATE SCHEMA IF NOT EXISTS core;

-- One row a stored file, whatever became of it.
CREATE TABLE core.document (
    document_id        VARCHAR NOT NULL,  -- first 16 hex digits of sha256
    sha256             VARCHAR NOT NULL,
    byte_count         BIGINT,
    file_name          VARCHAR,
    source_url         VARCHAR,           -- of the latest sighting
    page_url           VARCHAR,           -- the page that linked to it
    link_text          VARCHAR,
    listed_title       VARCHAR,           -- title of that page
    place              VARCHAR,           -- name of the configured source (portal or folder)
    published_on       DATE,
    first_seen         DATE,              -- of the first sighting
    last_seen          DATE,
    sighting_count     INTEGER,
    status             VARCHAR NOT NULL,  -- loaded | quarantined | template
    status_reason      VARCHAR,           -- Chinese sentence; null where nothing is to be said
    reason_code        VARCHAR,           -- extractors' codes, not_extracted, not_transformed, unreadable_set, bundle, template, not_identified
    page_count         INTEGER,
    text_layer         VARCHAR,
    producer           VARCHAR,
    creator            VARCHAR,
    created_on         VARCHAR,
    title              VARCHAR,           -- PDF metadata
    unit_id            VARCHAR,
    unit_name          VARCHAR,           -- canonical name of dim_unit
    printed_unit_name  VARCHAR,           -- as the document prints it
    department_name    VARCHAR,
    fiscal_year        INTEGER,
    doc_kind           VARCHAR,
    scope              VARCHAR,
    content            VARCHAR,           -- full | narrative | tables | performance | other
    is_template        BOOLEAN,
    is_consolidated    BOOLEAN,
    is_identified      BOOLEAN,
    identity_evidence  VARCHAR,           -- JSON
    publication_id     VARCHAR,           -- what it is a version of: unit, year, kind, scope, content
    version_no         INTEGER,           -- 1 = oldest version of its publication
    is_current         BOOLEAN NOT NULL,
    superseded_by      VARCHAR,           -- document_id of the next version
    extractor_version  VARCHAR,
    transform_version  VARCHAR,
    disclosure_id      VARCHAR,           -- the document under which the files of one disclosure are judged together; mostly itself
    completed_by       VARCHAR            -- the other half of the disclosure, where year or scope were read there
);

-- One row a sighting of a stored file, and one a link from which no document came (document_id null, with the reason).
CREATE TABLE core.sighting (
    sighting_no       INTEGER NOT NULL,   -- in the order of time
    document_id       VARCHAR,
    sha256            VARCHAR,
    source_id         VARCHAR,
    place             VARCHAR,            -- name of the configured source
    url               VARCHAR,
    page_url          VARCHAR,
    link_text         VARCHAR,
    title             VARCHAR,
    file_name         VARCHAR,
    published_on      DATE,
    fetched_at        TIMESTAMP,
    http_status       INTEGER,
    media_kind        VARCHAR,
    listed_unit       VARCHAR,
    listed_year       INTEGER,
    listed_kind       VARCHAR,
    container_sha256  VARCHAR,
    reason_code       VARCHAR,
    reason            VARCHAR
);

CREATE TABLE core.page (
    document_id    VARCHAR NOT NULL,
    page           INTEGER NOT NULL,
    width          DOUBLE,
    height         DOUBLE,
    rotation       INTEGER,
    char_count     INTEGER,
    table_count    INTEGER,
    route          VARCHAR,
    status         VARCHAR,
    status_reason  VARCHAR
);

-- One row a table as extracted ("table" is a reserved word).
CREATE TABLE core.extracted_table (
    table_id          VARCHAR NOT NULL,   -- document_id.t02
    document_id       VARCHAR NOT NULL,
    table_no          INTEGER NOT NULL,
    first_page        INTEGER,
    last_page         INTEGER,
    row_count         INTEGER,
    column_count      INTEGER,
    header_row_count  INTEGER,
    caption           VARCHAR,
    notes             VARCHAR,
    money_unit        VARCHAR,
    method            VARCHAR,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);

CREATE TABLE core.statement (
    statement_id            VARCHAR NOT NULL,  -- document_id.s02
    document_id             VARCHAR NOT NULL,
    statement_no            INTEGER NOT NULL,
    statement_code          VARCHAR,
    title                   VARCHAR,
    table_no                INTEGER,
    first_page              INTEGER,
    last_page               INTEGER,
    money_unit              VARCHAR,
    is_money_unit_inferred  BOOLEAN,
    status                  VARCHAR,           -- filled | empty_declared | empty | unrecognised | announced_only
    status_reason           VARCHAR,
    printed_year            INTEGER,
    printed_unit_name       VARCHAR
);

-- One row a printed cell, understood or not.
CREATE TABLE core.cell (
    cell_id          VARCHAR NOT NULL,    -- document_id.t02.r003.c02
    document_id      VARCHAR NOT NULL,
    statement_id     VARCHAR,
    table_no         INTEGER NOT NULL,
    page             INTEGER,
    row_no           INTEGER,
    column_no        INTEGER,
    row_span         INTEGER,
    column_span      INTEGER,
    is_header        BOOLEAN,
    row_label        VARCHAR,
    column_label     VARCHAR,
    raw_text         VARCHAR,
    state            VARCHAR,
    value            DECIMAL(24, 6),
    decimals         INTEGER,
    unit             VARCHAR,             -- of its amount where understood, else the table's money unit for numbers
    unmapped_reason  VARCHAR,
    method           VARCHAR,             -- text | ocr
    confidence       DOUBLE,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);

-- One row a printed amount or count that was understood (blank and dash cells of understood rows count as zero).
CREATE TABLE core.amount (
    amount_id         VARCHAR NOT NULL,   -- a. + cell_id
    cell_id           VARCHAR NOT NULL,
    statement_id      VARCHAR,
    document_id       VARCHAR NOT NULL,
    unit_id           VARCHAR,
    unit_name         VARCHAR,
    fiscal_year       INTEGER,
    doc_kind          VARCHAR,
    scope             VARCHAR,
    table_no          INTEGER,
    row_no            INTEGER,
    column_no         INTEGER,
    statement_no      INTEGER,
    statement_code    VARCHAR,
    line_code         VARCHAR,
    measure           VARCHAR,
    functional_code   VARCHAR,
    economic_code     VARCHAR,
    fund              VARCHAR,
    stage             VARCHAR,
    item              VARCHAR,
    subject_name      VARCHAR,
    state             VARCHAR,
    value             DECIMAL(24, 6),
    decimals          INTEGER,
    unit              VARCHAR,
    is_unit_inferred  BOOLEAN,
    amount_yuan       DECIMAL(24, 6),     -- null where unit is not money
    half_width_yuan   DECIMAL(24, 6),     -- half of the last printed digit in 元; null where unit is not money
    half_width        DECIMAL(24, 6),     -- the same in the printed unit (percent, score; 0 for counts)
    is_from_ocr       BOOLEAN NOT NULL,
    is_leaf           BOOLEAN
);

CREATE TABLE core.line (
    document_id  VARCHAR NOT NULL,
    page         INTEGER,
    line_no      INTEGER,
    text         VARCHAR,
    size         DOUBLE,
    role         VARCHAR,
    method       VARCHAR,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE
);

CREATE TABLE core.sentence (
    sentence_id  VARCHAR NOT NULL,        -- document_id.n0012
    document_id  VARCHAR NOT NULL,
    sentence_no  INTEGER NOT NULL,
    section      VARCHAR,
    first_page   INTEGER,
    last_page    INTEGER,
    text         VARCHAR,
    method       VARCHAR,
    paragraph_no INTEGER,                 -- sentences of one paragraph share it
    role         VARCHAR                  -- body | heading
);

-- One row a piece of a sentence on one printed line: from any character back to its place on the page.
CREATE TABLE core.fragment (
    sentence_id  VARCHAR NOT NULL,
    document_id  VARCHAR NOT NULL,
    fragment_no  INTEGER,
    page         INTEGER,
    "start"      INTEGER,
    "end"        INTEGER,
    x0           DOUBLE,                  -- of the whole piece
    top          DOUBLE,
    x1           DOUBLE,
    bottom       DOUBLE,
    char_x0      FLOAT[],
    char_x1      FLOAT[]
);

-- One row a number or direction word asserted in the narrative.
CREATE TABLE core.claim (
    claim_id          VARCHAR NOT NULL,   -- sentence_id.k03
    sentence_id       VARCHAR NOT NULL,
    document_id       VARCHAR NOT NULL,
    unit_id           VARCHAR,
    unit_name         VARCHAR,
    fiscal_year       INTEGER,
    doc_kind          VARCHAR,
    scope             VARCHAR,
    sentence_no       INTEGER,
    claim_no          INTEGER,
    page              INTEGER,
    section           VARCHAR,
    subject_kind      VARCHAR,
    subject_text      VARCHAR,
    statement_code    VARCHAR,
    line_code         VARCHAR,
    measure           VARCHAR,
    fund              VARCHAR,
    functional_code   VARCHAR,
    functional_path   VARCHAR,
    economic_code     VARCHAR,
    metric            VARCHAR,
    basis             VARCHAR,
    reference_year    INTEGER,
    value             DECIMAL(24, 6),
    decimals          INTEGER,
    unit              VARCHAR,
    amount_yuan       DECIMAL(24, 6),
    half_width_yuan   DECIMAL(24, 6),     -- null where unit is not money
    half_width        DECIMAL(24, 6),     -- in the printed unit
    direction         VARCHAR,
    related_claim_id  VARCHAR,            -- the claim it qualifies
    "start"           INTEGER,
    "end"             INTEGER,
    x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE,
    status            VARCHAR,            -- typed | unparsed
    paragraph_no      INTEGER,
    context_no        INTEGER,            -- claims of a document with the same number speak of one subject in one place
    parent_context_no INTEGER,            -- the context it is a part of
    whole_context_no  INTEGER,            -- shares: the context that holds the whole
    subject_year      INTEGER,            -- the year printed with the subject or the amount
    text              VARCHAR,            -- the claim's own words
    is_in_reason      BOOLEAN,
    is_open_list      BOOLEAN,
    is_from_ocr       BOOLEAN NOT NULL
);

-- One row a project that a self-evaluation or target form is about.
CREATE TABLE core.performance_project (
    statement_id     VARCHAR NOT NULL,
    document_id      VARCHAR NOT NULL,
    statement_no     INTEGER,
    table_no         INTEGER,
    project          VARCHAR,             -- the item of its amounts
    department_name  VARCHAR,
    unit_name        VARCHAR,             -- as the form prints it
    total_score      DECIMAL(24, 6),
    grade            VARCHAR,
    goal             VARCHAR,
    result           VARCHAR
);

-- One row an indicator of such a form.
CREATE TABLE core.performance_indicator (
    statement_id      VARCHAR NOT NULL,
    document_id       VARCHAR NOT NULL,
    statement_no      INTEGER,
    table_no          INTEGER,
    row_no            INTEGER,
    project           VARCHAR,
    level_one         VARCHAR,
    level_two         VARCHAR,
    level_three       VARCHAR,
    target            VARCHAR,
    adjusted_target   VARCHAR,
    actual            VARCHAR,
    weight            DECIMAL(24, 6),
    score             DECIMAL(24, 6),
    deviation_reason  VARCHAR
);

CREATE TABLE core.unmapped (
    document_id     VARCHAR NOT NULL,
    kind            VARCHAR,
    text            VARCHAR,
    statement_code  VARCHAR,
    page            INTEGER,
    reason          VARCHAR
);

-- ---- Rules and their verdicts (written by expectations/) -------------------------------------------------------

CREATE TABLE core.rule (
    rule_id   VARCHAR NOT NULL,
    version   INTEGER NOT NULL,
    title     VARCHAR,
    family    VARCHAR,
    severity  VARCHAR,                    -- error | warning | notice
    basis     VARCHAR,
    kind      VARCHAR,                    -- comparison of rounding.sql
    doc_kind  VARCHAR,
    needs     VARCHAR,                    -- statement codes joined with ";"
    sentence  VARCHAR,
    sql       VARCHAR
);

-- One row a rule of this build: how it ran.
CREATE TABLE core.rule_run (
    rule_id              VARCHAR NOT NULL,
    status               VARCHAR NOT NULL,  -- evaluated | failed (its SQL raised) | skipped
    message              VARCHAR,
    document_count       INTEGER,           -- documents it is in force for
    exact_count          INTEGER,
    rounded_count        INTEGER,
    violated_count       INTEGER,
    needs_review_count   INTEGER,
    not_evaluated_count  INTEGER,
    is_suspicious        BOOLEAN            -- violated or not evaluated in more than 30 % of the documents
);

CREATE TABLE core.outcome (
    outcome_id           VARCHAR NOT NULL,
    rule_id              VARCHAR NOT NULL,
    document_id          VARCHAR,
    subject              VARCHAR,
    verdict              VARCHAR NOT NULL,  -- exact | rounded | violated | needs_review | not_evaluated
    actual               DECIMAL(38, 6),
    actual_half_width    DECIMAL(38, 6),
    expected             DECIMAL(38, 6),
    expected_half_width  DECIMAL(38, 6),
    residual             DECIMAL(38, 6),
    tolerance            DECIMAL(38, 6),
    part_count           INTEGER,
    reason               VARCHAR,           -- code of not_evaluated or needs_review
    note                 VARCHAR            -- e.g. large_rounding_residual
);

CREATE TABLE core.outcome_evidence (
    outcome_id   VARCHAR NOT NULL,
    evidence_no  INTEGER NOT NULL,
    evidence_id  VARCHAR NOT NULL,          -- cell_id, sentence_id or claim_id
    kind         VARCHAR                    -- cell | sentence | claim | statement | document
);

-- One row a root cause as officials see it; stable through re-runs and re-publication.
CREATE TABLE core.finding (
    finding_id      VARCHAR NOT NULL,
    outcome_id      VARCHAR,                -- the leading outcome
    rule_id         VARCHAR NOT NULL,
    family          VARCHAR,
    severity        VARCHAR,
    unit_id         VARCHAR,
    unit_name       VARCHAR,
    fiscal_year     INTEGER,
    doc_kind        VARCHAR,
    scope           VARCHAR,
    document_id     VARCHAR,
    subject         VARCHAR,
    title           VARCHAR,
    message         VARCHAR,
    actual          VARCHAR,                -- as an official reads it, with its unit
    expected        VARCHAR,
    amount_yuan     DECIMAL(38, 6),         -- at issue; null where it is no money
    diagnosis_code  VARCHAR,
    diagnosis       VARCHAR,
    page            INTEGER,
    status          VARCHAR,                -- new | persisting | fixed | waived | answered | needs_review
    first_seen      DATE,
    last_seen       DATE
);

CREATE TABLE core.finding_outcome (
    finding_id  VARCHAR NOT NULL,
    outcome_id  VARCHAR NOT NULL
);

CREATE TABLE core.finding_evidence (
    finding_id   VARCHAR NOT NULL,
    evidence_no  INTEGER NOT NULL,
    evidence_id  VARCHAR NOT NULL,
    kind         VARCHAR,
    page         INTEGER
);

-- The ledger's events as they stood when the build began.
CREATE TABLE core.finding_event (
    event_id      VARCHAR NOT NULL,
    event_no      INTEGER NOT NULL,         -- order in the ledger
    finding_id    VARCHAR,
    kind          VARCHAR NOT NULL,         -- first_seen | state | answer | waiver | waiver_lifted
    happened_on   DATE,
    state         VARCHAR,
    document_id   VARCHAR,
    person        VARCHAR,
    note          VARCHAR,
    expires_on    DATE
);

-- ---- The build itself ------------------------------------------------------------------------------------------

-- One row: what this file was made of.
CREATE TABLE core.build (
    build_id           VARCHAR NOT NULL,
    night              DATE NOT NULL,
    extractor_version  VARCHAR,
    transform_version  VARCHAR,
    warehouse_version  VARCHAR,
    document_count     INTEGER,
    loaded_count       INTEGER,
    quarantined_count  INTEGER
);

-- ---- Batches ---------------------------------------------------------------------------------------------------

-- Documents that rules may compare with one another form a group; whole groups are loaded, and judged, in batches.
CREATE TABLE core.batch_document (
    batch_no     INTEGER NOT NULL,
    group_id     VARCHAR NOT NULL,          -- the first document of the group
    document_id  VARCHAR NOT NULL
);

-- Where the rows of a batch stand in each table: a range of row ids, which DuckDB reads without the rest of the table.
CREATE TABLE core.batch_rows (
    batch_no    INTEGER NOT NULL,
    table_name  VARCHAR NOT NULL,
    first_row   BIGINT NOT NULL,
    row_count   BIGINT NOT NULL
);

-- What each group was judged on: the next night judges a group anew only where this has changed.
CREATE TABLE core.judged_group (
    group_id     VARCHAR NOT NULL,
    judged_by    VARCHAR NOT NULL,          -- rules, code and engine
    fingerprint  VARCHAR NOT NULL           -- of these, and of everything that its verdicts and findings follow from
);

-- ---- Dimensions (filled by dimensions.sql) ----------------------------------------------------------------------

-- One row a unit and time of its life.
CREATE TABLE core.unit (
    unit_id               VARCHAR NOT NULL,
    version_no            INTEGER NOT NULL,
    unit_name             VARCHAR NOT NULL,
    registry_id           VARCHAR,          -- the bureau's own id
    parent_unit_id        VARCHAR,
    parent_name           VARCHAR,
    nature                VARCHAR,
    is_nature_inferred    BOOLEAN,
    publishes_separately  BOOLEAN,
    valid_from            DATE,
    valid_to              DATE,
    predecessor_unit_id   VARCHAR,
    is_registered         BOOLEAN NOT NULL,
    is_current            BOOLEAN NOT NULL
);

-- One row a name that documents print.
CREATE TABLE core.unit_alias (
    printed_name  VARCHAR NOT NULL,
    unit_id       VARCHAR NOT NULL,
    unit_name     VARCHAR NOT NULL,
    matched_by    VARCHAR NOT NULL          -- registry (its name, alias or an accepted one) | document (its own spelling)
);

CREATE TABLE core.fiscal_year (
    fiscal_year               INTEGER NOT NULL,
    functional_class_count    INTEGER,      -- classes printed that year
    document_count            INTEGER
);

-- One row a code and year, for every year there are documents of.
CREATE TABLE core.subject (
    scheme        VARCHAR NOT NULL,         -- functional | departmental_economic | governmental_economic
    fiscal_year   INTEGER NOT NULL,
    code          VARCHAR NOT NULL,
    name          VARCHAR,
    level         INTEGER,                  -- 1 class, 2 group, 3 item (economic: 1, 2)
    parent_code   VARCHAR,
    lineage_code  VARCHAR NOT NULL,         -- one series through renames and moves
    is_known      BOOLEAN NOT NULL,         -- in the reference data; otherwise the name is as documents print it
    is_printed    BOOLEAN NOT NULL,         -- some document of the year has it
    note          VARCHAR
);

CREATE TABLE core.statement_kind (statement_code VARCHAR NOT NULL, doc_kind VARCHAR, title VARCHAR);
CREATE TABLE core.line_kind (line_code VARCHAR NOT NULL, name VARCHAR);

-- One row a disclosure that should exist or does: unit, year, kind.
CREATE TABLE core.publication (
    unit_id              VARCHAR NOT NULL,
    fiscal_year          INTEGER NOT NULL,
    doc_kind             VARCHAR NOT NULL,
    status               VARCHAR NOT NULL,  -- found | late | missing | not_due | exempt
    expectation          VARCHAR NOT NULL,  -- registered | inferred (its like have published) | none (nobody expected it)
    approved_on          DATE,
    due_on               DATE,
    published_on         DATE,              -- of the first version
    current_document_id  VARCHAR,
    document_count       INTEGER NOT NULL,
    reason               VARCHAR
);

-- What must hold of any build; a row with violations is a fault of ours, not of the documents.
CREATE TABLE core.constraint_check (name VARCHAR NOT NULL, description VARCHAR, violation_count BIGINT NOT NULL);
