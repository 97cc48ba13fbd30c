package dev.tarn.local.benchmark.report;

import dev.tarn.local.benchmark.report.Svg.Anchor;
import java.util.List;
import java.util.TreeSet;

/** Lines over the number of chunks, which is drawn as a logarithm, with the names of the lines beside their ends. */
final class LinePlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 80;
    private static final int RIGHT = 540;
    private static final int TOP = 60;
    private static final int BOTTOM = 310;
    private static final int LEGEND = RIGHT + 25;

    private final Chart chart;
    private final TreeSet<Double> sizes = new TreeSet<>();

    LinePlot(Chart chart) {
        this.chart = chart;
        chart.series().values().forEach(points -> points.forEach(point -> sizes.add(point.x())));
    }

    String draw() {
        double greatest = chart.series().values().stream()
                .flatMap(points -> points.stream())
                .mapToDouble(point -> point.value().max())
                .max()
                .orElse(1);
        Scale scale = Scale.over(greatest, BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(20, 26, Anchor.START, 15, chart.title());
        svg.text(20, 46, Anchor.START, chart.unit());
        for (double tick : scale.ticks()) {
            svg.line(LEFT, scale.at(tick), RIGHT, scale.at(tick), Svg.FAINT, 1);
            svg.text(LEFT - 8, scale.at(tick) + 4, Anchor.END, Spread.number(tick));
        }
        for (double size : sizes) {
            svg.line(x(size), BOTTOM, x(size), BOTTOM + 5, Svg.INK, 1);
            svg.text(x(size), BOTTOM + 20, Anchor.MIDDLE, Spread.number(size));
        }
        svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 45, Anchor.MIDDLE, "chunks in the index");
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, Svg.INK, 1);
        svg.line(LEFT, BOTTOM, LEFT, TOP, Svg.INK, 1);
        int number = 0;
        for (var series : chart.series().entrySet()) {
            String color = Svg.COLORS.get(number % Svg.COLORS.size());
            line(svg, scale, series.getValue(), color);
            double y = TOP + 10 + 22.0 * number++;
            svg.line(LEGEND, y, LEGEND + 18, y, color, 2);
            svg.text(LEGEND + 24, y + 4, Anchor.START, series.getKey());
        }
        return svg.end();
    }

    private void line(Svg svg, Scale scale, List<Chart.Point> points, String color) {
        Chart.Point before = null;
        for (Chart.Point point : points) {
            double y = scale.at(point.value().median());
            if (before != null) {
                svg.line(x(before.x()), scale.at(before.value().median()), x(point.x()), y, color, 2);
            }
            svg.line(
                    x(point.x()),
                    scale.at(point.value().min()),
                    x(point.x()),
                    scale.at(point.value().max()),
                    color,
                    1);
            svg.dot(x(point.x()), y, color);
            before = point;
        }
    }

    private double x(double size) {
        double first = Math.log(Math.max(1, sizes.first()));
        double last = Math.log(Math.max(1, sizes.last()));
        double share = last > first ? (Math.log(Math.max(1, size)) - first) / (last - first) : 0.5;
        return LEFT + 20 + (RIGHT - LEFT - 40) * share;
    }
}
