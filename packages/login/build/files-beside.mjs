/** Where the pages' files lie in a server that has been joined: beside it. `scripts/build-server.mjs` puts them there. */
import { fileURLToPath } from 'node:url';

/** A folder of what {@link import('./build-files.mjs').buildFiles} writes. */
export const filesFolder = fileURLToPath(new URL('page-files', import.meta.url));
