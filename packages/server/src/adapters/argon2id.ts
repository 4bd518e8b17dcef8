import { argon2 } from 'node:crypto';

/** What one hash costs. */
export interface Argon2idParameters {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Computes argon2id on another thread. */
export type Argon2id = (
  password: Buffer,
  salt: Buffer,
  parameters: Argon2idParameters,
  tagBytes: number,
) => Promise<Buffer>;

/** The implementation that is built into Node. */
export const nodeArgon2id: Argon2id = (message, nonce, parameters, tagLength) =>
  new Promise((resolve, reject) => {
    const { memoryKib: memory, passes, parallelism } = parameters;
    argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });

/** The part that we use of `@node-rs/argon2`, an optional package that computes the same digests in half the time. */
interface NodeRsArgon2 {
  hashRaw(
    password: Buffer,
    options: {
      algorithm: number;
      version: number;
      memoryCost: number;
      timeCost: number;
      parallelism: number;
      outputLen: number;
      salt: Buffer;
    },
  ): Promise<Buffer>;
}

/** The fastest installed implementation, and its name. All of them compute the same digests. */
export async function fastestArgon2id(): Promise<{
  readonly name: '@node-rs/argon2' | 'node:crypto';
  readonly compute: Argon2id;
}> {
  // A variable, so that the bundle leaves it out and its types are not needed.
  const name = '@node-rs/argon2';
  let nodeRs: NodeRsArgon2;
  try {
    nodeRs = (await import(name)) as NodeRsArgon2;
  } catch {
    return { name: 'node:crypto', compute: nodeArgon2id };
  }
  return {
    name,
    compute: (password, salt, { memoryKib, passes, parallelism }, tagBytes) =>
      nodeRs.hashRaw(password, {
        algorithm: 2, // argon2id
        version: 1, // 0x13
        memoryCost: memoryKib,
        timeCost: passes,
        parallelism,
        outputLen: tagBytes,
        salt,
      }),
  };
}
