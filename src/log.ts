/** The log: a line of JSON for each event, on standard output, where Lambda and the local stack collect it. */
import { config, traceHeader } from './config';

/** Members that a line has besides those that all lines have; undefined ones are left out. No value of a caller's. */
type Fields = Record<string, string | number | boolean | undefined>;

export const log = {
  info(message: string, fields: Fields): void {
    if (config.logLevel === 'INFO') write('INFO', message, fields);
  },
  /** `thrown` is whatever was caught: it is written with its stack and its causes. */
  error(message: string, fields: Fields, thrown?: unknown): void {
    if (config.logLevel === 'SILENT') return;
    write('ERROR', message, { ...fields, error: thrown === undefined ? undefined : describe(asError(thrown)) });
  },
};

function write(level: 'INFO' | 'ERROR', message: string, fields: object): void {
  const trace = /Root=([^;]+)/.exec(traceHeader())?.[1];
  const line = { level, message, timestamp: new Date(), service: 'catalog', xray_trace_id: trace, ...fields };
  // Not through `console`: Lambda's puts a prefix of its own before each line, which is no JSON then.
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Code of others may throw anything, a text for one. */
const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const describe = ({ name, message, stack, cause }: Error): object => ({
  name,
  message,
  stack,
  cause: cause instanceof Error ? describe(cause) : undefined,
});
