"""The generated district: same bytes every time, clean units are clean, and the truth is what is drawn."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from samples.district import District, DistrictDocument, generate_district, load_district, main
from samples.tables import rounded


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        texts = []
        for page in document:
            text = page.get_textpage().get_text_range()
            texts.append("".join(unicodedata.normalize("NFKC", text).split()))
        return texts
    finally:
        document.close()


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_default_district_has_eight_units_two_years_and_budgets(district: District) -> None:
    kinds = [(document.fiscal_year, document.doc_kind) for document in district.documents]
    assert len({document.unit_name for document in district.documents}) == 8
    assert kinds.count((2023, "final_accounts")) == kinds.count((2024, "final_accounts")) == 8
    assert kinds.count((2024, "budget")) == 8
    assert load_district(district.directory) == district


def test_same_bytes_on_every_run_and_with_any_number_of_workers(district: District, tmp_path: Path) -> None:
    again = generate_district(tmp_path, units=4, workers=2)
    first = {document.file_name: document.sha256 for document in district.documents}
    assert len(again.documents) == 12
    for document in again.documents:
        assert document.sha256 == first[document.file_name], document.file_name
        truth = Path("truth") / f"{Path(document.file_name).stem}.json"
        assert (tmp_path / truth).read_bytes() == (district.directory / truth).read_bytes()


def test_half_of_the_units_are_clean_and_defects_are_of_many_kinds(district: District) -> None:
    spoiled = {finding["unit_name"] for finding in district.findings}
    assert len({document.unit_name for document in district.documents} - spoiled) >= 4
    assert 15 <= len(district.findings) <= 30
    assert len({finding["rules"][0] for finding in district.findings}) >= 15
    assert all(finding["printed"] != finding["expected"] for finding in district.findings)


@pytest.mark.parametrize("slug", ["dangban", "caizheng", "zhujian", "shuiwu", "weijian", "changhe"])
def test_every_amount_and_fact_of_the_truth_is_drawn_on_its_page(district: District, slug: str) -> None:
    for document in [document for document in district.documents if document.unit_slug == slug]:
        texts, truth = page_texts(district.path(document)), district.truth(document)
        assert len(texts) == truth["page_count"]
        for amount in truth["amounts"]:
            assert amount["printed"] in texts[amount["page"] - 1], (document.file_name, amount)
            assert Decimal(amount["value"]).is_finite()
        for fact in truth["facts"]:
            here = "".join(texts[fact["page"] - 1 : fact["page"] + 1])
            assert folded(fact["printed"]) in here, (document.file_name, fact)


def test_the_fonts_are_embedded(district: District) -> None:
    data = district.path(district.documents[0]).read_bytes()
    assert b"/FontFile2" in data
    assert len(data) < 200_000


def amounts_of(
    district: District, document: DistrictDocument
) -> dict[tuple[str, str, str, str | None, str], Decimal]:
    return {
        (a["statement_code"], a["line_code"], a["measure"], a["functional_code"], a["stage"]): Decimal(
            a["value"]
        )
        for a in district.truth(document)["amounts"]
        if a["statement_code"] != "T04"
    }


def test_identities_of_a_clean_document_hold_within_rounding(district: District) -> None:
    document = next(
        d for d in district.documents if d.unit_slug == "shenji" and d.doc_kind == "final_accounts"
    )
    value = amounts_of(district, document)
    final = "final"
    total = value["T01", "revenue.total", "total", None, final]
    assert total == value["T01", "expenditure.total", "total", None, final]
    items = [
        v for key, v in value.items() if key[0] == "T03" and key[1] == "functional.item" and key[2] == "total"
    ]
    whole = value["T03", "functional.total", "total", None, final]
    assert abs(sum(items) - whole) <= Decimal("0.005") * (len(items) + 1)
    assert whole == value["T01", "expenditure.subtotal", "total", None, final]


def test_some_sums_leave_a_rounding_residue(district: District) -> None:
    residues = set()
    for document in district.documents:
        value = amounts_of(district, document)
        items = [v for key, v in value.items() if key[:3] == ("T03", "functional.item", "total")]
        if items and document.doc_kind == "final_accounts":
            residues.add(sum(items) - value["T03", "functional.total", "total", None, "final"])
    assert len(residues) > 2


def test_last_year_in_the_text_is_last_years_document(district: District) -> None:
    by_year = {
        d.fiscal_year: d for d in district.documents if d.unit_slug == "shenji" and d.doc_kind != "budget"
    }
    facts = {fact["key"]: fact["printed"] for fact in district.truth(by_year[2024])["facts"]}
    before = {fact["key"]: fact["printed"] for fact in district.truth(by_year[2023])["facts"]}
    change = Decimal(facts["total.revenue.change"]) * (
        1 if facts["total.revenue.direction"] == "增加" else -1
    )
    previous = Decimal(facts["total.revenue"]) - change
    assert abs(previous - Decimal(before["total.revenue"])) <= Decimal("0.015")


def test_the_initial_budget_in_the_text_is_the_budget_document(district: District) -> None:
    chosen = {d.doc_kind: d for d in district.documents if d.unit_slug == "shenji" and d.fiscal_year == 2024}
    facts = {fact["key"]: fact["printed"] for fact in district.truth(chosen["final_accounts"])["facts"]}
    budget = amounts_of(district, chosen["budget"])
    yuan = budget["BT05", "functional.total", "total", None, "budget"]
    assert Decimal(facts["gp.initial"]) == rounded(int(yuan) * 100, "万元")


def test_command_line_writes_a_district(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main([str(tmp_path), "--units", "1", "--last-year", "2023", "--without-defects", "--without-truth"])
        == 0
    )
    assert "2 documents" in capsys.readouterr().out
    assert load_district(tmp_path).findings == ()
    assert not list((tmp_path / "truth").iterdir())
