/** A table in Markdown, laid out as Prettier would. */
export function markdownTable([header = [], ...rows]: string[][]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const pad = (row: string[]) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  return [pad(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(pad)].join('\n');
}
