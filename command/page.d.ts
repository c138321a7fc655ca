/** For the local stack, which has the console too. */
export function buildPage(folder: string): Promise<void>;
export function versionOfSources(): string;
