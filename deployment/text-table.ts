/** Rows as lines of text, in aligned columns. */
import { printable } from './terminal';

export function textTable(cells: string[][]): string[] {
  // Columns are as wide as what is printed in them.
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
