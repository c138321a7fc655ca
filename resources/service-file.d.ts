/** For what exists outside AWS too: serverless.yml, parsed. */
declare const file: unknown;
export = file;
