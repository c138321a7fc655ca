import type { BuildOptions } from 'esbuild';

export function bundle(entryPoints: readonly string[], options?: BuildOptions): Promise<string[]>;
