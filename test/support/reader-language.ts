/** The language of whoever reads the console's page, which is that of the machine otherwise. */

/** Numbers are read and written in this language (BCP 47) until mocks are restored. */
export function readIn(language: string): void {
  const { NumberFormat } = Intl;
  jest.spyOn(Intl, 'NumberFormat').mockImplementation((_, options) => new NumberFormat(language, options));
}
