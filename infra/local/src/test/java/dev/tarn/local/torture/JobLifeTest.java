package dev.tarn.local.torture;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does with the jobs, on one JobManager and two TaskManagers, which are started once for all of it. */
@ExtendWith(LiveCluster.class)
class JobLifeTest {

    @Nested
    class OfIngestion extends IngestJobLife {
        OfIngestion(LiveCluster.Running cluster) {
            super(cluster);
        }
    }

    @Nested
    class OfAnswering extends QueryJobLife {
        OfAnswering(LiveCluster.Running cluster) {
            super(cluster);
        }
    }

    @Nested
    class InApplicationMode extends ApplicationMode {
        InApplicationMode(LiveCluster.Running cluster) {
            super(cluster);
        }
    }

    @Nested
    class FromReleasedSavepoints extends ReleasedSavepoints {
        FromReleasedSavepoints(LiveCluster.Running cluster) {
            super(cluster);
        }
    }
}
