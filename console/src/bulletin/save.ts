/** Saves a table as a file for spreadsheets. */
export function saveCsv(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  [link.href, link.download] = [url, `${name}.csv`];
  link.click();
  URL.revokeObjectURL(url);
}
