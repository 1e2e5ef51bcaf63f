-- The shapes rules are made of. Each table macro returns the columns every rule returns:
-- document_id, subject, actual, actual_half_width, expected, expected_half_width, part_count, evidence, reason; and signs,
-- where the evidence is not a total and its parts.
-- No tolerance and no verdict here: warehouse/sql/rounding.sql has them.

-- One place in a document's statements. fund 'any': whichever single fund is printed there. An optional term counts
-- where its row is printed and is left out where the template has no such row.
CREATE OR REPLACE TEMP MACRO term(
    sheet, line, measure := 'total', fund := 'any', stage := 'current', functional := '', economic := '', weight := 1,
    required := true, many := false
) AS {
    'sheet': sheet, 'line': line, 'measure': measure, 'fund': fund, 'stage': stage, 'functional': functional,
    'economic': economic, 'weight': weight, 'required': required, 'many': many
};

-- Many lines of one sheet as optional terms.
CREATE OR REPLACE TEMP MACRO printed_terms(sheet, lines, measure := 'total', fund := 'any', stage := 'current') AS
    list_transform(lines, lambda line: term(sheet, line, measure := measure, fund := fund, stage := stage,
                                            required := false));

CREATE OR REPLACE TEMP MACRO subject_of(instance, instances, parts) AS
    concat_ws(' ', CASE WHEN instances > 1 THEN '第' || instance || '套' END, nullif(array_to_string(parts, ' '), ''));

-- Σ left = Σ right (weighted), once a document, or once for each value of the dimensions in `across`
-- ('measure', 'fund', 'functional', 'economic', 'stage', 'item'), which then overrule the terms' own.
-- Looked up: identities.sql reckons those of all rules of the run together and fills this table anew.
CREATE OR REPLACE TEMP MACRO identity_call(left_terms, right_terms, across := []::VARCHAR[]) AS
    {'left_terms': left_terms, 'right_terms': right_terms, 'across': across};

CREATE OR REPLACE TEMP TABLE identity_row (
    asked VARCHAR, document_id VARCHAR, subject VARCHAR, actual DECIMAL(38, 6), actual_half_width DECIMAL(38, 6),
    expected DECIMAL(38, 6), expected_half_width DECIMAL(38, 6), part_count HUGEINT, evidence VARCHAR[], signs INTEGER[],
    reason VARCHAR
);

CREATE OR REPLACE TEMP MACRO identity_key(call) AS md5(call::VARCHAR);

CREATE OR REPLACE TEMP MACRO identity(left_terms, right_terms, across := []::VARCHAR[]) AS TABLE
SELECT * EXCLUDE (asked) FROM identity_row
WHERE asked = identity_key({'left_terms': left_terms, 'right_terms': right_terms, 'across': across});

-- Each printed parent row = the sum of the rows printed directly under it, in every money column. Tables that pair the
-- departmental with the governmental classification print a class once for each pair: its items are those of its pair.
CREATE OR REPLACE TEMP MACRO hierarchy(sheets) AS TABLE
WITH coded AS (
    SELECT *, count(*) OVER (PARTITION BY statement_id, printed_item, code, measure, fund, stage) AS copies,
           CASE WHEN functional_code = '' THEN left(printed_item, 3) ELSE '' END AS pair
    FROM figure WHERE list_contains(sheets, sheet) AND code <> '' AND is_money
), child AS (
    SELECT statement_id, item, measure, fund, stage, parent_code, value, half_width, cell_id, copies,
           unnest(list_distinct([pair, ''])) AS pair
    FROM coded WHERE parent_code <> ''
), children AS (
    SELECT statement_id, item, measure, fund, stage, parent_code, pair, sum(value) AS value, sum(half_width) AS half_width,
           count(*) FILTER (value <> 0) AS parts, list(cell_id ORDER BY cell_id) AS cells, max(copies) AS copies
    FROM child GROUP BY ALL
)
SELECT p.document_id, subject_of(p.instance, p.instances, [p.item, p.pair, p.code, p.measure, p.fund, p.stage]) AS subject,
       p.value AS actual, p.half_width AS actual_half_width, c.value AS expected, c.half_width AS expected_half_width,
       c.parts AS part_count, list_prepend(p.cell_id, c.cells) AS evidence,
       CASE WHEN greatest(p.copies, c.copies) > 1
             AND judge_sum(p.value, p.half_width, c.value, c.half_width, c.parts::INTEGER).verdict = 'violated'
            THEN 'input_ambiguous' END AS reason
FROM coded p JOIN children c ON c.statement_id = p.statement_id AND c.item = p.item AND c.parent_code = p.code
    AND c.pair = p.pair AND c.measure = p.measure AND c.fund = p.fund AND c.stage = p.stage
WHERE NOT (p.state IN ('blank', 'dash') AND c.value <> 0);

-- The printed total row = the sum of the rows that no other printed row contains, in every money column. Tables that list
-- by unit or by paired classification (item) either repeat an overview without item or have none: the nearer sum is meant.
CREATE OR REPLACE TEMP MACRO column_totals(sheets, total_line, detail_lines) AS TABLE
WITH total AS (
    SELECT *, count(*) OVER (PARTITION BY statement_id, measure, fund, stage) AS copies
    FROM figure WHERE list_contains(sheets, sheet) AND line_code = total_line AND is_money AND item = ''
), detail AS (
    SELECT statement_id, measure, fund, stage, unnest([true, false]) AS only_overview, item, value, half_width, cell_id, code,
           printed_item
    FROM figure
    WHERE list_contains(sheets, sheet) AND list_contains(detail_lines, line_code) AND parent_code = '' AND is_money
), summed AS (
    SELECT statement_id, measure, fund, stage, only_overview, sum(value) AS value, sum(half_width) AS half_width,
           count(*) FILTER (value <> 0) AS parts, list(cell_id ORDER BY cell_id) AS cells,
           count(*) - count(DISTINCT (code, printed_item)) AS repeated
    FROM detail WHERE item = '' OR NOT only_overview GROUP BY ALL
)
SELECT t.document_id, subject_of(t.instance, t.instances, [t.measure, t.fund, t.stage]) AS subject,
       t.value AS actual, t.half_width AS actual_half_width, d.value AS expected, d.half_width AS expected_half_width,
       d.parts AS part_count, list_prepend(t.cell_id, d.cells) AS evidence,
       CASE WHEN (t.copies > 1 OR d.repeated > 0)
             AND judge_sum(t.value, t.half_width, d.value, d.half_width, d.parts::INTEGER).verdict = 'violated'
            THEN 'input_ambiguous' END AS reason
FROM total t JOIN summed d USING (statement_id, measure, fund, stage)
WHERE NOT (t.state IN ('blank', 'dash') AND d.value <> 0)
QUALIFY row_number() OVER (PARTITION BY t.cell_id ORDER BY abs(t.value - d.value), d.only_overview DESC) = 1;

-- In every row: the total column = the sum of the part columns. `options` lists the column sets a place may print (with or
-- without subtotals); the statement's own rows say which: the set that balances in most of them. Where there are several
-- options, none balances anywhere and none takes in every column, the columns are not understood.
CREATE OR REPLACE TEMP MACRO row_balance(sheets, total_measure, options) AS TABLE
WITH option AS (
    SELECT unnest(range(1, len(options) + 1)) AS option_no, unnest(options) AS measures
), cell AS (
    SELECT * FROM figure WHERE list_contains(sheets, sheet) AND is_money
), part AS (
    SELECT o.option_no, c.statement_id, c.row_no, c.line_code, c.fund, c.stage, sum(c.value) AS value,
           sum(c.half_width) AS half_width, count(*) FILTER (c.value <> 0) AS parts,
           list(c.cell_id ORDER BY c.cell_id) AS cells, count(DISTINCT c.measure) AS covered
    FROM cell c JOIN option o ON list_contains(o.measures, c.measure)
    GROUP BY ALL HAVING count(DISTINCT c.measure) > 1
), balance AS (
    SELECT t.document_id, t.instance, t.instances, t.item, t.line_code, t.code, t.fund, t.stage, t.cell_id, t.statement_id,
           t.value, t.half_width, p.option_no, p.value AS parts_value, p.half_width AS parts_half_width, p.parts, p.cells, p.covered,
           judge_equal(t.value, t.half_width, p.value, p.half_width, 1).verdict <> 'violated' AS holds
    FROM cell t JOIN part p USING (statement_id, row_no, line_code, fund, stage)
    WHERE t.measure = total_measure AND NOT (t.state IN ('blank', 'dash') AND p.value <> 0)
), printed AS (
    SELECT statement_id, count(DISTINCT measure) - 1 AS columns FROM cell
    WHERE measure NOT IN ('personnel', 'general_operating') GROUP BY statement_id
), chosen AS (
    SELECT statement_id, option_no, holding, covered >= columns AS is_complete FROM (
        SELECT statement_id, option_no, count(*) FILTER (holds AND value <> 0) AS holding, max(covered) AS covered
        FROM balance GROUP BY statement_id, option_no
    ) JOIN printed USING (statement_id)
    QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY holding DESC, covered DESC, option_no) = 1
)
SELECT document_id, subject_of(instance, instances, [item, line_code, code, fund, stage]) AS subject, value AS actual,
       half_width AS actual_half_width, parts_value AS expected, parts_half_width AS expected_half_width,
       parts AS part_count, list_prepend(cell_id, cells) AS evidence,
       CASE WHEN holding = 0 AND len(options) > 1 AND NOT is_complete AND NOT holds THEN 'columns_not_understood' END AS reason
FROM balance JOIN chosen USING (statement_id, option_no);

-- In every row of a statement with fund columns: all funds = the sum of the single funds.
CREATE OR REPLACE TEMP MACRO fund_balance(sheets) AS TABLE
WITH part AS (
    SELECT statement_id, row_no, line_code, measure, stage, sum(value) AS value, sum(half_width) AS half_width,
           count(*) FILTER (value <> 0) AS parts, list(cell_id ORDER BY cell_id) AS cells, count(*) AS printed,
           count(*) - count(DISTINCT fund) AS repeated
    FROM figure WHERE list_contains(sheets, sheet) AND is_money
        AND fund IN ('general_public_budget', 'government_managed_funds', 'state_capital_operations')
    GROUP BY ALL
)
SELECT t.document_id, subject_of(t.instance, t.instances, [t.line_code, t.code, t.stage]) AS subject,
       t.value AS actual, t.half_width AS actual_half_width, p.value AS expected, p.half_width AS expected_half_width,
       p.parts AS part_count, list_prepend(t.cell_id, p.cells) AS evidence,
       CASE WHEN p.repeated > 0 THEN 'input_ambiguous' END AS reason
FROM figure t JOIN part p USING (statement_id, row_no, line_code, measure, stage)
WHERE list_contains(sheets, t.sheet) AND t.fund IN ('all', 'fiscal_appropriation') AND t.is_money AND p.printed > 1
  AND NOT (t.state IN ('blank', 'dash') AND p.value <> 0);

-- A printed total line = the sum of the listed lines its statement prints (at least two). A line that gathers others (财政拨款
-- over three funds, 单位资金 over five sources) counts only where those are not filled in, or are its 其中; 其中 rows never count.
CREATE OR REPLACE TEMP MACRO gathering_line(line_code) AS CASE
    WHEN line_code IN ('revenue.general_public_budget', 'revenue.government_managed_funds',
                       'revenue.state_capital_operations') THEN 'revenue.fiscal_appropriation'
    WHEN line_code IN ('revenue.superior_subsidy', 'revenue.service_revenue', 'revenue.business_revenue',
                       'revenue.subordinate_remittance', 'revenue.other') THEN 'revenue.nonfiscal' END;

CREATE OR REPLACE TEMP MACRO lines_total(sheets, total_line, lines, total_measure := 'total') AS TABLE
WITH row AS (
    SELECT *, gathering_line(line_code) AS gathered_in
    FROM figure WHERE list_contains(sheets, sheet) AND measure = total_measure
), within AS (  -- 一、预算拨款 with 其中：一般公共预算拨款 and 政府性基金拨款 under it
    SELECT DISTINCT statement_id, fund, stage, p.gathered_in FROM row p JOIN row g USING (statement_id, fund, stage)
    WHERE p.subject_name LIKE '其中%' AND g.line_code = p.gathered_in AND list_contains(lines, g.line_code)
), filled AS (
    SELECT DISTINCT statement_id, fund, stage, gathered_in AS line_code FROM row ANTI JOIN within USING (statement_id, fund, stage, gathered_in)
    WHERE gathered_in IS NOT NULL AND value <> 0 AND list_contains(lines, line_code)
), part AS (
    SELECT statement_id, fund, stage, sum(value) AS value, sum(half_width) AS half_width,
           count(*) FILTER (value <> 0) AS parts, list(cell_id ORDER BY cell_id) AS cells, count(*) AS printed,
           count(*) - count(DISTINCT (line_code, item)) AS repeated
    FROM row ANTI JOIN filled USING (statement_id, fund, stage, line_code) ANTI JOIN within USING (statement_id, fund, stage, gathered_in)
    WHERE list_contains(lines, line_code) AND NOT coalesce(subject_name LIKE '其中%', false)
    GROUP BY ALL
)
SELECT t.document_id, subject_of(t.instance, t.instances, [t.fund, t.stage]) AS subject, t.value AS actual,
       t.half_width AS actual_half_width, p.value AS expected, p.half_width AS expected_half_width,
       p.parts AS part_count, list_prepend(t.cell_id, p.cells) AS evidence,
       CASE WHEN p.repeated > 0 THEN 'input_ambiguous' END AS reason
FROM row t JOIN part p USING (statement_id, fund, stage)
WHERE t.line_code = total_line AND p.printed > 1 AND NOT (t.state IN ('blank', 'dash') AND p.value <> 0);

CREATE OR REPLACE TEMP MACRO revenue_lines() AS [
    'revenue.general_public_budget', 'revenue.government_managed_funds', 'revenue.state_capital_operations',
    'revenue.fiscal_appropriation', 'revenue.special_account_funds', 'revenue.superior_subsidy', 'revenue.service_revenue',
    'revenue.business_revenue', 'revenue.subordinate_remittance', 'revenue.other', 'revenue.nonfiscal'];
-- Column sets of the revenue statement: by source, by source with the fiscal appropriation as one column, with 单位资金 as one
-- column, or this year's revenue and what is carried over.
CREATE OR REPLACE TEMP MACRO revenue_sources() AS [
    ['general_public_budget', 'government_managed_funds', 'state_capital_operations', 'special_account_funds',
     'superior_subsidy', 'service_revenue', 'business_revenue', 'subordinate_remittance', 'other_revenue'],
    ['fiscal_appropriation', 'special_account_funds', 'superior_subsidy', 'service_revenue', 'business_revenue',
     'subordinate_remittance', 'other_revenue'],
    ['general_public_budget', 'government_managed_funds', 'state_capital_operations', 'special_account_funds', 'nonfiscal'],
    ['fiscal_appropriation', 'special_account_funds', 'nonfiscal']];
CREATE OR REPLACE TEMP MACRO revenue_options() AS list_concat(
    list_transform(revenue_sources(), lambda one: list_concat(one, ['use_of_nonfiscal_surplus', 'carried_over', 'opening_account_balance'])),
    list_concat([['revenue', 'use_of_nonfiscal_surplus', 'carried_over']], revenue_sources()));
CREATE OR REPLACE TEMP MACRO expenditure_natures() AS [
    'expenditure.basic', 'expenditure.project', 'expenditure.remittance_to_superior', 'expenditure.business_expenditure',
    'expenditure.subsidy_to_subordinate', 'expenditure.reserve'];
CREATE OR REPLACE TEMP MACRO functional_lines() AS ['functional.class', 'functional.group', 'functional.item'];

-- In every row of a fund statement: opening + revenue = expenditure + closing.
CREATE OR REPLACE TEMP MACRO flow_balance(sheets) AS TABLE
WITH flow AS (
    SELECT document_id, statement_id, row_no, any_value(instance) AS instance, any_value(instances) AS instances,
           any_value(line_code) AS line_code, any_value(code) AS code,
           sum(value) FILTER (measure IN ('opening', 'revenue')) AS actual,
           sum(half_width) FILTER (measure IN ('opening', 'revenue')) AS actual_half_width,
           sum(value) FILTER (measure IN ('total', 'closing')) AS expected,
           sum(half_width) FILTER (measure IN ('total', 'closing')) AS expected_half_width,
           count(*) FILTER (measure IN ('total', 'closing') AND value <> 0) AS part_count,
           list(cell_id ORDER BY cell_id) FILTER (measure IN ('opening', 'revenue', 'total', 'closing')) AS evidence,
           list(CASE WHEN measure IN ('opening', 'revenue') THEN 1 ELSE -1 END ORDER BY cell_id)
               FILTER (measure IN ('opening', 'revenue', 'total', 'closing')) AS signs,
           count(DISTINCT measure) FILTER (measure IN ('opening', 'revenue', 'total', 'closing')) AS columns,
           count(*) FILTER (measure IN ('opening', 'revenue', 'total', 'closing')) AS cells
    FROM figure WHERE list_contains(sheets, sheet) AND stage = 'current' GROUP BY document_id, statement_id, row_no
)
SELECT document_id, subject_of(instance, instances, ['结转', line_code, code]) AS subject, actual, actual_half_width,
       expected, expected_half_width, part_count, evidence, signs, NULL AS reason
FROM flow WHERE columns = 4 AND cells = 4;

-- Codes that stand in more than one row of a statement. Statements that list by unit or project repeat most codes:
-- more than two repeated ones are a way of listing, not a slip.
CREATE OR REPLACE TEMP MACRO repeated_codes(sheets) AS TABLE
WITH coded AS (
    SELECT document_id, statement_id, any_value(instance) AS instance, any_value(instances) AS instances,
           any_value(sheet) AS sheet, item, code, count(DISTINCT row_no) AS copies,
           list(cell_id ORDER BY cell_id) FILTER (measure = 'total') AS cells
    FROM figure WHERE list_contains(sheets, sheet) AND functional_code <> '' AND stage = 'current'
    GROUP BY document_id, statement_id, item, code
)
SELECT document_id, subject_of(any_value(instance), any_value(instances), [any_value(sheet)]) AS subject,
       count(*) FILTER (copies > 1) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width,
       1 AS part_count, flatten(list(cells ORDER BY code) FILTER (copies > 1)) AS evidence,
       CASE WHEN count(*) FILTER (copies > 1) > 2 OR (bool_or(copies > 1) AND bool_or(item <> ''))
            THEN 'listed_repeatedly' END AS reason
FROM coded GROUP BY document_id, statement_id;

-- Totals left blank above filled parts, counted once a statement. A statement that leaves all its upper rows blank uses
-- them as headings.
CREATE OR REPLACE TEMP MACRO blank_totals(sheets) AS TABLE
WITH upper_row AS (
    SELECT f.document_id, f.statement_id, f.instance, f.instances, f.sheet, f.cell_id, f.state, c.value AS parts
    FROM figure f JOIN (
        SELECT statement_id, item, measure, fund, stage, parent_code, sum(abs(value)) AS value
        FROM figure WHERE parent_code <> '' GROUP BY ALL
    ) c ON c.statement_id = f.statement_id AND c.item = f.item AND c.measure = f.measure AND c.fund = f.fund
        AND c.stage = f.stage AND c.parent_code = f.code
    WHERE list_contains(sheets, f.sheet) AND f.is_money
)
SELECT document_id, subject_of(any_value(instance), any_value(instances), [any_value(sheet)]) AS subject,
       count(*) FILTER (state IN ('blank', 'dash') AND parts <> 0) AS actual, 0 AS actual_half_width, 0 AS expected,
       0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (state IN ('blank', 'dash') AND parts <> 0) AS evidence, NULL AS reason
FROM upper_row GROUP BY document_id, statement_id
HAVING count(*) FILTER (state NOT IN ('blank', 'dash')) > 0;

-- One total printed in two statements, where a place may mean it with or without what is carried over: of the lines of the
-- first sheet the nearest counts.
CREATE OR REPLACE TEMP MACRO nearest_line(sheet_one, lines, sheet_two, line_two) AS TABLE
SELECT a.document_id, subject_of(a.instance, a.instances, ['']) AS subject, a.value AS actual,
       a.half_width AS actual_half_width, b.value AS expected, b.half_width AS expected_half_width, 1 AS part_count,
       [a.cell_id, b.cell_id] AS evidence
FROM figure a JOIN figure b ON b.document_id = a.document_id AND b.instance = a.instance AND b.instances = a.instances
WHERE a.sheet = sheet_one AND list_contains(lines, a.line_code) AND a.measure = 'total' AND a.stage = 'current'
  AND b.sheet = sheet_two AND b.line_code = line_two AND b.measure = 'total' AND b.stage = 'current'
QUALIFY row_number() OVER (PARTITION BY b.cell_id
                           ORDER BY abs(a.value - b.value), list_position(lines, a.line_code)) = 1;

-- Statements listed by unit: the total row = the sum of the unit rows, in every money column. A department's own row above
-- its units (a shorter code, or the same money again) counts once: of all rows, the longest codes and half of all, the
-- nearest is meant.
CREATE OR REPLACE TEMP MACRO unit_totals(sheets, total_line, unit_line) AS TABLE
WITH unit_row AS (
    SELECT *, length(regexp_extract(printed_item, '^\d*')) AS digits,
           max(length(regexp_extract(printed_item, '^\d*'))) OVER (PARTITION BY statement_id) AS longest
    FROM figure WHERE list_contains(sheets, sheet) AND line_code = unit_line AND is_money AND item <> ''
), summed AS (
    SELECT statement_id, measure, fund, stage, unnest(['all', 'longest', 'half']) AS way, sum(value) AS every,
           sum(value) FILTER (digits = longest) AS deepest, sum(half_width) AS half_width, count(*) AS parts,
           list(cell_id ORDER BY cell_id) AS cells
    FROM unit_row GROUP BY statement_id, measure, fund, stage
)
SELECT t.document_id, subject_of(t.instance, t.instances, ['单位', t.line_code, t.measure, t.fund, t.stage]) AS subject,
       t.value * CASE s.way WHEN 'half' THEN 2 ELSE 1 END AS actual, t.half_width * 2 AS actual_half_width,
       CASE s.way WHEN 'longest' THEN s.deepest ELSE s.every END AS expected, s.half_width AS expected_half_width,
       s.parts AS part_count, list_prepend(t.cell_id, s.cells) AS evidence
FROM figure t JOIN summed s USING (statement_id, measure, fund, stage)
WHERE list_contains(sheets, t.sheet) AND t.line_code = total_line AND t.item = '' AND s.parts > 1
  AND NOT (t.state IN ('blank', 'dash') AND s.every <> 0)
QUALIFY row_number() OVER (PARTITION BY t.cell_id ORDER BY abs(
    t.value * CASE s.way WHEN 'half' THEN 2 ELSE 1 END - CASE s.way WHEN 'longest' THEN s.deepest ELSE s.every END), s.way) = 1;

-- A printed name with one form of brackets and quotes, half-width signs and no spaces.
CREATE OR REPLACE TEMP MACRO folded(text) AS
    regexp_replace(translate(text, '（）【】〔〕〈〉《》“”‘’：，．０１２３４５６７８９', '()()()()()"""":,.0123456789'), '\s', '', 'g');
