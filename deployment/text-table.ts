/** Rows as lines of text, in aligned columns. */
import { printable } from './terminal';

export function textTable(cells: string[][]): string[] {
  // Their width is that of what is printed.
  const rows = cells.map((row) => row.map(printable));
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
