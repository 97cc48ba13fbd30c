package dev.tarn.jobs.ingest;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ParsedDocument;
import dev.tarn.jobs.flow.Worker;

/** Cuts a document; a delete has no chunks. */
record ChunkDocument(Chunker chunker) implements Worker<ParsedDocument, ChunkedDocument> {

    @Override
    public ChunkedDocument apply(ParsedDocument parsed) {
        return parsed.document() == null
                ? Chunker.delete(parsed.source(), parsed.id())
                : chunker.chunk(parsed.source(), parsed.document());
    }
}
