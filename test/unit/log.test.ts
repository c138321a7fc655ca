import type { log } from '../../src/log';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});

const { env } = process;
afterEach(() => {
  process.env = env;
  jest.restoreAllMocks();
});

async function load(variables: Record<string, string>): Promise<typeof log> {
  jest.resetModules();
  process.env = { ...env, ...variables };
  return (await import('../../src/log')).log;
}

const lines = () => printed.map((text): unknown => JSON.parse(text));

/** What every line has. */
const line = (level: string) => ({
  level,
  message: 'request',
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  service: 'catalog',
});

describe('log', () => {
  it('writes a line with the level, the time, the service and the trace of the call', async () => {
    const log = await load({
      LOG_LEVEL: 'INFO',
      _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    });
    log.info('request', { status: 200, sub: undefined });
    expect(printed.join('')).toMatch(/^[^\n]+\n$/);
    expect(lines()).toEqual([{ ...line('INFO'), xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793', status: 200 }]);
  });

  it('writes an error on one line, with its name, stack and causes', async () => {
    const log = await load({ LOG_LEVEL: 'INFO' });
    const inner = new RangeError('inner');
    const error = new TypeError('outer', { cause: inner });
    log.error('request', {}, error);
    expect(printed.join('')).toMatch(/^[^\n]+\n$/);
    const cause = { name: 'RangeError', message: 'inner', stack: inner.stack };
    expect(lines()).toEqual([
      { ...line('ERROR'), error: { name: 'TypeError', message: 'outer', stack: error.stack, cause } },
    ]);
  });

  it.each([
    ['INFO', ['INFO', 'ERROR']],
    ['ERROR', ['ERROR']],
    ['SILENT', []],
  ])('writes at %s what is at least that grave: %j', async (level, levels) => {
    const log = await load({ LOG_LEVEL: level });
    log.info('request', {});
    log.error('request', {});
    expect(lines()).toEqual(levels.map(line));
  });
});
