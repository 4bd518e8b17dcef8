// Loaded into each test process, so that a process in which a failed test has left a server or a timer ends soon after its last test.
// Node's own `--test-force-exit` ends it immediately and loses what has not been reported yet: tests go missing without anybody noticing.
import { after } from 'node:test';

/** By then, all reports have been written. */
const LINGER_MS = 2_000;

after(() => {
  setTimeout(() => process.exit(), LINGER_MS).unref();
});
