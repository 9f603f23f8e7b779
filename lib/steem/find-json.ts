/** The value that a JSON text stands for, undefined when it is no JSON (HTML, cut off, empty). */
export function findJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
