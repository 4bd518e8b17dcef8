import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFERENCE_FOLDER, referencePages } from './reference/reference-pages.ts';

// Writes docs/reference from the code: npm run reference

mkdirSync(REFERENCE_FOLDER, { recursive: true });
for (const [file, text] of await referencePages())
  writeFileSync(join(REFERENCE_FOLDER, file), text);
