/** Whether a text gives a token away, be it in parts. */

/** Anything that gives a token or a password away to whoever sees only a piece of it. */
const pieceLength = 12;

/** Expects that no piece of any of these secrets is found in the text. */
export function expectNothingOf(text: string, ...secrets: string[]): void {
  const pieces = secrets.flatMap((secret) =>
    Array.from({ length: Math.max(1, secret.length - pieceLength + 1) }, (_, start) =>
      secret.slice(start, start + pieceLength),
    ),
  );
  expect(pieces.filter((piece) => piece !== '' && text.includes(piece))).toEqual([]);
}
