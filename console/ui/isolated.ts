/** A name within a text of ours that can have no `<bdi>`, as of the browser's own dialogs (Unicode's FSI and PDI). */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
