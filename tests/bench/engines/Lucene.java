// Lucene, stems of one field, asked in the words of talk.py: java -cp 'FOLDER_OF_JARS/*' Lucene.java
// The jars are lucene-core and lucene-analysis-common of one version. Totals are not asked for.

import java.io.*;
import java.lang.management.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queries.spans.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

public class Lucene {
    static final EnglishAnalyzer ENGLISH = new EnglishAnalyzer(CharArraySet.EMPTY_SET);
    static final QueryBuilder BUILDER = new QueryBuilder(ENGLISH);
    static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    static IndexSearcher searcher;
    static StoredFields stored;

    public static void main(String[] given) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] fields = line.split("\t");
            out.println(switch (fields[0]) {
                case "build" -> build(Path.of(fields[1]), Path.of(fields[2]));
                case "open" -> open(Path.of(fields[1]));
                default -> ask(fields[1], Integer.parseInt(fields[2]), fields[3].split(" "));
            });
        }
    }

    static String build(Path passages, Path folder) throws Exception {
        var config = new IndexWriterConfig(ENGLISH);
        config.setRAMBufferSizeMB(1000);
        try (var writer = new IndexWriter(new MMapDirectory(folder), config);
                var lines = Files.lines(passages, StandardCharsets.UTF_8)) {
            lines.parallel().forEach(line -> add(writer, line.split("\t", 5)));
            writer.commit();
        }
        return "done";
    }

    static void add(IndexWriter writer, String[] fields) {
        var document = new Document();
        document.add(new StoredField("number", Integer.parseInt(fields[0])));
        document.add(new TextField("text", fields[4], Field.Store.NO));
        try {
            writer.addDocument(document);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String open(Path folder) throws Exception {
        long begun = System.nanoTime();
        searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(folder)));
        stored = searcher.storedFields();
        return milliseconds(begun);
    }

    static String ask(String kind, int k, String[] words) throws Exception {
        long begun = System.nanoTime(), busy = THREADS.getCurrentThreadCpuTime();
        Query query = kind.startsWith("near") ? near(words) : plain(kind, String.join(" ", words));
        var numbers = new StringJoiner(" ");
        for (ScoreDoc hit : searcher.search(query, new TopScoreDocCollectorManager(k, null, 1)).scoreDocs) {
            numbers.add(stored.document(hit.doc).get("number"));
        }
        busy = THREADS.getCurrentThreadCpuTime() - busy;
        return milliseconds(begun) + String.format(Locale.ROOT, "\t%.4f\t", busy / 1e6) + numbers;
    }

    static Query plain(String kind, String text) {
        return switch (kind) {
            case "or" -> BUILDER.createBooleanQuery("text", text, BooleanClause.Occur.SHOULD);
            case "and" -> BUILDER.createBooleanQuery("text", text, BooleanClause.Occur.MUST);
            default -> BUILDER.createPhraseQuery("text", text);
        };
    }

    static Query near(String[] words) {
        var near = SpanNearQuery.newUnorderedNearQuery("text").setSlop(10);
        for (String word : words) {
            var term = (TermQuery) BUILDER.createBooleanQuery("text", word);
            near.addClause(new SpanTermQuery(term.getTerm()));
        }
        return near.build();
    }

    static String milliseconds(long begun) {
        return String.format(Locale.ROOT, "%.4f", (System.nanoTime() - begun) / 1e6);
    }
}
