/** The object or list in a JSON text; undefined where there is none. */
export function objectIn(json: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
