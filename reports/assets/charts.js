"use strict";
// Draws the overview's charts from data/overview.js. Names are drawn on a canvas, so nothing in them can be markup.
(() => {
  const colours = { "差错": "#b3261e", "疑点": "#c98a00", "提示": "#2f6fb7", "新增": "#b3261e", "已整改": "#2e7d32", "未了结": "#12304f" };
  const palette = ["#2f6fb7", "#c98a00", "#2e7d32", "#7b4fa3"];
  for (const chart of window.mingzhangOverview) {
    const place = document.getElementById(chart.id);
    if (!place) continue;
    const drawn = echarts.init(place, null, { renderer: "canvas" });
    const isRanking = chart.kind === "ranking";
    const names = { type: "category", data: chart.names, axisLabel: isRanking ? { width: 150, overflow: "truncate" } : { hideOverlap: true, rotate: chart.names.length > 6 ? 35 : 0 } };
    if (!isRanking && chart.series[0].type === "bar" && chart.names.length <= 20) names.axisLabel.interval = 0;
    if (isRanking) names.inverse = true;
    const counts = { type: "value", minInterval: 1 };
    drawn.setOption({
      animation: false,
      tooltip: { trigger: "axis", renderMode: "richText" },
      legend: { top: 0 },
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      xAxis: isRanking ? counts : names,
      yAxis: isRanking ? names : counts,
      series: chart.series.map((series, number) => ({
        name: series.name,
        type: series.type,
        stack: series.stack || undefined,
        data: series.values,
        itemStyle: { color: colours[series.name] || palette[number % palette.length] },
      })),
    });
    if (chart.links) drawn.on("click", (event) => { if (chart.links[event.dataIndex]) location.href = chart.links[event.dataIndex]; });
    window.addEventListener("resize", () => drawn.resize());
    window.addEventListener("beforeprint", () => drawn.resize());
  }
})();
