package dev.tarn.local.benchmark.report;

import dev.tarn.local.benchmark.report.Svg.Anchor;

/** Horizontal bars from zero, one for each series, with a thin line from the least to the most. */
final class BarPlot {
    private static final int WIDTH = 760;
    private static final int LEFT = 230;
    private static final int RIGHT = 630;
    private static final int TOP = 50;
    private static final int STEP = 28;
    private static final int THICKNESS = 18;

    private final Chart chart;

    BarPlot(Chart chart) {
        this.chart = chart;
    }

    String draw() {
        long bars = chart.series().values().stream()
                .mapToLong(points -> points.size())
                .sum();
        double bottom = TOP + STEP * Math.max(1, bars);
        double greatest = chart.series().values().stream()
                .flatMap(points -> points.stream())
                .mapToDouble(point -> point.value().max())
                .max()
                .orElse(1);
        Scale scale = Scale.over(greatest, LEFT, RIGHT);
        Svg svg = new Svg(WIDTH, (int) bottom + 45);
        svg.text(20, 26, Anchor.START, 15, chart.title());
        for (double tick : scale.ticks()) {
            svg.line(scale.at(tick), TOP - 6, scale.at(tick), bottom, Svg.FAINT, 1);
            svg.text(scale.at(tick), bottom + 16, Anchor.MIDDLE, Spread.number(tick));
        }
        svg.text((LEFT + RIGHT) / 2.0, bottom + 36, Anchor.MIDDLE, chart.unit());
        int row = 0;
        for (var series : chart.series().entrySet()) {
            for (Chart.Point point : series.getValue()) {
                bar(svg, scale, TOP + STEP * row, series.getKey(), point.value());
                row++;
            }
        }
        svg.line(LEFT, TOP - 6, LEFT, bottom, Svg.INK, 1);
        return svg.end();
    }

    private static void bar(Svg svg, Scale scale, double y, String label, Spread value) {
        double middle = y + THICKNESS / 2.0;
        svg.text(LEFT - 8, middle + 4, Anchor.END, label);
        svg.rectangle(LEFT, y, scale.at(value.median()) - LEFT, THICKNESS, Svg.COLORS.get(0));
        svg.line(scale.at(value.min()), middle, scale.at(value.max()), middle, Svg.INK, 1.5);
        svg.text(scale.at(value.max()) + 8, middle + 4, Anchor.START, Spread.number(value.median()));
    }
}
