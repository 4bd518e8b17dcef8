import { sealedPlaces, type PoolSecrets } from '../crypto/index.ts';
import { readRow, type CsvRead } from '../domain/imports/csv.ts';
import { PART_BYTES, type UserImport } from '../domain/imports/user-import.ts';
import type { ImportStore } from '../ports/stores/imports.ts';

/** A row, the end of the file, or a place where it cannot be read on. */
export type FileRead =
  Extract<CsvRead, { readonly kind: 'row' | 'broken' }> | { readonly kind: 'end' };

/** Reads the rows of an import's file; only the parts in which they stand are in memory. */
export class ImportFile {
  readonly #imports: ImportStore;
  readonly #secrets: PoolSecrets;
  readonly #job: UserImport;
  /** Whole parts, from the one that holds the row being read. */
  #bytes = Buffer.alloc(0);
  #firstPart = 0;
  #partsRead = 0;

  constructor(imports: ImportStore, secrets: PoolSecrets, job: UserImport) {
    this.#imports = imports;
    this.#secrets = secrets;
    this.#job = job;
  }

  /** What stands at a place of the file; places only grow. Throws TamperedError if a part is not as it was stored. */
  async read(place: number): Promise<FileRead> {
    const { fileBytes = 0 } = this.#job;
    if (place >= fileBytes) return { kind: 'end' };
    const part = Math.floor(place / PART_BYTES);
    if (this.#partsRead === 0 || part >= this.#firstPart + this.#partsRead) {
      this.#firstPart = part;
      this.#partsRead = 0;
      this.#bytes = Buffer.alloc(0);
      await this.#readOn();
    } else if (part > this.#firstPart) {
      const passed = part - this.#firstPart;
      this.#bytes = this.#bytes.subarray(passed * PART_BYTES);
      this.#firstPart = part;
      this.#partsRead -= passed;
    }
    for (;;) {
      const start = this.#firstPart * PART_BYTES;
      const isLast = start + this.#bytes.length >= fileBytes;
      const found = readRow(this.#bytes, place - start, isLast);
      if (found.kind === 'more') await this.#readOn();
      else return found.kind === 'row' ? { ...found, next: found.next + start } : found;
    }
  }

  async #readOn(): Promise<void> {
    const { upload = '' } = this.#job;
    const number = this.#firstPart + this.#partsRead;
    const sealed = await this.#imports.part(this.#job, upload, number);
    const bytes = this.#secrets.open(sealedPlaces.importPart(upload, number), sealed ?? '');
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    this.#partsRead += 1;
  }
}
