"use strict";
// The exception list: every finding once, searched and filtered in the browser. All text goes in as text nodes.
(() => {
  const { columns, rows } = window.mingzhangFindings;
  const at = Object.fromEntries(columns.map((name, place) => [name, place]));
  const searched = ["unit", "title", "message", "actual", "expected", "rule", "diagnosis", "year", "id"];
  const data = rows.map((row, order) => {
    const item = { order };
    for (const name of columns) item[name] = row[at[name]];
    item.text = searched.map((name) => item[name] ?? "").join("\n").toLowerCase();
    return item;
  });

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    made.textContent = text ?? "";
    if (className) made.className = className;
    return made;
  };
  const badge = (item) => element("span", item.severity, `badge severity-${item.severityCode}`);
  const link = (item) => {
    const made = element("a", item.title || item.rule);
    made.href = `findings/${encodeURIComponent(item.file)}`;
    return made;
  };
  const together = (...parts) => {
    const box = document.createElement("div");
    box.append(...parts);
    return box;
  };
  const severityFormatter = (cell) => badge(cell.getData());
  const wholeFormatter = (cell) => {
    const text = cell.getValue() ?? "";
    cell.getElement().title = text; // an attribute: shown whole where the column is narrow, never markup
    return document.createTextNode(text);
  };
  const titleFormatter = (cell) => {
    const item = cell.getData();
    cell.getElement().title = item.message ?? "";
    return together(link(item), element("div", item.message, "quiet clamp"));
  };
  const cardFormatter = (cell) => {
    const item = cell.getData();
    return together(badge(item), " ", link(item), element("div", `${item.unit} · ${item.year ?? ""}${item.kind} · ${item.status}`, "quiet line"), element("div", item.message, "clamp"));
  };
  const byRank = (a, b, rowA, rowB) => rowA.getData().severityRank - rowB.getData().severityRank;
  const bySize = (a, b) => (a === null ? -1 : Number(a)) - (b === null ? -1 : Number(b));
  const amount = (cell) => {
    const value = cell.getValue();
    return value === null ? "" : Number(value).toLocaleString("zh-CN", { maximumFractionDigits: 2 });
  };

  const isNarrow = window.matchMedia("(max-width: 640px)").matches;
  const wide = [
    { title: "级别", field: "severity", width: 76, formatter: severityFormatter, sorter: byRank },
    { title: "状态", field: "status", width: 76 },
    { title: "单位", field: "unit", minWidth: 140, widthGrow: 2, formatter: wholeFormatter },
    { title: "年度", field: "year", width: 76, sorter: "number" },
    { title: "文种", field: "kind", width: 92 },
    { title: "问题", field: "title", minWidth: 180, widthGrow: 8, formatter: titleFormatter },
    { title: "公布的数", field: "actual", minWidth: 100, widthGrow: 2, formatter: wholeFormatter },
    { title: "核对的数", field: "expected", minWidth: 100, widthGrow: 2, formatter: wholeFormatter },
    { title: "相差（元）", field: "amount", width: 130, hozAlign: "right", formatter: amount, sorter: bySize },
    { title: "类别", field: "family", width: 96 },
    { title: "页", field: "page", width: 60, sorter: "number" },
  ];
  const narrow = [{ title: "例外", field: "order", formatter: cardFormatter, sorter: "number", widthGrow: 1 }];

  const table = new Tabulator("#list", {
    data,
    columns: isNarrow ? narrow : wide,
    index: "id",
    layout: "fitColumns",
    height: isNarrow ? "75vh" : "68vh",
    rowHeight: isNarrow ? 104 : 66,
    renderVerticalBuffer: 400,
    placeholder: "没有符合条件的例外",
    printAsHtml: true, // on paper every row that is not filtered out, not the window on them
    printRowRange: "active",
    columnDefaults: { headerSortTristate: true },
  });

  const text = document.getElementById("filter-text");
  const selects = [...document.querySelectorAll(".filters select")];
  const count = document.getElementById("count");

  const wanted = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const exact = selects.filter((one) => one.value).map((one) => [one.dataset.field, one.value]);
    return (item) => exact.every(([field, value]) => String(item[field] ?? "") === value) && words.every((word) => item.text.includes(word));
  };
  const showCount = (shown) => { count.textContent = `共 ${data.length.toLocaleString("zh-CN")} 条，显示 ${shown.toLocaleString("zh-CN")} 条`; };
  const remember = () => {
    const chosen = new URLSearchParams();
    if (text.value) chosen.set("text", text.value);
    for (const one of selects) if (one.value) chosen.set(one.dataset.field, one.value);
    history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname.split("/").pop());
  };
  const apply = () => {
    const started = performance.now();
    const keeps = wanted();
    table.setFilter((item) => keeps(item));
    showCount(table.getDataCount("active"));
    document.getElementById("list").dataset.filterMilliseconds = String(Math.round(performance.now() - started));
    remember();
  };
  const recall = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    text.value = chosen.get("text") ?? "";
    for (const one of selects) {
      one.value = chosen.get(one.dataset.field) ?? "";
      if (one.selectedIndex < 0) one.value = "";
    }
  };

  // Tabulator's headings sort by mouse only, and its scroll area is a focus stop of no role between grid and rows.
  const makeAccessible = () => {
    document.querySelector("#list .tabulator-tableholder").removeAttribute("tabindex");
    for (const heading of document.querySelectorAll("#list .tabulator-sortable")) {
      heading.tabIndex = 0;
      heading.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        heading.querySelector(".tabulator-col-content").click();
      });
    }
  };

  table.on("tableBuilt", () => {
    makeAccessible();
    recall();
    if (location.hash.length > 1) apply();
    else showCount(data.length);
    document.getElementById("list").dataset.ready = "true";
  });
  let waiting;
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  for (const one of selects) one.addEventListener("change", apply);
  document.getElementById("filter-clear").addEventListener("click", () => {
    text.value = "";
    for (const one of selects) one.value = "";
    apply();
    text.focus();
  });
  window.addEventListener("hashchange", () => { recall(); apply(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      text.focus();
    }
  });
})();
