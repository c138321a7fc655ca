/** Throws with the names of what should not be, if there is any of it. */
export function requireNone(what: string, names: string[]): void {
  if (names.length > 0) throw new Error(`${what}: ${names.join('; ')}`);
}
