/** What the way through the console costs a request. */
import { median } from './quantiles';
import { rounds } from './section';

export interface Hop {
  direct: number;
  byConsole: number;
}

/** The median milliseconds of a read at the API, and of the same by way of the console. */
export async function timeHop(apiUrl: string, token: string, session: string): Promise<Hop> {
  const address = '/admin/products?limit=25';
  const ways = {
    direct: { url: `${apiUrl}${address}`, headers: { authorization: `Bearer ${token}` } },
    byConsole: {
      url: `${apiUrl}/console-api${address}`,
      headers: { cookie: `__Host-console=${session}`, 'x-console': '1' },
    },
  };
  const time = async ({ url, headers }: (typeof ways)['direct' | 'byConsole']): Promise<number> => {
    const started = performance.now();
    const response = await fetch(url, { headers });
    await response.text();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    return performance.now() - started;
  };
  const times = { direct: [] as number[], byConsole: [] as number[] };
  const warmUp = rounds(100);
  for (let call = 0; call < warmUp + rounds(400); call += 1) {
    for (const way of ['direct', 'byConsole'] as const) {
      const milliseconds = await time(ways[way]);
      if (call >= warmUp) times[way].push(milliseconds);
    }
  }
  return { direct: median(times.direct), byConsole: median(times.byConsole) };
}
