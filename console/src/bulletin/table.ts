/** Tables for spreadsheets. Pure. */

/** Text that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines as a file for spreadsheets: with a byte order mark, since they read Chinese only then. */
export function toCsv(lines: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
