package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;

/** Something that can be measured alone, in one class each. */
interface Measurement {

    /** Measures, and leaves the stack as it was. */
    void run(Testbench bench, Report.Section report) throws Exception;
}
