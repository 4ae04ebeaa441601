/** @file The script of the page: draws the charts with uPlot, follows the pointer and the colour scheme. */

/** Runs in the reader's browser, after uPlot; reads the charts from the element `chart-data`. */
export const client = `
(() => {
  const charts = JSON.parse(document.getElementById('chart-data').textContent);
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  const drawn = [];

  const faint = (colour, share) => colour + Math.round(share * 255).toString(16).padStart(2, '0');

  function options(chart, box) {
    const { unit, decimals } = chart;
    const text = (value) => {
      const size = Math.abs(value);
      const figure = size >= 1e6 ? size.toExponential(2) : Number(size.toPrecision(12)).toFixed(decimals);
      return (value < 0 && Number(figure) !== 0 ? '−' : '') + figure + unit;
    };
    const axis = {
      stroke: style('--muted'),
      font: '12px ' + style('--sans'),
      grid: { stroke: style('--hairline'), width: 1 },
      ticks: { show: false },
    };
    const series = [{}];
    const bands = [];
    for (const { arm, isDashed, hasBand } of chart.lines) {
      const stroke = style('--arm-' + arm);
      series.push({ stroke, width: 2, dash: isDashed ? [5, 5] : undefined, points: { show: chart.epochs < 2 } });
      if (!hasBand) continue;
      const edge = { stroke: 'transparent', width: 0, points: { show: false } };
      series.push(edge, edge);
      bands.push({ series: [series.length - 2, series.length - 1], fill: faint(stroke, 0.16) });
    }
    const readout = [...box.closest('figure').querySelectorAll('[data-line]')];
    const when = box.closest('figure').querySelector('[data-epoch]');
    return {
      width: box.clientWidth,
      height: box.clientWidth < 500 ? 220 : 280,
      padding: [12, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: [Math.min(1, chart.epochs - 1), Math.max(2, chart.epochs)] },
        y: { range: [chart.min, chart.max] },
      },
      axes: [
        { ...axis, grid: { show: false }, label: 'epoch', labelSize: 18, labelGap: 0, labelFont: axis.font, space: 48, size: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
        {
          ...axis,
          size: 52,
          space: 44,
          values: (plot, splits) => {
            const step = splits.length > 1 ? splits[1] - splits[0] : 1;
            let digits = 0;
            while (digits < 6 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits++;
            return splits.map((value) => (Math.abs(value) >= 1e6 ? value.toExponential(1) : value.toFixed(digits)) + unit);
          },
        },
      ],
      series,
      bands,
      hooks: {
        setCursor: [
          (plot) => {
            const last = chart.epochs - 1;
            const at = plot.cursor.idx ?? last;
            when.textContent = 'epoch ' + (at + 1);
            chart.lines.forEach(({ curve }, i) => {
              const value = curve.mean[at];
              readout[i].textContent = value === undefined ? '–' : text(value);
            });
          },
        ],
      },
    };
  }

  function columns(chart) {
    const padded = (values) => Array.from({ length: chart.epochs }, (_, i) => values[i] ?? null);
    return [
      Array.from({ length: chart.epochs }, (_, i) => i + 1),
      ...chart.lines.flatMap(({ curve, hasBand }) =>
        (hasBand ? [curve.mean, curve.high, curve.low] : [curve.mean]).map(padded)),
    ];
  }

  function draw() {
    for (const plot of drawn.splice(0)) plot.destroy();
    for (const chart of charts) {
      const box = document.getElementById('chart-' + chart.id);
      drawn.push(new uPlot(options(chart, box), columns(chart), box));
    }
  }

  const button = document.getElementById('copy');
  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const command = document.getElementById('command');
      try {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(command);
        button.textContent = 'Selected: copy it with the keyboard';
      }
    });
  }

  draw();
  isDark.addEventListener('change', draw);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    draw();
  });
})();
`;
